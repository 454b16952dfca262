//! One answer of `sauda economics`: every part, the profit, and the prices that matter. Refuses to leave out what was assumed.

use super::question::Question;
use super::refusal::Refusal;
use super::show::{note, origin, parts, percent, ratio, sum};
use super::wanted::{DeliveryAsked, Goal};
use crate::rates::Matched;
use crate::{
    Breakdown, CommissionVat, Delivery, DeliveryService, FloorError, FloorParts, Formula, Wish, floor,
    loss_gaps, tariff_origin,
};
use sauda_kernel::{Money, Tenge};
use serde_json::{Map, Value, json};

pub(super) fn answer(value: &Value) -> Result<Map<String, Value>, Refusal> {
    let mut question = Question::read(value)?;
    let mut told = Map::new();
    if let Some(landed) = &question.landed {
        told.insert("landed".to_owned(), landed.show());
    }
    if let Some(stock) = &question.stock {
        told.insert("stock".to_owned(), stock.clone());
    }
    if question.price.is_some() || question.goal.is_some() {
        sale(&mut question, &mut told)?;
    }
    if !question.notes.is_empty() {
        told.insert("notes".to_owned(), question.notes.into());
    }
    Ok(told)
}

fn sale(question: &mut Question, told: &mut Map<String, Value>) -> Result<(), Refusal> {
    let given = question.parts.clone();
    let formula = Formula::new(&given)?;
    told.insert("date".to_owned(), question.day.to_string().into());
    if let Some(price) = question.price {
        let split = formula.at(price)?;
        told.insert("price".to_owned(), price.get().into());
        told.insert(
            "parts".to_owned(),
            parts(
                &split,
                question.cost_known,
                question.delivery != DeliveryAsked::NotCounted,
                question.taxes.as_ref().is_some_and(|taxes| {
                    taxes.0.is_some()
                        || taxes.1.tax.0 > 0
                        || taxes.1.fact.confidence == crate::rates::Confidence::Own
                }),
            ),
        );
        result(question, &split, told);
    }
    told.insert("commission".to_owned(), commission(question, &given));
    told.insert("delivery".to_owned(), delivery(question, &given));
    if let Some(tax) = tax(question) {
        told.insert("tax".to_owned(), tax);
    }
    if question.cost_known {
        let none = |wish| FloorParts {
            wish,
            ..given.clone()
        };
        told.insert(
            "break_even".to_owned(),
            reached(&none(Wish::default()), &mut question.notes)?,
        );
        if let Some(goal) = question.goal {
            told.insert("wish".to_owned(), wish(question, goal, &given)?);
        }
    } else if question.goal.is_some() {
        return Err(Refusal::missing(
            "purchase",
            "give purchase or landed: a wished profit needs the cost",
        ));
    }
    if let Some(prices) = &question.ladder {
        let rungs = prices.iter().map(|price| {
            let split = formula.at(*price)?;
            let mut rung = Map::new();
            rung.insert("price".to_owned(), price.get().into());
            rung.insert("commission".to_owned(), sum(split.commission));
            rung.insert("delivery".to_owned(), sum(split.delivery));
            let profit = if question.cost_known {
                sum(split.profit)
            } else {
                Value::Null
            };
            rung.insert("profit".to_owned(), profit);
            rung.insert(
                "margin_pct".to_owned(),
                if question.cost_known {
                    percent(split.margin)
                } else {
                    Value::Null
                },
            );
            Ok(Value::Object(rung))
        });
        told.insert(
            "ladder".to_owned(),
            rungs.collect::<Result<Vec<_>, FloorError>>()?.into(),
        );
    }
    if question.scenarios {
        let scenarios = scenarios(question, &given)?;
        told.insert("scenarios".to_owned(), scenarios);
    }
    Ok(())
}

