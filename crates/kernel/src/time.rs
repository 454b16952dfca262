//! UTC microseconds inside, Asia/Almaty for people. Refuses to read a clock: see `Clock`.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, SecondsFormat, TimeZone, Timelike, Utc};
use std::{fmt, time::Duration};

/// Kazakhstan keeps UTC+5 in the whole country since 2024-03-01 (Government resolution 2024-01-19 № 9).
pub const ALMATY_OFFSET_SECONDS: i32 = 5 * 3600;

/// A moment: microseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

/// A length of time in whole microseconds; may be negative.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct Span(i64);

/// A text that is not a moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a time like 2026-11-20T12:41:08Z")]
pub struct InvalidTime(pub String);

/// A moment as people in Almaty read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalTime {
    pub year: i32,
    pub month: u32,
    pub day: u32,
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
    /// Monday is 1, Sunday is 7.
    pub weekday: u32,
}

impl Span {
    pub const ZERO: Self = Self(0);

    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1_000))
    }
    pub const fn from_secs(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }
    pub const fn from_mins(minutes: i64) -> Self {
        Self::from_secs(minutes.saturating_mul(60))
    }
    pub const fn from_hours(hours: i64) -> Self {
        Self::from_mins(hours.saturating_mul(60))
    }
    pub const fn from_days(days: i64) -> Self {
        Self::from_hours(days.saturating_mul(24))
    }
    pub const fn as_micros(self) -> i64 {
        self.0
    }
    pub const fn as_millis(self) -> i64 {
        self.0 / 1_000
    }
    pub const fn as_secs(self) -> i64 {
        self.0 / 1_000_000
    }
    pub const fn as_mins(self) -> i64 {
        self.0 / 60_000_000
    }
    /// For waiting; a negative span is no wait.
    pub fn to_std(self) -> Duration {
        Duration::from_micros(u64::try_from(self.0).unwrap_or(0))
    }
}

impl Timestamp {
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }
    pub const fn from_secs(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }
    pub const fn as_micros(self) -> i64 {
        self.0
    }
    pub const fn as_millis(self) -> i64 {
        self.0.div_euclid(1_000)
    }
    pub const fn as_secs(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }
    pub const fn plus(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
    pub const fn minus(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
    /// From `earlier` to this moment; negative when `earlier` is later.
    pub const fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }

    /// Reads RFC 3339, with any offset, `Z`, or the `+0000` form of some services.
    ///
    /// # Errors
    /// When the text is not such a time.
    pub fn parse(text: &str) -> Result<Self, InvalidTime> {
        DateTime::parse_from_rfc3339(text)
            .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"))
            .map(|moment| Self(moment.timestamp_micros()))
            .map_err(|_| InvalidTime(text.chars().take(60).collect()))
    }

    /// The moment of a wall time in Almaty (UTC+5).
    pub fn from_almaty(year: i32, month: u32, day: u32, hour: u32, minute: u32, second: u32) -> Option<Self> {
        let wall = NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(hour, minute, second)?;
        let moment = almaty()?.from_local_datetime(&wall).single()?;
        Some(Self(moment.timestamp_micros()))
    }

    /// As people in Almaty read it.
    pub fn local(self) -> LocalTime {
        let moment = DateTime::<Utc>::from_timestamp_micros(self.0).unwrap_or_default();
        let wall = moment.naive_utc() + chrono::Duration::seconds(i64::from(ALMATY_OFFSET_SECONDS));
        LocalTime {
            year: wall.year(),
            month: wall.month(),
            day: wall.day(),
            hour: wall.hour(),
            minute: wall.minute(),
            second: wall.second(),
            weekday: wall.weekday().number_from_monday(),
        }
    }

    /// The first moment of this day in Almaty.
    pub fn local_midnight(self) -> Self {
        let shifted = self
            .0
            .saturating_add(i64::from(ALMATY_OFFSET_SECONDS) * 1_000_000);
        let day = 86_400_000_000_i64;
        Self(shifted.div_euclid(day) * day - i64::from(ALMATY_OFFSET_SECONDS) * 1_000_000)
    }

    /// RFC 3339 in UTC with milliseconds.
    pub fn rfc3339(self) -> String {
        DateTime::<Utc>::from_timestamp_micros(self.0)
            .unwrap_or_default()
            .to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    /// RFC 3339 with Almaty's offset, whole seconds: for `<time datetime>`.
    pub fn rfc3339_almaty(self) -> String {
        let moment = DateTime::<Utc>::from_timestamp_micros(self.0).unwrap_or_default();
        match almaty() {
            Some(zone) => moment
                .with_timezone(&zone)
                .to_rfc3339_opts(SecondsFormat::Secs, true),
            None => moment.to_rfc3339_opts(SecondsFormat::Secs, true),
        }
    }
}

fn almaty() -> Option<FixedOffset> {
    FixedOffset::east_opt(ALMATY_OFFSET_SECONDS)
}

impl LocalTime {
    /// Minutes since local midnight, 0..1440.
    pub const fn minute_of_day(self) -> u32 {
        self.hour * 60 + self.minute
    }
    /// Hour of the week, Monday 00:00 is 0, 0..168.
    pub const fn hour_of_week(self) -> u32 {
        (self.weekday - 1) * 24 + self.hour
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn almaty_is_five_hours_ahead() {
        let moment = Timestamp::parse("2026-11-20T20:30:00Z").unwrap();
        let local = moment.local();
        assert_eq!(
            (local.day, local.hour, local.minute, local.weekday),
            (21, 1, 30, 6)
        );
        assert_eq!(
            moment.local_midnight(),
            Timestamp::from_almaty(2026, 11, 21, 0, 0, 0).unwrap()
        );
        assert_eq!(moment.rfc3339_almaty(), "2026-11-21T01:30:00+05:00");
    }

    #[test]
    fn times_of_the_marketplace_are_read() {
        let moment = Timestamp::parse("2026-09-21T18:00:00.000+00:00").unwrap();
        assert_eq!(moment.rfc3339(), "2026-09-21T18:00:00.000Z");
        assert!(Timestamp::parse("yesterday").is_err());
    }
}
