//! Movements of stock: what came and went, and what a program writes. Refuses to write a thing twice.

use super::{id, wrong};
use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, Moment, Page, Shown, Sum, bad_cursor, limit_of},
};
use axum::extract::State;
use sauda_edge::{Caller, JsonBody, QueryParams, Refusal, need};
use sauda_kernel::{MovementId, ProductId};
use sauda_stock::{Movement, MovementKind, NewMovement};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

/// Pieces that came or went.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StockMovement)]
pub(crate) struct Shape {
    pub id: String,
    pub product: String,
    pub warehouse: String,
    /// `receipt`, `sale`, `return`, `write_off`, `transfer`, `counting`, `correction`.
    pub kind: &'static str,
    /// With a minus what went.
    pub quantity: i64,
    /// What lay there after it.
    pub balance: i64,
    pub at: Moment,
    /// Empty for the program.
    pub made_by: String,
    pub reason: String,
    /// Number of the order or purchase; empty without one.
    pub document: String,
}

impl Shape {
    fn of(row: &Movement) -> Self {
        Self {
            id: row.id.to_string(),
            product: row.product.to_string(),
            warehouse: row.warehouse.to_string(),
            kind: row.kind.word(),
            quantity: row.quantity,
            balance: row.balance,
            at: Moment(row.at),
            made_by: row.made_by.clone(),
            reason: row.reason.clone(),
            document: row.document.clone(),
        }
    }
}

/// Which movements.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct MovementsQuery {
    /// Of one product.
    pub product: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Items a page, 1 to 200; 50 without it.
    pub limit: Option<u32>,
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewCatalog>("list_stock_movements", "What came and went, newest first")
        .query::<MovementsQuery>()
        .lists::<Shape>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<MovementsQuery>,
) -> Result<Shown<Page<Shape>>, Refusal> {
    let product: Option<ProductId> = query
        .product
        .as_deref()
        .map(|text| id("product", text))
        .transpose()?;
    let after = query.after.as_deref();
    let before: Option<MovementId> = after
        .map(|text| MovementId::parse(text).map_err(|_| bad_cursor(text)))
        .transpose()?;
    let limit = i64::try_from(limit_of(query.limit)?).unwrap_or(50);
    let rows = state
        .stock
        .movements(&caller.scope, product.as_ref(), before.as_ref(), limit)
        .await?;
    let is_full = i64::try_from(rows.len()).is_ok_and(|length| length == limit);
    Ok(Shown(Page {
        next: rows.last().filter(|_| is_full).map(|row| row.id.to_string()),
        items: rows.iter().map(Shape::of).collect(),
    }))
}

/// Pieces to write.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewStockMovement)]
#[serde(deny_unknown_fields)]
pub(crate) struct New {
    /// Id of the product.
    pub product: String,
    /// Id of the warehouse; the main one without it.
    pub warehouse: Option<String>,
    /// `receipt`, `return`, `write_off`, `correction`.
    pub kind: String,
    /// With a minus what went.
    pub quantity: i64,
    /// What a piece that came cost; the catalogue's cost without it.
    #[serde(default)]
    pub unit_cost: Option<Sum>,
    /// Why, up to 300 letters.
    #[serde(default)]
    pub reason: String,
    /// The program's own key of this movement: told again, nothing is written again.
    pub key: String,
}

impl Example for New {
    fn example() -> Value {
        json!({"product": "prd_01kah2m5q8e6v9z4r7t0y3w1xc", "kind": "receipt", "quantity": 20, "reason": "invoice 17", "key": "invoice-17-1"})
    }
}

pub(crate) fn create_op() -> Op {
    op::<need::ManageOrders>("write_stock_movement", "Write pieces that came or went")
        .about("Refused when less than nothing would lie there, unless the merchant allows it.")
        .body::<New>()
}

pub(crate) async fn create(
    caller: Caller<need::ManageOrders>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<New>,
) -> Result<Done, Refusal> {
    let kind = match MovementKind::parse(&body.kind) {
        Some(
            kind @ (MovementKind::Receipt
            | MovementKind::Return
            | MovementKind::WriteOff
            | MovementKind::Correction),
        ) => kind,
        _ => return Err(wrong("kind", &body.kind)),
    };
    if body.key.trim().is_empty() || body.key.len() > 200 {
        return Err(wrong("key", &body.key));
    }
    let warehouse = match body.warehouse.as_deref() {
        Some(text) => id("warehouse", text)?,
        None => {
            let all = state.stock.warehouses(&caller.scope).await?;
            all.into_iter()
                .next()
                .map(|one| one.id)
                .ok_or_else(|| wrong("warehouse", ""))?
        }
    };
    let new = NewMovement {
        product: id("product", &body.product)?,
        warehouse,
        kind,
        quantity: body.quantity,
        unit_cost: body.unit_cost.filter(|_| body.quantity > 0).map(Sum::money),
        landed: None,
        reason: body.reason,
        document: String::new(),
        once_key: format!("api:{}", body.key),
    };
    state.stock.record(&caller.scope, &new).await?;
    Ok(Done)
}
