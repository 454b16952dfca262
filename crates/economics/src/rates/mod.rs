//! Published rates with their days in force, sources and confidence, as kept in `facts/`. Refuses to fill a hole between two days.

mod commission;
mod day;
mod error;
mod fact;
mod regime;
mod region;

pub use commission::{CommissionRate, Matched, commission, commission_known, find_categories};
pub use day::Day;
pub use error::RateError;
pub(crate) use fact::tax_step;
pub use fact::{Confidence, Fact, mrp, tax_fact, vat_rate};
pub use regime::{Regime, UnitTaxes, regimes_on, unit_taxes};
pub(crate) use region::BasisPointsText;
pub use region::{LocalRate, retail_rate, simplified_rate};

use sauda_kernel::Span;

/// The day to which the tables of `facts/` are known; rates without an end are in force as far as was known then.
pub const KNOWN_TO: &str = "2026-11-21";

/// Tables checked longer ago than this may no longer hold.
const STALE_AFTER: Span = Span::from_days(90);

/// Whether the tables were last checked so long before a day that it is worth saying.
pub fn is_stale_on(day: Day) -> bool {
    Day::parse(KNOWN_TO).is_some_and(|known| day.start().since(known.start()) > STALE_AFTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_stale_ninety_days_after_they_were_checked_and_not_the_day_after() {
        let known = Day::parse(KNOWN_TO).unwrap();
        let after = |days| Day::of(known.start().plus(Span::from_days(days)));
        assert_eq!(
            [-400, 0, 1, 90, 91, 400].map(|days| is_stale_on(after(days))),
            [false, false, false, false, true, true]
        );
    }
}
