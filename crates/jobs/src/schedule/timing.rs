//! When a schedule is due: a period or cron patterns in Almaty, within working hours if wished. Written as one line of text.

use super::WorkingHours;
use chrono::{DateTime, FixedOffset};
use croner::Cron;
use sauda_kernel::{ALMATY_OFFSET_SECONDS, Span, Timestamp};
use std::{fmt, str::FromStr as _};

/// The times of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timing {
    rhythm: Rhythm,
    hours: Option<WorkingHours>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Rhythm {
    Every(Span),
    /// One pattern, or several with ` | ` between: due whenever one of them is.
    Cron(String),
}

/// Between patterns of one schedule.
const OR: &str = " | ";

impl Timing {
    pub fn every(span: Span) -> Self {
        Self {
            rhythm: Rhythm::Every(span),
            hours: None,
        }
    }

    pub fn cron(pattern: &str) -> Self {
        Self {
            rhythm: Rhythm::Cron(pattern.to_owned()),
            hours: None,
        }
    }

    #[must_use]
    pub fn within(mut self, hours: WorkingHours) -> Self {
        self.hours = Some(hours);
        self
    }

    /// Reads what `Display` writes.
    ///
    /// # Errors
    /// With a sentence, when it is not such a text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (rhythm, hours) = text
            .split_once(" within ")
            .map_or((text, None), |(rhythm, hours)| (rhythm, Some(hours)));
        let hours = hours
            .map(|hours| WorkingHours::parse(hours).ok_or_else(|| format!("{hours:?} are no working hours")))
            .transpose()?;
        let rhythm = if let Some(seconds) = rhythm
            .strip_prefix("every ")
            .and_then(|rest| rest.strip_suffix('s'))
        {
            Rhythm::Every(Span::from_secs(
                seconds
                    .parse()
                    .map_err(|_| format!("{seconds:?} is no number of seconds"))?,
            ))
        } else if let Some(pattern) = rhythm.strip_prefix("cron ") {
            Rhythm::Cron(pattern.to_owned())
        } else {
            return Err("it begins neither with `every` nor with `cron`".to_owned());
        };
        let timing = Self { rhythm, hours };
        timing.check()?;
        Ok(timing)
    }

    /// # Errors
    /// With a sentence, when there can be no next time.
    pub(crate) fn check(&self) -> Result<(), String> {
        match &self.rhythm {
            Rhythm::Every(span) if *span < Span::from_secs(1) => {
                Err("the period is shorter than a second".to_owned())
            }
            Rhythm::Every(_) => Ok(()),
            Rhythm::Cron(patterns) => patterns.split(OR).try_for_each(|pattern| {
                Cron::from_str(pattern)
                    .map(|_| ())
                    .map_err(|error| error.to_string())
            }),
        }
    }

    /// The first time after `now`; with a period, in step with `last`, however many were missed. `None` when there is none.
    pub fn next(&self, last: Timestamp, now: Timestamp) -> Option<Timestamp> {
        let mut from = now;
        // Working hours may skip many times of a fine pattern: each try jumps to an opening.
        for _ in 0..400 {
            let next = self.rhythm.next(last, from)?;
            let Some(hours) = &self.hours else {
                return Some(next);
            };
            let open = hours.next_open(next)?;
            if open == next {
                return Some(next);
            }
            match &self.rhythm {
                // A period begins anew at the opening.
                Rhythm::Every(_) => return Some(open),
                Rhythm::Cron(_) => from = open.minus(Span::from_micros(1)),
            }
        }
        None
    }

    /// The first time of a new schedule. Periods of many merchants are spread by `seed` over the period, so that a new version
    /// does not ask for everything at once; without a seed a period begins at once.
    pub(crate) fn first(&self, now: Timestamp, seed: Option<u64>) -> Option<Timestamp> {
        match (&self.rhythm, seed) {
            (Rhythm::Every(span), seed) => {
                let length = u64::try_from(span.as_micros())
                    .ok()
                    .filter(|length| *length > 0)?;
                let offset = seed.map_or(0, |seed| i64::try_from(seed % length).unwrap_or(0));
                let at = now.plus(Span::from_micros(offset));
                self.hours.map_or(Some(at), |hours| hours.next_open(at))
            }
            (Rhythm::Cron(_), _) => self.next(now, now),
        }
    }
}

impl Rhythm {
    fn next(&self, last: Timestamp, from: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Every(span) => {
                let length = span.as_micros();
                let passed = from.since(last).as_micros();
                let periods = if passed < 0 {
                    1
                } else {
                    passed.checked_div(length)? + 1
                };
                let next = last.plus(Span::from_micros(length.saturating_mul(periods)));
                // A last time in the future comes from a clock that was put back.
                Some(if passed < 0 { from.plus(*span) } else { next })
            }
            Self::Cron(patterns) => {
                let zone = FixedOffset::east_opt(ALMATY_OFFSET_SECONDS)?;
                let wall = DateTime::from_timestamp_micros(from.as_micros())?.with_timezone(&zone);
                let next = |pattern: &str| {
                    let cron = Cron::from_str(pattern).ok()?;
                    cron.find_next_occurrence(&wall, false).ok()
                };
                let soonest = patterns.split(OR).filter_map(next).min()?;
                Some(Timestamp::from_micros(soonest.timestamp_micros()))
            }
        }
    }
}

