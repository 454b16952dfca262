//! Points and cities of a shop.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, ListQuery, Moment, Page, Shown, page_of},
};
use axum::extract::State;
use sauda_catalog::{ShopCity, ShopPoint};
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::ShopId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// One point of a shop.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Point)]
pub(crate) struct PointView {
    pub id: String,
    pub code: String,
    pub name: String,
    pub enabled: bool,
    pub city_id: Option<String>,
    /// Since when the cabinet does not show it.
    pub gone_at: Option<Moment>,
}

impl From<ShopPoint> for PointView {
    fn from(point: ShopPoint) -> Self {
        Self {
            id: point.id,
            code: point.code,
            name: point.name,
            enabled: point.enabled,
            city_id: point.city_id,
            gone_at: point.gone_at.map(Moment),
        }
    }
}

pub(crate) fn list_points_op() -> Op {
    op::<need::ViewShops>("list_points", "Points of a shop")
        .query::<ListQuery>()
        .lists::<PointView>()
}

pub(crate) async fn list_points(
    caller: Caller<need::ViewShops>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<PointView>>, Refusal> {
    let all = state.catalog.points(&caller.scope, &shop).await?;
    let page = page_of(all, |point| point.id.clone(), query.after.as_deref(), query.limit)?;
    Ok(Shown(Page {
        items: page.items.into_iter().map(PointView::from).collect(),
        next: page.next,
    }))
}

/// One city of a shop.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = City)]
pub(crate) struct CityView {
    pub id: String,
    pub name: String,
    /// Whether the price bot works there.
    pub watched: bool,
    /// Since when no point is left in it.
    pub gone_at: Option<Moment>,
}

impl From<ShopCity> for CityView {
    fn from(city: ShopCity) -> Self {
        Self {
            id: city.city_id,
            name: city.name,
            watched: city.watched,
            gone_at: city.gone_at.map(Moment),
        }
    }
}

pub(crate) fn list_cities_op() -> Op {
    op::<need::ViewShops>("list_cities", "Cities of a shop")
        .query::<ListQuery>()
        .lists::<CityView>()
}

pub(crate) async fn list_cities(
    caller: Caller<need::ViewShops>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<CityView>>, Refusal> {
    let all = state.catalog.cities(&caller.scope, &shop).await?;
    let page = page_of(
        all,
        |city| city.city_id.clone(),
        query.after.as_deref(),
        query.limit,
    )?;
    Ok(Shown(Page {
        items: page.items.into_iter().map(CityView::from).collect(),
        next: page.next,
    }))
}

/// Whether the bot works in a city.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CityPatch {
    pub watched: bool,
}

impl Example for CityPatch {
    fn example() -> Value {
        json!({"watched": true})
    }
}

pub(crate) fn change_city_op() -> Op {
    op::<need::ManageShops>("change_city", "Let the bot work in a city, or not").body::<CityPatch>()
}

pub(crate) async fn change_city(
    caller: Caller<need::ManageShops>,
    State(state): State<ApiState>,
    PathParams((shop, city)): PathParams<(ShopId, String)>,
    JsonBody(body): JsonBody<CityPatch>,
) -> Result<Done, Refusal> {
    state
        .catalog
        .watch_city(&caller.scope, &shop, &city, body.watched)
        .await?;
    Ok(Done)
}
