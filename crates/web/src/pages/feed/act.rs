//! What people do with the price list: another address, another way, agreeing to a smaller list.

use crate::{carried::Did, door::Desk};
use axum::{extract::State, response::Response};
use sauda_catalog::FeedWay;
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{Kind, Public};
use serde::Deserialize;

type Keeper = Person<need::ManageCatalog>;

fn page(slug: &str) -> String {
    format!("/s/{slug}/catalog/feed")
}

#[derive(Deserialize)]
pub(super) struct WayForm {
    #[serde(default)]
    way: String,
}

pub(super) async fn way(
    State(desk): State<Desk>,
    who: Keeper,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<WayForm>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let way = FeedWay::parse(&form.way).ok_or_else(|| {
        Refusal::new(
            Kind::Invalid,
            Public::new("invalid-value").field("way").arg("value", &form.way),
        )
    })?;
    desk.feeds.set_way(who.scope(), &shop.id, way).await?;
    Ok(Did::new(format!("did-feed-way-{}", way.word())).at(&page(&slug)))
}

#[derive(Deserialize)]
pub(super) struct ProductsForm {
    /// A point of the shop; empty when products without an offer stay out.
    #[serde(default)]
    point: String,
}

pub(super) async fn products(
    State(desk): State<Desk>,
    who: Keeper,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<ProductsForm>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let point = Some(form.point.as_str()).filter(|point| !point.is_empty());
    desk.feeds.list_products(who.scope(), &shop.id, point).await?;
    let did = match point {
        Some(_) => "did-feed-products-in",
        None => "did-feed-products-out",
    };
    Ok(Did::new(did).at(&page(&slug)))
}

/// Makes the address, or another one.
pub(super) async fn address(
    State(desk): State<Desk>,
    who: Keeper,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let had = desk.feeds.feed(who.scope(), &shop.id).await?.has_address;
    desk.feeds.rotate(who.scope(), &shop.id).await?;
    let did = if had { "did-feed-rotated" } else { "did-feed-made" };
    Ok(Did::new(did).at(&page(&slug)))
}

#[derive(Deserialize)]
pub(super) struct AgreeForm {
    /// The number of offers that the page showed.
    rows: i64,
}

pub(super) async fn agree(
    State(desk): State<Desk>,
    who: Keeper,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<AgreeForm>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    desk.feeds.agree(who.scope(), &shop.id, form.rows).await?;
    Ok(Did::new("did-feed-agreed").arg("n", form.rows).at(&page(&slug)))
}
