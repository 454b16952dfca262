//! What a sale really earns: floors of prices and the parts of a price. Refuses to decide a price.

mod error;
mod floor;
mod parts;
mod shop;
mod tariff;
mod unit;

pub use error::FloorError;
pub use floor::{floor, loss_gaps};
pub use parts::{CommissionVat, Delivery, FloorParts, LARGEST_PRICE, Wish};
pub use shop::{DeliveryChoice, ShopEconomics};
pub use tariff::{DeliveryService, DeliveryStep, delivery_steps};
pub use unit::{Breakdown, unit};
