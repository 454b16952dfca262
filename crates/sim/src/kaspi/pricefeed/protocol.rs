//! What became of the last change of each sku. Refuses to keep history: the cabinet's rows are the newest only. Only `sku` is recorded of real rows.

use crate::{
    kaspi::{cabinet::session, pricefeed::process::bad_request, wire::json},
    locks::read,
    sim::Sim,
};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    merchant_uid: String,
    sku_list: Vec<String>,
}

/// `POST /pricefeed/protocol/merchant/offer/list/s`
pub async fn rows(State(sim): State<Arc<Sim>>, headers: HeaderMap, body: Bytes) -> Response {
    let Ok(asked) = serde_json::from_slice::<Asked>(&body) else {
        return bad_request();
    };
    let shop = match session::shop(&sim, &headers, &asked.merchant_uid) {
        Ok((_, shop)) => shop,
        Err(refusal) => return *refusal,
    };
    let state = read(&shop.state);
    let mut rows = Vec::new();
    for sku in &asked.sku_list {
        let Some(protocol) = state.find(sku).and_then(|(_, offer)| offer.protocol.as_ref()) else {
            continue;
        };
        rows.push(json!({
            "sku": sku, "merchantUid": shop.uid, "fileId": protocol.job, "status": protocol.status, "errorCodes": protocol.errors,
            "uploadedDate": protocol.at.rfc3339(),
        }));
    }
    json(StatusCode::OK, &Value::Array(rows))
}
