//! Orders of buyers, from new to handed over. Refuses to know a concrete marketplace, and to do anything twice.

pub mod engine;
mod error;
pub mod fit;
pub mod model;
mod papers;
mod service;
mod store;

pub use error::OrdersError;
pub use papers::Papers;
pub use service::failed::FailedCommand;
pub use service::{
    Orders,
    changes::Happened,
    day::DayView,
    figures::OrderFigures,
    list::OrderPage,
    returned::ReturnPage,
    share::{CancelShare, Quality},
    sold::{MOST_SOLD, SoldLine},
    view::OrderView,
};
pub use store::{
    commands::Command,
    day_figures::{DayItem, ItemCounts},
    days::{DayRun, RunStep},
    events::{Event, Who},
    orders::{OrderCursor, OrderFilter, StageCounts},
    picks::Pick,
    reading::Reading,
    returned::{ReturnFilter, ReturnReading},
    waybills::Waybill,
};
