//! Kaspi.kz as a marketplace: cabinet sign-in, own offers, price changes, the storefront, orders. Refuses to keep state, budgets or retries:
//! those are the caller's.

mod cabinet;
mod cards;
mod cities;
mod doctor;
mod http;
mod market;
mod official;
pub mod read;
mod session;
mod settings;
mod storefront;
mod wire;

pub use cities::{City, city_table};
pub use doctor::{Finding, Probe, Probes, Verdict};
pub use market::KaspiMarket;
pub use settings::KaspiSettings;
