//! Hours of a day in Almaty within which something may happen. Refuses an empty day.

use sauda_kernel::{Span, Timestamp};

const DAY_MINUTES: u32 = 1440;

/// From one minute of the local day to another; the second may be after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    from_minute: u32,
    until_minute: u32,
}

/// Hours that nobody can keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    #[error("minute {0} is not in a day: give 0 to 1440")]
    NotInDay(u32),
    #[error("from minute {0} until the same minute is no time at all: give two different times")]
    Empty(u32),
}

impl Hours {
    /// Hours from minutes since local midnight.
    ///
    /// # Errors
    /// When a minute is not in the day or nothing is left.
    pub const fn new(from_minute: u32, until_minute: u32) -> Result<Self, HoursError> {
        if from_minute >= DAY_MINUTES {
            return Err(HoursError::NotInDay(from_minute));
        }
        if until_minute > DAY_MINUTES {
            return Err(HoursError::NotInDay(until_minute));
        }
        if from_minute == until_minute {
            return Err(HoursError::Empty(from_minute));
        }
        Ok(Self {
            from_minute,
            until_minute,
        })
    }

    /// From 09:00 until 21:00.
    pub const DAYTIME: Self = Self {
        from_minute: 9 * 60,
        until_minute: 21 * 60,
    };

    /// The first minute of the local day.
    pub const fn from_minute(self) -> u32 {
        self.from_minute
    }

    /// The first minute after them.
    pub const fn until_minute(self) -> u32 {
        self.until_minute
    }

    /// Whether the moment is within the hours; the last minute is not.
    pub fn contains(self, moment: Timestamp) -> bool {
        let minute = moment.local().minute_of_day();
        if self.from_minute < self.until_minute {
            (self.from_minute..self.until_minute).contains(&minute)
        } else {
            minute >= self.from_minute || minute < self.until_minute
        }
    }

    /// This moment, or the first one after it within the hours.
    pub fn earliest(self, moment: Timestamp) -> Timestamp {
        if self.contains(moment) {
            return moment;
        }
        let opens = moment
            .local_midnight()
            .plus(Span::from_mins(i64::from(self.from_minute)));
        if opens >= moment {
            opens
        } else {
            opens.plus(Span::from_days(1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u32, hour: u32, minute: u32) -> Timestamp {
        Timestamp::from_almaty(2026, 11, day, hour, minute, 0).unwrap()
    }

    #[test]
    fn the_first_moment_within_the_hours_is_found() {
        let day = Hours::DAYTIME;
        assert_eq!(day.earliest(at(20, 8, 59)), at(20, 9, 0));
        assert_eq!(day.earliest(at(20, 9, 0)), at(20, 9, 0));
        assert_eq!(day.earliest(at(20, 20, 59)), at(20, 20, 59));
        assert_eq!(day.earliest(at(20, 21, 0)), at(21, 9, 0));
        let night = Hours::new(20 * 60, 2 * 60).unwrap();
        assert_eq!(night.earliest(at(20, 1, 59)), at(20, 1, 59));
        assert_eq!(night.earliest(at(20, 2, 0)), at(20, 20, 0));
    }

    #[test]
    fn hours_that_nobody_can_keep_are_refused() {
        assert_eq!(Hours::new(540, 540), Err(HoursError::Empty(540)));
        assert_eq!(Hours::new(1440, 60), Err(HoursError::NotInDay(1440)));
        assert_eq!(Hours::new(60, 1441), Err(HoursError::NotInDay(1441)));
    }
}
