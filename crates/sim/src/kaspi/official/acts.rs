//! What sellers do with orders. Refuses what Kaspi refuses, in its words.

use super::{answer, code_of, id_of, refusal, shop_of, unauthorized};
use crate::{
    kaspi::wire::json,
    sim::Sim,
    world::orders::{self, Order},
};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use sauda_kernel::Clock as _;
use serde_json::{Value, json};
use std::sync::Arc;

const REASONS: [&str; 3] = [
    "BUYER_CANCELLATION_BY_MERCHANT",
    "BUYER_NOT_REACHABLE",
    "MERCHANT_OUT_OF_STOCK",
];

/// `POST /orders`
pub async fn act(State(sim): State<Arc<Sim>>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(shop) = shop_of(&sim, &headers) else {
        return unauthorized();
    };
    let Ok(asked) = serde_json::from_slice::<Value>(&body) else {
        return refusal(StatusCode::BAD_REQUEST, "Request body is not readable.");
    };
    let told = asked.pointer("/data/attributes").cloned().unwrap_or_default();
    let word = |name: &str| told.get(name).and_then(Value::as_str).unwrap_or("");
    let id = asked.pointer("/data/id").and_then(Value::as_str).unwrap_or("");
    let places = told.get("numberOfSpace");
    let parcels = places
        .and_then(|places| {
            places
                .as_str()
                .map_or_else(|| places.as_u64(), |text| text.parse().ok())
        })
        .and_then(|parcels| u32::try_from(parcels).ok())
        .filter(|parcels| *parcels > 0);
    let now = sim.clock.now();
    let done = orders::act(&sim, shop, &code_of(id), |luck, at, order: &mut Order| {
        let none = |done: Result<(), orders::No>| done.map(|()| Vec::new());
        match word("status") {
            "ACCEPTED_BY_MERCHANT" => none(orders::accept(order, now)),
            "ASSEMBLE" => match parcels {
                Some(parcels) => orders::assemble(luck, at, order, parcels, now),
                None => Err("numberOfSpace is wrong"),
            },
            "CANCELLED" if REASONS.contains(&word("cancellationReason")) => {
                none(orders::cancel(order, word("cancellationReason")))
            }
            "CANCELLED" => Err("cancellationReason is empty or unknown"),
            "COMPLETED" => {
                let code = headers
                    .get("x-security-code")
                    .and_then(|code| code.to_str().ok())
                    .unwrap_or("");
                none(orders::complete(luck, order, code))
            }
            "ARRIVED_BACKWARD" => none(orders::take_back(order)),
            _ => Err("Status is unknown or not allowed"),
        }
    });
    match done {
        None => refusal(StatusCode::NOT_FOUND, "Order not found"),
        Some(Err(title)) => refusal(StatusCode::BAD_REQUEST, title),
        Some(Ok(wakes)) => {
            sim.wake_all(wakes);
            let mut told = told.clone();
            if let (Some(parcels), Some(members)) = (parcels, told.as_object_mut()) {
                members.insert("numberOfSpace".to_owned(), parcels.into());
            }
            let base = format!("{}/shop/api/v2/orders/{id}", sim.base());
            let links = |name: &str| json!({"self": format!("{base}/relationships/{name}"), "related": format!("{base}/{name}")});
            answer(&json!({
                "data": {
                    "type": "orders",
                    "id": id,
                    "attributes": told,
                    "relationships": {"user": {"links": links("user"), "data": null}, "entries": {"links": links("entries")}},
                    "links": {"self": base},
                },
                "included": [],
            }))
        }
    }
}

/// `POST /orderEntryCancelOperation`
pub async fn cancel_entry(State(sim): State<Arc<Sim>>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(shop) = shop_of(&sim, &headers) else {
        return unauthorized();
    };
    let Ok(asked) = serde_json::from_slice::<Value>(&body) else {
        return refusal(StatusCode::BAD_REQUEST, "Request body is not readable.");
    };
    let told = |name: &str| asked.pointer(&format!("/data/attributes/{name}"));
    let entry = asked
        .pointer("/data/relationships/entry/data/id")
        .and_then(Value::as_str)
        .unwrap_or("");
    let key = code_of(entry);
    let (code, number) = key.split_once("##").unwrap_or((&key, "0"));
    let number = number.parse().unwrap_or(usize::MAX);
    let left = told("remainedQuantity")
        .and_then(Value::as_u64)
        .and_then(|left| u32::try_from(left).ok());
    let reason = told("reason").and_then(Value::as_str).unwrap_or("");
    let done = orders::act(&sim, shop, code, |_, _, order| match left {
        Some(left) if REASONS.contains(&reason) => {
            orders::take_out(order, number, left, reason).map(|()| left)
        }
        _ => Err("remainedQuantity or reason is wrong"),
    });
    match done {
        None => refusal(StatusCode::NOT_FOUND, "Order not found"),
        Some(Err(title)) => refusal(StatusCode::BAD_REQUEST, title),
        Some(Ok(left)) => answer(&json!({
            "data": {
                "type": "orderEntryCancelOperation",
                "id": entry,
                "attributes": {"remainedWeight": 0.0, "remainedQuantity": left, "status": "INPROGRESS"},
                "relationships": {"entry": {"data": null}},
            },
            "included": [],
        })),
    }
}

