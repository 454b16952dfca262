//! Orders of buyers, from new to handed over. Refuses to know a concrete marketplace, and to do anything twice.

pub mod engine;
mod error;
pub mod model;
mod service;
mod store;

pub use error::OrdersError;
pub use service::{Orders, list::OrderPage, share::CancelShare, view::OrderView};
pub use store::{
    commands::Command,
    events::{Event, Who},
    orders::{OrderCursor, OrderFilter, StageCounts},
    reading::Reading,
    waybills::Waybill,
};
