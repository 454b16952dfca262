//! The own catalogue as the cabinet lists it, its counts and its validation. Refuses to change an offer.

use crate::{
    control::faults::{FaultKind, Service, Subject},
    kaspi::{
        cabinet::session,
        storefront::slug,
        wire::{json, json_bytes},
    },
    locks::read,
    numbers::count as number,
    sim::Sim,
    world::shops::{Availability, OwnOffer, Shop},
};
use axum::{
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use sauda_kernel::{Span, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;

#[derive(Debug, Deserialize)]
pub struct Asked {
    m: String,
    #[serde(default)]
    p: usize,
    l: Option<usize>,
    a: Option<bool>,
    t: Option<String>,
    c: Option<String>,
}

/// `GET /bff/offer-view/list`
pub async fn list(State(sim): State<Arc<Sim>>, headers: HeaderMap, Query(asked): Query<Asked>) -> Response {
    let shop = match session::shop(&sim, &headers, &asked.m) {
        Ok((_, shop)) => shop,
        Err(refusal) => return *refusal,
    };
    let subject = Subject {
        service: Service::Cabinet,
        merchant: &asked.m,
        ..Subject::default()
    };
    let (mut rows, mut total) = page_of(&sim, shop, &asked);
    // Totals of the real list move while it is read; here by one, on every odd page.
    if read(&sim.settings).total_drifts && asked.p % 2 == 1 {
        total += 1;
    }
    if sim.fault(FaultKind::EmptyOffers, &subject) {
        rows.clear();
    }
    if sim.fault(FaultKind::PartialPage, &subject) {
        rows.truncate(rows.len() / 2);
    }
    if sim.fault(FaultKind::DuplicateRows, &subject) {
        rows.extend(rows.clone());
    }
    if let Some(fault) = sim
        .faults
        .strike(FaultKind::TotalLies, &subject, sim.clock.limit_now())
    {
        total += fault.size.unwrap_or(7);
    }
    json(StatusCode::OK, &json!({"data": rows, "total": total}))
}

fn page_of(sim: &Sim, shop: &Shop, asked: &Asked) -> (Vec<Value>, u64) {
    let size = asked.l.unwrap_or(10).clamp(1, 1_000);
    let from = asked.p.saturating_mul(size);
    let wanted = asked
        .t
        .as_deref()
        .map(str::to_lowercase)
        .filter(|text| !text.is_empty());
    let state = read(&shop.state);
    let (mut rows, mut total) = (Vec::new(), 0_usize);
    for offer in &state.offers {
        let Some(slot) = sim.world.card_at(offer.card) else {
            continue;
        };
        if asked.a.is_some_and(|on_sale| on_sale != offer.on_sale) {
            continue;
        }
        if let Some(text) = &wanted {
            let found = offer.sku.to_lowercase().contains(text)
                || slot.info.sku.to_string() == *text
                || slot.info.title.to_lowercase().contains(text);
            if !found {
                continue;
            }
        }
        if let Some(category) = &asked.c
            && sim
                .world
                .family(slot.info.family)
                .is_none_or(|family| family.code != *category)
        {
            continue;
        }
        total += 1;
        if total > from && rows.len() < size {
            rows.push(row(sim, shop, offer));
        }
    }
    (rows, number(total))
}

/// `2025-05-03T19:34:35.834`: local time without a zone.
fn local_time(at: Timestamp) -> String {
    at.plus(Span::from_hours(5))
        .rfc3339()
        .trim_end_matches('Z')
        .to_owned()
}

/// `2025-05-06T10:02:34.697000Z`
pub fn utc_time(at: Timestamp) -> String {
    at.rfc3339().replace('Z', "000Z")
}

/// `2025-05-07T14:45:48.198+05:00`
pub fn zoned_time(at: Timestamp) -> String {
    format!("{}+05:00", local_time(at))
}

fn availability(shop: &Shop, one: &Availability) -> Value {
    json!({
        "storeId": format!("{}_{}", shop.uid, one.point), "available": if one.available { "yes" } else { "no" }, "preOrder": one.pre_order,
        "stockCount": one.stock, "stockEnabled": one.stock.is_some(), "stockSpecified": one.stock.is_some(),
    })
}

/// Prices of every city the offer is priced in; one price for all is shown for the main cities.
pub fn prices_by_city(sim: &Sim, offer: &OwnOffer) -> Vec<(String, u32)> {
    let mut prices: Vec<(String, u32)> = offer
        .city_prices
        .iter()
        .map(|(city, price)| (sim.world.cities.id(*city).to_owned(), *price))
        .collect();
    if let Some(price) = offer.everywhere {
        for (city, _) in sim.world.cities.main() {
            if !offer.city_prices.contains_key(city) {
                prices.push((sim.world.cities.id(*city).to_owned(), price));
            }
        }
    }
    prices
}

/// The error member of an offer, or null.
pub fn offer_error(offer: &OwnOffer) -> Value {
    offer.error.map_or(Value::Null, |code| json!({"offerSource": "MANUAL_OFFER", "errorCodes": [code], "warningCodes": [], "klNotes": [], "reindexReason": null}))
}

fn row(sim: &Sim, shop: &Shop, offer: &OwnOffer) -> Value {
    let Some(slot) = sim.world.card_at(offer.card) else {
        return Value::Null;
    };
    let info = &slot.info;
    let family = sim.world.family(info.family);
    let (low, high) = offer.price_range();
    let mut all = Map::new();
    for (city, price) in prices_by_city(sim, offer) {
        all.insert(city, json!({"price": price, "oldPrice": null}));
    }
    let city_prices: Vec<Value> = offer
        .city_prices
        .iter()
        .map(|(city, price)| json!({"cityId": sim.world.cities.id(*city), "value": price}))
        .collect();
    let updates: Vec<Value> = offer.updates.iter().map(|one| json!({"operationType": one.operation, "uploadedBy": one.by, "uploadedDate": local_time(one.at)})).collect();
    let goods = offer
        .availabilities
        .as_ref()
        .map(|list| list.iter().map(|one| availability(shop, one)).collect::<Vec<_>>());
    json!({
        "masterSku": info.sku.to_string(), "images": [crate::kaspi::storefront::picture_location(info.sku)],
        "shopLink": format!("/p/{}-{}/", slug(&info.title), info.sku), "masterTitle": info.title, "offerId": offer.offer_id, "fileId": "MANUAL_CHANGES",
        "merchantUid": shop.uid, "sku": offer.sku, "model": null, "brand": null, "price": offer.everywhere.unwrap_or(0), "oldprice": 0,
        "availabilities": goods, "cityPrices": if offer.on_sale && !city_prices.is_empty() { json!(city_prices) } else { Value::Null },
        "deliveryOptions": null, "_version": null, "_distinctVersion": offer.updates.len(), "offerSource": "MANUAL_OFFER", "reindexReason": null,
        "matchesLastBatch": false, "skipDistinctCheck": false, "priority": 0,
        "rangePrice": {"MAX": if offer.on_sale { high } else { 0 }, "MIN": if offer.on_sale { low } else { 0 }},
        "updates": updates, "archivedAt": offer.archived_at.map(local_time), "modification": false, "colourCode": null, "attributes": [],
        "editionDeadline": offer.edition_deadline.map(zoned_time), "verticalCategory": family.map(|f| f.top.as_str()), "masterCategory": family.map(|f| f.code.as_str()),
        "title": info.title, "available": offer.on_sale, "minPrice": low, "maxPrice": high, "points": offer.points, "updatedAt": utc_time(offer.updated_at),
        "anyPickup": true, "anyKaspiDelivery": true, "anyKaspiDeliveryLocal": false, "anyKaspiDeliveryExpress": false, "anyMerchantDelivery": false,
        "brandCode": null, "selectedCity": null, "allCityPrices": all, "offerError": offer_error(offer),
    })
}

#[derive(Debug, Deserialize)]
pub struct Merchant {
    m: String,
}

/// `POST /offers/api/v1/offer/details?m=` `{"sku":["…"]}`
pub async fn by_skus(
    State(sim): State<Arc<Sim>>,
    headers: HeaderMap,
    Query(asked): Query<Merchant>,
    body: Bytes,
) -> Response {
    let shop = match session::shop(&sim, &headers, &asked.m) {
        Ok((_, shop)) => shop,
        Err(refusal) => return *refusal,
    };
    let wanted: Value = serde_json::from_slice(&body).unwrap_or_default();
    let state = read(&shop.state);
    let mut rows = Vec::new();
    for sku in wanted
        .get("sku")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        if let Some((_, offer)) = state.find(sku) {
            rows.push(row(&sim, shop, offer));
        }
    }
    json(StatusCode::OK, &Value::Array(rows))
}

/// `GET /offers/api/v1/offer/count?m=`
pub async fn count(
    State(sim): State<Arc<Sim>>,
    headers: HeaderMap,
    Query(asked): Query<Merchant>,
) -> Response {
    match session::shop(&sim, &headers, &asked.m) {
        Err(refusal) => *refusal,
        Ok((_, shop)) => {
            let published = read(&shop.state)
                .offers
                .iter()
                .filter(|offer| offer.on_sale)
                .count();
            json(StatusCode::OK, &json!({"published": published}))
        }
    }
}

#[derive(Debug, Deserialize)]
pub struct Lowest {
    s: String,
}

/// `GET /offers/api/v1/price/lowest?s={masterSku}`: over all main cities.
pub async fn lowest(
    State(sim): State<Arc<Sim>>,
    headers: HeaderMap,
    Query(asked): Query<Lowest>,
) -> Response {
    if session::account(&sim, &headers, "").is_none() {
        return json(
            StatusCode::UNAUTHORIZED,
            &json!({"status": 401, "error": "Unauthorized"}),
        );
    }
    let Some((_, slot)) = sim.world.card(&asked.s) else {
        return json_bytes(StatusCode::NOT_FOUND, "");
    };
    let state = read(&slot.state);
    let mut best: Option<u32> = None;
    for (city, _) in sim.world.cities.main() {
        let first = state
            .ladder(*city, &sim.world.sellers)
            .first()
            .map(|line| line.price);
        best = [best, first].into_iter().flatten().min();
    }
    json(StatusCode::OK, &json!({"price": best.map(f64::from)}))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Validation {
    merchant_uid: String,
    #[serde(default)]
    offers: Vec<Value>,
}

/// `POST /offer-validation-api/merchant/offer/validate/v2`
pub async fn validate(State(sim): State<Arc<Sim>>, headers: HeaderMap, body: Bytes) -> Response {
    let Ok(asked) = serde_json::from_slice::<Validation>(&body) else {
        return json(
            StatusCode::BAD_REQUEST,
            &json!({"status": 400, "error": "Bad Request"}),
        );
    };
    if let Err(refusal) = session::shop(&sim, &headers, &asked.merchant_uid) {
        return *refusal;
    }
    let known = |offer: &Value| {
        offer
            .get("masterSku")
            .and_then(Value::as_str)
            .is_some_and(|sku| sim.world.card(sku).is_some())
    };
    let wrong: Vec<&Value> = asked.offers.iter().filter(|offer| !known(offer)).collect();
    let errors = if wrong.is_empty() {
        Value::Null
    } else {
        json!(wrong)
    };
    json(
        StatusCode::OK,
        &json!({"merchantUid": asked.merchant_uid, "valid": wrong.is_empty(), "errorOffers": errors}),
    )
}
