//! One product of a question. Refuses unknown members, contradictions, and to fill in what only the seller can know.

use super::demand::{Asked, demand};
use super::fields::{Members, money, not_negative, pieces, promise};
use super::note::Note;
use super::refusal::Refusal;
use crate::reorder::{Break, Day, Facts, Holding, Law, LeadTime, Offer, Shortage, Standing, Target};
use sauda_kernel::Money;
use serde_json::Value;

/// What a product's line asks.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) facts: Facts,
    /// Past days when they were given by day.
    pub(super) past: Vec<Day>,
    /// What a piece sold earns, when it was told or follows.
    pub(super) worth: Option<Money>,
    /// Whether worth is profit, not turnover.
    pub(super) is_profit: bool,
    pub(super) notes: Vec<Note>,
}

pub(super) const ID: &[&str] = &["id", "sku", "item", "product", "name"];
const LEAD: &[&str] = &[
    "lead_time",
    "lead_time_days",
    "lead_days",
    "lead",
    "lead_times",
    "lead_time_samples",
    "lead_time_mean",
];
const LEAD_SD: &[&str] = &[
    "lead_time_sd",
    "lead_time_std",
    "lead_sd",
    "lead_time_stdev",
    "lead_time_sd_days",
];
const REVIEW: &[&str] = &["review_days", "review_period", "review", "review_period_days"];
const CYCLE: &[&str] = &["service_level", "cycle_service_level", "cycle_service", "csl"];
const FILL: &[&str] = &["fill_rate", "fill_rate_target", "target_fill_rate"];
const SERVICE: &[&str] = &["service", "target", "promise"];
const ON_HAND: &[&str] = &["on_hand", "stock", "on_stock", "inventory"];
const ON_THE_WAY: &[&str] = &["on_the_way", "on_order", "in_transit", "incoming", "pipeline"];
const RESERVED: &[&str] = &["reserved", "allocated", "committed"];
const BACKORDERS: &[&str] = &["backorders", "backordered"];
const LEAST: &[&str] = &[
    "moq",
    "min_order",
    "min_order_quantity",
    "minimum_order_quantity",
    "minimum_order",
];
const PACK: &[&str] = &[
    "pack",
    "pack_size",
    "order_multiple",
    "multiple",
    "lot_size",
    "case_pack",
];
const PRICE: &[&str] = &["price", "unit_cost", "cost", "purchase_price", "unit_price"];
const BREAKS: &[&str] = &["price_breaks", "breaks", "discounts", "price_tiers"];
const ORDER_COST: &[&str] = &["order_cost", "ordering_cost", "setup_cost", "fixed_order_cost"];
const HOLDING_RATE: &[&str] = &[
    "holding_rate",
    "holding_rate_per_year",
    "carrying_rate",
    "holding_cost_rate",
];
const HOLDING_COST: &[&str] = &[
    "holding_cost",
    "holding_cost_per_unit",
    "holding_cost_per_unit_year",
];
const SALE_PRICE: &[&str] = &["sale_price", "selling_price", "retail_price"];
const PROFIT: &[&str] = &["profit", "margin", "unit_profit", "unit_margin"];
const SHORTAGE: &[&str] = &["shortage", "when_out", "unmet_demand"];
const LAW: &[&str] = &["distribution", "law"];

/// Every member of a product.
pub(super) const KNOWN: &[&[&str]] = &[
    ID,
    super::demand::DEMAND,
    super::demand::HISTORY,
    super::demand::STEP,
    super::demand::MISSING,
    super::demand::MEAN,
    super::demand::SD,
    super::demand::VARIANCE,
    super::demand::YEARLY,
    LEAD,
    LEAD_SD,
    REVIEW,
    CYCLE,
    FILL,
    SERVICE,
    ON_HAND,
    ON_THE_WAY,
    RESERVED,
    BACKORDERS,
    LEAST,
    PACK,
    PRICE,
    BREAKS,
    ORDER_COST,
    HOLDING_RATE,
    HOLDING_COST,
    SALE_PRICE,
    PROFIT,
    SHORTAGE,
    LAW,
];

