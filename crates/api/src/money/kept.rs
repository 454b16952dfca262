//! How the merchant is taxed.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Moment, Shown},
};
use axum::extract::State;
use sauda_accounts::Right;
use sauda_economics::money::{NewTaxpayer, Taxpayer, Taxpayers};
use sauda_economics::rates::{Day, Regime};
use sauda_edge::{Caller, JsonBody, Refusal, need};
use sauda_kernel::{BasisPoints, Kind, Public};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// How the merchant is taxed; `regime` is null while nobody said.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Taxpayer)]
pub(crate) struct TaxpayerView {
    /// `simplified`, `general_ip`, `llp`, `retail` or `self_employed`.
    pub regime: Option<&'static str>,
    pub place: Option<String>,
    /// The merchant's own rate, basis points.
    pub rate_bp: Option<i32>,
    pub is_vat_payer: bool,
    /// The first day on which it holds, `2026-07-01`; null from the beginning.
    pub from: Option<String>,
    pub set_by: Option<String>,
    pub set_at: Option<Moment>,
    /// How the merchant was taxed before, the newest days first; without `before` of their own.
    #[schema(no_recursion)]
    pub before: Vec<TaxpayerView>,
}

impl From<&Taxpayers> for TaxpayerView {
    fn from(all: &Taxpayers) -> Self {
        let (newest, before) = all
            .all()
            .split_first()
            .map_or((None, &[][..]), |(newest, before)| (Some(newest), before));
        Self {
            before: before.iter().map(|one| Self::of(Some(one))).collect(),
            ..Self::of(newest)
        }
    }
}

impl TaxpayerView {
    fn of(of: Option<&Taxpayer>) -> Self {
        Self {
            regime: of.map(|payer| payer.regime.word()),
            place: of.and_then(|payer| payer.place.clone()),
            rate_bp: of.and_then(|payer| payer.rate).map(|rate| rate.0),
            is_vat_payer: of.is_some_and(|payer| payer.is_vat_payer),
            set_by: of.map(|payer| payer.set_by.clone()),
            from: of.and_then(|payer| payer.from).map(|day| day.to_string()),
            set_at: of.map(|payer| Moment::from(payer.set_at)),
            before: Vec::new(),
        }
    }
}

/// What becomes of it; given whole. Days before `from` keep what was said of them; the same day again corrects it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TaxpayerChange)]
pub(crate) struct TaxpayerBody {
    pub regime: String,
    #[serde(default)]
    pub place: Option<String>,
    #[serde(default)]
    pub rate_bp: Option<i32>,
    #[serde(default)]
    pub is_vat_payer: bool,
    /// The first day on which it holds, `2026-07-01`; null from the beginning: sales that are over are counted anew then.
    #[serde(default)]
    pub from: Option<String>,
}

impl Example for TaxpayerBody {
    fn example() -> Value {
        json!({"regime": "simplified", "place": "Almaty", "is_vat_payer": false, "from": "2026-07-01"})
    }
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewMoney>("show_taxpayer", "How the merchant is taxed").shows::<TaxpayerView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewMoney>,
    State(state): State<ApiState>,
) -> Result<Shown<TaxpayerView>, Refusal> {
    Ok(Shown((&state.money.taxpayers(&caller.scope).await?).into()))
}

pub(crate) fn change_op() -> Op {
    op::<need::ManagePrices>("change_taxpayer", "Say how the merchant is taxed")
        .about("Needs the right to see money too.")
        .body::<TaxpayerBody>()
        .shows::<TaxpayerView>()
}

pub(crate) async fn change(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<TaxpayerBody>,
) -> Result<Shown<TaxpayerView>, Refusal> {
    caller.scope.require(Right::ViewMoney)?;
    let regime = Regime::parse(&body.regime).ok_or_else(|| {
        let told = Public::new("invalid-value")
            .field("regime")
            .arg("value", &body.regime);
        Refusal::new(Kind::Invalid, told)
    })?;
    let from = match body.from.as_deref() {
        None => None,
        Some(day) => Some(Day::parse(day).ok_or_else(|| {
            let told = Public::new("invalid-value").field("from").arg("value", day);
            Refusal::new(Kind::Invalid, told)
        })?),
    };
    let new = NewTaxpayer {
        from,
        regime,
        place: body.place,
        rate: body.rate_bp.map(BasisPoints),
        is_vat_payer: body.is_vat_payer,
    };
    state.money.put_taxpayer(&caller.scope, new).await?;
    Ok(Shown((&state.money.taxpayers(&caller.scope).await?).into()))
}
