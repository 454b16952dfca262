//! What will sell more or less than it did, and what runs out before new goods can be here. Refuses to foresee: demand comes from the stock room.

use super::{
    BARS, ROWS, more,
    reorder::{cover_of, name_of},
};
use crate::findings::{Bar, Col, Part, Value};
use crate::{Findings, ReportPlans, ReportsError};
use sauda_accounts::Scope;
use sauda_stock::{
    ReorderFilter, ReorderRow,
    reorder::{Day, rounded},
};

/// Days that are foreseen, and the same number of past ones beside them.
const AHEAD: usize = 14;
const AHEAD_DAYS: f64 = 14.0;

/// What is expected of a product against what it sold.
struct Expected<'a> {
    row: &'a ReorderRow,
    expected: i64,
    sold: i64,
}

const fn units(day: &Day) -> i64 {
    match day {
        Day::Units(units) | Day::SoldOut(units) => *units,
        Day::Unknown | Day::OneOff(_) => 0,
    }
}

pub(super) async fn compose(plans: &ReportPlans, scope: &Scope) -> Result<Findings, ReportsError> {
    let filter = ReorderFilter {
        view: "all".to_owned(),
        with_past: true,
        ..ReorderFilter::default()
    };
    let rows = plans.stock.reorder(scope, &filter).await?.rows;
    let mut changes: Vec<Expected<'_>> = rows
        .iter()
        .filter(|row| row.past.len() >= AHEAD)
        .filter_map(|row| {
            let plan = row.plan.as_ref()?;
            Some(Expected {
                expected: rounded(plan.daily * AHEAD_DAYS),
                sold: row.past.iter().rev().take(AHEAD).map(units).sum(),
                row,
            })
        })
        .filter(|one| one.expected != one.sold)
        .collect();
    changes.sort_by(|one, other| {
        let change = |of: &Expected<'_>| (of.expected - of.sold).abs();
        change(other)
            .cmp(&change(one))
            .then_with(|| one.row.product.id.cmp(&other.row.product.id))
    });
    let out: Vec<&ReorderRow> = rows.iter().filter(|row| runs_out(row)).collect();
    let known = rows.iter().filter(|row| row.plan.is_some()).count();
    let head = match (known, out.len()) {
        (0, _) => Findings::new("forecast-none"),
        (known, 0) => Findings::new("forecast-calm").arg("known", Value::count(known)),
        (_, out) => Findings::new("forecast").arg("n", Value::count(out)),
    };
    let bars = changes.iter().take(BARS).map(|one| Bar {
        label: name_of(one.row),
        value: Value::Number(one.expected),
        before: Some(Value::Number(one.sold)),
        range: one.row.range(AHEAD_DAYS),
    });
    let bars = Part::Bars {
        word: "expected".to_owned(),
        in_time: false,
        bars: bars.collect(),
    };
    Ok(head.part(bars).part(ends(&out)).part(moves(&changes)))
}

/// What is free ends before an order of today would be here.
fn runs_out(row: &ReorderRow) -> bool {
    let lead = i32::try_from(row.days_ahead).map_or(f64::MAX, f64::from);
    row.standing.on_the_way == 0 && row.cover().is_some_and(|days| days < lead)
}

fn ends(out: &[&ReorderRow]) -> Part {
    Part::Table {
        word: "runs-out".to_owned(),
        columns: vec![
            Col::text("product"),
            Col::number("free"),
            Col::number("daily"),
            Col::number("days"),
            Col::number("lead"),
        ],
        rows: out
            .iter()
            .take(ROWS)
            .map(|row| {
                let daily = row.plan.as_ref().map(|plan| rounded(plan.daily * 10.0));
                vec![
                    name_of(row),
                    Value::Number(row.standing.free()),
                    Value::known(daily, Value::Tenths),
                    cover_of(row),
                    Value::Number(row.days_ahead),
                ]
            })
            .collect(),
        more: more(out.len(), ROWS),
    }
}

fn moves(changes: &[Expected<'_>]) -> Part {
    Part::Table {
        word: "expected".to_owned(),
        columns: vec![
            Col::text("product"),
            Col::number("expected"),
            Col::number("range"),
            Col::number("sold"),
            Col::number("change"),
        ],
        rows: changes
            .iter()
            .take(ROWS)
            .map(|one| {
                let change =
                    (one.sold > 0).then(|| (one.expected - one.sold).saturating_mul(10_000) / one.sold);
                vec![
                    name_of(one.row),
                    Value::Number(one.expected),
                    Value::known(one.row.range(AHEAD_DAYS), |(low, high)| Value::Range(low, high)),
                    Value::Number(one.sold),
                    Value::known(change, Value::Change),
                ]
            })
            .collect(),
        more: more(changes.len(), ROWS),
    }
}
