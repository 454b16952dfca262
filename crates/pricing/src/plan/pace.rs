//! How often a watch changes, learned from reads at uneven times, by hour of the week, older reads forgotten.
//! Refuses to know why it changes.

use crate::float::float;
use sauda_kernel::{ALMATY_OFFSET_SECONDS, Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Half of a read's weight is gone after this long.
const HALF_LIFE_HOURS: f64 = 72.0;
/// What is believed of a new watch: as many changes in as many hours. Weak, so that a day of reads outweighs it.
const BELIEVED_CHANGES: f64 = 0.2;
const BELIEVED_HOURS: f64 = 1.5;
/// Weight of the shared shape against a watch's own hours, in changes.
const SHAPE_WEIGHT: f64 = 12.0;
const HOURS_OF_WEEK: usize = 168;

/// What one read told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    pub before: Timestamp,
    pub now: Timestamp,
    /// Whether the price that matters had moved since `before`.
    pub changed: bool,
}

/// The learned pace of one watch. Stored as JSON beside the watch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WatchPace {
    /// Estimated changes and hours watched, both fading.
    changes: f64,
    hours: f64,
    /// Estimated changes by hour of the day and their sum, fading with each change: only their proportions are used.
    by_hour: Vec<f64>,
    by_hour_sum: f64,
    changed_at: Timestamp,
    as_of: Timestamp,
}

/// How changes spread over the week on all watches together; 1 is the average hour.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeekShape {
    /// By hour of the week, Monday 00:00 first.
    changes: Vec<f64>,
    hours: Vec<f64>,
    all_changes: f64,
    all_hours: f64,
    /// The factors as of the last `learned` reads; empty until first computed.
    #[serde(skip)]
    factors: Vec<f64>,
    #[serde(skip)]
    learned: u32,
}

/// Factors are computed anew after this many reads: they move slowly and are asked for all the time.
const READS_BETWEEN_FACTORS: u32 = 256;

impl WatchPace {
    pub fn new(now: Timestamp) -> Self {
        Self {
            changes: 0.0,
            hours: 0.0,
            by_hour: vec![0.0; 24],
            by_hour_sum: 0.0,
            changed_at: now,
            as_of: now,
        }
    }

    /// Learns from one read. Only "changed at least once" is visible, so the expected number of changes in the interval
    /// is added: x / (1 − e^−x) for x = rate × interval (expectation step for a Poisson process seen at intervals).
    pub fn learn(&mut self, look: Look, shape: &mut WeekShape) {
        let hours = hours_between(look.before, look.now);
        if hours <= 0.0 {
            return;
        }
        let expected = self.changes_per_hour(look.before, shape) * hours;
        let seen = match look.changed {
            false => 0.0,
            true if expected < 1e-9 => 1.0,
            true => (expected / (1.0 - (-expected).exp())).min(hours * 60.0),
        };
        let fade = fade(self.as_of, look.now);
        self.changes = self.changes * fade + seen;
        self.hours = self.hours * fade + hours;
        self.as_of = look.now;
        let middle = look
            .before
            .plus(Span::from_micros(look.now.since(look.before).as_micros() / 2));
        shape.learn(middle, hours, seen);
        if look.changed {
            self.learn_hour(middle, seen, look.now);
        }
    }

    fn learn_hour(&mut self, middle: Timestamp, seen: f64, now: Timestamp) {
        let fade = fade(self.changed_at, now);
        for count in &mut self.by_hour {
            *count *= fade;
        }
        if let Some(count) = self.by_hour.get_mut(hour_of_day(middle)) {
            *count += seen;
        }
        self.by_hour_sum = self.by_hour_sum * fade + seen;
        self.changed_at = now;
    }

    /// Changes an hour, averaged over the week.
    pub fn average_per_hour(&self) -> f64 {
        (self.changes + BELIEVED_CHANGES) / (self.hours + BELIEVED_HOURS)
    }

    /// Changes an hour that are expected at a moment: the watch's average, shaped by the week of all watches and, as far
    /// as there is history, by its own hours of the day.
    pub fn changes_per_hour(&self, at: Timestamp, shape: &WeekShape) -> f64 {
        let shared = shape.at(at);
        let here = self.by_hour.get(hour_of_day(at)).copied().unwrap_or(0.0);
        let own = if self.by_hour_sum > 0.0 {
            here / self.by_hour_sum * 24.0
        } else {
            1.0
        };
        let factor = (own * self.changes + shared * SHAPE_WEIGHT) / (self.changes + SHAPE_WEIGHT);
        self.average_per_hour() * factor.clamp(0.05, 12.0)
    }
}

impl Default for WeekShape {
    fn default() -> Self {
        Self {
            changes: vec![0.0; HOURS_OF_WEEK],
            hours: vec![0.0; HOURS_OF_WEEK],
            all_changes: 0.0,
            all_hours: 0.0,
            factors: Vec::new(),
            learned: 0,
        }
    }
}

