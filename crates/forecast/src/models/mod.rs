//! The single models that a forecast is made of: each turns a history into a line ahead. Refuses to choose among them.

mod croston;
mod echo;
mod holt;
mod smooth;
mod winters;

use crate::number::{at, line, mean, real, tail};
use crate::season::Season;
pub(crate) use winters::Fitted;

/// How many models there are.
pub const COUNT: usize = 19;

/// The place of the mean of everything.
pub(crate) const MEAN_ALL: usize = 4;

/// Their names, in order.
pub const NAMES: [&str; COUNT] = [
    "naive",
    "mean-short",
    "mean-middle",
    "mean-long",
    "mean-all",
    "smooth",
    "smooth-slow",
    "damped-trend",
    "trend",
    "theta",
    "croston-sba",
    "tsb",
    "adida",
    "seasonal-naive",
    "winters-additive",
    "median-short",
    "seasonal-mean",
    "echo",
    "echo-of-changes",
];

/// What the models are told.
pub(crate) struct Told<'a> {
    pub(crate) values: &'a [f64],
    /// Steps of one round of the season; one without.
    pub(crate) round: usize,
    /// Windows of the short, middle and long mean.
    pub(crate) windows: [usize; 3],
    pub(crate) horizon: usize,
}

/// Lines ahead, one a model; none where a model cannot speak.
pub(crate) struct Lines {
    pub(crate) season: Season,
    /// The history without its season.
    pub(crate) plain: Vec<f64>,
    pub(crate) ahead: Vec<Option<Vec<f64>>>,
    pub(crate) slope_t: f64,
    /// Squared error of smoothing, one step ahead, a step.
    pub(crate) one_step: f64,
    /// The same of the better of smoothing and a trend.
    pub(crate) least: f64,
}

/// All models over one history. `winters` carries what was fitted before, to go on from.
pub(crate) fn lines(told: &Told<'_>, winters: &mut Fitted, effort: usize) -> Lines {
    let season = Season::of(told.values, told.round);
    let plain = season.without(told.values);
    let n = told.values.len();
    let steps = || 0..told.horizon;
    let seasoned = |line: &dyn Fn(f64) -> f64| -> Option<Vec<f64>> {
        let ahead = steps().map(|step| {
            let value = line(real(step + 1)) * season.index(n + step);
            if value.is_finite() { value.max(0.0) } else { 0.0 }
        });
        Some(ahead.collect())
    };
    let flat = |level: f64| seasoned(&|_| level);
    let [short, middle, long] = told.windows;
    let smoothed = smooth::best(&plain);
    let trended = holt::best(&plain);
    let (slope, _, slope_t) = line(&plain);
    // The theta line: half the slope of the whole history on top of smoothing.
    let drift = smoothed.alpha.mul_add(0.0, slope / 2.0);
    let late = (1.0 - smoothed.alpha) / smoothed.alpha.max(0.02);
    let recent = late.min(real(n) / 2.0);
    let enough = n >= 6;
    let round = told.round;
    let whole = round > 1 && n >= round;
    let last = whole.then(|| {
        steps()
            .map(|step| at(told.values, n - round + step % round))
            .collect()
    });
    let two = (round > 1 && n >= 2 * round).then(|| {
        steps()
            .map(|step| {
                let place = n - round + step % round;
                f64::midpoint(at(told.values, place), at(told.values, place - round))
            })
            .collect()
    });
    let winters = winters.ahead(told.values, round, told.horizon, effort);
    let [echo, changes] = echo::ahead(&plain, told.horizon);
    let along = |line: &[f64]| -> Option<Vec<f64>> {
        let rows = line.iter().enumerate();
        Some(
            rows.map(|(step, value)| (value * season.index(n + step)).max(0.0))
                .collect(),
        )
    };
    let most = 3.0 * told.values.iter().copied().fold(0.0, f64::max);
    let mut ahead = vec![
        flat(plain.last().copied().unwrap_or_default()),
        flat(mean(tail(&plain, short))),
        flat(mean(tail(&plain, middle))),
        flat(mean(tail(&plain, long))),
        flat(mean(&plain)),
        flat(smoothed.level),
        flat(smooth::level(&plain, 0.1)),
        enough
            .then(|| seasoned(&|step| trended.damped.at(step)))
            .flatten(),
        enough
            .then(|| seasoned(&|step| trended.straight.at(step)))
            .flatten(),
        enough
            .then(|| seasoned(&|step| smoothed.level + drift * (step + recent)))
            .flatten(),
        flat(croston::sba(&plain, 0.1)),
        flat(croston::tsb(&plain, 0.1, 0.05)),
        flat(croston::adida(&plain)),
        last,
        winters,
        flat(median(tail(&plain, short.max(3)))),
        two,
        along(&echo),
        along(&changes),
    ];
    // No model may run away: three times the most that ever sold is the end.
    for value in ahead.iter_mut().flatten().flatten() {
        *value = if value.is_nan() {
            0.0
        } else {
            value.clamp(0.0, most)
        };
    }
    Lines {
        season,
        plain,
        ahead,
        slope_t,
        one_step: smoothed.error,
        least: smoothed.error.min(trended.error),
    }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    if sorted.len().is_multiple_of(2) {
        f64::midpoint(at(&sorted, half.saturating_sub(1)), at(&sorted, half))
    } else {
        at(&sorted, half)
    }
}
