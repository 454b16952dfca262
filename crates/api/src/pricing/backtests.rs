//! Trying settings on the market that was seen, against today's, before they are switched on. Writes nothing.

use super::rule_settings::SettingsBody;
use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Moment, Page, Shown, Sum, share_of},
};
use axum::extract::State;
use sauda_accounts::Right;
use sauda_edge::{Caller, JsonBody, PathParams, Refusal, need};
use sauda_kernel::{OfferId, RuleId};
use sauda_pricing::{
    backtest::{Report, Reservation, WorstDay},
    service::OfferBacktest,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// The worst local day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorstDay)]
pub(crate) struct WorstDayView {
    /// Its midnight in Almaty.
    pub day: Moment,
    pub first_share_bp: i32,
    pub profit: Option<Sum>,
}

/// What came of one rule.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BacktestReport)]
pub(crate) struct ReportView {
    pub changes: u32,
    /// Times it would have asked a person.
    pub asked: u32,
    /// Share of the time first on the card.
    pub first_share_bp: i32,
    /// Share of the time on the floor.
    pub floor_share_bp: i32,
    /// `null` without costs, or to those who may not see money.
    pub average_margin_bp: Option<i32>,
    pub profit: Option<Sum>,
    pub worst_day: Option<WorstDayView>,
    /// Days of history.
    pub days: i64,
    /// Why to read it with care: `short_history` or `no_history`.
    pub reservation: Option<&'static str>,
}

impl ReportView {
    fn of(report: &Report, shows_money: bool) -> Self {
        let worst = |day: WorstDay| WorstDayView {
            day: day.day.into(),
            first_share_bp: share_of(day.first_share),
            profit: day.profit.filter(|_| shows_money).map(Sum::from),
        };
        Self {
            changes: report.changes,
            asked: report.asked,
            first_share_bp: share_of(report.first_share),
            floor_share_bp: share_of(report.floor_share),
            average_margin_bp: report.average_margin.filter(|_| shows_money).map(share_of),
            profit: report.profit.filter(|_| shows_money).map(Sum::from),
            worst_day: report.worst_day.map(worst),
            days: report.days,
            reservation: report.reservation.map(|reservation| match reservation {
                Reservation::ShortHistory { .. } => "short_history",
                Reservation::NoHistory => "no_history",
            }),
        }
    }
}

/// Today's rule and the tried one on the same market. Rivals do not answer in it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Backtest)]
pub(crate) struct BacktestView {
    pub offer_id: String,
    pub city_id: String,
    pub today: ReportView,
    pub tried: ReportView,
    /// Of the tried rule over today's.
    pub profit_gain: Option<Sum>,
}

impl BacktestView {
    fn of(one: &OfferBacktest, shows_money: bool) -> Self {
        Self {
            offer_id: one.offer.to_string(),
            city_id: one.city_id.clone(),
            today: ReportView::of(&one.comparison.today, shows_money),
            tried: ReportView::of(&one.comparison.tried, shows_money),
            profit_gain: one.comparison.profit_gain.filter(|_| shows_money).map(Sum::from),
        }
    }
}

/// Settings to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleBacktestBody {
    pub settings: SettingsBody,
}

impl Example for RuleBacktestBody {
    fn example() -> Value {
        json!({"settings": {"strategy": {"kind": "match"}}})
    }
}

pub(crate) fn of_rule_op() -> Op {
    op::<need::ViewPrices>(
        "backtest_rule",
        "Try settings on up to 25 offers of a rule; writes nothing",
    )
    .body::<RuleBacktestBody>()
    .lists::<BacktestView>()
}

pub(crate) async fn of_rule(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<RuleId>,
    JsonBody(body): JsonBody<RuleBacktestBody>,
) -> Result<Shown<Page<BacktestView>>, Refusal> {
    let all = state
        .pricing
        .backtest_rule(&caller.scope, &id, &body.settings.read()?)
        .await?;
    let shows_money = caller.scope.may(Right::ViewMoney);
    Ok(Shown(Page {
        items: all.iter().map(|one| BacktestView::of(one, shows_money)).collect(),
        next: None,
    }))
}

/// An offer's own settings to try; absent members are as they stand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferBacktestBody {
    /// The shop's main city without it.
    #[serde(default)]
    pub city: Option<String>,
    #[serde(default)]
    pub min: Option<Sum>,
    #[serde(default)]
    pub max: Option<Sum>,
    #[serde(default)]
    pub cost: Option<Sum>,
    #[serde(default)]
    pub step: Option<Sum>,
    /// The offer's other overrides, whole.
    #[serde(default)]
    pub settings: Option<SettingsBody>,
}

impl Example for OfferBacktestBody {
    fn example() -> Value {
        json!({"min": {"amount_minor": 3_300_000, "currency": "KZT"}, "settings": {"strategy": {"kind": "always_first"}}})
    }
}

pub(crate) fn of_offer_op() -> Op {
    op::<need::ViewPrices>(
        "backtest_offer",
        "Try settings on the offer's last thirty days; writes nothing",
    )
    .body::<OfferBacktestBody>()
    .shows::<BacktestView>()
}

pub(crate) async fn of_offer(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<OfferId>,
    JsonBody(body): JsonBody<OfferBacktestBody>,
) -> Result<Shown<BacktestView>, Refusal> {
    let mut tried = state.pricing.offer_rule(&caller.scope, &id).await?;
    let city = super::city_of(&state, &caller.scope, &tried.shop, body.city.as_deref()).await?;
    let price = |sum: Option<Sum>, field: &str| sum.map(|sum| sum.price(field)).transpose();
    tried.min = price(body.min, "min")?.or(tried.min);
    tried.max = price(body.max, "max")?.or(tried.max);
    tried.step = price(body.step, "step")?.or(tried.step);
    tried.cost = body.cost.map(Sum::money).or(tried.cost);
    if let Some(settings) = body.settings {
        tried.settings = settings.read()?;
    }
    let found = state
        .pricing
        .backtest_offer(&caller.scope, &id, &city, &tried, None)
        .await?;
    Ok(Shown(BacktestView::of(
        &found,
        caller.scope.may(Right::ViewMoney),
    )))
}
