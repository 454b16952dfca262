//! When the market is read, how long it is kept, how often it is summed up.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, Shown},
};
use axum::extract::State;
use sauda_edge::{Caller, JsonBody, Refusal, need};
use sauda_kernel::{Kind, Public};
use sauda_research::{
    model::{Report, Settings},
    plan,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// How the market is read.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MarketSettings)]
pub(crate) struct SettingsShape {
    /// Times of the day in Almaty, at most 24, such as `08:00, 14:30, 20:00`.
    pub times: String,
    /// Days after which rows go into an archive.
    pub keep_days: i64,
    /// Days after which an archive is deleted.
    pub archive_days: i64,
    /// `off`, `daily`, `weekly` (on Mondays), `biweekly`, `monthly`.
    pub report: String,
    pub report_time: String,
    /// Whether reviews of own cards are read.
    pub reviews: bool,
    /// Reviews of a card that are read at most, 1 to 5000; as it was without it.
    pub review_limit: Option<i64>,
    /// Days for which answers of the storefront are kept as they came, 0 to 30; as it was without it.
    pub raw_days: Option<i64>,
}

impl Example for SettingsShape {
    fn example() -> Value {
        json!({"times": "08:00, 14:00, 20:00", "keep_days": 14, "archive_days": 365, "report": "weekly", "report_time": "09:00", "reviews": true, "review_limit": 300, "raw_days": 0})
    }
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewPrices>("show_market_settings", "When the market is read").shows::<SettingsShape>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
) -> Result<Shown<SettingsShape>, Refusal> {
    let known = state.research.settings(&caller.scope).await?;
    Ok(Shown(SettingsShape {
        times: plan::show_times(&known.times),
        keep_days: known.keep_days,
        archive_days: known.archive_days,
        report: known.report.word().to_owned(),
        report_time: plan::show_times(&[known.report_minute]),
        reviews: known.reviews,
        review_limit: Some(known.review_limit),
        raw_days: Some(known.raw_days),
    }))
}

pub(crate) fn put_op() -> Op {
    op::<need::ManagePrices>("put_market_settings", "Choose when the market is read").body::<SettingsShape>()
}

pub(crate) async fn put(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<SettingsShape>,
) -> Result<Done, Refusal> {
    let wrong = |field: &'static str, value: &str| {
        Refusal::new(
            Kind::Invalid,
            Public::new("invalid-value").field(field).arg("value", value),
        )
    };
    let known = state.research.settings(&caller.scope).await?;
    let settings = Settings {
        review_limit: body.review_limit.unwrap_or(known.review_limit),
        raw_days: body.raw_days.unwrap_or(known.raw_days),
        live_trends: known.live_trends,
        times: plan::read_times(&body.times).ok_or_else(|| wrong("times", &body.times))?,
        keep_days: body.keep_days,
        archive_days: body.archive_days,
        report: Report::parse(&body.report).ok_or_else(|| wrong("report", &body.report))?,
        report_minute: plan::read_times(&body.report_time)
            .and_then(|times| times.first().copied())
            .ok_or_else(|| wrong("report_time", &body.report_time))?,
        told_at: None,
        reviews: body.reviews,
    };
    state.research.put_settings(&caller.scope, &settings).await?;
    Ok(Done)
}
