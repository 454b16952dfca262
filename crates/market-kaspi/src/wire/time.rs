//! Moments as Kaspi writes them: UTC or any offset, or Almaty wall time without a zone. Refuses to guess a broken one.

use sauda_kernel::Timestamp;

/// Reads `2026-09-21T18:00:00.000+00:00`, `…Z`, `…+05:00`, and as Almaty's wall time `2025-05-06T15:02:34.668`.
pub fn moment(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    let (wall_micros, rest) = wall_clock(bytes)?;
    let offset_micros = match rest {
        [] => i64::from(sauda_kernel::ALMATY_OFFSET_SECONDS) * 1_000_000,
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] | [sign @ (b'+' | b'-'), h1, h2, m1, m2] => {
            let minutes = pair(*h1, *h2)? * 60 + pair(*m1, *m2)?;
            let micros = minutes * 60_000_000;
            if *sign == b'-' { -micros } else { micros }
        }
        _ => return None,
    };
    Some(Timestamp::from_micros(wall_micros - offset_micros))
}

/// Reads `09.12.2022` as the first moment of that day in Almaty.
pub fn day(text: &str) -> Option<Timestamp> {
    match text.trim().as_bytes() {
        [d1, d2, b'.', m1, m2, b'.', y1, y2, y3, y4] => {
            let year = pair(*y1, *y2)? * 100 + pair(*y3, *y4)?;
            let (month, day) = (pair(*m1, *m2)?, pair(*d1, *d2)?);
            Timestamp::from_almaty(
                i32::try_from(year).ok()?,
                u32::try_from(month).ok()?,
                u32::try_from(day).ok()?,
                0,
                0,
                0,
            )
        }
        _ => None,
    }
}

/// Microseconds of `YYYY-MM-DDTHH:MM[:SS[.fraction]]` as if it were UTC, and what follows.
fn wall_clock(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let (head, mut rest) = bytes.split_at_checked(16)?;
    let [
        y1,
        y2,
        y3,
        y4,
        b'-',
        mo1,
        mo2,
        b'-',
        d1,
        d2,
        b'T' | b' ',
        h1,
        h2,
        b':',
        mi1,
        mi2,
    ] = head
    else {
        return None;
    };
    let year = pair(*y1, *y2)? * 100 + pair(*y3, *y4)?;
    let (month, day, hour, minute) = (
        pair(*mo1, *mo2)?,
        pair(*d1, *d2)?,
        pair(*h1, *h2)?,
        pair(*mi1, *mi2)?,
    );
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) || hour > 23 || minute > 59 {
        return None;
    }
    let mut micros = ((days_from_epoch(year, month, day) * 24 + hour) * 60 + minute) * 60_000_000;
    if let [b':', s1, s2, tail @ ..] = rest {
        let second = pair(*s1, *s2)?;
        if second > 60 {
            return None;
        }
        micros += second * 1_000_000;
        rest = tail;
        if let [b'.', tail @ ..] = rest {
            let digits = tail.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let (fraction, tail) = tail.split_at_checked(digits)?;
            if fraction.is_empty() {
                return None;
            }
            let mut unit = 100_000;
            for byte in fraction.iter().take(6) {
                micros += i64::from(byte - b'0') * unit;
                unit /= 10;
            }
            rest = tail;
        }
    }
    Some((micros, rest))
}

fn pair(tens: u8, ones: u8) -> Option<i64> {
    if tens.is_ascii_digit() && ones.is_ascii_digit() {
        Some(i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
    } else {
        None
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the Gregorian calendar, counting years from March so that the leap day comes last.
fn days_from_epoch(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_agree_with_the_calendar_library() {
        for text in [
            "2026-09-21T18:00:00.000+00:00",
            "2025-05-06T10:02:34.697589Z",
            "2025-05-07T14:45:48.198+05:00",
            "2024-02-29T23:59:59-03:30",
            "1999-12-31T00:00:00+0500",
            "2100-03-01T00:00:00.1Z",
        ] {
            assert_eq!(moment(text), Timestamp::parse(text).ok(), "{text}");
        }
        let mut day = 0;
        while day < 60_000 {
            let wanted = Timestamp::from_secs(day * 86_400 + 43_201);
            assert_eq!(moment(&wanted.rfc3339()), Some(wanted));
            day += 13;
        }
    }

    #[test]
    fn a_time_without_a_zone_is_almatys() {
        assert_eq!(
            moment("2025-05-06T15:02:34.668").unwrap().rfc3339(),
            "2025-05-06T10:02:34.668Z"
        );
        assert_eq!(
            moment("2025-12-12 15:24").unwrap().rfc3339(),
            "2025-12-12T10:24:00.000Z"
        );
        assert_eq!(day("09.12.2022").unwrap().rfc3339(), "2022-12-08T19:00:00.000Z");
    }

    #[test]
    fn broken_times_are_not_guessed() {
        for text in [
            "",
            "завтра",
            "2025-02-29T00:00:00Z",
            "2025-13-01T00:00:00Z",
            "2025-01-01",
            "2025-01-01T00:00:00.Z",
            "2025-01-01T00:00:00+5",
            "2025-01-01T24:00:00Z",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
        assert_eq!(day("31.02.2022"), None);
        assert_eq!(day("2022-12-09"), None);
    }
}
