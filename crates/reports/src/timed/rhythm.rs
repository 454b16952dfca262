//! When a report is due: days of a rhythm at a minute in Almaty, what was missed once, one report for a period. Refuses to read a clock.

use super::model::Frequency;
use sauda_kernel::{Span, Timestamp};

/// A week, two of them, or the longest month, twice: within so many days every rhythm is due.
const AHEAD: i64 = 62;

/// The days and the minute of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    pub frequency: Frequency,
    /// Of the week from Monday 1, or of the month; a shorter month ends with its last day.
    pub day: u32,
    /// Of the day in Almaty.
    pub minute: u32,
    /// A day it is due on, for every other week.
    pub anchor: Timestamp,
}

/// What is to be made now, and when to look again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The newest moment it was due; those before it are not made up for.
    pub due: Timestamp,
    /// Word of the period: one report for each.
    pub period: String,
    pub next: Timestamp,
}

/// Days since 1970 in Almaty.
fn day_of(at: Timestamp) -> i64 {
    at.local_midnight().plus(Span::from_hours(5)).as_secs() / 86_400
}

fn last_of_month(year: i32, month: u32) -> u32 {
    (28..=31)
        .rev()
        .find(|day| Timestamp::from_almaty(year, month, *day, 0, 0, 0).is_some())
        .unwrap_or(28)
}

impl Rhythm {
    /// A rhythm whose every other week is counted from the first time it is due after a moment.
    pub fn from(frequency: Frequency, day: u32, minute: u32, now: Timestamp) -> Self {
        let weekly = Self {
            frequency: match frequency {
                Frequency::Biweekly => Frequency::Weekly,
                other => other,
            },
            day,
            minute,
            anchor: now,
        };
        Self {
            frequency,
            anchor: weekly.next(now).local_midnight(),
            ..weekly
        }
    }

    fn is_due_on(&self, midnight: Timestamp) -> bool {
        let local = midnight.local();
        match self.frequency {
            Frequency::Daily => true,
            Frequency::Weekly => local.weekday == self.day,
            Frequency::Biweekly => {
                local.weekday == self.day && (day_of(midnight) - day_of(self.anchor)).rem_euclid(14) < 7
            }
            Frequency::Monthly => local.day == self.day.min(last_of_month(local.year, local.month)),
        }
    }

    fn at(&self, midnight: Timestamp) -> Timestamp {
        midnight.plus(Span::from_mins(i64::from(self.minute)))
    }

    /// The first moment after this one.
    pub fn next(&self, after: Timestamp) -> Timestamp {
        let today = after.local_midnight();
        (0..=AHEAD)
            .map(|days| today.plus(Span::from_days(days)))
            .filter(|midnight| self.is_due_on(*midnight))
            .map(|midnight| self.at(midnight))
            .find(|due| *due > after)
            .unwrap_or_else(|| after.plus(Span::from_days(AHEAD)))
    }

    /// The last moment before this one.
    pub fn before(&self, at: Timestamp) -> Timestamp {
        let today = at.local_midnight();
        (0..=AHEAD)
            .map(|days| today.minus(Span::from_days(days)))
            .filter(|midnight| self.is_due_on(*midnight))
            .map(|midnight| self.at(midnight))
            .find(|due| *due < at)
            .unwrap_or_else(|| at.minus(Span::from_days(AHEAD)))
    }

    /// Word of the period that a due moment stands for: a day, a week from Monday, a month.
    pub fn period(&self, due: Timestamp) -> String {
        let midnight = due.local_midnight();
        let local = midnight.local();
        match self.frequency {
            Frequency::Daily => format!("d{:04}-{:02}-{:02}", local.year, local.month, local.day),
            Frequency::Weekly | Frequency::Biweekly => {
                let monday = midnight
                    .minus(Span::from_days(i64::from(local.weekday) - 1))
                    .local();
                format!("w{:04}-{:02}-{:02}", monday.year, monday.month, monday.day)
            }
            Frequency::Monthly => format!("m{:04}-{:02}", local.year, local.month),
        }
    }

