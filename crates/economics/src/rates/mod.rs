//! Published rates with their days in force, sources and confidence, as kept in `facts/`. Refuses to fill a hole between two days.

mod commission;
mod day;
mod error;
mod fact;
mod regime;
mod region;

pub use commission::{CommissionRate, Matched, commission, find_categories};
pub use day::Day;
pub use error::RateError;
pub(crate) use fact::tax_step;
pub use fact::{Confidence, Fact, mrp, tax_fact, vat_rate};
pub use regime::{Regime, UnitTaxes, regimes_on, unit_taxes};
pub(crate) use region::BasisPointsText;
pub use region::{LocalRate, simplified_rate};

/// The day to which the tables of `facts/` are known; rates without an end are in force as far as was known then.
pub const KNOWN_TO: &str = "2026-11-21";
