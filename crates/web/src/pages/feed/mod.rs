//! The price list: its public address, and the page of those who look after it. Refuses to write a list itself.

mod act;
mod http_date;
mod serve;
mod show;

use crate::{door::Desk, pages::system::first_shop};
use axum::{
    Router,
    routing::{get, post},
};

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/feeds/{file}", get(serve::list))
        .route(
            "/catalog/feed",
            get(async |desk, who| first_shop(desk, who, "catalog/feed").await),
        )
        .route("/s/{shop}/catalog/feed", get(show::page))
        .route("/s/{shop}/catalog/feed/rows.csv", get(show::csv))
        .route("/s/{shop}/catalog/feed/way", post(act::way))
        .route("/s/{shop}/catalog/feed/products", post(act::products))
        .route("/s/{shop}/catalog/feed/address", post(act::address))
        .route("/s/{shop}/catalog/feed/agree", post(act::agree))
}
