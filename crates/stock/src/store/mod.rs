//! Every statement about the room's tables. Refuses rules.

pub(crate) mod counts;
pub(crate) mod forecasts;
pub(crate) mod foresee_runs;
pub(crate) mod ledger;
pub(crate) mod order_lines;
pub(crate) mod piece_costs;
pub(crate) mod places;
pub(crate) mod purchases;
pub(crate) mod supply;
