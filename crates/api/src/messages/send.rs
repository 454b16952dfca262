//! Writing to the buyer of an order. It is recorded here and sent by a worker in its turn: look at the list for what became of it.

use super::views::MessageView;
use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::Made,
};
use axum::extract::State;
use sauda_edge::{Caller, JsonBody, PathParams, Refusal, need};
use sauda_kernel::{Kind, Public, ShopId};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// What to say to whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMessage {
    /// Number of the order whose buyer is written to.
    pub order_code: String,
    /// The words; or leave them out and name a template.
    #[serde(default)]
    pub text: Option<String>,
    /// Key of a template of the shop.
    #[serde(default)]
    pub template: Option<String>,
}

impl Example for NewMessage {
    fn example() -> Value {
        json!({"order_code": "412807433", "text": "Your order is packed"})
    }
}

pub(crate) fn create_op() -> Op {
    op::<need::ManageMessages>("create_message", "Write to the buyer of an order")
        .about("It leaves in its turn: within the shop's hours, at most one message in thirty seconds, never to those who asked for silence.")
        .body::<NewMessage>()
        .makes::<MessageView>()
}

pub(crate) async fn create(
    caller: Caller<need::ManageMessages>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    JsonBody(new): JsonBody<NewMessage>,
) -> Result<Made<MessageView>, Refusal> {
    let (scope, messages) = (&caller.scope, &state.messages);
    let code = new.order_code.trim();
    let text = match (&new.text, &new.template) {
        (Some(text), None) => text.clone(),
        (None, Some(key)) => {
            let talk = messages.order_talk(scope, &shop, code).await?.talk;
            let is_kazakh = talk.is_some_and(|talk| talk.is_kazakh);
            messages
                .fill_template(scope, &shop, key, Some(code), is_kazakh)
                .await?
        }
        (Some(_), Some(_)) | (None, None) => {
            return Err(Refusal::new(
                Kind::Invalid,
                Public::new("message-empty").field("text"),
            ));
        }
    };
    let id = messages.write_to_order(scope, &shop, code, &text).await?;
    let message = messages.message(scope, &shop, &id).await?;
    Ok(Made(MessageView::from(&message)))
}
