//! Orders of buyers: the list, one order, acts, papers. Refuses to decide what may be done: the service does.

mod acts;
mod export;
mod list;
mod one;
mod paper;
mod show;

use crate::door::Desk;
use axum::{
    Router,
    routing::{get, post},
};

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/s/{shop}/orders", get(list::page))
        .route("/s/{shop}/orders/news", get(list::news))
        .route("/s/{shop}/orders/bulk", post(acts::bulk))
        .route("/s/{shop}/orders/read", post(acts::read_now))
        .route("/s/{shop}/orders/export.csv", get(export::csv))
        .route("/s/{shop}/orders/export.xlsx", get(export::xlsx))
        .route("/s/{shop}/orders/{code}", get(one::page))
        .route("/s/{shop}/orders/rows", get(list::waited))
        .route("/s/{shop}/orders/{code}/state", get(one::state))
        .route("/s/{shop}/orders/{code}/act", post(acts::act))
        .route("/s/{shop}/orders/{code}/waybill.pdf", get(paper::waybill))
}
