//! Every statement about the room's tables. Refuses rules.

pub(crate) mod counts;
pub(crate) mod ledger;
pub(crate) mod order_lines;
pub(crate) mod places;
pub(crate) mod purchases;
pub(crate) mod supply;
