//! What lies where, what is promised of it, and what to reorder.

pub mod command;
mod error;
pub mod foresee;
mod jobs;
pub mod layers;
mod model;
pub mod reorder;
mod service;
mod store;

pub use error::StockError;
pub use jobs::{ForeseeAllJob, ForeseeJob};
pub use model::{
    Balance, BatchCost, CostKind, Costing, CountLine, Counting, Landed, Landing, LineState, Movement,
    MovementKind, NewMovement, OrderGoods, OrderStock, OrderWish, PaidIn, Promise, Promotion, Purchase,
    PurchaseLine, PurchaseState, Settings, Supplier, Supply, Warehouse, day_of, land, tax_inside,
};
pub use service::{
    CostBook, CostFrom, Delivered, DemandFrom, Following, ForeseeRun, LayerRow, NewLine, NewPaidIn,
    OfferDemand, OfferGoods, OffersGoods, PurchaseChange, Receipt, Received, ReorderFilter, ReorderList,
    ReorderRow, Standing, Stock, StockTeller, Wanted,
};
