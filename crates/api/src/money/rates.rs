//! Commissions of categories, and the merchant's own rates.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, Made, Moment, Page, Shown},
};
use axum::extract::State;
use sauda_accounts::Right;
use sauda_economics::money::{NewRate, OwnRate, RateKind};
use sauda_economics::rates::{CommissionRate, Day, find_categories};
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{Kind, OwnRateId, Public};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

/// Which categories.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CommissionsQuery {
    /// Words of the category.
    pub q: String,
    /// The day, `2026-11-20`.
    pub day: String,
}

/// A published commission.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Commission)]
pub(crate) struct CommissionView {
    /// From the top down.
    pub category: String,
    pub rate_bp: i32,
    /// As the marketplace prints it with tax; null on days for which that is not known.
    pub with_vat_bp: Option<i32>,
    pub valid_from: String,
    pub valid_to: Option<String>,
    pub source: String,
    /// `high`, `medium` or `low`.
    pub confidence: &'static str,
}

impl From<CommissionRate> for CommissionView {
    fn from(rate: CommissionRate) -> Self {
        Self {
            category: rate.category,
            rate_bp: rate.rate.0,
            with_vat_bp: rate.with_vat.map(|rate| rate.0),
            valid_from: rate.from,
            valid_to: rate.to,
            source: rate.source,
            confidence: rate.confidence.word(),
        }
    }
}

fn day_of(text: &str, field: &str) -> Result<Day, Refusal> {
    Day::parse(text).ok_or_else(|| {
        let told = Public::new("invalid-value").field(field).arg("value", text);
        Refusal::new(Kind::Invalid, told)
    })
}

pub(crate) fn commissions_op() -> Op {
    op::<need::ViewMoney>("list_commissions", "Published commissions of categories on a day")
        .about("At most 100; the nearest first.")
        .query::<CommissionsQuery>()
        .lists::<CommissionView>()
}

pub(crate) async fn commissions(
    _caller: Caller<need::ViewMoney>,
    State(_state): State<ApiState>,
    QueryParams(query): QueryParams<CommissionsQuery>,
) -> Result<Shown<Page<CommissionView>>, Refusal> {
    let found = find_categories(&query.q, day_of(&query.day, "day")?, 100)?;
    Ok(Shown(Page {
        items: found.into_iter().map(CommissionView::from).collect(),
        next: None,
    }))
}

/// A rate of the merchant, in the place of a published one from a day on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnRate)]
pub(crate) struct OwnRateView {
    pub id: String,
    /// `commission`, `tax`, `advertising`, `returns`, `payment`, `packaging`, `delivery` or `currency`.
    pub kind: &'static str,
    /// Category of a commission, in small letters; code of a currency; of a delivery `city`, `kazakhstan` or `express`, with
    /// `/weight:<grams>` up to which and `/from:<tenge>` from which it holds; empty for all.
    pub subject: String,
    /// Basis points; tiyn for packaging and a delivery; millionths of a tenge for one of a currency.
    pub value: i64,
    pub from_day: String,
    pub source: String,
    pub note: String,
    pub set_by: String,
    pub set_at: Moment,
}

impl From<&OwnRate> for OwnRateView {
    fn from(rate: &OwnRate) -> Self {
        Self {
            id: rate.id.to_string(),
            kind: rate.kind.word(),
            subject: rate.subject.clone(),
            value: rate.value,
            from_day: rate.from_day.clone(),
            source: rate.source.clone(),
            note: rate.note.clone(),
            set_by: rate.set_by.clone(),
            set_at: Moment::from(rate.set_at),
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewMoney>(
        "list_own_rates",
        "The merchant's own rates, the newest days first",
    )
    .lists::<OwnRateView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewMoney>,
    State(state): State<ApiState>,
) -> Result<Shown<Page<OwnRateView>>, Refusal> {
    let rates = state.money.rates(&caller.scope).await?;
    Ok(Shown(Page {
        items: rates.all().iter().map(OwnRateView::from).collect(),
        next: None,
    }))
}

/// A rate to be set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewOwnRate)]
pub(crate) struct NewOwnRate {
    pub kind: String,
    #[serde(default)]
    pub subject: String,
    /// Basis points; tiyn for packaging and a delivery; millionths of a tenge for one of a currency.
    pub value: i64,
    /// The first day on which it holds.
    pub from_day: String,
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub note: String,
}

impl Example for NewOwnRate {
    fn example() -> Value {
        json!({"kind": "commission", "subject": "", "value": 900, "from_day": "2026-12-01", "source": "contract 12"})
    }
}

pub(crate) fn create_op() -> Op {
    op::<need::ManagePrices>("set_own_rate", "Set a rate from a day on")
        .about("Days before keep theirs; the same kind, subject and day again corrects it. Needs the right to see money too.")
        .body::<NewOwnRate>()
        .makes::<OwnRateView>()
}

pub(crate) async fn create(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    JsonBody(new): JsonBody<NewOwnRate>,
) -> Result<Made<OwnRateView>, Refusal> {
    let scope = &caller.scope;
    scope.require(Right::ViewMoney)?;
    let kind = RateKind::parse(&new.kind).ok_or_else(|| {
        let told = Public::new("invalid-value").field("kind").arg("value", &new.kind);
        Refusal::new(Kind::Invalid, told)
    })?;
    let rate = NewRate {
        kind,
        from: day_of(&new.from_day, "from_day")?,
        subject: new.subject,
        value: new.value,
        source: new.source,
        note: new.note,
    };
    let id = state.money.set_rate(scope, rate).await?;
    let rates = state.money.rates(scope).await?;
    let made = rates.all().iter().find(|rate| rate.id == id);
    made.map(|rate| Made(OwnRateView::from(rate)))
        .ok_or_else(|| crate::shape::not_found("own-rate", &id))
}

pub(crate) fn remove_op() -> Op {
    op::<need::ManagePrices>("remove_own_rate", "Take a rate back")
        .about("The one before it, or the published one, holds again. Needs the right to see money too.")
}

pub(crate) async fn remove(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<OwnRateId>,
) -> Result<Done, Refusal> {
    caller.scope.require(Right::ViewMoney)?;
    state.money.remove_rate(&caller.scope, &id).await?;
    Ok(Done)
}
