//! When to look at a watch next, so that the read budget is spent where being late costs most. Refuses to look.

use super::pace::{WatchPace, WeekShape};
use crate::float::{float, whole};
use crate::model::CheckPace;
use sauda_kernel::{Span, Timestamp};

/// Shortest and longest interval of a watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    pub shortest: Span,
    pub longest: Span,
}

/// What one watch asks of the budget.
#[derive(Debug, Clone, Copy)]
pub struct Demand {
    /// Expected changes an hour now.
    pub changes_per_hour: f64,
    /// What a minute of being late after a change costs, in any unit that all watches share.
    pub cost_per_minute: f64,
    pub bounds: Bounds,
}

/// The inputs of one plan.
#[derive(Debug, Clone, Copy)]
pub struct CheckPlan<'a> {
    pub pace: &'a WatchPace,
    pub shape: &'a WeekShape,
    /// As [`Demand::cost_per_minute`]; see [`super::cost_of_lateness`].
    pub cost_per_minute: f64,
    pub check: CheckPace,
    /// Priority offers are read as if lateness cost four times as much: twice as often.
    pub priority: bool,
    /// The price of a read, from [`multiplier_for`].
    pub multiplier: f64,
}

/// A watch that costs nothing is still worth a look: this small part of a tenge a minute.
const LEAST_COST: f64 = 1e-3;
const LEAST_RATE: f64 = 1e-4;
const PRIORITY_FACTOR: f64 = 4.0;

impl From<CheckPace> for Bounds {
    fn from(pace: CheckPace) -> Self {
        let minutes = |minutes: u32| Span::from_mins(i64::from(minutes.max(1)));
        match pace {
            CheckPace::Fixed { minutes: fixed } => Self {
                shortest: minutes(fixed),
                longest: minutes(fixed),
            },
            CheckPace::Learned {
                shortest_minutes,
                longest_minutes,
            } => Self {
                shortest: minutes(shortest_minutes),
                longest: minutes(longest_minutes.max(shortest_minutes)),
            },
        }
    }
}

/// √(rate × cost): a watch read every T hours is on average T/2 late after each change, so it loses rate × cost × T/2.
/// Minimising the sum of that under a fixed number of reads gives T = multiplier ÷ √(rate × cost) (Lagrange).
fn urgency(changes_per_hour: f64, cost_per_minute: f64) -> f64 {
    (changes_per_hour.max(LEAST_RATE) * cost_per_minute.max(LEAST_COST)).sqrt()
}

/// The next look at a watch: the moment at which the urgency gathered since `now` reaches the multiplier, hour by hour, so
/// that a quiet night is slept through and the busy morning is not missed; within the bounds.
pub fn next_check(plan: &CheckPlan<'_>, now: Timestamp) -> Timestamp {
    let bounds = Bounds::from(plan.check);
    if bounds.shortest == bounds.longest {
        return now.plus(bounds.shortest);
    }
    let cost = plan.cost_per_minute.max(LEAST_COST) * if plan.priority { PRIORITY_FACTOR } else { 1.0 };
    let last = now.plus(bounds.longest);
    let (mut at, mut gathered) = (now, 0.0);
    while at < last {
        // To the end of this local hour; Almaty's offset is whole hours, so hours end with UTC's.
        let hour_micros = Span::from_hours(1).as_micros();
        let hour_end =
            Timestamp::from_micros((at.as_micros().div_euclid(hour_micros) + 1) * hour_micros).min(last);
        let urgency = urgency(plan.pace.changes_per_hour(at, plan.shape), cost);
        let hours = super::pace::hours_between(at, hour_end);
        if gathered + urgency * hours >= plan.multiplier {
            let micros = (plan.multiplier - gathered) / urgency * 3.6e9;
            return at
                .plus(Span::from_micros(whole(micros)))
                .max(now.plus(bounds.shortest));
        }
        gathered += urgency * hours;
        at = hour_end;
    }
    last
}

