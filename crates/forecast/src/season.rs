//! Seasonal indices of a series, drawn towards one by how unsure they are. Refuses to see a season in less than two rounds.

use crate::number::{at, mean, real};

/// What each place of the round sells against the level: one number a place, their mean is one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Season {
    indices: Vec<f64>,
    /// How much of the pattern was believed, 0 to 1.
    pub(crate) trust: f64,
}

const LEAST: f64 = 0.1;

impl Season {
    pub(crate) fn none() -> Self {
        Self {
            indices: vec![1.0],
            trust: 0.0,
        }
    }

    pub(crate) fn of(values: &[f64], round: usize) -> Self {
        let least = 2 * round + round / 2;
        let sold = values.iter().filter(|value| **value > 0.0).count();
        if round < 2 || values.len() < least || sold < least {
            return Self::none();
        }
        let level = moving_level(values, round);
        let half = round / 2;
        let inside = half..values.len() - half;
        let (mut sold, mut usual) = (vec![0.0; round], vec![1e-9; round]);
        let rows = || {
            let pairs = values.iter().zip(&level).enumerate();
            pairs.filter(|(place, _)| inside.contains(place))
        };
        for (place, (value, level)) in rows() {
            add(&mut sold, place % round, *value);
            add(&mut usual, place % round, *level);
        }
        let raw: Vec<f64> = sold
            .iter()
            .zip(&usual)
            .map(|(sold, usual)| sold / usual)
            .collect();
        let mut off = vec![0.0; round];
        for (place, (value, level)) in rows() {
            let apart = value - at(&raw, place % round) * level;
            add(&mut off, place % round, apart * apart);
        }
        // How far indices may be off, squared, against how far they lie from one. Places share their unsteadiness: one that never
        // sold is not therefore sure.
        let rounds = real(values.len() - 2 * half) / real(round);
        let freedom = if rounds > 1.0 {
            rounds / (rounds - 1.0)
        } else {
            2.0
        };
        let unsteady = off.iter().sum::<f64>() * freedom / usual.iter().sum::<f64>();
        let unsure = usual.iter().map(|usual| unsteady / usual).sum::<f64>() / real(round);
        let middle = mean(&raw);
        let apart = raw
            .iter()
            .map(|index| (index - middle) * (index - middle))
            .sum::<f64>()
            / real(round);
        let scale = (real(round) - 3.0) / real(round);
        let trust = if apart > 0.0 {
            (1.0 - scale * unsure / apart).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let mut indices: Vec<f64> = raw
            .iter()
            .map(|index| (1.0 + trust * (index / middle.max(1e-9) - 1.0)).max(LEAST))
            .collect();
        let middle = mean(&indices);
        indices.iter_mut().for_each(|index| *index /= middle);
        Self { indices, trust }
    }

    /// The index of a step, counted from the first value.
    pub(crate) fn index(&self, step: usize) -> f64 {
        self.indices
            .get(step % self.indices.len().max(1))
            .copied()
            .unwrap_or(1.0)
    }

    /// The series without its season.
    pub(crate) fn without(&self, values: &[f64]) -> Vec<f64> {
        let steps = values.iter().enumerate();
        steps.map(|(step, value)| value / self.index(step)).collect()
    }

    /// How far indices lie from one, root of the mean square.
    pub(crate) fn strength(&self) -> f64 {
        let square = self.indices.iter().map(|index| (index - 1.0) * (index - 1.0));
        (square.sum::<f64>() / real(self.indices.len())).sqrt()
    }
}

fn add(values: &mut [f64], place: usize, value: f64) {
    if let Some(slot) = values.get_mut(place) {
        *slot += value;
    }
}

/// Centred means over one round; the ends keep the nearest whole one.
fn moving_level(values: &[f64], round: usize) -> Vec<f64> {
    let half = round / 2;
    let even = round.is_multiple_of(2);
    let width = if even { round + 1 } else { round };
    let mut middle: Vec<f64> = values
        .windows(width)
        .map(|window| {
            let ends = if even {
                (window.first().copied().unwrap_or_default() + window.last().copied().unwrap_or_default())
                    / 2.0
            } else {
                0.0
            };
            (window.iter().sum::<f64>() - ends) / real(round)
        })
        .collect();
    let (first, last) = (at(&middle, 0), middle.last().copied().unwrap_or_default());
    let mut level = vec![first; half];
    level.append(&mut middle);
    level.resize(values.len(), last);
    level
}
