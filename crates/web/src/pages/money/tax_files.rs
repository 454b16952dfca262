//! The estimate of a period's tax as files: CSV, Excel with turnover by months and regimes, PDF for paper. Refuses to look like
//! a declaration.

use super::{
    profit_files::text_of,
    tax::{TaxQuery, told},
};
use crate::{
    door::{Desk, language},
    pages::{
        export::{Cell, Sheet, csv_file, workbook},
        prices::show::say,
        stock::pdf_file,
    },
    views::money_reports::TaxPage,
    words::Language,
};
use axum::{extract::State, response::Response};
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Money, Timestamp};
use sauda_labels::{Block, Column};

const PARTS: [&str; 5] = [
    "tax-col-what",
    "tax-col-base",
    "tax-col-rate",
    "tax-col-sum",
    "rates-source",
];

const fn tenge(sum: Money) -> Cell {
    Cell::Number(sum.tiyn() / 100)
}

fn day(at: Timestamp) -> String {
    let local = at.local();
    format!("{:04}-{:02}-{:02}", local.year, local.month, local.day)
}

/// Taxes line by line, then all of them.
fn parts(desk: &Desk, words: Language, page: &TaxPage) -> Vec<Vec<Cell>> {
    let share = |bp: Option<i32>| bp.map_or(Cell::Nothing, Cell::Share);
    let mut rows: Vec<Vec<Cell>> = page
        .parts
        .iter()
        .map(|part| {
            vec![
                Cell::Text(say(desk, words, &format!("tax-part-{}", part.word), &[])),
                tenge(part.base),
                share(part.rate_bp),
                tenge(part.sum),
                Cell::Text(part.source.clone()),
            ]
        })
        .collect();
    rows.push(vec![
        Cell::Text(say(desk, words, "tax-total", &[])),
        tenge(page.turnover),
        Cell::Share(page.share_bp),
        page.total.map_or(Cell::Nothing, tenge),
        Cell::Text(say(desk, words, "money-estimate", &[])),
    ]);
    rows
}

/// Thresholds: what, used, limit, how it stands.
fn limits(desk: &Desk, words: Language, page: &TaxPage) -> Vec<Vec<Cell>> {
    page.limits
        .iter()
        .map(|limit| {
            vec![
                Cell::Text(say(desk, words, &format!("tax-limit-{}", limit.word), &[])),
                tenge(limit.used),
                tenge(limit.limit),
                Cell::Text(say(desk, words, &format!("tax-state-{}", limit.state), &[])),
            ]
        })
        .collect()
}

fn regimes(desk: &Desk, words: Language, page: &TaxPage) -> Vec<Vec<Cell>> {
    page.others
        .iter()
        .map(|other| {
            vec![
                Cell::Text(say(desk, words, &format!("tax-regime-{}", other.word), &[])),
                match (&other.beyond, other.total) {
                    (Some(limit), _) => Cell::Text(say(
                        desk,
                        words,
                        "tax-beyond-short",
                        &[("limit", crate::format::money(limit.limit.tiyn() / 100).into())],
                    )),
                    (None, Some(total)) => tenge(total),
                    (None, None) => Cell::Text(say(desk, words, "tax-needs", &[])),
                },
                other
                    .difference
                    .filter(|_| other.beyond.is_none())
                    .map_or(Cell::Nothing, tenge),
            ]
        })
        .collect()
}

fn heads(desk: &Desk, words: Language, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| say(desk, words, key, &[])).collect()
}

const LIMITS: [&str; 4] = ["tax-limits", "tax-col-used", "tax-col-limit", "tax-col-state"];
const REGIMES: [&str; 3] = ["tax-regime", "tax-total", "tax-difference"];

pub(super) async fn csv(
    State(desk): State<Desk>,
    who: Person<need::ViewMoney>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<TaxQuery>,
) -> Result<Response, Refusal> {
    let words = language(who.language);
    let page = told(&desk, who.scope(), &slug, &query).await?;
    let mut lines = vec![heads(&desk, words, &PARTS)];
    let text = |rows: Vec<Vec<Cell>>| rows.into_iter().map(|row| row.into_iter().map(text_of).collect());
    lines.extend(text(parts(&desk, words, &page)));
    lines.push(Vec::from([String::new()]));
    lines.push(heads(&desk, words, &LIMITS));
    lines.extend(text(limits(&desk, words, &page)));
    // Every line of the file has as many cells as the longest.
    for line in &mut lines {
        line.resize(PARTS.len(), String::new());
    }
    csv_file("tax.csv", &lines)
}

