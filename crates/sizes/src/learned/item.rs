//! What the outcomes of one piece say about it: its own effect on the chances, and who takes which of its sizes. Refuses to
//! know whose outcomes they are.
#![expect(
    clippy::indexing_slicing,
    reason = "arrays of a fixed size, indexed by ranges of that size"
)]

use super::features::dot;
use super::solve::{chances, solve};

/// Numbers of an item's own effect.
pub const EFFECT: usize = 5;
const BOTH: usize = 2 * EFFECT;

/// How far effects of items lie apart, number by number, and how too small goes with too large.
const SPREAD: [f64; EFFECT] = [1.2, 0.2, 0.2, 0.05, 0.05];
const TOGETHER: f64 = -0.65;
const ROUNDS: usize = 6;
/// An item's shift is trusted as if this many outcomes had said "none" before.
const SHIFT_PRIOR: f64 = 8.0;
const NEAR_PRIOR: f64 = 4.0;
const NEAR: f64 = 0.5;

/// One outcome of the piece.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// What the base sums say of it: too small, too large, against fit.
    pub base: [f64; 2],
    /// 0 too small, 1 fit, 2 too large.
    pub class: usize,
    pub effect: [f64; EFFECT],
    /// Which size of the dress scale.
    pub size: usize,
    pub place: f64,
    /// How much larger it was than the body asked for.
    pub over: f64,
}

/// One size of the piece in its outcomes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rung {
    pub size: usize,
    pub place: f64,
    pub count: f64,
    /// Sum of how much larger it was than asked for.
    pub over: f64,
    pub small: f64,
    pub large: f64,
}

/// All that outcomes say of one piece.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ItemFacts {
    effects: [[f64; EFFECT]; 2],
    pub count: f64,
    pub small: f64,
    pub large: f64,
    shift: f64,
    rungs: Vec<Rung>,
}

impl ItemFacts {
    /// Nobody's outcomes.
    pub const EMPTY: Self = Self {
        effects: [[0.0; EFFECT]; 2],
        count: 0.0,
        small: 0.0,
        large: 0.0,
        shift: 0.0,
        rungs: Vec::new(),
    };

    /// Weighs the outcomes of one piece.
    #[must_use]
    pub fn of(seen: &[Seen]) -> Self {
        let mut facts = Self {
            effects: effects(seen),
            ..Self::default()
        };
        let mut over = 0.0;
        for one in seen {
            facts.count += 1.0;
            over += one.over;
            let (small, large) = match one.class {
                0 => (1.0, 0.0),
                2 => (0.0, 1.0),
                _ => (0.0, 0.0),
            };
            facts.small += small;
            facts.large += large;
            if !facts.rungs.iter().any(|rung| rung.size == one.size) {
                facts.rungs.push(Rung {
                    size: one.size,
                    place: one.place,
                    count: 0.0,
                    over: 0.0,
                    small: 0.0,
                    large: 0.0,
                });
            }
            if let Some(rung) = facts.rungs.iter_mut().find(|rung| rung.size == one.size) {
                rung.count += 1.0;
                rung.over += one.over;
                rung.small += small;
                rung.large += large;
            }
        }
        facts.rungs.sort_by_key(|rung| rung.size);
        facts.shift = over / (facts.count + SHIFT_PRIOR);
        facts
    }

    /// What the piece adds to too small and too large.
    #[must_use]
    pub fn own(&self, effect: &[f64; EFFECT]) -> [f64; 2] {
        self.effects.map(|weights| dot(&weights, effect).clamp(-3.0, 3.0))
    }

    /// How much larger than asked for people take this piece.
    #[must_use]
    pub fn shift(&self) -> f64 {
        self.shift
    }

    /// The same around one size, and how many outcomes lie there.
    #[must_use]
    pub fn shift_at(&self, place: f64) -> (f64, f64) {
        let (mut over, mut count) = (0.0, 0.0);
        for rung in &self.rungs {
            let weight = (1.0 - (rung.place - place).abs() / NEAR).max(0.0);
            over += weight * rung.over;
            count += weight * rung.count;
        }
        ((over + NEAR_PRIOR * self.shift) / (count + NEAR_PRIOR), count)
    }

    /// The sizes in which it was worn, smallest first.
    #[must_use]
    pub fn rungs(&self) -> &[Rung] {
        &self.rungs
    }
}

/// The likeliest effects: Newton's steps on two sums at once, with the spread of items as what is known before.
fn effects(seen: &[Seen]) -> [[f64; EFFECT]; 2] {
    let mut found = [0.0; BOTH];
    if seen.is_empty() {
        return [[0.0; EFFECT]; 2];
    }
    for _ in 0..ROUNDS {
        let (mut slope, mut bend) = prior(&found);
        for one in seen {
            add(&mut slope, &mut bend, &found, one);
        }
        let step = solve(&mut bend, &slope);
        let mut largest = 0.0_f64;
        for (value, step) in found.iter_mut().zip(step) {
            *value += step;
            largest = largest.max(step.abs());
        }
        if largest < 0.005 {
            break;
        }
    }
    let mut halves = [[0.0; EFFECT]; 2];
    halves[0].copy_from_slice(&found[..EFFECT]);
    halves[1].copy_from_slice(&found[EFFECT..]);
    halves
}

fn prior(found: &[f64; BOTH]) -> ([f64; BOTH], [[f64; BOTH]; BOTH]) {
    let (mut slope, mut bend) = ([0.0; BOTH], [[0.0; BOTH]; BOTH]);
    for (at, spread) in SPREAD.iter().enumerate() {
        let sure = 1.0 / (spread * (1.0 - TOGETHER * TOGETHER));
        let across = -TOGETHER * sure;
        let (small, large) = (at, EFFECT + at);
        bend[small][small] = sure;
        bend[large][large] = sure;
        bend[small][large] = across;
        bend[large][small] = across;
        slope[small] = -sure * found[small] - across * found[large];
        slope[large] = -across * found[small] - sure * found[large];
    }
    (slope, bend)
}

fn add(slope: &mut [f64; BOTH], bend: &mut [[f64; BOTH]; BOTH], found: &[f64; BOTH], one: &Seen) {
    let own = [
        dot(&found[..EFFECT], &one.effect),
        dot(&found[EFFECT..], &one.effect),
    ];
    let [small, _, large] = chances(one.base[0] + own[0], one.base[1] + own[1]);
    let off_small = if one.class == 0 { 1.0 - small } else { -small };
    let off_large = if one.class == 2 { 1.0 - large } else { -large };
    let (both, upper, lower) = (-small * large, small * (1.0 - small), large * (1.0 - large));
    for row in 0..EFFECT {
        let value = one.effect[row];
        slope[row] += off_small * value;
        slope[EFFECT + row] += off_large * value;
        for column in 0..EFFECT {
            let product = value * one.effect[column];
            bend[row][column] += upper * product;
            bend[EFFECT + row][EFFECT + column] += lower * product;
            bend[row][EFFECT + column] += both * product;
            bend[EFFECT + row][column] += both * product;
        }
    }
}
