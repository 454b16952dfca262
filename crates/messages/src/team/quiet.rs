//! When something may be told: not in a person's quiet hours, unless the person asked. Refuses to lose anything: it comes when quiet ends.

use super::model::{Manners, What};
use sauda_kernel::{Span, Timestamp};

/// The minute of the day in Almaty.
pub(crate) fn minute_of(at: Timestamp) -> u32 {
    let local = at.local();
    local.hour * 60 + local.minute
}

/// Whether a minute of the day lies in the quiet hours; they may go over midnight.
fn is_quiet(minute: u32, from: u32, until: u32) -> bool {
    if from <= until {
        (from..until).contains(&minute)
    } else {
        minute >= from || minute < until
    }
}

/// When to tell what would be told now.
pub(crate) fn when(now: Timestamp, manners: &Manners, what: What) -> Timestamp {
    let Some((from, until)) = manners.quiet.filter(|_| what != What::Asked) else {
        return now;
    };
    let minute = minute_of(now);
    if !is_quiet(minute, from, until) {
        return now;
    }
    let end = now.local_midnight().plus(Span::from_mins(i64::from(until)));
    if end > now {
        end
    } else {
        end.plus(Span::from_days(1))
    }
}

/// Reads `22:00`; nothing for what is no time of a day.
pub(crate) fn read_time(text: &str) -> Option<u32> {
    let (hour, minute) = text.trim().split_once([':', '.', '-'])?;
    let (hour, minute): (u32, u32) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(hour: u32, minute: u32) -> Timestamp {
        Timestamp::from_almaty(2026, 11, 20, hour, minute, 0).unwrap()
    }

    fn manners(from: u32, until: u32) -> Manners {
        Manners {
            quiet: Some((from, until)),
            ..Manners::default()
        }
    }

    #[test]
    fn what_comes_at_night_is_told_in_the_morning() {
        let night = manners(22 * 60, 8 * 60);
        assert_eq!(
            when(at(23, 30), &night, What::Day),
            Timestamp::from_almaty(2026, 11, 21, 8, 0, 0).unwrap()
        );
        assert_eq!(when(at(3, 0), &night, What::Day), at(8, 0));
        assert_eq!(when(at(8, 0), &night, What::Day), at(8, 0));
        assert_eq!(when(at(12, 0), &night, What::Day), at(12, 0));
        assert_eq!(
            when(at(23, 30), &night, What::Asked),
            at(23, 30),
            "who asks is answered"
        );
        let none = Manners {
            quiet: None,
            ..Manners::default()
        };
        assert_eq!(when(at(3, 0), &none, What::Day), at(3, 0));
    }

    #[test]
    fn a_time_is_read_as_people_write_it() {
        for (text, minute) in [
            ("22:00", Some(1_320)),
            (" 8.05 ", Some(485)),
            ("0-00", Some(0)),
            ("24:00", None),
            ("8", None),
            ("", None),
        ] {
            assert_eq!(read_time(text), minute, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_told_in_quiet_hours_nor_later_than_a_day(from in 0_u32..1_440, until in 0_u32..1_440, now in 0_i64..10_000_000) {
            let now = Timestamp::from_secs(1_790_000_000 + now * 60);
            let told = when(now, &manners(from, until), What::Urgent);
            prop_assert!(told >= now && told.since(now) <= Span::from_days(1));
            prop_assert!(!is_quiet(minute_of(told), from, until));
        }
    }
}