impl Item {
    pub(super) fn read(value: &Value) -> Result<Self, Refusal> {
        let members = Members::read("", value, KNOWN)?;
        let mut notes = Vec::new();
        let lead = lead(&members)?;
        let review_days = members.number(REVIEW)?.unwrap_or(0.0);
        let Asked { demand, past } = demand(&members, lead.mean + review_days, &mut notes)?;
        let target = target(&members, &mut notes)?;
        let offer = offer(&members)?;
        let (order_cost, holding) = costs(&members, &offer, &mut notes)?;
        let (worth, is_profit) = worth(&members, &offer)?;
        Ok(Self {
            facts: Facts {
                demand,
                lead,
                review_days,
                target,
                shortage: shortage(&members)?,
                law: law(&members)?,
                standing: standing(&members, &mut notes)?,
                offer,
                order_cost,
                holding,
                // A question asks what a promise needs.
                most_days: None,
            },
            past,
            worth,
            is_profit,
            notes,
        })
    }
}

fn lead(members: &Members<'_>) -> Result<LeadTime, Refusal> {
    let hint =
        "tell lead_time: days from order to delivery, {\"mean\": 9, \"sd\": 2}, or a list of past ones";
    let Some((path, value)) = members.get(LEAD)? else {
        return Err(Refusal::missing("lead_time", hint));
    };
    let apart = members.number(LEAD_SD)?;
    let told = match value {
        Value::Array(_) => samples(&path, value)?,
        Value::Object(inside) if inside.contains_key("samples") => {
            let inside = Members::read(&path, value, &[&["samples"]])?;
            match inside.get(&["samples"])? {
                Some((path, list)) => samples(&path, list)?,
                None => return Err(Refusal::missing(&path, hint)),
            }
        }
        Value::Object(_) => {
            let inside = Members::read(
                &path,
                value,
                &[
                    &["mean", "days", "average"],
                    &["sd", "std", "stdev", "standard_deviation"],
                    &["variance"],
                ],
            )?;
            let mean = inside.number(&["mean", "days", "average"])?;
            let sd = inside.number(&["sd", "std", "stdev", "standard_deviation"])?;
            let variance = match (sd, inside.number(&["variance"])?) {
                (Some(_), Some(_)) => return Err(Refusal::both(&inside.at("sd"), &inside.at("variance"))),
                (Some(sd), None) => sd * sd,
                (None, variance) => variance.unwrap_or(0.0),
            };
            LeadTime {
                mean: mean.ok_or_else(|| Refusal::missing(&inside.at("mean"), hint))?,
                variance,
            }
        }
        _ => LeadTime {
            mean: not_negative(&path, value)?,
            variance: 0.0,
        },
    };
    if told.mean > 1_000.0 {
        return Err(Refusal::wrong(&path, value, "at most 1000 days"));
    }
    match apart {
        Some(_) if told.variance > 0.0 => Err(Refusal::both(&path, &members.at("lead_time_sd"))),
        Some(sd) => Ok(LeadTime {
            mean: told.mean,
            variance: sd * sd,
        }),
        None => Ok(told),
    }
}

fn samples(path: &str, value: &Value) -> Result<LeadTime, Refusal> {
    let Value::Array(list) = value else {
        return Err(Refusal::wrong(path, value, "a list of days"));
    };
    let days: Result<Vec<f64>, Refusal> = list
        .iter()
        .enumerate()
        .map(|(place, one)| not_negative(&format!("{path}[{place}]"), one))
        .collect();
    LeadTime::of(&days?).ok_or_else(|| {
        Refusal::new(
            "too-few",
            Some(path),
            format!("{path} is empty: no delivery is told"),
            "give the days of past deliveries, or one number that you expect",
        )
    })
}

