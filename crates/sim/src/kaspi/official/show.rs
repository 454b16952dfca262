//! Orders and their lines as the API shows them. Refuses to show another shop's.

use super::{answer, code_of, id_of, refusal, shop_of, status, tab, unauthorized};
use crate::{
    control::faults::{FaultKind, Service, Subject},
    locks::lock,
    sim::Sim,
    world::orders::{Line, Order, Way},
};
use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use percent_encoding::percent_decode_str;
use sauda_kernel::{Clock as _, Timestamp};
use serde_json::{Map, Value, json};
use std::{collections::HashMap, sync::Arc};

/// Longest listing, milliseconds.
const FORTNIGHT: i64 = 14 * 86_400_000;
const MOST: usize = 100;

/// The query by decoded names; the last of a name wins.
fn asked(query: Option<&str>) -> HashMap<String, String> {
    let plain = |text: &str| {
        percent_decode_str(&text.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    query
        .unwrap_or("")
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (plain(name), plain(value)))
        .collect()
}

/// `GET /orders`
pub async fn list(State(sim): State<Arc<Sim>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let Some(shop) = shop_of(&sim, &headers) else {
        return unauthorized();
    };
    let asked = asked(query.as_deref());
    let word = |name: &str| {
        asked
            .get(name)
            .map(String::as_str)
            .filter(|word| !word.is_empty())
    };
    let number = |name: &str| word(name).and_then(|word| word.parse::<i64>().ok());
    let with_entries =
        word("include[orders]").is_some_and(|list| list.split(',').any(|word| word == "entries"));
    if let Some(code) = word("filter[orders][code]") {
        let orders = lock(&sim.orders);
        let found: Vec<&Order> = orders
            .find(code)
            .map(|(_, order)| order)
            .filter(|order| order.shop == shop)
            .into_iter()
            .collect();
        return page(&sim, &found, found.len(), 1, with_entries);
    }
    let Some(from) = number("filter[orders][creationDate][$ge]") else {
        return refusal(
            StatusCode::BAD_REQUEST,
            "Required filter [orders][creationDate][$ge] is empty.",
        );
    };
    let now = sim.clock.now().as_millis();
    let to = number("filter[orders][creationDate][$le]").unwrap_or(now);
    if to - from > FORTNIGHT {
        let days = (to - from + 86_399_999) / 86_400_000;
        return refusal(
            StatusCode::BAD_REQUEST,
            &format!(
                "Exceeded the maximum difference for the filter[orders][creationDate] (in days). Actual [{days}], max [14]."
            ),
        );
    }
    let (Some(at), Some(size)) = (number("page[number]"), number("page[size]")) else {
        return refusal(StatusCode::BAD_REQUEST, "Required page is empty.");
    };
    let (Ok(at), Ok(size)) = (usize::try_from(at), usize::try_from(size)) else {
        return refusal(StatusCode::BAD_REQUEST, "Page is wrong.");
    };
    if !(1..=MOST).contains(&size) {
        return refusal(StatusCode::BAD_REQUEST, "Page size must be from 1 to 100.");
    }
    let (state, wanted) = (word("filter[orders][state]"), word("filter[orders][status]"));
    let orders = lock(&sim.orders);
    let found: Vec<&Order> = orders
        .all
        .iter()
        .filter(|order| order.shop == shop && (from..=to).contains(&order.created_at.as_millis()))
        .filter(|order| match state {
            Some(state) => tab(order) == state,
            // Archived orders come only when they are asked for.
            None => tab(order) != "ARCHIVE",
        })
        .filter(|order| wanted.is_none_or(|wanted| status(order) == wanted))
        .collect();
    let shown: Vec<&Order> = found.iter().skip(at * size).take(size).copied().collect();
    page(
        &sim,
        &shown,
        found.len(),
        found.len().div_ceil(size),
        with_entries,
    )
}

fn page(sim: &Sim, orders: &[&Order], total: usize, pages: usize, with_entries: bool) -> Response {
    let data: Vec<Value> = orders
        .iter()
        .map(|order| resource(sim, order, with_entries))
        .collect();
    let included: Vec<Value> = match with_entries {
        true => orders.iter().flat_map(|order| lines(sim, order)).collect(),
        false => Vec::new(),
    };
    answer(&json!({"data": data, "included": included, "meta": {"pageCount": pages, "totalCount": total}}))
}

/// `GET /orders/{id}`
pub async fn one(State(sim): State<Arc<Sim>>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    shown(
        &sim,
        &headers,
        &id,
        |order| json!({"data": resource(&sim, order, false), "included": []}),
    )
}

/// `GET /orders/{id}/entries`
pub async fn entries(State(sim): State<Arc<Sim>>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    shown(
        &sim,
        &headers,
        &id,
        |order| json!({"data": lines(&sim, order), "included": []}),
    )
}

fn shown(sim: &Sim, headers: &HeaderMap, id: &str, show: impl FnOnce(&Order) -> Value) -> Response {
    let Some(shop) = shop_of(sim, headers) else {
        return unauthorized();
    };
    let orders = lock(&sim.orders);
    match orders.find(&code_of(id)).filter(|(_, order)| order.shop == shop) {
        Some((_, order)) => answer(&show(order)),
        None => refusal(StatusCode::NOT_FOUND, "Order not found"),
    }
}

fn link(sim: &Sim, kind: &str, id: &str, relation: &str) -> Value {
    let base = format!("{}/shop/api/v2/{kind}/{id}", sim.base());
    json!({"self": format!("{base}/relationships/{relation}"), "related": format!("{base}/{relation}")})
}

fn millis(at: Option<Timestamp>) -> Value {
    at.map_or(Value::Null, |at| Value::from(at.as_millis()))
}

/// Amounts come as `4000.0`.
fn amount(tenge: u32) -> Value {
    Value::from(f64::from(tenge))
}

fn resource(sim: &Sim, order: &Order, with_entries: bool) -> Value {
    let id = id_of(&order.code);
    let uid = sim
        .world
        .shops
        .get(usize::from(order.shop))
        .map_or("", |shop| shop.uid.as_str());
    let is_kaspi = matches!(order.way, Way::Kaspi { .. } | Way::Postomat);
    let mode = match order.way {
        Way::Pickup | Way::Postomat => "DELIVERY_PICKUP",
        Way::Own | Way::Kaspi { express: true } => "DELIVERY_LOCAL",
        Way::Kaspi { express: false } => "DELIVERY_REGIONAL_TODOOR",
    };
    let mut told = Map::new();
    let mut tell = |name: &str, value: Value| told.insert(name.to_owned(), value);
    tell("code", order.code.as_str().into());
    tell("totalPrice", amount(order.total()));
    tell("paymentMode", "PREPAID".into());
    tell("creationDate", order.created_at.as_millis().into());
    tell("approvedByBankDate", order.created_at.as_millis().into());
    tell("deliveryCost", amount(0));
    tell("deliveryCostForSeller", amount(if is_kaspi { 895 } else { 0 }));
    tell("isKaspiDelivery", is_kaspi.into());
    tell("deliveryMode", mode.into());
    tell("signatureRequired", false.into());
    tell("preOrder", false.into());
    tell("pickupPointId", format!("{uid}_{}", order.point).into());
    tell("state", tab(order).into());
    tell("status", status(order).into());
    if let Some(planned) = order.planned_at {
        tell("plannedDeliveryDate", planned.as_millis().into());
    }
    if let Some(reason) = &order.cancel_reason {
        tell("cancellationReason", reason.as_str().into());
    }
    tell(
        "customer",
        json!({"id": id_of(&order.buyer.phone), "name": null, "cellPhone": order.buyer.phone, "firstName": order.buyer.first, "lastName": order.buyer.last}),
    );
    if matches!(order.way, Way::Own | Way::Kaspi { .. }) {
        let town = sim.world.cities.name(order.city);
        let (latitude, longitude) = sim
            .world
            .cities
            .get(order.city)
            .map_or((0.0, 0.0), |city| (city.latitude, city.longitude));
        tell(
            "deliveryAddress",
            json!({
                "streetName": " улица Абая",
                "streetNumber": " 1",
                "town": town,
                "district": null,
                "building": null,
                "apartment": null,
                "formattedAddress": format!("{town}, улица Абая, 1"),
                "latitude": latitude,
                "longitude": longitude,
            }),
        );
    }
    if is_kaspi {
        tell("assembled", order.assembled.is_some().into());
        tell("kaspiDelivery", parcel(sim, order));
    }
    let mut entries = json!({"links": link(sim, "orders", &id, "entries")});
    if let (true, Some(members)) = (with_entries, entries.as_object_mut()) {
        let line = |(number, _): (usize, Line)| json!({"type": "orderentries", "id": id_of(&format!("{}##{number}", order.code))});
        members.insert("data".to_owned(), order.lines().map(line).collect());
    }
    json!({
        "type": "orders",
        "id": id,
        "attributes": told,
        "relationships": {
            "entries": entries,
            "user": {"links": link(sim, "orders", &id, "user"), "data": {"type": "customers", "id": id_of(&order.buyer.phone)}},
        },
        "links": {"self": format!("{}/shop/api/v2/orders/{id}", sim.base())},
    })
}

fn is_waybill_withheld(sim: &Sim, code: &str) -> bool {
    let subject = Subject {
        service: Service::Official,
        path: code,
        ..Subject::default()
    };
    sim.fault(FaultKind::NoWaybill, &subject)
}

fn parcel(sim: &Sim, order: &Order) -> Value {
    let now = sim.clock.now();
    let made = order.assembled.as_ref();
    let ready = made.filter(|made| made.waybill_at <= now && !is_waybill_withheld(sim, &order.code));
    json!({
        "waybill": ready.map(|made| format!("{}/shop/api/waybill/{}", sim.base(), made.waybill)),
        "waybillNumber": made.map(|made| made.waybill.to_string()),
        "courierTransmissionPlanningDate": millis(order.handed_over_at.or(order.handover_at)),
        "courierTransmissionDate": millis(order.handed_over_at),
        "express": matches!(order.way, Way::Kaspi { express: true }),
        "returnedToWarehouse": false,
        "firstMileCourier": null,
    })
}

fn lines(sim: &Sim, order: &Order) -> Vec<Value> {
    order
        .lines()
        .map(|(number, line)| entry(sim, &order.code, number, &line))
        .collect()
}

fn entry(sim: &Sim, code: &str, number: usize, line: &Line) -> Value {
    let id = id_of(&format!("{code}##{number}"));
    let slot = sim.world.card_at(line.card);
    let info = slot.map(|slot| &slot.info);
    let family = info.and_then(|info| sim.world.family(info.family));
    let card = info.map_or_else(String::new, |info| info.sku.to_string());
    json!({
        "type": "orderentries",
        "id": id,
        "attributes": {
            "entryNumber": number,
            "unitType": if line.grams.is_some() { "MEASURABLE" } else { "PIECES" },
            "quantity": line.quantity,
            "basePrice": amount(line.price),
            "totalPrice": amount(line.total()),
            "deliveryCost": amount(0),
            "weight": amount(line.grams.unwrap_or(0)),
            "category": {"code": family.map(|family| family.code.as_str()), "title": family.map(|family| family.title.as_str())},
            "offer": {"code": line.sku, "name": info.map(|info| info.title.as_str())},
            "isImeiRequired": line.imei,
        },
        "relationships": {
            "product": {"links": link(sim, "orderentries", &id, "product"), "data": {"type": "masterproducts", "id": id_of(&card)}},
        },
        "links": {"self": format!("{}/shop/api/v2/orderentries/{id}", sim.base())},
    })
}
