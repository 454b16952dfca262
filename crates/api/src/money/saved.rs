//! Calculations that were kept: computed anew each time, up to four beside each other. Refuses to keep a result.

use super::asked::Answer;
use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, ListQuery, Made, Moment, Page, Shown, not_found, page_of},
};
use axum::extract::State;
use sauda_accounts::{Right, Scope};
use sauda_economics::command::{Asked, ask};
use sauda_economics::money::{
    Calculation,
    fields::{self, Typed},
};
use sauda_economics::rates::Day;
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{CalculationId, Kind, Public};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

/// Calculations beside each other at most.
const BESIDE: usize = 4;

/// A calculation that was kept.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Calculation)]
pub(crate) struct Shape {
    pub id: String,
    pub title: String,
    /// The calculator's fields as they were typed.
    #[schema(value_type = Object)]
    pub fields: Typed,
    pub is_favourite: bool,
    pub made_by: String,
    pub made_at: Moment,
}

impl From<Calculation> for Shape {
    fn from(from: Calculation) -> Self {
        Self {
            id: from.id.to_string(),
            fields: fields::typed_of(&from.query),
            title: from.title,
            is_favourite: from.is_favourite,
            made_by: from.made_by,
            made_at: Moment(from.made_at),
        }
    }
}

async fn one(state: &ApiState, scope: &Scope, id: &CalculationId) -> Result<Calculation, Refusal> {
    let all = state.money.calculations(scope).await?;
    let found = all.into_iter().find(|one| one.id == *id);
    found.ok_or_else(|| not_found("calculation", id))
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewMoney>(
        "list_calculations",
        "Calculations, favourites first, then the newest",
    )
    .query::<ListQuery>()
    .lists::<Shape>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewMoney>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<Shape>>, Refusal> {
    let all = state.money.calculations(&caller.scope).await?;
    let rows: Vec<Shape> = all.into_iter().map(Shape::from).collect();
    let page = page_of(rows, |row| row.id.clone(), query.after.as_deref(), query.limit)?;
    Ok(Shown(page))
}

/// A calculation to keep.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewCalculation)]
#[serde(deny_unknown_fields)]
pub(crate) struct New {
    /// 1 to 120 letters.
    pub title: String,
    /// The calculator's fields as text: `price`, `purchase`, `category`, `weight_kg`, `delivery`, `regime` and the others of its
    /// page. Unknown ones are refused.
    #[schema(value_type = Object)]
    pub fields: Typed,
}

impl Example for New {
    fn example() -> Value {
        json!({"title": "Thermos", "fields": {"price": "12990", "purchase": "6500", "commission_pct": "10,9", "delivery": "city", "weight_kg": "0,5", "regime": "simplified"}})
    }
}

pub(crate) fn create_op() -> Op {
    op::<need::ManagePrices>("keep_calculation", "Keep a calculation")
        .about("Needs the right to see money too.")
        .body::<New>()
        .makes::<Shape>()
}

pub(crate) async fn create(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<New>,
) -> Result<Made<Shape>, Refusal> {
    let scope = &caller.scope;
    scope.require(Right::ViewMoney)?;
    let known = fields::known(&body.fields);
    let strange = body
        .fields
        .iter()
        .find(|(name, value)| !known.contains_key(*name) && !value.trim().is_empty());
    if let Some((name, _)) = strange {
        let told = Public::new("invalid-value").field("fields").arg("value", name);
        return Err(Refusal::new(Kind::Invalid, told));
    }
    let id = state
        .money
        .keep(scope, &body.title, &fields::kept(&known))
        .await?;
    Ok(Made(one(&state, scope, &id).await?.into()))
}

/// What to change; absent members stay.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CalculationChange)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub is_favourite: Option<bool>,
}

impl Example for Change {
    fn example() -> Value {
        json!({"is_favourite": true})
    }
}

pub(crate) fn change_op() -> Op {
    op::<need::ManagePrices>(
        "change_calculation",
        "Rename a calculation, or make it a favourite",
    )
    .about("Needs the right to see money too.")
    .body::<Change>()
    .shows::<Shape>()
}

pub(crate) async fn change(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<CalculationId>,
    JsonBody(body): JsonBody<Change>,
) -> Result<Shown<Shape>, Refusal> {
    let scope = &caller.scope;
    scope.require(Right::ViewMoney)?;
    if body.title.is_none() && body.is_favourite.is_none() {
        return Err(Refusal::new(Kind::Invalid, Public::new("no-change")));
    }
    if let Some(title) = &body.title {
        state.money.rename(scope, &id, title).await?;
    }
    if let Some(is_favourite) = body.is_favourite {
        state.money.favour(scope, &id, is_favourite).await?;
    }
    Ok(Shown(one(&state, scope, &id).await?.into()))
}

pub(crate) fn remove_op() -> Op {
    op::<need::ManagePrices>("remove_calculation", "Forget a calculation")
        .about("Needs the right to see money too.")
}

pub(crate) async fn remove(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<CalculationId>,
) -> Result<Done, Refusal> {
    caller.scope.require(Right::ViewMoney)?;
    state.money.forget(&caller.scope, &id).await?;
    Ok(Done)
}

/// Which calculations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CompareQuery {
    /// Ids of one to four calculations, commas between.
    pub ids: String,
}

/// A calculation with its answer of today.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComparedCalculation)]
pub(crate) struct Compared {
    pub calculation: Shape,
    /// Members of an answer of `sauda economics`; null when the question is refused today.
    pub answer: Option<Answer>,
    /// Code of the refusal; null when there is an answer.
    pub refusal: Option<&'static str>,
}

/// Calculations beside each other, in the order in which they were asked for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CalculationComparison)]
pub(crate) struct Comparison {
    pub items: Vec<Compared>,
}

pub(crate) fn compare_op() -> Op {
    op::<need::ViewMoney>(
        "compare_calculations",
        "Up to four calculations beside each other",
    )
    .about("Each is computed anew at the rates of its day and the merchant's own.")
    .query::<CompareQuery>()
    .shows::<Comparison>()
}

pub(crate) async fn compare(
    caller: Caller<need::ViewMoney>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<CompareQuery>,
) -> Result<Shown<Comparison>, Refusal> {
    let scope = &caller.scope;
    let words: Vec<&str> = query
        .ids
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() || words.len() > BESIDE {
        let told = Public::new("out-of-range")
            .field("ids")
            .arg("name", "ids")
            .arg("value", words.len())
            .arg("low", 1)
            .arg("high", BESIDE);
        return Err(Refusal::new(Kind::Invalid, told));
    }
    let own = state.money.rates(scope).await?;
    let all = state.money.calculations(scope).await?;
    let today = Day::of(state.money.now());
    let mut items = Vec::with_capacity(words.len());
    for word in words {
        let found = all.iter().find(|one| one.id.as_str() == word);
        let kept = found.ok_or_else(|| not_found("calculation", &word))?.clone();
        let question = fields::question(&fields::typed_of(&kept.query), &own, today);
        let told = ask(Asked::Economics, &question);
        items.push(Compared {
            calculation: kept.into(),
            refusal: told.as_ref().err().map(|refused| refused.code),
            answer: told.ok().map(Answer),
        });
    }
    Ok(Shown(Comparison { items }))
}
