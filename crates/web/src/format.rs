//! Numbers, money, shares and times as people read them in three languages. Refuses to read a clock.

use crate::words::{Language, Words};
use fluent_bundle::FluentArgs;
use sauda_kernel::{Span, Tenge, Timestamp};

/// `38 740`, `−250`: groups of three with no-break spaces and a real minus.
pub fn group(value: i64) -> String {
    Tenge(value).to_string()
}

/// `38 740 ₸`.
pub fn money(tenge: i64) -> String {
    format!("{}\u{a0}₸", group(tenge))
}

/// `+250`, `−250`, `0`.
pub fn signed(value: i64) -> String {
    if value > 0 {
        format!("+{}", group(value))
    } else {
        group(value)
    }
}

/// Basis points as a share with one decimal: 1590 is `15,9 %`.
pub fn percent(basis_points: i64) -> String {
    let tenths = round_div(basis_points, 10);
    let sign = if tenths < 0 { "\u{2212}" } else { "" };
    let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    format!("{sign}{whole},{tenth}\u{a0}%")
}

/// Basis points as a whole share: 1590 is `16 %`.
pub fn percent_whole(basis_points: i64) -> String {
    format!("{}\u{a0}%", group(round_div(basis_points, 100)))
}

/// Thousandths with one decimal: 4700 is `4,7`.
pub fn milli(value: i64) -> String {
    let tenths = round_div(value, 100);
    format!("{},{}", tenths / 10, (tenths % 10).unsigned_abs())
}

/// A sum with its tiyn, which are left out when there are none: `17 500,50`.
pub fn exact(tiyn: i64) -> String {
    let whole = group(tiyn / 100);
    let sign = if tiyn < 0 && tiyn > -100 { "−" } else { "" };
    match tiyn.unsigned_abs() % 100 {
        0 => whole,
        rest => format!("{sign}{whole},{rest:02}"),
    }
}

/// Whole tenge of a sum in tiyn, rounded half away from zero.
pub fn tiyn_to_tenge(tiyn: i64) -> i64 {
    round_div(tiyn, 100)
}

pub(crate) fn round_div(value: i64, by: i64) -> i64 {
    let half = if value < 0 { -(by / 2) } else { by / 2 };
    value.saturating_add(half) / by
}

/// A moment and the language to say it in.
pub struct Moment<'a> {
    pub words: &'a Words,
    pub language: Language,
    pub now: Timestamp,
}

