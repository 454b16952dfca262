//! One order, and its waybill.

use super::views::{CommandView, EventView, OrderView, WaybillView};
use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Download, Shown},
};
use axum::extract::State;
use sauda_edge::{Caller, PathParams, Refusal, need};
use sauda_kernel::ShopId;
use serde::Serialize;
use utoipa::ToSchema;

/// An order with its history.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OrderWhole)]
pub(crate) struct WholeView {
    pub order: OrderView,
    /// Oldest first.
    pub events: Vec<EventView>,
    pub commands: Vec<CommandView>,
    pub waybills: Vec<WaybillView>,
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewOrders>("show_order", "One order with its history").shows::<WholeView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewOrders>,
    State(state): State<ApiState>,
    PathParams((shop, code)): PathParams<(ShopId, String)>,
) -> Result<Shown<WholeView>, Refusal> {
    let found = state.orders.view(&caller.scope, &shop, &code).await?;
    let pending = found
        .commands
        .iter()
        .rev()
        .find(|command| command.state.is_open());
    Ok(Shown(WholeView {
        order: OrderView::of(&found.order, &found.lines, pending, &caller.scope),
        commands: found.commands.iter().map(CommandView::from).collect(),
        events: found
            .events
            .into_iter()
            .map(|event| EventView::of(event, &caller.scope))
            .collect(),
        waybills: found.waybills.into_iter().map(WaybillView::from).collect(),
    }))
}

pub(crate) fn waybill_op() -> Op {
    op::<need::ViewOrders>("get_order_waybill", "The newest waybill of an order")
        .gives_file(&["application/pdf"])
}

pub(crate) async fn waybill(
    caller: Caller<need::ViewOrders>,
    State(state): State<ApiState>,
    PathParams((shop, code)): PathParams<(ShopId, String)>,
) -> Result<Download, Refusal> {
    let (_, bytes) = state.orders.waybill(&caller.scope, &shop, &code, None).await?;
    let plain: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(40)
        .collect();
    Ok(Download {
        name: format!("waybill-{plain}.pdf"),
        content_type: "application/pdf",
        bytes,
    })
}
