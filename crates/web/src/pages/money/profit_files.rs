//! Profit as files: CSV, Excel with the lines behind it, PDF for paper. Refuses to leave out goods without a cost.

use super::profit::{ProfitQuery, names, whole};
use crate::{
    door::{Desk, language},
    format::{money, tiyn_to_tenge},
    pages::{
        export::{Cell, Sheet, csv_file, workbook},
        prices::show::say,
        stock::pdf_file,
    },
    views::parts::whole_tenge,
    words::Language,
};
use axum::{extract::State, response::Response};
use sauda_accounts::Scope;
use sauda_economics::rates::Day;
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Money, Public};
use sauda_labels::{Block, Column};
use sauda_reports::{Asked, GroupBy, PricedLine, Profit, Sums, fold};
use std::collections::HashMap;

const COLUMNS: [&str; 13] = [
    "profit-col-name",
    "profit-col-key",
    "profit-col-orders",
    "profit-col-pieces",
    "profit-col-revenue",
    "profit-col-without-cost",
    "profit-col-purchase",
    "profit-col-fees",
    "profit-col-taxes",
    "col-profit",
    "calc-margin",
    "profit-col-returned",
    "profit-vat-in-purchase",
];
const LINES: [&str; 14] = [
    "profit-by-day",
    "profit-by-order",
    "sku",
    "profit-by-product",
    "profit-by-category",
    "profit-col-pieces",
    "profit-col-revenue",
    "profit-col-purchase",
    "part-commission-plain",
    "part-delivery",
    "part-packaging",
    "part-advertising",
    "profit-col-taxes",
    "col-profit",
];

/// A cell as a CSV file has it.
pub(super) fn text_of(cell: Cell) -> String {
    match cell {
        Cell::Text(text) => text,
        Cell::Number(number) => number.to_string(),
        Cell::Share(bp) => {
            let sign = if bp < 0 { "-" } else { "" };
            format!("{sign}{},{:02}", bp.abs() / 100, bp.abs() % 100)
        }
        Cell::Nothing => String::new(),
    }
}

/// Everything that a file says.
struct Told {
    asked: Asked,
    lines: Vec<PricedLine>,
    profit: Profit,
    shops: HashMap<String, String>,
}

async fn told(desk: &Desk, scope: &Scope, slug: &str, query: &ProfitQuery) -> Result<Told, Refusal> {
    let shop = desk.catalog.shop_by_slug(scope, slug).await?;
    let span = query.span(Day::of(desk.now())).map_err(|field| {
        let typed = if field == "from" { &query.from } else { &query.to };
        Refusal::new(
            Kind::Invalid,
            Public::new("wrong-value")
                .field(field)
                .arg("value", typed)
                .arg("name", field),
        )
    })?;
    let asked = query.asked(&shop.id, span);
    let lines = desk.reports.lines(scope, &asked).await?;
    Ok(Told {
        profit: fold(&lines, asked.by),
        shops: names(desk, scope).await?,
        asked,
        lines,
    })
}

fn tenge(sum: Money) -> Cell {
    Cell::Number(tiyn_to_tenge(sum.tiyn()))
}

fn cells(name: String, key: &str, orders: usize, sums: &Sums) -> Vec<Cell> {
    let told = whole(sums);
    vec![
        Cell::Text(name),
        Cell::Text(key.to_owned()),
        Cell::Number(i64::try_from(orders).unwrap_or(i64::MAX)),
        Cell::Number(sums.pieces),
        Cell::Number(told.revenue),
        Cell::Number(told.without_cost),
        Cell::Number(told.purchase),
        Cell::Number(told.fees),
        Cell::Number(told.taxes),
        Cell::Number(told.profit),
        sums.margin()
            .map_or(Cell::Nothing, |margin| Cell::Share(margin.0)),
        tenge(sums.returned),
        tenge(sums.vat_in_purchase),
    ]
}

/// Groups, then the total, then each of the goods without a cost.
fn rows(desk: &Desk, words: Language, told: &Told) -> Vec<Vec<Cell>> {
    let name = |key: &str, name: &str| match told.asked.by {
        GroupBy::Shop => told.shops.get(key).cloned().unwrap_or_default(),
        GroupBy::Category if name.is_empty() => say(desk, words, "profit-no-category", &[]),
        _ => name.to_owned(),
    };
    let groups = told.profit.groups.iter();
    let mut rows: Vec<Vec<Cell>> = groups
        .map(|group| {
            cells(
                name(&group.key, &group.name),
                &group.key,
                group.orders,
                &group.sums,
            )
        })
        .collect();
    let total = say(desk, words, "profit-total", &[]);
    rows.push(cells(total, "", told.profit.orders, &told.profit.total));
    let missing = say(desk, words, "profit-no-cost", &[]);
    for one in &told.profit.missing {
        let mut row = vec![
            Cell::Text(format!("{}: {missing}", one.name)),
            Cell::Text(one.sku.clone()),
            Cell::Nothing,
        ];
        row.extend([Cell::Number(one.pieces), tenge(one.revenue), tenge(one.revenue)]);
        rows.push(row);
    }
    rows
}

pub(super) async fn csv(
    State(desk): State<Desk>,
    who: Person<need::ViewMoney>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<ProfitQuery>,
) -> Result<Response, Refusal> {
    let words = language(who.language);
    let told = told(&desk, who.scope(), &slug, &query).await?;
    let mut lines = vec![COLUMNS.map(|key| say(&desk, words, key, &[])).to_vec()];
    for row in rows(&desk, words, &told) {
        lines.push(row.into_iter().map(text_of).collect());
    }
    csv_file("profit.csv", &lines)
}