/// The first look at a new watch: somewhere in its longest interval by a fingerprint of its id, so that a restart or an
/// import never stampedes.
pub fn first_check(watch: &str, check: CheckPace, now: Timestamp) -> Timestamp {
    let longest = Bounds::from(check).longest.as_micros().max(1);
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    for byte in watch.bytes() {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    // Fold the well mixed upper half down: neighbours in id are not neighbours in time.
    let place = i64::try_from((sum ^ (sum >> 32)) >> 1).unwrap_or(0) % longest;
    now.plus(Span::from_micros(place))
}

/// The price of a read at which all watches together ask for `reads_per_hour`. Computed anew every few minutes; bounds are
/// honoured, so a budget that is too small for the longest intervals gives the largest multiplier.
pub fn multiplier_for(demands: &[Demand], reads_per_hour: f64) -> f64 {
    let asked = |multiplier: f64| -> f64 {
        demands
            .iter()
            .map(|demand| {
                let shortest = float(demand.bounds.shortest.as_micros()) / 3.6e9;
                let longest = float(demand.bounds.longest.as_micros()) / 3.6e9;
                let interval = multiplier / urgency(demand.changes_per_hour, demand.cost_per_minute);
                1.0 / interval.max(shortest).min(longest)
            })
            .sum()
    };
    let (mut low, mut high) = (1e-9_f64, 1e9_f64);
    for _ in 0..80 {
        let middle = (low * high).sqrt();
        if asked(middle) > reads_per_hour {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// Keeps what is really read at what may be read: plans are made with the rates of this hour, and the next hour differs.
/// Multiply [`multiplier_for`] with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Throttle(f64);

impl Default for Throttle {
    fn default() -> Self {
        Self(1.0)
    }
}

impl Throttle {
    pub const fn factor(self) -> f64 {
        self.0
    }

    /// After each period: the share of the allowed reads that was used, and how late the most overdue watch is. Unused
    /// reads make reading cheaper, lateness makes it dearer; each period by a little.
    pub fn observe(&mut self, used_share: f64, overdue: Span) {
        let change = if overdue > Span::from_mins(1) {
            1.03
        } else {
            used_share.clamp(0.9, 1.0)
        };
        self.0 = (self.0 * change).clamp(0.05, 20.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan<'a>(pace: &'a WatchPace, shape: &'a WeekShape, check: CheckPace) -> CheckPlan<'a> {
        CheckPlan {
            pace,
            shape,
            cost_per_minute: 1.0,
            check,
            priority: false,
            multiplier: 0.1,
        }
    }

    #[test]
    fn a_fixed_interval_is_honoured_and_bounds_hold() {
        let (now, shape) = (Timestamp::from_secs(1_800_000_000), WeekShape::default());
        let pace = WatchPace::new(now);
        let fixed = plan(&pace, &shape, CheckPace::Fixed { minutes: 7 });
        assert_eq!(next_check(&fixed, now), now.plus(Span::from_mins(7)));
        let learned = CheckPace::Learned {
            shortest_minutes: 2,
            longest_minutes: 60,
        };
        let at = |multiplier| {
            next_check(
                &CheckPlan {
                    multiplier,
                    ..plan(&pace, &shape, learned)
                },
                now,
            )
        };
        assert_eq!(at(1e-6), now.plus(Span::from_mins(2)));
        assert_eq!(at(1e6), now.plus(Span::from_mins(60)));
        let priority = CheckPlan {
            priority: true,
            multiplier: 0.2,
            ..plan(&pace, &shape, learned)
        };
        let usual = CheckPlan {
            priority: false,
            ..priority
        };
        let wait = |plan: &CheckPlan<'_>| next_check(plan, now).since(now).as_millis();
        assert!(
            (wait(&usual) - 2 * wait(&priority)).abs() <= 1,
            "{} and {}",
            wait(&usual),
            wait(&priority)
        );
    }

    #[test]
    fn the_multiplier_spends_the_budget() {
        let bounds = Bounds {
            shortest: Span::from_mins(2),
            longest: Span::from_mins(60),
        };
        let demands: Vec<_> = (1..1_000)
            .map(|index| Demand {
                changes_per_hour: 1.0 / f64::from(index),
                cost_per_minute: 1.0,
                bounds,
            })
            .collect();
        let multiplier = multiplier_for(&demands, 3_000.0);
        let spent: f64 = demands
            .iter()
            .map(|demand| 1.0 / (multiplier / urgency(demand.changes_per_hour, 1.0)).clamp(2.0 / 60.0, 1.0))
            .sum();
        assert!((2_990.0..=3_000.1).contains(&spent), "{spent}");
    }

    #[test]
    fn new_watches_are_spread_over_the_interval() {
        let now = Timestamp::from_secs(1_800_000_000);
        let check = CheckPace::Learned {
            shortest_minutes: 2,
            longest_minutes: 60,
        };
        let mut per_minute = [0_u32; 60];
        for index in 0..6_000 {
            let wait = first_check(&format!("wat_{index:026}"), check, now)
                .since(now)
                .as_mins();
            per_minute[usize::try_from(wait).unwrap()] += 1;
        }
        assert!(
            per_minute.iter().all(|count| (50..=160).contains(count)),
            "{per_minute:?}"
        );
    }
}