impl Moment<'_> {
    fn say(&self, key: &str, number: Option<i64>) -> String {
        let mut args = FluentArgs::new();
        if let Some(number) = number {
            args.set("n", number);
        }
        self.words.text(self.language, key, &args)
    }

    /// `12:41`.
    pub fn clock(&self, at: Timestamp) -> String {
        let local = at.local();
        format!("{:02}:{:02}", local.hour, local.minute)
    }

    /// `12:41:08`, for receipts and logs.
    pub fn seconds(&self, at: Timestamp) -> String {
        let local = at.local();
        format!("{:02}:{:02}:{:02}", local.hour, local.minute, local.second)
    }

    /// `18 нояб.`, with the year when it is another one.
    pub fn day(&self, at: Timestamp) -> String {
        let local = at.local();
        if local.year != self.now.local().year {
            return format!("{:02}.{:02}.{}", local.day, local.month, local.year);
        }
        format!(
            "{}\u{a0}{}",
            local.day,
            self.say(&format!("date-month-{}", local.month), None)
        )
    }

    /// `пятница, 20 ноября`.
    pub fn long_day(&self, at: Timestamp) -> String {
        let local = at.local();
        let (weekday, month) = (
            format!("date-weekday-{}", local.weekday),
            format!("date-month-of-{}", local.month),
        );
        format!(
            "{}, {}\u{a0}{}",
            self.say(&weekday, None),
            local.day,
            self.say(&month, None)
        )
    }

    /// How a past moment is called: `40 с`, `6 мин`, `12:41`, `вчера, 18:05`, `18 нояб.`.
    pub fn ago(&self, at: Timestamp) -> String {
        let gone = self.now.since(at);
        let seconds = gone.as_secs();
        if (0..60).contains(&seconds) {
            return self.say("date-seconds", Some(seconds));
        }
        if (60..3_600).contains(&seconds) {
            return self.say("date-minutes", Some(seconds / 60));
        }
        self.when(at)
    }

    /// A past moment inside a sentence: `6 мин назад`, `в 12:41`, `вчера, 18:05`, `18 нояб.`.
    pub fn past(&self, at: Timestamp) -> String {
        let mut args = FluentArgs::new();
        if (0..5).contains(&self.now.since(at).as_secs()) {
            return self.say("date-just-now", None);
        }
        if (0..3_600).contains(&self.now.since(at).as_secs()) {
            args.set("span", self.ago(at));
            return self.words.text(self.language, "date-ago", &args);
        }
        if at.local_midnight() == self.now.local_midnight() {
            args.set("clock", self.clock(at));
            return self.words.text(self.language, "date-at", &args);
        }
        self.when(at)
    }

    /// A moment by its day: `12:41`, `вчера, 18:05`, `завтра, 9:00`, `18 нояб., 12:41`.
    pub fn when(&self, at: Timestamp) -> String {
        let days = at.local_midnight().since(self.now.local_midnight()).as_secs() / 86_400;
        let clock = self.clock(at);
        match days {
            0 => clock,
            -1 => format!("{}, {clock}", self.say("date-yesterday", None)),
            1 => format!("{}, {clock}", self.say("date-tomorrow", None)),
            -6..=6 => format!("{}, {clock}", self.day(at)),
            _ => self.day(at),
        }
    }

    /// The whole moment, for `title`: `20 ноября 2026, 12:41:08 (UTC+5)`.
    pub fn full(&self, at: Timestamp) -> String {
        let local = at.local();
        let month = self.say(&format!("date-month-of-{}", local.month), None);
        format!(
            "{} {month} {}, {} (UTC+5)",
            local.day,
            local.year,
            self.seconds(at)
        )
    }

    /// A length of time in its largest two units: `40 с`, `6 мин`, `3 ч 20 мин`, `9 дн.`.
    pub fn span(&self, span: Span) -> String {
        let seconds = span.as_secs().abs();
        if seconds < 60 {
            let begun = i64::from(span.as_micros() != 0);
            return self.say("date-seconds", Some(seconds.max(begun)));
        }
        let minutes = seconds / 60;
        if minutes < 60 {
            return self.say("date-minutes", Some(minutes));
        }
        if minutes < 1_440 {
            let hours = self.say("date-hours", Some(minutes / 60));
            return match minutes % 60 {
                0 => hours,
                rest => format!("{hours} {}", self.say("date-minutes", Some(rest))),
            };
        }
        self.say("date-days", Some(minutes / 1_440))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_and_shares_read_as_people_write_them() {
        assert_eq!(money(38_740), "38\u{a0}740\u{a0}₸");
        assert_eq!(signed(250), "+250");
        assert_eq!(signed(-250), "\u{2212}250");
        assert_eq!(percent(1_590), "15,9\u{a0}%");
        assert_eq!(percent(-55), "\u{2212}0,6\u{a0}%");
        assert_eq!(percent_whole(1_590), "16\u{a0}%");
        assert_eq!(milli(4_650), "4,7");
        assert_eq!(tiyn_to_tenge(-150), -2);
    }

    #[test]
    fn moments_are_called_by_their_distance() {
        let words = Words::load().unwrap();
        let now = Timestamp::from_almaty(2026, 11, 20, 12, 41, 8).unwrap();
        let moment = Moment {
            words: &words,
            language: Language::Ru,
            now,
        };
        assert_eq!(moment.ago(now.minus(Span::from_secs(40))), "40\u{a0}с");
        assert_eq!(moment.ago(now.minus(Span::from_mins(6))), "6\u{a0}мин");
        assert_eq!(moment.ago(now.minus(Span::from_hours(2))), "10:41");
        assert_eq!(
            moment.when(Timestamp::from_almaty(2026, 11, 19, 18, 5, 0).unwrap()),
            "вчера, 18:05"
        );
        assert_eq!(
            moment.when(Timestamp::from_almaty(2026, 11, 1, 18, 5, 0).unwrap()),
            "1\u{a0}нояб."
        );
        assert_eq!(
            moment.when(Timestamp::from_almaty(2025, 11, 18, 18, 5, 0).unwrap()),
            "18.11.2025"
        );
        assert_eq!(moment.long_day(now), "пятница, 20\u{a0}ноября");
        assert_eq!(moment.span(Span::from_mins(200)), "3\u{a0}ч 20\u{a0}мин");
    }
}
