//! The key of a shop to its orders: given, looked at, forgotten. The key itself never comes out.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, Moment, Shown},
};
use axum::extract::State;
use sauda_accounts::Scope;
use sauda_edge::{Caller, JsonBody, PathParams, Refusal, need};
use sauda_kernel::ShopId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// The key of a shop and how the reading of its orders goes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OrderKey)]
pub(crate) struct KeyView {
    /// Last letters of the key; null when there is none.
    pub end: Option<String>,
    /// `none`, `new`, `works`, `refused`.
    pub state: &'static str,
    /// When orders were read last.
    pub read_at: Option<Moment>,
    /// Everything created since then was read.
    pub history_from: Option<Moment>,
    pub trouble: Option<String>,
}

async fn view(state: &ApiState, scope: &Scope, shop: &ShopId) -> Result<KeyView, Refusal> {
    let key = state.catalog.shop_key(scope, shop).await?;
    let reading = state.orders.reading(scope, shop).await?;
    let reading = reading.as_ref();
    Ok(KeyView {
        state: key.as_ref().map_or("none", |key| key.state.word()),
        end: key.map(|key| key.end),
        read_at: reading.and_then(|reading| reading.read_at).map(Moment),
        history_from: reading.and_then(|reading| reading.back_to).map(Moment),
        trouble: reading.and_then(|reading| reading.trouble.clone()),
    })
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewShops>("show_order_key", "The key of a shop to its orders").shows::<KeyView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewShops>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
) -> Result<Shown<KeyView>, Refusal> {
    Ok(Shown(view(&state, &caller.scope, &shop).await?))
}

/// A key as the cabinet shows it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewKey {
    pub key: String,
}

impl Example for NewKey {
    fn example() -> Value {
        json!({"key": "T25lIGtleSBvZiBvbmUgc2hvcCwgbm90IGEgcmVhbCBvbmU="})
    }
}

pub(crate) fn put_op() -> Op {
    op::<need::ManageShops>("put_order_key", "Give the key of a shop and read its orders")
        .body::<NewKey>()
        .shows::<KeyView>()
}

pub(crate) async fn put(
    caller: Caller<need::ManageShops>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    JsonBody(body): JsonBody<NewKey>,
) -> Result<Shown<KeyView>, Refusal> {
    state.orders.connect(&caller.scope, &shop, &body.key).await?;
    Ok(Shown(view(&state, &caller.scope, &shop).await?))
}

pub(crate) fn remove_op() -> Op {
    op::<need::ManageShops>("forget_order_key", "Forget the key of a shop")
}

pub(crate) async fn remove(
    caller: Caller<need::ManageShops>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
) -> Result<Done, Refusal> {
    state.orders.disconnect(&caller.scope, &shop).await?;
    Ok(Done)
}
