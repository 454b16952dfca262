//! What buyers send back. Refuses to accept or refuse a return: the cabinet's own page does.

mod show;

use crate::door::Desk;
use axum::{
    Router,
    routing::{get, post},
};

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/s/{shop}/orders/returns", get(show::page))
        .route("/s/{shop}/orders/returns/read", post(show::read_now))
        .route("/s/{shop}/orders/returns/export.csv", get(show::csv))
        .route("/s/{shop}/orders/returns/{id}", post(show::mark))
}
