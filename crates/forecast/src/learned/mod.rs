//! Learned numbers: which model is trusted when, and how far from the truth it may be. Refuses rows of anybody's sales.

mod params;

use crate::frequency::Frequency;
use crate::models::{COUNT, MEAN_ALL};
use crate::number::{at, real};
use crate::prepare::{FACTS, History, Prepared, SPREAD_FACTS};

/// Quantiles at which the calibration was measured.
pub const KNOTS: [f64; 11] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99];

/// Kinds of histories that numbers were learned for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Daily,
    Weekly,
    Monthly,
    /// Months, many of them without a sale.
    Seldom,
}

impl Kind {
    #[must_use]
    pub fn of(history: &History<'_>) -> Self {
        let zeros = history.values.iter().filter(|value| **value == 0.0).count();
        match history.frequency {
            Frequency::Daily => Self::Daily,
            Frequency::Weekly => Self::Weekly,
            Frequency::Monthly if real(zeros) > 0.15 * real(history.values.len()) => Self::Seldom,
            Frequency::Monthly => Self::Monthly,
        }
    }
}

/// Numbers of one kind of history.
#[derive(Debug, Clone)]
pub struct Params {
    /// Of each model, a weight for each fact, the last for the logarithm of the step.
    pub weights: [[f64; FACTS]; COUNT],
    /// How strongly errors at earlier origins count.
    pub past: f64,
    /// How much more comes than models of this kind say: a logarithm, by the same facts.
    pub lift: [f64; FACTS],
    /// The logarithm of the spread's share of the square of the mean; the last for the logarithm of the step.
    pub spread: [f64; SPREAD_FACTS],
    /// For small counts and for large: where the knots lie in the distribution that the spread gives.
    pub calibration: [[f64; 11]; 2],
}

impl Params {
    /// Before anything was learned: all models alike.
    #[must_use]
    pub fn blank() -> Self {
        Self {
            weights: [[0.0; FACTS]; COUNT],
            past: 2.0,
            lift: [0.0; FACTS],
            spread: [0.0; SPREAD_FACTS],
            calibration: [KNOTS; 2],
        }
    }

    /// The learned numbers for a history: by its frequency, and whether months without a sale are usual.
    #[must_use]
    pub fn of(history: &History<'_>) -> &'static Self {
        Self::learned(Kind::of(history))
    }

    /// The learned numbers of a kind.
    #[must_use]
    pub fn learned(kind: Kind) -> &'static Self {
        match kind {
            Kind::Daily => &params::DAILY,
            Kind::Weekly => &params::WEEKLY,
            Kind::Monthly => &params::MONTHLY,
            Kind::Seldom => &params::SELDOM,
        }
    }

    /// How much each model counts at a step; a model that cannot speak not at all; their sum is the lift.
    #[must_use]
    pub fn weigh(&self, series: &Prepared, step: usize) -> [f64; COUNT] {
        let far = far(step);
        let mut scores = [f64::NEG_INFINITY; COUNT];
        let rows = self.weights.iter().zip(&series.behind).zip(&series.ahead);
        for (score, ((weights, behind), line)) in scores.iter_mut().zip(rows) {
            if line.is_some() {
                let mut facts = series.facts;
                facts[FACTS - 1] = far;
                let sum: f64 = weights
                    .iter()
                    .zip(&facts)
                    .map(|(weight, fact)| weight * fact)
                    .sum();
                *score = sum - self.past * behind;
            }
        }
        let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let parts = scores.map(|score| (score - top).exp());
        let all: f64 = parts.iter().sum();
        // Where many steps are empty, what sold once may sell again, whatever the last steps say.
        let kept = if at(&series.facts, 3) > 0.3 { 0.04 } else { 0.0 };
        let mut facts = series.facts;
        facts[FACTS - 1] = far;
        let lift: f64 = self
            .lift
            .iter()
            .zip(&facts)
            .map(|(weight, fact)| weight * fact)
            .sum();
        // What goes by a rule needs no lift.
        let lift = (lift.clamp(-0.2, 0.2) * series.rough).exp();
        let mut weights = parts.map(|part| part / all * (1.0 - kept) * lift);
        if let Some(weight) = weights.get_mut(MEAN_ALL) {
            *weight += kept * lift;
        }
        weights
    }

    /// The spread at a step: its share of the square of the mean.
    #[must_use]
    pub fn spread(&self, series: &Prepared, step: usize) -> f64 {
        let mut facts = series.spread_facts;
        facts[SPREAD_FACTS - 1] = far(step);
        let sum: f64 = self
            .spread
            .iter()
            .zip(&facts)
            .map(|(weight, fact)| weight * fact)
            .sum();
        sum.clamp(-10.0, 3.0).exp()
    }

    /// Where a quantile lies in the distribution that the spread gives: small counts and large ones differ.
    #[must_use]
    pub fn calibrated(&self, quantile: f64, mean: f64) -> f64 {
        let [small, large] = &self.calibration;
        // From a mean of 5 to one of 50 the one goes over into the other.
        let share = ((mean.max(1e-9) / 5.0).ln() / 10.0_f64.ln()).clamp(0.0, 1.0);
        let low = curve(small, quantile);
        low + share * (curve(large, quantile) - low)
    }
}

fn far(step: usize) -> f64 {
    real(step + 1).ln() / 2.0
}

/// Straight lines through the knots, from 0 to 1.
fn curve(places: &[f64; 11], quantile: f64) -> f64 {
    let mut from = (0.0, 0.0);
    for (knot, place) in KNOTS.iter().zip(places).chain([(&1.0, &1.0)]) {
        if quantile <= *knot {
            let share = (quantile - from.0) / (knot - from.0);
            return from.1 + share * (place - from.1);
        }
        from = (*knot, *place);
    }
    1.0
}
