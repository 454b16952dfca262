//! Size advice of an order: looked at, asked for, corrected, judged. Measures of buyers need the right to see buyers.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Moment, Shown, text_of},
};
use axum::extract::State;
use sauda_accounts::Right;
use sauda_edge::{Arg, Caller, JsonBody, PathParams, Refusal, need};
use sauda_kernel::{Kind, Public, ShopId};
use sauda_orders::{
    OrdersError,
    fit::{FitWord, FitWrong, LineFit},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// Why a size was advised.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SizeReason {
    /// For programs: does not change.
    pub code: String,
    #[schema(value_type = Object)]
    pub args: Map<String, Value>,
    /// For people, in the language of the request.
    pub text: String,
}

/// Chances of a size, percent.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SizeChances {
    pub size: String,
    pub small: i64,
    pub fit: i64,
    pub large: i64,
}

/// A size that a person chose.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SizeCorrection {
    /// Empty when there was no advice.
    pub from: String,
    pub to: String,
    pub why: String,
    /// Empty when the buyer chose it.
    pub by: String,
    pub at: Moment,
}

/// How a piece sat.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SizeOutcome {
    pub size: String,
    /// `small`, `fit`, `large`, `returned`.
    pub fit: &'static str,
    /// `kept`, `return`, `person`.
    pub source: &'static str,
    pub by: String,
    pub at: Moment,
}

/// What is advised for a line of an order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SizeLine {
    /// Number of the line, from 0.
    pub line: i64,
    /// The size that was bought.
    pub bought: String,
    /// The size to take; null without data.
    pub size: Option<String>,
    /// The chance that it fits, percent; null without data and where a person chose.
    pub percent: Option<i64>,
    /// `high`, `middle`, `low`, `person`; null without data.
    pub sureness: Option<&'static str>,
    /// Surely another size than the bought one.
    pub differs: bool,
    /// Without data: why.
    pub why: Option<SizeReason>,
    /// At most three, heaviest first; none without the right to see buyers.
    pub reasons: Vec<SizeReason>,
    pub chances: Option<SizeChances>,
    pub correction: Option<SizeCorrection>,
    pub outcome: Option<SizeOutcome>,
    /// How many outcomes of the shop were known.
    pub lessons: i64,
    pub at: Moment,
}

/// Size advice of an order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrderSize {
    /// Lines that have a size.
    pub lines: Vec<SizeLine>,
    /// What the buyer said, as `buyer` of `sauda size`; null when nothing, or without the right to see buyers.
    #[schema(value_type = Option<Object>)]
    pub measures: Option<Map<String, Value>>,
}

/// Something said of an order's sizes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SizeAct {
    /// `advise`, `measures`, `correct`, `outcome`, `forget`.
    pub act: String,
    /// For `correct` and `outcome`: number of the line, 0 without it.
    #[serde(default)]
    pub line: i64,
    /// For `correct`: the better size; for `outcome`: the size that the buyer had, the bought one without it.
    #[serde(default)]
    pub size: Option<String>,
    /// For `correct`: at most 500 letters.
    #[serde(default)]
    pub why: Option<String>,
    /// For `outcome`: `small`, `fit`, `large`, `returned`.
    #[serde(default)]
    pub fit: Option<String>,
    /// For `measures`: members of `buyer` of `sauda size`, such as `height_cm`, `weight_kg`, `usual_size`.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub body: Option<Map<String, Value>>,
}

impl Example for SizeAct {
    fn example() -> Value {
        json!({"act": "measures", "body": {"height_cm": 164, "weight_kg": 56}})
    }
}

fn reason<M>(
    state: &ApiState,
    caller: &Caller<M>,
    prefix: &str,
    code: &str,
    args: Map<String, Value>,
) -> SizeReason {
    let filled: Vec<(&str, Arg)> = args
        .iter()
        .map(|(name, value)| {
            let arg = match value {
                Value::Number(number) => number
                    .as_i64()
                    .map_or_else(|| Arg::from(number.to_string()), Arg::from),
                Value::String(text) => Arg::from(text.as_str()),
                other => Arg::from(other.to_string()),
            };
            (name.as_str(), arg)
        })
        .collect();
    let text = text_of(
        state.edge.words(),
        caller.language,
        &format!("{prefix}-{code}"),
        &filled,
    );
    SizeReason {
        code: code.to_owned(),
        text,
        args,
    }
}

