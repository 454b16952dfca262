//! Orders to suppliers: drafted by hand or from the advice, changed, sent, received with what differs. Refuses to receive twice.

use super::{id, wrong};
use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{ListQuery, Made, Moment, Page, Shown, Sum, page_of, present},
};
use axum::extract::State;
use sauda_accounts::{Right, Scope};
use sauda_economics::command::millionths_of;
use sauda_economics::landed::SpreadBy;
use sauda_economics::money::fields::decimal;
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{ProductId, PurchaseId, SupplierId};
use sauda_stock::{
    BatchCost, CostKind, NewLine, NewPaidIn, Purchase, PurchaseChange, PurchaseState, Received,
    ReorderFilter, Wanted,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// A line of an order to a supplier.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PurchaseLine)]
pub(crate) struct LineShape {
    /// Id of the product.
    pub product: String,
    pub ordered: i64,
    /// Pieces that came; null before.
    pub received: Option<i64>,
    /// What a piece costs; null to those without the right `view_money`, and when nobody said.
    pub unit_cost: Option<Sum>,
    /// The same in the currency of the order, hundredths; null for tenge.
    pub price_minor: Option<i64>,
    /// What all that came of it cost on the shelf, with its part of the costs; null before.
    pub landed: Option<Sum>,
}

/// What was paid for the whole order.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PurchaseCost)]
#[serde(deny_unknown_fields)]
pub(crate) struct CostShape {
    /// `freight`, `insurance`, `customs`, `brokerage`, `local`, `import_vat`, `other`; each once.
    pub kind: String,
    pub sum: Sum,
    /// `value`, `weight`, `volume`, `quantity`: by what it is spread over the lines; freight and local delivery by weight,
    /// others by value without it.
    pub by: Option<String>,
    /// Value added tax inside the sum, basis points; 0 without an invoice of the tax, and for `import_vat`, which is tax whole.
    #[serde(default)]
    pub vat_bp: i64,
}

/// What an order is paid in when that is no tenge.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PurchasePaidIn)]
#[serde(deny_unknown_fields)]
pub(crate) struct PaidInShape {
    /// Three letters, such as `CNY`.
    pub currency: String,
    /// Tenge for one of it, with at most six digits behind the point; the merchant's own rate of today without it.
    #[serde(default)]
    pub rate: Option<String>,
}

impl PaidInShape {
    fn read(&self) -> Result<NewPaidIn, Refusal> {
        Ok(NewPaidIn {
            currency: self.currency.clone(),
            rate: rate(self.rate.as_deref())?,
        })
    }
}

fn rate(text: Option<&str>) -> Result<Option<i64>, Refusal> {
    let read = |text: &str| millionths_of(text).ok_or_else(|| wrong("rate", text));
    text.map(read).transpose()
}

/// An order to a supplier.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Purchase)]
pub(crate) struct Shape {
    pub id: String,
    pub number: i64,
    /// Id of the supplier.
    pub supplier: Option<String>,
    /// Id of the warehouse.
    pub warehouse: String,
    /// `draft`, `sent`, `on_the_way`, `received`, `cancelled`.
    pub state: &'static str,
    /// What it may become by a change of `state`.
    pub next: Vec<&'static str>,
    pub expected_at: Option<Moment>,
    pub created_at: Moment,
    pub sent_at: Option<Moment>,
    pub received_at: Option<Moment>,
    pub made_by: String,
    /// Value added tax inside its prices, basis points.
    pub vat_bp: i64,
    /// Null for tenge.
    pub paid_in: Option<PaidInShape>,
    pub lines: Vec<LineShape>,
    /// Empty to those without the right `view_money`.
    pub costs: Vec<CostShape>,
}

impl Shape {
    fn of(from: &Purchase, scope: &Scope) -> Self {
        let sees = scope.may(Right::ViewMoney);
        let costs = from.costs.iter().filter(|_| sees).map(|cost| CostShape {
            kind: cost.kind.word().to_owned(),
            sum: cost.sum.into(),
            by: Some(cost.by.word().to_owned()),
            vat_bp: cost.vat_bp,
        });
        Self {
            id: from.id.to_string(),
            number: from.number,
            supplier: from.supplier.as_ref().map(ToString::to_string),
            warehouse: from.warehouse.to_string(),
            state: from.state.word(),
            next: from.state.next().iter().map(|state| state.word()).collect(),
            expected_at: from.expected_at.map(Moment),
            created_at: Moment(from.created_at),
            sent_at: from.sent_at.map(Moment),
            received_at: from.received_at.map(Moment),
            made_by: from.made_by.clone(),
            vat_bp: from.vat_bp,
            paid_in: from.paid_in.as_ref().map(|paid| PaidInShape {
                currency: paid.currency.clone(),
                rate: Some(decimal(paid.rate, 6)),
            }),
            lines: from
                .lines
                .iter()
                .map(|line| LineShape {
                    product: line.product.to_string(),
                    ordered: line.ordered,
                    received: line.received,
                    unit_cost: line.unit_cost.filter(|_| sees).map(Sum::from),
                    price_minor: line.price.filter(|_| sees),
                    landed: line.landed.filter(|_| sees).map(Sum::from),
                })
                .collect(),
            costs: costs.collect(),
        }
    }
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewCatalog>("list_purchases", "Orders to suppliers, newest first")
        .about("The newest 200.")
        .query::<ListQuery>()
        .lists::<Shape>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ListQuery>,
) -> Result<Shown<Page<Shape>>, Refusal> {
    let all = state.stock.purchases(&caller.scope).await?;
    let rows: Vec<Shape> = all.iter().map(|one| Shape::of(one, &caller.scope)).collect();
    let page = page_of(rows, |row| row.id.clone(), query.after.as_deref(), query.limit)?;
    Ok(Shown(page))
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewCatalog>("show_purchase", "One order to a supplier").shows::<Shape>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewCatalog>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<PurchaseId>,
) -> Result<Shown<Shape>, Refusal> {
    let found = state.stock.purchase(&caller.scope, &id).await?;
    Ok(Shown(Shape::of(&found, &caller.scope)))
}

/// A product to order.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PurchaseLineBody)]
#[serde(deny_unknown_fields)]
pub(crate) struct LineBody {
    /// Id of the product.
    pub product: String,
    /// 1 to 1 000 000 pieces.
    pub quantity: i64,
    /// What a piece costs; the catalogue's cost without it.
    #[serde(default)]
    pub unit_cost: Option<Sum>,
}

impl LineBody {
    fn read(&self) -> Result<Wanted, Refusal> {
        Ok(Wanted {
            product: id::<_>("product", &self.product)?,
            quantity: self.quantity,
            unit_cost: self.unit_cost.map(Sum::money),
        })
    }
}

/// An order to draft: lines, or what the advice says to order now.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewPurchase)]
#[serde(deny_unknown_fields)]
pub(crate) struct New {
    /// Id of the supplier; nobody without it.
    #[serde(default)]
    pub supplier: Option<String>,
    #[serde(default)]
    pub lines: Vec<LineBody>,
    /// Without lines: all that is due from this supplier, or from nobody when none is named.
    #[serde(default)]
    pub from_advice: bool,
}

impl Example for New {
    fn example() -> Value {
        json!({"lines": [{"product": "prd_01kah2m5q8e6v9z4r7t0y3w1xc", "quantity": 48, "unit_cost": {"amount_minor": 1_500_000, "currency": "KZT"}}]})
    }
}

pub(crate) fn create_op() -> Op {
    op::<need::ManageCatalog>("create_purchase", "Draft an order to a supplier")
        .about("Either `lines`, or `from_advice`: what is due now by the rules of reordering.")
        .body::<New>()
        .makes::<Shape>()
}

pub(crate) async fn create(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    JsonBody(body): JsonBody<New>,
) -> Result<Made<Shape>, Refusal> {
    let scope = &caller.scope;
    let supplier: Option<SupplierId> = body
        .supplier
        .as_deref()
        .map(|text| id("supplier", text))
        .transpose()?;
    if body.from_advice != body.lines.is_empty() {
        let told = sauda_kernel::Public::new("one-of")
            .field("lines")
            .arg("names", "lines, from_advice");
        return Err(Refusal::new(sauda_kernel::Kind::Invalid, told));
    }
    let wanted: Vec<Wanted> = if body.from_advice {
        let due = state.stock.reorder(scope, &ReorderFilter::default()).await?;
        let of_supplier = due.rows.iter().filter(|row| row.supply.supplier == supplier);
        of_supplier
            .map(|row| Wanted {
                product: row.product.id.clone(),
                quantity: row.order(),
                unit_cost: None,
            })
            .collect()
    } else {
        body.lines.iter().map(LineBody::read).collect::<Result<_, _>>()?
    };
    let made = state.stock.draft_purchase(scope, supplier, &wanted).await?;
    Ok(Made(Shape::of(&made, scope)))
}

/// A line of a draft as it is to become.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PurchaseLineChange)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangedLine {
    /// Id of the product.
    pub product: String,
    /// 1 to 1 000 000 pieces.
    pub quantity: i64,
    /// What a piece costs; the catalogue's cost without it.
    #[serde(default)]
    pub unit_cost: Option<Sum>,
    /// What a piece costs in the currency of the order, hundredths: tenge come of it.
    #[serde(default)]
    pub price_minor: Option<i64>,
}