/// `PUT /shop/api/orderPartialCancel/{order}`: goods by weight.
pub async fn change_weight(
    State(sim): State<Arc<Sim>>,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let Some(shop) = shop_of(&sim, &headers) else {
        return unauthorized();
    };
    let Ok([asked]) = serde_json::from_slice::<[Value; 1]>(&body) else {
        return refusal(StatusCode::BAD_REQUEST, "Request body is not readable.");
    };
    let entry = asked.pointer("/entry/id").and_then(Value::as_str).unwrap_or("");
    let key = code_of(entry);
    let (code, number) = key.split_once("##").unwrap_or((&key, "0"));
    let whole = |name: &str| {
        let told = asked.get(name).and_then(Value::as_u64);
        told.and_then(|told| u32::try_from(told).ok())
    };
    let reason = asked.get("reason").and_then(Value::as_str).unwrap_or("");
    let is_known = matches!(reason, "PRODUCT_UNDERWEIGHT" | "MERCHANT_OUT_OF_STOCK");
    let (grams, left) = (whole("remainedWeight"), whole("remainedQuantity"));
    let number = number.parse().unwrap_or(usize::MAX);
    let done = orders::act(&sim, shop, code, |_, _, order| match (grams, left) {
        (Some(grams), Some(left)) if is_known && code_of(&id) == order.code => {
            orders::weigh(order, number, grams, left, reason)
        }
        _ => Err("remainedWeight or reason is wrong"),
    });
    match done {
        None => refusal(StatusCode::NOT_FOUND, "Order not found"),
        Some(Err(title)) => refusal(StatusCode::BAD_REQUEST, title),
        Some(Ok(())) => json(
            StatusCode::OK,
            &json!({
                "orderCancelEntries": [{
                    "id": id_of(&format!("cancel:{key}")), "notes": asked.get("notes"), "entry": {"id": entry},
                    "remainedQuantity": left, "remainedWeight": f64::from(grams.unwrap_or(0)), "reason": reason,
                }],
                "status": "INPROGRESS",
            }),
        ),
    }
}

/// `POST /orderEntryImeiOperation`
pub async fn tell_devices(State(sim): State<Arc<Sim>>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(shop) = shop_of(&sim, &headers) else {
        return unauthorized();
    };
    let Ok(asked) = serde_json::from_slice::<Value>(&body) else {
        return refusal(StatusCode::BAD_REQUEST, "Request body is not readable.");
    };
    let entry = asked
        .pointer("/data/relationships/entry/data/id")
        .and_then(Value::as_str)
        .unwrap_or("");
    let key = code_of(entry);
    let (code, number) = key.split_once("##").unwrap_or((&key, "0"));
    let numbers = |item: &Value| -> Vec<String> {
        let told = item.get("imei").and_then(Value::as_array);
        let told = told.map(Vec::as_slice).unwrap_or_default();
        told.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let items = asked.pointer("/data/attributes/items").and_then(Value::as_array);
    let devices: Vec<Vec<String>> = items
        .map(|items| items.iter().map(numbers).collect())
        .unwrap_or_default();
    let number = number.parse().unwrap_or(usize::MAX);
    match orders::act(&sim, shop, code, |_, _, order| {
        orders::tell_devices(order, number, devices)
    }) {
        None => refusal(StatusCode::NOT_FOUND, "Order not found"),
        Some(Err(title)) => refusal(StatusCode::BAD_REQUEST, title),
        Some(Ok(())) => {
            answer(&json!({"data": {"type": "orderEntryImeiOperation", "id": entry, "attributes": {}}}))
        }
    }
}
