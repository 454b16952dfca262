//! What a place and a price sell, learned from a shop's own days. Refuses to be used before there is enough of them.

use crate::float::{float, whole};
use sauda_kernel::Tenge;
use serde::{Deserialize, Serialize};

/// Places that are told apart: 1 to 7, and 8 for all further down.
pub const PLACES: usize = 8;
/// The price effect is kept at ratios 0.70, 0.725, … 1.30 of the reference price.
const RATIOS: usize = 25;
const RATIO_LOW_MILLI: i64 = 700;
const RATIO_STEP_MILLI: i64 = 25;

/// A part of a day at one place and one price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySample {
    /// 1 is the cheapest.
    pub place: u32,
    pub price: Tenge,
    pub sold: i64,
    /// How much of the day, in thousandths.
    pub day_milli: i64,
}

/// Expected sales by place and price. Made by [`learn_curve`], stored as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfitCurve {
    /// Units in a million days at each place, at the reference price.
    by_place: [i64; PLACES],
    /// Sales at each ratio of the reference price, in thousandths of those at the reference price.
    by_ratio: [i64; RATIOS],
    pub reference_price: Tenge,
    /// What it was learned from.
    pub days: i64,
    pub sold: i64,
}

/// What is known of demand where no curve was learned: a forecast of a day, at the price and place it goes by, and what a price
/// does to it, drawn towards what is usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemandSaid {
    /// Thousandths of a piece a day.
    pub daily_milli: i64,
    /// 1 is the cheapest.
    pub place: u32,
    pub price: Tenge,
    /// Percent of demand for a percent of price, thousandths.
    pub elasticity_milli: i64,
}

/// Why there is no curve yet: what there is and what is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CurveLack {
    #[error("{have} days of history: the profit strategy needs {need}")]
    Days { have: i64, need: i64 },
    #[error("{have} units sold: the profit strategy needs {need}")]
    Sales { have: i64, need: i64 },
    #[error("{have} places held for {days} days or more: the profit strategy needs {need}")]
    Places { have: i64, days: i64, need: i64 },
}

/// Days, units and places that are enough to learn from.
pub const DAYS_NEEDED: i64 = 28;
pub const SALES_NEEDED: i64 = 20;
pub const PLACES_NEEDED: i64 = 2;
pub const DAYS_AT_A_PLACE: i64 = 4;

/// What is believed before any history: relative sales of places 1 to 8. First place takes most; the figures are a
/// cautious starting belief, outweighed by ten days at the place.
const BELIEVED_BY_PLACE: [f64; PLACES] = [1.0, 0.5, 0.33, 0.25, 0.2, 0.16, 0.13, 0.08];
/// Weight of the belief about a place, in days.
const BELIEF_DAYS: f64 = 10.0;
/// Believed price elasticity at a fixed place, and its weight as a variance of log price: a shop that never moved its
/// price keeps the belief.
const BELIEVED_ELASTICITY: f64 = -1.5;
const ELASTICITY_BELIEF: f64 = 0.05;
/// No price effect is believed to be steeper.
const STEEPEST: f64 = -8.0;
/// No more is believed to be asked for in a day.
const MOST_DAILY_MILLI: i64 = 1_000_000_000;

