//! The JSON interface under `/api/v1` and its description. Refuses to hold rules: each request is one call of a service.

mod accounts;
mod automation;
mod catalog;
mod describe;
mod market;
mod messages;
mod money;
mod orders;
mod page;
mod pricing;
mod reports;
mod router;
mod shape;
mod state;
mod stock;
mod team;

pub use router::{openapi_json, routes};
pub use state::ApiState;