impl fmt::Display for Timing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.rhythm {
            Rhythm::Every(span) => write!(f, "every {}s", span.as_secs())?,
            Rhythm::Cron(pattern) => write!(f, "cron {pattern}")?,
        }
        self.hours.map_or(Ok(()), |hours| write!(f, " within {hours}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn almaty(day: u32, hour: u32, minute: u32) -> Timestamp {
        Timestamp::from_almaty(2026, 11, day, hour, minute, 0).unwrap()
    }

    #[test]
    fn cron_is_read_in_almaty() {
        let nine = Timing::cron("0 9 * * *");
        assert_eq!(
            nine.next(almaty(20, 9, 0), almaty(20, 9, 0)),
            Some(almaty(21, 9, 0))
        );
        assert_eq!(
            nine.next(almaty(20, 9, 0), almaty(20, 8, 59)),
            Some(almaty(20, 9, 0))
        );
        let mondays = Timing::cron("30 8 * * 1");
        assert_eq!(
            mondays.next(almaty(20, 0, 0), almaty(20, 0, 0)),
            Some(almaty(23, 8, 30))
        );
    }

    #[test]
    fn several_patterns_are_due_whenever_one_of_them_is() {
        let timing = Timing::cron("0 8,20 * * * | 30 14 * * *");
        let next = |hour, minute| timing.next(almaty(20, 0, 0), almaty(20, hour, minute));
        assert_eq!(next(7, 59), Some(almaty(20, 8, 0)));
        assert_eq!(next(8, 0), Some(almaty(20, 14, 30)));
        assert_eq!(next(14, 30), Some(almaty(20, 20, 0)));
        assert_eq!(next(20, 0), Some(almaty(21, 8, 0)));
        assert_eq!(Timing::parse(&timing.to_string()), Ok(timing));
        assert!(Timing::parse("cron 0 8 * * * | 99 * * * *").is_err());
    }

    #[test]
    fn a_period_keeps_step_however_many_were_missed() {
        let timing = Timing::every(Span::from_mins(10));
        assert_eq!(
            timing.next(almaty(20, 9, 0), almaty(20, 9, 0)),
            Some(almaty(20, 9, 10))
        );
        assert_eq!(
            timing.next(almaty(20, 9, 0), almaty(20, 13, 7)),
            Some(almaty(20, 13, 10))
        );
        assert_eq!(
            timing.next(almaty(20, 13, 0), almaty(20, 9, 7)),
            Some(almaty(20, 9, 17)),
            "a clock put back"
        );
    }

    #[test]
    fn what_falls_outside_working_hours_waits() {
        let hours = WorkingHours::daily(9 * 60, 18 * 60);
        let every = Timing::every(Span::from_hours(1)).within(hours);
        assert_eq!(
            every.next(almaty(20, 17, 30), almaty(20, 17, 30)),
            Some(almaty(21, 9, 0))
        );
        let cron = Timing::cron("*/20 * * * *").within(hours);
        assert_eq!(
            cron.next(almaty(20, 17, 50), almaty(20, 17, 50)),
            Some(almaty(21, 9, 0))
        );
        assert_eq!(
            Timing::cron("0 3 * * *")
                .within(hours)
                .next(almaty(20, 0, 0), almaty(20, 0, 0)),
            None,
            "never open at three"
        );
    }

    #[test]
    fn timings_survive_being_written_and_mistakes_are_named() {
        let hours = WorkingHours::daily(540, 1_260);
        for timing in [
            Timing::every(Span::from_mins(10)),
            Timing::cron("0 9 * * 1-5").within(hours),
        ] {
            assert_eq!(Timing::parse(&timing.to_string()), Ok(timing));
        }
        assert_eq!(
            Timing::cron("0 9 * * 1-5").within(hours).to_string(),
            "cron 0 9 * * 1-5 within 09:00-21:00 mon,tue,wed,thu,fri,sat,sun"
        );
        assert_eq!(
            Timing::parse("sometimes"),
            Err("it begins neither with `every` nor with `cron`".to_owned())
        );
        assert!(Timing::parse("cron 99 * * * *").is_err());
        assert_eq!(
            Timing::every(Span::ZERO).check(),
            Err("the period is shorter than a second".to_owned())
        );
    }

    #[test]
    fn many_merchants_are_spread_over_the_period() {
        let timing = Timing::every(Span::from_hours(1));
        let now = almaty(20, 9, 0);
        assert_eq!(timing.first(now, None), Some(now));
        let spread = timing.first(now, Some(0xdead_beef_dead_beef)).unwrap();
        assert!(spread > now && spread < now.plus(Span::from_hours(1)));
    }
}
