//! What lies where, what is promised of it, and what to reorder.

pub mod command;
mod error;
pub mod layers;
mod model;
pub mod reorder;
mod service;
mod store;

pub use error::StockError;
pub use model::{
    Balance, BatchCost, CostKind, Costing, CountLine, Counting, Landed, Landing, LineState, Movement,
    MovementKind, NewMovement, OrderGoods, OrderStock, OrderWish, Purchase, PurchaseLine, PurchaseState,
    Settings, Supplier, Supply, Warehouse, day_of, land,
};
pub use service::{
    CostBook, Following, LayerRow, NewLine, Received, ReorderFilter, ReorderList, ReorderRow, Stock,
    StockTeller, Wanted,
};
