//! What to reorder, most urgent first, and its file.

use crate::{
    door::{Desk, language},
    pages::{
        export::csv_file,
        prices::{path_of, show::say},
        system::urlencode,
    },
    views::{
        parts::{Form, Goods, Tab},
        stock::{Advice, StockEmpty, StockPage, StockRow},
    },
};
use axum::{
    extract::{OriginalUri, State},
    http::Uri,
    response::Response,
};
use sauda_accounts::{Right, Scope};
use sauda_edge::{Person, QueryParams, Refusal, need};
use sauda_kernel::Money;
use sauda_stock::{DemandFrom, ReorderFilter, ReorderRow, reorder::Idle};
use serde::Deserialize;

/// Rows of the page; more are in the file.
const ROWS: usize = 200;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct StockQuery {
    view: String,
    q: String,
}

impl StockQuery {
    fn filter(&self) -> ReorderFilter {
        ReorderFilter {
            view: self.view.clone(),
            search: self.q.trim().to_owned(),
            product: None,
        }
    }
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    QueryParams(query): QueryParams<StockQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let shell = desk
        .shell(&who.session, who.language, &path_of(&uri), "stock")
        .await?;
    let view = view(&desk, who.scope(), &query, Form::default(), None).await?;
    desk.draw(&shell, &view)
}

/// The list again with what was typed and picked.
pub(super) async fn again<R: sauda_edge::Need>(
    desk: &Desk,
    who: &Person<R>,
    uri: &Uri,
    form: Form,
    picked: Vec<String>,
) -> Result<Response, Refusal> {
    let shell = desk
        .shell(&who.session, who.language, &path_of(uri), "stock")
        .await?;
    let query = StockQuery::default();
    let view = view(desk, who.scope(), &query, form, Some(picked)).await?;
    desk.again(&shell, &view)
}

async fn view(
    desk: &Desk,
    scope: &Scope,
    query: &StockQuery,
    form: Form,
    picked: Option<Vec<String>>,
) -> Result<StockPage, Refusal> {
    let list = desk.stock.reorder(scope, &query.filter()).await?;
    let known = list
        .counts
        .iter()
        .map(|(word, _)| *word)
        .find(|word| *word == query.view);
    let view = known.unwrap_or("due");
    let sees_money = scope.may(Right::ViewMoney);
    let total = list
        .rows
        .iter()
        .filter_map(ReorderRow::cost)
        .fold(0_i64, |sum, cost| sum.saturating_add(cost.tiyn()));
    let all = list
        .counts
        .iter()
        .find(|(word, _)| *word == "all")
        .map_or(0, |(_, count)| *count);
    Ok(StockPage {
        tabs: list
            .counts
            .iter()
            .map(|(word, count)| Tab {
                word: (*word).to_owned(),
                href: format!("/stock?view={word}"),
                count: i64::try_from(*count).ok(),
                tone: if *word == "due" { "warn" } else { "" },
                is_on: *word == view,
            })
            .collect(),
        empty: list.rows.is_empty().then(|| {
            if all == 0 {
                StockEmpty::Nothing
            } else if !query.q.trim().is_empty() {
                StockEmpty::NotFound
            } else {
                StockEmpty::Done
            }
        }),
        rows: list.rows.iter().take(ROWS).map(|one| row(scope, one)).collect(),
        total: (sees_money && total > 0 && view == "due").then(|| Money::from_tiyn(total)),
        is_kept: list.settings.kept_since.is_some(),
        may_edit: scope.may(Right::ManageCatalog),
        sees_money,
        export_query: format!("view={view}&q={}", urlencode(query.q.trim())),
        counting: super::forecast::counting(desk, scope).await?,
        view: view.to_owned(),
        query: query.q.trim().to_owned(),
        picked,
        form,
    })
}

/// A row as it is shown.
pub(super) fn row(scope: &Scope, one: &ReorderRow) -> StockRow {
    let facts = &one.product.facts;
    let (idle, idle_days) = match one.idle {
        Some(Idle::Dead { days }) => (Some("dead"), days),
        Some(Idle::Slow { cover_days }) => (Some("slow"), cover_days),
        None => (None, 0),
    };
    let steadiness = one.steadiness.map_or("", |class| class.word());
    StockRow {
        goods: Goods::new(one.product.id.as_str(), &facts.name(), &facts.sku),
        href: format!("/stock/{}", one.product.id),
        on_hand: one.standing.on_hand,
        reserved: one.standing.reserved,
        on_the_way: one.standing.on_the_way,
        advice: advice(one),
        cost: one
            .cost()
            .filter(|cost| scope.may(Right::ViewMoney) && cost.tiyn() > 0),
        class: format!("{}{steadiness}", one.worth.word()),
        idle,
        idle_days,
        supplier: one.supplier.as_ref().map(|supplier| supplier.name.clone()),
        skip_until: one.supply.skip_until.filter(|_| one.is_skipped),
    }
}

fn advice(one: &ReorderRow) -> Option<Advice> {
    let plan = one.plan.as_ref()?;
    let milli = |value: f64| sauda_stock::reorder::rounded(value * 1_000.0);
    // Four of five days lie within 1.28 deviations.
    let spread = 1.28 * one.daily_spread;
    Some(Advice {
        daily_milli: milli(plan.daily),
        low_milli: milli((plan.daily - spread).max(0.0)),
        high_milli: milli(plan.daily + spread),
        days: one.days_ahead,
        safety: plan.safety_stock,
        rop: plan.reorder_point,
        position: one.standing.position(),
        order: plan.order,
        cover: one
            .cover()
            .map(|days| sauda_stock::reorder::rounded(days.floor())),
        fill_bp: sauda_stock::reorder::rounded(plan.fill * 10_000.0),
        from: one.from.word(),
        learned: match one.from {
            DemandFrom::Past { days } => i64::try_from(days).unwrap_or(0),
            _ => 0,
        },
    })
}

const COLUMNS: [&str; 9] = [
    "sku",
    "purchase-col-goods",
    "stock-class",
    "stock-lies-title",
    "stock-csv-coming",
    "stock-csv-daily",
    "stock-csv-cover",
    "stock-csv-order",
    "stock-csv-cost",
];

/// What the list finds, as a file.
pub(super) async fn csv(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    QueryParams(query): QueryParams<StockQuery>,
) -> Result<Response, Refusal> {
    let (scope, words) = (who.scope(), language(who.language));
    let list = desk.stock.reorder(scope, &query.filter()).await?;
    let mut lines = vec![COLUMNS.map(|key| say(&desk, words, key, &[])).to_vec()];
    for one in &list.rows {
        let shown = row(scope, one);
        let advice = shown.advice.as_ref();
        lines.push(vec![
            shown.goods.sku,
            shown.goods.title,
            shown.class,
            shown.on_hand.to_string(),
            shown.on_the_way.to_string(),
            advice.map_or_else(String::new, |one| crate::format::milli(one.daily_milli)),
            advice
                .and_then(|one| one.cover)
                .map_or_else(String::new, |days| days.to_string()),
            advice.map_or(0, |one| one.order).to_string(),
            shown
                .cost
                .map_or_else(String::new, |cost| cost.tenge_up().get().to_string()),
        ]);
    }
    csv_file("reorder.csv", &lines)
}
