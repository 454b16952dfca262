//! What a price does to demand: elasticity with its doubt, drawn towards what is usual. Refuses to guess: says that there is not
//! enough data.

use crate::number::{at, mean, real};

/// One counted step with the price it sold at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Priced {
    pub sold: f64,
    pub price: f64,
    /// How much of the step was promoted, 0 to 1.
    pub promoted: f64,
}

/// What is usual for goods of a kind: the mean elasticity and how far goods lie from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Usual {
    pub elasticity: f64,
    pub apart: f64,
}

impl Default for Usual {
    fn default() -> Self {
        LEARNED
    }
}

/// Learned from weekly sales of orange juice by store and brand: see docs/accuracy.md.
const LEARNED: Usual = Usual {
    elasticity: -3.1,
    apart: 1.2,
};

/// What a price does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Response {
    /// Percent of demand for a percent of price; drawn towards the usual.
    pub elasticity: f64,
    /// How far off it may be: one standard deviation.
    pub doubt: f64,
    /// Before it was drawn towards the usual, and its own doubt.
    pub own: f64,
    pub own_doubt: f64,
    /// The logarithm of what a whole step of promotion does beside its price; none when nothing was promoted.
    pub promotion: Option<f64>,
    /// The price that effects are counted from: the usual one.
    pub reference: f64,
    pub steps: usize,
    pub prices: usize,
    /// The lowest and the highest price that was seen.
    pub lowest: f64,
    pub highest: f64,
}

/// Why nothing is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NotEnough {
    /// Fewer steps with sales and a price than are needed.
    Steps { known: usize, needed: usize },
    /// The price never moved, or hardly.
    PriceStood { percent: f64 },
    /// The price moved, but sales say nothing clear about it.
    Unclear { doubt: f64 },
    /// More was sold where it was dearer: something else moved both, and nobody may be told to raise the price for it.
    Rises { elasticity: f64 },
}

impl NotEnough {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Steps { .. } => "too-few-steps",
            Self::PriceStood { .. } => "price-stood",
            Self::Unclear { .. } => "unclear",
            Self::Rises { .. } => "rises-with-price",
        }
    }

    #[must_use]
    pub fn text_en(self) -> String {
        match self {
            Self::Steps { known, needed } => format!(
                "{known} steps with a price are known, {needed} are needed: come back when there are more"
            ),
            Self::PriceStood { percent } => format!(
                "the price moved by {percent:.1} percent around its mean, at least 2 are needed: try another price for a while"
            ),
            Self::Unclear { doubt } => format!(
                "sales move for other reasons more than for the price (doubt {doubt:.1}): try larger moves, or longer"
            ),
            Self::Rises { elasticity } => format!(
                "it sold no worse at a higher price (elasticity {elasticity:.1}): something else moved sales, change the price more often"
            ),
        }
    }
}

const LEAST_STEPS: usize = 12;
const LEAST_MOVE: f64 = 0.02;
/// A finding that is less sure than this says nothing of its own.
const MOST_DOUBT: f64 = 1.6;
const ROUNDS: usize = 25;
const SIDES: usize = 5;

/// Reads the response out of a history.
///
/// # Errors
/// When there is not enough to say anything, or a higher price would sell no less.
pub fn respond(steps: &[Priced], usual: Usual) -> Result<Response, NotEnough> {
    let found = measure(steps, usual)?;
    if found.elasticity >= 0.0 {
        return Err(NotEnough::Rises {
            elasticity: found.elasticity,
        });
    }
    Ok(found)
}

