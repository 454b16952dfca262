//! Many offers on or off sale at once. Refuses nothing about stock numbers: they remove the offer, as in life.

use crate::{
    kaspi::{
        cabinet::session,
        pricefeed::{
            process::{accept, bad_request, refused_by_limit},
            reading::Body,
        },
        wire::json,
    },
    locks::lock,
    sim::Sim,
    world::ledger::Door,
};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::json;
use std::sync::Arc;

/// `POST /pricefeed/upload/merchant/process/process/batch`
pub async fn batch(State(sim): State<Arc<Sim>>, headers: HeaderMap, body: Bytes) -> Response {
    let Ok(asked) = serde_json::from_slice::<Vec<Body>>(&body) else {
        return bad_request();
    };
    let Some(first) = asked.first() else {
        return bad_request();
    };
    let (shop_at, shop) = match session::shop(&sim, &headers, &first.merchant_uid) {
        Ok(found) => found,
        Err(refusal) => return *refusal,
    };
    if asked.iter().any(|one| one.merchant_uid != first.merchant_uid) {
        return bad_request();
    }
    if let Some(refusal) = refused_by_limit(&sim, shop_at, crate::numbers::index(asked.len())) {
        return refusal;
    }
    let mut changes = Vec::with_capacity(asked.len());
    for one in &asked {
        let Some(change) = one.change(&sim, true) else {
            return bad_request();
        };
        changes.push((one.sku.as_str(), change));
    }
    let job = lock(&sim.luck).hex(24);
    for (sku, change) in changes {
        accept(&sim, shop_at, shop, sku, change, Door::Batch, &job);
    }
    json(StatusCode::OK, &json!({"id": job}))
}
