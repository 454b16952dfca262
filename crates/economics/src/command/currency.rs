//! The rate of a currency: beside the sum, in a table, or in a list of days. Refuses a rate of nothing, and two of one day.

use super::fields::{Members, decimal_of};
use super::refusal::Refusal;
use crate::rates::Day;
use crate::words::meaning;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Rates of currencies that hold for the whole batch.
pub(super) type Rates<'a> = Option<(String, &'a Value)>;

/// A rate stands beside the currency that it is a rate of; a tenge is one tenge.
pub(super) fn rate_has_currency(members: &Members<'_>) -> Result<(), Refusal> {
    let Some((path, rate)) = members.get(&["rate"])? else {
        return Ok(());
    };
    let currency = members.text(&["currency"])?;
    let refused = |message: String, hint: &str| {
        let told = rate.as_str().map_or_else(|| rate.to_string(), str::to_owned);
        Err(Refusal::new("rate-without-currency", Some(&path), message, hint).with(&[("value", told)]))
    };
    match currency.as_deref().map(code_of) {
        None => refused(
            format!("{path} is {rate}, and no currency stands beside it"),
            "name the currency, such as USD, or leave the rate out when the sum is in tenge",
        ),
        Some(code) if code == "KZT" && decimal_of(rate, 6) != Some(1_000_000) => refused(
            format!("{path} is {rate}, and the currency beside it is KZT: a tenge is one tenge"),
            "correct the currency, or leave the rate out",
        ),
        Some(_) => Ok(()),
    }
}

/// The letters of a currency, also of its sign.
fn code_of(text: &str) -> String {
    let large = text.to_uppercase();
    meaning("currency", &large).map_or(large, str::to_owned)
}

/// Tenge for one of the currency, in millionths.
pub(super) fn rate_of(members: &Members<'_>, day: Day, rates: Rates<'_>) -> Result<i64, Refusal> {
    rate_has_currency(members)?;
    let currency = members
        .text(&["currency"])?
        .map_or_else(|| "KZT".to_owned(), |text| code_of(&text));
    if currency.len() != 3 || !currency.chars().all(|letter| letter.is_ascii_uppercase()) {
        let told = Value::String(currency);
        return Err(Refusal::wrong(
            &members.at("currency"),
            &told,
            "a currency such as USD",
        ));
    }
    if currency == "KZT" {
        return Ok(1_000_000);
    }
    if let Some((path, value)) = members.get(&["rate"])? {
        return decimal_of(value, 6)
            .filter(|rate| *rate > 0)
            .ok_or_else(|| Refusal::wrong(&path, value, RATE));
    }
    let missing = || {
        let message = format!("no rate of {currency} is known on {day}");
        Refusal::new(
            "no-currency-rate",
            Some(&members.at("rate")),
            message,
            "give rate: tenge for one of the currency, or rates with their days",
        )
    };
    let (path, value) = match members.get(&["rates"])?.or(rates) {
        Some(found) => found,
        None => return Err(missing()),
    };
    let rate = match value {
        Value::Object(all) => of_table(&path, all, &currency)?,
        Value::Array(list) => of_days(&path, list, &currency, day)?,
        other => {
            let wanted = "an object of currencies or a list of dated rates";
            return Err(Refusal::wrong(&path, other, wanted));
        }
    };
    rate.ok_or_else(missing)
}

const RATE: &str = "tenge for one of the currency, above 0, with at most six digits behind the point";

fn two_rates(field: &str, message: String) -> Refusal {
    Refusal::new("repeated-rate", Some(field), message, "leave one of the two out")
}

/// `{"USD": 475.5}`.
fn of_table(path: &str, all: &Map<String, Value>, currency: &str) -> Result<Option<i64>, Refusal> {
    let mut told: BTreeMap<String, (String, &Value)> = BTreeMap::new();
    for (name, rate) in all {
        let at = format!("{path}.{name}");
        if let Some((first, _)) = told.insert(code_of(name), (at.clone(), rate)) {
            return Err(two_rates(
                &at,
                format!("{at} and {first} are rates of one currency"),
            ));
        }
    }
    let Some((at, rate)) = told.get(currency) else {
        return Ok(None);
    };
    decimal_of(rate, 6)
        .filter(|rate| *rate > 0)
        .map(Some)
        .ok_or_else(|| Refusal::wrong(at, rate, RATE))
}

/// Of the rates with their days, the last up to the day.
fn of_days(path: &str, list: &[Value], currency: &str, day: Day) -> Result<Option<i64>, Refusal> {
    let mut told: BTreeMap<(String, Day), i64> = BTreeMap::new();
    for (index, one) in list.iter().enumerate() {
        let row = Members::read(
            &format!("{path}[{index}]"),
            one,
            &["currency", "date", "=day", "rate", "source"],
        )?;
        let from = row
            .day(&["date", "day"])?
            .ok_or_else(|| Refusal::missing(&row.at("date"), "give the day of the rate"))?;
        let rate = row
            .decimal(&["rate"], 6, RATE)?
            .filter(|rate| *rate > 0)
            .ok_or_else(|| Refusal::missing(&row.at("rate"), RATE))?;
        let Some(code) = row.text(&["currency"])?.map(|name| code_of(&name)) else {
            let hint = "name the currency of the rate, such as USD";
            return Err(Refusal::missing(&row.at("currency"), hint));
        };
        let message = format!("two rates of {code} on {from} are told");
        if told.insert((code, from), rate).is_some() {
            return Err(two_rates(&row.at("date"), message));
        }
    }
    let holds = told
        .into_iter()
        .rfind(|((code, from), _)| code == currency && *from <= day);
    Ok(holds.map(|(_, rate)| rate))
}
