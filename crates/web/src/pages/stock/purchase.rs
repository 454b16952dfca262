//! One order to a supplier: changed while it is a draft, sent, received with what differs and what it cost to bring. A form that
//! is refused comes back with what was typed.

use super::{id, paper, typed::Typing, typed_decimal, wrong};
use crate::{
    carried::Did,
    door::{Desk, language},
    pages::{
        money::{currencies, rate_typed},
        prices::path_of,
    },
    views::{
        parts::{Form, Told},
        stock::Choice,
        stock_purchases::{CostField, PaidInShown, PurchaseLineRow, PurchasePage, PurchaseRow},
    },
};
use axum::{
    extract::{OriginalUri, State},
    http::Uri,
    response::Response,
};
use sauda_accounts::{Right, Scope};
use sauda_catalog::Product;
use sauda_economics::landed::SpreadBy;
use sauda_economics::rates::{Day, vat_rate};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{Money, ProductId, PurchaseId, Timestamp};
use sauda_stock::{
    BatchCost, CostKind, NewLine, NewPaidIn, Purchase, PurchaseChange, PurchaseState, Receipt, Received,
    StockError, Supplier,
};
use serde::Deserialize;
use std::collections::BTreeMap;

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    PathParams(purchase): PathParams<PurchaseId>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let shell = desk
        .shell(&who.session, who.language, &path_of(&uri), "stock")
        .await?;
    let view = view(
        &desk,
        who.scope(),
        language(who.language),
        &purchase,
        Form::default(),
    )
    .await?;
    desk.draw(&shell, &view)
}

/// The page again with what was typed.
async fn again<R: sauda_edge::Need>(
    desk: &Desk,
    who: &Person<R>,
    uri: &Uri,
    purchase: &PurchaseId,
    form: Form,
) -> Result<Response, Refusal> {
    let shell = desk
        .shell(&who.session, who.language, &path_of(uri), "stock")
        .await?;
    let view = view(desk, who.scope(), language(who.language), purchase, form).await?;
    desk.again(&shell, &view)
}

async fn view(
    desk: &Desk,
    scope: &Scope,
    words: crate::words::Language,
    purchase: &PurchaseId,
    form: Form,
) -> Result<PurchasePage, Refusal> {
    let one = desk.stock.purchase(scope, purchase).await?;
    let suppliers = desk.stock.all_suppliers(scope).await?;
    let known = products(desk, scope, std::slice::from_ref(&one)).await?;
    let supplier = suppliers
        .iter()
        .find(|known| Some(&known.id) == one.supplier.as_ref());
    let sees_money = scope.may(Right::ViewMoney);
    let text = paper::text(desk, words, &one, &known);
    let typed_by = |kind: CostKind| {
        let name = format!("by-{}", kind.word());
        let typed = form.values.get(&name).and_then(|word| SpreadBy::parse(word));
        typed.unwrap_or(kind.usual())
    };
    let landed = one.lines.iter().try_fold(0_i64, |sum, line| {
        sum.checked_add(line.landed.filter(|_| line.received != Some(0))?.tiyn())
    });
    Ok(PurchasePage {
        row: row(scope, &one, &suppliers, &known, desk.now()),
        suppliers: suppliers
            .iter()
            .filter(|known| !known.is_gone || Some(&known.id) == one.supplier.as_ref())
            .map(|known| Choice {
                value: known.id.to_string(),
                name: known.name.clone(),
                is_on: match form.values.get("supplier") {
                    Some(typed) => typed == known.id.as_str(),
                    None => Some(&known.id) == one.supplier.as_ref(),
                },
            })
            .collect(),
        costs: CostKind::ALL
            .map(|kind| CostField {
                kind: kind.word(),
                by: typed_by(kind).word(),
                has_vat: form.values.contains_key(&format!("vat-{}", kind.word())),
                vat: one
                    .costs
                    .iter()
                    .find(|cost| cost.kind == kind && cost.vat_bp > 0)
                    .map(|cost| typed_decimal(cost.vat_bp, 2)),
                paid: one
                    .costs
                    .iter()
                    .find(|cost| cost.kind == kind)
                    .filter(|_| sees_money)
                    .map(|cost| cost.sum),
            })
            .to_vec(),
        spreads: SpreadBy::ALL.map(SpreadBy::word).to_vec(),
        landed: landed
            .filter(|_| sees_money && one.state == PurchaseState::Received)
            .map(Money::from_tiyn),
        vat: typed_decimal(one.vat_bp, 2),
        vat_now: typed_decimal(vat_today(desk), 2),
        paid_in: one.paid_in.as_ref().map(|paid| PaidInShown {
            currency: paid.currency.clone(),
            rate: rate_typed(paid.rate),
        }),
        currencies: currencies(one.paid_in.as_ref().map(|paid| paid.currency.as_str())),
        whatsapp: supplier.and_then(|known| paper::whatsapp(&known.phone, &text)),
        mail: supplier
            .filter(|known| !known.email.is_empty())
            .map(|known| paper::mail(desk, words, known, &one, &text)),
        text,
        form,
        may_edit: scope.may(Right::ManageCatalog),
        sees_money,
    })
}

