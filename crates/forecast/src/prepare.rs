//! What is known of a series before its models are weighed: their lines ahead, how wrong each was at earlier origins, and what the
//! series looks like. Refuses to weigh them.

use crate::frequency::Frequency;
use crate::models::{COUNT, Fitted, Lines, Told, lines};
use crate::number::{at, mean, neighbours_alike, real, tail};

/// Facts of a series that weights go by.
pub const FACTS: usize = 12;
/// Facts that the spread goes by.
pub const SPREAD_FACTS: usize = 9;

/// A history, told step by step without gaps.
#[derive(Debug, Clone)]
pub struct History<'a> {
    pub values: &'a [f64],
    /// Steps that were counted and not filled in; all when empty.
    pub seen: &'a [bool],
    pub frequency: Frequency,
}

/// A series ready to be forecast.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub facts: [f64; FACTS],
    pub spread_facts: [f64; SPREAD_FACTS],
    /// A line ahead of each model; none where it cannot speak.
    pub ahead: Vec<Option<Vec<f64>>>,
    /// How much worse than the best each model was at earlier origins: the logarithm of the ratio of root mean squares.
    pub behind: [f64; COUNT],
    /// Lines of the same models at earlier origins, beside what came.
    origins: Vec<Origin>,
    pub whole_numbers: bool,
    /// How unsteady the series is, from 0 (as a rule has it) to 1.
    pub rough: f64,
    one_step: f64,
    square: f64,
    pub level: f64,
}

#[derive(Debug, Clone)]
struct Origin {
    ahead: Vec<Option<Vec<f64>>>,
    came: Vec<(f64, bool)>,
}

const LEAST_HISTORY: usize = 8;
const ORIGINS: usize = 4;

/// How hard the costly models search: less on long histories.
fn effort(length: usize) -> usize {
    (18_000 / length.max(1)).clamp(30, 100)
}

/// Runs every model at the end and at earlier origins.
#[must_use]
pub fn prepare(history: &History<'_>, horizon: usize) -> Prepared {
    let values = history.values;
    let n = values.len();
    let round = history.frequency.round();
    let windows = history.frequency.windows();
    let mut winters = Fitted::default();
    let reach = horizon.min(n / 4).max(1);
    let mut origins = Vec::new();
    for place in (0..ORIGINS).rev() {
        let Some(origin) = n.checked_sub(reach * (place + 2) / 2) else {
            continue;
        };
        if origin < LEAST_HISTORY.max(n / 3) {
            continue;
        }
        let (before, after) = values.split_at(origin);
        let told = Told {
            values: before,
            round,
            windows,
            horizon: reach.min(after.len()),
        };
        let came = after.iter().take(told.horizon).enumerate();
        let came =
            came.map(|(step, value)| (*value, history.seen.get(origin + step).copied().unwrap_or(true)));
        let came = came.collect();
        origins.push(Origin {
            ahead: lines(&told, &mut winters, effort(n)).ahead,
            came,
        });
    }
    let told = Told {
        values,
        round,
        windows,
        horizon,
    };
    let last = lines(&told, &mut winters, effort(n));
    let behind = behind(&origins);
    let level = mean(tail(&last.plain, windows[2]));
    let sum: f64 = last.plain.iter().map(|value| value * value).sum();
    Prepared {
        facts: facts(history, &last, windows),
        spread_facts: [0.0; SPREAD_FACTS],
        behind,
        // Steps that were filled in are broken numbers where counts are not.
        whole_numbers: values
            .iter()
            .enumerate()
            .filter(|(step, _)| history.seen.get(*step).copied().unwrap_or(true))
            .all(|(_, value)| value.fract() == 0.0),
        rough: (last.least.sqrt() / level.max(1e-9) / 0.01).min(1.0),
        one_step: last.one_step,
        square: sum / real(n.max(1)),
        level,
        ahead: last.ahead,
        origins,
    }
}

