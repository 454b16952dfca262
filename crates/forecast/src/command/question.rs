//! A line of input as a question: history, horizon, quantiles and what is known beside. Refuses what cannot be true, by name.

use super::Options;
use super::fields::{Members, is_empty, number, share};
use super::refusal::Refusal;
use super::rows::{dated, is_dated};
use crate::calendar::Day;
use crate::fill::Step;
use crate::frequency::Frequency;
use serde_json::Value;

/// Where nothing names quantiles.
const QUANTILES: [f64; 5] = [0.05, 0.1, 0.5, 0.9, 0.95];
/// The longest history: twenty years of days.
const LONGEST: usize = 7300;

/// How rows that cannot stand as they are shall be taken; none: refused.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Repairs {
    pub(super) gaps: Option<&'static str>,
    pub(super) negatives: Option<&'static str>,
    pub(super) duplicates: Option<&'static str>,
}

#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) frequency: Frequency,
    pub(crate) first: Option<Day>,
    pub(crate) steps: Vec<Step>,
    pub(crate) price: Vec<Option<f64>>,
    pub(crate) promoted: Vec<f64>,
    pub(crate) first_place: Vec<Option<f64>>,
    pub(crate) price_ahead: Vec<Option<f64>>,
    pub(crate) promoted_ahead: Vec<f64>,
    pub(crate) first_place_ahead: Vec<Option<f64>>,
    pub(crate) what_if: Vec<f64>,
    pub(crate) horizon: usize,
    pub(crate) quantiles: Vec<f64>,
    pub(crate) group: Option<String>,
    pub(crate) quiet_calendar: bool,
}

const KNOWN: &[&str] = &[
    "id",
    "history",
    "values=history",
    "sales=history",
    "units=history",
    "demand=history",
    "series=history",
    "frequency",
    "freq=frequency",
    "start",
    "start_date=start",
    "horizon",
    "h=horizon",
    "steps=horizon",
    "quantiles",
    "levels=quantiles",
    "price",
    "prices=price",
    "promo",
    "promotion=promo",
    "first_place",
    "buy_box=first_place",
    "stock_out",
    "out_of_stock=stock_out",
    "stockout=stock_out",
    "future",
    "group",
    "gaps",
    "negatives",
    "duplicates",
    "what_if",
    "calendar",
    "note",
];

const FREQUENCIES: &[(&str, &str)] = &[
    ("daily", "daily"),
    ("day", "daily"),
    ("d", "daily"),
    ("weekly", "weekly"),
    ("week", "weekly"),
    ("w", "weekly"),
    ("monthly", "monthly"),
    ("month", "monthly"),
    ("m", "monthly"),
    ("ms", "monthly"),
];

pub(super) fn frequency_of(word: &str) -> Option<Frequency> {
    let word = word.trim().to_lowercase();
    let (_, meaning) = FREQUENCIES.iter().find(|(one, _)| *one == word)?;
    Some(match *meaning {
        "daily" => Frequency::Daily,
        "weekly" => Frequency::Weekly,
        _ => Frequency::Monthly,
    })
}

pub(super) fn question(value: &Value, options: &Options) -> Result<Question, Refusal> {
    let members = Members::read("", value, KNOWN)?;
    let repairs = repairs(&members, options)?;
    let told = members.word(&["frequency", "freq"], FREQUENCIES)?;
    let told = told.or(options.frequency.as_deref()).and_then(frequency_of);
    let names = ["history", "values", "sales", "units", "demand", "series"];
    let Some((at, history)) = members.get(&names)? else {
        return Err(Refusal::new(
            "missing-field",
            "history",
            "missing field `history`",
            "give what was sold step by step: [3, 0, 5, …]",
        ));
    };
    let Value::Array(list) = history else {
        return Err(Refusal::wrong(&at, history, "a list"));
    };
    if list.len() > LONGEST {
        let message = format!("{at} has {} steps, at most {LONGEST} are read", list.len());
        return Err(Refusal::new("too-long", &at, message, "send the newest part"));
    }
    let start = day(&members, &["start", "start_date"])?;
    let mut question = Question {
        frequency: told.unwrap_or(Frequency::Daily),
        first: start,
        steps: Vec::new(),
        price: Vec::new(),
        promoted: Vec::new(),
        first_place: Vec::new(),
        price_ahead: Vec::new(),
        promoted_ahead: Vec::new(),
        first_place_ahead: Vec::new(),
        what_if: Vec::new(),
        horizon: 0,
        quantiles: Vec::new(),
        group: members.text(&["group"])?,
        quiet_calendar: members.word(&["calendar"], &[("kz", "kz"), ("none", "none")])? == Some("none"),
    };
    if is_dated(list) {
        dated(&at, list, told, repairs, &mut question)?;
    } else {
        let Some(frequency) = told else {
            return Err(Refusal::new(
                "missing-field",
                "frequency",
                "missing field `frequency`",
                "say how often was counted: daily, weekly or monthly",
            ));
        };
        question.frequency = frequency;
        plain(&at, list, repairs, &members, &mut question)?;
    }
    if question.steps.is_empty() && !(options.pool && question.group.is_some()) {
        return Err(Refusal::new(
            "no-history",
            &at,
            format!("{at} is empty"),
            "give at least one step; for a product without sales name its group and use --pool",
        ));
    }
    ahead(&members, options, &mut question)?;
    Ok(question)
}

