//! Suppliers with their days and calendar. Refuses to forget one: it is put away, and old purchases keep its name.

use super::id;
use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, ListQuery, Made, Page, Shown, not_found, page_of},
};
use axum::extract::State;
use sauda_accounts::Scope;
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::SupplierId;
use sauda_stock::{Stock, Supplier};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Somebody goods are bought from.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Supplier)]
pub(crate) struct Shape {
    pub id: String,
    pub name: String,
    pub phone: String,
    /// Where orders are sent; empty when nobody said.
    pub email: String,
    /// From order to delivery.
    pub lead_days: i64,
    /// Deviation of those days, tenths of a day.
    pub lead_spread_tenths: i64,
    /// Weekdays on which orders are taken: 1 is Monday.
    pub weekdays: Vec<i64>,
    /// Such as 2027-01-01.
    pub days_off: Vec<String>,
    /// Value added tax inside its prices, basis points; 0 without invoices of the tax.
    pub vat_bp: i64,
}

impl From<Supplier> for Shape {
    fn from(from: Supplier) -> Self {
        Self {
            id: from.id.to_string(),
            name: from.name,
            phone: from.phone,
            email: from.email,
            lead_days: from.lead_days,
            lead_spread_tenths: from.lead_spread_tenths,
            weekdays: (1..=7)
                .filter(|day| from.weekdays & (1 << (day - 1)) != 0)
                .collect(),
            days_off: from.days_off,
            vat_bp: from.vat_bp,
        }
    }
}

/// A supplier as it is to become; what is absent stays, or is usual in a new one.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = SupplierBody)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Body {
    /// Needed in a new one; 1 to 100 letters.
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// 0 to 365; the merchant's own in a new one.
    pub lead_days: Option<i64>,
    pub lead_spread_tenths: Option<i64>,
    /// 1 to 7; every day in a new one.
    pub weekdays: Option<Vec<i64>>,
    pub days_off: Option<Vec<String>>,
    pub vat_bp: Option<i64>,
}

impl Example for Body {
    fn example() -> Value {
        json!({"name": "Sulu", "email": "orders@sulu.kz", "lead_days": 9, "weekdays": [1, 2, 3, 4, 5], "days_off": ["2027-01-01"], "vat_bp": 1600})
    }
}

impl Body {
    fn onto(self, mut known: Supplier) -> Result<Supplier, Refusal> {
        if let Some(days) = &self.weekdays {
            let mut bits = 0_i64;
            for day in days {
                if !(1..=7).contains(day) {
                    return Err(super::wrong("weekdays", &day.to_string()));
                }
                bits |= 1 << (day - 1);
            }
            known.weekdays = bits;
        }
        Ok(Supplier {
            name: self.name.unwrap_or(known.name),
            phone: self.phone.unwrap_or(known.phone),
            email: self.email.unwrap_or(known.email),
            lead_days: self.lead_days.unwrap_or(known.lead_days),
            lead_spread_tenths: self.lead_spread_tenths.unwrap_or(known.lead_spread_tenths),
            days_off: self.days_off.unwrap_or(known.days_off),
            vat_bp: self.vat_bp.unwrap_or(known.vat_bp),
            ..known
        })
    }
}

async fn one(stock: &Stock, scope: &Scope, id: &SupplierId) -> Result<Supplier, Refusal> {
    let all = stock.suppliers(scope).await?;
    let found = all.into_iter().find(|one| one.id == *id);
    found.ok_or_else(|| not_found("supplier", id))
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewCatalog>("list_suppliers", "Suppliers by name")
        .query::<ListQuery>()
        .lists::<Shape>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<Shape>>, Refusal> {
    let all = state.stock.suppliers(&caller.scope).await?;
    let rows: Vec<Shape> = all.into_iter().map(Shape::from).collect();
    let page = page_of(rows, |row| row.id.clone(), query.after.as_deref(), query.limit)?;
    Ok(Shown(page))
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewCatalog>("show_supplier", "One supplier").shows::<Shape>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<SupplierId>,
) -> Result<Shown<Shape>, Refusal> {
    Ok(Shown(one(&state.stock, &caller.scope, &id).await?.into()))
}

pub(crate) fn create_op() -> Op {
    op::<need::ManageCatalog>("create_supplier", "Keep a supplier")
        .about("The name of one that was put away brings it back.")
        .body::<Body>()
        .makes::<Shape>()
}

pub(crate) async fn create(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<Body>,
) -> Result<Made<Shape>, Refusal> {
    let lead_days = state.stock.settings(&caller.scope).await?.lead_days;
    let blank = Supplier {
        id: state.stock.blank_supplier(),
        name: String::new(),
        phone: String::new(),
        lead_days,
        lead_spread_tenths: 0,
        weekdays: 127,
        days_off: Vec::new(),
        email: String::new(),
        vat_bp: 0,
        is_gone: false,
    };
    let wanted = body.onto(blank)?;
    let made = state.stock.save_supplier(&caller.scope, None, &wanted).await?;
    Ok(Made(made.into()))
}

pub(crate) fn change_op() -> Op {
    op::<need::ManageCatalog>("change_supplier", "Change a supplier")
        .about("Absent members stay.")
        .body::<Body>()
        .shows::<Shape>()
}

pub(crate) async fn change(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams(supplier): PathParams<String>,
    JsonBody(body): JsonBody<Body>,
) -> Result<Shown<Shape>, Refusal> {
    let supplier: SupplierId = id("supplier", &supplier)?;
    let known = one(&state.stock, &caller.scope, &supplier).await?;
    let wanted = body.onto(known)?;
    let saved = state
        .stock
        .save_supplier(&caller.scope, Some(supplier), &wanted)
        .await?;
    Ok(Shown(saved.into()))
}

pub(crate) fn remove_op() -> Op {
    op::<need::ManageCatalog>("remove_supplier", "Put a supplier away")
        .about("Products bought there are bought from nobody until somebody says otherwise; old purchases keep the name.")
}

pub(crate) async fn remove(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<SupplierId>,
) -> Result<Done, Refusal> {
    state.stock.remove_supplier(&caller.scope, &id).await?;
    Ok(Done)
}