pub(super) async fn xlsx(
    State(desk): State<Desk>,
    who: Person<need::ViewMoney>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<ProfitQuery>,
) -> Result<Response, Refusal> {
    let words = language(who.language);
    let told = told(&desk, who.scope(), &slug, &query).await?;
    let groups = Sheet {
        name: say(&desk, words, "money-part-profit", &[]),
        headers: COLUMNS.map(|key| say(&desk, words, key, &[])).to_vec(),
        rows: rows(&desk, words, &told),
        widths: vec![36, 16, 10, 10, 14, 16, 14, 14, 12, 14, 10, 14, 14],
    };
    let lines = Sheet {
        name: say(&desk, words, "profit-lines", &[]),
        headers: LINES.map(|key| say(&desk, words, key, &[])).to_vec(),
        rows: told
            .lines
            .iter()
            .filter(|line| !line.is_returned)
            .map(line_cells)
            .collect(),
        widths: vec![12, 14, 16, 36, 24, 8, 12, 12, 12, 12, 12, 12, 12, 12],
    };
    workbook("profit.xlsx", vec![groups, lines]).await
}

fn line_cells(line: &PricedLine) -> Vec<Cell> {
    let mut cells = vec![
        Cell::Text(line.day.to_string()),
        Cell::Text(line.order.clone()),
        Cell::Text(line.sku.clone()),
        Cell::Text(line.name.clone()),
        line.category.clone().map_or(Cell::Nothing, Cell::Text),
        Cell::Number(line.quantity),
        tenge(line.revenue),
    ];
    let Some(parts) = &line.parts else {
        return cells;
    };
    let both = |one: Money, other: Money| Money::from_tiyn(one.tiyn() + other.tiyn());
    let sums = [
        parts.purchase,
        both(parts.commission, parts.payment),
        parts.delivery,
        parts.packaging,
        parts.advertising,
        both(parts.tax, parts.vat),
    ];
    // What is paid and what is left add up to the revenue of the line.
    let profit = tiyn_to_tenge(parts.profit.tiyn());
    let paid = whole_tenge(&sums, tiyn_to_tenge(line.revenue.tiyn()) - profit);
    cells.extend(paid.into_iter().chain([profit]).map(Cell::Number));
    cells
}

/// Groups of the paper at most: it is for reading.
const PRINTED: usize = 400;

pub(super) async fn pdf(
    State(desk): State<Desk>,
    who: Person<need::ViewMoney>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<ProfitQuery>,
) -> Result<Response, Refusal> {
    let words = language(who.language);
    let told = told(&desk, who.scope(), &slug, &query).await?;
    let sheet = paper(&desk, words, &told);
    pdf_file("profit.pdf", sheet).await
}

fn paper(desk: &Desk, words: Language, told: &Told) -> sauda_labels::Sheet {
    let text = |key: &str| say(desk, words, key, &[]);
    let sum = |sum: Money| money(tiyn_to_tenge(sum.tiyn()));
    let total = &told.profit.total;
    let whole = whole(total);
    let facts = [
        ("profit-col-revenue", money(whole.revenue)),
        ("profit-col-without-cost", money(whole.without_cost)),
        ("profit-col-purchase", money(whole.purchase)),
        ("profit-col-fees", money(whole.fees)),
        ("profit-col-taxes", money(whole.taxes)),
        ("col-profit", money(whole.profit)),
        ("profit-col-returned", sum(total.returned)),
        ("profit-vat-in-purchase", sum(total.vat_in_purchase)),
    ];
    let is_payer = total.vat_in_price > Money::ZERO;
    let column = |key: &str, share, is_number| Column {
        title: text(key),
        share,
        is_number,
    };
    let shown = [0, 3, 4, 6, 7, 8, 9];
    let row = |cells: Vec<Cell>| {
        let picked = shown.iter().filter_map(|place| cells.get(*place).cloned());
        picked.map(text_of).collect::<Vec<_>>()
    };
    let rows = rows(desk, words, told);
    sauda_labels::Sheet {
        title: text("profit-title"),
        subtitle: format!("{} – {}", told.asked.from, told.asked.to),
        blocks: vec![
            Block::Facts(
                facts
                    .iter()
                    .filter(|(key, _)| is_payer || *key != "profit-vat-in-purchase")
                    .map(|(key, value)| (text(key), value.clone()))
                    .collect(),
            ),
            Block::Heading(text(&format!("profit-by-{}", told.asked.by.word()))),
            Block::Table {
                columns: vec![
                    column("profit-col-name", 3.0, false),
                    column("profit-col-pieces", 0.7, true),
                    column("profit-col-revenue", 1.2, true),
                    column("profit-col-purchase", 1.2, true),
                    column("profit-col-fees", 1.2, true),
                    column("profit-col-taxes", 1.0, true),
                    column("col-profit", 1.2, true),
                ],
                rows: rows.into_iter().take(PRINTED).map(row).collect(),
            },
            Block::Text(text("money-estimate")),
        ],
        page: say(
            desk,
            words,
            "day-page",
            &[("n", "{n}".into()), ("m", "{m}".into())],
        ),
    }
}
