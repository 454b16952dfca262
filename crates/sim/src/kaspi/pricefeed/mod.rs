//! Price and sale changes and what became of them. Refuses to apply any: jobs do, later.

mod batch;
pub mod limit;
mod process;
mod protocol;
mod reading;

use crate::sim::Sim;
use axum::{Router, routing::post};
use std::sync::Arc;

pub fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route("/pricefeed/upload/merchant/process", post(process::process))
        .route(
            "/pricefeed/upload/merchant/process/process/batch",
            post(batch::batch),
        )
        .route("/pricefeed/protocol/merchant/offer/list/s", post(protocol::rows))
}