pub(super) async fn xlsx(
    State(desk): State<Desk>,
    who: Person<need::ViewMoney>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<TaxQuery>,
) -> Result<Response, Refusal> {
    let words = language(who.language);
    let page = told(&desk, who.scope(), &slug, &query).await?;
    let months = page
        .months
        .iter()
        .flat_map(|months| &months.bars)
        .map(|bar| vec![Cell::Text(bar.label.clone()), Cell::Number(bar.value)]);
    let sheet = |name: &str, keys: &[&str], rows: Vec<Vec<Cell>>, widths: &[u32]| Sheet {
        name: say(&desk, words, name, &[]),
        headers: heads(&desk, words, keys),
        rows,
        widths: widths.to_vec(),
    };
    let sheets = vec![
        sheet(
            "money-part-tax",
            &PARTS,
            parts(&desk, words, &page),
            &[36, 16, 10, 16, 50],
        ),
        sheet(
            "tax-turnover",
            &["tax-col-month", "tax-turnover"],
            months.collect(),
            &[12, 18],
        ),
        sheet(
            "tax-limits",
            &LIMITS,
            limits(&desk, words, &page),
            &[36, 18, 18, 24],
        ),
        sheet(
            "tax-others",
            &REGIMES,
            regimes(&desk, words, &page),
            &[36, 18, 18],
        ),
    ];
    workbook("tax.xlsx", sheets).await
}

pub(super) async fn pdf(
    State(desk): State<Desk>,
    who: Person<need::ViewMoney>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<TaxQuery>,
) -> Result<Response, Refusal> {
    let words = language(who.language);
    let page = told(&desk, who.scope(), &slug, &query).await?;
    let text = |key: &str| say(&desk, words, key, &[]);
    let sum = |sum: Money| crate::format::money(sum.tiyn() / 100);
    let mut facts = vec![
        (text("tax-total"), page.total.map_or_else(|| "—".to_owned(), sum)),
        (text("tax-turnover"), sum(page.turnover)),
    ];
    for (key, at) in [("tax-declare", page.declare_by), ("tax-pay", page.pay_by)] {
        if let Some(at) = at {
            facts.push((text(key), day(at)));
        }
    }
    let table = |keys: &[&str], shares: &[f32], rows: Vec<Vec<Cell>>| Block::Table {
        columns: keys
            .iter()
            .zip(shares)
            .enumerate()
            .map(|(place, (key, share))| Column {
                title: text(key),
                share: *share,
                is_number: place > 0,
            })
            .collect(),
        rows: rows
            .into_iter()
            .map(|row| row.into_iter().take(keys.len()).map(text_of).collect())
            .collect(),
    };
    let mut blocks = vec![
        Block::Facts(facts),
        table(
            PARTS.get(..4).unwrap_or_default(),
            &[3.0, 1.4, 0.9, 1.4],
            parts(&desk, words, &page),
        ),
        Block::Heading(text("tax-limits")),
        table(&LIMITS, &[3.0, 1.4, 1.4, 1.4], limits(&desk, words, &page)),
        Block::Heading(text("tax-others")),
        table(&REGIMES, &[3.0, 1.6, 1.6], regimes(&desk, words, &page)),
    ];
    for note in &page.notes {
        blocks.push(Block::Text(text(&format!("tax-note-{note}"))));
    }
    blocks.push(Block::Text(text("money-estimate")));
    let sheet = sauda_labels::Sheet {
        title: text("tax-title"),
        subtitle: format!("{} – {}", day(page.from), day(page.to)),
        blocks,
        page: say(
            &desk,
            words,
            "day-page",
            &[("n", "{n}".into()), ("m", "{m}".into())],
        ),
    };
    pdf_file("tax.pdf", sheet).await
}
