//! What people do with products of the stock: order, skip, say how they are bought, move pieces. A form that is refused comes
//! back with what was typed.

use super::{id, one, typed::Typing, wrong};
use crate::{carried::Did, door::Desk, views::parts::Told};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{ProductId, Span, SupplierId};
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
    OriginalUri(uri): OriginalUri,
    FormBody(form): FormBody<OrderForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let mut typing = Typing::default();
    let mut wanted: BTreeMap<Option<SupplierId>, Vec<Wanted>> = BTreeMap::new();
    for (product, quantity) in form.product.iter().zip(&form.quantity) {
        typing.keep(&format!("quantity-{product}"), quantity);
        if !form.pick.contains(product) {
            continue;
        }
        let id: ProductId = id("product", product)?;
        let field = format!("quantity-{product}");
        let sku = desk.products.product(scope, &id).await?.facts.sku;
        let pieces = typing.pieces(&field, quantity, &sku);
        if typing.is_fine() && !(0..=1_000_000).contains(&pieces) {
            typing.refuse(&field, Told::new("stock-quantity").arg("value", quantity.clone()));
        }
        if pieces == 0 {
            continue;
        }
        let supplier = desk.stock.supply_of(scope, &id).await?.supplier;
        wanted.entry(supplier).or_default().push(Wanted {
            product: id,
            quantity: pieces,
            unit_cost: None,
        });
    }
    if !typing.is_fine() {
        return super::list::again(&desk, &who, &uri, typing.form, form.pick).await;
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
    weeks: String,
}

