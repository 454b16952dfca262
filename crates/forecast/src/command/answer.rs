//! A question answered: one line of output. Refuses more digits than anybody reads.

use super::question::Question;
use super::refusal::Refusal;
use crate::adjust::{Adjusted, Beside};
use crate::fill::Step;
use crate::forecast::Forecast;
use crate::neighbours::Neighbours;
use crate::response::{NotEnough, Response};
use crate::told::{self, Asked, LEAST, Told};
use serde::Serialize;
use serde_json::{Map, Value, json};

#[derive(Serialize)]
struct Line<'a> {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    frequency: &'static str,
    horizon: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    dates: Option<Vec<String>>,
    mean: Vec<f64>,
    median: Vec<f64>,
    quantiles: Map<String, Value>,
    total: Value,
    models: Vec<Value>,
    notes: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price_response: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    promotion: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_place: Option<Value>,
}

pub(super) fn answer(
    line: u64,
    id: Option<&Value>,
    question: &Question,
    neighbours: &Neighbours,
) -> Result<String, Refusal> {
    let mut notes = Vec::new();
    let counted = told::counted(&question.steps);
    let usual = question
        .group
        .as_deref()
        .and_then(|group| neighbours.usual(group, question.frequency));
    let beside = Beside {
        first: question.first.filter(|_| !question.quiet_calendar),
        price: question.price.clone(),
        promoted: question.promoted.clone(),
        first_place: question.first_place.clone(),
        price_ahead: question.price_ahead.clone(),
        promoted_ahead: question.promoted_ahead.clone(),
        first_place_ahead: question.first_place_ahead.clone(),
    };
    let asked = Asked {
        steps: &question.steps,
        frequency: question.frequency,
        beside: &beside,
        horizon: question.horizon,
        usual,
    };
    let Some(Told {
        filled,
        adjusted,
        forecast: told,
        neighbours: borrowed,
        ..
    }) = told::tell(&asked)
    else {
        return Err(Refusal::new(
            "too-short",
            "history",
            format!("{counted} steps were counted, at least {LEAST} are needed"),
            "wait for more sales; or name the product's group and use --pool, so that it learns from its neighbours",
        ));
    };
    gaps(question, &mut notes);
    if let Some(products) = borrowed {
        notes.push(note(
            "neighbours",
            format!(
                "{counted} steps were counted: the rest was learned from {products} products of the group"
            ),
        ));
    }
    if filled.values.iter().sum::<f64>() == 0.0 && borrowed.is_none() {
        notes.push(note(
            "never-sold",
            "nothing was sold in the whole history: zero is all that can be said".to_owned(),
        ));
    }
    for (name, effect) in &adjusted.days {
        notes.push(note(
            "special-days",
            format!("{name}: {:+.0} percent, as before", (effect - 1.0) * 100.0),
        ));
    }
    let text = Line {
        line,
        id,
        frequency: question.frequency.word(),
        horizon: question.horizon,
        dates: dates(question),
        mean: told.steps.iter().map(|spread| rounded(spread.mean)).collect(),
        median: lines(&told, question, 0.5),
        quantiles: quantiles(&told, question),
        total: json!({"mean": rounded(told.steps.iter().map(|spread| spread.mean).sum())}),
        models: models(&told),
        notes,
        price_response: price_response(question, &adjusted, &told),
        promotion: adjusted
            .promotion
            .map(|factor| json!({"factor": rounded(factor)})),
        first_place: first_place(question, &adjusted),
    };
    // Numbers that are finite always have a JSON form.
    Ok(serde_json::to_string(&text).unwrap_or_default())
}

fn note(code: &str, text: String) -> Value {
    json!({"code": code, "text_en": text})
}

fn gaps(question: &Question, notes: &mut Vec<Value>) {
    let count = |is: fn(&Step) -> bool| question.steps.iter().filter(|step| is(step)).count();
    let unknown = count(|step| matches!(step, Step::Unknown));
    if unknown > 0 {
        notes.push(note(
            "not-counted",
            format!("{unknown} steps were not counted and are passed over, not taken for zero"),
        ));
    }
    let empty = count(|step| matches!(step, Step::AtLeast(_)));
    if empty > 0 {
        notes.push(note(
            "out-of-stock",
            format!("{empty} steps were out of stock: what sold there is the least that was asked for"),
        ));
    }
}

fn dates(question: &Question) -> Option<Vec<String>> {
    let first = question.first?;
    let steps = question.steps.len()..question.steps.len() + question.horizon;
    steps
        .map(|step| Some(first.later(question.frequency, i64::try_from(step).ok()?).text()))
        .collect()
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

fn lines(told: &Forecast, question: &Question, quantile: f64) -> Vec<f64> {
    (0..question.horizon)
        .map(|step| rounded(told.quantile(step, quantile)))
        .collect()
}

fn quantiles(told: &Forecast, question: &Question) -> Map<String, Value> {
    let all = question.quantiles.iter();
    all.map(|quantile| {
        (
            quantile.to_string(),
            Value::from(lines(told, question, *quantile)),
        )
    })
    .collect()
}

/// Models that count for a twentieth or more.
fn models(told: &Forecast) -> Vec<Value> {
    let heavy = told.models.iter().filter(|(_, share)| *share >= 0.05);
    heavy
        .map(|(name, share)| json!({"model": name, "share": (share * 100.0).round() / 100.0}))
        .collect()
}

fn price_response(question: &Question, adjusted: &Adjusted, told: &Forecast) -> Option<Value> {
    let found = match &adjusted.response {
        Some(found) => *found,
        None if question.what_if.is_empty() => return None,
        None => Err(NotEnough::Steps { known: 0, needed: 12 }),
    };
    Some(match found {
        Err(why) => json!({"enough": false, "why": {"code": why.code(), "text_en": why.text_en()}}),
        Ok(found) => known(question, &found, told),
    })
}

fn first_place(question: &Question, adjusted: &Adjusted) -> Option<Value> {
    if question.first_place.iter().all(Option::is_none) {
        return None;
    }
    Some(adjusted.standing.map_or_else(
        || {
            let text = "it was not first and behind often enough to be told apart: three changes and six steps of each are needed";
            json!({"enough": false, "why": {"code": "too-few-changes", "text_en": text}})
        },
        |found| json!({"enough": true, "factor": rounded(found.effect.exp()), "usual": rounded(found.usual)}),
    ))
}

fn known(question: &Question, found: &Response, told: &Forecast) -> Value {
    let last = question.price.iter().rev().find_map(|price| *price);
    let ahead = question
        .price_ahead
        .iter()
        .find_map(|price| *price)
        .or(last)
        .unwrap_or(found.reference);
    let total: f64 = told.steps.iter().map(|spread| spread.mean).sum();
    let what_if: Vec<Value> = question
        .what_if
        .iter()
        .map(|price| {
            // Against the price that the forecast goes by, not against the reference.
            let [low, middle, high] = found.factor(*price, ahead);
            json!({
                "price": price, "mean": rounded(total * middle), "low": rounded(total * low), "high": rounded(total * high),
                "outside": found.is_outside(*price),
            })
        })
        .collect();
    json!({
        "enough": true,
        "elasticity": rounded(found.elasticity),
        "low": rounded(found.elasticity - 1.645 * found.doubt),
        "high": rounded(found.elasticity + 1.645 * found.doubt),
        "own": rounded(found.own),
        "own_doubt": rounded(found.own_doubt),
        "promotion": found.promotion.map(|effect| rounded(effect.exp())),
        "steps": found.steps,
        "prices": found.prices,
        "price": ahead,
        "what_if": what_if,
    })
}
