//! Orders to suppliers, newest first, by state and by words. Refuses to change them: each has a page of its own.

use super::purchase::{products, row};
use crate::{
    door::Desk,
    pages::prices::path_of,
    views::{parts::Tab, stock_purchases::PurchasesPage},
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::Right;
use sauda_edge::{Person, QueryParams, Refusal, need};
use sauda_stock::PurchaseState;
use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct OrdersQuery {
    state: String,
    q: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    QueryParams(query): QueryParams<OrdersQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let shell = desk
        .shell(&who.session, who.language, &path_of(&uri), "stock")
        .await?;
    let scope = who.scope();
    let (purchases, suppliers) =
        tokio::try_join!(desk.stock.purchases(scope), desk.stock.all_suppliers(scope))?;
    let products = products(&desk, scope, &purchases).await?;
    let now = desk.now();
    let words = sauda_catalog::fold(&[query.q.trim()]);
    let all: Vec<_> = purchases
        .iter()
        .map(|one| row(scope, one, &suppliers, &products, now))
        .filter(|row| {
            let number = row.number.to_string();
            let mut texts = vec![number.as_str(), row.supplier.as_deref().unwrap_or_default()];
            for line in &row.lines {
                texts.extend([line.name.as_str(), line.sku.as_str()]);
            }
            sauda_catalog::fold(&texts).contains(&words)
        })
        .collect();
    let state = PurchaseState::parse(&query.state);
    let tab = |wanted: Option<PurchaseState>| {
        let word = wanted.map_or("all", PurchaseState::word);
        let count = all
            .iter()
            .filter(|row| wanted.is_none_or(|state| row.state == state.word()));
        Tab {
            word: word.to_owned(),
            href: format!("/stock/orders?state={word}"),
            count: i64::try_from(count.count()).ok(),
            tone: "",
            is_on: wanted == state,
        }
    };
    let mut tabs = vec![tab(None)];
    tabs.extend(PurchaseState::ALL.map(|state| tab(Some(state))));
    let is_empty = purchases.is_empty();
    let view = PurchasesPage {
        tabs,
        query: query.q.trim().to_owned(),
        state: query.state.clone(),
        rows: all
            .into_iter()
            .filter(|row| state.is_none_or(|state| row.state == state.word()))
            .collect(),
        is_empty,
        may_edit: scope.may(Right::ManageCatalog),
    };
    desk.draw(&shell, &view)
}
