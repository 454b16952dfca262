//! A span of days inside one calendar year, because rates change with the year. Refuses spans over two years.

use crate::rates::Day;
use crate::words::words;
use std::fmt;

/// A half-year, a year, or some days of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    from: Day,
    to: Day,
}

impl Period {
    /// None when the end is before the start or in another year.
    pub fn new(from: Day, to: Day) -> Option<Self> {
        (from <= to && from.year() == to.year()).then_some(Self { from, to })
    }

    pub const fn half_year_of(day: Day) -> Self {
        let (from, to) = day.half_year();
        Self { from, to }
    }

    /// Reads `2026-H2`, `2026`, `H2 2026`, `2 полугодие 2026`, `2026-07` or a day (its half-year).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(day) = Day::parse(text) {
            return Some(Self::half_year_of(day));
        }
        let small = text.to_lowercase();
        let half = words("half").any(|word| small.contains(word));
        let quarter = words("quarter").any(|word| small.contains(word));
        if !half && !quarter && small.chars().any(char::is_alphabetic) {
            return None;
        }
        let roman = small.replace("ii", "2").replace('i', "1");
        let numbers: Vec<i32> = if half || quarter { roman } else { small }
            .split(|letter: char| !letter.is_ascii_digit())
            .filter_map(|part| part.parse().ok())
            .collect();
        let (year, rest) = match numbers.as_slice() {
            [year] => (*year, None),
            [year, rest] if *year > 1_000 => (*year, Some(*rest)),
            [rest, year] if *year > 1_000 => (*year, Some(*rest)),
            _ => return None,
        };
        let months = match (rest, half, quarter) {
            (None, false, false) => (1, 12),
            (Some(1), true, _) => (1, 6),
            (Some(2), true, _) => (7, 12),
            (Some(part @ 1..=4), false, true) => (part * 3 - 2, part * 3),
            (Some(month @ 1..=12), false, false) => (month, month),
            _ => return None,
        };
        let (first, last) = (u32::try_from(months.0).ok()?, u32::try_from(months.1).ok()?);
        let end = (28..=31).rev().find_map(|day| Day::new(year, last, day))?;
        Self::new(Day::new(year, first, 1)?, end)
    }

    pub const fn from(self) -> Day {
        self.from
    }

    pub const fn to(self) -> Day {
        self.to
    }

    /// Months that it touches.
    pub fn months(self) -> i64 {
        i64::from(self.to.month()) - i64::from(self.from.month()) + 1
    }

    pub fn holds(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.from, self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_in_the_forms_people_write() {
        let told = |text: &str| Period::parse(text).map(|period| period.to_string());
        assert_eq!(told("2026-H2").as_deref(), Some("2026-07-01/2026-12-31"));
        assert_eq!(told("H1 2025").as_deref(), Some("2025-01-01/2025-06-30"));
        assert_eq!(told("2 полугодие 2026").as_deref(), Some("2026-07-01/2026-12-31"));
        assert_eq!(
            told("II полугодие 2026").as_deref(),
            Some("2026-07-01/2026-12-31")
        );
        assert_eq!(told("2024").as_deref(), Some("2024-01-01/2024-12-31"));
        assert_eq!(told("2024-02").as_deref(), Some("2024-02-01/2024-02-29"));
        assert_eq!(told("2026-Q3").as_deref(), Some("2026-07-01/2026-09-30"));
        assert_eq!(told("2026-06-30").as_deref(), Some("2026-01-01/2026-06-30"));
        assert_eq!((told("2026-H3"), told("soon")), (None, None));
    }
}