fn line<M>(state: &ApiState, caller: &Caller<M>, fit: &LineFit) -> SizeLine {
    let advice = &fit.advice;
    let sees_buyer = caller.scope.may(Right::ViewBuyers);
    SizeLine {
        line: fit.line,
        bought: fit.asked.clone(),
        size: fit.size().map(str::to_owned),
        percent: fit.percent(),
        sureness: fit.sureness(),
        differs: fit.differs(),
        why: fit
            .why()
            .map(|code| reason(state, caller, "size-why", code, Map::new())),
        reasons: advice
            .reasons
            .iter()
            .filter(|_| sees_buyer)
            .map(|one| reason(state, caller, "size-reason", &one.code, one.args.clone()))
            .collect(),
        chances: advice
            .asked
            .clone()
            .zip(advice.probabilities.as_ref())
            .map(|(size, all)| SizeChances {
                size,
                small: all.small.percent(),
                fit: all.fit.percent(),
                large: all.large.percent(),
            }),
        correction: fit.correction.as_ref().map(|one| SizeCorrection {
            from: one.from.clone(),
            to: one.to.clone(),
            why: one.why.clone(),
            by: one.by.clone(),
            at: Moment(one.at),
        }),
        outcome: fit.outcome.as_ref().map(|one| SizeOutcome {
            size: one.size.clone(),
            fit: one.fit.word(),
            source: one.source.word(),
            by: one.by.clone(),
            at: Moment(one.at),
        }),
        lessons: fit.lessons,
        at: Moment(fit.at),
    }
}

async fn whole<M>(
    state: &ApiState,
    caller: &Caller<M>,
    shop: &ShopId,
    code: &str,
) -> Result<OrderSize, Refusal> {
    let seen = state.orders.view(&caller.scope, shop, code).await?;
    let id = seen.order.id;
    let fits = state.orders.fits(std::slice::from_ref(&id)).await?;
    let measures = if caller.scope.may(Right::ViewBuyers) {
        state.orders.measures(&caller.scope, shop, code).await?
    } else {
        None
    };
    Ok(OrderSize {
        lines: fits
            .get(&id)
            .into_iter()
            .flatten()
            .map(|fit| line(state, caller, fit))
            .collect(),
        measures: measures.map(|measures| measures.body),
    })
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewOrders>("show_order_size", "Size advice of an order")
        .about("What was advised last; nothing is advised by looking.")
        .shows::<OrderSize>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewOrders>,
    State(state): State<ApiState>,
    PathParams((shop, code)): PathParams<(ShopId, String)>,
) -> Result<Shown<OrderSize>, Refusal> {
    Ok(Shown(whole(&state, &caller, &shop, &code).await?))
}

pub(crate) fn act_op() -> Op {
    op::<need::ManageOrders>("act_on_order_size", "Advise, correct or judge sizes of an order")
        .about("Each act advises anew. A correction holds for this buyer and piece from now on.")
        .body::<SizeAct>()
        .shows::<OrderSize>()
}

pub(crate) async fn act(
    caller: Caller<need::ManageOrders>,
    State(state): State<ApiState>,
    PathParams((shop, code)): PathParams<(ShopId, String)>,
    JsonBody(body): JsonBody<SizeAct>,
) -> Result<Shown<OrderSize>, Refusal> {
    let (scope, orders) = (&caller.scope, &state.orders);
    match body.act.as_str() {
        "advise" => orders.advise(scope, &shop, &code).await.map(|_| ())?,
        "measures" => {
            let said = body.body.unwrap_or_default();
            orders.put_measures(scope, &shop, &code, said).await.map(|_| ())?;
        }
        "correct" => {
            let (size, why) = (body.size.unwrap_or_default(), body.why.unwrap_or_default());
            orders
                .correct(scope, &shop, &code, body.line, &size, &why)
                .await
                .map(|_| ())?;
        }
        "outcome" => {
            let word = body.fit.unwrap_or_default();
            let fit = FitWord::parse(&word).ok_or(OrdersError::FitWrong(FitWrong::Fit(word)))?;
            orders
                .outcome(scope, &shop, &code, body.line, fit, body.size.as_deref())
                .await
                .map(|_| ())?;
        }
        "forget" => orders.forget_buyer(scope, &shop, &code).await?,
        other => {
            return Err(Refusal::new(
                Kind::Invalid,
                Public::new("invalid-value").field("act").arg("value", other),
            ));
        }
    }
    Ok(Shown(whole(&state, &caller, &shop, &code).await?))
}
