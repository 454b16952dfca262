//! The doors of the pretend Kaspi, by service. Refuses to keep state of its own.

pub mod cabinet;
pub mod gate;
pub mod identity;
pub mod official;
pub mod pricefeed;
pub mod storefront;
pub mod wire;

use crate::sim::Sim;
use axum::Router;
use std::sync::Arc;

/// Every path of every host; they do not collide.
pub fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .merge(storefront::routes())
        .merge(cabinet::routes())
        .merge(identity::routes())
        .merge(pricefeed::routes())
        .merge(official::routes())
}
