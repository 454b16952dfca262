//! What was earned and what tax it makes, from orders that buyers received. Refuses to keep a table or to guess a cost.

mod costs;
mod error;
mod fold;
mod price;
mod service;

pub use error::ReportsError;
pub use fold::{Group, GroupBy, Missing, Profit, Sums, fold};
pub use price::{Facts, Known, PricedLine, price_order};
pub use service::{Asked, Reports, Turnover};
