//! An order as the supplier gets it: a sheet of paper, a workbook, a file, a message ready to send. Refuses to tell prices.

use super::purchase::products;
use crate::{
    door::{Desk, language},
    pages::{
        export::{Cell, Sheet, csv_file, workbook},
        prices::show::say,
        system::urlencode,
    },
    words::Language,
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use sauda_accounts::Scope;
use sauda_catalog::Product;
use sauda_edge::{PathParams, Person, Refusal, need};
use sauda_kernel::{Kind, ProductId, Public, PurchaseId};
use sauda_labels::{Block, Column, sheet_pdf};
use sauda_stock::{Purchase, Supplier};
use std::collections::BTreeMap;

const COLUMNS: [&str; 3] = ["sku", "purchase-col-goods", "purchase-col-ordered"];

/// Article, name and pieces of each line.
type Line = (String, String, i64);

fn lines(one: &Purchase, products: &BTreeMap<ProductId, Product>) -> Vec<Line> {
    one.lines
        .iter()
        .map(|line| {
            let facts = products.get(&line.product).map(|one| &one.facts);
            (
                facts.map_or_else(String::new, |facts| facts.sku.clone()),
                facts.map_or_else(String::new, |facts| facts.name()),
                line.ordered,
            )
        })
        .collect()
}

/// The order as a message: a greeting, a line each, thanks.
pub(super) fn text(
    desk: &Desk,
    words: Language,
    one: &Purchase,
    products: &BTreeMap<ProductId, Product>,
) -> String {
    let mut text = say(
        desk,
        words,
        "purchase-text-begin",
        &[("n", one.number.to_string().as_str().into())],
    );
    for (place, (sku, name, pieces)) in lines(one, products).into_iter().enumerate() {
        let line = say(
            desk,
            words,
            "purchase-text-line",
            &[
                ("place", (place + 1).to_string().as_str().into()),
                ("name", name.as_str().into()),
                ("sku", sku.as_str().into()),
                ("n", pieces.to_string().as_str().into()),
            ],
        );
        text.push('\n');
        text.push_str(&line);
    }
    text.push('\n');
    text.push_str(&say(desk, words, "purchase-text-end", &[]));
    text
}

/// A link that opens a talk with the supplier; nothing without a whole phone number.
pub(super) fn whatsapp(phone: &str, text: &str) -> Option<String> {
    let mut digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    // A number of this country that begins with 8 is dialled from abroad with 7.
    if digits.len() == 11 && digits.starts_with('8') {
        digits.replace_range(..1, "7");
    }
    ((11..=15).contains(&digits.len())).then(|| format!("https://wa.me/{digits}?text={}", urlencode(text)))
}

/// A link that opens a letter to the supplier.
pub(super) fn mail(desk: &Desk, words: Language, supplier: &Supplier, one: &Purchase, text: &str) -> String {
    let subject = title(desk, words, one);
    format!(
        "mailto:{}?subject={}&body={}",
        urlencode(&supplier.email).replace("%40", "@"),
        urlencode(&subject),
        urlencode(&text.replace('\n', "\r\n"))
    )
}

fn title(desk: &Desk, words: Language, one: &Purchase) -> String {
    say(
        desk,
        words,
        "purchase-number",
        &[("n", one.number.to_string().as_str().into())],
    )
}

async fn told(desk: &Desk, scope: &Scope, purchase: &PurchaseId) -> Result<(Purchase, Vec<Line>), Refusal> {
    let one = desk.stock.purchase(scope, purchase).await?;
    let products = products(desk, scope, std::slice::from_ref(&one)).await?;
    let lines = lines(&one, &products);
    Ok((one, lines))
}

pub(super) async fn csv(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    PathParams(purchase): PathParams<PurchaseId>,
) -> Result<Response, Refusal> {
    let words = language(who.language);
    let (one, lines) = told(&desk, who.scope(), &purchase).await?;
    let mut rows = vec![COLUMNS.map(|key| say(&desk, words, key, &[])).to_vec()];
    rows.extend(
        lines
            .into_iter()
            .map(|(sku, name, pieces)| vec![sku, name, pieces.to_string()]),
    );
    csv_file(&format!("order-{}.csv", one.number), &rows)
}

pub(super) async fn xlsx(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    PathParams(purchase): PathParams<PurchaseId>,
) -> Result<Response, Refusal> {
    let words = language(who.language);
    let (one, lines) = told(&desk, who.scope(), &purchase).await?;
    let rows = lines
        .into_iter()
        .map(|(sku, name, pieces)| vec![Cell::Text(sku), Cell::Text(name), Cell::Number(pieces)]);
    let sheet = Sheet {
        name: say(&desk, words, "stock-part-orders", &[]),
        headers: COLUMNS.map(|key| say(&desk, words, key, &[])).to_vec(),
        rows: rows.collect(),
        widths: vec![20, 60, 12],
    };
    workbook(&format!("order-{}.xlsx", one.number), vec![sheet]).await
}

pub(super) async fn pdf(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    PathParams(purchase): PathParams<PurchaseId>,
) -> Result<Response, Refusal> {
    let (scope, words) = (who.scope(), language(who.language));
    let (one, lines) = told(&desk, scope, &purchase).await?;
    let text = |key: &str| say(&desk, words, key, &[]);
    let suppliers = desk.stock.all_suppliers(scope).await?;
    let supplier = suppliers
        .iter()
        .find(|known| Some(&known.id) == one.supplier.as_ref());
    let pieces: i64 = lines.iter().map(|line| line.2).sum();
    let day = |at: sauda_kernel::Timestamp| {
        let local = at.local();
        format!("{:02}.{:02}.{:04}", local.day, local.month, local.year)
    };
    let mut facts = vec![(text("purchase-made-on"), day(one.created_at))];
    if let Some(supplier) = supplier {
        facts.insert(0, (text("stock-supplier"), supplier.name.clone()));
    }
    if let Some(at) = one.expected_at {
        facts.push((text("purchase-wanted-by"), day(at)));
    }
    facts.push((text("purchase-pieces"), pieces.to_string()));
    let column = |key: &str, share, is_number| Column {
        title: text(key),
        share,
        is_number,
    };
    let sheet = sauda_labels::Sheet {
        title: title(&desk, words, &one),
        subtitle: day(one.created_at),
        blocks: vec![
            Block::Facts(facts),
            Block::Table {
                columns: vec![
                    column("sku", 1.5, false),
                    column("purchase-col-goods", 4.0, false),
                    column("purchase-col-ordered", 0.9, true),
                ],
                rows: lines
                    .into_iter()
                    .map(|(sku, name, pieces)| vec![sku, name, pieces.to_string()])
                    .collect(),
            },
        ],
        page: say(
            &desk,
            words,
            "day-page",
            &[("n", "{n}".into()), ("m", "{m}".into())],
        ),
    };
    pdf_file(&format!("order-{}.pdf", one.number), sheet).await
}

/// A sheet drawn beside the tasks that answer people.
pub(crate) async fn pdf_file(name: &str, sheet: sauda_labels::Sheet) -> Result<Response, Refusal> {
    let bug = || Refusal::new(Kind::Bug, Public::new("bug"));
    let made = tokio::task::spawn_blocking(move || sheet_pdf(&sheet))
        .await
        .map_err(|_| bug())?;
    let file = made.map_err(|error| {
        tracing::error!(%error, "a sheet could not be drawn");
        bug()
    })?;
    Ok((
        [
            (header::CONTENT_TYPE, "application/pdf".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("inline; filename=\"{name}\""),
            ),
        ],
        file,
    )
        .into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_talk_is_opened_with_a_whole_number_only() {
        let told = |phone: &str| whatsapp(phone, "Заказ 1");
        let link = "https://wa.me/77010000000?text=%D0%97%D0%B0%D0%BA%D0%B0%D0%B7%201";
        assert_eq!(told("8 (701) 000-00-00").as_deref(), Some(link));
        assert_eq!(told("+7 701 000 00 00").as_deref(), Some(link));
        assert_eq!((told("000-00-00"), told("")), (None, None));
    }
}
