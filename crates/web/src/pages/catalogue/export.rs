//! What the list of products finds, as a file that can be mended and brought back. Refuses costs to those who may not see them.

use super::{cell::shown, query::CatalogueQuery};
use crate::{
    door::{Desk, language},
    pages::{
        export::{Cell, Sheet, csv_file, workbook},
        prices::show::say,
    },
};
use axum::{extract::State, response::Response};
use sauda_accounts::{Right, Session};
use sauda_catalog::{Product, ProductPage, import::products::ProductField};
use sauda_edge::{Language, Person, QueryParams, Refusal, need};

/// Most rows of one file.
const MOST: usize = 100_000;
/// Rows fetched at once.
const PART: i64 = 1_000;

pub(super) async fn csv(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    QueryParams(query): QueryParams<CatalogueQuery>,
) -> Result<Response, Refusal> {
    let (headers, rows) = table(&desk, &who.session, who.language, &query).await?;
    let plain = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Share(_) | Cell::Nothing => String::new(),
    };
    let mut lines = vec![headers];
    lines.extend(rows.iter().map(|row| row.iter().map(plain).collect()));
    csv_file("catalog.csv", &lines)
}

pub(super) async fn xlsx(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    QueryParams(query): QueryParams<CatalogueQuery>,
) -> Result<Response, Refusal> {
    let (headers, rows) = table(&desk, &who.session, who.language, &query).await?;
    let widths = headers.iter().map(|_| 18).collect();
    let sheet = Sheet {
        name: say(&desk, language(who.language), "nav-catalog", &[]),
        headers,
        rows,
        widths,
    };
    workbook("catalog.xlsx", vec![sheet]).await
}

async fn table(
    desk: &Desk,
    session: &Session,
    to: Language,
    query: &CatalogueQuery,
) -> Result<(Vec<String>, Vec<Vec<Cell>>), Refusal> {
    let scope = &session.scope;
    let fields: Vec<ProductField> = ProductField::ALL
        .into_iter()
        .filter(|field| *field != ProductField::Cost || scope.may(Right::ViewMoney))
        .collect();
    let name = |field: &ProductField| {
        say(
            desk,
            language(to),
            &format!("catalogue-field-{}", field.word()),
            &[],
        )
    };
    let headers = fields.iter().map(name).collect();
    let filter = query.filter();
    let mut page = ProductPage {
        after: None,
        ..query.page(PART)
    };
    let mut rows = Vec::new();
    loop {
        let list = desk.products.list(scope, &filter, &page).await?;
        for product in &list.products {
            rows.push(fields.iter().map(|field| cell(product, *field)).collect());
        }
        match list.next {
            Some(next) if rows.len() < MOST => page.after = Some(next),
            _ => return Ok((headers, rows)),
        }
    }
}

fn cell(product: &Product, field: ProductField) -> Cell {
    let facts = &product.facts;
    let number = |value: Option<i64>| value.map_or(Cell::Nothing, Cell::Number);
    match field {
        ProductField::Price => number(facts.price.map(sauda_kernel::Tenge::get)),
        ProductField::Stock => number(facts.stock),
        _ => shown(facts, field).map_or(Cell::Nothing, Cell::Text),
    }
}
