//! Orders to suppliers: the list, their way, what came, a file for the supplier.

use super::{id, whole, wrong};
use crate::{
    carried::Did,
    door::{Desk, language},
    pages::{
        export::csv_file,
        prices::{path_of, show::say},
    },
    views::stock::{PurchaseLineRow, PurchaseRow, PurchasesPage},
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::{Right, Scope};
use sauda_catalog::Product;
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{Money, ProductId, PurchaseId, Timestamp};
use sauda_stock::{Purchase, PurchaseState, Received, Supplier};
use serde::Deserialize;
use std::collections::BTreeMap;

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let shell = desk
        .shell(&who.session, who.language, &path_of(&uri), "stock")
        .await?;
    let scope = who.scope();
    let (purchases, suppliers) = tokio::try_join!(desk.stock.purchases(scope), desk.stock.suppliers(scope))?;
    let products = products(&desk, scope, &purchases).await?;
    let now = desk.now();
    let view = PurchasesPage {
        rows: purchases
            .iter()
            .map(|one| row(scope, one, &suppliers, &products, now))
            .collect(),
        may_edit: scope.may(Right::ManageCatalog),
    };
    desk.draw(&shell, &view)
}

async fn products(
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

fn row(
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
                }
            })
            .collect(),
        sum: sum.filter(|_| sees_money).map(Money::from_tiyn),
        next: one.state.next().iter().map(|state| state.word()).collect(),
        may_receive: one.state.is_coming() && scope.may(Right::ManageOrders),
        differs: one
            .lines
            .iter()
            .any(|line| line.received.is_some_and(|came| came != line.ordered)),
    }
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
    FormBody(form): FormBody<StateForm>,
) -> Result<Response, Refusal> {
    let wanted = PurchaseState::parse(&form.state).ok_or_else(|| wrong("state", &form.state))?;
    desk.stock
        .advance_purchase(who.scope(), &purchase, wanted)
        .await?;
    Ok(Did::new("did-saved").at("/stock/orders"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReceiveForm {
    product: Vec<String>,
    received: Vec<String>,
    extra: String,
}

pub(super) async fn receive(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(purchase): PathParams<PurchaseId>,
    FormBody(form): FormBody<ReceiveForm>,
) -> Result<Response, Refusal> {
    let mut came = Vec::with_capacity(form.product.len());
    for (product, received) in form.product.iter().zip(&form.received) {
        came.push(Received {
            product: id("product", product)?,
            quantity: whole("received", received)?,
        });
    }
    let extra = match form.extra.trim() {
        "" => 0,
        text => whole("extra", text)?,
    };
    if !(0..=1_000_000_000).contains(&extra) {
        return Err(wrong("extra", &form.extra));
    }
    desk.stock
        .receive_purchase(who.scope(), &purchase, &came, Money::from_tiyn(extra * 100))
        .await?;
    Ok(Did::new("did-stock-received").at("/stock/orders"))
}

/// The order as a file for the supplier: articles, names, pieces.
pub(super) async fn file(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    PathParams(purchase): PathParams<PurchaseId>,
) -> Result<Response, Refusal> {
    let (scope, words) = (who.scope(), language(who.language));
    let one = desk.stock.purchase(scope, &purchase).await?;
    let products = products(&desk, scope, std::slice::from_ref(&one)).await?;
    let columns = ["sku", "purchase-col-goods", "purchase-col-ordered"];
    let mut lines = vec![columns.map(|key| say(&desk, words, key, &[])).to_vec()];
    for line in &one.lines {
        let facts = products.get(&line.product).map(|one| &one.facts);
        lines.push(vec![
            facts.map_or_else(String::new, |facts| facts.sku.clone()),
            facts.map_or_else(String::new, |facts| facts.name()),
            line.ordered.to_string(),
        ]);
    }
    csv_file(&format!("order-{}.csv", one.number), &lines)
}
