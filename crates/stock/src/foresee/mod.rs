//! What demand is expected: made from past days, kept for each product, used by advice. Refuses shops and clocks.

mod kept;
mod make;
pub(crate) mod past;

pub use kept::{FirstPlace, Foreseen, PriceEffect, PriceSaid, Tested};
pub(crate) use make::LOOK_BACK_DAYS;
pub use make::{AHEAD_DAYS, Past, foresee};

use sauda_forecast::{Frequency, calendar};

/// Special days of Kazakhstan from a day on, over so many: the day and the names of what it is.
pub fn special_days(from: i64, days: i64) -> Vec<(i64, &'static str)> {
    let first = calendar::Day::of(1970, 1, 1);
    (from..from.saturating_add(days))
        .flat_map(|day| {
            let named = calendar::events(first.plus(day), Frequency::Daily);
            named.into_iter().map(move |(name, _)| (day, name))
        })
        .collect()
}
