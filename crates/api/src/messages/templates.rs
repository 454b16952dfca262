//! Templates of a shop.

use super::views::TemplateView;
use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Page, Shown},
};
use axum::extract::State;
use sauda_edge::{Caller, PathParams, Refusal, need};
use sauda_kernel::ShopId;

pub(crate) fn list_op() -> Op {
    op::<need::ViewMessages>(
        "list_message_templates",
        "Texts that a shop sends, in both languages",
    )
    .lists::<TemplateView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewMessages>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
) -> Result<Shown<Page<TemplateView>>, Refusal> {
    let found = state.messages.templates(&caller.scope, &shop).await?;
    Ok(Shown(Page {
        items: found.iter().map(TemplateView::from).collect(),
        next: None,
    }))
}
