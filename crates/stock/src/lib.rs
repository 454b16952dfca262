//! What lies where, what is promised of it, and what to reorder.

pub mod command;
mod error;
pub mod foresee;
mod jobs;
mod model;
pub mod reorder;
mod service;
mod store;

pub use error::StockError;
pub use jobs::{ForeseeAllJob, ForeseeJob};
pub use model::{
    Balance, CountLine, Counting, LineState, Movement, MovementKind, NewMovement, OrderGoods, OrderStock,
    OrderWish, Purchase, PurchaseLine, PurchaseState, Settings, Supplier, Supply, Warehouse, day_of,
    spread_cost,
};
pub use service::{
    Delivered, DemandFrom, Following, ForeseeRun, OfferDemand, Received, ReorderFilter, ReorderList,
    ReorderRow, Stock, StockTeller, Wanted,
};
