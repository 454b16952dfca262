//! The only doors between whole numbers and floats, for statistics. Refuses to carry money that is published.

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
