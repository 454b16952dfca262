//! Interest in searches, and how categories live over the week and the year. Refuses to draw what too few days tell.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::{ListQuery, Moment, Page, Shown, page_of},
};
use axum::extract::State;
use sauda_edge::{Caller, QueryParams, Refusal, need};
use sauda_research::profile::year_of;
use serde::Serialize;
use utoipa::ToSchema;

/// Interest in one search.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MarketTrend)]
pub(crate) struct TrendShape {
    pub query: String,
    pub points: Vec<TrendPointShape>,
    /// The last quarter of the points against the one before, basis points; null with fewer than eight points.
    pub moved_bp: Option<i64>,
    /// January first, basis points of the mean; null before every month was seen.
    pub year: Option<Vec<Option<i64>>>,
}

/// A point of interest.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MarketTrendPoint)]
pub(crate) struct TrendPointShape {
    pub at: Moment,
    /// 0 to 100 of the most in its file.
    pub value: i64,
}

pub(crate) fn trends_op() -> Op {
    op::<need::ViewPrices>(
        "list_market_trends",
        "Interest in searches, from files of Google Trends",
    )
    .query::<ListQuery>()
    .lists::<TrendShape>()
}

pub(crate) async fn trends(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<TrendShape>>, Refusal> {
    let all = state.research.trends(&caller.scope).await?;
    let shapes = all.into_iter().map(|view| TrendShape {
        year: year_of(&view).map(|year| year.to_vec()),
        points: view
            .points
            .iter()
            .map(|point| TrendPointShape {
                at: Moment(point.day),
                value: point.value,
            })
            .collect(),
        moved_bp: view.moved_bp,
        query: view.query,
    });
    Ok(Shown(page_of(
        shapes.collect(),
        |one: &TrendShape| one.query.clone(),
        query.after.as_deref(),
        query.limit,
    )?))
}

/// A source over the week and the year.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MarketProfile)]
pub(crate) struct ProfileShape {
    /// Id of the source.
    pub source: String,
    pub title: String,
    /// Days with a snapshot that could be compared.
    pub days: i64,
    /// Whole weeks it is drawn from.
    pub weeks: i64,
    /// Monday first: new reviews against the mean, basis points; null with fewer than fourteen days.
    pub week: Option<Vec<Option<i64>>>,
    /// When there may be enough days; null when there are, or none yet.
    pub week_from: Option<Moment>,
    pub months: Vec<MonthShape>,
    /// January first, basis points of the mean; null before every month was seen.
    pub year: Option<Vec<Option<i64>>>,
}

/// A month of a source.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MarketMonth)]
pub(crate) struct MonthShape {
    pub from: Moment,
    pub days: i64,
    /// New reviews a day, thousandths.
    pub grown_milli: i64,
    /// Mean of the middle prices, whole tenge.
    pub middle: Option<i64>,
}

pub(crate) fn profiles_op() -> Op {
    op::<need::ViewPrices>(
        "list_market_profiles",
        "Categories over the week and the year, from own snapshots",
    )
    .query::<ListQuery>()
    .lists::<ProfileShape>()
}

pub(crate) async fn profiles(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<ProfileShape>>, Refusal> {
    let all = state.research.profiles(&caller.scope).await?;
    let shapes = all.into_iter().map(|one| ProfileShape {
        weeks: one.weeks(),
        week: one.week.map(|week| week.to_vec()),
        week_from: one.week_from.map(Moment),
        months: one
            .months
            .iter()
            .map(|month| MonthShape {
                from: Moment(month.from),
                days: month.days,
                grown_milli: month.grown_milli,
                middle: month.middle,
            })
            .collect(),
        year: one.year.map(|year| year.to_vec()),
        days: one.days,
        title: one.title,
        source: one.source,
    });
    Ok(Shown(page_of(
        shapes.collect(),
        |one: &ProfileShape| one.source.clone(),
        query.after.as_deref(),
        query.limit,
    )?))
}
