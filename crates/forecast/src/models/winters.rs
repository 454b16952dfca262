//! Level, damped trend and season smoothed together (Holt and Winters), additive: seasons that grow with the level are taken out
//! of the history before the other models see it. Refuses less than two rounds.

use crate::number::{at, head, mean, real};

/// What was found before: a good place to begin the next search.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fitted(Option<[f64; 4]>);

struct State {
    level: f64,
    slope: f64,
    season: Vec<f64>,
    error: f64,
}

/// Level, trend and season rates and the damping, from free numbers.
fn rates(free: &[f64; 4]) -> [f64; 4] {
    let squash = |value: f64, low: f64, high: f64| low + (high - low) / (1.0 + (-value).exp());
    let [level, slope, season, damping] = *free;
    let level = squash(level, 0.01, 0.95);
    [
        level,
        level * squash(slope, 0.0, 0.5),
        (1.0 - level) * squash(season, 0.0, 0.6),
        squash(damping, 0.7, 0.995),
    ]
}

const BEGIN: [f64; 4] = [-0.8, -2.0, -2.2, 1.8];

impl Fitted {
    /// The line ahead; `effort` is how many tries the search may take.
    pub(crate) fn ahead(
        &mut self,
        values: &[f64],
        round: usize,
        horizon: usize,
        effort: usize,
    ) -> Option<Vec<f64>> {
        let is_enough = round > 1 && values.len() >= 2 * round + 4 && effort > 0;
        is_enough.then(|| fit(values, round, horizon, effort, &mut self.0))
    }
}

fn fit(values: &[f64], round: usize, horizon: usize, effort: usize, kept: &mut Option<[f64; 4]>) -> Vec<f64> {
    let begun = first(values, round);
    let tries = if kept.is_some() { effort / 2 } else { effort };
    let free = crate::search::lowest(kept.unwrap_or(BEGIN), 0.9, tries, |free| {
        walk(values, &begun, &rates(free)).error
    });
    *kept = Some(free);
    let state = walk(values, &begun, &rates(&free));
    let damping = rates(&free)[3];
    let (mut slope, mut carried) = (0.0, state.slope);
    (0..horizon)
        .map(|step| {
            carried *= damping;
            slope += carried;
            let index = at(&state.season, (values.len() + step) % round);
            let value = state.level + slope + index;
            if value.is_finite() { value.max(0.0) } else { 0.0 }
        })
        .collect()
}

/// Where smoothing begins: the first rounds, up to four, each against its own line.
fn first(values: &[f64], round: usize) -> State {
    let rounds = (values.len() / round).min(4);
    let early = head(values, rounds * round);
    let levels: Vec<f64> = early.chunks(round).map(mean).collect();
    let (low, high) = (at(&levels, 0), at(&levels, 1));
    let slope = (high - low) / real(round);
    let mut season = vec![0.0; round];
    for (turn, part) in early.chunks(round).enumerate() {
        let next = levels
            .get(turn + 1)
            .or(levels.get(turn))
            .copied()
            .unwrap_or_default();
        let before = if turn > 0 {
            at(&levels, turn - 1)
        } else {
            at(&levels, turn)
        };
        let steps = if turn > 0 && turn + 1 < rounds { 2.0 } else { 1.0 };
        let tilt = (next - before) / steps / real(round);
        for (place, (value, slot)) in part.iter().zip(&mut season).enumerate() {
            let level = at(&levels, turn) + tilt * (real(place) - real(round - 1) / 2.0);
            *slot += (value - level) / real(rounds);
        }
    }
    State {
        level: low - slope * real(round + 1) / 2.0,
        slope: slope * 0.7,
        season,
        error: 0.0,
    }
}

fn walk(values: &[f64], begun: &State, rates: &[f64; 4]) -> State {
    let [level_rate, slope_rate, season_rate, damping] = *rates;
    let (mut level, mut slope, mut season) = (begun.level, begun.slope, begun.season.clone());
    let mut error = 0.0;
    let mut place = 0;
    for value in values {
        let Some(index) = season.get_mut(place) else { break };
        let carried = slope * damping;
        let base = level + carried;
        let off = value - base - *index;
        error += off * off;
        level = base + level_rate * off;
        slope = carried + slope_rate * off;
        *index += season_rate * off;
        place += 1;
        if place == season.len() {
            place = 0;
        }
    }
    State {
        level,
        slope,
        season,
        error: if error.is_finite() { error } else { f64::MAX },
    }
}
