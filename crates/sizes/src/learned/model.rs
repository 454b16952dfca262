//! The learned sums put together: a body, a piece with its outcomes, a buyer's past, a size, and the chances that follow.
//! Refuses to choose words.

use super::features::{self, BASE, Body, FULL, Piece, Wear, bounded, cut_of, dot};
use super::item::{ItemFacts, Seen};
use super::solve::chances;
use super::worn::Past;
use super::{Params, SIZES};

/// Sizes further than this from what was asked for are hardly ever worn: the lesson ends here and common sense goes on.
const LESSON_ENDS: f64 = 2.0;
/// The same while the weight is not known.
const LESSON_ENDS_UNWEIGHED: f64 = 2.6;
const BEYOND: f64 = 4.0;
/// What a size that nobody took adds for its distance from the one that suits: 1.2 for each US size.
const UNTAKEN: f64 = 2.4;
/// How exactly a size is chosen.
const CHOICE: f64 = 0.2;
const FIT_COUNTS: f64 = 0.3;

/// The learned sums.
#[derive(Debug, Clone, Copy)]
pub struct Model<'a> {
    params: &'a Params,
}

/// What follows from an outlook for every size at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sitting {
    /// Where the size lies that suits.
    suited: f64,
    /// Too small and too large there, against fit.
    sums: [f64; 2],
    taken: Option<(usize, [f64; 3])>,
}

/// One buyer before one piece: all but the size.
#[derive(Debug, Clone, Copy)]
pub struct Outlook<'a> {
    pub body: &'a Body,
    pub piece: Piece,
    /// Where the size lies that the body asks for.
    pub asked: f64,
    pub item: &'a ItemFacts,
    pub past: &'a Past,
    /// The size that this buyer took already.
    pub taken: Option<usize>,
}

impl<'a> Model<'a> {
    #[must_use]
    pub fn new(params: &'a Params) -> Self {
        Self { params }
    }

    /// Where the size lies that the body asks for.
    #[must_use]
    pub fn asked(&self, body: &Body) -> f64 {
        dot(&features::demand(body), &self.params.demand).clamp(-2.5, 4.5)
    }

    /// Where a size of the dress scale lies; none outside of the scale.
    #[must_use]
    pub fn place(&self, size: usize) -> Option<f64> {
        self.params.position.get(size).copied()
    }

    /// The size on the body, before outcomes.
    #[must_use]
    pub fn wear(&self, size: usize, asked: f64) -> Option<Wear> {
        Some(Wear {
            place: self.place(size)?,
            asked,
            cut: cut_of(size),
        })
    }

    /// The sums that know nothing of the piece's outcomes.
    #[must_use]
    pub fn base(&self, features: &[f64; BASE]) -> [f64; 2] {
        self.params.base.each_ref().map(|weights| dot(weights, features))
    }

    /// One outcome, ready to be weighed; none outside of the dress scale.
    #[must_use]
    pub fn seen(&self, body: &Body, piece: Piece, size: usize, class: usize) -> Option<Seen> {
        let asked = self.asked(body);
        let wear = self.wear(size, asked)?;
        Some(Seen {
            base: self.base(&features::base(body, piece, &wear)),
            class,
            effect: features::effect(body, &wear),
            size,
            place: wear.place,
            over: wear.over(),
        })
    }

    /// The numbers of the whole sum.
    #[must_use]
    pub fn full(&self, outlook: &Outlook<'_>, wear: &Wear) -> [f64; FULL] {
        let first = features::base(outlook.body, outlook.piece, wear);
        let base = self.base(&first);
        let second = known(outlook, wear, base);
        let mut all = [0.0; FULL];
        for (place, value) in all.iter_mut().zip(first.into_iter().chain(second)) {
            *place = value;
        }
        all
    }

    /// Chances in any size, ready to be asked many times.
    ///
    /// The lesson was learned from sizes that people took, and who takes a larger size than the body asks for mostly knows
    /// why. It speaks of the size that was taken; any other is judged by its distance from the one that suits.
    #[must_use]
    pub fn sitting(&self, outlook: &Outlook<'_>) -> Sitting {
        let suited = outlook.asked + outlook.item.shift() + outlook.past.shift();
        let wear = Wear {
            place: suited,
            asked: outlook.asked,
            cut: 0.0,
        };
        Sitting {
            suited,
            sums: self.sums(outlook, &wear),
            taken: outlook
                .taken
                .and_then(|size| Some((size, self.chances_taken(outlook, size)?))),
        }
    }

