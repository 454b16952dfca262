//! What a sale really earns: floors of prices and the parts of a price. Refuses to decide a price.

mod band;
pub mod command;
pub mod costing;
mod error;
mod floor;
pub mod landed;
pub mod money;
mod parts;
pub mod rates;
mod sale;
mod shop;
mod tariff;
pub mod tax;
mod unit;
mod words;

pub use band::{Band, own_steps, steps_over};
pub use error::FloorError;
pub use floor::{floor, loss_gaps};
pub use parts::{CommissionVat, Delivery, FloorParts, LARGEST_PRICE, Vat, Wish};
pub use sale::{Assumed, Pieces, Terms};
pub use shop::{DeliveryChoice, ShopEconomics};
pub use tariff::{
    DeliveryService, DeliveryStep, TariffBand, delivery_steps, fee_at, tariff_on, tariff_origin,
};
pub use unit::{Breakdown, Formula, unit};
