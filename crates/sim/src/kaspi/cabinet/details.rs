//! One own offer with its card, cities, points and schedules. Refuses to list several.

use crate::{
    kaspi::{
        cabinet::{
            offers::{offer_error, prices_by_city, utc_time, zoned_time},
            session,
        },
        storefront::{gallery_image, offset_time, slug, specifications},
        wire::json,
    },
    locks::read,
    sim::Sim,
    world::{
        cards::CardInfo,
        shops::{OwnOffer, Point, Shop},
    },
};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

#[derive(Debug, Deserialize)]
pub struct Asked {
    m: String,
    s: String,
}

/// `GET /bff/offer-view/details?m=&s={sku}`
pub async fn details(
    State(sim): State<Arc<Sim>>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let shop = match session::shop(&sim, &headers, &asked.m) {
        Ok((_, shop)) => shop,
        Err(refusal) => return *refusal,
    };
    let state = read(&shop.state);
    let Some((_, offer)) = state.find(&asked.s) else {
        return json(
            StatusCode::NOT_FOUND,
            &json!({"status": 404, "error": "Not Found"}),
        );
    };
    let Some(slot) = sim.world.card_at(offer.card) else {
        return json(
            StatusCode::NOT_FOUND,
            &json!({"status": 404, "error": "Not Found"}),
        );
    };
    let info = &slot.info;
    let cities: Vec<Value> = prices_by_city(&sim, offer)
        .into_iter()
        .map(|(city, price)| json!({"cityId": city, "price": price, "oldPrice": null, "points": null}))
        .collect();
    let listed: Vec<&Point> = state
        .points
        .iter()
        .filter(|point| offer.points.contains(&point.code))
        .collect();
    json(
        StatusCode::OK,
        &json!({
            "sku": offer.sku, "title": info.title, "masterName": info.title, "masterSku": info.sku.to_string(),
            "masterCategory": sim.world.family(info.family).map(|f| f.code.as_str()), "cities": cities, "updatedAt": utc_time(offer.updated_at),
            "available": offer.on_sale, "masterProduct": master(&sim, info), "cityInfo": city_info(&sim, shop, offer, &listed),
            "editionDeadline": offer.edition_deadline.map(zoned_time),
            "availabilities": listed.iter().map(|point| point_row(&sim, shop, offer, point)).collect::<Vec<_>>(),
            "offerError": offer_error(offer),
        }),
    )
}

fn master(sim: &Sim, info: &CardInfo) -> Value {
    let Some(family) = sim.world.family(info.family) else {
        return Value::Null;
    };
    json!({
        "card": {
            "id": info.sku.to_string(), "name": info.title, "createdTime": offset_time(info), "shopLink": format!("/p/{}-{}/", slug(&info.title), info.sku),
            "maxQuantity": 20, "numberOfOrders": null, "unit": {"type": "PIECES", "measurementLiteral": "шт.", "countingLiteral": "шт", "increment": 1},
            "category": [family.top_ru, family.mid_ru, family.title], "categoryId": family.category_id,
            "promoConditions": {"brand": info.brand, "categoryCodes": [family.front, family.mid, family.top, "Categories"], "baseProductCodes": [], "groups": null},
            "stickers": null, "refundPeriod": 14, "title": info.title,
        },
        "galleryImages": [without(gallery_image(info.sku), &["infographics"])], "videoId": null, "description": null,
        "specifications": without(specifications(family, info), &["important", "importanceScore"]), "weight": 0,
        "masterCategoryCode": family.code, "masterCategoryName": family.title, "restrictedAge": 0, "sizeTableCode": null, "hasVariants": info.group.is_some(),
        "childrenContent": true, "certificate": null, "carParts": false, "videos": null, "teasers": null, "richContent": null, "status": "ACTUAL", "redirectCodes": null,
    })
}

/// The storefront's document without members that the cabinet's lacks, at any depth.
fn without(mut value: Value, names: &[&str]) -> Value {
    match &mut value {
        Value::Object(fields) => {
            fields.retain(|name, _| !names.contains(&name.as_str()));
            for inside in fields.values_mut() {
                *inside = without(inside.take(), names);
            }
        }
        Value::Array(list) => {
            for inside in list {
                *inside = without(inside.take(), names);
            }
        }
        _ => {}
    }
    value
}

fn address(sim: &Sim, point: &Point) -> Value {
    let city = sim.world.cities.get(point.city);
    json!({
        "code": null, "latitude": city.map(|c| c.latitude), "longitude": city.map(|c| c.longitude), "streetName": " улица Примерная", "streetNumber": " 1",
        "town": null, "building": "", "phone": point.phone, "name": "Контакт", "apartment": null, "district": null,
    })
}

fn schedule(code: String, opens: u32, closes: u32) -> Value {
    let time = |hour: u32| json!({"hour": hour, "minute": 0});
    let days: Vec<Value> = (1..=6)
        .map(|day| json!({"openingTime": time(opens), "closingTime": time(closes), "dayOfWeekIndex": day}))
        .collect();
    let holiday = json!({"openingTime": time(9), "closingTime": time(18), "date": "2027-01-01", "closed": true, "name": null, "message": null});
    json!({"code": code, "weekDays": days, "specialDays": [holiday]})
}

fn city_info(sim: &Sim, shop: &Shop, offer: &OwnOffer, points: &[&Point]) -> Value {
    let mut rows: Vec<Value> = Vec::new();
    for point in points {
        let has = offer
            .availabilities
            .iter()
            .flatten()
            .any(|one| one.available && one.point == point.code);
        let pickup = json!({
            "name": format!("{}_{}", shop.uid, point.code), "displayName": point.code, "type": "STORE",
            "openingSchedule": schedule(format!("{}-Sch-{}", shop.uid, point.code), 10, 18), "kdSchedule": schedule(format!("kdps_{}-{}", shop.uid, point.code), 9, 11),
            "active": point.enabled, "address": address(sim, point), "merchantUid": shop.uid, "rfoID": "000000000000", "kaspiDelivery": true,
            "kdPickupType": "SELF_DELIVERY", "kdReturnPointCode": null, "available": has, "cityName": sim.world.cities.name(point.city),
        });
        rows.push(json!({
            "id": sim.world.cities.id(point.city), "name": sim.world.cities.name(point.city), "price": offer.price_in(point.city).unwrap_or(0), "oldPrice": 0,
            "pickupPoints": [pickup],
        }));
    }
    Value::Array(rows)
}

fn point_row(sim: &Sim, shop: &Shop, offer: &OwnOffer, point: &Point) -> Value {
    let mut row = json!({
        "pointId": format!("{}_{}", shop.uid, point.code), "name": point.code, "pickup": true, "kaspiDelivery": true, "kaspiDeliveryLocal": true,
        "kaspiDeliveryExpress": true, "merchantDelivery": false, "address": address(sim, point), "cityId": sim.world.cities.id(point.city),
        "cityName": sim.world.cities.name(point.city),
    });
    let goods = offer
        .availabilities
        .iter()
        .flatten()
        .find(|one| one.point == point.code);
    if let (Some(goods), Some(fields)) = (goods, row.as_object_mut()) {
        fields.insert(
            "available".to_owned(),
            json!(if goods.available { "yes" } else { "no" }),
        );
        fields.insert("preOrder".to_owned(), json!(goods.pre_order));
        fields.insert("stockCount".to_owned(), json!(goods.stock));
    }
    row
}
