//! Demand forecasts: how much of a product will be asked for, how sure that is, and what a price does to it. Refuses to keep
//! anything, to know a shop or an order, and to guess where there is not enough data.

pub mod adjust;
pub mod calendar;
pub mod command;
pub mod fill;
pub mod forecast;
mod frequency;
pub mod learned;
pub mod models;
pub mod neighbours;
mod number;
pub mod prepare;
pub mod response;
mod search;
mod season;
pub mod spread;
pub mod standing;
pub mod told;

pub use frequency::Frequency;
