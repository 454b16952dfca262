//! Messages of a shop, and what buyers answered about sizes.

use super::views::{AnswerView, MessageView};
use crate::{
    ApiState,
    describe::{Op, op},
    shape::{ListQuery, Page, Shown, bad_cursor, limit_of},
};
use axum::extract::State;
use sauda_edge::{Caller, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{MessageId, ShopId};
use serde::Deserialize;
use utoipa::IntoParams;

pub(crate) fn list_op() -> Op {
    op::<need::ViewMessages>("list_messages", "Messages of a shop, the newest first")
        .query::<ListQuery>()
        .lists::<MessageView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewMessages>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<MessageView>>, Refusal> {
    let before = match query.after.as_deref() {
        None => None,
        Some(text) => Some(MessageId::parse(text).map_err(|_| bad_cursor(text))?),
    };
    let limit = limit_of(query.limit)?;
    let rows = i64::try_from(limit).unwrap_or(50);
    let found = state
        .messages
        .messages(&caller.scope, &shop, before.as_ref(), rows)
        .await?;
    Ok(Shown(Page {
        next: found
            .last()
            .filter(|_| found.len() == limit)
            .map(|last| last.id.to_string()),
        items: found.iter().map(MessageView::from).collect(),
    }))
}

/// Which orders.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AnswersQuery {
    /// Numbers of orders, parted by commas; at most 500.
    pub orders: String,
}

pub(crate) fn answers_op() -> Op {
    op::<need::ViewMessages>(
        "list_size_answers",
        "What buyers answered about the size of their orders",
    )
    .about("Orders that were never asked are left out.")
    .query::<AnswersQuery>()
    .lists::<AnswerView>()
}

pub(crate) async fn answers(
    caller: Caller<need::ViewMessages>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<AnswersQuery>,
) -> Result<Shown<Page<AnswerView>>, Refusal> {
    let codes: Vec<&str> = query
        .orders
        .split(',')
        .map(str::trim)
        .filter(|code| !code.is_empty())
        .take(500)
        .collect();
    let found = state.messages.answers(&caller.scope, &shop, &codes).await?;
    Ok(Shown(Page {
        items: found
            .into_iter()
            .map(|(code, answer)| AnswerView::of(code, &answer))
            .collect(),
        next: None,
    }))
}
