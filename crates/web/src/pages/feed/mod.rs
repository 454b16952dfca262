//! The price list: its public address, and the page of those who look after it. Refuses to write a list itself.

mod act;
mod http_date;
mod serve;
mod show;

use crate::door::Desk;
use axum::{
    Router,
    extract::State,
    response::Redirect,
    routing::{get, post},
};
use sauda_edge::{Person, Refusal, need};

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/feeds/{file}", get(serve::list))
        .route(
            "/catalog/feed",
            get(async |desk, who| first(desk, who, "feed").await),
        )
        .route("/s/{shop}/catalog/feed", get(show::page))
        .route("/s/{shop}/catalog/feed/rows.csv", get(show::csv))
        .route("/s/{shop}/catalog/feed/way", post(act::way))
        .route("/s/{shop}/catalog/feed/address", post(act::address))
        .route("/s/{shop}/catalog/feed/agree", post(act::agree))
}

/// The page of the first shop; connecting one when there is none.
pub(crate) async fn first(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    page: &'static str,
) -> Result<Redirect, Refusal> {
    let shops = desk.catalog.shops(who.scope()).await?;
    Ok(Redirect::to(&match shops.first() {
        Some(shop) => format!("/s/{}/catalog/{page}", shop.slug),
        None => "/connect".to_owned(),
    }))
}
