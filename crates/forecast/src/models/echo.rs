//! What follows from the last few steps as it did before (autoregression, Burg's way). Refuses seasons.

use crate::number::{at, mean, real};

const MOST: usize = 6;

/// Lines ahead from the values themselves, and from their changes.
pub(crate) fn ahead(values: &[f64], horizon: usize) -> [Vec<f64>; 2] {
    let changes: Vec<f64> = values
        .iter()
        .zip(values.iter().skip(1))
        .map(|(before, after)| after - before)
        .collect();
    let itself = follow(values, mean(values), horizon);
    // A steady change is believed by half: it seldom lasts.
    let turns = follow(&changes, mean(&changes) / 2.0, horizon);
    let mut level = values.last().copied().unwrap_or_default();
    let changed = turns
        .into_iter()
        .map(|turn| {
            level += turn;
            level
        })
        .collect();
    [itself, changed]
}

fn follow(values: &[f64], towards: f64, horizon: usize) -> Vec<f64> {
    let middle = mean(values);
    let apart: Vec<f64> = values.iter().map(|value| value - middle).collect();
    let weights = burg(&apart);
    let mut recent: Vec<f64> = apart.iter().rev().take(MOST).copied().collect();
    (0..horizon)
        .map(|_| {
            let next: f64 = weights
                .iter()
                .zip(&recent)
                .map(|(weight, value)| weight * value)
                .sum();
            recent.insert(0, next);
            recent.truncate(MOST);
            next + towards
        })
        .collect()
}

/// Weights of the last steps, newest first; as many as the corrected criterion of Akaike allows.
fn burg(values: &[f64]) -> Vec<f64> {
    let n = values.len();
    let mut power = values.iter().map(|value| value * value).sum::<f64>() / real(n.max(1));
    if n < 8 || power <= 1e-12 {
        return Vec::new();
    }
    let (mut forward, mut backward) = (values.to_vec(), values.to_vec());
    let mut weights: Vec<f64> = Vec::new();
    let mut best = (real(n) * power.ln(), Vec::new());
    for order in 1..=MOST.min(n / 6) {
        let pairs = || forward.iter().skip(order).zip(backward.iter().skip(order - 1));
        let (mut both, mut all) = (0.0, 1e-12);
        for (ahead, behind) in pairs() {
            both += ahead * behind;
            all += ahead * ahead + behind * behind;
        }
        let turn = 2.0 * both / all;
        let old = weights.clone();
        for (place, weight) in weights.iter_mut().enumerate() {
            *weight -= turn * at(&old, order - 2 - place);
        }
        weights.push(turn);
        for place in (order..n).rev() {
            let (ahead, behind) = (at(&forward, place), at(&backward, place - 1));
            if let Some(slot) = forward.get_mut(place) {
                *slot = ahead - turn * behind;
            }
            if let Some(slot) = backward.get_mut(place) {
                *slot = behind - turn * ahead;
            }
        }
        power *= 1.0 - turn * turn;
        let k = real(order + 1);
        let cost =
            real(n) * power.max(1e-12).ln() + 2.0 * k + 2.0 * k * (k + 1.0) / (real(n) - k - 1.0).max(1.0);
        if cost < best.0 {
            best = (cost, weights.clone());
        }
    }
    best.1
}
