//! Forecasts of demand for programs: of a product, what a price would do to it, and the counting of all of them. Refuses to
//! answer with an old forecast as if it spoke.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Accepted, Moment, Shown, Sum},
};
use axum::extract::State;
use sauda_edge::{Caller, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{Money, ProductId, Timestamp};
use sauda_stock::{
    day_of,
    foresee::{Foreseen, PriceEffect, PriceSaid},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A day ahead.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ForecastDay)]
pub(crate) struct DayShape {
    /// Such as 2026-11-20, in Almaty.
    pub date: String,
    /// What is to be expected, thousandths of a piece.
    pub mean_milli: i64,
    /// Pieces the day stays at or under in one case of ten, in five, in nine.
    pub low: i64,
    pub median: i64,
    pub high: i64,
}

/// How good it would have been on the newest days, which it was not shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ForecastTrial)]
pub(crate) struct TrialShape {
    /// Days that were counted.
    pub days: i64,
    /// Of them, those between `low` and `high`.
    pub inside: i64,
    pub sold: i64,
    /// What it would have told for them, thousandths of a piece.
    pub told_milli: i64,
    /// What a plain mean would have told.
    pub plain_milli: i64,
}

/// What a price does.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PriceEffect)]
pub(crate) struct EffectShape {
    /// False where not enough is known; `why` says what is missing.
    pub enough: bool,
    /// `no-price`, `too-few-steps`, `price-stood`, `unclear`, `rises-with-price`; null where enough is known.
    pub why: Option<String>,
    /// Percent of demand for a percent of price, thousandths.
    pub elasticity_milli: Option<i64>,
    /// One standard deviation of it.
    pub doubt_milli: Option<i64>,
    /// The price that the forecast goes by.
    pub price: Option<Sum>,
    /// The lowest and the highest price that was seen.
    pub lowest: Option<Sum>,
    pub highest: Option<Sum>,
    /// Of the asked `price`, against the price the forecast goes by: demand in thousandths, with bounds of 90 percent.
    pub at_price: Option<AtPriceShape>,
}

/// Demand at a price, thousandths of that at the forecast's price.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DemandAtPrice)]
pub(crate) struct AtPriceShape {
    pub price: Sum,
    pub factor_milli: i64,
    pub low_milli: i64,
    pub high_milli: i64,
    /// Nothing was ever sold near this price.
    pub outside: bool,
}

/// The forecast of a product.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProductForecast)]
pub(crate) struct Shape {
    pub product: String,
    pub made_at: Moment,
    /// False where it is too old to be used by advice.
    pub is_fresh: bool,
    /// Models with their part in thousandths, heaviest first; of a twentieth or more.
    pub models: Vec<(String, i64)>,
    /// Past days that were counted, and those on which nothing was left to sell.
    pub counted_days: i64,
    pub days_out_of_stock: i64,
    /// Similar products it learned from; null where its own days were enough.
    pub neighbours: Option<i64>,
    /// Null where the history is too short to try.
    pub trial: Option<TrialShape>,
    /// Special days ahead with what they multiply demand by, thousandths.
    pub special_days: Vec<(String, i64)>,
    /// What a promotion multiplies demand by, thousandths; null while none was seen.
    pub promotion_milli: Option<i64>,
    /// What standing first in the card throughout multiplies demand by against standing behind, thousandths; null where it does not show.
    pub first_place_milli: Option<i64>,
    /// Share of the newest week on which it stood first, thousandths: the forecast goes by it.
    pub first_share_milli: Option<i64>,
    pub days: Vec<DayShape>,
    pub price_effect: EffectShape,
}

impl Shape {
    fn of(told: &Foreseen, asked: Option<Money>, now: Timestamp) -> Self {
        let bounds = told.low.iter().zip(&told.middle).zip(&told.high);
        Self {
            product: told.product.to_string(),
            made_at: Moment(told.made_at),
            is_fresh: told.is_fresh(day_of(now)),
            models: told.models.clone(),
            counted_days: told.counted,
            days_out_of_stock: told.sold_out,
            neighbours: told.neighbours,
            trial: told.tested.map(|tested| TrialShape {
                days: tested.days,
                inside: tested.inside,
                sold: tested.sold,
                told_milli: tested.told_milli,
                plain_milli: tested.plain_milli,
            }),
            special_days: told.special.clone(),
            promotion_milli: told.promotion_milli,
            first_place_milli: told.first_place.map(|found| found.factor_milli),
            first_share_milli: told.first_place.map(|found| found.share_milli),
            days: (told.first_day..)
                .zip(&told.mean_milli)
                .zip(bounds)
                .map(|((day, mean), ((low, median), high))| DayShape {
                    date: date(day),
                    mean_milli: *mean,
                    low: *low,
                    median: *median,
                    high: *high,
                })
                .collect(),
            price_effect: effect(&told.price, asked),
        }
    }
}

