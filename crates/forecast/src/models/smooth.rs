//! Exponential smoothing of a level. Refuses trends and seasons.

use crate::number::{head, mean, real};

const RATES: [f64; 10] = [0.02, 0.05, 0.1, 0.16, 0.25, 0.36, 0.5, 0.65, 0.8, 0.95];

/// The best of the rates, by its squared error one step ahead.
pub(crate) struct Smoothed {
    pub(crate) level: f64,
    pub(crate) alpha: f64,
    /// Mean squared error one step ahead.
    pub(crate) error: f64,
}

pub(crate) fn best(values: &[f64]) -> Smoothed {
    let mut levels = [mean(head(values, 8)); RATES.len()];
    let mut errors = [0.0; RATES.len()];
    for value in values {
        for ((level, error), rate) in levels.iter_mut().zip(&mut errors).zip(RATES) {
            let off = value - *level;
            *error += off * off;
            *level += rate * off;
        }
    }
    let mut found = Smoothed {
        level: mean(values),
        alpha: 0.02,
        error: f64::INFINITY,
    };
    for ((level, error), rate) in levels.into_iter().zip(errors).zip(RATES) {
        if error < found.error {
            found = Smoothed {
                level,
                alpha: rate,
                error,
            };
        }
    }
    found.error /= real(values.len().max(1));
    found
}

/// The level at one rate.
pub(crate) fn level(values: &[f64], rate: f64) -> f64 {
    let first = mean(head(values, 8));
    values
        .iter()
        .fold(first, |level, value| level + rate * (value - level))
}
