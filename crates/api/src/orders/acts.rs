//! Asking for something with an order. It is recorded here and done by a worker: look at the order for what became of it.

use super::views::CommandView;
use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::Made,
};
use axum::extract::State;
use sauda_edge::{Caller, JsonBody, PathParams, Refusal, need};
use sauda_kernel::{Kind, Public, ShopId};
use sauda_orders::model::{Act, ActKind};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// What to do with an order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAct {
    /// `accept`, `assemble`, `cancel`, `cancel_line`, `weigh`, `imei`, `send_code`, `complete`, `arrived`, `arrived_backward`.
    pub act: String,
    /// For `assemble`: 1 to 20, 1 without it.
    #[serde(default)]
    pub parcels: Option<u32>,
    /// For `cancel` and `cancel_line`: `out_of_stock`, `buyer_asked`, `buyer_not_reachable`; for `weigh`: `underweight`,
    /// `out_of_stock`.
    #[serde(default)]
    pub reason: Option<String>,
    /// For `cancel`: at most 1 000 letters.
    #[serde(default)]
    pub comment: Option<String>,
    /// For `cancel_line`, `weigh` and `imei`: `entry_id` of the line.
    #[serde(default)]
    pub entry_id: Option<String>,
    /// For `cancel_line`: pieces that stay; 0 takes the line out.
    #[serde(default)]
    pub left: Option<i64>,
    /// For `weigh`: grams that stay; 0 takes the line out.
    #[serde(default)]
    pub grams: Option<i64>,
    /// For `imei`: the numbers of each piece, one or two, fifteen digits each.
    #[serde(default)]
    pub devices: Option<Vec<Vec<String>>>,
    /// For `complete`: the code that the buyer told.
    #[serde(default)]
    pub code: Option<String>,
}

impl Example for NewAct {
    fn example() -> Value {
        json!({"act": "assemble", "parcels": 1})
    }
}

impl NewAct {
    fn read(self) -> Result<Act, Refusal> {
        let kind = ActKind::parse(&self.act).ok_or_else(|| {
            Refusal::new(
                Kind::Invalid,
                Public::new("invalid-value").field("act").arg("value", &self.act),
            )
        })?;
        Ok(match kind {
            ActKind::Accept => Act::Accept,
            ActKind::Assemble => Act::Assemble {
                parcels: self.parcels.unwrap_or(1),
            },
            ActKind::Cancel => Act::Cancel {
                reason: self.reason.unwrap_or_default(),
                comment: self.comment,
            },
            ActKind::CancelLine => Act::CancelLine {
                entry: self.entry_id.unwrap_or_default(),
                left: self.left.unwrap_or(-1),
                reason: self.reason.unwrap_or_default(),
            },
            ActKind::Weigh => Act::Weigh {
                entry: self.entry_id.unwrap_or_default(),
                grams: self.grams.unwrap_or(-1),
                reason: self.reason.unwrap_or_default(),
            },
            ActKind::Imei => Act::Imei {
                entry: self.entry_id.unwrap_or_default(),
                devices: self.devices.unwrap_or_default(),
            },
            ActKind::SendCode => Act::SendCode,
            ActKind::Complete => Act::Complete {
                code: self.code.unwrap_or_default(),
            },
            ActKind::Arrived => Act::Arrived,
            ActKind::ArrivedBackward => Act::ArrivedBackward,
        })
    }
}

pub(crate) fn create_op() -> Op {
    op::<need::ManageOrders>("act_on_order", "Accept, pack, cancel or hand out an order")
        .about("Recorded at once, sent by a worker, read back. One of a kind is under way or done for an order: a second one is refused.")
        .body::<NewAct>()
        .makes::<CommandView>()
}

pub(crate) async fn create(
    caller: Caller<need::ManageOrders>,
    State(state): State<ApiState>,
    PathParams((shop, code)): PathParams<(ShopId, String)>,
    JsonBody(body): JsonBody<NewAct>,
) -> Result<Made<CommandView>, Refusal> {
    let command = state
        .orders
        .ask(&caller.scope, &shop, &code, body.read()?)
        .await?;
    Ok(Made(CommandView::from(&command)))
}