/// The same, whichever way the price pulls: to learn what is usual. Not to promise anything by.
///
/// # Errors
/// When there is not enough to say anything.
pub fn measure(steps: &[Priced], usual: Usual) -> Result<Response, NotEnough> {
    let known: Vec<Priced> = steps
        .iter()
        .copied()
        .filter(|step| {
            step.price > 0.0 && step.sold >= 0.0 && step.price.is_finite() && step.sold.is_finite()
        })
        .collect();
    let sold = known.iter().filter(|step| step.sold > 0.0).count();
    if sold < LEAST_STEPS {
        return Err(NotEnough::Steps {
            known: sold,
            needed: LEAST_STEPS,
        });
    }
    let logs: Vec<f64> = known.iter().map(|step| step.price.ln()).collect();
    let middle = mean(&logs);
    let moved = (logs.iter().map(|log| (log - middle).powi(2)).sum::<f64>() / real(logs.len())).sqrt();
    if moved < LEAST_MOVE {
        return Err(NotEnough::PriceStood {
            percent: moved * 100.0,
        });
    }
    let Some(Own {
        elasticity: own,
        doubt: own_doubt,
        promotion,
    }) = own(&known, middle)
    else {
        return Err(NotEnough::Unclear { doubt: f64::INFINITY });
    };
    if own_doubt > MOST_DOUBT {
        return Err(NotEnough::Unclear { doubt: own_doubt });
    }
    let weight = usual.apart.powi(2) / (usual.apart.powi(2) + own_doubt.powi(2));
    let mut sorted = logs.clone();
    sorted.sort_by(f64::total_cmp);
    let mut prices = sorted.clone();
    prices.dedup_by(|one, other| (*one - *other).abs() < 0.005);
    Ok(Response {
        elasticity: usual.elasticity + weight * (own - usual.elasticity),
        doubt: weight.sqrt() * own_doubt,
        own,
        own_doubt,
        promotion: promotion.map(|(effect, doubt)| effect / (1.0 + doubt * doubt)),
        reference: middle.exp(),
        steps: known.len(),
        prices: prices.len(),
        lowest: at(&sorted, 0).exp(),
        highest: sorted.last().copied().unwrap_or_default().exp(),
    })
}

/// What a history says by itself.
struct Own {
    elasticity: f64,
    doubt: f64,
    /// The logarithm of what promotion does, and its doubt.
    promotion: Option<(f64, f64)>,
}

/// Sales as counts whose logarithm is a sum of price, promotion, and a bend over time.
struct Fit {
    rows: Vec<[f64; SIDES]>,
    sold: Vec<f64>,
    sides: [f64; SIDES],
    inverse: [[f64; SIDES]; SIDES],
    /// Large counts are more unsteady than counts of chance are: this share of the square of the expected beside it.
    unsteady: f64,
    usual: f64,
}

fn own(known: &[Priced], middle: f64) -> Option<Own> {
    let n = real(known.len());
    let shares: Vec<f64> = known.iter().map(|step| step.promoted).collect();
    let share = mean(&shares);
    let promoted = shares.iter().any(|one| (one - share).abs() > 0.05);
    let rows = known.iter().enumerate().map(|(place, step)| {
        let time = 2.0 * real(place) / n - 1.0;
        let promotion = if promoted { step.promoted - share } else { 0.0 };
        [
            1.0,
            step.price.ln() - middle,
            promotion,
            time,
            time * time - 1.0 / 3.0,
        ]
    });
    let sold: Vec<f64> = known.iter().map(|step| step.sold).collect();
    let usual = mean(&sold).max(1e-9);
    let mut fit = Fit {
        rows: rows.collect(),
        sold,
        sides: [usual.ln(), 0.0, 0.0, 0.0, 0.0],
        inverse: [[0.0; SIDES]; SIDES],
        unsteady: 0.3,
        usual,
    };
    for round in 0..ROUNDS {
        let turned = fit.turn()?;
        if round > 3 && turned < 1e-5 {
            break;
        }
    }
    let wider = fit.wider();
    let doubt =
        |place: usize| -> Option<f64> { Some(fit.inverse.get(place)?.get(place)?.max(0.0).sqrt() * wider) };
    let [_, elasticity, promotion, ..] = fit.sides;
    let found = Own {
        elasticity,
        doubt: doubt(1)?,
        promotion: if promoted {
            Some((promotion, doubt(2)?))
        } else {
            None
        },
    };
    (found.elasticity.is_finite() && found.doubt.is_finite()).then_some(found)
}

impl Fit {
    fn expected(&self, row: &[f64; SIDES]) -> f64 {
        let sum: f64 = self.sides.iter().zip(row).map(|(side, value)| side * value).sum();
        sum.clamp(self.usual.ln() - 12.0, self.usual.ln() + 6.0).exp()
    }

