//! Numbers as Kaspi writes them: `2`, `2.0`, `"2"`, `"443 589 ₸"`, null. Refuses to round: a fraction stays a fraction.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A place where a number is expected. Never fails to be read: what is odd says so.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Number {
    /// Missing or null.
    #[default]
    Absent,
    Whole(i64),
    /// In thousandths, when the number is not whole.
    Milli(i64),
    /// Not a number.
    Odd,
}

/// Largest magnitude that a float holds exactly and that thousandths of still fit in 64 bits.
const EXACT: f64 = 9_000_000_000_000.0;

impl Number {
    /// A whole number if one is there.
    pub const fn whole(self) -> Option<i64> {
        match self {
            Self::Whole(value) => Some(value),
            Self::Absent | Self::Milli(_) | Self::Odd => None,
        }
    }

    /// A price: whole tenge above zero.
    ///
    /// # Errors
    /// What is wrong with it, for the list of refused rows.
    pub fn price(self) -> Result<sauda_kernel::Tenge, String> {
        match self {
            Self::Whole(value) if value > 0 => Ok(sauda_kernel::Tenge(value)),
            Self::Whole(value) => Err(format!("price {value} is not above zero")),
            Self::Milli(value) => Err(format!("price {} is not whole tenge", Thousandths(value))),
            Self::Absent => Err("no price".to_owned()),
            Self::Odd => Err("price is not a number".to_owned()),
        }
    }

    /// A count of things: absent is absent, anything but a whole number from zero on is refused.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn count(self, what: &str) -> Result<Option<i64>, String> {
        match self {
            Self::Absent => Ok(None),
            Self::Whole(value) if value >= 0 => Ok(Some(value)),
            Self::Whole(value) => Err(format!("{what} {value} is below zero")),
            Self::Milli(value) => Err(format!("{what} {} is not whole", Thousandths(value))),
            Self::Odd => Err(format!("{what} is not a number")),
        }
    }

    /// Stars in thousandths, 4.8 is 4800. Zero means that nobody has rated yet; outside of 0…5 it is no rating.
    pub fn stars_milli(self) -> Option<i32> {
        let milli = match self {
            Self::Whole(value) => value.checked_mul(1000)?,
            Self::Milli(value) => value,
            Self::Absent | Self::Odd => return None,
        };
        if (1..=5000).contains(&milli) {
            i32::try_from(milli).ok()
        } else {
            None
        }
    }

    fn from_float(value: f64) -> Self {
        if !value.is_finite() || value.abs() > EXACT {
            return Self::Odd;
        }
        let whole = truncate(value);
        if value.fract() == 0.0 {
            Self::Whole(whole)
        } else {
            Self::Milli(to_milli(value))
        }
    }

    fn from_text(text: &str) -> Self {
        let mut digits = String::with_capacity(text.len());
        for letter in text.trim().trim_end_matches('₸').chars() {
            match letter {
                ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => {}
                ',' => digits.push('.'),
                other => digits.push(other),
            }
        }
        if digits.is_empty() {
            return Self::Absent;
        }
        if let Ok(whole) = digits.parse::<i64>() {
            return Self::Whole(whole);
        }
        let plain = digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
        match digits.parse::<f64>() {
            Ok(value) if plain => Self::from_float(value),
            _ => Self::Odd,
        }
    }
}

struct Thousandths(i64);

impl fmt::Display for Thousandths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        let text = format!("{:03}", size % 1000);
        write!(f, "{sign}{}.{}", size / 1000, text.trim_end_matches('0'))
    }
}

#[expect(
    clippy::as_conversions,
    reason = "finite and below 9e12 by the caller's check; there is no other way from a float to an integer"
)]
const fn truncate(value: f64) -> i64 {
    value as i64
}

/// Thousandths of a float that is not whole, never the same as a whole number.
fn to_milli(value: f64) -> i64 {
    let milli = truncate((value * 1000.0).round());
    if milli % 1000 == 0 { milli + 1 } else { milli }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }
    fn visit_i64<E>(self, value: i64) -> Result<Number, E> {
        Ok(Number::Whole(value))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Number, E> {
        Ok(i64::try_from(value).map_or(Number::Odd, Number::Whole))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Number, E> {
        Ok(Number::from_float(value))
    }
    fn visit_str<E>(self, text: &str) -> Result<Number, E> {
        Ok(Number::from_text(text))
    }
    fn visit_bool<E>(self, _: bool) -> Result<Number, E> {
        Ok(Number::Odd)
    }
    fn visit_unit<E>(self) -> Result<Number, E> {
        Ok(Number::Absent)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut rest: A) -> Result<Number, A::Error> {
        while rest.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Number::Odd)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut rest: A) -> Result<Number, A::Error> {
        while rest.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Number::Odd)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_kernel::Tenge;

    #[test]
    fn numbers_are_read_in_every_spelling_that_was_seen() {
        let check = |json: &str, wanted: Number| {
            assert_eq!(serde_json::from_str::<Number>(json).unwrap(), wanted, "{json}");
        };
        check("670", Number::Whole(670));
        check("361788.0", Number::Whole(361_788));
        check("2.0", Number::Whole(2));
        check(r#""2.0""#, Number::Whole(2));
        check("\"443\u{a0}589 ₸\"", Number::Whole(443_589));
        check("10.5", Number::Milli(10_500));
        check("4.64", Number::Milli(4640));
        check(r#""10,5""#, Number::Milli(10_500));
        check("10.0001", Number::Milli(10_001));
        check("null", Number::Absent);
        check(r#""""#, Number::Absent);
        check(r#""дорого""#, Number::Odd);
        check(r#""inf""#, Number::Odd);
        check("true", Number::Odd);
        check("[1]", Number::Odd);
        check(r#"{"value":1}"#, Number::Odd);
        check("18446744073709551615", Number::Odd);
        check("1e300", Number::Odd);
    }

    #[test]
    fn only_whole_tenge_above_zero_is_a_price() {
        assert_eq!(Number::Whole(1).price(), Ok(Tenge(1)));
        assert_eq!(
            Number::Whole(0).price(),
            Err("price 0 is not above zero".to_owned())
        );
        assert_eq!(
            Number::Whole(-5).price(),
            Err("price -5 is not above zero".to_owned())
        );
        assert_eq!(
            Number::Milli(10_500).price(),
            Err("price 10.5 is not whole tenge".to_owned())
        );
        assert_eq!(
            Number::Milli(-2_050).price(),
            Err("price -2.05 is not whole tenge".to_owned())
        );
        assert_eq!(Number::Absent.price(), Err("no price".to_owned()));
        assert_eq!(Number::Odd.price(), Err("price is not a number".to_owned()));
    }

    #[test]
    fn stars_become_thousandths() {
        assert_eq!(Number::Milli(4_800).stars_milli(), Some(4800));
        assert_eq!(Number::Whole(5).stars_milli(), Some(5000));
        assert_eq!(Number::Whole(0).stars_milli(), None);
        assert_eq!(Number::Whole(9).stars_milli(), None);
    }
}
