//! What lies there of each product and what to reorder, for programs.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Page, Shown, Sum, page_of},
};
use axum::extract::State;
use sauda_accounts::{Right, Scope};
use sauda_edge::{Caller, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Money, Public};
use sauda_stock::{
    ReorderFilter, ReorderRow,
    reorder::{Worth, rounded},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A product and the advice for it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StockAdvice)]
pub(crate) struct Shape {
    /// Id of the product.
    pub product: String,
    pub sku: String,
    pub name: String,
    pub on_hand: i64,
    pub reserved: i64,
    pub on_the_way: i64,
    /// Thousandths of a piece asked for in a day; null while no demand is known.
    pub daily_milli: Option<i64>,
    /// Where it comes from: `told` by a person, `forecast`, `neighbours` (a forecast of a new product), `past` (a mean of past days:
    /// no forecast is fresh), `nothing`.
    pub demand_from: &'static str,
    /// Whole days that what is free lasts.
    pub days_of_cover: Option<i64>,
    pub safety_stock: Option<i64>,
    pub reorder_point: Option<i64>,
    /// Pieces to order now: what is due, or what the budget allows of it.
    pub order: i64,
    /// Pieces that are due, whatever they cost.
    pub due: i64,
    /// Null to those without the right `view_money`, and without a cost.
    pub order_sum: Option<Sum>,
    /// A, B or C by yearly profit or turnover.
    pub abc: &'static str,
    /// X, Y or Z by steadiness; null under four weeks of orders.
    pub xyz: Option<&'static str>,
}

impl Shape {
    fn of(row: &ReorderRow, scope: &Scope) -> Self {
        let plan = row.plan.as_ref();
        Self {
            product: row.product.id.to_string(),
            sku: row.product.sku.clone(),
            name: row.product.name(),
            on_hand: row.standing.on_hand,
            reserved: row.standing.reserved,
            on_the_way: row.standing.on_the_way,
            daily_milli: plan.map(|plan| rounded(plan.daily * 1_000.0)),
            demand_from: row.from.word(),
            days_of_cover: row.cover().map(|days| rounded(days.floor())),
            safety_stock: plan.map(|plan| plan.safety_stock),
            reorder_point: plan.map(|plan| plan.reorder_point),
            order: row.order(),
            due: row.wanted(),
            order_sum: row.cost().filter(|_| scope.may(Right::ViewMoney)).map(Sum::from),
            abc: row.worth.map_or("", Worth::word),
            xyz: row.steadiness.map(|class| class.word()),
        }
    }
}

/// Which products.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct StockQuery {
    /// `due` (without it), `all`, `dead`, `unknown`, `skipped`. What runs out first is listed first.
    pub view: Option<String>,
    /// Words of the name or SKU.
    pub search: Option<String>,
    /// What there is to spend on everything that is due, tiyn: it goes where it saves most sales. Needs the right `view_money`.
    pub budget_minor: Option<i64>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Items a page, 1 to 200; 50 without it.
    pub limit: Option<u32>,
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewCatalog>("list_stock", "What lies there, and what to reorder")
        .about("Demand comes from the forecast of the night, which is made from the orders of a year. The same rules are in the command `sauda reorder`.")
        .query::<StockQuery>()
        .lists::<Shape>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<StockQuery>,
) -> Result<Shown<Page<Shape>>, Refusal> {
    let view = query.view.unwrap_or_else(|| "due".to_owned());
    if !["due", "all", "dead", "unknown", "skipped"].contains(&view.as_str()) {
        let public = Public::new("invalid-value").field("view").arg("value", view);
        return Err(Refusal::new(Kind::Invalid, public));
    }
    if let Some(budget) = query.budget_minor {
        caller.scope.require(Right::ViewMoney)?;
        if budget < 0 {
            let public = Public::new("invalid-value")
                .field("budget_minor")
                .arg("value", budget);
            return Err(Refusal::new(Kind::Invalid, public));
        }
    }
    let filter = ReorderFilter {
        view,
        search: query.search.unwrap_or_default(),
        product: None,
        budget: query.budget_minor.map(Money::from_tiyn),
        with_past: false,
    };
    let found = state.stock.reorder(&caller.scope, &filter).await?;
    let rows: Vec<Shape> = found
        .rows
        .iter()
        .map(|row| Shape::of(row, &caller.scope))
        .collect();
    let page = page_of(
        rows,
        |row| row.product.clone(),
        query.after.as_deref(),
        query.limit,
    )?;
    Ok(Shown(page))
}
