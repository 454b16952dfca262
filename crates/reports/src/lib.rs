//! What was earned and what tax it makes, from orders that buyers received; and reports that are made by themselves and kept.
//! Refuses to guess a cost, to own another room's facts, and to send anything itself.

mod compose;
mod costs;
mod error;
mod findings;
mod fold;
mod price;
mod service;
mod store;
pub mod timed;

pub use error::ReportsError;
pub use findings::{Bar, Col, Findings, Part, Value};
pub use fold::{Group, GroupBy, Missing, Profit, Sums, fold};
pub use price::{Facts, Known, PricedLine, price_order};
pub use service::{Asked, Expenses, Reports, Turnover};
pub use timed::ReportPlans;
