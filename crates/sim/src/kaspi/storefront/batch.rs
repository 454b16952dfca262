//! Prices of given sellers' offers at once. Refuses to list anybody who was not asked for. The answer's shape is ours: none was recorded.

use crate::{
    kaspi::{
        storefront::offers::merchant_id,
        wire::{json, service_error},
    },
    locks::read,
    sim::Sim,
};
use axum::{body::Bytes, extract::State, http::StatusCode, response::Response};
use sauda_kernel::Clock;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Question {
    city_id: String,
    entries: Vec<Wanted>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    sku: String,
    merchant_id: String,
}

/// `POST /yml/offer-view/offers`
pub async fn prices(State(sim): State<Arc<Sim>>, body: Bytes) -> Response {
    let Ok(question) = serde_json::from_slice::<Question>(&body) else {
        return service_error(StatusCode::BAD_REQUEST, "/offers", sim.clock.now());
    };
    let mut offers = Vec::new();
    if let Some(city) = sim.world.cities.find(&question.city_id) {
        for wanted in &question.entries {
            let Some((_, slot)) = sim.world.card(&wanted.sku) else {
                continue;
            };
            let state = read(&slot.state);
            let ladder = state.ladder(city, &sim.world.sellers);
            if let Some(line) = ladder
                .iter()
                .find(|line| merchant_id(&sim, &state, line.who) == wanted.merchant_id)
            {
                offers.push(json!({"masterSku": wanted.sku, "merchantId": wanted.merchant_id, "price": f64::from(line.price)}));
            }
        }
    }
    json(
        StatusCode::OK,
        &json!({"offers": offers, "total": offers.len(), "offersCount": offers.len()}),
    )
}
