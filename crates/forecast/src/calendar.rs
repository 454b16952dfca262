//! Dates, and which days of Kazakhstan are unlike others. Refuses the clock and time zones.

use crate::frequency::Frequency;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A date, as days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i64);

impl Day {
    /// Reads `2026-03-08`, `2026-03`, `08.03.2026`, and either with a time behind it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.split(['T', ' ']).next()?;
        let part = |part: &str| part.parse::<i64>().ok();
        let (year, month, day) = if text.contains('.') {
            let mut parts = text.split('.').map(part);
            let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
            (year, month, day)
        } else {
            let mut parts = text.split(['-', '/']).map(part);
            let (year, month) = (parts.next()??, parts.next()??);
            let day = match parts.next() {
                Some(day) => day?,
                None => 1,
            };
            (year, month, day)
        };
        let found = Self::of(year, month, day);
        (found.civil() == (year, month, day) && (1900..2200).contains(&year)).then_some(found)
    }

    /// Days of the Gregorian calendar (Howard Hinnant's count of eras).
    #[must_use]
    pub fn of(year: i64, month: i64, day: i64) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
        Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    /// Year, month, day.
    #[must_use]
    pub fn civil(self) -> (i64, i64, i64) {
        let count = self.0 + 719_468;
        let era = count.div_euclid(146_097);
        let of_era = count.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        (year + era * 400 + i64::from(month <= 2), month, day)
    }

    #[must_use]
    pub fn text(self) -> String {
        let (year, month, day) = self.civil();
        format!("{year:04}-{month:02}-{day:02}")
    }

    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Self(self.0 + days)
    }

    /// The step that many steps later.
    #[must_use]
    pub fn later(self, frequency: Frequency, steps: i64) -> Self {
        match frequency {
            Frequency::Daily => Self(self.0 + steps),
            Frequency::Weekly => Self(self.0 + 7 * steps),
            Frequency::Monthly => {
                let (year, month, _) = self.civil();
                let months = year * 12 + month - 1 + steps;
                Self::of(months.div_euclid(12), months.rem_euclid(12) + 1, 1)
            }
        }
    }

    /// How many whole steps from this date to another; none when it falls between two.
    #[must_use]
    pub fn steps_to(self, other: Self, frequency: Frequency) -> Option<i64> {
        let days = other.0 - self.0;
        match frequency {
            Frequency::Daily => Some(days),
            Frequency::Weekly => (days % 7 == 0).then_some(days / 7),
            Frequency::Monthly => {
                let ((year, month, _), (other_year, other_month, _)) = (self.civil(), other.civil());
                Some((other_year - year) * 12 + other_month - month)
            }
        }
    }
}

const HOLIDAYS: &str = include_str!("../../../facts/kz_holidays_2024_2027.csv");
const PEAKS: &str = include_str!("../../../facts/kz_shopping_peaks.csv");

/// Special days with their names: days off, and each season of shopping.
fn special() -> &'static BTreeMap<Day, Vec<&'static str>> {
    static KEPT: OnceLock<BTreeMap<Day, Vec<&'static str>>> = OnceLock::new();
    KEPT.get_or_init(|| {
        let mut days: BTreeMap<Day, Vec<&'static str>> = BTreeMap::new();
        for line in HOLIDAYS.lines().skip(1) {
            if let Some(day) = line.split(',').next().and_then(Day::read) {
                days.entry(day).or_default().push("day-off");
            }
        }
        for line in PEAKS.lines().skip(1) {
            let mut cells = line.split(',');
            let (Some(key), Some(from), Some(to)) = (cells.next(), cells.next(), cells.next()) else {
                continue;
            };
            let name = peak(key);
            for (from, to) in spans(from, to) {
                // Black Friday is a week of sales around its day.
                let widen = if name == "black-friday" { 3 } else { 0 };
                let mut day = from.plus(-widen);
                while day <= to.plus(widen) {
                    days.entry(day).or_default().push(name);
                    day = day.plus(1);
                }
            }
        }
        days
    })
}

/// The name of a peak without its year.
fn peak(key: &'static str) -> &'static str {
    for (start, name) in [
        ("ramadan", "ramadan"),
        ("eid_al_adha", "kurban-ait"),
        ("black_friday", "black-friday"),
        ("kaspi_juma", "kaspi-juma"),
        ("new_year", "new-year-gifts"),
        ("school", "school"),
        ("womens", "8-march"),
        ("defender", "7-may"),
        ("singles", "11-11"),
    ] {
        if key.starts_with(start) {
            return name;
        }
    }
    key
}

/// Dates of a peak: given ones, or a day and month of every year of the table. Those without a source are passed over.
fn spans(from: &str, to: &str) -> Vec<(Day, Day)> {
    if let (Some(from), Some(to)) = (full(from), full(to)) {
        return vec![(from, to)];
    }
    let years = 2015..2036;
    years
        .filter_map(|year| {
            Some((
                Day::read(&format!("{year}-{from}"))?,
                Day::read(&format!("{year}-{to}"))?,
            ))
        })
        .collect()
}

fn full(text: &str) -> Option<Day> {
    (text.len() == 10).then(|| Day::read(text)).flatten()
}

/// What is special about a step: names, with the share of its days.
#[must_use]
pub fn events(day: Day, frequency: Frequency) -> Vec<(&'static str, f64)> {
    let days = match frequency {
        Frequency::Daily => 1,
        Frequency::Weekly => 7,
        Frequency::Monthly => return Vec::new(),
    };
    let mut found: Vec<(&'static str, f64)> = Vec::new();
    let share = if days == 1 { 1.0 } else { 1.0 / 7.0 };
    for place in 0..days {
        for name in special().get(&day.plus(place)).into_iter().flatten() {
            match found.iter_mut().find(|(one, _)| one == name) {
                Some((_, sum)) => *sum = (*sum + share).min(1.0),
                None => found.push((name, share)),
            }
        }
    }
    found
}