/// What to change of an order; absent members stay.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PurchaseChange)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    /// `sent`, `on_the_way` or `cancelled`; receiving is a door of its own.
    #[serde(default)]
    pub state: Option<String>,
    /// Of a draft: id of the supplier, or null for nobody.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub supplier: Option<Option<String>>,
    /// Of a draft: what it is paid in, or null for tenge.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<PaidInShape>)]
    pub paid_in: Option<Option<PaidInShape>>,
    /// Of a draft: all its lines anew.
    #[serde(default)]
    pub lines: Option<Vec<ChangedLine>>,
}

impl Example for Change {
    fn example() -> Value {
        json!({"state": "sent"})
    }
}

pub(crate) fn change_op() -> Op {
    op::<need::ManageCatalog>("change_purchase", "Change a draft, or move an order on")
        .about("Lines and supplier are changed first, then the state. Lines of an order that was sent do not change: what differs is told when it comes.")
        .body::<Change>()
        .shows::<Shape>()
        .conflicts()
}

pub(crate) async fn change(
    caller: Caller<need::ManageCatalog>,
    State(state): State<ApiState>,
    PathParams(purchase): PathParams<PurchaseId>,
    JsonBody(body): JsonBody<Change>,
) -> Result<Shown<Shape>, Refusal> {
    let scope = &caller.scope;
    let wanted = match body.state.as_deref() {
        None => None,
        Some(word) => Some(PurchaseState::parse(word).ok_or_else(|| wrong("state", word))?),
    };
    let is_draft_changed = body.supplier.is_some() || body.lines.is_some() || body.paid_in.is_some();
    if wanted.is_none() && !is_draft_changed {
        let told = sauda_kernel::Public::new("no-change");
        return Err(Refusal::new(sauda_kernel::Kind::Invalid, told));
    }
    if is_draft_changed {
        let supplier = match &body.supplier {
            None => None,
            Some(told) => Some(told.as_deref().map(|text| id("supplier", text)).transpose()?),
        };
        let lines = match &body.lines {
            None => None,
            Some(lines) => Some(new_lines(lines)?),
        };
        let paid_in = match &body.paid_in {
            None => None,
            Some(told) => Some(told.as_ref().map(PaidInShape::read).transpose()?),
        };
        let change = PurchaseChange {
            supplier,
            paid_in,
            lines,
        };
        state.stock.change_purchase(scope, &purchase, change).await?;
    }
    if let Some(wanted) = wanted {
        state.stock.advance_purchase(scope, &purchase, wanted).await?;
    }
    let now = state.stock.purchase(scope, &purchase).await?;
    Ok(Shown(Shape::of(&now, scope)))
}

