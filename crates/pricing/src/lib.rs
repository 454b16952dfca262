//! Keeps offers where their sellers want them at a price that still earns. Refuses to know a concrete marketplace.

pub mod backtest;
pub mod command;
pub mod decide;
mod float;
pub mod model;
pub mod plan;