impl WeekShape {
    fn learn(&mut self, at: Timestamp, hours: f64, changes: f64) {
        let slot = hour_of_week(at);
        if let (Some(count), Some(watched)) = (self.changes.get_mut(slot), self.hours.get_mut(slot)) {
            *count += changes;
            *watched += hours;
            self.all_changes += changes;
            self.all_hours += hours;
        }
        self.learned += 1;
        if self.learned >= READS_BETWEEN_FACTORS {
            self.learned = 0;
            self.factors = (0..HOURS_OF_WEEK).map(|slot| self.factor(slot)).collect();
        }
    }

    /// Halves what was learned; called once a fortnight so that the shape follows the season.
    pub fn fade(&mut self) {
        for value in self.changes.iter_mut().chain(&mut self.hours) {
            *value /= 2.0;
        }
        self.all_changes /= 2.0;
        self.all_hours /= 2.0;
    }

    /// This hour against the average hour, drawn towards the same hour of all days and towards 1 while little is known.
    pub fn at(&self, at: Timestamp) -> f64 {
        let slot = hour_of_week(at);
        self.factors
            .get(slot)
            .copied()
            .unwrap_or_else(|| self.factor(slot))
    }

    fn factor(&self, slot: usize) -> f64 {
        if self.all_changes < 50.0 {
            return 1.0;
        }
        let mean = self.all_changes / self.all_hours;
        let (mut day_changes, mut day_hours) = (0.0, 0.0);
        for day in 0..7 {
            day_changes += self.changes.get(slot % 24 + day * 24).copied().unwrap_or(0.0);
            day_hours += self.hours.get(slot % 24 + day * 24).copied().unwrap_or(0.0);
        }
        let daily = (day_changes + 5.0) / (day_hours * mean + 5.0);
        let (changes, hours) = (
            self.changes.get(slot).copied().unwrap_or(0.0),
            self.hours.get(slot).copied().unwrap_or(0.0),
        );
        (changes + 20.0 * daily) / (hours * mean + 20.0)
    }
}

/// What is left of a weight after the time between two moments.
fn fade(from: Timestamp, to: Timestamp) -> f64 {
    (-std::f64::consts::LN_2 * hours_between(from, to).max(0.0) / HALF_LIFE_HOURS).exp()
}

pub(crate) fn hours_between(from: Timestamp, to: Timestamp) -> f64 {
    float(to.since(from).as_micros()) / 3.6e9
}

fn hour_of_day(at: Timestamp) -> usize {
    hour_of_week(at) % 24
}

/// By plain division, because plans ask for it many times a read: 1970-01-01 was a Thursday.
fn hour_of_week(at: Timestamp) -> usize {
    let local_hours = (at.as_secs() + i64::from(ALMATY_OFFSET_SECONDS)).div_euclid(3_600);
    usize::try_from((local_hours + 3 * 24).rem_euclid(168)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_of_the_week_are_those_of_almaty() {
        for hour in 0..400 {
            let at = Timestamp::from_secs(1_800_000_000 + 3_600 * hour);
            assert_eq!(
                hour_of_week(at),
                usize::try_from(at.local().hour_of_week()).unwrap()
            );
        }
    }

    #[test]
    fn the_pace_is_learned_from_reads_at_uneven_times() {
        let (mut now, mut shape) = (Timestamp::from_secs(1_800_000_000), WeekShape::default());
        let mut pace = WatchPace::new(now);
        // A change every 30 minutes exactly, read every 10 and 50 minutes in turn.
        let mut minute = 0_i64;
        for round in 0..400_i64 {
            let wait = if round % 2 == 0 { 10 } else { 50 };
            let changed = (minute + wait) / 30 > minute / 30;
            minute += wait;
            let before = now;
            now = now.plus(Span::from_mins(wait));
            pace.learn(Look { before, now, changed }, &mut shape);
        }
        let rate = pace.average_per_hour();
        assert!((1.4..3.0).contains(&rate), "{rate}");
    }

    #[test]
    fn a_watch_that_went_quiet_is_forgotten_slowly() {
        let (mut now, mut shape) = (Timestamp::from_secs(1_800_000_000), WeekShape::default());
        let mut pace = WatchPace::new(now);
        let mut run = |hours: i64, changed: bool, pace: &mut WatchPace| {
            for _ in 0..hours {
                let before = now;
                now = now.plus(Span::from_hours(1));
                pace.learn(Look { before, now, changed }, &mut shape);
            }
            pace.average_per_hour()
        };
        let busy = run(72, true, &mut pace);
        let quiet = run(144, false, &mut pace);
        assert!(busy > 1.0 && quiet < busy / 3.0, "{busy} then {quiet}");
    }
}
