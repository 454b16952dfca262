//! What a line wishes: delivery, tax on the commission, a wished profit, a ladder of prices. Refuses contradictions.

use super::fields::{Members, decimal_of, unmistakable};
use super::refusal::Refusal;
use crate::words::{meaning, meaning_of_letters};
use crate::{CommissionVat, DeliveryService};
use sauda_kernel::{BasisPoints, Money, Tenge};
use serde_json::Value;

/// Words of the delivery fee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DeliveryAsked {
    NotCounted,
    BuyerPays,
    Pickup,
    Given(Money),
    Tariff(DeliveryService),
}

/// A price wished for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal {
    Sum(Money),
    Margin(BasisPoints),
    /// Profit as a share of the purchase: markup is price over purchase, return is profit over purchase.
    Roi(BasisPoints),
    Markup(BasisPoints),
}

pub(super) fn vat_mode(members: &Members<'_>) -> Result<Option<CommissionVat>, Refusal> {
    let Some((path, value)) = members.get(&["commission_vat", "vat_mode"])? else {
        return Ok(None);
    };
    let text = match value {
        Value::String(text) => text.to_lowercase().replace(',', "."),
        other => other.to_string(),
    };
    let word: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && !['_', '-'].contains(letter))
        .collect();
    match meaning("vat", &word) {
        Some("none") => Ok(Some(CommissionVat::None)),
        Some("published") => Ok(Some(CommissionVat::Published)),
        Some("times116") => Ok(Some(CommissionVat::Times116)),
        _ => Err(Refusal::wrong(&path, value, "none, published or times116")),
    }
}

pub(super) fn delivery_asked(members: &Members<'_>) -> Result<DeliveryAsked, Refusal> {
    let fee = members.money(&["delivery_fee", "delivery_fee_tenge"])?;
    let payer = members.text(&["delivery_payer", "payer"])?;
    let mut service = None;
    let mut nested_fee = None;
    let mut nested_payer = None;
    if let Some((path, value)) = members.get(&["delivery", "delivery_service", "service"])? {
        match value {
            Value::String(text) => service = Some((path, text.clone())),
            Value::Number(_) => nested_fee = members.money(&["delivery"])?,
            Value::Object(_) => {
                let nested = Members::read(
                    &path,
                    value,
                    &["service", "=kind", "fee", "=fee_tenge", "=sum", "payer"],
                )?;
                service = nested
                    .text(&["service", "kind"])?
                    .map(|text| (nested.at("service"), text));
                nested_fee = nested.money(&["fee", "fee_tenge", "sum"])?;
                nested_payer = nested.text(&["payer"])?;
            }
            Value::Bool(false) => service = Some((path, "none".to_owned())),
            _ => {
                return Err(Refusal::wrong(
                    &path,
                    value,
                    "city, kazakhstan, express, pickup, or a fee",
                ));
            }
        }
    }
    if let Some(payer) = payer.or(nested_payer) {
        match meaning("payer", &payer) {
            Some("seller") => {}
            Some("buyer") => return Ok(DeliveryAsked::BuyerPays),
            _ => {
                let message = format!("the payer of delivery is {payer:?}");
                let hint = "give seller or buyer";
                return Err(Refusal::new("wrong-value", Some("delivery_payer"), message, hint));
            }
        }
    }
    if let Some(fee) = fee.or(nested_fee) {
        return Ok(DeliveryAsked::Given(fee));
    }
    let Some((path, text)) = service else {
        return Ok(DeliveryAsked::NotCounted);
    };
    Ok(match meaning_of_letters("delivery", &text) {
        Some("city") => DeliveryAsked::Tariff(DeliveryService::City),
        Some("kazakhstan") => DeliveryAsked::Tariff(DeliveryService::Kazakhstan),
        Some("express") => DeliveryAsked::Tariff(DeliveryService::Express),
        Some("pickup") => DeliveryAsked::Pickup,
        Some("none") => DeliveryAsked::Given(Money::ZERO),
        _ => {
            let wanted = "city, kazakhstan, express, pickup or none";
            return Err(Refusal::wrong(&path, &Value::String(text), wanted));
        }
    })
}

