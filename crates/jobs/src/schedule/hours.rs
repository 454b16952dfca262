//! Working hours in Almaty: from an hour to an hour on some days of the week. A span over midnight belongs to its first day.

use sauda_kernel::{Span, Timestamp};
use std::fmt;

/// When work is welcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkingHours {
    /// Minutes after midnight.
    from: u32,
    /// Minutes after midnight; not after `from` means the next day.
    to: u32,
    /// Monday first.
    days: [bool; 7],
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY_MINUTES: u32 = 1_440;

impl WorkingHours {
    /// Every day from a minute of the day to another, such as `(9 * 60, 21 * 60)`; over midnight when `to` is not after `from`.
    pub const fn daily(from: u32, to: u32) -> Self {
        Self {
            from: from % DAY_MINUTES,
            to: to % DAY_MINUTES,
            days: [true; 7],
        }
    }

    /// Only on these days, Monday first.
    #[must_use]
    pub const fn on(mut self, days: [bool; 7]) -> Self {
        self.days = days;
        self
    }

    /// Whether a moment is inside.
    pub fn open(&self, at: Timestamp) -> bool {
        let yesterday = at.minus(Span::from_days(1));
        self.spans(at).is_some_and(|(from, to)| at >= from && at < to)
            || self
                .spans(yesterday)
                .is_some_and(|(from, to)| at >= from && at < to)
    }

    /// The moment itself when it is inside, otherwise the next opening; `None` when no day is allowed.
    pub fn next_open(&self, at: Timestamp) -> Option<Timestamp> {
        if self.open(at) {
            return Some(at);
        }
        (0..=7)
            .filter_map(|days| self.spans(at.plus(Span::from_days(days))))
            .map(|(from, _)| from)
            .find(|from| *from >= at)
    }

    /// The span that begins on the day of this moment.
    fn spans(&self, day: Timestamp) -> Option<(Timestamp, Timestamp)> {
        let weekday = usize::try_from(day.local().weekday).ok()?.checked_sub(1)?;
        if !*self.days.get(weekday)? {
            return None;
        }
        let midnight = day.local_midnight();
        let end = if self.to > self.from {
            self.to
        } else {
            self.to + DAY_MINUTES
        };
        Some((
            midnight.plus(Span::from_mins(i64::from(self.from))),
            midnight.plus(Span::from_mins(i64::from(end))),
        ))
    }

    /// Reads what `Display` writes.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (span, days) = text.split_once(' ')?;
        let (from, to) = span.split_once('-')?;
        let minute = |text: &str| {
            let (hour, minute) = text.split_once(':')?;
            let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
            (hour < 24 && minute < 60).then_some(hour * 60 + minute)
        };
        let mut chosen = [false; 7];
        for day in days.split(',') {
            let place = DAYS.iter().position(|name| *name == day)?;
            *chosen.get_mut(place)? = true;
        }
        Some(Self {
            from: minute(from)?,
            to: minute(to)?,
            days: chosen,
        })
    }
}

impl fmt::Display for WorkingHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:02}:{:02}-{:02}:{:02} ",
            self.from / 60,
            self.from % 60,
            self.to / 60,
            self.to % 60
        )?;
        let names: Vec<&str> = DAYS
            .into_iter()
            .zip(self.days)
            .filter(|(_, chosen)| *chosen)
            .map(|(name, _)| name)
            .collect();
        f.write_str(&names.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn almaty(day: u32, hour: u32, minute: u32) -> Timestamp {
        // The 20th of November 2026 is a Friday.
        Timestamp::from_almaty(2026, 11, day, hour, minute, 0).unwrap()
    }

    #[test]
    fn a_closed_moment_waits_for_the_opening() {
        let hours = WorkingHours::daily(9 * 60, 21 * 60).on([true, true, true, true, true, false, false]);
        assert_eq!(hours.next_open(almaty(20, 9, 0)), Some(almaty(20, 9, 0)));
        assert_eq!(hours.next_open(almaty(20, 8, 59)), Some(almaty(20, 9, 0)));
        assert_eq!(
            hours.next_open(almaty(20, 21, 0)),
            Some(almaty(23, 9, 0)),
            "the week-end is skipped"
        );
        assert_eq!(
            WorkingHours::daily(0, 0)
                .on([false; 7])
                .next_open(almaty(20, 9, 0)),
            None
        );
    }

    #[test]
    fn hours_over_midnight_belong_to_their_first_day() {
        let hours = WorkingHours::daily(22 * 60, 2 * 60).on([false, false, false, false, true, false, false]);
        assert!(hours.open(almaty(20, 23, 0)) && hours.open(almaty(21, 1, 59)));
        assert!(
            !hours.open(almaty(21, 2, 0)) && !hours.open(almaty(21, 23, 0)) && !hours.open(almaty(20, 1, 0))
        );
        assert!(
            WorkingHours::daily(0, 0).open(almaty(20, 13, 0)),
            "midnight to midnight is always"
        );
    }

    #[test]
    fn hours_survive_being_written() {
        for hours in [
            WorkingHours::daily(540, 1_260),
            WorkingHours::daily(1_320, 125).on([true, false, true, false, false, false, true]),
        ] {
            assert_eq!(WorkingHours::parse(&hours.to_string()), Some(hours));
        }
        assert_eq!(
            WorkingHours::daily(540, 1_260).to_string(),
            "09:00-21:00 mon,tue,wed,thu,fri,sat,sun"
        );
        assert_eq!(WorkingHours::parse("25:00-21:00 mon"), None);
    }
}
