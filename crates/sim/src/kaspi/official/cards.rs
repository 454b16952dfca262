//! The product-card service, `/shop/api/products`: held to the recorded documents of the guide. Refuses to make a card: moderation takes days.

use super::{shop_of, unauthorized};
use crate::{kaspi::wire::json, locks::lock, sim::Sim};
use axum::{
    Router,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
    routing::get,
};
use sauda_kernel::{Clock as _, Span, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};

const CATEGORIES: &str =
    include_str!("../../../../../fixtures/kaspi/products-classification-categories_full.json");
const ATTRIBUTES: &str =
    include_str!("../../../../../fixtures/kaspi/products-classification-attributes.json");
const VALUES: &str =
    include_str!("../../../../../fixtures/kaspi/products-classification-attribute-values.json");
const SCHEMA: &str = include_str!("../../../../../fixtures/kaspi/products-import-schema.json");
/// An upload is looked through after this.
const LOOKED_AT: Span = Span::from_secs(30);

/// Uploads by code.
pub type Uploads = BTreeMap<String, Upload>;

pub struct Upload {
    shop: u16,
    at: Timestamp,
    result: Value,
}

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    c: Option<String>,
    a: Option<String>,
    i: Option<String>,
}

pub fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route("/shop/api/products/classification/categories", get(categories))
        .route("/shop/api/products/classification/attributes", get(attributes))
        .route("/shop/api/products/classification/attribute/values", get(values))
        .route("/shop/api/products/import/schema", get(schema))
        .route("/shop/api/products/import", get(status).post(import))
        .route("/shop/api/products/import/result", get(result))
}

fn text(text: &'static str) -> Response {
    crate::kaspi::wire::with_type(StatusCode::OK, "application/json", text.as_bytes().to_vec())
}

fn codes() -> &'static BTreeSet<String> {
    static CODES: OnceLock<BTreeSet<String>> = OnceLock::new();
    CODES.get_or_init(|| {
        let all: Value = serde_json::from_str(CATEGORIES).unwrap_or_default();
        let codes = all.as_array().into_iter().flatten();
        codes
            .filter_map(|one| one.get("code")?.as_str().map(str::to_owned))
            .collect()
    })
}

async fn categories(State(sim): State<Arc<Sim>>, headers: HeaderMap) -> Response {
    match shop_of(&sim, &headers) {
        None => unauthorized(),
        Some(_) => text(CATEGORIES),
    }
}

async fn attributes(State(sim): State<Arc<Sim>>, headers: HeaderMap, Query(asked): Query<Asked>) -> Response {
    if shop_of(&sim, &headers).is_none() {
        return unauthorized();
    }
    match asked.c.filter(|code| codes().contains(code)) {
        Some(_) => text(ATTRIBUTES),
        None => json(StatusCode::OK, &json!([])),
    }
}

async fn values(State(sim): State<Arc<Sim>>, headers: HeaderMap, Query(asked): Query<Asked>) -> Response {
    if shop_of(&sim, &headers).is_none() {
        return unauthorized();
    }
    if asked.c.is_none() || asked.a.is_none() {
        return json(
            StatusCode::BAD_REQUEST,
            &json!({"message": "c and a are required"}),
        );
    }
    text(VALUES)
}

async fn schema(State(sim): State<Arc<Sim>>, headers: HeaderMap) -> Response {
    match shop_of(&sim, &headers) {
        None => unauthorized(),
        Some(_) => text(SCHEMA),
    }
}

