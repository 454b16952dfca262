//! What past days say of the demand of coming ones: a plain estimate. Refuses to take a day without a figure for a day
//! without sales.

use super::float::{count, float};

/// A day of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// So many pieces were asked for.
    Units(i64),
    /// Nobody knows.
    Unknown,
    /// There was nothing to sell, or not all day: at least so many were asked for.
    SoldOut(i64),
    /// A one-off that will not repeat.
    OneOff(i64),
}

impl Day {
    /// The pieces of a day that speaks for the coming ones.
    const fn units(self) -> Option<i64> {
        match self {
            Self::Units(units) => Some(units),
            Self::Unknown | Self::SoldOut(_) | Self::OneOff(_) => None,
        }
    }
}

/// Demand of a day, as estimated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    pub mean: f64,
    pub variance: f64,
    /// Days that spoke.
    pub days: usize,
    /// Variance of the mean itself, for it was estimated.
    pub doubt: f64,
    /// Relative variance that the mean gains by wandering, for each day ahead.
    pub drift: f64,
    /// How much more of a shortage is to be prevented than a law of independent days says, for weeks that hang together.
    pub caution: f64,
}

/// How the past is weighed. Found on daily sales of 1000 products of a grocery chain over a year
/// (docs/accuracy.md, "Reorder rules"), then held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighing {
    /// After so many days an observation counts half.
    pub half_life_days: f64,
    /// Relative variance by which the level of demand wanders in a day.
    pub drift: f64,
    /// That many weeks must pass before a product's own weeks say half of how much they hang together.
    pub weeks_of_doubt: f64,
    /// Of the shortage allowed, the part that is held back where weeks hang together.
    pub caution: f64,
    /// Variance of a day to its mean, as products usually have it.
    pub usual_ratio: f64,
    /// How far variances of products lie from the usual one: standard deviation of the logarithm.
    pub apart: f64,
}

impl Weighing {
    pub const LEARNED: Self = Self {
        half_life_days: 150.0,
        drift: 0.0013,
        weeks_of_doubt: 8.0,
        caution: 0.91,
        usual_ratio: 3.2,
        apart: 0.27,
    };
}

/// Weeks hang together when they vary this much more than seven independent days: less is noise of few weeks.
const NOISE: f64 = 0.05;
/// So much more, and they hang together wholly.
const WHOLLY: f64 = 0.3;

/// The demand of a day to come, oldest day first. None when fewer than two days speak.
pub fn estimate(days: &[Day], weighing: Weighing) -> Option<Estimate> {
    let times = togetherness(days, weighing);
    let more = (times - 1.0).clamp(0.0, 1.0);
    let keep = 0.5_f64.powf(1.0 / weighing.half_life_days);
    let (mut weights, mut squares, mut sum, mut known) = (0.0, 0.0, 0.0, 0_usize);
    let mut weight = 1.0;
    for day in days.iter().rev() {
        if let Some(units) = day.units() {
            weights += weight;
            squares += weight * weight;
            sum += weight * float(units);
            known += 1;
        }
        weight *= keep;
    }
    if known < 2 || weights <= 0.0 {
        return None;
    }
    let mean = sum / weights;
    let mut spread = 0.0;
    let mut weight = 1.0;
    for day in days.iter().rev() {
        if let Some(units) = day.units() {
            spread += weight * (float(units) - mean) * (float(units) - mean);
        }
        weight *= keep;
    }
    // Unbiased for reliability weights.
    let variance = times * spread / (weights - squares / weights).max(1e-9);
    let variance = drawn(days, mean, variance, weighing);
    Some(Estimate {
        mean,
        variance,
        days: known,
        doubt: variance * squares / (weights * weights),
        drift: weighing.drift * more,
        caution: weighing.caution * ((more - NOISE) / WHOLLY).clamp(0.0, 1.0),
    })
}

/// A variance drawn towards the usual one by how badly its own logarithm is known (empirical Bayes, Efron and Morris 1973; the
/// error of a variance by its fourth moment, Cramér 1946, §27.4). A few great days make a variance large by chance, so that a large
/// one is doubted by its own fourth moment, a small one as under the normal law.
fn drawn(days: &[Day], mean: f64, variance: f64, weighing: Weighing) -> f64 {
    let known: Vec<f64> = days.iter().filter_map(|day| day.units()).map(float).collect();
    let n = count(known.len());
    let middle = known.iter().sum::<f64>() / n;
    let (mut second, mut fourth) = (0.0, 0.0);
    for units in &known {
        let square = (units - middle) * (units - middle);
        second += square / n;
        fourth += square * square / n;
    }
    // Days all alike are taken as if one had been a piece off.
    let variance = variance.max(1.0 / n);
    let usual = usual(&known, mean, weighing);
    let error = if variance > usual && second > 0.0 {
        (fourth / (second * second) - 1.0).max(0.0) / n
    } else {
        2.0 / n
    };
    let apart = weighing.apart * weighing.apart;
    let own = apart / (apart + error);
    variance.powf(own) * usual.powf(1.0 - own)
}

/// The variance that products like this usually have: so many times the mean; more where it is sold in lots, by the lot that is
/// usual on days with a sale; and a share of the square of the mean, by which what sells fast goes up and down.
fn usual(known: &[f64], mean: f64, weighing: Weighing) -> f64 {
    let mut sold: Vec<f64> = known.iter().copied().filter(|units| *units > 0.0).collect();
    sold.sort_by(f64::total_cmp);
    let lot = sold.get(sold.len() / 2).copied().unwrap_or_default();
    let idle = 1.0 - count(sold.len()) / count(known.len().max(1));
    let swing = SWING * mean;
    mean * weighing.usual_ratio.max(lot * idle) + swing * swing
}

/// How far days of what sells fast lie from their mean, as a share of it: a convention, not learned.
const SWING: f64 = 0.3;

/// How many times the variance of a week is that of seven independent days; never less than once.
fn togetherness(days: &[Day], weighing: Weighing) -> f64 {
    let single = moments(&sums(days, 1)).map_or(0.0, |(_, variance)| variance);
    let weeks = sums(days, 7);
    let (own, loud) = match moments(&weeks) {
        Some((_, variance)) if single > 0.0 => (variance / (7.0 * single) - 1.0, count(weeks.len())),
        _ => (0.0, 0.0),
    };
    (1.0 + own * loud / (loud + weighing.weeks_of_doubt).max(1e-9)).max(1.0)
}

/// Sums of known neighbouring days, each of `length` days, newest last; a sum with a day that does not speak is left out.
pub fn sums(days: &[Day], length: usize) -> Vec<f64> {
    let length = length.max(1);
    let skip = days.len() % length;
    days.get(skip..)
        .unwrap_or_default()
        .chunks_exact(length)
        .filter_map(|chunk| {
            let mut all = chunk.iter();
            let units = all.try_fold(0_i64, |sum, day| Some(sum.saturating_add(day.units()?)))?;
            Some(float(units))
        })
        .collect()
}

/// Mean and variance (of a sample) of numbers; none below two.
pub fn moments(values: &[f64]) -> Option<(f64, f64)> {
    if values.len() < 2 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / count(values.len());
    let spread: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    Some((mean, spread / (count(values.len()) - 1.0)))
}
