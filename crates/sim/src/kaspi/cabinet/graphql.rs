//! GraphQL by operation name, and small REST answers about the shop. Refuses to parse selections: answers carry what captures carried.

use crate::{
    kaspi::{cabinet::session, wire::json},
    locks::read,
    sim::Sim,
    world::shops::{Point, Shop},
};
use axum::{
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Operation {
    operation_name: Option<String>,
    #[serde(default)]
    variables: Value,
    #[serde(default)]
    query: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    op_name: Option<String>,
}

/// `POST /mc/facade/graphql?opName=`; errors come at status 200.
pub async fn answer(
    State(sim): State<Arc<Sim>>,
    headers: HeaderMap,
    Query(named): Query<Named>,
    body: Bytes,
) -> Response {
    let Ok(operation) = serde_json::from_slice::<Operation>(&body) else {
        return failed("Bad Request");
    };
    let name = operation
        .operation_name
        .clone()
        .or(named.op_name)
        .unwrap_or_default();
    if name == "getCities" {
        if session::account(&sim, &headers, "").is_none() {
            return json(
                StatusCode::UNAUTHORIZED,
                &json!({"status": 401, "error": "Unauthorized"}),
            );
        }
        let cities: Vec<Value> = sim
            .world
            .cities
            .all()
            .iter()
            .map(|city| json!({"id": city.id, "name": city.name}))
            .collect();
        return done(&operation, "City", json!({"cities": cities}));
    }
    let word = |key: &str| operation.variables.get(key).and_then(Value::as_str);
    let merchant = word("merchantUid")
        .or_else(|| word("id"))
        .or_else(|| word("merchantId"))
        .unwrap_or("")
        .to_owned();
    let (_, shop) = match session::shop(&sim, &headers, &merchant) {
        Ok(found) => found,
        Err(refusal) if refusal.status() == StatusCode::UNAUTHORIZED => return *refusal,
        Err(_) => return failed("Access is denied"),
    };
    let points = read(&shop.state).points.clone();
    let data = match name.as_str() {
        "getMerchant" => json!({"merchant": {
            "id": shop.uid, "name": shop.name, "logo": {"url": null},
            "points": points.iter().map(|point| short(&sim, shop, point)).collect::<Vec<_>>(),
        }}),
        "getPointList" => {
            json!({"merchant": {"id": shop.uid, "points": points.iter().map(|point| long(&sim, shop, point)).collect::<Vec<_>>()}})
        }
        "getTokenApi" => json!({"merchant": {"integration": {"token": shop.token}}}),
        "tokenGenerate" => json!({"tokenGenerate": shop.token}),
        other => return failed(&format!("Unknown operation named '{other}'")),
    };
    done(&operation, "Merchant", data)
}

fn done(operation: &Operation, kind: &str, mut data: Value) -> Response {
    if operation.query.contains("__typename") {
        for part in data
            .as_object_mut()
            .into_iter()
            .flat_map(|fields| fields.values_mut())
        {
            if let Some(fields) = part.as_object_mut() {
                fields.insert("__typename".to_owned(), json!(kind));
            }
        }
    }
    json(StatusCode::OK, &json!({"data": data}))
}

fn failed(message: &str) -> Response {
    json(
        StatusCode::OK,
        &json!({"errors": [{"message": message}], "data": null}),
    )
}

fn short(sim: &Sim, shop: &Shop, point: &Point) -> Value {
    json!({
        "id": format!("{}_{}", shop.uid, point.code), "name": point.code, "enabled": point.enabled, "virtual": false, "type": "STORE",
        "city": {"id": sim.world.cities.id(point.city), "name": sim.world.cities.name(point.city)},
    })
}

fn long(sim: &Sim, shop: &Shop, point: &Point) -> Value {
    let days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"];
    let hours: Vec<Value> = days
        .iter()
        .map(|day| json!({"openingTime": "10:00", "closingTime": "18:00", "dayOfWeek": day}))
        .collect();
    json!({
        "id": format!("{}_{}", shop.uid, point.code), "enabled": point.enabled, "type": "STORE",
        "city": {"id": sim.world.cities.id(point.city), "name": sim.world.cities.name(point.city)},
        "address": {"streetName": "улица Примерная", "streetNumber": "1", "building": "", "phone": point.phone, "name": "Контакт"},
        "schedule": {"weekDays": hours},
    })
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Merchant {
    #[serde(alias = "m")]
    merchant_uid: String,
}

/// `GET /bff/offer-view/points?merchantUid=`
pub async fn points(
    State(sim): State<Arc<Sim>>,
    headers: HeaderMap,
    Query(asked): Query<Merchant>,
) -> Response {
    match session::shop(&sim, &headers, &asked.merchant_uid) {
        Err(refusal) => *refusal,
        Ok((_, shop)) => {
            let points = read(&shop.state).points.clone();
            json(
                StatusCode::OK,
                &Value::Array(points.iter().map(|point| short(&sim, shop, point)).collect()),
            )
        }
    }
}

/// `GET /product/stock/mc/obligated-merchant/check?m=`
pub async fn obligated(
    State(sim): State<Arc<Sim>>,
    headers: HeaderMap,
    Query(asked): Query<Merchant>,
) -> Response {
    match session::shop(&sim, &headers, &asked.merchant_uid) {
        Err(refusal) => *refusal,
        Ok(_) => json(StatusCode::OK, &json!({"obligated": false})),
    }
}

/// `GET /merchant-nct/mc/nct/kassa-status?m=`
pub async fn kassa(
    State(sim): State<Arc<Sim>>,
    headers: HeaderMap,
    Query(asked): Query<Merchant>,
) -> Response {
    match session::shop(&sim, &headers, &asked.merchant_uid) {
        Err(refusal) => *refusal,
        Ok((_, shop)) => json(
            StatusCode::OK,
            &json!({"merchantUid": shop.uid, "kaspiKassaActive": false}),
        ),
    }
}

/// `GET /content/pending/mc/product/{m}/count`: nothing waits for moderation in this world.
pub async fn moderation_count(
    State(sim): State<Arc<Sim>>,
    headers: HeaderMap,
    Path(merchant): Path<String>,
) -> Response {
    match session::shop(&sim, &headers, &merchant) {
        Err(refusal) => *refusal,
        Ok(_) => json(
            StatusCode::OK,
            &json!({"IMPORTED": 0, "CHECK": 0, "PENDING": 0, "TRASH": 0}),
        ),
    }
}
