//! A day of the calendar, by which rates are looked up. Refuses days that do not exist.

use sauda_kernel::Timestamp;
use std::fmt;

/// A day in Almaty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: i32,
    month: u32,
    day: u32,
}

impl Day {
    /// None when there is no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1990..=2100).contains(&year) {
            return None;
        }
        Timestamp::from_almaty(year, month, day, 0, 0, 0).map(|_| Self { year, month, day })
    }

    /// The day of a moment in Almaty.
    pub fn of(at: Timestamp) -> Self {
        let local = at.local();
        Self {
            year: local.year,
            month: local.month,
            day: local.day,
        }
    }

    /// Reads `2026-01-05`, `05.01.2026`, `2026/1/5` or RFC 3339.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.contains('T') || text.len() > 10 {
            return Timestamp::parse(&text.replacen(' ', "T", 1)).ok().map(Self::of);
        }
        let numbers: Option<Vec<u32>> = text
            .split(['-', '.', '/'])
            .map(|part| part.parse().ok())
            .collect();
        match numbers?.as_slice() {
            [year, month, day] if *year > 31 => Self::new(i32::try_from(*year).ok()?, *month, *day),
            [day, month, year] if *year > 31 => Self::new(i32::try_from(*year).ok()?, *month, *day),
            _ => None,
        }
    }

    pub const fn year(self) -> i32 {
        self.year
    }

    pub const fn month(self) -> u32 {
        self.month
    }

    /// 1 or 2.
    pub const fn half(self) -> u32 {
        if self.month <= 6 { 1 } else { 2 }
    }

    /// First and last day of its half-year.
    pub const fn half_year(self) -> (Self, Self) {
        let year = self.year;
        if self.month <= 6 {
            (
                Self {
                    year,
                    month: 1,
                    day: 1,
                },
                Self {
                    year,
                    month: 6,
                    day: 30,
                },
            )
        } else {
            (
                Self {
                    year,
                    month: 7,
                    day: 1,
                },
                Self {
                    year,
                    month: 12,
                    day: 31,
                },
            )
        }
    }

    /// The middle of this day in Almaty: what is looked up by a moment is looked up for the whole day.
    pub fn noon(self) -> Timestamp {
        Timestamp::from_almaty(self.year, self.month, self.day, 12, 0, 0).unwrap_or_default()
    }

    /// The first moment of this day in Almaty.
    pub fn start(self) -> Timestamp {
        Timestamp::from_almaty(self.year, self.month, self.day, 0, 0, 0).unwrap_or_default()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_the_forms_people_write_and_impossible_ones_are_refused() {
        let told = |text: &str| Day::parse(text).map(|day| day.to_string());
        assert_eq!(told("2026-01-05").as_deref(), Some("2026-01-05"));
        assert_eq!(told("5.1.2026").as_deref(), Some("2026-01-05"));
        // Late evening in Greenwich is the next day in Almaty.
        assert_eq!(told("2025-12-31T20:30:00Z").as_deref(), Some("2026-01-01"));
        assert_eq!(
            (told("2026-02-29"), told("2026"), told("31.04.2026")),
            (None, None, None)
        );
    }
}