/// Learns the curve: for each place a Gamma–Poisson posterior mean (shrunk towards the believed profile at the shop's own
/// level), and one price elasticity from the log of sales against the log of price within places, ridge-shrunk.
///
/// # Errors
/// When the history is not enough; the error says what is missing.
pub fn learn_curve(samples: &[DaySample]) -> Result<ProfitCurve, CurveLack> {
    let (mut days_at, mut sold_at) = ([0.0_f64; PLACES], [0.0_f64; PLACES]);
    let (mut day_milli, mut sold, mut weighted_price) = (0_i64, 0_i64, 0.0_f64);
    for sample in samples
        .iter()
        .filter(|sample| sample.day_milli > 0 && sample.price > Tenge(0) && sample.sold >= 0)
    {
        let days = float(sample.day_milli) / 1_000.0;
        if let (Some(at), Some(units)) = (
            days_at.get_mut(slot(sample.place)),
            sold_at.get_mut(slot(sample.place)),
        ) {
            *at += days;
            *units += float(sample.sold);
        }
        day_milli = day_milli.saturating_add(sample.day_milli);
        sold = sold.saturating_add(sample.sold);
        weighted_price += days * float(sample.price.get()).ln();
    }
    let days = day_milli / 1_000;
    enough(days, sold, &days_at)?;
    let reference = (weighted_price / (float(day_milli) / 1_000.0)).exp();
    // The shop's level: units a day that it would sell at first place, under the believed profile.
    let exposure: f64 = days_at
        .iter()
        .zip(BELIEVED_BY_PLACE)
        .map(|(days, share)| days * share)
        .sum();
    let level = float(sold) / exposure;
    let mut by_place = [0_i64; PLACES];
    for (to, ((days, units), share)) in by_place
        .iter_mut()
        .zip(days_at.iter().zip(sold_at).zip(BELIEVED_BY_PLACE))
    {
        let believed = level * share;
        *to = whole((units + believed * BELIEF_DAYS) / (days + BELIEF_DAYS) * 1_000_000.0);
    }
    // A worse place never sells more: pool neighbours that say otherwise.
    for place in 1..PLACES {
        let above = by_place.get(place - 1).copied().unwrap_or(0);
        if let Some(here) = by_place.get_mut(place) {
            *here = (*here).min(above);
        }
    }
    let elasticity = elasticity(samples, &by_place, reference);
    Ok(ProfitCurve {
        by_place,
        by_ratio: by_ratio(elasticity),
        reference_price: Tenge(whole(reference)),
        days,
        sold,
    })
}

/// The price effect at the kept ratios.
fn by_ratio(elasticity: f64) -> [i64; RATIOS] {
    let mut by_ratio = [0_i64; RATIOS];
    let mut ratio_milli = RATIO_LOW_MILLI;
    for to in &mut by_ratio {
        *to = whole((float(ratio_milli) / 1_000.0).powf(elasticity) * 1_000.0);
        ratio_milli += RATIO_STEP_MILLI;
    }
    by_ratio
}

fn enough(days: i64, sold: i64, days_at: &[f64; PLACES]) -> Result<(), CurveLack> {
    if days < DAYS_NEEDED {
        return Err(CurveLack::Days {
            have: days,
            need: DAYS_NEEDED,
        });
    }
    if sold < SALES_NEEDED {
        return Err(CurveLack::Sales {
            have: sold,
            need: SALES_NEEDED,
        });
    }
    let held = days_at
        .iter()
        .filter(|days| **days >= float(DAYS_AT_A_PLACE))
        .count();
    let held = i64::try_from(held).unwrap_or(0);
    if held < PLACES_NEEDED {
        return Err(CurveLack::Places {
            have: held,
            days: DAYS_AT_A_PLACE,
            need: PLACES_NEEDED,
        });
    }
    Ok(())
}

/// Score step of a Poisson regression of sales on log price with the place's mean as offset, started at the belief and
/// held by it; bounded to plausible values.
fn elasticity(samples: &[DaySample], by_place: &[i64; PLACES], reference: f64) -> f64 {
    let mut slope = BELIEVED_ELASTICITY;
    for _round in 0..12 {
        let (mut score, mut information) = (0.0, 0.0);
        for sample in samples
            .iter()
            .filter(|sample| sample.day_milli > 0 && sample.price > Tenge(0))
        {
            let days = float(sample.day_milli) / 1_000.0;
            let base = by_place
                .get(slot(sample.place))
                .map_or(0.0, |units| float(*units) / 1_000_000.0)
                * days;
            let log_ratio = (float(sample.price.get()) / reference).ln().clamp(-0.7, 0.7);
            let expected = base * (slope * log_ratio).exp();
            score += log_ratio * (float(sample.sold) - expected);
            information += log_ratio * log_ratio * expected;
        }
        let step =
            (score - ELASTICITY_BELIEF * (slope - BELIEVED_ELASTICITY)) / (information + ELASTICITY_BELIEF);
        slope = (slope + step.clamp(-1.0, 1.0)).clamp(STEEPEST, 0.0);
    }
    slope
}

fn slot(place: u32) -> usize {
    usize::try_from(place.saturating_sub(1))
        .unwrap_or(PLACES)
        .min(PLACES - 1)
}