/// Profit and its shares, or null without a cost.
fn result(question: &Question, split: &Breakdown, told: &mut Map<String, Value>) {
    let mut put = |name: &str, value: Value| {
        told.insert(
            name.to_owned(),
            if question.cost_known { value } else { Value::Null },
        );
    };
    put("profit", sum(split.profit));
    put("margin_pct", percent(split.margin));
    let over = Money::from_tiyn(split.price.tiyn() - split.purchase.tiyn());
    put("markup_pct", ratio(over, split.purchase));
    put("roi_pct", ratio(split.profit, split.purchase));
    if !question.cost_known {
        // What the sale leaves before the goods are paid.
        told.insert("left_for_cost".to_owned(), sum(split.profit));
    }
}

/// The smallest price that earns the wish, and the ranges above it that do not.
fn reached(parts: &FloorParts, notes: &mut Vec<Value>) -> Result<Value, Refusal> {
    match floor(parts) {
        Ok(price) => {
            let gaps = loss_gaps(parts)?;
            let gaps: Vec<Value> = gaps
                .iter()
                .map(|(from, to)| json!({"from": from.get(), "to": to.get()}))
                .collect();
            Ok(json!({"price": price.get(), "gaps": gaps}))
        }
        Err(problem @ (FloorError::OutOfReach { .. } | FloorError::SharesTooLarge { .. })) => {
            notes.push(note("out-of-reach", problem.to_string()));
            Ok(Value::Null)
        }
        Err(problem) => Err(problem.into()),
    }
}

fn wish(question: &mut Question, goal: Goal, given: &FloorParts) -> Result<Value, Refusal> {
    let found = match goal {
        Goal::Markup(share) => {
            // Price over purchase: no tax or fee moves it.
            let over = given.purchase.share(share);
            let whole = given.purchase.checked_add(over).map_err(|problem| {
                Refusal::new(
                    "floor-too-large",
                    Some("wish"),
                    problem.to_string(),
                    "give a smaller markup",
                )
            })?;
            json!({"price": whole.tenge_up().get(), "gaps": []})
        }
        Goal::Sum(_) | Goal::Margin(_) | Goal::Roi(_) => {
            let wished = FloorParts {
                wish: question.wish(goal),
                ..given.clone()
            };
            reached(&wished, &mut question.notes)?
        }
    };
    let mut told = Map::new();
    match goal {
        Goal::Sum(wished) => told.insert("profit".to_owned(), sum(wished)),
        Goal::Margin(share) => told.insert("margin_pct".to_owned(), percent(share)),
        Goal::Roi(share) => told.insert("roi_pct".to_owned(), percent(share)),
        Goal::Markup(share) => told.insert("markup_pct".to_owned(), percent(share)),
    };
    if let Some(price) = found.get("price").and_then(Value::as_i64) {
        let split = Formula::new(given)?.at(Tenge(price.max(1)))?;
        told.insert("profit_there".to_owned(), sum(split.profit));
        told.insert("margin_there_pct".to_owned(), percent(split.margin));
    }
    match found {
        Value::Object(found) => told.extend(found),
        _ => {
            told.insert("price".to_owned(), Value::Null);
        }
    }
    Ok(Value::Object(told))
}

fn commission(question: &Question, given: &FloorParts) -> Value {
    let mode = match given.commission_vat {
        CommissionVat::None => "none",
        CommissionVat::Published => "published",
        CommissionVat::Times116 => "times116",
    };
    let mut told = Map::new();
    told.insert("rate_pct".to_owned(), percent(given.commission_bp));
    told.insert("vat_mode".to_owned(), mode.into());
    let effective = given.effective_commission().map_or(Value::Null, |millionths| {
        // Millionths are ten-thousandths of a percent.
        let text = format!("{}.{:04}", millionths / 10_000, millionths % 10_000);
        serde_json::from_str(text.trim_end_matches('0').trim_end_matches('.')).unwrap_or(Value::Null)
    });
    told.insert("effective_pct".to_owned(), effective);
    match &question.commission {
        Some(rate) => {
            told.insert("category".to_owned(), rate.category.clone().into());
            let matched = if rate.matched == Matched::Leaf {
                "leaf"
            } else {
                "branch"
            };
            told.insert("matched".to_owned(), matched.into());
            told.insert(
                "published_with_vat_pct".to_owned(),
                rate.with_vat.map_or(Value::Null, percent),
            );
            origin(
                &mut told,
                &rate.from,
                rate.to.as_deref(),
                &rate.source,
                rate.confidence,
            );
        }
        None => {
            told.insert("source".to_owned(), "given".into());
            told.insert("confidence".to_owned(), "own".into());
        }
    }
    Value::Object(told)
}

