//! Moments and lengths of time as people in Almaty read them, in three languages.

use super::SPACE;
use crate::Language;
use sauda_kernel::{LocalTime, Span, Timestamp};

/// Short month names as they stand after a day (CLDR, abbreviated, format).
const MONTHS: [[&str; 3]; 12] = [
    ["янв.", "қаң.", "Jan"],
    ["февр.", "ақп.", "Feb"],
    ["мар.", "нау.", "Mar"],
    ["апр.", "сәу.", "Apr"],
    ["мая", "мам.", "May"],
    ["июн.", "мау.", "Jun"],
    ["июл.", "шіл.", "Jul"],
    ["авг.", "там.", "Aug"],
    ["сент.", "қыр.", "Sep"],
    ["окт.", "қаз.", "Oct"],
    ["нояб.", "қар.", "Nov"],
    ["дек.", "жел.", "Dec"],
];

const WEEKDAYS: [[&str; 3]; 7] = [
    ["пн", "дс", "Mon"],
    ["вт", "сс", "Tue"],
    ["ср", "ср", "Wed"],
    ["чт", "бс", "Thu"],
    ["пт", "жм", "Fri"],
    ["сб", "сб", "Sat"],
    ["вс", "жс", "Sun"],
];

fn pick(language: Language, [russian, kazakh, english]: [&'static str; 3]) -> &'static str {
    match language {
        Language::Ru => russian,
        Language::Kk => kazakh,
        Language::En => english,
    }
}

fn month(local: &LocalTime, language: Language) -> &'static str {
    let place = usize::try_from(local.month).unwrap_or(1).saturating_sub(1);
    MONTHS.get(place).map_or("", |names| pick(language, *names))
}

/// `12:41`.
pub fn clock(at: Timestamp) -> String {
    let local = at.local();
    format!("{:02}:{:02}", local.hour, local.minute)
}

/// `12:41:08`, for receipts and logs.
pub fn clock_seconds(at: Timestamp) -> String {
    format!("{}:{:02}", clock(at), at.local().second)
}

/// `18.11.2025`.
pub fn date(at: Timestamp) -> String {
    let local = at.local();
    format!("{:02}.{:02}.{}", local.day, local.month, local.year)
}

/// `18.11.2025, 12:41`.
pub fn date_time(at: Timestamp) -> String {
    format!("{}, {}", date(at), clock(at))
}

/// `18 нояб. 2025, 12:41:08`: for the title of a short time.
pub fn full(at: Timestamp, language: Language) -> String {
    let local = at.local();
    format!(
        "{}{SPACE}{}{SPACE}{}, {}",
        local.day,
        month(&local, language),
        local.year,
        clock_seconds(at)
    )
}

/// `пн`.
pub fn weekday(at: Timestamp, language: Language) -> &'static str {
    let place = usize::try_from(at.local().weekday).unwrap_or(1).saturating_sub(1);
    WEEKDAYS.get(place).map_or("", |names| pick(language, *names))
}

/// A moment: today `12:41`, `вчера, 18:05`, `завтра, 09:00`, this year `18 нояб.`, else `18.11.2025`.
pub fn moment(at: Timestamp, now: Timestamp, language: Language) -> String {
    const DAY: i64 = 86_400_000_000;
    let days = at.local_midnight().since(now.local_midnight()).as_micros() / DAY;
    let local = at.local();
    match days {
        0 => clock(at),
        -1 => format!(
            "{}, {}",
            pick(language, ["вчера", "кеше", "yesterday"]),
            clock(at)
        ),
        1 => format!(
            "{}, {}",
            pick(language, ["завтра", "ертең", "tomorrow"]),
            clock(at)
        ),
        _ if local.year == now.local().year => format!("{}{SPACE}{}", local.day, month(&local, language)),
        _ => date(at),
    }
}

/// An age: under a minute `только что`, under an hour `6 мин`, else as `moment`.
pub fn ago(at: Timestamp, now: Timestamp, language: Language) -> String {
    let passed = now.since(at);
    if passed < Span::ZERO || passed >= Span::from_hours(1) {
        return moment(at, now, language);
    }
    match passed.as_mins() {
        0 => pick(language, ["только что", "жаңа ғана", "just now"]).to_owned(),
        minutes => format!("{minutes}{SPACE}{}", pick(language, MINUTE)),
    }
}

const MINUTE: [&str; 3] = ["мин", "мин", "min"];

/// A length of time in its two largest units: `45 с`, `6 мин`, `2 ч 15 мин`, `3 дн 4 ч`.
pub fn span(length: Span, language: Language) -> String {
    let seconds = length.as_secs().unsigned_abs();
    let units = [
        (seconds / 86_400, ["дн", "күн", "d"]),
        (seconds % 86_400 / 3_600, ["ч", "сағ", "h"]),
        (seconds % 3_600 / 60, MINUTE),
        (seconds % 60, ["с", "с", "s"]),
    ];
    let Some(first) = units.iter().position(|(count, _)| *count > 0) else {
        return format!("0{SPACE}{}", pick(language, ["с", "с", "s"]));
    };
    let mut text = String::new();
    // Seconds matter only by themselves.
    for (place, (count, names)) in units.iter().enumerate().skip(first).take(2) {
        if *count == 0 || (place == 3 && first < 3) {
            continue;
        }
        if !text.is_empty() {
            text.push(SPACE);
        }
        text.push_str(&format!("{count}{SPACE}{}", pick(language, *names)));
    }
    text
}

