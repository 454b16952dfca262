//! Money for programs: what a sale earns, taxes, own rates, profit.

pub(crate) mod asked;
pub(crate) mod kept;
pub(crate) mod profit;
pub(crate) mod rates;
pub(crate) mod saved;