fn new_lines(lines: &[ChangedLine]) -> Result<Vec<NewLine>, Refusal> {
    let read = lines.iter().map(|line| {
        if line.quantity < 1 {
            return Err(wrong("quantity", &line.quantity.to_string()));
        }
        Ok(NewLine {
            product: id::<_>("product", &line.product)?,
            quantity: line.quantity,
            unit_cost: line.unit_cost.map(Sum::money),
            price: line.price_minor,
        })
    });
    read.collect()
}

/// What came of a product.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ReceivedLine)]
#[serde(deny_unknown_fields)]
pub(crate) struct CameBody {
    /// Id of the product.
    pub product: String,
    /// 0 when nothing came.
    pub received: i64,
    /// What a piece cost by the invoice; as ordered without it.
    #[serde(default)]
    pub unit_cost: Option<Sum>,
    /// The same in the currency of the order, hundredths.
    #[serde(default)]
    pub price_minor: Option<i64>,
}

/// What came of an order; lines that are not named came whole.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = PurchaseReceipt)]
#[serde(deny_unknown_fields)]
pub(crate) struct Receipt {
    #[serde(default)]
    pub lines: Vec<CameBody>,
    #[serde(default)]
    pub costs: Vec<CostShape>,
    /// Tenge for one of the order's currency on the day it came; that of the order without it.
    #[serde(default)]
    pub rate: Option<String>,
}

