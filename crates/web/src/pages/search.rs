//! What the command palette finds: goods of a shop. Pages and commands are in the page already.

use crate::{door::Desk, format};
use axum::{Json, Router, extract::State, routing::get};
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::OfferId;
use sauda_pricing::board::{BoardFilter, BoardSort};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Most goods that are shown.
const FOUND: i64 = 8;
/// Longest search that is looked for, in letters.
const LETTERS: usize = 100;

pub(crate) fn routes() -> Router<Desk> {
    Router::new().route("/s/{shop}/search", get(search))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    city: String,
}

/// As `palette.js` reads it.
#[derive(Debug, Serialize)]
struct Found {
    href: String,
    title: String,
    note: String,
}

async fn search(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
    QueryParams(asked): QueryParams<Asked>,
) -> Result<Json<Vec<Found>>, Refusal> {
    let scope = who.scope();
    let shop = desk.catalog.shop_by_slug(scope, &slug).await?;
    let city = if asked.city.is_empty() {
        desk.default_city(&who.session, &shop).await?
    } else {
        asked.city
    };
    let search: String = asked.q.trim().chars().take(LETTERS).collect();
    if search.is_empty() {
        return Ok(Json(Vec::new()));
    }
    let filter = BoardFilter {
        city_id: city,
        search: Some(search),
        sort: BoardSort::NameUp,
        limit: FOUND,
        ..BoardFilter::default()
    };
    let page = desk.pricing.board(scope, &shop.id, &filter).await?;
    let ids: Vec<OfferId> = page.rows.iter().map(|row| row.offer.clone()).collect();
    let offers = desk.catalog.offers_by_ids(&ids).await?;
    let names: HashMap<&OfferId, (&str, &str)> = offers
        .iter()
        .map(|offer| (&offer.id, (offer.title.as_str(), offer.sku.as_str())))
        .collect();
    let found = page.rows.iter().filter_map(|row| {
        let (title, sku) = names.get(&row.offer)?;
        let price = row
            .price
            .map(|price| format!(" · {}", format::money(price.get())))
            .unwrap_or_default();
        Some(Found {
            href: format!("/s/{slug}/prices/{}", row.offer),
            title: (*title).to_owned(),
            note: format!("{sku}{price}"),
        })
    });
    Ok(Json(found.collect()))
}
