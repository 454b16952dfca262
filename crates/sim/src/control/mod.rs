//! Looking at the world and meddling with it: page, JSON, faults, switches. Refuses to be part of any wire contract.

pub mod actions;
mod api;
mod channels;
pub mod counters;
pub mod faults;
mod feeds;
mod orders;
mod page;
pub mod settings;
mod views;

use crate::sim::Sim;
use axum::{
    Router,
    routing::{delete, get, post},
};
use std::sync::Arc;

pub fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route("/_sim/", get(page::home))
        .route("/_sim/do", post(page::act))
        .route("/_sim/api/world", get(api::world))
        .route(
            "/_sim/api/settings",
            get(api::settings).post(api::change_settings),
        )
        .route("/_sim/api/clock", get(api::clock).post(api::change_clock))
        .route("/_sim/api/codes", get(api::codes))
        .route(
            "/_sim/api/counters",
            get(api::counters).delete(api::reset_counters),
        )
        .route(
            "/_sim/api/faults",
            get(api::faults).post(api::add_fault).delete(api::clear_faults),
        )
        .route("/_sim/api/faults/{id}", delete(api::remove_fault))
        .route("/_sim/api/sessions/end", post(api::end_sessions))
        .route("/_sim/api/ledger", get(api::ledger))
        .route("/_sim/api/sales", get(api::sales))
        .route("/_sim/api/moves", get(api::moves))
        .route("/_sim/api/cards", get(api::cards))
        .route("/_sim/api/cards/{card}", get(api::card))
        .route("/_sim/api/cards/{card}/rivals", post(api::add_rival))
        .route(
            "/_sim/api/cards/{card}/rivals/{merchant}",
            post(api::change_rival).delete(api::remove_rival),
        )
        .route("/_sim/api/shops/{uid}/offers", get(api::shop_offers))
        .route("/_sim/api/shops/{uid}/offers/{sku}", post(api::change_offer))
        .route("/_sim/api/shops/{uid}/points/{code}", post(api::change_point))
        .route("/_sim/api/shops/{uid}/orders", post(orders::add))
        .route("/_sim/api/feeds", get(feeds::list).post(feeds::set))
        .route("/_sim/api/feeds/{uid}/pull", post(feeds::pull))
        .route("/_sim/api/orders", get(orders::list))
        .route("/_sim/api/orders/{code}", get(orders::look))
        .route("/_sim/api/orders/{code}/return", post(orders::send_back))
        .route("/_sim/api/shops/{uid}/ban", post(api::ban_shop))
}
