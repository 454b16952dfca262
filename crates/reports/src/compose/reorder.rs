//! What to order of suppliers now, most urgent first. Refuses to advise: the stock room does.

use super::{BARS, ROWS, more};
use crate::findings::{Bar, Col, Part, Value};
use crate::{Findings, ReportPlans, ReportsError};
use sauda_accounts::Scope;
use sauda_kernel::Money;
use sauda_stock::{ReorderFilter, ReorderRow, reorder::rounded};

pub(super) fn name_of(row: &ReorderRow) -> Value {
    let product = &row.product;
    Value::Text(product.title.clone().unwrap_or_else(|| product.sku.clone()))
}

/// Days that what is free lasts, as a value.
pub(super) fn cover_of(row: &ReorderRow) -> Value {
    Value::known(row.cover(), |days| {
        Value::Number(rounded(days.clamp(0.0, 9_999.0)))
    })
}

pub(super) async fn compose(plans: &ReportPlans, scope: &Scope) -> Result<Findings, ReportsError> {
    let list = plans.stock.reorder(scope, &ReorderFilter::default()).await?;
    let rows = &list.rows;
    let costs: Vec<Money> = rows.iter().filter_map(ReorderRow::cost).collect();
    let total: i64 = costs.iter().map(|cost| cost.tiyn()).fold(0, i64::saturating_add);
    let unknown = list
        .counts
        .iter()
        .find(|(view, _)| *view == "unknown")
        .map_or(0, |(_, count)| *count);
    let without_cost = rows.len() - costs.len();
    let head = match (rows.is_empty(), costs.is_empty()) {
        (true, _) => Findings::new("reorder-none"),
        (false, true) => Findings::new("reorder-bare").arg("n", Value::count(rows.len())),
        (false, false) => Findings::new("reorder")
            .arg("n", Value::count(rows.len()))
            .arg("sum", Value::Money(total)),
    };
    let table = Part::Table {
        word: "reorder".to_owned(),
        columns: vec![
            Col::text("product"),
            Col::number("order"),
            Col::number("free"),
            Col::number("days"),
            Col::text("supplier"),
            Col::money("cost"),
        ],
        rows: rows
            .iter()
            .take(ROWS)
            .map(|row| {
                vec![
                    name_of(row),
                    Value::Number(row.order()),
                    Value::Number(row.standing.free()),
                    cover_of(row),
                    Value::known(row.supplier.as_ref(), |one| Value::Text(one.name.clone())),
                    Value::known(row.cost(), Value::money),
                ]
            })
            .collect(),
        more: more(rows.len(), ROWS),
    };
    let bars = rows
        .iter()
        .filter(|row| row.cover().is_some())
        .take(BARS)
        .map(|row| Bar {
            label: name_of(row),
            value: cover_of(row),
            before: None,
            range: None,
        });
    let bars = Part::Bars {
        word: "cover".to_owned(),
        in_time: false,
        bars: bars.collect(),
    };
    let mut found = head.part(bars).part(table);
    if without_cost > 0 {
        found = found.say("without-cost", vec![("n".to_owned(), Value::count(without_cost))]);
    }
    if unknown > 0 {
        found = found.say("unknown-demand", vec![("n".to_owned(), Value::count(unknown))]);
    }
    Ok(found)
}
