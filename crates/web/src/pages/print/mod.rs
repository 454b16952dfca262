//! Printing for packing: the list on screen, and labels, lists and waybills as files. Refuses to draw anything itself.

mod gather;
mod show;
mod walk;
mod which;

pub(crate) use which::MOST;

use crate::door::Desk;
use axum::{Router, routing::get};

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/s/{shop}/orders/print", get(show::page).post(show::pick))
        .route("/s/{shop}/orders/print/{file}", get(show::file))
        .route("/s/{shop}/orders/pick", get(walk::page).post(walk::take))
}
