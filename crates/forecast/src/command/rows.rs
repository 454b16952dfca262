//! Histories as rows with dates, put in order: gaps and doubled dates are taken as the question says. Refuses to guess what a
//! missing day means.

use super::fields::Members;
use super::question::{Question, Repairs, emptied, first_place, part, price, sold};
use super::refusal::Refusal;
use crate::calendar::Day;
use crate::fill::Step;
use crate::frequency::Frequency;
use serde_json::Value;
use std::collections::BTreeMap;

const KNOWN: &[&str] = &[
    "date",
    "day=date",
    "week=date",
    "month=date",
    "units",
    "sold=units",
    "sales=units",
    "value=units",
    "quantity=units",
    "demand=units",
    "price",
    "promo",
    "promotion=promo",
    "first_place",
    "buy_box=first_place",
    "stock_out",
    "out_of_stock=stock_out",
    "stockout=stock_out",
];

pub(super) struct Row {
    at: String,
    step: Step,
    price: Option<f64>,
    promoted: f64,
    first_place: Option<f64>,
}

pub(super) fn is_dated(list: &[Value]) -> bool {
    list.first().is_some_and(Value::is_object)
}

pub(super) fn dated(
    at: &str,
    list: &[Value],
    told: Option<Frequency>,
    repairs: Repairs,
    question: &mut Question,
) -> Result<(), Refusal> {
    let mut rows: BTreeMap<Day, Row> = BTreeMap::new();
    for (place, value) in list.iter().enumerate() {
        let at = format!("{at}[{place}]");
        let members = Members::read(&at, value, KNOWN)?;
        let Some((field, value)) = members.get(&["date", "day", "week", "month"])? else {
            return Err(Refusal::new(
                "missing-field",
                &format!("{at}.date"),
                "a row has no date",
                "give every row a date",
            ));
        };
        let Some(day) = value.as_str().and_then(Day::read) else {
            return Err(Refusal::wrong(&field, value, "a date such as 2026-03-08"));
        };
        // Monthly rows may name any day of their month.
        let day = if told == Some(Frequency::Monthly) {
            day.later(Frequency::Monthly, 0)
        } else {
            day
        };
        let row = row(&at, &members, repairs)?;
        let Some(before) = rows.remove(&day) else {
            rows.insert(day, row);
            continue;
        };
        let both = match repairs.duplicates {
            Some("sum") => summed(before, row),
            Some(_) => row,
            None => {
                return Err(Refusal::new(
                    "doubled-date",
                    &field,
                    format!("{} stands twice, in {} and {at}", day.text(), before.at),
                    "keep one row a date; or say \"duplicates\":\"sum\" to add them up, \"duplicates\":\"last\" to take the last",
                ));
            }
        };
        rows.insert(day, both);
    }
    let frequency = told.map_or_else(|| guess(&rows), Ok)?;
    question.frequency = frequency;
    question.first = rows.keys().next().copied();
    lay_out(at, rows, frequency, repairs, question)
}

fn row(at: &str, members: &Members<'_>, repairs: Repairs) -> Result<Row, Refusal> {
    let names = ["units", "sold", "sales", "value", "quantity", "demand"];
    let mut step = match members.get(&names)? {
        Some((field, value)) => sold(&field, value, repairs)?,
        None => Step::Unknown,
    };
    if let Some((field, value)) = members.get(&["stock_out", "out_of_stock", "stockout"])?
        && part(&field, value)? > 0.0
    {
        emptied(&mut step);
    }
    let price = match members.get(&["price"])? {
        Some((field, value)) => price(&field, value)?,
        None => None,
    };
    let promoted = match members.get(&["promo", "promotion"])? {
        Some((field, value)) => part(&field, value)?,
        None => 0.0,
    };
    let first_place = match members.get(&["first_place", "buy_box"])? {
        Some((field, value)) => first_place(&field, value)?,
        None => None,
    };
    Ok(Row {
        at: at.to_owned(),
        step,
        price,
        promoted,
        first_place,
    })
}

