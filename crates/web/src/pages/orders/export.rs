//! What the list of orders finds, as a file.

use super::query::OrdersQuery;
use crate::{
    door::{Desk, language},
    pages::{
        export::{Cell, Sheet, csv_file, workbook},
        prices::show::say,
    },
};
use axum::{extract::State, response::Response};
use sauda_accounts::{Right, Session};
use sauda_edge::{Language, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::Money;
use sauda_orders::OrderFilter;

/// Most rows of one file.
const MOST: usize = 50_000;
/// Rows fetched at once.
const PART: i64 = 500;

const COLUMNS: [&str; 11] = [
    "order-col-code",
    "order-col-stage",
    "order-col-due",
    "order-col-created",
    "order-col-buyer",
    "order-col-town",
    "order-col-goods",
    "order-col-sku",
    "order-col-quantity",
    "order-col-total",
    "order-col-waybill",
];

pub(super) async fn csv(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<OrdersQuery>,
) -> Result<Response, Refusal> {
    let (headers, rows) = table(&desk, &who.session, who.language, &slug, &query).await?;
    let plain = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Share(_) | Cell::Nothing => String::new(),
    };
    let mut lines = vec![headers];
    lines.extend(rows.iter().map(|row| row.iter().map(plain).collect()));
    csv_file("orders.csv", &lines)
}

pub(super) async fn xlsx(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<OrdersQuery>,
) -> Result<Response, Refusal> {
    let (headers, rows) = table(&desk, &who.session, who.language, &slug, &query).await?;
    let sheet = Sheet {
        name: say(&desk, language(who.language), "nav-orders", &[]),
        headers,
        rows,
        widths: vec![14, 18, 18, 18, 24, 18, 48, 18, 10, 14, 18],
    };
    workbook("orders.xlsx", vec![sheet]).await
}

async fn table(
    desk: &Desk,
    session: &Session,
    to: Language,
    slug: &str,
    query: &OrdersQuery,
) -> Result<(Vec<String>, Vec<Vec<Cell>>), Refusal> {
    let scope = &session.scope;
    let shop = desk.catalog.shop_by_slug(scope, slug).await?;
    let words = language(to);
    let headers = COLUMNS.map(|key| say(desk, words, key, &[])).to_vec();
    let sees_money = scope.may(Right::ViewMoney);
    let sees_buyers = scope.may(Right::ViewBuyers);
    let mut filter = OrderFilter {
        after: None,
        ..query.filter(PART, desk.now())
    };
    let mut rows = Vec::new();
    loop {
        let page = desk.orders.list(scope, &shop.id, &filter).await?;
        for order in &page.orders {
            let seen = &order.seen;
            let stage = say(desk, words, &format!("stage-{}", seen.stage.word()), &[]);
            let none = [];
            let lines = page.lines.get(&order.id).map_or(&none[..], Vec::as_slice);
            let names: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
            let skus: Vec<&str> = lines.iter().map(|line| line.sku.as_str()).collect();
            rows.push(vec![
                Cell::Text(seen.code.clone()),
                Cell::Text(stage),
                seen.due_at
                    .map_or(Cell::Nothing, |at| Cell::Text(at.rfc3339_almaty())),
                Cell::Text(seen.created_at.rfc3339_almaty()),
                Cell::Text(if sees_buyers {
                    seen.buyer.clone()
                } else {
                    seen.short_buyer()
                }),
                Cell::Text(seen.town.clone()),
                Cell::Text(names.join("; ")),
                Cell::Text(skus.join("; ")),
                Cell::Number(lines.iter().map(|line| line.quantity).sum()),
                if sees_money {
                    Cell::Number(tenge(seen.total))
                } else {
                    Cell::Nothing
                },
                seen.document
                    .waybill_number
                    .clone()
                    .map_or(Cell::Nothing, Cell::Text),
            ]);
        }
        match page.next {
            Some(next) if rows.len() < MOST => filter.after = Some(next),
            _ => return Ok((headers, rows)),
        }
    }
}

fn tenge(money: Money) -> i64 {
    money.tenge_up().get()
}