fn target(members: &Members<'_>, notes: &mut Vec<Note>) -> Result<Target, Refusal> {
    let cycle = members
        .get(CYCLE)?
        .map(|(path, value)| promise(&path, value))
        .transpose()?;
    let fill = members
        .get(FILL)?
        .map(|(path, value)| promise(&path, value))
        .transpose()?;
    let service = members
        .get(SERVICE)?
        .map(|(path, value)| service(&path, value))
        .transpose()?;
    match (cycle, fill, service) {
        (None, None, None) => {
            notes.push(Note::new("service-assumed", "service_level").arg("percent", 95));
            Ok(Target::Cycle(0.95))
        }
        (Some(cycle), None, None) => Ok(Target::Cycle(cycle)),
        (None, Some(fill), None) => Ok(Target::Fill(fill)),
        (None, None, Some(service)) => Ok(service),
        (Some(_), Some(_), _) => Err(Refusal::both("service_level", "fill_rate")),
        (Some(_), None, Some(_)) => Err(Refusal::both("service_level", "service")),
        (None, Some(_), Some(_)) => Err(Refusal::both("fill_rate", "service")),
    }
}

/// `{"kind": "fill_rate", "target": 0.95}`, or a bare share of the cycle.
fn service(path: &str, value: &Value) -> Result<Target, Refusal> {
    if !value.is_object() {
        return promise(path, value).map(Target::Cycle);
    }
    let names: [&[&str]; 2] = [&["kind", "type"], &["target", "value", "level", "share"]];
    let inside = Members::read(path, value, &names)?;
    let [kinds, targets] = names;
    let share = match inside.get(targets)? {
        Some((path, value)) => promise(&path, value)?,
        None => {
            return Err(Refusal::missing(
                &inside.at("target"),
                "tell the share that is promised",
            ));
        }
    };
    match inside.word(kinds)? {
        None => Ok(Target::Cycle(share)),
        Some((path, word)) => match word.as_str() {
            "cycle" | "csl" | "service_level" | "cycle_service" | "cycle_service_level" => {
                Ok(Target::Cycle(share))
            }
            "fill" | "fill_rate" => Ok(Target::Fill(share)),
            _ => Err(Refusal::wrong(&path, &Value::String(word), "cycle or fill_rate")),
        },
    }
}

fn shortage(members: &Members<'_>) -> Result<Shortage, Refusal> {
    match members.word(SHORTAGE)? {
        None => Ok(Shortage::Lost),
        Some((path, word)) => match word.as_str() {
            "lost" | "lost_sales" | "lost_sale" => Ok(Shortage::Lost),
            "backorder" | "backorders" | "waits" | "backlog" => Ok(Shortage::Backorder),
            _ => Err(Refusal::wrong(&path, &Value::String(word), "lost or backorder")),
        },
    }
}

fn law(members: &Members<'_>) -> Result<Option<Law>, Refusal> {
    let Some((path, word)) = members.word(LAW)? else {
        return Ok(None);
    };
    match word.as_str() {
        "auto" => Ok(None),
        "normal" | "gaussian" => Ok(Some(Law::Normal)),
        "poisson" => Ok(Some(Law::Poisson)),
        "gamma" => Ok(Some(Law::Gamma)),
        "negative_binomial" | "negbin" | "nb" | "nbd" => Ok(Some(Law::NegativeBinomial)),
        _ => Err(Refusal::wrong(
            &path,
            &Value::String(word),
            "auto, normal, poisson, gamma or negative_binomial",
        )),
    }
}

fn standing(members: &Members<'_>, notes: &mut Vec<Note>) -> Result<Standing, Refusal> {
    let on_hand = members.whole(ON_HAND)?;
    if on_hand.is_none() {
        return Err(Refusal::missing(
            "on_hand",
            "tell on_hand: pieces that lie there now, 0 when there are none",
        ));
    }
    let standing = Standing {
        on_hand: on_hand.unwrap_or(0),
        on_the_way: members.whole(ON_THE_WAY)?.unwrap_or(0),
        reserved: members
            .whole(RESERVED)?
            .unwrap_or(0)
            .saturating_add(members.whole(BACKORDERS)?.unwrap_or(0)),
    };
    if standing.reserved > standing.on_hand {
        let note = Note::new("oversold", "reserved").arg("short", standing.reserved - standing.on_hand);
        notes.push(note);
    }
    Ok(standing)
}

