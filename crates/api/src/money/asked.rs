//! Questions to the formula: the members are those of the lines of `sauda economics` and `sauda tax`. Refuses to keep them.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::Shown,
};
use axum::extract::State;
use sauda_economics::command::{Asked, ask};
use sauda_edge::{Caller, JsonBody, Refusal, need};
use sauda_kernel::Kind;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// Members of a line of `sauda economics`: see docs/economics.md.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(value_type = Object)]
pub(crate) struct SaleQuestion(pub Map<String, Value>);

impl Example for SaleQuestion {
    fn example() -> Value {
        json!({"date": "2026-11-20", "price": 12990, "purchase": 6500, "commission_pct": 13.5, "commission_vat": "published", "weight_kg": 0.3, "delivery": "city", "regime": "simplified"})
    }
}

/// Members of a line of `sauda tax`: see docs/tax.md.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(value_type = Object)]
pub(crate) struct TaxQuestion(pub Map<String, Value>);

impl Example for TaxQuestion {
    fn example() -> Value {
        json!({"regime": "simplified", "period": "2026-H2", "turnover": 21_000_000, "region": "Almaty"})
    }
}

/// The members of an answer: sums in tenge, shares in percent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(value_type = Object)]
pub(crate) struct Answer(pub Map<String, Value>);

pub(crate) fn sale_op() -> Op {
    op::<need::ViewMoney>("compute_sale", "What a sale earns, part by part")
        .about("The same question always has the same answer; nothing is kept. Sums are tenge with at most two digits behind the point.")
        .body::<SaleQuestion>()
        .shows::<Answer>()
}

pub(crate) async fn sale(
    _caller: Caller<need::ViewMoney>,
    State(_state): State<ApiState>,
    JsonBody(question): JsonBody<SaleQuestion>,
) -> Result<Shown<Answer>, Refusal> {
    answer(Asked::Economics, question.0)
}

pub(crate) fn tax_op() -> Op {
    op::<need::ViewMoney>("estimate_tax", "The tax of a period by regime and date")
        .about("An estimate, not a declaration; nothing is kept.")
        .body::<TaxQuestion>()
        .shows::<Answer>()
}

pub(crate) async fn tax(
    _caller: Caller<need::ViewMoney>,
    State(_state): State<ApiState>,
    JsonBody(question): JsonBody<TaxQuestion>,
) -> Result<Shown<Answer>, Refusal> {
    answer(Asked::Tax, question.0)
}

fn answer(asked: Asked, question: Map<String, Value>) -> Result<Shown<Answer>, Refusal> {
    ask(asked, &Value::Object(question))
        .map(|told| Shown(Answer(told)))
        .map_err(|refused| Refusal::new(Kind::Invalid, refused.public()))
}
