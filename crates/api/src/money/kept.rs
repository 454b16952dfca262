//! How the merchant is taxed.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Moment, Shown},
};
use axum::extract::State;
use sauda_accounts::Right;
use sauda_economics::money::Taxpayer;
use sauda_economics::rates::Regime;
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
    pub set_by: Option<String>,
    pub set_at: Option<Moment>,
}

impl From<Option<Taxpayer>> for TaxpayerView {
    fn from(from: Option<Taxpayer>) -> Self {
        let of = from.as_ref();
        Self {
            regime: of.map(|payer| payer.regime.word()),
            place: of.and_then(|payer| payer.place.clone()),
            rate_bp: of.and_then(|payer| payer.rate).map(|rate| rate.0),
            is_vat_payer: of.is_some_and(|payer| payer.is_vat_payer),
            set_by: of.map(|payer| payer.set_by.clone()),
            set_at: of.map(|payer| Moment::from(payer.set_at)),
        }
    }
}

/// What becomes of it; given whole.
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
}

impl Example for TaxpayerBody {
    fn example() -> Value {
        json!({"regime": "simplified", "place": "Almaty", "is_vat_payer": false})
    }
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewMoney>("show_taxpayer", "How the merchant is taxed").shows::<TaxpayerView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewMoney>,
    State(state): State<ApiState>,
) -> Result<Shown<TaxpayerView>, Refusal> {
    Ok(Shown(state.money.taxpayer(&caller.scope).await?.into()))
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
    let rate = body.rate_bp.map(BasisPoints);
    let (scope, place) = (&caller.scope, body.place.as_deref());
    state
        .money
        .put_taxpayer(scope, regime, place, rate, body.is_vat_payer)
        .await?;
    Ok(Shown(state.money.taxpayer(scope).await?.into()))
}