fn effect(said: &PriceSaid, asked: Option<Money>) -> EffectShape {
    let nothing = |why: &str| EffectShape {
        enough: false,
        why: Some(why.to_owned()),
        elasticity_milli: None,
        doubt_milli: None,
        price: None,
        lowest: None,
        highest: None,
        at_price: None,
    };
    match said {
        PriceSaid::Nothing => nothing("no-price"),
        PriceSaid::NotEnough(why) => nothing(why),
        PriceSaid::Known(found) => EffectShape {
            enough: true,
            why: None,
            elasticity_milli: Some(found.elasticity_milli),
            doubt_milli: Some(found.doubt_milli),
            price: Some(Sum::from(found.price)),
            lowest: Some(Sum::from(found.lowest)),
            highest: Some(Sum::from(found.highest)),
            at_price: asked.map(|price| at_price(found, price)),
        },
    }
}

fn at_price(found: &PriceEffect, price: Money) -> AtPriceShape {
    let [low_milli, factor_milli, high_milli] = found.factor_milli(price);
    AtPriceShape {
        price: Sum::from(price),
        factor_milli,
        low_milli,
        high_milli,
        outside: found.is_outside(price),
    }
}

/// A day counted from 1970 in Almaty, such as 2026-11-20.
pub(super) fn date(day: i64) -> String {
    let local = Timestamp::from_secs(day.saturating_mul(86_400)).local();
    format!("{:04}-{:02}-{:02}", local.year, local.month, local.day)
}

/// What to ask of the price.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ForecastQuery {
    /// A price to try, whole tenge.
    pub price: Option<u32>,
}

pub(crate) fn one_op() -> Op {
    op::<need::ViewCatalog>("read_product_forecast", "What demand is expected of a product")
        .about("Forecasts are counted every night from the orders of a year; 404 before the first.")
        .query::<ForecastQuery>()
        .shows::<Shape>()
}

pub(crate) async fn one(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    PathParams(product): PathParams<ProductId>,
    QueryParams(query): QueryParams<ForecastQuery>,
) -> Result<Shown<Shape>, Refusal> {
    let asked = query
        .price
        .map(|tenge| Money::from_tiyn(i64::from(tenge).saturating_mul(100)));
    let told = state.stock.forecast(&caller.scope, &product).await?;
    Ok(Shown(Shape::of(&told, asked, state.edge.now())))
}

/// How far the counting of all forecasts is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ForecastRun)]
pub(crate) struct RunShape {
    /// Null before the first.
    pub started_at: Option<Moment>,
    /// Null while it goes on.
    pub finished_at: Option<Moment>,
    pub done: i64,
    pub total: i64,
    /// Empty for the night.
    pub asked_by: String,
}

pub(crate) fn run_op() -> Op {
    op::<need::ViewCatalog>("read_forecast_run", "How far the counting of forecasts is").shows::<RunShape>()
}

pub(crate) async fn run(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
) -> Result<Shown<RunShape>, Refusal> {
    let run = state.stock.foresee_run(&caller.scope).await?;
    Ok(Shown(RunShape {
        started_at: run.as_ref().map(|run| Moment(run.started_at)),
        finished_at: run.as_ref().and_then(|run| run.finished_at).map(Moment),
        done: run.as_ref().map_or(0, |run| run.done),
        total: run.as_ref().map_or(0, |run| run.total),
        asked_by: run.map_or_else(String::new, |run| run.asked_by),
    }))
}

pub(crate) fn again_op() -> Op {
    op::<need::ManageCatalog>("count_forecasts", "Count all forecasts anew").accepts()
}

pub(crate) async fn again(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
) -> Result<Accepted, Refusal> {
    state.stock.foresee_now(&caller.scope).await?;
    Ok(Accepted)
}