    /// Chances of too small, fit and too large in the size that was taken; none outside of the dress scale.
    #[must_use]
    pub fn chances_taken(&self, outlook: &Outlook<'_>, size: usize) -> Option<[f64; 3]> {
        let wear = self.wear(size, outlook.asked)?;
        let far = wear.place - outlook.asked - outlook.item.shift() - outlook.past.shift();
        let [small, large] = self.sums(outlook, &wear);
        let ends = match outlook.body.weight_kg {
            None => LESSON_ENDS_UNWEIGHED,
            Some(_) => LESSON_ENDS,
        };
        let (under, over) = ((-far - ends).max(0.0) * BEYOND, (far - ends).max(0.0) * BEYOND);
        Some(chances(small + under - over, large + over - under))
    }

    /// Chances of too small, fit and too large in a size; none outside of the dress scale.
    #[must_use]
    pub fn chances(&self, sitting: &Sitting, size: usize) -> Option<[f64; 3]> {
        match sitting.taken {
            Some((taken, chances)) if taken == size => Some(chances),
            _ => {
                let far = (self.place(size)? - sitting.suited) * UNTAKEN;
                let [small, large] = sitting.sums;
                Some(chances(small - far, large + far))
            }
        }
    }

    fn sums(&self, outlook: &Outlook<'_>, wear: &Wear) -> [f64; 2] {
        let full = self.full(outlook, wear);
        self.params.full.each_ref().map(|weights| dot(weights, &full))
    }

    /// How well the size suits as the one to take: its use, its distance from what is asked for, its chance to fit.
    #[must_use]
    pub fn suits(&self, outlook: &Outlook<'_>, size: usize, chances: [f64; 3]) -> f64 {
        let Some(place) = self.place(size) else {
            return f64::NEG_INFINITY;
        };
        let item = outlook.item;
        let worn = item
            .rungs()
            .iter()
            .find(|rung| rung.size == size)
            .map_or(0.0, |rung| rung.count);
        let share = self.params.share.get(size).copied().unwrap_or(0.0);
        let used = (worn + 8.0 * share.max(1e-5)) / (item.count + 8.0);
        // How often a size is worn in one shop says less of a piece that told nothing.
        let weight = 0.4 + 0.6 * item.count / (item.count + 8.0);
        let far = (place - outlook.asked - item.shift() - outlook.past.shift()) / CHOICE;
        let height = features::height(outlook.body);
        let grown = match cut_of(size) {
            cut if cut < 0.0 => height + 1.1,
            cut if cut > 0.0 => height - 0.9,
            _ => height,
        };
        let [_, fit, _] = chances;
        weight * used.ln() - far * far / 2.0 - grown * grown / 2.0 + FIT_COUNTS * fit.max(1e-6).ln()
    }

    /// The sizes of the dress scale that are worn often enough to be offered when the piece has told none.
    pub fn common(&self) -> impl Iterator<Item = usize> + '_ {
        (0..SIZES).filter(|size| {
            cut_of(*size) == 0.0
                && (*size == 1 || size % 4 == 0)
                && self.params.share.get(*size).is_some_and(|share| *share > 1e-4)
        })
    }
}

/// What is known of the piece and of the buyer, as numbers.
fn known(outlook: &Outlook<'_>, wear: &Wear, base: [f64; 2]) -> [f64; FULL - BASE] {
    let item = outlook.item;
    let over = wear.over();
    let [small, large] = item.own(&features::effect(outlook.body, wear));
    let new = 4.0 / (4.0 + item.count);
    let shift = item.shift();
    let (near, count) = item.shift_at(wear.place);
    let left = bounded(over - near, 1.5);
    let [base_small, base_large] = base.map(|sum| bounded(sum, 5.0));
    let past = outlook.past;
    let (own, sure) = (past.shift(), past.sure());
    let [missed_small, missed_large] = past.missed();
    [
        small,
        large,
        new,
        new * small,
        new * large,
        new * over,
        new * over * over,
        new * base_small,
        new * base_large,
        shift,
        near,
        left.max(0.0),
        left * left,
        left.abs(),
        (left - 0.5).max(0.0),
        (-left - 0.5).max(0.0),
        1.0 / (1.0 + count),
        small * small,
        large * large,
        small * large,
        small * left,
        large * left,
        base_small * small,
        base_large * large,
        own,
        missed_small,
        missed_large,
        sure,
        own * over,
        sure * over,
        (left - own).abs(),
        own * own,
    ]
}
