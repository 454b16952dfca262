//! Orders of buyers: the list, one order, acts, papers. Refuses to decide what may be done: the service does.

mod acts;
mod board;
mod bulk;
mod export;
mod fit;
mod list;
mod money;
mod one;
mod paper;
mod query;
mod show;
mod sizes;

use crate::door::Desk;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

/// A file of size tables with what a form adds around it.
const FILE_BODY_BYTES: usize = 9 * 1024 * 1024;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/s/{shop}/orders", get(list::page))
        .route("/s/{shop}/orders/news", get(list::news))
        .route("/s/{shop}/orders/bulk", post(bulk::bulk))
        .route("/s/{shop}/orders/read", post(acts::read_now))
        .route("/s/{shop}/orders/export.csv", get(export::csv))
        .route("/s/{shop}/orders/export.xlsx", get(export::xlsx))
        .route("/s/{shop}/orders/sizes", get(sizes::page))
        .route("/s/{shop}/orders/sizes/export.csv", get(sizes::export))
        .route("/s/{shop}/orders/sizes/tables.csv", get(sizes::tables))
        .route(
            "/s/{shop}/orders/sizes/import",
            post(sizes::load).layer(DefaultBodyLimit::max(FILE_BODY_BYTES)),
        )
        .route("/s/{shop}/orders/sizes/edit", post(sizes::edit))
        .route(
            "/s/{shop}/orders/sizes/tables/{tables}",
            get(sizes::check).post(sizes::turn),
        )
        .route("/s/{shop}/orders/{code}/size", post(fit::say))
        .route("/s/{shop}/orders/{code}", get(one::page))
        .route("/s/{shop}/orders/rows", get(list::waited))
        .route("/s/{shop}/orders/{code}/state", get(one::state))
        .route("/s/{shop}/orders/{code}/act", post(acts::act))
        .route("/s/{shop}/orders/{code}/waybill.pdf", get(paper::waybill))
}
