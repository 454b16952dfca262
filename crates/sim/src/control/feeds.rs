//! `/_sim/api/feeds`: which price lists are fetched, what came of it, and "now". Refuses to fetch by itself.

use crate::{feeds, kaspi::wire::json, sim::Sim};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use sauda_kernel::Clock as _;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

type World = State<Arc<Sim>>;

pub async fn list(State(sim): World) -> Response {
    json(StatusCode::OK, &sim.feeds.to_json(&sim))
}

/// `{"shop":"30067228","url":"http://127.0.0.1:8080/feeds/….xml"}`; without an address the list is fetched no more.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    shop: String,
    url: Option<String>,
}

pub async fn set(State(sim): World, body: Bytes) -> Response {
    let address: Address = match serde_json::from_slice(&body) {
        Ok(address) => address,
        Err(error) => {
            return json(
                StatusCode::UNPROCESSABLE_ENTITY,
                &json!({"error": error.to_string()}),
            );
        }
    };
    let Some((shop, _)) = sim.world.shop(&address.shop) else {
        return unknown(&address.shop);
    };
    if let Some(url) = &address.url
        && (!url.starts_with("http://") || url.contains(['\r', '\n', ' ']))
    {
        let error = format!("{url:?} is no http:// address");
        return json(StatusCode::UNPROCESSABLE_ENTITY, &json!({"error": error}));
    }
    sim.feeds.set(shop, address.url, sim.clock.now());
    json(StatusCode::OK, &sim.feeds.to_json(&sim))
}

/// Fetches now and tells what came of it.
pub async fn pull(State(sim): World, Path(uid): Path<String>) -> Response {
    let Some((shop, _)) = sim.world.shop(&uid) else {
        return unknown(&uid);
    };
    match feeds::pull(&sim, shop).await {
        Some(pull) => json(StatusCode::OK, &pull.to_json()),
        None => json(
            StatusCode::NOT_FOUND,
            &json!({"error": format!("the shop {uid} gave no address")}),
        ),
    }
}

fn unknown(uid: &str) -> Response {
    json(
        StatusCode::NOT_FOUND,
        &json!({"error": format!("there is no shop {uid}")}),
    )
}
