//! The seller's cabinet: merchants, points, own catalogue, validation. Refuses to change prices; the price feed does.

mod details;
mod graphql;
mod offers;
mod refunds;
pub mod session;

use crate::sim::Sim;
use axum::{
    Router,
    routing::{get, post},
};
use std::sync::Arc;

pub fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route("/mc/facade/graphql", post(graphql::answer))
        .route(
            "/refund/api/v1/merchant-cabinet/load-refunds-count",
            get(refunds::count),
        )
        .route(
            "/refund/api/v1/merchant-cabinet/load-refunds-by-tab",
            get(refunds::list),
        )
        .route(
            "/refund/api/v1/merchant-cabinet/load-refund-details",
            get(refunds::details),
        )
        .route("/bff/offer-view/list", get(offers::list))
        .route("/bff/offer-view/details", get(details::details))
        .route("/bff/offer-view/points", get(graphql::points))
        .route("/offers/api/v1/offer/details", post(offers::by_skus))
        .route("/offers/api/v1/offer/count", get(offers::count))
        .route("/offers/api/v1/price/lowest", get(offers::lowest))
        .route(
            "/offer-validation-api/merchant/offer/validate/v2",
            post(offers::validate),
        )
        .route(
            "/product/stock/mc/obligated-merchant/check",
            get(graphql::obligated),
        )
        .route("/merchant-nct/mc/nct/kassa-status", get(graphql::kassa))
        .route(
            "/content/pending/mc/product/{merchant}/count",
            get(graphql::moderation_count),
        )
}
