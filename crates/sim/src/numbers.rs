//! Crossing between whole numbers and reals, in one place. Refuses to touch the client's money: this is pretend money.

/// A real from a count. Exact below 2^53.
#[expect(
    clippy::as_conversions,
    reason = "u64 to f64 has no From; counts here stay far below 2^53"
)]
pub const fn real(value: u64) -> f64 {
    value as f64
}

/// Nearest whole number, clamped into u32; NaN becomes 0.
#[expect(
    clippy::as_conversions,
    reason = "float-to-int `as` saturates, which is the wanted clamp"
)]
pub fn whole(value: f64) -> u32 {
    value.round() as u32
}

/// Microseconds from real seconds, saturating.
#[expect(
    clippy::as_conversions,
    reason = "float-to-int `as` saturates, which is the wanted clamp"
)]
pub fn micros(seconds: f64) -> i64 {
    (seconds * 1_000_000.0) as i64
}

/// A length as an index type of the compact tables.
pub fn index(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// A stored index as a position in a slice.
pub fn place(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

/// A length as a wire number.
pub fn count(value: usize) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}