impl ProfitCurve {
    /// The curve that follows from a forecast and what a price does. None where nothing is asked for, the price is unknown, or
    /// demand is said to rise with the price.
    ///
    /// What a price was seen to do holds the better place that a lower price brings with it. So places count half here: by the
    /// root of what is believed of them.
    pub fn of_demand(said: &DemandSaid) -> Option<Self> {
        if said.daily_milli <= 0 || said.price <= Tenge(0) || said.elasticity_milli >= 0 {
            return None;
        }
        let here = BELIEVED_BY_PLACE.get(slot(said.place)).copied()?;
        let daily = float(said.daily_milli.min(MOST_DAILY_MILLI)) * 1_000.0;
        let by_place = BELIEVED_BY_PLACE.map(|share| whole(daily * (share / here).sqrt()));
        Some(Self {
            by_place,
            by_ratio: by_ratio((float(said.elasticity_milli) / 1_000.0).max(STEEPEST)),
            reference_price: said.price,
            days: 0,
            sold: 0,
        })
    }

    /// Expected units in a million days at this place and price. Prices outside 0.7…1.3 of the reference price are
    /// outside of what was learned: none.
    pub fn units_per_million_days(&self, place: u32, price: Tenge) -> Option<i64> {
        let base = *self.by_place.get(slot(place))?;
        let reference = i128::from(self.reference_price.get().max(1));
        // Ratio in millionths for a smooth line between the kept points.
        let ratio = i64::try_from(i128::from(price.get()) * 1_000_000 / reference).ok()?;
        let offset = ratio - RATIO_LOW_MILLI * 1_000;
        if offset < 0 {
            return None;
        }
        let point = usize::try_from(offset / (RATIO_STEP_MILLI * 1_000)).ok()?;
        let rest = offset % (RATIO_STEP_MILLI * 1_000);
        let low = *self.by_ratio.get(point)?;
        let effect_micro = match self.by_ratio.get(point + 1) {
            Some(high) => low * 1_000 + (high - low) * rest / RATIO_STEP_MILLI,
            None if rest == 0 => low * 1_000,
            None => return None,
        };
        i64::try_from(i128::from(base) * i128::from(effect_micro) / 1_000_000).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(place: u32, price: i64, sold_each: i64, count: i64) -> Vec<DaySample> {
        (0..count)
            .map(|_| DaySample {
                place,
                price: Tenge(price),
                sold: sold_each,
                day_milli: 1_000,
            })
            .collect()
    }

    #[test]
    fn too_little_history_says_what_is_missing() {
        assert_eq!(
            learn_curve(&days(1, 1_000, 3, 10)),
            Err(CurveLack::Days { have: 10, need: 28 })
        );
        assert_eq!(
            learn_curve(&days(1, 1_000, 0, 40)),
            Err(CurveLack::Sales { have: 0, need: 20 })
        );
        assert_eq!(
            learn_curve(&days(1, 1_000, 3, 40)),
            Err(CurveLack::Places {
                have: 1,
                days: 4,
                need: 2
            })
        );
    }

    #[test]
    fn a_better_place_sells_more_and_the_figures_come_near_the_history() {
        let mut history = days(1, 1_000, 4, 30);
        history.extend(days(3, 1_000, 1, 30));
        let curve = learn_curve(&history).unwrap();
        let first = curve.units_per_million_days(1, Tenge(1_000)).unwrap();
        let third = curve.units_per_million_days(3, Tenge(1_000)).unwrap();
        assert!((3_500_000..=4_300_000).contains(&first), "{first}");
        assert!((900_000..=1_400_000).contains(&third), "{third}");
        assert!(curve.units_per_million_days(1, Tenge(1_200)).unwrap() < first);
        assert_eq!(curve.units_per_million_days(1, Tenge(2_000)), None);
    }

    #[test]
    fn price_sensitivity_is_learned_when_the_price_moved() {
        let mut steep = days(1, 1_000, 8, 30);
        steep.extend(days(1, 1_150, 3, 30));
        steep.extend(days(2, 1_150, 2, 10));
        let curve = learn_curve(&steep).unwrap();
        let low = curve.units_per_million_days(1, Tenge(1_000)).unwrap();
        let high = curve.units_per_million_days(1, Tenge(1_150)).unwrap();
        assert!(low > 2 * high, "{low} against {high}");
    }
}
