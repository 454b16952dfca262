//! Shops: list, look, how calls leave, read again, remove.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Accepted, AccessStateWord, Done, ListQuery, Moment, Page, Shown, Word, page_of},
};
use axum::extract::State;
use sauda_accounts::Right;
use sauda_catalog::Shop;
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::ShopId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// One shop.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Shop)]
pub(crate) struct ShopView {
    pub id: String,
    pub name: String,
    pub marketplace: String,
    /// The marketplace's own id.
    pub marketplace_uid: String,
    /// Word in the addresses of pages.
    pub slug: String,
    pub main_city_id: Option<String>,
    /// Id of the login that opens it.
    pub access_id: Option<String>,
    /// `null` for a shop without a login.
    pub access_state: Option<AccessStateWord>,
    /// When sign-in opens again.
    pub access_until: Option<Moment>,
    /// When the marketplace last answered.
    pub contact_at: Option<Moment>,
    pub synced_at: Option<Moment>,
    /// Why the last reading failed.
    pub sync_error: Option<String>,
    /// `direct`, `pool` or the id of a proxy; shown to those who manage proxies.
    pub egress: Option<String>,
}

impl ShopView {
    fn of(shop: Shop, shows_egress: bool) -> Self {
        Self {
            id: shop.id.to_string(),
            name: shop.name,
            marketplace: shop.marketplace,
            marketplace_uid: shop.uid,
            slug: shop.slug,
            main_city_id: shop.main_city,
            access_id: shop.access.map(|access| access.to_string()),
            access_state: shop.access_state.map(Word),
            access_until: shop.access_until.map(Moment),
            contact_at: shop.contact_at.map(Moment),
            synced_at: shop.synced_at.map(Moment),
            sync_error: shop.sync_error,
            egress: shows_egress.then_some(shop.egress),
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewShops>("list_shops", "Shops, oldest first")
        .query::<ListQuery>()
        .lists::<ShopView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewShops>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<ShopView>>, Refusal> {
    let shows_egress = caller.scope.may(Right::ManageProxies);
    let all = state.catalog.shops(&caller.scope).await?;
    let page = page_of(
        all,
        |shop| shop.id.to_string(),
        query.after.as_deref(),
        query.limit,
    )?;
    Ok(Shown(Page {
        items: page
            .items
            .into_iter()
            .map(|shop| ShopView::of(shop, shows_egress))
            .collect(),
        next: page.next,
    }))
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewShops>("show_shop", "One shop").shows::<ShopView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewShops>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<ShopId>,
) -> Result<Shown<ShopView>, Refusal> {
    let shop = state.catalog.shop(&caller.scope, &id).await?;
    Ok(Shown(ShopView::of(shop, caller.scope.may(Right::ManageProxies))))
}

/// How a shop's calls leave.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShopPatch {
    /// `direct`, `pool` or the id of a proxy.
    pub egress: String,
}

impl Example for ShopPatch {
    fn example() -> Value {
        json!({"egress": "pool"})
    }
}

pub(crate) fn change_op() -> Op {
    op::<need::ManageProxies>("change_shop", "Choose how a shop's calls leave")
        .body::<ShopPatch>()
        .shows::<ShopView>()
}

pub(crate) async fn change(
    caller: Caller<need::ManageProxies>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<ShopId>,
    JsonBody(body): JsonBody<ShopPatch>,
) -> Result<Shown<ShopView>, Refusal> {
    state.catalog.shop(&caller.scope, &id).await?;
    state
        .catalog
        .choose_egress(&caller.scope, &id, &body.egress)
        .await?;
    let shop = state.catalog.shop(&caller.scope, &id).await?;
    Ok(Shown(ShopView::of(shop, true)))
}

pub(crate) fn read_again_op() -> Op {
    op::<need::ManageShops>("read_shop", "Read the shop's offers from the cabinet anew").accepts()
}

pub(crate) async fn read_again(
    caller: Caller<need::ManageShops>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<ShopId>,
) -> Result<Accepted, Refusal> {
    state.catalog.request_sync(&caller.scope, &id).await?;
    Ok(Accepted)
}

pub(crate) fn remove_op() -> Op {
    op::<need::ManageShops>("remove_shop", "Stop working for a shop; its history stays")
}

pub(crate) async fn remove(
    caller: Caller<need::ManageShops>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<ShopId>,
) -> Result<Done, Refusal> {
    state.catalog.remove_shop(&caller.scope, &id).await?;
    Ok(Done)
}