fn offer(members: &Members<'_>) -> Result<Offer, Refusal> {
    let at_least_one = |names: &[&str]| -> Result<i64, Refusal> {
        let Some((path, value)) = members.get(names)? else {
            return Ok(1);
        };
        let read = pieces(&path, value)?;
        if read == 0 {
            return Err(Refusal::wrong(&path, value, "one piece or more"));
        }
        Ok(read)
    };
    let mut breaks = Vec::new();
    if let Some((path, value)) = members.get(BREAKS)? {
        breaks = price_breaks(&path, value)?;
    }
    if let Some(price) = members.money(PRICE)? {
        match breaks.iter().find(|one| one.from <= 1) {
            Some(one) if one.price != price => return Err(Refusal::both("price", "price_breaks")),
            Some(_) => {}
            None => breaks.insert(0, Break { from: 1, price }),
        }
    }
    Ok(Offer {
        least: at_least_one(LEAST)?,
        pack: at_least_one(PACK)?,
        breaks,
    })
}

fn price_breaks(path: &str, value: &Value) -> Result<Vec<Break>, Refusal> {
    let wanted = "a list of {\"from\": pieces, \"price\": tenge}";
    let Value::Array(rows) = value else {
        return Err(Refusal::wrong(path, value, wanted));
    };
    let mut breaks = Vec::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        let at = format!("{path}[{place}]");
        let one = if let Value::Array(pair) = row {
            match pair.as_slice() {
                [from, price] => Break {
                    from: pieces(&format!("{at}[0]"), from)?,
                    price: money(&format!("{at}[1]"), price)?,
                },
                _ => return Err(Refusal::wrong(&at, row, "[pieces, price]")),
            }
        } else {
            let from_names: &[&str] = &["from", "min_qty", "min_quantity", "quantity", "qty", "min"];
            let inside = Members::read(&at, row, &[from_names, PRICE])?;
            let (Some(from), Some(price)) = (inside.whole(from_names)?, inside.money(PRICE)?) else {
                return Err(Refusal::wrong(&at, row, "{\"from\": pieces, \"price\": tenge}"));
            };
            Break { from, price }
        };
        breaks.push(Break {
            from: one.from.max(1),
            ..one
        });
    }
    breaks.sort_by_key(|one| one.from);
    if let Some(pair) = breaks
        .windows(2)
        .find(|pair| pair.first().map(|one| one.from) == pair.last().map(|one| one.from))
    {
        let from = pair.first().map_or(0, |one| one.from);
        return Err(Refusal::new(
            "duplicated-break",
            Some(path),
            format!("{path} tells two prices from {from} pieces on"),
            "leave one of them out",
        ));
    }
    Ok(breaks)
}

fn costs(
    members: &Members<'_>,
    offer: &Offer,
    notes: &mut Vec<Note>,
) -> Result<(Option<Money>, Option<Holding>), Refusal> {
    let order = members.money(ORDER_COST)?;
    let rate = members.share(HOLDING_RATE)?;
    let sum = members.money(HOLDING_COST)?;
    let holding = match (rate, sum) {
        (Some(_), Some(_)) => return Err(Refusal::both("holding_rate", "holding_cost")),
        (Some(_), None) if offer.breaks.is_empty() => {
            notes.push(Note::new("no-eoq", "price"));
            None
        }
        (Some(rate), None) => Some(Holding::Share(crate::reorder::whole(rate * 10_000.0))),
        (None, sum) => sum.map(Holding::Sum),
    };
    if order.is_some() != (rate.is_some() || sum.is_some()) {
        let missing = if order.is_some() {
            "holding_rate"
        } else {
            "order_cost"
        };
        notes.push(Note::new("no-eoq", missing));
    }
    Ok((order, holding))
}

fn worth(members: &Members<'_>, offer: &Offer) -> Result<(Option<Money>, bool), Refusal> {
    if let Some(profit) = members.money(PROFIT)? {
        return Ok((Some(profit), true));
    }
    let bought = offer.price(offer.at_least(1));
    match (members.money(SALE_PRICE)?, bought) {
        (Some(sale), Some(bought)) => {
            let profit = Money::from_tiyn((sale.tiyn() - bought.tiyn()).max(0));
            Ok((Some(profit), true))
        }
        (Some(sale), None) => Ok((Some(sale), false)),
        (None, bought) => Ok((bought, false)),
    }
}
