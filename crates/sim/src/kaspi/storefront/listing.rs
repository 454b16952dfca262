//! Listings: cards of a category, a search or a merchant, and the category menu. Refuses to rank by anything but demand and price.

use crate::{
    kaspi::{storefront::slug, wire::json},
    locks::read,
    sim::Sim,
    world::{cards::CardInfo, cities::CityIx},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use sauda_kernel::Clock;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};

/// Cards on a page.
const PAGE: usize = 12;

#[derive(Debug, Deserialize)]
pub struct Question {
    page: Option<usize>,
    q: Option<String>,
    text: Option<String>,
    sort: Option<String>,
    c: Option<String>,
    size: Option<usize>,
}

struct Found {
    cards: Vec<Value>,
    total: usize,
}

/// `GET /yml/product-view/pl/results`
pub async fn results(State(sim): State<Arc<Sim>>, Query(question): Query<Question>) -> Response {
    let found = find(&sim, &question);
    json(
        StatusCode::OK,
        &json!({"data": found.cards, "promotedCards": null, "promotedItems": null}),
    )
}

/// `GET /yml/product-view/pl/filters`
pub async fn filters(State(sim): State<Arc<Sim>>, Query(question): Query<Question>) -> Response {
    let found = find(&sim, &question);
    json(
        StatusCode::OK,
        &json!({"data": {"cards": found.cards, "total": found.total, "limit": PAGE, "promotedCards": null, "promotedItems": null, "promotedByPcm": null}}),
    )
}

/// `GET /yml/main-navigation/n/n/desktop-menu`
pub async fn menu(State(sim): State<Arc<Sim>>) -> Response {
    let mut tops: BTreeMap<&str, (&str, u32)> = BTreeMap::new();
    for family in &sim.world.families {
        tops.entry(&family.top).or_insert((&family.top_ru, 0)).1 += family.weight;
    }
    let nodes: Vec<Value> = tops
        .into_iter()
        .map(|(code, (title, weight))| json!({"code": code, "title": title, "link": format!("/c/{}/", code.to_lowercase().replace(' ', "%20")), "popularity": weight}))
        .collect();
    json(StatusCode::OK, &json!({"subNodes": nodes}))
}

/// Parts of `q` that mean something here.
#[derive(Default)]
struct Narrow {
    category: Option<String>,
    merchant: Option<String>,
}

fn narrow(q: &str) -> Narrow {
    let mut narrow = Narrow::default();
    let mut parts = q.split(':').skip(1);
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        match key {
            "category" => narrow.category = Some(value.to_owned()),
            "allMerchants" => narrow.merchant = Some(value.to_owned()),
            _ => {}
        }
    }
    narrow
}

fn find(sim: &Sim, question: &Question) -> Found {
    let city_id = question.c.as_deref().unwrap_or("750000000");
    let city = sim
        .world
        .cities
        .find(city_id)
        .unwrap_or(sim.world.cities.main_at(0));
    let narrow = narrow(question.q.as_deref().unwrap_or(""));
    let words: Vec<String> = question
        .text
        .as_deref()
        .unwrap_or("")
        .to_lowercase()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let mut hits: Vec<u32> = sim
        .world
        .popular
        .iter()
        .copied()
        .filter(|at| matches(sim, *at, &narrow, &words))
        .collect();
    match question.sort.as_deref() {
        Some("price_asc") => hits.sort_by_cached_key(|at| cheapest(sim, *at, city).unwrap_or(u32::MAX)),
        Some("price_desc") => {
            hits.sort_by_cached_key(|at| std::cmp::Reverse(cheapest(sim, *at, city).unwrap_or(0)))
        }
        _ => {}
    }
    let size = question.size.unwrap_or(PAGE).clamp(1, 48);
    let from = question.page.unwrap_or(0).saturating_mul(size);
    let cards = hits
        .iter()
        .skip(from)
        .take(size)
        .filter_map(|at| {
            sim.world
                .card_at(*at)
                .map(|slot| card(sim, &slot.info, *at, city))
        })
        .collect();
    Found {
        cards,
        total: hits.len(),
    }
}