/// Products of these orders by id.
pub(super) async fn products(
    desk: &Desk,
    scope: &Scope,
    purchases: &[Purchase],
) -> Result<BTreeMap<ProductId, Product>, Refusal> {
    let mut ids: Vec<ProductId> = purchases
        .iter()
        .flat_map(|one| one.lines.iter().map(|line| line.product.clone()))
        .collect();
    ids.sort();
    ids.dedup();
    let found = desk.products.by_ids(scope, &ids).await?;
    Ok(found.into_iter().map(|one| (one.id.clone(), one)).collect())
}

/// An order as it is shown.
pub(super) fn row(
    scope: &Scope,
    one: &Purchase,
    suppliers: &[Supplier],
    products: &BTreeMap<ProductId, Product>,
    now: Timestamp,
) -> PurchaseRow {
    let sees_money = scope.may(Right::ViewMoney);
    let sum = one.lines.iter().try_fold(0_i64, |sum, line| {
        let each = line.unit_cost?.tiyn();
        each.checked_mul(line.ordered)?.checked_add(sum)
    });
    let each = |sum: Money, pieces: i64| {
        let tiyn = sum.tiyn().checked_div(pieces)?;
        Some(Money::from_tiyn(tiyn))
    };
    PurchaseRow {
        id: one.id.to_string(),
        number: one.number,
        supplier: suppliers
            .iter()
            .find(|known| Some(&known.id) == one.supplier.as_ref())
            .map(|known| known.name.clone()),
        state: one.state.word(),
        made_by: one.made_by.clone(),
        created_at: one.created_at,
        expected_at: one.expected_at,
        is_late: one.state.is_coming() && one.expected_at.is_some_and(|at| at < now),
        lines: one
            .lines
            .iter()
            .map(|line| {
                let product = products.get(&line.product);
                PurchaseLineRow {
                    product: line.product.to_string(),
                    name: product.map_or_else(String::new, |one| one.facts.name()),
                    sku: product.map_or_else(String::new, |one| one.facts.sku.clone()),
                    ordered: line.ordered,
                    received: line.received,
                    cost: line.unit_cost.filter(|_| sees_money),
                    cost_typed: match one.paid_in {
                        Some(_) => line.price,
                        None => line.unit_cost.map(Money::tiyn),
                    }
                    .filter(|_| sees_money)
                    .map_or_else(String::new, |cost| typed_decimal(cost, 2)),
                    landed_each: line
                        .landed
                        .zip(line.received)
                        .filter(|_| sees_money)
                        .and_then(|(landed, came)| each(landed, came)),
                }
            })
            .collect(),
        sum: sum.filter(|_| sees_money).map(Money::from_tiyn),
        next: one.state.next().iter().map(|state| state.word()).collect(),
        is_draft: one.state == PurchaseState::Draft,
        may_receive: one.state.is_coming() && scope.may(Right::ManageOrders),
        differs: one
            .lines
            .iter()
            .any(|line| line.received.is_some_and(|came| came != line.ordered)),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ChangeForm {
    supplier: String,
    product: Vec<String>,
    ordered: Vec<String>,
    cost: Vec<String>,
    sku: String,
    quantity: String,
    /// The currency that prices in the form are in.
    priced_in: Option<String>,
}

/// Lines and supplier of a draft; a line of nothing is taken out, an article with a number is put in.
pub(super) async fn change(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(purchase): PathParams<PurchaseId>,
    OriginalUri(uri): OriginalUri,
    FormBody(form): FormBody<ChangeForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let mut typing = Typing::of(&[
        ("supplier", &form.supplier),
        ("sku", &form.sku),
        ("quantity", &form.quantity),
    ]);
    let one = desk.stock.purchase(scope, &purchase).await?;
    same_currency(&mut typing, &one, form.priced_in.as_deref());
    let known = products(&desk, scope, std::slice::from_ref(&one)).await?;
    let mut lines = Vec::with_capacity(form.product.len());
    for (place, (product, ordered)) in form.product.iter().zip(&form.ordered).enumerate() {
        let product: ProductId = id("product", product)?;
        let sku = known.get(&product).map_or("", |one| one.facts.sku.as_str());
        let (at, at_cost) = (format!("ordered-{place}"), format!("cost-{place}"));
        let cost = form.cost.get(place).map_or("", String::as_str);
        typing.keep(&at, ordered);
        typing.keep(&at_cost, cost);
        let quantity = typing.pieces(&at, ordered, sku);
        let before = one.lines.iter().find(|line| line.product == product);
        // Who does not see prices does not send them. A price in another currency that was taken out leaves tenge as they were.
        let typed = form.cost.get(place).map(|text| typing.sum(&at_cost, text));
        let (unit_cost, price) = match (typed, &one.paid_in) {
            (Some(typed), None) => (typed, None),
            (Some(typed), Some(_)) => (before.and_then(|line| line.unit_cost), typed.map(Money::tiyn)),
            (None, _) => (
                before.and_then(|line| line.unit_cost),
                before.and_then(|line| line.price),
            ),
        };
        lines.push(NewLine {
            product,
            quantity,
            unit_cost,
            price,
        });
    }
    let sku = form.sku.trim();
    if !sku.is_empty() {
        let quantity = typing.pieces("quantity", &form.quantity, sku);
        let found = desk.products.by_skus(scope, &[sku]).await?;
        match found.get(sku) {
            Some(product) => lines.push(NewLine {
                product: product.id.clone(),
                quantity,
                unit_cost: None,
                price: None,
            }),
            None => {
                let told = Told::new("stock-no-sku").arg("value", sku);
                typing.refuse("sku", told);
            }
        }
    }
    let supplier = match form.supplier.as_str() {
        "" => None,
        text => Some(id("supplier", text)?),
    };
    let refused = if typing.is_fine() {
        let change = PurchaseChange {
            supplier: Some(supplier),
            lines: Some(lines),
            ..PurchaseChange::default()
        };
        match desk.stock.change_purchase(scope, &purchase, change).await {
            Ok(_) => return Ok(Did::new("did-saved").at(&format!("/stock/orders/{purchase}"))),
            Err(error) => typing.refused(error, &[("lines", "sku")])?,
        }
    } else {
        typing.form
    };
    again(&desk, &who, &uri, &purchase, refused).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CurrencyForm {
    /// Nothing for tenge.
    currency: String,
    rate: String,
}

/// What a draft is paid in, and at what rate: the merchant's own of today where none is typed.
pub(super) async fn currency(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(purchase): PathParams<PurchaseId>,
    OriginalUri(uri): OriginalUri,
    FormBody(form): FormBody<CurrencyForm>,
) -> Result<Response, Refusal> {
    let mut typing = Typing::of(&[("currency", &form.currency), ("rate", &form.rate)]);
    let new = NewPaidIn {
        currency: form.currency.clone(),
        rate: rate(&mut typing, &form.rate),
    };
    let change = PurchaseChange {
        paid_in: Some(Some(new).filter(|new| !new.currency.is_empty())),
        ..PurchaseChange::default()
    };
    let refused = if typing.is_fine() {
        match desk.stock.change_purchase(who.scope(), &purchase, change).await {
            Ok(_) => return Ok(Did::new("did-saved").at(&format!("/stock/orders/{purchase}"))),
            Err(error) => typing.refused(error, &[("unit_cost", "rate")])?,
        }
    } else {
        typing.form
    };
    again(&desk, &who, &uri, &purchase, refused).await
}

/// A typed rate in millionths of a tenge; nothing when nothing was typed.
fn rate(typing: &mut Typing, text: &str) -> Option<i64> {
    if text.trim().is_empty() {
        return None;
    }
    let rate = sauda_economics::command::millionths_of(text);
    if rate.is_none() {
        let told = Told::new("purchase-rate").arg("value", text);
        typing.refuse("rate", told);
    }
    rate
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct StateForm {
    state: String,
}

pub(super) async fn state(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(purchase): PathParams<PurchaseId>,
    OriginalUri(uri): OriginalUri,
    FormBody(form): FormBody<StateForm>,
) -> Result<Response, Refusal> {
    let wanted = PurchaseState::parse(&form.state).ok_or_else(|| wrong("state", &form.state))?;
    match desk.stock.advance_purchase(who.scope(), &purchase, wanted).await {
        Ok(_) => Ok(Did::new("did-saved").at(&format!("/stock/orders/{purchase}"))),
        Err(error @ StockError::PurchaseNotNow { .. }) => {
            let refused = Typing::default().refused(error, &[])?;
            again(&desk, &who, &uri, &purchase, refused).await
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReceiveForm {
    product: Vec<String>,
    received: Vec<String>,
    cost: Vec<String>,
    cost_kind: Vec<String>,
    cost_sum: Vec<String>,
    cost_by: Vec<String>,
    /// Kinds of costs whose bills hold the tax.
    cost_vat: Vec<String>,
    rate: String,
    /// The currency that prices in the form are in.
    priced_in: Option<String>,
}

/// A price is read in the currency that the page showed: when somebody chose another meanwhile, nothing is taken for what it is not.
fn same_currency(typing: &mut Typing, one: &Purchase, shown: Option<&str>) {
    let now = one.paid_in.as_ref().map_or("KZT", |paid| paid.currency.as_str());
    if shown.is_some_and(|shown| shown != now) {
        typing.refuse("", Told::new("purchase-not-now"));
    }
}

pub(super) async fn receive(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(purchase): PathParams<PurchaseId>,
    OriginalUri(uri): OriginalUri,
    FormBody(form): FormBody<ReceiveForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let one = desk.stock.purchase(scope, &purchase).await?;
    let known = products(&desk, scope, std::slice::from_ref(&one)).await?;
    let mut typing = Typing::of(&[("rate", &form.rate)]);
    same_currency(&mut typing, &one, form.priced_in.as_deref());
    let mut came = Vec::with_capacity(form.product.len());
    for (place, (product, received)) in form.product.iter().zip(&form.received).enumerate() {
        let product: ProductId = id("product", product)?;
        let sku = known.get(&product).map_or("", |one| one.facts.sku.as_str());
        let (at, at_cost) = (format!("received-{place}"), format!("cost-{place}"));
        let cost = form.cost.get(place).map_or("", String::as_str);
        typing.keep(&at, received);
        typing.keep(&at_cost, cost);
        let quantity = typing.pieces(&at, received, sku);
        let typed = typing.sum(&at_cost, cost);
        let is_foreign = one.paid_in.is_some();
        came.push(Received {
            quantity,
            unit_cost: typed.filter(|_| !is_foreign),
            price: typed.filter(|_| is_foreign).map(Money::tiyn),
            product,
        });
    }
    let rate = rate(&mut typing, &form.rate);
    let costs = costs(&mut typing, &form, vat_today(&desk))?;
    let refused = if typing.is_fine() {
        let receipt = Receipt {
            came: &came,
            costs: &costs,
            rate,
        };
        match desk.stock.receive_purchase(scope, &purchase, receipt).await {
            Ok(_) => return Ok(Did::new("did-stock-received").at(&format!("/stock/orders/{purchase}"))),
            Err(error) => {
                let place = came
                    .iter()
                    .position(|one| !(0..=1_000_000).contains(&one.quantity));
                let at = format!("received-{}", place.unwrap_or(0));
                typing.refused(error, &[("received", &at)])?
            }
        }
    } else {
        typing.form
    };
    again(&desk, &who, &uri, &purchase, refused).await
}

/// The rate of value added tax of today, basis points; 0 where the tables know none.
fn vat_today(desk: &Desk) -> i64 {
    vat_rate(Day::of(desk.now())).map_or(0, |fact| fact.hundredths)
}

fn costs(typing: &mut Typing, form: &ReceiveForm, vat: i64) -> Result<Vec<BatchCost>, Refusal> {
    let mut costs = Vec::new();
    for (place, (word, sum)) in form.cost_kind.iter().zip(&form.cost_sum).enumerate() {
        let kind = CostKind::parse(word).ok_or_else(|| wrong("cost_kind", word))?;
        let by = match form.cost_by.get(place) {
            Some(text) => SpreadBy::parse(text).ok_or_else(|| wrong("cost_by", text))?,
            None => kind.usual(),
        };
        typing.keep(word, sum);
        typing.keep(&format!("by-{word}"), by.word());
        let has_vat = form.cost_vat.contains(word) && kind != CostKind::ImportVat;
        if has_vat {
            typing.keep(&format!("vat-{word}"), "on");
        }
        if let Some(sum) = typing.sum(word, sum) {
            let vat_bp = if has_vat { vat } else { 0 };
            costs.push(BatchCost {
                kind,
                sum,
                by,
                vat_bp,
            });
        }
    }
    Ok(costs)
}
