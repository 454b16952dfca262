//! Stock-taking: begun, counted by article, closed.

use super::{id, whole};
use crate::{
    carried::Did,
    door::Desk,
    pages::prices::path_of,
    views::stock::{Choice, CountRow, CountingRow, CountsPage},
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::Right;
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{CountingId, Kind, ProductId, Public};
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
    let scope = who.scope();
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
    let view = CountsPage {
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
    };
    desk.draw(&shell, &view)
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
    FormBody(form): FormBody<LineForm>,
) -> Result<Response, Refusal> {
    let sku = form.sku.trim();
    let counted = whole("counted", &form.counted)?;
    let found = desk.products.by_skus(who.scope(), &[sku]).await?;
    let product = found.get(sku).ok_or_else(|| {
        let public = Public::new("stock-no-sku").field("sku").arg("value", sku);
        Refusal::new(Kind::Invalid, public)
    })?;
    desk.stock
        .count(who.scope(), &counting, &product.id, counted)
        .await?;
    Ok(Did::new("did-saved").at("/stock/counts"))
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
    FormBody(form): FormBody<CloseForm>,
) -> Result<Response, Refusal> {
    desk.stock
        .close_counting(who.scope(), &counting, form.keep == "yes")
        .await?;
    Ok(Did::new("did-saved").at("/stock/counts"))
}
