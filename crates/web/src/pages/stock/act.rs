//! What people do with products of the stock: order, skip, say how they are bought, move pieces.

use super::{decimal, id, whole, wrong};
use crate::{carried::Did, door::Desk};
use axum::{extract::State, response::Response};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{ProductId, Span, SupplierId, Timestamp};
use sauda_stock::{MovementKind, NewMovement, Supply, Wanted};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OrderForm {
    pick: Vec<String>,
    product: Vec<String>,
    quantity: Vec<String>,
}

/// Drafts orders of what was picked, one for each supplier.
pub(super) async fn order(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    FormBody(form): FormBody<OrderForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let mut wanted: BTreeMap<Option<SupplierId>, Vec<Wanted>> = BTreeMap::new();
    for (product, quantity) in form.product.iter().zip(&form.quantity) {
        if !form.pick.contains(product) {
            continue;
        }
        let quantity = whole("quantity", quantity)?;
        if quantity == 0 {
            continue;
        }
        let product: ProductId = id("product", product)?;
        let supplier = desk.stock.supply_of(scope, &product).await?.supplier;
        wanted.entry(supplier).or_default().push(Wanted {
            product,
            quantity,
            unit_cost: None,
        });
    }
    if wanted.is_empty() {
        return Ok(Did::new("did-stock-nothing").at("/stock"));
    }
    for (supplier, lines) in wanted {
        desk.stock.draft_purchase(scope, supplier, &lines).await?;
    }
    Ok(Did::new("did-stock-ordered").at("/stock/orders"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SkipForm {
    days: String,
}

/// Does not show a product among what to reorder for some days; zero shows it again.
pub(super) async fn skip(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(product): PathParams<ProductId>,
    FormBody(form): FormBody<SkipForm>,
) -> Result<Response, Refusal> {
    let days = whole("days", &form.days)?;
    if !(0..=365).contains(&days) {
        return Err(wrong("days", &form.days));
    }
    let known = desk.stock.supply_of(who.scope(), &product).await?;
    let wanted = Supply {
        skip_until: (days > 0).then(|| desk.now().plus(Span::from_days(days))),
        ..known
    };
    desk.stock.save_supply(who.scope(), &wanted).await?;
    Ok(Did::new("did-saved").at("/stock"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SupplyForm {
    supplier: String,
    least: String,
    pack: String,
    rate: String,
}

pub(super) async fn supply(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(product): PathParams<ProductId>,
    FormBody(form): FormBody<SupplyForm>,
) -> Result<Response, Refusal> {
    let known = desk.stock.supply_of(who.scope(), &product).await?;
    let wanted = Supply {
        supplier: match form.supplier.as_str() {
            "" => None,
            text => Some(id("supplier", text)?),
        },
        least: whole("least", &form.least)?,
        pack: whole("pack", &form.pack)?,
        rate_milli: match form.rate.trim() {
            "" => None,
            text => Some(decimal("rate", text, 3)?),
        },
        ..known
    };
    desk.stock.save_supply(who.scope(), &wanted).await?;
    Ok(Did::new("did-saved").at(&format!("/stock/{product}")))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OneOffForm {
    day: String,
    on: String,
}

pub(super) async fn one_off(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(product): PathParams<ProductId>,
    FormBody(form): FormBody<OneOffForm>,
) -> Result<Response, Refusal> {
    let moment =
        Timestamp::parse(&format!("{}T12:00:00+05:00", form.day)).map_err(|_| wrong("day", &form.day))?;
    let day = sauda_stock::day_of(moment);
    desk.stock
        .mark_one_off(who.scope(), &product, day, form.on == "yes")
        .await?;
    Ok(Did::new("did-saved").at(&format!("/stock/{product}")))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MoveForm {
    kind: String,
    quantity: String,
    warehouse: String,
    reason: String,
    once: String,
}

pub(super) async fn movement(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(product): PathParams<ProductId>,
    FormBody(form): FormBody<MoveForm>,
) -> Result<Response, Refusal> {
    let typed = whole("quantity", &form.quantity)?;
    let kind = match MovementKind::parse(&form.kind) {
        Some(
            kind @ (MovementKind::Receipt
            | MovementKind::Return
            | MovementKind::WriteOff
            | MovementKind::Correction),
        ) => kind,
        _ => return Err(wrong("kind", &form.kind)),
    };
    let quantity = match kind {
        MovementKind::Correction => typed,
        MovementKind::WriteOff => -typed.abs(),
        _ => typed.abs(),
    };
    let new = NewMovement {
        warehouse: id("warehouse", &form.warehouse)?,
        kind,
        quantity,
        unit_cost: None,
        reason: form.reason.trim().to_owned(),
        document: String::new(),
        once_key: format!("{}:{product}:{}", form.once, form.kind),
        product: product.clone(),
    };
    desk.stock.record(who.scope(), &new).await?;
    Ok(Did::new("did-saved").at(&format!("/stock/{product}")))
}
