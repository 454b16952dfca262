//! The market: categories and queries that are read, what changed, reviews of own goods, interest in searches.
//! Refuses to read the marketplace itself.

mod act;
mod compare;
mod files;
mod raws;
mod reviews;
mod show;
mod trends;

use crate::{door::Desk, pages::system::first_shop};
use axum::{
    Router,
    routing::{get, post},
};

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route(
            "/market",
            get(async |desk, who| first_shop(desk, who, "market").await),
        )
        .route(
            "/market/reviews",
            get(async |desk, who| first_shop(desk, who, "market/reviews").await),
        )
        .route(
            "/market/trends",
            get(async |desk, who| first_shop(desk, who, "market/trends").await),
        )
        .route(
            "/market/compare",
            get(async |desk, who| first_shop(desk, who, "market/compare").await),
        )
        .route("/s/{shop}/market", get(show::page).post(act::add))
        .route("/s/{shop}/market/settings", post(act::settings))
        .route("/s/{shop}/market/track", post(act::track))
        .route("/s/{shop}/market/compare", get(compare::page))
        .route("/s/{shop}/market/compare/export.csv", get(compare::csv))
        .route("/s/{shop}/market/reviews", get(reviews::page))
        .route("/s/{shop}/market/reviews/export.csv", get(reviews::csv))
        .route("/s/{shop}/market/trends", get(trends::page).post(act::trends))
        .route("/s/{shop}/market/asks", post(trends::ask))
        .route("/s/{shop}/market/answers", get(raws::page))
        .route("/s/{shop}/market/answers/{raw}", get(raws::one))
        .route("/s/{shop}/market/files", get(files::file))
        .route("/s/{shop}/market/{source}/export.csv", get(show::csv))
        .route("/s/{shop}/market/{source}/{act}", post(act::turn))
}