/// How near a deadline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    Calm,
    /// Less than four hours.
    Soon,
    /// Less than an hour, or past.
    Now,
}

/// A deadline in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// `до 16:00`.
    pub until: String,
    /// `2 ч 10 мин`, or `опоздали на 12 мин`.
    pub left: String,
    pub urgency: Urgency,
}

pub fn deadline(at: Timestamp, now: Timestamp, language: Language) -> Deadline {
    let left = at.since(now);
    let urgency = if left < Span::from_hours(1) {
        Urgency::Now
    } else if left < Span::from_hours(4) {
        Urgency::Soon
    } else {
        Urgency::Calm
    };
    let shown = moment(at, now, language);
    let until = match language {
        Language::Ru => format!("до {shown}"),
        Language::Kk => format!("{shown} дейін"),
        Language::En => format!("by {shown}"),
    };
    let left = if left < Span::ZERO {
        let late = span(left, language);
        match language {
            Language::Ru => format!("опоздали на {late}"),
            Language::Kk => format!("{late} кешіктіңіз"),
            Language::En => format!("{late} late"),
        }
    } else {
        span(left, language)
    };
    Deadline { until, left, urgency }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(&format!("{text}+05:00")).unwrap()
    }

    #[test]
    fn moments_are_as_short_as_they_can_be() {
        let now = at("2026-11-20T12:47:00");
        let cases = [
            ("2026-11-20T12:46:30", ["только что", "жаңа ғана", "just now"]),
            ("2026-11-20T12:41:00", ["6\u{a0}мин", "6\u{a0}мин", "6\u{a0}min"]),
            ("2026-11-20T11:47:00", ["11:47", "11:47", "11:47"]),
            ("2026-11-20T00:00:00", ["00:00", "00:00", "00:00"]),
            (
                "2026-11-19T18:05:00",
                ["вчера, 18:05", "кеше, 18:05", "yesterday, 18:05"],
            ),
            (
                "2026-11-21T09:00:00",
                ["завтра, 09:00", "ертең, 09:00", "tomorrow, 09:00"],
            ),
            (
                "2026-11-18T23:59:00",
                ["18\u{a0}нояб.", "18\u{a0}қар.", "18\u{a0}Nov"],
            ),
            ("2026-05-09T10:00:00", ["9\u{a0}мая", "9\u{a0}мам.", "9\u{a0}May"]),
            ("2025-11-18T10:00:00", ["18.11.2025", "18.11.2025", "18.11.2025"]),
        ];
        for (moment, expected) in cases {
            assert_eq!(
                Language::ALL.map(|language| ago(at(moment), now, language)),
                expected,
                "{moment}"
            );
        }
        assert_eq!(full(now, Language::Ru), "20\u{a0}нояб.\u{a0}2026, 12:47:00");
        assert_eq!(
            Language::ALL.map(|language| weekday(now, language)),
            ["пт", "жм", "Fri"]
        );
    }

    #[test]
    fn a_minute_after_midnight_the_last_evening_is_yesterday() {
        assert_eq!(
            ago(at("2026-11-19T22:30:00"), at("2026-11-20T00:01:00"), Language::Ru),
            "вчера, 22:30"
        );
        assert_eq!(
            ago(at("2025-12-31T22:30:00"), at("2026-01-01T00:01:00"), Language::Ru),
            "вчера, 22:30"
        );
        assert_eq!(
            ago(at("2026-11-19T23:58:00"), at("2026-11-20T00:01:00"), Language::Ru),
            "3\u{a0}мин"
        );
    }

    #[test]
    fn lengths_have_at_most_two_units() {
        let shown = [0, 45, 360, 8_100, 7_200, 7_230, 273_600, 86_460]
            .map(|seconds| span(Span::from_secs(seconds), Language::Ru).replace('\u{a0}', " "));
        assert_eq!(
            shown,
            [
                "0 с",
                "45 с",
                "6 мин",
                "2 ч 15 мин",
                "2 ч",
                "2 ч",
                "3 дн 4 ч",
                "1 дн"
            ]
        );
        assert_eq!(
            span(Span::from_secs(8_100), Language::Kk),
            "2\u{a0}сағ\u{a0}15\u{a0}мин"
        );
    }

    #[test]
    fn deadlines_say_how_near_they_are() {
        let now = at("2026-11-20T12:00:00");
        let of = |moment: &str| deadline(at(moment), now, Language::Ru);
        assert_eq!(
            (
                of("2026-11-20T16:30:00").until.as_str(),
                of("2026-11-20T16:30:00").urgency
            ),
            ("до 16:30", Urgency::Calm)
        );
        assert_eq!(of("2026-11-20T15:59:00").urgency, Urgency::Soon);
        assert_eq!(of("2026-11-20T12:59:00").urgency, Urgency::Now);
        let late = of("2026-11-20T11:48:00");
        assert_eq!(
            (late.left.as_str(), late.urgency),
            ("опоздали на 12\u{a0}мин", Urgency::Now)
        );
        assert_eq!(
            deadline(at("2026-11-20T11:48:00"), now, Language::En).left,
            "12\u{a0}min late"
        );
    }
}
