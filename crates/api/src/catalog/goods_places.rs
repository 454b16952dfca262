//! Preorders, and where an offer is sold and how much of it is there.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, ListQuery, Moment, Page, Shown, Sum, page_of},
};
use axum::extract::State;
use sauda_catalog::{CatalogOffer, CityPrice, OfferPoint, Preorder};
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{OfferId, ShopId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// An offer that is sold by preorder.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Preorder)]
pub(crate) struct PreorderView {
    pub offer_id: String,
    pub sku: String,
    pub title: String,
    pub days: i64,
    /// Until when; `null` while nobody ends it.
    pub ends_at: Option<Moment>,
    /// Pieces that may be ordered at a point.
    pub limit: Option<i64>,
    pub set_by: String,
    pub set_at: Moment,
}

fn view(preorder: Preorder, offer: CatalogOffer) -> PreorderView {
    PreorderView {
        offer_id: offer.id.to_string(),
        sku: offer.sku,
        title: offer.title,
        days: preorder.days,
        ends_at: preorder.ends_at.map(Moment),
        limit: preorder.most,
        set_by: preorder.set_by,
        set_at: Moment(preorder.set_at),
    }
}

pub(crate) fn list_preorders_op() -> Op {
    op::<need::ViewCatalog>("list_preorders", "Preorders of a shop, newest first")
        .query::<ListQuery>()
        .lists::<PreorderView>()
}

pub(crate) async fn list_preorders(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<PreorderView>>, Refusal> {
    let all = state.feeds.preorders(&caller.scope, &shop).await?;
    let page = page_of(
        all,
        |(preorder, _)| preorder.offer.to_string(),
        query.after.as_deref(),
        query.limit,
    )?;
    Ok(Shown(Page {
        items: page
            .items
            .into_iter()
            .map(|(preorder, offer)| view(preorder, offer))
            .collect(),
        next: page.next,
    }))
}

/// How an offer is sold by preorder.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreorderBody {
    /// 1 to 30.
    pub days: i64,
    pub ends_at: Option<Moment>,
    pub limit: Option<i64>,
}

impl Example for PreorderBody {
    fn example() -> Value {
        json!({"days": 5, "ends_at": "2099-01-31T00:00:00Z", "limit": 20})
    }
}

pub(crate) fn put_preorder_op() -> Op {
    op::<need::ManageCatalog>("put_preorder", "Sell an offer by preorder, or change how")
        .body::<PreorderBody>()
}

pub(crate) async fn put_preorder(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams(offer): PathParams<OfferId>,
    JsonBody(body): JsonBody<PreorderBody>,
) -> Result<Done, Refusal> {
    let ends_at = body.ends_at.map(|at| at.0);
    state
        .feeds
        .put_preorder(&caller.scope, &offer, body.days, ends_at, body.limit)
        .await?;
    Ok(Done)
}

pub(crate) fn end_preorder_op() -> Op {
    op::<need::ManageCatalog>("end_preorder", "End the preorder of an offer")
}

pub(crate) async fn end_preorder(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams(offer): PathParams<OfferId>,
) -> Result<Done, Refusal> {
    state.feeds.end_preorder(&caller.scope, &offer).await?;
    Ok(Done)
}

/// What is said of an offer at a point; `null` of both leaves it to the cabinet again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferPointBody {
    pub available: Option<bool>,
    /// Pieces.
    pub stock: Option<i64>,
}

impl Example for OfferPointBody {
    fn example() -> Value {
        json!({"available": true, "stock": 17})
    }
}

pub(crate) fn put_point_op() -> Op {
    op::<need::ManageCatalog>(
        "put_offer_point",
        "Say whether an offer is sold at a point and how many pieces are there",
    )
    .about("Stands over what the cabinet shows, in the price list and in price changes alike.")
    .body::<OfferPointBody>()
}

pub(crate) async fn put_point(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams((offer, point)): PathParams<(OfferId, String)>,
    JsonBody(body): JsonBody<OfferPointBody>,
) -> Result<Done, Refusal> {
    let said = OfferPoint {
        offer,
        point_id: point,
        available: body.available,
        stock: body.stock,
    };
    state.feeds.say_point(&caller.scope, &said).await?;
    Ok(Done)
}

/// A price fixed in one city.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CityPrice)]
pub(crate) struct CityPriceView {
    pub offer_id: String,
    pub sku: String,
    pub title: String,
    pub city_id: String,
    pub price: Sum,
    pub set_by: String,
    pub set_at: Moment,
}

impl From<CityPrice> for CityPriceView {
    fn from(one: CityPrice) -> Self {
        Self {
            offer_id: one.offer.to_string(),
            sku: one.sku,
            title: one.title,
            city_id: one.city_id,
            price: one.price.into(),
            set_by: one.set_by,
            set_at: Moment(one.set_at),
        }
    }
}

pub(crate) fn list_city_prices_op() -> Op {
    op::<need::ViewCatalog>(
        "list_city_prices",
        "Prices fixed in single cities, by city and article",
    )
    .shows::<Vec<CityPriceView>>()
}

pub(crate) async fn list_city_prices(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
) -> Result<Shown<Vec<CityPriceView>>, Refusal> {
    let all = state.catalog.city_prices(&caller.scope, &shop).await?;
    Ok(Shown(all.into_iter().map(CityPriceView::from).collect()))
}

/// The price of an offer in a city.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CityPriceBody {
    pub price: Sum,
}

impl Example for CityPriceBody {
    fn example() -> Value {
        json!({"price": {"amount_minor": 4_199_000, "currency": "KZT"}})
    }
}

pub(crate) fn fix_city_price_op() -> Op {
    op::<need::ManagePrices>("fix_city_price", "Fix the price of an offer in one city")
        .about("The bot holds it there, never under the floor; other cities stay as they are.")
        .body::<CityPriceBody>()
}

pub(crate) async fn fix_city_price(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams((offer, city)): PathParams<(OfferId, String)>,
    JsonBody(body): JsonBody<CityPriceBody>,
) -> Result<Done, Refusal> {
    let price = body.price.price("price")?;
    state
        .pricing
        .fix_city_price(&caller.scope, &offer, &city, Some(price))
        .await?;
    Ok(Done)
}

pub(crate) fn free_city_price_op() -> Op {
    op::<need::ManagePrices>(
        "free_city_price",
        "Leave the price of an offer in a city to the bot again",
    )
}

pub(crate) async fn free_city_price(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams((offer, city)): PathParams<(OfferId, String)>,
) -> Result<Done, Refusal> {
    state
        .pricing
        .fix_city_price(&caller.scope, &offer, &city, None)
        .await?;
    Ok(Done)
}
