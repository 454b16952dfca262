//! How numbers, money, times and phones are shown and read: one way for pages, API texts and exports. Refuses to round so
//! that parts stop adding up.

mod number;
mod phone;
mod read;
mod time;

pub use number::{bytes, change, group, money, number, share, share_change, tenge, tenge_bare};
pub use phone::{phone, phone_masked};
pub use read::{read_share, read_tenge};
pub use time::{
    Deadline, Urgency, ago, clock, clock_seconds, date, date_time, deadline, full, moment, span, weekday,
};

/// Between groups of digits and before units: a space that does not break.
pub const SPACE: char = '\u{a0}';
/// A real minus.
pub const MINUS: char = '\u{2212}';
