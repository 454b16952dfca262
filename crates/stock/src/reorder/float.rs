//! The only doors between whole numbers and floats, for statistics. Refuses to carry money.

/// The nearest float; whole numbers up to 2^53 are exact.
#[expect(
    clippy::as_conversions,
    reason = "the standard library has no other way from i64 to f64; statistics bear the rounding"
)]
pub(crate) const fn float(value: i64) -> f64 {
    value as f64
}

/// The nearest whole number; not-a-number is 0, too large is the largest.
#[expect(
    clippy::as_conversions,
    reason = "the standard library has no other way from f64 to i64; the cast saturates"
)]
pub(crate) fn whole(value: f64) -> i64 {
    value.round() as i64
}

/// A statistic as people are shown it: the nearest whole number.
pub fn rounded(value: f64) -> i64 {
    whole(value)
}

/// The smallest whole number that is not less, but for the dust of arithmetic.
pub(crate) fn whole_up(value: f64) -> i64 {
    whole((value - 1e-9 * value.abs().max(1.0)).ceil())
}

/// How many there are.
pub(crate) fn count(length: usize) -> f64 {
    float(i64::try_from(length).unwrap_or(i64::MAX))
}
