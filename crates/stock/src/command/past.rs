//! Past days of a question. Refuses negative sales and days told twice; a day without a figure stays unknown and is told.

use super::fields::{Members, number, pieces};
use super::note::Note;
use super::refusal::Refusal;
use crate::reorder::Day;
use sauda_kernel::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;

/// What was read, oldest first, without holes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Past {
    pub(super) days: Vec<Day>,
    /// Days in each entry: 1, 7 or 30.
    pub(super) step_days: i64,
}

const ROW: [&[&str]; 5] = [
    &["date", "day", "week", "month", "period"],
    &["units", "quantity", "qty", "sales", "sold", "demand", "value"],
    &["in_stock", "available", "was_in_stock"],
    &["one_off", "spike", "exclude", "outlier"],
    &["sold_out", "stockout", "out_of_stock"],
];

pub(super) fn read(
    path: &str,
    value: &Value,
    step_days: i64,
    is_missing_zero: bool,
    notes: &mut Vec<Note>,
) -> Result<Past, Refusal> {
    let Value::Array(rows) = value else {
        return Err(Refusal::wrong(
            path,
            value,
            "a list of numbers, oldest first, or of {date, units}",
        ));
    };
    if rows.len() > 5_000 {
        return Err(Refusal::new(
            "too-long",
            Some(path),
            format!("{path} has {} entries, at most 5000 are read", rows.len()),
            "give the newest 5000",
        ));
    }
    let days = if rows.iter().any(Value::is_object) {
        dated(path, rows, step_days, is_missing_zero, notes)?
    } else {
        plain(path, rows, is_missing_zero, notes)?
    };
    let unknown = days.iter().filter(|day| matches!(day, Day::Unknown)).count();
    if unknown > 0 {
        notes.push(Note::new("gap", path).arg("days", unknown));
    }
    let one_offs = days.iter().filter(|day| matches!(day, Day::OneOff(_))).count();
    let sold_out = days.iter().filter(|day| matches!(day, Day::SoldOut(_))).count();
    if one_offs > 0 {
        notes.push(Note::new("one-off", path).arg("days", one_offs));
    }
    if sold_out > 0 {
        notes.push(Note::new("sold-out", path).arg("days", sold_out));
    }
    Ok(Past { days, step_days })
}

fn plain(
    path: &str,
    rows: &[Value],
    is_missing_zero: bool,
    notes: &mut Vec<Note>,
) -> Result<Vec<Day>, Refusal> {
    let mut days = Vec::with_capacity(rows.len());
    let mut holes = 0;
    for (place, row) in rows.iter().enumerate() {
        if row.is_null() {
            holes += i64::from(is_missing_zero);
            days.push(if is_missing_zero {
                Day::Units(0)
            } else {
                Day::Unknown
            });
        } else {
            days.push(Day::Units(units(&format!("{path}[{place}]"), row)?));
        }
    }
    tell_filled(path, holes, notes);
    Ok(days)
}

fn tell_filled(path: &str, filled: i64, notes: &mut Vec<Note>) {
    if filled > 0 {
        notes.push(Note::new("gap-zero", path).arg("days", filled));
    }
}

fn units(path: &str, value: &Value) -> Result<i64, Refusal> {
    if number(path, value)? < 0.0 {
        return Err(Refusal::new(
            "negative-sales",
            Some(path),
            format!("{path} is {value}: less than nothing cannot be sold"),
            "give what was sold that day without returns, or null when it is not known",
        ));
    }
    pieces(path, value)
}

fn dated(
    path: &str,
    rows: &[Value],
    step_days: i64,
    is_missing_zero: bool,
    notes: &mut Vec<Note>,
) -> Result<Vec<Day>, Refusal> {
    let mut found: BTreeMap<i64, (usize, Day)> = BTreeMap::new();
    let mut without = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let at = format!("{path}[{place}]");
        let members = Members::read(&at, row, &ROW)?;
        let day = day(&members)?;
        match members.get(ROW.first().copied().unwrap_or_default())? {
            None => without.push(day),
            Some((field, value)) => {
                let date = date(&field, value)?;
                let slot = if step_days == 30 {
                    month_of(date)
                } else {
                    date.div_euclid(step_days)
                };
                if let Some((first, _)) = found.insert(slot, (place, day)) {
                    return Err(Refusal::new(
                        "duplicated-day",
                        Some(&field),
                        format!("{field} is {value}, which {path}[{first}] tells already"),
                        "add the two up, or leave one out",
                    ));
                }
            }
        }
    }
    if !without.is_empty() && !found.is_empty() {
        return Err(Refusal::new(
            "missing-field",
            Some(path),
            format!(
                "{} entries of {path} have a date and {} have none",
                found.len(),
                without.len()
            ),
            "give each entry a date, or none of them",
        ));
    }
    if found.is_empty() {
        return Ok(without);
    }
    let (first, last) = (
        found.first_key_value().map_or(0, |(slot, _)| *slot),
        found.last_key_value().map_or(0, |(slot, _)| *slot),
    );
    if last - first > 5_000 {
        return Err(Refusal::new(
            "too-long",
            Some(path),
            format!(
                "{path} reaches over {} days, at most 5000 are read",
                last - first + 1
            ),
            "check the years of the dates, or give the newest days",
        ));
    }
    let mut holes = 0;
    let days = (first..=last)
        .map(|slot| match found.get(&slot) {
            Some((_, day)) => *day,
            None => {
                holes += i64::from(is_missing_zero);
                if is_missing_zero {
                    Day::Units(0)
                } else {
                    Day::Unknown
                }
            }
        })
        .collect();
    tell_filled(path, holes, notes);
    Ok(days)
}

fn day(members: &Members<'_>) -> Result<Day, Refusal> {
    let [_, units_names, in_stock, one_off, sold_out] = ROW;
    let said = members.get(units_names)?;
    let Some((field, value)) = said else {
        return Ok(Day::Unknown);
    };
    let units = units(&field, value)?;
    let was_out = members.flag(sold_out)? == Some(true) || members.flag(in_stock)? == Some(false);
    let is_one_off = members.flag(one_off)? == Some(true);
    Ok(if is_one_off {
        Day::OneOff(units)
    } else if was_out {
        Day::SoldOut(units)
    } else {
        Day::Units(units)
    })
}

/// Days since 1970 of a date; `YYYY-MM-DD`, `DD.MM.YYYY` or RFC 3339.
fn date(path: &str, value: &Value) -> Result<i64, Refusal> {
    let wanted = "a date such as 2026-11-20";
    let Value::String(text) = value else {
        return Err(Refusal::wrong(path, value, wanted));
    };
    let text = text.trim();
    let day = text.get(..10).unwrap_or(text);
    let parts: Vec<&str> = day.split('.').collect();
    let day = match parts.as_slice() {
        [day, month, year] => format!("{year}-{month}-{day}"),
        _ if text.len() == 7 => format!("{text}-01"),
        _ => day.to_owned(),
    };
    Timestamp::parse(&format!("{day}T00:00:00Z"))
        .map(|moment| moment.as_secs().div_euclid(86_400))
        .map_err(|_| Refusal::wrong(path, value, wanted))
}

/// Months since 1970 of a day.
fn month_of(day: i64) -> i64 {
    // Noon in Almaty is the same calendar day as in UTC.
    let local = Timestamp::from_secs(day.saturating_mul(86_400) + 6 * 3_600).local();
    i64::from(local.year) * 12 + i64::from(local.month)
}