async fn import(State(sim): State<Arc<Sim>>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(shop) = shop_of(&sim, &headers) else {
        return unauthorized();
    };
    let kind = headers
        .get("content-type")
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    if !kind.starts_with("text/plain") {
        let message = format!("Content type '{kind}' not supported");
        return json(StatusCode::INTERNAL_SERVER_ERROR, &json!({"message": message}));
    }
    let cards = serde_json::from_slice::<Value>(&body).unwrap_or_default();
    let Some(cards) = cards
        .as_array()
        .filter(|cards| (1..=10_000).contains(&cards.len()))
    else {
        return json(
            StatusCode::BAD_REQUEST,
            &json!({"message": "an array of 1 to 10000 products is expected"}),
        );
    };
    let mut rows = Map::new();
    let mut errors = 0;
    for card in cards {
        let sku = card.get("sku").and_then(Value::as_str).unwrap_or_default();
        let row = match trouble(card) {
            None => json!({"state": "FINISHED"}),
            Some(trouble) => {
                errors += 1;
                json!({"state": "ERROR", "messages": [trouble]})
            }
        };
        rows.insert(sku.to_owned(), row);
    }
    let at = sim.clock.now();
    let result = json!({"errors": errors, "warnings": 0, "skipped": 0, "total": cards.len(), "result": rows});
    let mut uploads = lock(&sim.uploads);
    let code = format!("import-{}-{}", shop, uploads.len() + 1);
    uploads.insert(code.clone(), Upload { shop, at, result });
    json(StatusCode::OK, &json!({"code": code, "status": "UPLOADED"}))
}

/// What keeps a card from being looked at.
fn trouble(card: &Value) -> Option<String> {
    const MEMBERS: [&str; 8] = [
        "sku",
        "title",
        "brand",
        "category",
        "description",
        "weight",
        "attributes",
        "images",
    ];
    let members = card.as_object()?;
    if let Some(strange) = members.keys().find(|name| !MEMBERS.contains(&name.as_str())) {
        return Some(format!("{strange} is not allowed"));
    }
    for name in ["sku", "title", "brand", "category"] {
        if members
            .get(name)
            .and_then(Value::as_str)
            .is_none_or(str::is_empty)
        {
            return Some(format!("{name} is required"));
        }
    }
    let category = members
        .get("category")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !codes().contains(category) {
        return Some(format!("category {category} is not known"));
    }
    let list = |name| {
        members
            .get(name)
            .and_then(Value::as_array)
            .filter(|list| !list.is_empty())
    };
    if list("images").is_none() {
        return Some("images are required".to_owned());
    }
    let Some(given) = list("attributes") else {
        return Some("attributes are required".to_owned());
    };
    let known: Value = serde_json::from_str(ATTRIBUTES).unwrap_or_default();
    let mandatory = known
        .as_array()
        .into_iter()
        .flatten()
        .filter(|one| one.get("mandatory") == Some(&json!(true)))
        .filter_map(|one| one.get("code"));
    for code in mandatory {
        if !given.iter().any(|one| one.get("code") == Some(code)) {
            return Some(format!("attribute {code} is required"));
        }
    }
    None
}

async fn status(State(sim): State<Arc<Sim>>, headers: HeaderMap, Query(asked): Query<Asked>) -> Response {
    let Some(shop) = shop_of(&sim, &headers) else {
        return unauthorized();
    };
    let code = asked.i.unwrap_or_default();
    let uploads = lock(&sim.uploads);
    match uploads.get(&code).filter(|upload| upload.shop == shop) {
        None => json(StatusCode::NOT_FOUND, &json!({"message": "not found"})),
        Some(upload) => {
            let done = sim.clock.now().since(upload.at) >= LOOKED_AT;
            let status = if done { "FINISHED" } else { "UPLOADED" };
            json(StatusCode::OK, &json!({"code": code, "status": status}))
        }
    }
}

async fn result(State(sim): State<Arc<Sim>>, headers: HeaderMap, Query(asked): Query<Asked>) -> Response {
    let Some(shop) = shop_of(&sim, &headers) else {
        return unauthorized();
    };
    let uploads = lock(&sim.uploads);
    let found = uploads.get(&asked.i.unwrap_or_default());
    match found.filter(|upload| upload.shop == shop && sim.clock.now().since(upload.at) >= LOOKED_AT) {
        None => json(StatusCode::NOT_FOUND, &json!({"message": "not found"})),
        Some(upload) => json(StatusCode::OK, &upload.result),
    }
}
