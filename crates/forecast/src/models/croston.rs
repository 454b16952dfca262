//! Levels of demand that comes now and then: Croston with Syntetos and Boylan's correction, TSB, and sums over blocks. Refuses
//! everything else.

use crate::models::smooth;
use crate::number::{mean, real};

/// Croston's size by interval, corrected.
pub(crate) fn sba(values: &[f64], rate: f64) -> f64 {
    let sold: Vec<f64> = values.iter().copied().filter(|value| *value > 0.0).collect();
    if sold.is_empty() {
        return 0.0;
    }
    let mut size = mean(crate::number::head(&sold, 4));
    let mut apart = real(values.len()) / real(sold.len());
    let mut waited = 0.0;
    for value in values {
        waited += 1.0;
        if *value > 0.0 {
            size += rate * (value - size);
            apart += rate * (waited - apart);
            waited = 0.0;
        }
    }
    // The correction is for waits; where every step sells, there is nothing to correct.
    let apart = apart.max(1.0);
    (1.0 - rate / 2.0 * (1.0 - 1.0 / apart)) * size / apart
}

/// Teunter, Syntetos and Babai: the chance of a sale fades while nothing sells.
pub(crate) fn tsb(values: &[f64], size_rate: f64, chance_rate: f64) -> f64 {
    let sold: Vec<f64> = values.iter().copied().filter(|value| *value > 0.0).collect();
    if sold.is_empty() {
        return 0.0;
    }
    let mut size = mean(&sold);
    let mut chance = real(sold.len()) / real(values.len());
    for value in values {
        if *value > 0.0 {
            size += size_rate * (value - size);
            chance += chance_rate * (1.0 - chance);
        } else {
            chance -= chance_rate * chance;
        }
    }
    size * chance
}

/// Sums over blocks as long as the usual wait, smoothed, and spread evenly again.
pub(crate) fn adida(values: &[f64]) -> f64 {
    let sold = values.iter().filter(|value| **value > 0.0).count();
    if sold == 0 {
        return 0.0;
    }
    let width = (values.len() / sold).clamp(1, values.len().max(1));
    let skip = values.len() % width;
    let blocks: Vec<f64> = values
        .split_at(skip)
        .1
        .chunks(width)
        .map(|block| block.iter().sum())
        .collect();
    smooth::best(&blocks).level / real(width)
}
