//! Lists of orders and how many stand where.

use super::views::OrderView;
use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Moment, Page, Shown, bad_cursor, limit_of},
};
use axum::extract::State;
use sauda_edge::{Caller, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Public, ShopId};
use sauda_orders::{
    OrderCursor, OrderFilter,
    model::{Stage, View, Way},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Which orders.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OrdersQuery {
    /// `open` (without it), `new`, `pack`, `hand_over`, `on_way`, `own`, `back`, `done`, `cancelled`, `all`. What is open is
    /// listed by what is due first, the rest by the newest.
    pub view: Option<String>,
    /// Words of the number, buyer, goods, articles or town.
    pub search: Option<String>,
    /// `kaspi`, `express`, `postomat`, `pickup` or `own`.
    pub way: Option<String>,
    /// Only what is due before.
    #[param(value_type = Option<String>)]
    pub due_before: Option<Moment>,
    /// Only what was ordered then or later.
    #[param(value_type = Option<String>)]
    pub since: Option<Moment>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Items a page, 1 to 200; 50 without it.
    pub limit: Option<u32>,
}

fn unknown(field: &'static str, word: &str) -> Refusal {
    Refusal::new(
        Kind::Invalid,
        Public::new("invalid-value").field(field).arg("value", word),
    )
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewOrders>("list_orders", "Orders of a shop")
        .about("Sums are null to those without the right `view_money`, phones and addresses without `view_buyers`.")
        .query::<OrdersQuery>()
        .lists::<OrderView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewOrders>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<OrdersQuery>,
) -> Result<Shown<Page<OrderView>>, Refusal> {
    let view = match query.view.as_deref() {
        None => View::Open,
        Some(word) => View::ALL
            .into_iter()
            .find(|view| view.word() == word)
            .ok_or_else(|| unknown("view", word))?,
    };
    let after = match query.after.as_deref() {
        None => None,
        Some(text) => Some(OrderCursor::decode(text).ok_or_else(|| bad_cursor(text))?),
    };
    let filter = OrderFilter {
        view,
        search: query.search,
        way: match query.way.as_deref() {
            None => None,
            Some(word) => Some(Way::parse(word).ok_or_else(|| unknown("way", word))?),
        },
        due_before: query.due_before.map(|at| at.0),
        since: query.since.map(|at| at.0),
        after,
        limit: i64::try_from(limit_of(query.limit)?).unwrap_or(50),
    };
    let found = state.orders.list(&caller.scope, &shop, &filter).await?;
    let none = [];
    Ok(Shown(Page {
        items: found
            .orders
            .iter()
            .map(|order| {
                let lines = found.lines.get(&order.id).map_or(&none[..], Vec::as_slice);
                OrderView::of(order, lines, found.commands.get(&order.id), &caller.scope)
            })
            .collect(),
        next: found.next.map(|next| next.encode()),
    }))
}

/// How many orders stand where.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OrderCounts)]
pub(crate) struct CountsView {
    /// Not over yet.
    pub open: i64,
    /// By stage; those without orders are 0.
    pub stages: BTreeMap<&'static str, i64>,
}

pub(crate) fn counts_op() -> Op {
    op::<need::ViewOrders>("count_orders", "How many orders of a shop stand where").shows::<CountsView>()
}

pub(crate) async fn counts(
    caller: Caller<need::ViewOrders>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
) -> Result<Shown<CountsView>, Refusal> {
    let counts = state.orders.counts(&caller.scope, &shop).await?;
    let of = |stage: Stage| {
        counts
            .0
            .iter()
            .find(|(found, _)| *found == stage)
            .map_or(0, |(_, count)| *count)
    };
    Ok(Shown(CountsView {
        open: counts.of(View::Open),
        stages: Stage::ALL
            .into_iter()
            .map(|stage| (stage.word(), of(stage)))
            .collect(),
    }))
}