pub(super) fn goal(members: &Members<'_>) -> Result<Option<Goal>, Refusal> {
    let nested = members.get(&["wish", "target"])?;
    let read = |from: &Members<'_>, prefix: &str, plain: bool| -> Result<Vec<Goal>, Refusal> {
        let named = |what: &str| {
            [
                format!("{prefix}{what}"),
                format!("target_{what}"),
                what.to_owned(),
            ]
        };
        let share = |what: &str| -> Result<Option<BasisPoints>, Refusal> {
            let all = named(&format!("{what}_pct"));
            let names: Vec<&str> = all.iter().map(String::as_str).collect();
            let told = from.decimal(&names, 2, "a percentage")?;
            Ok(told.and_then(|bp| i32::try_from(bp).ok()).map(BasisPoints))
        };
        let sums = named("profit");
        let mut names: Vec<&str> = sums.iter().map(String::as_str).collect();
        if !plain {
            names.truncate(2);
        }
        let mut goals: Vec<Goal> = from.money(&names)?.map(Goal::Sum).into_iter().collect();
        goals.extend(share("margin")?.map(Goal::Margin));
        goals.extend(share("roi")?.map(Goal::Roi));
        goals.extend(share("markup")?.map(Goal::Markup));
        Ok(goals)
    };
    let mut goals = read(members, "wish_", false)?;
    if let Some((path, value)) = nested {
        let inner = Members::read(&path, value, &["profit", "margin_pct", "roi_pct", "markup_pct"])?;
        goals.extend(read(&inner, "", true)?);
    }
    match goals.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        _ => Err(Refusal::new(
            "conflicting-fields",
            Some("wish"),
            "more than one wish is given",
            "give one of profit, margin_pct, roi_pct, markup_pct",
        )),
    }
}

/// At most this many rungs.
const MOST_RUNGS: i64 = 500;

pub(super) fn ladder(members: &Members<'_>, price: Option<Tenge>) -> Result<Option<Vec<Tenge>>, Refusal> {
    let Some((path, value)) = members.get(&["ladder"])? else {
        return Ok(None);
    };
    let wrong = || {
        Refusal::wrong(
            &path,
            value,
            "true, a list of prices, or from, to and step with at most 500 rungs",
        )
    };
    match value {
        Value::Bool(false) => Ok(None),
        Value::Bool(true) => {
            let price = price
                .ok_or_else(|| Refusal::missing("price", "give the price around which the ladder stands"))?;
            // From half the price to one and a half, in twentieths.
            let rungs = (10..=30).map(|part| Tenge((price.get() * part / 20).max(1)));
            let mut all: Vec<Tenge> = rungs.collect();
            all.dedup();
            Ok(Some(all))
        }
        Value::Array(list) if list.len() <= 500 => {
            let read = |one: &Value| {
                unmistakable(&path, one)?;
                decimal_of(one, 0)
                    .filter(|price| *price > 0)
                    .map(Tenge)
                    .ok_or_else(wrong)
            };
            list.iter().map(read).collect::<Result<Vec<_>, _>>().map(Some)
        }
        Value::Object(_) => {
            let nested = Members::read(&path, value, &["from", "to", "step"])?;
            let whole = |name: &str| {
                nested
                    .whole(&[name], "whole tenge")?
                    .ok_or_else(|| Refusal::missing(&nested.at(name), "give it in whole tenge"))
            };
            let (from, to, step) = (whole("from")?, whole("to")?, whole("step")?);
            if from < 1 || step < 1 || to < from || (to - from) / step >= MOST_RUNGS {
                return Err(wrong());
            }
            let mut rungs = Vec::new();
            let mut rung = from;
            while rung <= to {
                rungs.push(Tenge(rung));
                rung += step;
            }
            Ok(Some(rungs))
        }
        _ => Err(wrong()),
    }
}