    /// The first moment after this one whose period has no report yet.
    pub fn next_new(&self, after: Timestamp, made: Option<&str>) -> Timestamp {
        let next = self.next(after);
        if made.is_some_and(|made| made == self.period(next)) {
            self.next(next)
        } else {
            next
        }
    }

    /// What is to be made when it was due at `next`, seen at a moment; nothing while it is not.
    pub fn claim(&self, next: Timestamp, now: Timestamp) -> Option<Claim> {
        if next > now {
            return None;
        }
        let due = self.before(now.plus(Span::from_micros(1)));
        let period = self.period(due);
        Some(Claim {
            next: self.next_new(now, Some(&period)),
            due,
            period,
        })
    }

    /// Days that sums of a report due at a moment are taken over: from, until (not included). The same length before is compared.
    pub fn span(&self, due: Timestamp) -> (Timestamp, Timestamp) {
        let until = due.local_midnight();
        let days = |days| until.minus(Span::from_days(days));
        let from = match self.frequency {
            Frequency::Daily => days(1),
            Frequency::Weekly => days(7),
            Frequency::Biweekly => days(14),
            Frequency::Monthly => month_before(until),
        };
        (from, until)
    }
}

/// The same day of the month before, or its last one.
fn month_before(midnight: Timestamp) -> Timestamp {
    let local = midnight.local();
    let (year, month) = if local.month == 1 {
        (local.year - 1, 12)
    } else {
        (local.year, local.month - 1)
    };
    let day = local.day.min(last_of_month(year, month));
    Timestamp::from_almaty(year, month, day, 0, 0, 0).unwrap_or_else(|| midnight.minus(Span::from_days(30)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn almaty(month: u32, day: u32, hour: u32, minute: u32) -> Timestamp {
        Timestamp::from_almaty(2026, month, day, hour, minute, 0).unwrap()
    }

    fn rhythm(frequency: Frequency, day: u32) -> Rhythm {
        Rhythm::from(frequency, day, 9 * 60, almaty(11, 18, 12, 0))
    }

    #[test]
    fn rhythms_fall_on_their_days_and_short_months_end_with_their_last() {
        let now = almaty(11, 18, 12, 0);
        assert_eq!(rhythm(Frequency::Daily, 1).next(now), almaty(11, 19, 9, 0));
        // The 23rd of November 2026 is a Monday.
        assert_eq!(rhythm(Frequency::Weekly, 1).next(now), almaty(11, 23, 9, 0));
        let every_other = rhythm(Frequency::Biweekly, 1);
        assert_eq!(every_other.next(now), almaty(11, 23, 9, 0));
        assert_eq!(every_other.next(almaty(11, 23, 9, 0)), almaty(12, 7, 9, 0));
        let last = rhythm(Frequency::Monthly, 31);
        assert_eq!(last.next(now), almaty(11, 30, 9, 0));
        assert_eq!(
            last.next(Timestamp::from_almaty(2027, 2, 1, 0, 0, 0).unwrap()),
            Timestamp::from_almaty(2027, 2, 28, 9, 0, 0).unwrap()
        );
        assert_eq!(
            last.next(Timestamp::from_almaty(2028, 2, 1, 0, 0, 0).unwrap()),
            Timestamp::from_almaty(2028, 2, 29, 9, 0, 0).unwrap()
        );
    }

    #[test]
    fn what_was_missed_for_days_is_made_once_for_the_newest_time() {
        let daily = rhythm(Frequency::Daily, 1);
        let claim = daily.claim(almaty(11, 19, 9, 0), almaty(11, 22, 8, 0)).unwrap();
        assert_eq!(
            (claim.due, claim.next),
            (almaty(11, 21, 9, 0), almaty(11, 22, 9, 0))
        );
        assert_eq!(claim.period, "d2026-11-21");
        assert_eq!(daily.claim(claim.next, almaty(11, 22, 8, 59)), None);
    }

    #[test]
    fn a_later_hour_brings_no_second_report_of_the_same_day_or_week() {
        let made = rhythm(Frequency::Daily, 1).period(almaty(11, 20, 9, 0));
        let later = Rhythm {
            minute: 18 * 60,
            ..rhythm(Frequency::Daily, 1)
        };
        assert_eq!(
            later.next_new(almaty(11, 20, 10, 0), Some(&made)),
            almaty(11, 21, 18, 0)
        );
        assert_eq!(later.next_new(almaty(11, 20, 10, 0), None), almaty(11, 20, 18, 0));
        let week = rhythm(Frequency::Weekly, 1).period(almaty(11, 23, 9, 0));
        assert_eq!(
            rhythm(Frequency::Weekly, 5).next_new(almaty(11, 23, 10, 0), Some(&week)),
            almaty(12, 4, 9, 0)
        );
    }

    #[test]
    fn spans_of_money_are_whole_days_before_the_due_one() {
        let span = |frequency, due: Timestamp| rhythm(frequency, 1).span(due);
        let due = almaty(11, 23, 9, 0);
        assert_eq!(
            span(Frequency::Daily, due),
            (almaty(11, 22, 0, 0), almaty(11, 23, 0, 0))
        );
        assert_eq!(
            span(Frequency::Weekly, due),
            (almaty(11, 16, 0, 0), almaty(11, 23, 0, 0))
        );
        assert_eq!(
            span(Frequency::Monthly, almaty(3, 31, 9, 0)),
            (almaty(2, 28, 0, 0), almaty(3, 31, 0, 0))
        );
    }

    fn some() -> impl Strategy<Value = Rhythm> {
        let frequency = prop::sample::select(Frequency::ALL.to_vec());
        (
            frequency,
            1_u32..=31,
            0_u32..1_440,
            1_600_000_000_i64..2_000_000_000,
        )
            .prop_map(|(frequency, day, minute, now)| {
                let day = match frequency {
                    Frequency::Weekly | Frequency::Biweekly => (day - 1) % 7 + 1,
                    _ => day,
                };
                Rhythm::from(frequency, day, minute, Timestamp::from_secs(now))
            })
    }

    proptest! {
        #[test]
        fn each_due_moment_is_a_period_of_its_own_at_its_minute(rhythm in some(), from in 1_600_000_000_i64..2_000_000_000) {
            let mut at = Timestamp::from_secs(from);
            let mut periods = BTreeSet::new();
            for _ in 0..30 {
                let next = rhythm.next(at);
                prop_assert!(next > at);
                prop_assert_eq!(next.local().minute_of_day(), rhythm.minute);
                prop_assert!(periods.insert(rhythm.period(next)), "{:?} twice", rhythm.period(next));
                prop_assert_eq!(rhythm.before(next.plus(Span::from_micros(1))), next);
                prop_assert!(rhythm.before(next) <= at, "nothing is due between");
                at = next;
            }
        }

        #[test]
        fn whenever_it_is_looked_one_is_made_and_never_one_of_a_period_again(
            rhythm in some(),
            from in 1_600_000_000_i64..2_000_000_000,
            looks in prop::collection::vec(1_i64..40 * 86_400, 1..40),
        ) {
            let mut now = Timestamp::from_secs(from);
            let mut next = rhythm.next(now);
            let mut made = BTreeSet::new();
            for pause in looks {
                now = now.plus(Span::from_secs(pause));
                let was_due = next <= now;
                match rhythm.claim(next, now) {
                    Some(claim) => {
                        prop_assert!(was_due && claim.due <= now && claim.due >= next && claim.next > now);
                        prop_assert!(rhythm.next(claim.due) > now, "the newest is made");
                        prop_assert!(made.insert(claim.period));
                        next = claim.next;
                        prop_assert_eq!(rhythm.claim(next, now), None, "never a burst");
                    }
                    None => prop_assert!(!was_due),
                }
            }
        }
    }
}
