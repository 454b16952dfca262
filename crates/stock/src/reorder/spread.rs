//! How the demand of some days may turn out: a law, or what was seen. Refuses to know where its numbers come from.

use super::float::{count, float};
use super::special::{gamma_above, normal_below, normal_loss};
use serde::{Deserialize, Serialize};

/// Which law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Law {
    /// Nothing varies.
    Fixed,
    Normal,
    Poisson,
    NegativeBinomial,
    Gamma,
    /// What was seen, or quantiles that somebody computed.
    Empirical,
}

impl Law {
    /// Its word in questions and answers.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Normal => "normal",
            Self::Poisson => "poisson",
            Self::NegativeBinomial => "negative_binomial",
            Self::Gamma => "gamma",
            Self::Empirical => "empirical",
        }
    }
}

/// Where the whole numbers are counted one by one, at most so many.
const LONGEST_TABLE: usize = 20_000;
/// Above such a mean a law of whole numbers is taken as its continuous neighbour.
const LARGE_MEAN: f64 = 400.0;

/// A demand that is not known yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    law: Law,
    mean: f64,
    variance: f64,
    /// Of laws of whole numbers: chance of at most `n` and expected excess over `n`.
    table: Vec<(f64, f64)>,
    /// Of the empirical one: values and their weights, smallest first.
    seen: Vec<(f64, f64)>,
}

impl Spread {
    /// A law with this mean and variance; the neighbour that can have them, when this one cannot.
    pub fn of(law: Law, mean: f64, variance: f64) -> Self {
        let (mean, variance) = (mean.max(0.0), variance.max(0.0));
        let law = match law {
            _ if mean <= 0.0 => Law::Fixed,
            Law::Fixed | Law::Empirical => Law::Fixed,
            Law::Poisson if mean > LARGE_MEAN => Law::Normal,
            Law::Poisson => Law::Poisson,
            _ if variance <= 0.0 => Law::Fixed,
            Law::NegativeBinomial if variance <= mean * 1.000_001 => {
                if mean > LARGE_MEAN {
                    Law::Normal
                } else {
                    Law::Poisson
                }
            }
            Law::NegativeBinomial if mean > LARGE_MEAN => Law::Gamma,
            law => law,
        };
        let variance = match law {
            Law::Fixed => 0.0,
            Law::Poisson => mean,
            _ => variance,
        };
        let table = match law {
            Law::Poisson => count_up(mean, (-mean).exp(), |n| mean / (n + 1.0)),
            Law::NegativeBinomial => {
                let size = mean * mean / (variance - mean);
                let other = 1.0 - mean / variance;
                let none = (size * (mean / variance).ln()).exp();
                count_up(mean, none, |n| (n + size) / (n + 1.0) * other)
            }
            _ => Vec::new(),
        };
        Self {
            law,
            mean,
            variance,
            table,
            seen: Vec::new(),
        }
    }

    /// What was seen, each as likely as the others.
    pub fn seen(values: &[f64]) -> Self {
        let weight = 1.0 / count(values.len().max(1));
        Self::weighted(values.iter().map(|value| (*value, weight)).collect())
    }

    /// Values with weights that add up to 1.
    pub fn weighted(mut seen: Vec<(f64, f64)>) -> Self {
        seen.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mean = seen.iter().map(|(value, weight)| value * weight).sum::<f64>();
        let variance = seen
            .iter()
            .map(|(value, weight)| (value - mean) * (value - mean) * weight)
            .sum();
        Self {
            law: Law::Empirical,
            mean,
            variance,
            table: Vec::new(),
            seen,
        }
    }

    /// So many times each value; of a law with a table, only as it is.
    pub(super) fn times(&self, factor: f64) -> Self {
        if self.law != Law::Empirical || factor.to_bits() == 1.0_f64.to_bits() {
            return self.clone();
        }
        let scaled = self.seen.iter().map(|(value, weight)| (value * factor, *weight));
        Self::weighted(scaled.collect())
    }

    pub const fn law(&self) -> Law {
        self.law
    }

    pub const fn mean(&self) -> f64 {
        self.mean
    }

    pub fn deviation(&self) -> f64 {
        self.variance.sqrt()
    }

    /// Chance that the demand is at most this.
    pub fn at_most(&self, units: f64) -> f64 {
        match self.law {
            Law::Fixed => f64::from(u8::from(units >= self.mean - 1e-9)),
            Law::Normal => normal_below((units - self.mean) / self.deviation()),
            Law::Poisson | Law::NegativeBinomial => {
                if units < 0.0 {
                    return 0.0;
                }
                self.entry(units).map_or(1.0, |(chance, _)| chance)
            }
            Law::Gamma => 1.0 - gamma_above(self.shape(), units / self.scale()),
            Law::Empirical => {
                let below = self.seen.iter().filter(|(value, _)| *value <= units + 1e-9);
                below.map(|(_, weight)| weight).sum::<f64>().min(1.0)
            }
        }
    }

