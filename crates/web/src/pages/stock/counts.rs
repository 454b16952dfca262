//! Stock-taking: begun, counted by article, closed.

use super::{id, typed::Typing};
use crate::{
    carried::Did,
    door::Desk,
    pages::prices::path_of,
    views::{
        parts::{Form, Told},
        stock::Choice,
        stock_counts::{CountRow, CountingRow, CountsPage},
    },
};
use axum::{
    extract::{OriginalUri, State},
    http::Uri,
    response::Response,
};
use sauda_accounts::{Right, Scope};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{CountingId, ProductId};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Stock-takings that are shown.
const SHOWN: usize = 10;

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let shell = desk
        .shell(&who.session, who.language, &path_of(&uri), "stock")
        .await?;
    let view = view(&desk, who.scope(), String::new(), Form::default()).await?;
    desk.draw(&shell, &view)
}

/// The page again with what was typed into one counting.
async fn again<R: sauda_edge::Need>(
    desk: &Desk,
    who: &Person<R>,
    uri: &Uri,
    counting: &CountingId,
    form: Form,
) -> Result<Response, Refusal> {
    let shell = desk
        .shell(&who.session, who.language, &path_of(uri), "stock")
        .await?;
    let view = view(desk, who.scope(), counting.to_string(), form).await?;
    desk.again(&shell, &view)
}

async fn view(desk: &Desk, scope: &Scope, at: String, form: Form) -> Result<CountsPage, Refusal> {
    let warehouses = desk.stock.warehouses(scope).await?;
    let mut rows = Vec::new();
    for one in desk.stock.countings(scope).await?.into_iter().take(SHOWN) {
        let (one, lines) = desk.stock.counting(scope, &one.id).await?;
        let ids: Vec<ProductId> = lines.iter().map(|line| line.product.clone()).collect();
        let products: BTreeMap<ProductId, (String, String)> = desk
            .products
            .by_ids(scope, &ids)
            .await?
            .into_iter()
            .map(|product| (product.id.clone(), (product.facts.name(), product.facts.sku)))
            .collect();
        let warehouse = warehouses.iter().find(|known| known.id == one.warehouse);
        rows.push(CountingRow {
            id: one.id.to_string(),
            warehouse: warehouse.map_or_else(String::new, |known| known.name.clone()),
            made_by: one.made_by,
            created_at: one.created_at,
            is_open: one.is_open,
            lines: lines
                .into_iter()
                .map(|line| {
                    let (name, sku) = products.get(&line.product).cloned().unwrap_or_default();
                    CountRow {
                        name,
                        sku,
                        expected: line.expected,
                        counted: line.counted,
                        by: line.counted_by,
                    }
                })
                .collect(),
        });
    }
    Ok(CountsPage {
        rows,
        places: warehouses
            .iter()
            .map(|known| Choice {
                value: known.id.to_string(),
                name: known.name.clone(),
                is_on: known.is_main,
            })
            .collect(),
        may_move: scope.may(Right::ManageOrders),
        at,
        form,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct BeginForm {
    warehouse: String,
}

pub(super) async fn begin(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    FormBody(form): FormBody<BeginForm>,
) -> Result<Response, Refusal> {
    let warehouse = id("warehouse", &form.warehouse)?;
    desk.stock.begin_counting(who.scope(), &warehouse).await?;
    Ok(Did::new("did-saved").at("/stock/counts"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LineForm {
    sku: String,
    counted: String,
}

pub(super) async fn line(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(counting): PathParams<CountingId>,
    OriginalUri(uri): OriginalUri,
    FormBody(form): FormBody<LineForm>,
) -> Result<Response, Refusal> {
    let sku = form.sku.trim();
    let mut typing = Typing::of(&[("sku", &form.sku), ("counted", &form.counted)]);
    let counted = typing.pieces("counted", &form.counted, sku);
    let found = desk.products.by_skus(who.scope(), &[sku]).await?;
    let product = found.get(sku).map(|one| one.id.clone());
    if product.is_none() {
        typing.refuse("sku", Told::new("stock-no-sku").arg("value", sku));
    }
    let refused = match product.filter(|_| typing.is_fine()) {
        Some(product) => {
            let said = desk.stock.count(who.scope(), &counting, &product, counted).await;
            match said {
                Ok(()) => return Ok(Did::new("did-saved").at("/stock/counts")),
                Err(error) => typing.refused(error, &[])?,
            }
        }
        None => typing.form,
    };
    again(&desk, &who, &uri, &counting, refused).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CloseForm {
    keep: String,
}

pub(super) async fn close(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(counting): PathParams<CountingId>,
    OriginalUri(uri): OriginalUri,
    FormBody(form): FormBody<CloseForm>,
) -> Result<Response, Refusal> {
    let is_kept = form.keep == "yes";
    match desk.stock.close_counting(who.scope(), &counting, is_kept).await {
        Ok(()) => Ok(Did::new("did-saved").at("/stock/counts")),
        Err(error) => {
            let refused = Typing::default().refused(error, &[])?;
            again(&desk, &who, &uri, &counting, refused).await
        }
    }
}