fn delivery(question: &Question, given: &FloorParts) -> Value {
    let mut told = Map::new();
    let (service, payer) = match &question.delivery {
        DeliveryAsked::NotCounted => ("not_counted", None),
        DeliveryAsked::BuyerPays => ("any", Some("buyer")),
        DeliveryAsked::Pickup => ("pickup", Some("seller")),
        DeliveryAsked::Given(_) => ("given", Some("seller")),
        DeliveryAsked::Tariff(service) => (service.word(), Some("seller")),
    };
    told.insert("service".to_owned(), service.into());
    told.insert("payer".to_owned(), payer.into());
    if let DeliveryAsked::Tariff(service) = &question.delivery {
        told.insert("grams".to_owned(), question.grams.into());
        if let Delivery::Steps(steps) = &given.delivery {
            let steps: Vec<Value> = steps
                .iter()
                .map(|step| json!({"from": step.from.get(), "fee": sum(step.fee)}))
                .collect();
            told.insert("steps".to_owned(), steps.into());
        }
        if question.is_own(*service) {
            told.insert("source".to_owned(), "own_tariff".into());
            told.insert("confidence".to_owned(), "own".into());
        } else if let Some(price) = question.price
            && let Some((from, to, source, sure)) =
                tariff_origin(*service, question.grams.unwrap_or(1), price, question.day.noon())
        {
            origin(&mut told, &from, to.as_deref(), &source, sure);
        }
    }
    Value::Object(told)
}

fn tax(question: &Question) -> Option<Value> {
    let (regime, taxes) = question.taxes.as_ref()?;
    let mut told = Map::new();
    told.insert("regime".to_owned(), regime.map(|regime| regime.word()).into());
    let (of, share) = if taxes.profit_tax.0 > 0 {
        ("profit", taxes.profit_tax)
    } else {
        ("turnover", taxes.tax)
    };
    told.insert("rate_pct".to_owned(), percent(share));
    told.insert("of".to_owned(), of.into());
    told.insert("vat_rate_pct".to_owned(), taxes.vat.map_or(Value::Null, percent));
    told.insert("place".to_owned(), taxes.place.clone().into());
    origin(
        &mut told,
        &taxes.fact.from,
        taxes.fact.to.as_deref(),
        &taxes.fact.source,
        taxes.fact.confidence,
    );
    Some(Value::Object(told))
}

/// The same sale with each kind of delivery.
fn scenarios(question: &mut Question, given: &FloorParts) -> Result<Value, Refusal> {
    let Some(price) = question.price else {
        return Err(Refusal::missing(
            "price",
            "give the price whose deliveries are compared",
        ));
    };
    let mut told = Vec::new();
    let kept = question.notes.len();
    for service in [
        None,
        Some(DeliveryService::City),
        Some(DeliveryService::Kazakhstan),
        Some(DeliveryService::Express),
    ] {
        let word = service.map_or("pickup", DeliveryService::word);
        let delivery = match service {
            None => Ok(Delivery::None),
            Some(service) => question.tariff(service),
        };
        told.push(match delivery {
            Ok(delivery) => {
                let parts = FloorParts {
                    delivery,
                    ..given.clone()
                };
                let split = Formula::new(&parts)?.at(price)?;
                let known = |value: Value| if question.cost_known { value } else { Value::Null };
                let even = if question.cost_known {
                    floor(&parts).ok()
                } else {
                    None
                };
                json!({
                    "service": word,
                    "fee": sum(split.delivery),
                    "profit": known(sum(split.profit)),
                    "margin_pct": known(percent(split.margin)),
                    "break_even": even.map(Tenge::get),
                })
            }
            Err(refused) => json!({"service": word, "fee": null, "message": refused.message}),
        });
    }
    question.notes.truncate(kept);
    Ok(told.into())
}
