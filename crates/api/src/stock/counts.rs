//! Stock-taking and warehouses. Refuses to count into one that is over.

use super::{id, wrong};
use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, ListQuery, Made, Moment, Page, Shown, page_of},
};
use axum::extract::State;
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{CountingId, Kind, ProductId, Public, WarehouseId};
use sauda_stock::{CountLine, Counting};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// A place where goods lie.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Warehouse)]
pub(crate) struct WarehouseShape {
    pub id: String,
    pub name: String,
    /// Orders take from it when their point has none.
    pub is_main: bool,
}

pub(crate) fn warehouses_op() -> Op {
    op::<need::ViewCatalog>("list_warehouses", "Warehouses, the main one first").lists::<WarehouseShape>()
}

pub(crate) async fn warehouses(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
) -> Result<Shown<Page<WarehouseShape>>, Refusal> {
    let all = state.stock.warehouses(&caller.scope).await?;
    let items = all.into_iter().map(|one| WarehouseShape {
        id: one.id.to_string(),
        name: one.name,
        is_main: one.is_main,
    });
    Ok(Shown(Page {
        items: items.collect(),
        next: None,
    }))
}

/// What was counted of a product.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StockCountLine)]
pub(crate) struct LineShape {
    pub product: String,
    /// What should have been there when it was counted.
    pub expected: i64,
    pub counted: i64,
    pub difference: i64,
    pub counted_by: String,
}

/// A stock-taking.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StockCount)]
pub(crate) struct Shape {
    pub id: String,
    pub warehouse: String,
    pub is_open: bool,
    pub made_by: String,
    pub created_at: Moment,
    pub closed_at: Option<Moment>,
    /// Null in lists.
    pub lines: Option<Vec<LineShape>>,
}

impl Shape {
    fn of(from: Counting, lines: Option<Vec<CountLine>>) -> Self {
        let line = |line: CountLine| LineShape {
            product: line.product.to_string(),
            expected: line.expected,
            counted: line.counted,
            difference: line.difference(),
            counted_by: line.counted_by,
        };
        Self {
            id: from.id.to_string(),
            warehouse: from.warehouse.to_string(),
            is_open: from.is_open,
            made_by: from.made_by,
            created_at: Moment(from.created_at),
            closed_at: from.closed_at.map(Moment),
            lines: lines.map(|lines| lines.into_iter().map(line).collect()),
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewCatalog>("list_stock_counts", "Stock-takings, newest first")
        .about("The newest 50.")
        .query::<ListQuery>()
        .lists::<Shape>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<Shape>>, Refusal> {
    let all = state.stock.countings(&caller.scope).await?;
    let rows: Vec<Shape> = all.into_iter().map(|one| Shape::of(one, None)).collect();
    let page = page_of(rows, |row| row.id.clone(), query.after.as_deref(), query.limit)?;
    Ok(Shown(page))
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewCatalog>("show_stock_count", "One stock-taking with what was counted").shows::<Shape>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<CountingId>,
) -> Result<Shown<Shape>, Refusal> {
    let (counting, lines) = state.stock.counting(&caller.scope, &id).await?;
    Ok(Shown(Shape::of(counting, Some(lines))))
}

/// A stock-taking to begin.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = NewStockCount)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct New {
    /// Id of the warehouse; the main one without it.
    pub warehouse: Option<String>,
}

impl Example for New {
    fn example() -> Value {
        json!({"warehouse": "whs_01kah2m5q8e6v9z4r7t0y3w1xc"})
    }
}

pub(crate) fn create_op() -> Op {
    op::<need::ManageOrders>("begin_stock_count", "Begin a stock-taking")
        .body::<New>()
        .makes::<Shape>()
}

pub(crate) async fn create(
    caller: Caller<need::ManageOrders>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<New>,
) -> Result<Made<Shape>, Refusal> {
    let warehouse: WarehouseId = match body.warehouse.as_deref() {
        Some(text) => id("warehouse", text)?,
        None => {
            let all = state.stock.warehouses(&caller.scope).await?;
            let main = all.into_iter().next();
            main.map(|one| one.id).ok_or_else(|| wrong("warehouse", ""))?
        }
    };
    let made = state.stock.begin_counting(&caller.scope, &warehouse).await?;
    Ok(Made(Shape::of(made, Some(Vec::new()))))
}

/// How many pieces are there; the product by its id or its article.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = StockCounted)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counted {
    #[serde(default)]
    pub product: Option<String>,
    #[serde(default)]
    pub sku: Option<String>,
    pub counted: i64,
}

impl Example for Counted {
    fn example() -> Value {
        json!({"sku": "ARN-52-BLK", "counted": 15})
    }
}

pub(crate) fn count_op() -> Op {
    op::<need::ManageOrders>("count_stock", "Say how many pieces are there")
        .about("What should be there is noted at this moment: sales meanwhile do no harm. Said again, it replaces what was said.")
        .body::<Counted>()
        .conflicts()
}

pub(crate) async fn count(
    caller: Caller<need::ManageOrders>,
    State(state): State<ApiState>,
    PathParams(counting): PathParams<CountingId>,
    JsonBody(body): JsonBody<Counted>,
) -> Result<Done, Refusal> {
    let product: ProductId = match (body.product.as_deref(), body.sku.as_deref()) {
        (Some(text), None) => id("product", text)?,
        (None, Some(sku)) => {
            let found = state.products.by_skus(&caller.scope, &[sku]).await?;
            let none = || {
                let told = Public::new("stock-no-sku").field("sku").arg("value", sku);
                Refusal::new(Kind::Invalid, told)
            };
            found.get(sku).map(|one| one.id.clone()).ok_or_else(none)?
        }
        _ => {
            let told = Public::new("one-of").field("sku").arg("names", "product, sku");
            return Err(Refusal::new(Kind::Invalid, told));
        }
    };
    state
        .stock
        .count(&caller.scope, &counting, &product, body.counted)
        .await?;
    Ok(Done)
}

/// How a stock-taking ends.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = StockCountEnd)]
#[serde(deny_unknown_fields)]
pub(crate) struct End {
    /// Whether differences become movements; else all is forgotten.
    pub keep: bool,
}

impl Example for End {
    fn example() -> Value {
        json!({"keep": true})
    }
}

pub(crate) fn close_op() -> Op {
    op::<need::ManageOrders>("close_stock_count", "End a stock-taking")
        .body::<End>()
        .conflicts()
}

pub(crate) async fn close(
    caller: Caller<need::ManageOrders>,
    State(state): State<ApiState>,
    PathParams(counting): PathParams<CountingId>,
    JsonBody(body): JsonBody<End>,
) -> Result<Done, Refusal> {
    state
        .stock
        .close_counting(&caller.scope, &counting, body.keep)
        .await?;
    Ok(Done)
}
