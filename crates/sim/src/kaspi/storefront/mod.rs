//! The public storefront: offers, listings, product pages, reviews, menu. Refuses to know sessions.

mod batch;
pub mod cache;
pub mod limit;
mod listing;
mod offers;
mod product;
mod reviews;
mod slug;

use crate::sim::Sim;
use axum::{
    Router,
    routing::{get, post},
};
use std::sync::Arc;

pub use listing::picture_location;
pub use offers::merchant_id;
pub use product::{gallery_image, offset_time, specifications};
pub use slug::slug;

pub fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route(
            "/yml/offer-view/offers/{card}",
            post(offers::offers).fallback(offers::wrong_method),
        )
        .route("/yml/offer-view/offers", post(batch::prices))
        .route("/yml/product-view/pl/results", get(listing::results))
        .route("/yml/product-view/pl/filters", get(listing::filters))
        .route("/yml/main-navigation/n/n/desktop-menu", get(listing::menu))
        .route(
            "/yml/review-view/api/v1/reviews/product/{card}",
            get(reviews::of_card),
        )
        .route(
            "/yml/review-view/api/v1/reviews/merchant/{merchant}",
            get(reviews::of_merchant),
        )
        .route("/shop/p/{slug}/", get(product::page))
        .route("/shop/p/{slug}", get(product::page))
        .route("/shop/search/", get(product::search_shell))
}
