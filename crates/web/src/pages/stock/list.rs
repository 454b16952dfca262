//! What to reorder, most urgent first, and its file.

use super::typed::Typing;
use crate::{
    door::{Desk, language},
    pages::{
        export::csv_file,
        prices::{path_of, show::say},
        system::urlencode,
    },
    views::{
        parts::{Form, Goods, Pager, Tab},
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
use sauda_kernel::{Money, Span, Timestamp};
use sauda_stock::{
    DemandFrom, Promise, ReorderFilter, ReorderRow,
    reorder::{BatchReason, Idle, Restraint, Worth, rounded},
};
use serde::Deserialize;

/// Rows of a page.
const ROWS: usize = 100;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct StockQuery {
    view: String,
    q: String,
    /// What there is to spend, as typed: tenge.
    budget: String,
    /// Of rows, from 0.
    page: usize,
}

impl StockQuery {
    fn filter(&self, budget: Option<Money>) -> ReorderFilter {
        ReorderFilter {
            view: self.view.clone(),
            search: self.q.trim().to_owned(),
            product: None,
            budget,
            with_past: false,
        }
    }

    /// The budget, or a form that says what is wrong with it; nobody plans with money without seeing it.
    fn budget(&self, scope: &Scope) -> (Option<Money>, Form) {
        let mut typing = Typing::of(&[("budget", self.budget.trim())]);
        let money = typing
            .sum("budget", &self.budget)
            .filter(|_| scope.may(Right::ViewMoney));
        (money.filter(|_| typing.is_fine()), typing.form)
    }

    /// The search, the view and the budget, as they stand in an address.
    fn words(&self, view: &str) -> String {
        format!(
            "view={view}&q={}&budget={}",
            urlencode(self.q.trim()),
            urlencode(self.budget.trim())
        )
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
    let (budget, asked) = query.budget(scope);
    // What came back from another form says what is wrong there.
    let form = if form.refusals.is_empty() { asked } else { form };
    let list = desk.stock.reorder(scope, &query.filter(budget)).await?;
    let known = list
        .counts
        .iter()
        .map(|(word, _)| *word)
        .find(|word| *word == query.view);
    let view = known.unwrap_or("due");
    let sees_money = scope.may(Right::ViewMoney);
    let found = list.rows.len();
    let first = (query.page.min(found / ROWS)) * ROWS;
    let shown: Vec<&ReorderRow> = list.rows.iter().skip(first).take(ROWS).collect();
    let picked_first = |one: &&&ReorderRow| view == "due" && one.order() > 0;
    let suggested = shown.iter().filter(picked_first).count();
    let total = shown
        .iter()
        .filter(picked_first)
        .filter_map(|one| one.cost())
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
                href: format!(
                    "/stock?{}",
                    StockQuery {
                        q: String::new(),
                        ..query.clone()
                    }
                    .words(word)
                ),
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
        pager: pager(&query.words(view), first, shown.len(), found),
        rows: shown.iter().map(|one| row(scope, one, desk.now())).collect(),
        total: sees_money.then(|| Money::from_tiyn(total)),
        suggested,
        is_kept: list.settings.kept_since.is_some(),
        may_edit: scope.may(Right::ManageCatalog),
        sees_money,
        export_query: query.words(view),
        budget: query.budget.trim().to_owned(),
        due_cost: list.due_cost,
        spent: list.spent,
        counting: super::forecast::counting(desk, scope).await?,
        view: view.to_owned(),
        query: query.q.trim().to_owned(),
        picked,
        form,
    })
}

fn pager(words: &str, first: usize, shown: usize, found: usize) -> Pager {
    let page = first / ROWS;
    let link = |page: usize| format!("/stock?{words}&page={page}");
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    Pager {
        from: count(first + 1),
        to: count(first + shown),
        of: count(found),
        back: page.checked_sub(1).map(link),
        next: (first + shown < found).then(|| link(page + 1)),
    }
}

/// A row as it is shown.
pub(super) fn row(scope: &Scope, one: &ReorderRow, now: Timestamp) -> StockRow {
    let (idle, idle_days) = match one.idle {
        Some(Idle::Dead { days }) => (Some("dead"), days),
        Some(Idle::Slow { cover_days }) => (Some("slow"), cover_days),
        None => (None, 0),
    };
    let steadiness = one.steadiness.map_or("", |class| class.word());
    StockRow {
        goods: Goods::new(one.product.id.as_str(), &one.product.name(), &one.product.sku),
        href: format!("/stock/{}", one.product.id),
        on_hand: one.standing.on_hand,
        reserved: one.standing.reserved,
        free: one.standing.free(),
        on_the_way: one.standing.on_the_way,
        advice: advice(one, now),
        cost: one
            .cost()
            .filter(|cost| scope.may(Right::ViewMoney) && cost.tiyn() > 0),
        each: one.each().filter(|_| scope.may(Right::ViewMoney)),
        class: format!("{}{steadiness}", one.worth.map_or("", Worth::word)),
        idle,
        idle_days,
        supplier: one.supplier.as_ref().map(|supplier| supplier.name.clone()),
        skip_until: one.supply.skip_until.filter(|_| one.is_skipped),
    }
}

fn advice(one: &ReorderRow, now: Timestamp) -> Option<Advice> {
    let plan = one.plan.as_ref()?;
    let milli = |value: f64| rounded(value * 1_000.0);
    // Four of five days lie within 1.28 deviations.
    let spread = 1.28 * one.daily_spread;
    let cover = one.cover().map(|days| rounded(days.floor()));
    let (restraint, wanted) = match plan.restraint {
        Some(Restraint::Level { wanted }) => ("level", wanted),
        Some(Restraint::NotKept { smallest }) => ("not_kept", smallest),
        None => ("", 0),
    };
    let ahead = one.days_until_more(now);
    Some(Advice {
        daily_milli: milli(plan.daily),
        low_milli: milli((plan.daily - spread).max(0.0)),
        high_milli: milli(plan.daily + spread),
        days: one.days_ahead,
        every: (plan.daily > 0.0 && plan.daily < 0.95).then(|| rounded(1.0 / plan.daily)),
        low_ahead: plan.exposure.whole.quantile(0.1),
        high_ahead: plan.exposure.whole.quantile(0.9),
        expected: plan.reorder_point - plan.safety_stock,
        safety: plan.safety_stock,
        rop: plan.reorder_point,
        position: one.standing.position(),
        order: one.order(),
        due: plan.order,
        cover,
        tone: match cover {
            _ if plan.order == 0 => "",
            // A buyer is likely to find nothing before more is here.
            Some(days) if days < 3 && rounded(plan.daily * 1_000.0).saturating_mul(ahead) >= 1_000 => "bad",
            _ => "warn",
        },
        restraint,
        wanted,
        most_days: one.most_days,
        arrives: now.plus(Span::from_days(ahead)),
        arrives_days: ahead,
        is_coming: one.arrives_at.is_some(),
        fill_bp: rounded(plan.fill * 10_000.0),
        cycle_bp: (one.promise == Promise::Cycle).then(|| rounded(plan.cycle * 10_000.0)),
        batch: match plan.batch_reason {
            BatchReason::Cheapest => "cheapest",
            _ => "",
        },
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
    let (budget, asked) = query.budget(scope);
    if !asked.refusals.is_empty() {
        return Err(super::wrong("budget", &query.budget));
    }
    let list = desk.stock.reorder(scope, &query.filter(budget)).await?;
    let mut lines = vec![COLUMNS.map(|key| say(&desk, words, key, &[])).to_vec()];
    for one in &list.rows {
        let shown = row(scope, one, desk.now());
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