/// Does not show a product among what to reorder for some weeks; no days show it again.
pub(super) async fn skip(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(product): PathParams<ProductId>,
    OriginalUri(uri): OriginalUri,
    FormBody(form): FormBody<SkipForm>,
) -> Result<Response, Refusal> {
    let mut typing = Typing::of(&[("weeks", &form.weeks)]);
    let days = if form.days.is_empty() {
        let weeks = typing.whole("weeks", &form.weeks);
        if typing.is_fine() && !(1..=52).contains(&weeks) {
            typing.refuse("weeks", Told::new("stock-weeks").arg("value", weeks));
        }
        weeks * 7
    } else {
        form.days.parse().map_err(|_| wrong("days", &form.days))?
    };
    if !typing.is_fine() {
        return one::again(&desk, &who, &uri, &product, "skip", typing.form).await;
    }
    if !(0..=365).contains(&days) {
        return Err(wrong("days", &form.days));
    }
    let known = desk.stock.supply_of(who.scope(), &product).await?;
    let wanted = Supply {
        skip_until: (days > 0).then(|| desk.now().plus(Span::from_days(days))),
        ..known
    };
    desk.stock.save_supply(who.scope(), &wanted).await?;
    if days == 0 {
        return Ok(Did::new("did-stock-unskipped").at("/stock"));
    }
    Ok(Did::new("did-stock-skipped").arg("days", days).at("/stock"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SupplyForm {
    supplier: String,
    least: String,
    pack: String,
    rate: String,
    volume: String,
    breaks: String,
}

pub(super) async fn supply(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(product): PathParams<ProductId>,
    OriginalUri(uri): OriginalUri,
    FormBody(form): FormBody<SupplyForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let known = desk.stock.supply_of(scope, &product).await?;
    let sku = desk.products.product(scope, &product).await?.facts.sku;
    let mut typing = Typing::of(&[
        ("supplier", &form.supplier),
        ("least", &form.least),
        ("pack", &form.pack),
        ("rate", &form.rate),
        ("volume", &form.volume),
        ("breaks", &form.breaks),
    ]);
    let wanted = Supply {
        supplier: match form.supplier.as_str() {
            "" => None,
            text => Some(id("supplier", text)?),
        },
        least: typing.pieces("least", &form.least, &sku),
        pack: typing.pieces("pack", &form.pack, &sku),
        rate_milli: match form.rate.trim() {
            "" => None,
            text => Some(typing.decimal("rate", text, 3)),
        },
        // Litres with a comma are cubic centimetres.
        volume_cm3: match form.volume.trim() {
            "" => None,
            text => Some(typing.decimal("volume", text, 3)),
        },
        breaks: typing.breaks("breaks", &form.breaks),
        ..known
    };
    let refused = if typing.is_fine() {
        match desk.stock.save_supply(scope, &wanted).await {
            Ok(()) => return Ok(Did::new("did-saved").at(&format!("/stock/{product}"))),
            Err(error) => typing.refused(error, &[])?,
        }
    } else {
        typing.form
    };
    one::again(&desk, &who, &uri, &product, "supply", refused).await
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
    OriginalUri(uri): OriginalUri,
    FormBody(form): FormBody<OneOffForm>,
) -> Result<Response, Refusal> {
    let mut typing = Typing::of(&[("day", &form.day)]);
    let day = typing.day("day", &form.day);
    if !typing.is_fine() {
        return one::again(&desk, &who, &uri, &product, "one_off", typing.form).await;
    }
    let marked = desk
        .stock
        .mark_one_off(who.scope(), &product, day, form.on == "yes");
    match marked.await {
        Ok(()) => Ok(Did::new("did-saved").at(&format!("/stock/{product}"))),
        Err(error) => {
            let refused = typing.refused(error, &[("date", "day")])?;
            one::again(&desk, &who, &uri, &product, "one_off", refused).await
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PromotionForm {
    from: String,
    to: String,
    /// `all`: of everything that is sold.
    of: String,
    /// `no`: it is taken back.
    on: String,
}

pub(super) async fn promotion(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(product): PathParams<ProductId>,
    OriginalUri(uri): OriginalUri,
    FormBody(form): FormBody<PromotionForm>,
) -> Result<Response, Refusal> {
    let mut typing = Typing::of(&[("from", &form.from), ("to", &form.to), ("of", &form.of)]);
    let (from, to) = (typing.day("from", &form.from), typing.day("to", &form.to));
    let of = (form.of != "all").then_some(&product);
    let refused = if typing.is_fine() {
        let scope = who.scope();
        let done = if form.on == "no" {
            desk.stock.unpromote(scope, of, from).await
        } else {
            desk.stock.promote(scope, of, from, to).await.map(|_| ())
        };
        match done {
            Ok(()) => return Ok(Did::new("did-forecast-asked").at(&format!("/stock/{product}"))),
            Err(error) => typing.refused(error, &[])?,
        }
    } else {
        typing.form
    };
    one::again(&desk, &who, &uri, &product, "promotion", refused).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MoveForm {
    kind: String,
    quantity: String,
    cost: String,
    warehouse: String,
    reason: String,
    once: String,
}

pub(super) async fn movement(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(product): PathParams<ProductId>,
    OriginalUri(uri): OriginalUri,
    FormBody(form): FormBody<MoveForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let sku = desk.products.product(scope, &product).await?.facts.sku;
    let mut typing = Typing::of(&[
        ("kind", &form.kind),
        ("quantity", &form.quantity),
        ("cost", &form.cost),
        ("warehouse", &form.warehouse),
        ("reason", &form.reason),
    ]);
    let quantity = typing.pieces("quantity", &form.quantity, &sku);
    let cost = typing.sum("cost", &form.cost);
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
        MovementKind::Correction => quantity,
        MovementKind::WriteOff => -quantity.saturating_abs(),
        _ => quantity.saturating_abs(),
    };
    let refused = if typing.is_fine() {
        let new = NewMovement {
            warehouse: id("warehouse", &form.warehouse)?,
            kind,
            quantity,
            unit_cost: cost.filter(|_| quantity > 0),
            landed: None,
            reason: form.reason.trim().to_owned(),
            document: String::new(),
            once_key: format!("{}:{product}:{}", form.once, form.kind),
            product: product.clone(),
        };
        match desk.stock.record(scope, &new).await {
            Ok(()) => return Ok(Did::new("did-saved").at(&format!("/stock/{product}"))),
            Err(error) => typing.refused(error, &[])?,
        }
    } else {
        typing.form
    };
    one::again(&desk, &who, &uri, &product, "move", refused).await
}
