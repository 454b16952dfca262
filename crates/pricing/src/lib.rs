//! Keeps offers where their sellers want them at a price that still earns. Refuses to know a concrete marketplace.

pub mod backtest;
pub mod board;
pub mod command;
pub mod decide;
pub mod engine;
mod error;
mod float;
pub mod model;
pub mod plan;
pub mod service;
mod store;

pub use error::PricingError;
pub use service::Pricing;
pub use store::{
    bulks::{Bulk, BulkState},
    changes::{Change, ChangeState},
    imports::Upload,
    records::{KeptDecision, PricePoint},
    sellers::{CardSeller, Guest, GuestCounts, GuestView},
};
