//! What was out of the ordinary, told by programs: days of promotions, and sales that will not repeat. Refuses to find them by
//! itself.

use super::forecast::date;
use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{self, Done, ListQuery, Made, Page, Shown, page_of},
};
use axum::extract::State;
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::ProductId;
use sauda_stock::{Promotion, day_of, reorder::Day};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

/// Days on which goods are promoted.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Promotion)]
pub(crate) struct Shape {
    /// Null: everything that is sold.
    pub product: Option<String>,
    /// Such as 2026-11-20, in Almaty.
    pub from: String,
    /// The last day.
    pub to: String,
    pub told_by: String,
}

impl From<Promotion> for Shape {
    fn from(told: Promotion) -> Self {
        Self {
            product: told.product.map(|product| product.to_string()),
            from: date(told.from_day),
            to: date(told.to_day),
            told_by: told.made_by,
        }
    }
}

/// A promotion as it is told.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PromotionBody)]
#[serde(deny_unknown_fields)]
pub(crate) struct Body {
    /// Without it, everything that is sold.
    pub product: Option<String>,
    /// Such as 2026-11-20: within the past 371 days, today, or the 89 days ahead.
    pub from: String,
    /// The last day, at most 91 days later.
    pub to: String,
}

impl Example for Body {
    fn example() -> Value {
        json!({"from": "2026-11-27", "to": "2026-11-29"})
    }
}

/// Whose promotions.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfQuery {
    /// Of this product and of everything; without it, of everything and of each product.
    pub product: Option<String>,
    /// Cursor: the `next` of the page before.
    pub after: Option<String>,
    /// 1 to 200; 50 without it.
    pub limit: Option<u32>,
}

fn day(field: &'static str, text: &str) -> Result<i64, Refusal> {
    shape::day(field, text).map(day_of)
}

fn product(told: Option<&str>) -> Result<Option<ProductId>, Refusal> {
    told.map(|told| super::id("product", told)).transpose()
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewCatalog>("list_promotions", "Days of promotions that forecasts know")
        .about("Of the past year and to come, by their first day.")
        .query::<OfQuery>()
        .lists::<Shape>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<OfQuery>,
) -> Result<Shown<Page<Shape>>, Refusal> {
    let of = product(query.product.as_deref())?;
    let told = state.stock.promotions(&caller.scope, of.as_ref()).await?;
    let rows: Vec<Shape> = told.into_iter().map(Shape::from).collect();
    let name = |row: &Shape| format!("{}.{}", row.from, row.product.as_deref().unwrap_or("all"));
    Ok(Shown(page_of(rows, name, query.after.as_deref(), query.limit)?))
}

pub(crate) fn create_op() -> Op {
    op::<need::ManageCatalog>("tell_promotion", "Say that goods were or will be promoted")
        .about("One of the same goods that began on the same day is replaced. Forecasts are counted anew.")
        .body::<Body>()
        .makes::<Shape>()
}

pub(crate) async fn create(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<Body>,
) -> Result<Made<Shape>, Refusal> {
    let of = product(body.product.as_deref())?;
    let (from, to) = (day("from", &body.from)?, day("to", &body.to)?);
    let told = state.stock.promote(&caller.scope, of.as_ref(), from, to).await?;
    Ok(Made(told.into()))
}

/// Whose promotion is taken back.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct BackQuery {
    /// Without it, the one of everything.
    pub product: Option<String>,
}

pub(crate) fn remove_op() -> Op {
    op::<need::ManageCatalog>(
        "take_promotion_back",
        "Take back a promotion that began on this day",
    )
    .about("Forecasts are counted anew.")
    .query::<BackQuery>()
}

pub(crate) async fn remove(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams(from): PathParams<String>,
    QueryParams(query): QueryParams<BackQuery>,
) -> Result<Done, Refusal> {
    let of = product(query.product.as_deref())?;
    let from = day("from", &from)?;
    state.stock.unpromote(&caller.scope, of.as_ref(), from).await?;
    Ok(Done)
}

/// A day whose sales will not repeat.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OneOffDay)]
pub(crate) struct OneOffShape {
    /// Such as 2026-11-20, in Almaty.
    pub date: String,
    /// What sold on it.
    pub sold: i64,
}

/// A day as it is told.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = OneOffDayBody)]
#[serde(deny_unknown_fields)]
pub(crate) struct OneOffBody {
    /// Such as 2026-11-20: one of the past 365 days.
    pub date: String,
}

impl Example for OneOffBody {
    fn example() -> Value {
        json!({"date": "2026-11-20"})
    }
}

pub(crate) fn one_offs_op() -> Op {
    op::<need::ViewCatalog>(
        "list_one_off_days",
        "Days of a product whose sales will not repeat",
    )
    .query::<ListQuery>()
    .lists::<OneOffShape>()
}

pub(crate) async fn one_offs(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    PathParams(product): PathParams<ProductId>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<OneOffShape>>, Refusal> {
    let advice = state.stock.advice(&caller.scope, &product).await?;
    let days = (0..=advice.last_day).rev().zip(advice.past.iter().rev());
    let mut rows: Vec<OneOffShape> = days
        .filter_map(|(day, what)| match what {
            Day::OneOff(sold) => Some(OneOffShape {
                date: date(day),
                sold: *sold,
            }),
            Day::Units(_) | Day::SoldOut(_) | Day::Unknown => None,
        })
        .collect();
    rows.reverse();
    let page = page_of(rows, |row| row.date.clone(), query.after.as_deref(), query.limit)?;
    Ok(Shown(page))
}

pub(crate) fn mark_op() -> Op {
    op::<need::ManageCatalog>("mark_one_off_day", "Say that the sales of a day will not repeat")
        .about("Advice and forecasts leave the day out; the ledger and profit do not.")
        .body::<OneOffBody>()
}

pub(crate) async fn mark(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams(product): PathParams<ProductId>,
    JsonBody(body): JsonBody<OneOffBody>,
) -> Result<Done, Refusal> {
    let day = day("date", &body.date)?;
    state
        .stock
        .mark_one_off(&caller.scope, &product, day, true)
        .await?;
    Ok(Done)
}

pub(crate) fn unmark_op() -> Op {
    op::<need::ManageCatalog>("unmark_one_off_day", "Let a day count again")
}

pub(crate) async fn unmark(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams((product, date)): PathParams<(ProductId, String)>,
) -> Result<Done, Refusal> {
    let day = day("date", &date)?;
    state
        .stock
        .mark_one_off(&caller.scope, &product, day, false)
        .await?;
    Ok(Done)
}