fn repairs(members: &Members<'_>, options: &Options) -> Result<Repairs, Refusal> {
    let known: &[(&str, &'static str)] = &[("zero", "zero"), ("unknown", "unknown")];
    let both: &[(&str, &'static str)] = &[("sum", "sum"), ("last", "last")];
    let of = |name: &str,
              words: &[(&str, &'static str)],
              option: &Option<String>|
     -> Result<Option<&'static str>, Refusal> {
        let told = members.word(&[name], words)?;
        let option = option.as_ref().map(|word| {
            let found = words
                .iter()
                .find(|(one, _)| one == word)
                .map(|(_, meaning)| *meaning);
            found.ok_or_else(|| {
                Refusal::wrong(
                    &format!("--{name}"),
                    &Value::from(word.as_str()),
                    "one of the words of this option",
                )
            })
        });
        Ok(told.or(option.transpose()?))
    };
    Ok(Repairs {
        gaps: of("gaps", known, &options.gaps)?,
        negatives: of("negatives", known, &options.negatives)?,
        duplicates: of("duplicates", both, &options.duplicates)?,
    })
}

fn day(members: &Members<'_>, names: &[&str]) -> Result<Option<Day>, Refusal> {
    let Some((at, value)) = members.get(names)? else {
        return Ok(None);
    };
    let found = value.as_str().and_then(Day::read);
    found
        .map(Some)
        .ok_or_else(|| Refusal::wrong(&at, value, "a date such as 2026-03-08"))
}

/// What was sold at one step.
pub(super) fn sold(at: &str, value: &Value, repairs: Repairs) -> Result<Step, Refusal> {
    if is_empty(value)
        || value
            .as_str()
            .is_some_and(|text| ["na", "nan"].contains(&text.trim().to_lowercase().as_str()))
    {
        return Ok(Step::Unknown);
    }
    let Some(sold) = number(value) else {
        let wanted = if value.is_number() {
            "a number up to a billion"
        } else {
            "a number"
        };
        return Err(Refusal::wrong(at, value, wanted));
    };
    if sold >= 0.0 {
        return Ok(Step::Sold(sold));
    }
    match repairs.negatives {
        Some("zero") => Ok(Step::Sold(0.0)),
        Some(_) => Ok(Step::Unknown),
        None => Err(Refusal::new(
            "negative-sales",
            at,
            format!("{at} is {sold}: less than nothing cannot be sold"),
            "count returns apart from sales; or say \"negatives\":\"unknown\" to pass such steps over, \"negatives\":\"zero\" to take them for zero",
        )),
    }
}

/// A price of one step; none where it is not known.
pub(super) fn price(at: &str, value: &Value) -> Result<Option<f64>, Refusal> {
    if is_empty(value) {
        return Ok(None);
    }
    match number(value) {
        Some(price) if price > 0.0 => Ok(Some(price)),
        _ => Err(Refusal::wrong(at, value, "a price above zero")),
    }
}

pub(super) fn part(at: &str, value: &Value) -> Result<f64, Refusal> {
    if is_empty(value) {
        return Ok(0.0);
    }
    share(value).ok_or_else(|| Refusal::wrong(at, value, "true, false or a share from 0 to 1"))
}

/// The share of a step that was first in its card; none where nobody looked.
pub(super) fn first_place(at: &str, value: &Value) -> Result<Option<f64>, Refusal> {
    if is_empty(value) {
        return Ok(None);
    }
    part(at, value).map(Some)
}

/// Lists beside each other.
fn plain(
    at: &str,
    list: &[Value],
    repairs: Repairs,
    members: &Members<'_>,
    question: &mut Question,
) -> Result<(), Refusal> {
    for (place, value) in list.iter().enumerate() {
        question
            .steps
            .push(sold(&format!("{at}[{place}]"), value, repairs)?);
    }
    let beside = |names: &[&str]| -> Result<Option<(String, &Vec<Value>)>, Refusal> {
        let Some((at, value)) = members.get(names)? else {
            return Ok(None);
        };
        let Value::Array(values) = value else {
            return Err(Refusal::wrong(&at, value, "a list, one for each step of history"));
        };
        if values.len() != list.len() {
            let message = format!("{at} has {} steps, history has {}", values.len(), list.len());
            return Err(Refusal::new(
                "lengths-differ",
                &at,
                message,
                "give one for each step of history, null where it is not known",
            ));
        }
        Ok(Some((at, values)))
    };
    if let Some((at, values)) = beside(&["price", "prices"])? {
        for (place, value) in values.iter().enumerate() {
            question.price.push(price(&format!("{at}[{place}]"), value)?);
        }
    }
    if let Some((at, values)) = beside(&["promo", "promotion"])? {
        for (place, value) in values.iter().enumerate() {
            question.promoted.push(part(&format!("{at}[{place}]"), value)?);
        }
    }
    if let Some((at, values)) = beside(&["first_place", "buy_box"])? {
        for (place, value) in values.iter().enumerate() {
            let share = first_place(&format!("{at}[{place}]"), value)?;
            question.first_place.push(share);
        }
    }
    if let Some((at, values)) = beside(&["stock_out", "out_of_stock", "stockout"])? {
        for (place, (value, step)) in values.iter().zip(&mut question.steps).enumerate() {
            if part(&format!("{at}[{place}]"), value)? > 0.0 {
                emptied(step);
            }
        }
    }
    Ok(())
}

/// The shelf was empty: what was sold is the least that was asked for.
pub(super) fn emptied(step: &mut Step) {
    if let Step::Sold(sold) = *step {
        *step = Step::AtLeast(sold);
    }
}

fn ahead(members: &Members<'_>, options: &Options, question: &mut Question) -> Result<(), Refusal> {
    let furthest = question.frequency.furthest();
    let told = members.count(&["horizon", "h", "steps"])?.or(options.horizon);
    let Some(horizon) = told else {
        return Err(Refusal::new(
            "missing-field",
            "horizon",
            "missing field `horizon`",
            "say how many steps ahead, in the line or with --horizon",
        ));
    };
    if horizon == 0 || horizon > furthest {
        let message = format!(
            "horizon is {horizon}, {} forecasts reach from 1 to {furthest} steps",
            question.frequency.word()
        );
        return Err(Refusal::new(
            "wrong-value",
            "horizon",
            message,
            "ask for less, or count in larger steps",
        ));
    }
    question.horizon = horizon;
    question.quantiles = match members.get(&["quantiles", "levels"])? {
        None => options.quantiles.clone().unwrap_or_else(|| QUANTILES.to_vec()),
        Some((at, Value::Array(values))) if values.len() <= 25 => {
            let mut found = Vec::new();
            for value in values {
                found.push(
                    number(value)
                        .ok_or_else(|| Refusal::wrong(&at, value, "a list of numbers between 0 and 1"))?,
                );
            }
            found
        }
        Some((at, value)) => {
            return Err(Refusal::wrong(
                &at,
                value,
                "a list of at most 25 numbers between 0 and 1",
            ));
        }
    };
    for quantile in &question.quantiles {
        if !(0.001..=0.999).contains(quantile) {
            let hint = "give shares such as 0.05, 0.5, 0.95";
            return Err(Refusal::new(
                "wrong-value",
                "quantiles",
                format!("{quantile} is no quantile between 0.001 and 0.999"),
                hint,
            ));
        }
    }
    question.quantiles.sort_by(f64::total_cmp);
    question.quantiles.dedup();
    if let Some((at, value)) = members.get(&["what_if"])? {
        let list = value
            .as_array()
            .map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
        for one in list.iter().take(50) {
            question.what_if.extend(price(&at, one)?);
        }
    }
    if let Some((at, value)) = members.get(&["future"])? {
        let names = [
            "price",
            "promo",
            "promotion=promo",
            "first_place",
            "buy_box=first_place",
        ];
        let future = Members::read(&at, value, &names)?;
        let list = |names: &[&str]| -> Result<Vec<(String, Value)>, Refusal> {
            let Some((at, value)) = future.get(names)? else {
                return Ok(Vec::new());
            };
            match value {
                Value::Array(values) if values.len() == horizon => {
                    let rows = values.iter().enumerate();
                    Ok(rows
                        .map(|(place, value)| (format!("{at}[{place}]"), value.clone()))
                        .collect())
                }
                Value::Array(values) => {
                    let message = format!("{at} has {} steps, horizon is {horizon}", values.len());
                    Err(Refusal::new(
                        "lengths-differ",
                        &at,
                        message,
                        "give one for each step ahead, or one number for all",
                    ))
                }
                one => Ok(vec![(at.clone(), one.clone()); horizon]),
            }
        };
        for (at, value) in list(&["price"])? {
            question.price_ahead.push(price(&at, &value)?);
        }
        for (at, value) in list(&["promo", "promotion"])? {
            question.promoted_ahead.push(part(&at, &value)?);
        }
        for (at, value) in list(&["first_place", "buy_box"])? {
            question.first_place_ahead.push(first_place(&at, &value)?);
        }
    }
    Ok(())
}