fn matches(sim: &Sim, at: u32, narrow: &Narrow, words: &[String]) -> bool {
    let Some(slot) = sim.world.card_at(at) else {
        return false;
    };
    if let Some(category) = &narrow.category {
        let inside = sim
            .world
            .family(slot.info.family)
            .is_some_and(|f| [&f.front, &f.mid, &f.top].contains(&category));
        if !inside && category != "Categories" {
            return false;
        }
    }
    if !words.is_empty() {
        let title = slot.info.title.to_lowercase();
        let number = slot.info.sku.to_string();
        if !words
            .iter()
            .all(|word| title.contains(word.as_str()) || number == *word)
        {
            return false;
        }
    }
    let Some(merchant) = &narrow.merchant else {
        return true;
    };
    let state = read(&slot.state);
    let rival = sim
        .world
        .seller_by_id(merchant)
        .is_some_and(|seller| state.rival_of(seller).is_some());
    let own = sim
        .world
        .shop(merchant)
        .is_some_and(|(shop, _)| state.own.iter().any(|own| own.shop == shop && own.sells()));
    rival || own
}

/// The lowest price in a city.
pub fn cheapest(sim: &Sim, at: u32, city: CityIx) -> Option<u32> {
    let state = read(&sim.world.card_at(at)?.state);
    state
        .ladder(city, &sim.world.sellers)
        .first()
        .map(|line| line.price)
}

/// `443 589 ₸`
fn formatted(price: u32) -> String {
    let digits = price.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out + " ₸"
}

/// Addresses of a card's picture.
pub fn picture(sku: u32, format: &str) -> Value {
    let at = format!(
        "p{:02x}/p{:02x}/{}.jpg",
        sku % 251,
        sku / 251 % 251,
        u64::from(sku) * 37
    );
    let url = |size: &str| format!("https://resources.cdn-kaspi.kz/img/m/p/{at}?format={format}-{size}");
    json!({"small": url("small"), "medium": url("medium"), "large": url("large")})
}

/// Path of a picture below the image host.
pub fn picture_location(sku: u32) -> String {
    format!(
        "p{:02x}/p{:02x}/{}.jpg",
        sku % 251,
        sku / 251 % 251,
        u64::from(sku) * 37
    )
}

/// `/p/{slug}-{id}/`
pub fn shop_link(info: &CardInfo) -> String {
    format!("/p/{}-{}/", slug(&info.title), info.sku)
}

fn card(sim: &Sim, info: &CardInfo, at: u32, city: CityIx) -> Value {
    let found = cheapest(sim, at, city);
    let price = found.unwrap_or(info.level);
    let family = sim.world.family(info.family);
    let city_id = sim.world.cities.id(city);
    let link = format!("{}?c={city_id}", shop_link(info));
    let monthly = price.div_ceil(24);
    let reviews = info.reviews_at(sim.world.born, sim.clock.now());
    let text =
        |pick: fn(&crate::world::vocabulary::Family) -> &String| family.map_or("", |f| pick(f).as_str());
    let mut row = json!({
        "id": info.sku.to_string(), "title": info.title, "brand": info.brand, "categoryId": text(|f| &f.category_id),
        "category": [text(|f| &f.top_ru), text(|f| &f.mid_ru), text(|f| &f.title)],
        "categoryRu": [text(|f| &f.top_ru), text(|f| &f.mid_ru), text(|f| &f.title)],
        "categoryCodes": [text(|f| &f.front), text(|f| &f.mid), text(|f| &f.top), "Categories"],
        "hasVariants": info.group.is_some(), "loanAvailable": price >= 5_000, "shopLink": link,
        "unitPrice": price, "unitSalePrice": price, "priceFormatted": formatted(price), "currency": "KZT",
        "createdTime": info.created.rfc3339(), "stickers": [], "previewImages": [picture(info.sku, "preview")], "teasers": [],
        "creditMonthlyPrice": f64::from(monthly),
        "monthlyInstallment": {"id": 24, "installment": true, "formattedPerMonth": formatted(monthly)},
        "reviewsLink": format!("{link}&tab=reviews"), "reviewsQuantity": reviews, "weight": 0.0, "unit": null,
        "stock": u32::from(found.is_some()), "promo": [],
    });
    if let Some(fields) = row.as_object_mut() {
        if reviews > 0 {
            fields.insert("rating".to_owned(), json!(f64::from(info.rating) / 10.0));
        }
        if text(|f| &f.top) == "Food" {
            fields.insert("unit".to_owned(), json!({"type": "PIECES", "increment": 1.0, "measurementLiteral": "шт", "countingLiteral": "шт"}));
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_grouped_and_questions_are_read() {
        assert_eq!(
            (formatted(443_589).as_str(), formatted(768).as_str()),
            ("443 589 ₸", "768 ₸")
        );
        let found = narrow(":category:Rims:availableInZones:Magnum_ZONE1:allMerchants:123");
        assert_eq!(
            (found.category.as_deref(), found.merchant.as_deref()),
            (Some("Rims"), Some("123"))
        );
    }
}