fn behind(origins: &[Origin]) -> [f64; COUNT] {
    let mut squares = [(0.0, 0.0); COUNT];
    for origin in origins {
        for (line, (sum, count)) in origin.ahead.iter().zip(&mut squares) {
            let Some(line) = line else { continue };
            for (told, (came, seen)) in line.iter().zip(&origin.came) {
                if *seen {
                    *sum += (told - came) * (told - came);
                    *count += 1.0;
                }
            }
        }
    }
    let roots = squares.map(|(sum, count): (f64, f64)| {
        if count > 0.0 {
            (sum / count).sqrt()
        } else {
            f64::NAN
        }
    });
    let told = || roots.iter().copied().filter(|root| root.is_finite());
    let best = told().fold(f64::INFINITY, f64::min);
    let scale = mean(&told().collect::<Vec<f64>>());
    if !best.is_finite() || scale <= 0.0 {
        return [0.0; COUNT];
    }
    // A perfect model on a short past is luck: the best is never taken for better than a tenth of the mean.
    let floor = scale * 0.1;
    roots.map(|root| {
        if root.is_finite() {
            (root.max(floor) / best.max(floor)).ln().min(2.0)
        } else {
            0.3
        }
    })
}

fn facts(history: &History<'_>, last: &Lines, windows: [usize; 3]) -> [f64; FACTS] {
    let values = history.values;
    let n = real(values.len().max(1));
    let zeros = values.iter().filter(|value| **value == 0.0).count();
    let level = mean(values);
    let sold: Vec<f64> = last.plain.iter().copied().filter(|value| *value > 0.0).collect();
    let usual = mean(&sold);
    let spread = sold
        .iter()
        .map(|value| (value - usual) * (value - usual))
        .sum::<f64>()
        / real(sold.len().max(1));
    let whole = mean(&last.plain);
    let drift = |window: usize| {
        let small = 0.05 * whole + 1e-9;
        ((mean(tail(&last.plain, window)) + small) / (whole + small))
            .ln()
            .clamp(-2.0, 2.0)
    };
    let gone = values.iter().rev().take_while(|value| **value == 0.0).count();
    [
        1.0,
        (n / real(history.frequency.round())).ln() / 2.0,
        (1.0 + level).ln().min(10.0) / 5.0,
        real(zeros) / n,
        (spread / (usual * usual + 1e-9)).min(4.0) / 2.0,
        (last.slope_t.abs() / 6.0).tanh(),
        last.season.strength().min(1.5),
        neighbours_alike(&last.plain),
        drift(windows[0]),
        drift(windows[1]).abs(),
        (real(gone) / real(windows[0])).min(3.0),
        0.0,
    ]
}

impl Prepared {
    /// What the spread goes by, once the weights are known: needs the combined lines of the earlier origins.
    pub fn settle(&mut self, weigh: impl Fn(&Self, usize) -> [f64; COUNT]) {
        let floor = if self.whole_numbers { 1.0 } else { 0.0 };
        let (mut off, mut told_sum, mut square, mut count) = (0.0, 0.0, 0.0, 0.0);
        for origin in &self.origins {
            for (step, (came, seen)) in origin.came.iter().enumerate() {
                if !seen {
                    continue;
                }
                let told = combined(&origin.ahead, &weigh(self, step), step);
                off += (came - told) * (came - told);
                told_sum += told;
                square += told * told;
                count += 1.0;
            }
        }
        let small: f64 = 1e-4;
        let earlier = if count > 0.0 && square > 0.0 {
            ((off - floor * told_sum).max(0.0) / square).max(small).ln()
        } else {
            f64::NAN
        };
        let one = ((self.one_step - floor * self.level).max(0.0) / self.square.max(1e-9))
            .max(small)
            .ln();
        let earlier_known = earlier.is_finite();
        let facts = self.facts;
        self.spread_facts = [
            1.0,
            if earlier_known {
                earlier.clamp(-9.3, 3.0)
            } else {
                one.clamp(-9.3, 3.0)
            } / 3.0,
            one.clamp(-9.3, 3.0) / 3.0,
            at(&facts, 1),
            at(&facts, 2),
            at(&facts, 3),
            at(&facts, 7),
            at(&facts, 4),
            0.0,
        ];
    }
}

/// The weighted line at a step.
#[must_use]
pub fn combined(ahead: &[Option<Vec<f64>>], weights: &[f64; COUNT], step: usize) -> f64 {
    let pairs = ahead.iter().zip(weights);
    pairs
        .filter_map(|(line, weight)| line.as_ref().map(|line| weight * at(line, step)))
        .sum()
}