fn summed(one: Row, other: Row) -> Row {
    let step = match (one.step, other.step) {
        (Step::Unknown, step) | (step, Step::Unknown) => step,
        (Step::Sold(first), Step::Sold(second)) => Step::Sold(first + second),
        (Step::Sold(first) | Step::AtLeast(first), Step::Sold(second) | Step::AtLeast(second)) => {
            Step::AtLeast(first + second)
        }
    };
    Row {
        step,
        price: other.price.or(one.price),
        promoted: one.promoted.max(other.promoted),
        first_place: other.first_place.or(one.first_place),
        ..one
    }
}

/// How often was counted: the shortest way between two rows.
fn guess(rows: &BTreeMap<Day, Row>) -> Result<Frequency, Refusal> {
    let days: Vec<Day> = rows.keys().copied().collect();
    let apart = days
        .windows(2)
        .filter_map(|pair| pair.first()?.steps_to(*pair.get(1)?, Frequency::Daily));
    match apart.min() {
        Some(1..=6) => Ok(Frequency::Daily),
        Some(7..=27) => Ok(Frequency::Weekly),
        Some(28..=31) => Ok(Frequency::Monthly),
        _ => Err(Refusal::new(
            "missing-field",
            "frequency",
            "the dates do not show how often was counted",
            "say it: daily, weekly or monthly",
        )),
    }
}

fn lay_out(
    at: &str,
    rows: BTreeMap<Day, Row>,
    frequency: Frequency,
    repairs: Repairs,
    question: &mut Question,
) -> Result<(), Refusal> {
    let Some(first) = rows.keys().next().copied() else {
        return Ok(());
    };
    let mut missing: Option<Day> = None;
    let mut gaps = 0_usize;
    let known = Known {
        price: rows.values().any(|row| row.price.is_some()),
        promotion: rows.values().any(|row| row.promoted > 0.0),
        first_place: rows.values().any(|row| row.first_place.is_some()),
    };
    for (day, row) in rows {
        let Some(place) = first
            .steps_to(day, frequency)
            .and_then(|place| usize::try_from(place).ok())
        else {
            let message = format!(
                "{} is no whole number of weeks after {}",
                day.text(),
                first.text()
            );
            return Err(Refusal::new(
                "uneven-dates",
                &row.at,
                message,
                "date every week by the same weekday, or say \"frequency\":\"daily\"",
            ));
        };
        if place > 7300 {
            return Err(Refusal::new(
                "too-long",
                &row.at,
                format!("{} lies more than 7300 steps after {}", day.text(), first.text()),
                "send the newest part",
            ));
        }
        while question.steps.len() < place {
            missing = missing.or_else(|| {
                i64::try_from(question.steps.len())
                    .ok()
                    .map(|place| first.later(frequency, place))
            });
            gaps += 1;
            question.steps.push(if repairs.gaps == Some("zero") {
                Step::Sold(0.0)
            } else {
                Step::Unknown
            });
            known.push(question, (None, 0.0, None));
        }
        question.steps.push(row.step);
        known.push(question, (row.price, row.promoted, row.first_place));
    }
    match (missing, repairs.gaps) {
        (Some(day), None) => Err(Refusal::new(
            "gap",
            at,
            format!("{gaps} steps have no row, the first is {}", day.text()),
            "say what a missing row means: \"gaps\":\"zero\" when nothing was sold, \"gaps\":\"unknown\" when nobody counted",
        )),
        _ => Ok(()),
    }
}

/// What any of the rows tells; the rest stays empty.
struct Known {
    price: bool,
    promotion: bool,
    first_place: bool,
}

impl Known {
    fn push(&self, question: &mut Question, (price, promoted, first_place): (Option<f64>, f64, Option<f64>)) {
        if self.price {
            question.price.push(price);
        }
        if self.promotion {
            question.promoted.push(promoted);
        }
        if self.first_place {
            question.first_place.push(first_place);
        }
    }
}