    /// The fewest whole pieces that demand stays at or under with this chance; a continuous law is rounded to the nearest piece.
    pub fn quantile(&self, chance: f64) -> i64 {
        let half = match self.law {
            Law::Normal | Law::Gamma => 0.5,
            _ => 0.0,
        };
        let (mut low, mut high) = (-1_i64, super::float::whole_up(self.mean).max(1));
        while self.at_most(float(high) + half) < chance && high < 1_000_000_000 {
            low = high;
            high = high.saturating_mul(2);
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.at_most(float(middle) + half) < chance {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }

    /// Expected demand above this.
    pub fn excess(&self, units: f64) -> f64 {
        if units <= 0.0 && self.law != Law::Normal {
            return self.mean - units;
        }
        match self.law {
            Law::Fixed => (self.mean - units).max(0.0),
            Law::Normal => self.deviation() * normal_loss((units - self.mean) / self.deviation()),
            Law::Poisson | Law::NegativeBinomial => {
                let part = units - units.floor();
                let here = self.entry(units).map_or(0.0, |(_, excess)| excess);
                let next = self.entry(units + 1.0).map_or(0.0, |(_, excess)| excess);
                here + (next - here) * part
            }
            Law::Gamma => {
                let (shape, x) = (self.shape(), units / self.scale());
                (self.mean * gamma_above(shape + 1.0, x) - units * gamma_above(shape, x)).max(0.0)
            }
            Law::Empirical => self
                .seen
                .iter()
                .map(|(value, weight)| (value - units).max(0.0) * weight)
                .sum(),
        }
    }

    fn shape(&self) -> f64 {
        self.mean * self.mean / self.variance
    }

    fn scale(&self) -> f64 {
        self.variance / self.mean
    }

    fn entry(&self, units: f64) -> Option<(f64, f64)> {
        let place = usize::try_from(super::float::whole(units.floor())).ok()?;
        self.table.get(place).copied()
    }
}

/// Chances of at most 0, 1, 2 … and expected excesses over them, until nothing worth a thought is left.
fn count_up(mean: f64, none: f64, ratio: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
    let mut table = Vec::new();
    let (mut chance, mut below, mut excess, mut n) = (none, 0.0_f64, mean, 0.0);
    while table.len() < LONGEST_TABLE {
        below = (below + chance).min(1.0);
        table.push((below, excess));
        if n > mean && excess < mean * 1e-9 {
            break;
        }
        excess = (excess - (1.0 - below)).max(0.0);
        chance *= ratio(n);
        n += 1.0;
    }
    table
}

/// The law that data of this kind asks for when nobody names one: counts with more variance than a Poisson law has are
/// negative binomial; sums that vary little against their mean are normal; the rest is gamma.
pub fn fitting(mean: f64, variance: f64, is_counted: bool) -> Law {
    let ratio = if mean > 0.0 { variance.sqrt() / mean } else { 0.0 };
    if mean <= 0.0 || variance <= 0.0 {
        Law::Fixed
    } else if !is_counted && ratio <= NORMAL_ENOUGH {
        Law::Normal
    } else if mean > LARGE_MEAN {
        Law::Gamma
    } else {
        Law::NegativeBinomial
    }
}

/// Up to such a ratio of deviation to mean the normal law is usual (Silver, Pyke and Thomas, 2017, chapter 6).
const NORMAL_ENOUGH: f64 = 0.5;

/// The mean of equally spread points of a span, for averaging over a batch.
pub(super) fn average(from: i64, to: i64, of: impl Fn(f64) -> f64) -> f64 {
    let steps = (to - from + 1).max(1);
    if steps <= 64 {
        return (from..=to).map(|at| of(float(at))).sum::<f64>() / float(steps);
    }
    // 64 midpoints of equal pieces: the function is monotone and smooth at that scale.
    let piece = float(steps) / 64.0;
    let start = float(from) - 0.5;
    (0..64)
        .map(|at| of(start + (float(at) + 0.5) * piece))
        .sum::<f64>()
        / 64.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_poisson_law_of_two_counts_as_printed() {
        let spread = Spread::of(Law::Poisson, 2.0, 9.0);
        assert!((spread.at_most(3.0) - 0.857_123_46).abs() < 1e-7);
        assert!((spread.excess(2.0) - 4.0 * (-2.0_f64).exp()).abs() < 1e-9);
        assert_eq!(spread.law(), Law::Poisson);
    }

    #[test]
    fn rare_demand_is_most_often_none_whatever_the_law() {
        for law in [Law::Poisson, Law::Gamma] {
            let rare = Spread::of(law, 0.3, 0.4);
            assert_eq!((rare.quantile(0.1), rare.quantile(0.9)), (0, 1), "{law:?}");
        }
        let often = Spread::of(Law::Poisson, 40.0, 40.0);
        assert_eq!((often.quantile(0.1), often.quantile(0.9)), (32, 48));
    }

    #[test]
    fn a_law_that_cannot_have_such_a_variance_gives_way() {
        assert_eq!(Spread::of(Law::NegativeBinomial, 5.0, 4.0).law(), Law::Poisson);
        assert_eq!(Spread::of(Law::Gamma, 0.0, 4.0).law(), Law::Fixed);
        assert_eq!(
            Spread::of(Law::NegativeBinomial, 900.0, 4_000.0).law(),
            Law::Gamma
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn more_units_leave_less_excess_and_more_chance(
            mean in 0.2_f64..300.0, ratio in 1.05_f64..9.0, at in 0_i64..500,
            law in prop_oneof![Just(Law::Normal), Just(Law::Gamma), Just(Law::Poisson), Just(Law::NegativeBinomial)],
        ) {
            let spread = Spread::of(law, mean, mean * ratio);
            let (here, next) = (float(at), float(at + 1));
            prop_assert!(spread.at_most(next) >= spread.at_most(here) - 1e-9);
            prop_assert!(spread.excess(next) <= spread.excess(here) + 1e-9);
            // One unit more saves at most one unit of excess, and as much as the chance that it is needed.
            let saved = spread.excess(here) - spread.excess(next);
            prop_assert!(saved <= 1.0 + 1e-9);
            prop_assert!(spread.excess(here) >= mean - here - 1e-6);
        }
    }
}
