//! A forecast of one series: the models weighed, and quantiles around them. Refuses to fill gaps or to know dates.

use crate::learned::Params;
use crate::models::{COUNT, NAMES};
use crate::prepare::{History, combined, prepare};
use crate::spread::Spread;

/// What will be asked for, step by step.
#[derive(Debug, Clone)]
pub struct Forecast {
    pub steps: Vec<Spread>,
    /// How much each model counts, mean over the steps, largest first.
    pub models: Vec<(&'static str, f64)>,
    /// Where quantiles were found to lie.
    pub params: &'static Params,
}

/// Forecasts a history.
#[must_use]
pub fn forecast(history: &History<'_>, horizon: usize) -> Forecast {
    let params = Params::of(history);
    let mut series = prepare(history, horizon);
    series.settle(|series, step| params.weigh(series, step));
    let mut shares = [0.0; COUNT];
    let mut steps = Vec::with_capacity(horizon);
    for step in 0..horizon {
        let weights = params.weigh(&series, step);
        for (share, weight) in shares.iter_mut().zip(&weights) {
            *share += weight;
        }
        steps.push(Spread {
            mean: combined(&series.ahead, &weights, step),
            share: params.spread(&series, step),
            whole_numbers: series.whole_numbers,
        });
    }
    let all: f64 = shares.iter().sum();
    let mut models: Vec<(&'static str, f64)> = NAMES
        .iter()
        .zip(shares)
        .map(|(name, share)| (*name, share / all.max(1e-12)))
        .collect();
    models.sort_by(|one, other| other.1.total_cmp(&one.1));
    Forecast {
        steps,
        models,
        params,
    }
}

impl Forecast {
    /// The calibrated quantile of a step.
    #[must_use]
    pub fn quantile(&self, step: usize, quantile: f64) -> f64 {
        self.steps.get(step).map_or(0.0, |spread| {
            spread.quantile(self.params.calibrated(quantile, spread.mean))
        })
    }
}
