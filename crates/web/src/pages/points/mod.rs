//! Preorders and warehouses of a shop. Refuses to send anything: what is kept here goes with the next list and the next price.

mod cities;
mod preorders;
mod warehouses;

use crate::{door::Desk, pages::system::first_shop};
use axum::{
    Router,
    routing::{get, post},
};

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .merge(cities::routes())
        .route(
            "/catalog/preorders",
            get(async |desk, who| first_shop(desk, who, "catalog/preorders").await),
        )
        .route(
            "/catalog/warehouses",
            get(async |desk, who| first_shop(desk, who, "catalog/warehouses").await),
        )
        .route(
            "/s/{shop}/catalog/preorders",
            get(preorders::page).post(preorders::save),
        )
        .route("/s/{shop}/catalog/preorders/{offer}/end", post(preorders::end))
        .route("/s/{shop}/catalog/warehouses", get(warehouses::page))
        .route("/s/{shop}/catalog/warehouses/{point}", post(warehouses::note))
        .route(
            "/s/{shop}/catalog/warehouses/{point}/stock",
            post(warehouses::stock),
        )
}
