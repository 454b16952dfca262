//! Stock: advice, forecasts, promotions, movements, suppliers, purchases, stock-taking.

pub(crate) mod advice;
pub(crate) mod counts;
pub(crate) mod forecast;
pub(crate) mod movements;
pub(crate) mod promotions;
pub(crate) mod purchases;
pub(crate) mod suppliers;

use sauda_edge::Refusal;
use sauda_kernel::{Id, IdKind, Kind, Public};

fn wrong(field: &'static str, value: &str) -> Refusal {
    let public = Public::new("invalid-value").field(field).arg("value", value);
    Refusal::new(Kind::Invalid, public)
}

fn id<K: IdKind>(field: &'static str, value: &str) -> Result<Id<K>, Refusal> {
    Id::parse(value).map_err(|_| wrong(field, value))
}