impl Example for Receipt {
    fn example() -> Value {
        json!({
            "lines": [{"product": "prd_01kah2m5q8e6v9z4r7t0y3w1xc", "received": 46}],
            "costs": [{"kind": "freight", "sum": {"amount_minor": 4_500_000, "currency": "KZT"}, "by": "quantity"}],
        })
    }
}

pub(crate) fn receive_op() -> Op {
    op::<need::ManageOrders>("receive_purchase", "Receive an order with what differs")
        .about("What came lies there at once; costs become part of what its pieces cost, to the tiyn. An order is received once.")
        .body::<Receipt>()
        .makes::<Shape>()
        .conflicts()
}

pub(crate) async fn receive(
    caller: Caller<need::ManageOrders>,
    State(state): State<ApiState>,
    PathParams(purchase): PathParams<PurchaseId>,
    JsonBody(body): JsonBody<Receipt>,
) -> Result<Made<Shape>, Refusal> {
    let mut came = Vec::with_capacity(body.lines.len());
    for line in &body.lines {
        let product: ProductId = id("product", &line.product)?;
        came.push(Received {
            product,
            quantity: line.received,
            unit_cost: line.unit_cost.map(Sum::money),
            price: line.price_minor,
        });
    }
    let mut costs = Vec::with_capacity(body.costs.len());
    for cost in &body.costs {
        let kind = CostKind::parse(&cost.kind).ok_or_else(|| wrong("kind", &cost.kind))?;
        let by = match cost.by.as_deref() {
            None => kind.usual(),
            Some(word) => SpreadBy::parse(word).ok_or_else(|| wrong("by", word))?,
        };
        let sum = cost.sum.money();
        let vat_bp = cost.vat_bp;
        costs.push(BatchCost {
            kind,
            sum,
            by,
            vat_bp,
        });
    }
    let receipt = sauda_stock::Receipt {
        came: &came,
        costs: &costs,
        rate: rate(body.rate.as_deref())?,
    };
    let done = state
        .stock
        .receive_purchase(&caller.scope, &purchase, receipt)
        .await?;
    Ok(Made(Shape::of(&done, &caller.scope)))
}