    /// One round of reweighted squares; the largest turn of a side.
    fn turn(&mut self) -> Option<f64> {
        let mut square = [[0.0; SIDES]; SIDES];
        let mut right = [0.0; SIDES];
        for (row, came) in self.rows.iter().zip(&self.sold) {
            let expected = self.expected(row);
            let weight = expected / (1.0 + self.unsteady * expected);
            let off = ((came - expected) / expected.max(1e-9)).min(4.0);
            for ((line, right), one) in square.iter_mut().zip(&mut right).zip(row) {
                *right += weight * one * off;
                for (cell, other) in line.iter_mut().zip(row) {
                    *cell += weight * one * other;
                }
            }
        }
        // A side that never moves stays where it is.
        for (place, line) in square.iter_mut().enumerate() {
            let cell = line.get_mut(place)?;
            *cell += 1e-6 + 1e-6 * *cell + if *cell == 0.0 { 1.0 } else { 0.0 };
        }
        self.inverse = inverted(square)?;
        let mut largest: f64 = 0.0;
        for (side, line) in self.sides.iter_mut().zip(&self.inverse) {
            let turn: f64 = line.iter().zip(&right).map(|(one, other)| one * other).sum();
            let turn = turn.clamp(-1.5, 1.5);
            *side += turn;
            largest = largest.max(turn.abs());
        }
        let (mut off, mut squares) = (0.0, 1e-9);
        for (row, came) in self.rows.iter().zip(&self.sold) {
            let expected = self.expected(row);
            off += (came - expected).powi(2) - expected;
            squares += expected * expected;
        }
        self.unsteady = (off / squares).clamp(0.0, 4.0);
        Some(largest)
    }

    /// By how much doubts are wider than counts of chance would have them.
    fn wider(&self) -> f64 {
        let offs = self.rows.iter().zip(&self.sold).map(|(row, came)| {
            let expected = self.expected(row);
            (came - expected) / (expected + self.unsteady * expected * expected).sqrt().max(1e-9)
        });
        let offs: Vec<f64> = offs.collect();
        let freedom = (real(self.rows.len()) - real(SIDES)).max(1.0);
        let spread = offs.iter().map(|off| off * off).sum::<f64>() / freedom;
        // Errors that hang together tell less than their number says.
        let alike = crate::number::neighbours_alike(&offs).clamp(0.0, 0.8);
        (spread.max(1.0) * (1.0 + alike) / (1.0 - alike)).sqrt()
    }
}

/// The inverse of a small matrix (Gauss and Jordan); none when it has none.
fn inverted(mut square: [[f64; SIDES]; SIDES]) -> Option<[[f64; SIDES]; SIDES]> {
    let mut other = [[0.0; SIDES]; SIDES];
    for (place, line) in other.iter_mut().enumerate() {
        *line.get_mut(place)? = 1.0;
    }
    for place in 0..SIDES {
        let pivot = square.get(place)?.get(place).copied()?;
        if pivot.abs() < 1e-12 {
            return None;
        }
        for matrix in [&mut square, &mut other] {
            matrix.get_mut(place)?.iter_mut().for_each(|cell| *cell /= pivot);
        }
        // The pivot was divided by itself above only in the first matrix; both now hold the row to take away.
        let (row, beside) = (*square.get(place)?, *other.get(place)?);
        for line in 0..SIDES {
            if line == place {
                continue;
            }
            let factor = square.get(line)?.get(place).copied()?;
            for (cell, value) in square.get_mut(line)?.iter_mut().zip(&row) {
                *cell -= factor * value;
            }
            for (cell, value) in other.get_mut(line)?.iter_mut().zip(&beside) {
                *cell -= factor * value;
            }
        }
    }
    Some(other)
}

impl Response {
    /// What demand becomes at a price against what it is at another: its lower bound, the factor, its upper bound at 90 percent.
    #[must_use]
    pub fn factor(&self, price: f64, against: f64) -> [f64; 3] {
        let log = (price / against).ln();
        let at = |elasticity: f64| (elasticity * log).exp();
        let (one, two) = (
            at(self.elasticity - 1.645 * self.doubt),
            at(self.elasticity + 1.645 * self.doubt),
        );
        [one.min(two), at(self.elasticity), one.max(two)]
    }

    /// Whether a price lies where nothing was ever sold: more than a tenth outside what was seen.
    #[must_use]
    pub fn is_outside(&self, price: f64) -> bool {
        price < self.lowest / 1.1 || price > self.highest * 1.1
    }
}
