//! `landed` and `stock` of a line: batches in any currency, receipts and sales of one product. Refuses a currency without a rate.

use super::currency::{Rates, rate_has_currency, rate_of};
use super::fields::{Members, decimal_of, flag_of};
use super::refusal::Refusal;
use super::show::sum;
use crate::costing::{Method, Move, Stock};
use crate::landed::{Batch, LandedCost, LandedItem, Shared, SpreadBy, in_tenge, landed};
use crate::rates::{Day, vat_rate};
use crate::words::meaning;
use sauda_kernel::{BasisPoints, Money};
use serde_json::{Map, Value, json};

/// A batch computed.
pub(super) struct Landed {
    pub(super) costs: Vec<LandedCost>,
}

impl Landed {
    /// The cost of one unit of the named item; of the only one without a name.
    pub(super) fn unit_of(&self, name: Option<&str>) -> Option<Money> {
        match (name, self.costs.as_slice()) {
            (None, [one]) => Some(one.unit),
            (Some(name), costs) => costs.iter().find(|cost| cost.name == name).map(|cost| cost.unit),
            (None, _) => None,
        }
    }

    pub(super) fn show(&self) -> Value {
        let items: Vec<Value> = self
            .costs
            .iter()
            .map(|cost| {
                json!({
                    "name": cost.name,
                    "quantity": cost.quantity,
                    "goods": sum(cost.goods),
                    "freight": sum(cost.freight),
                    "insurance": sum(cost.insurance),
                    "duty": sum(cost.duty),
                    "brokerage": sum(cost.brokerage),
                    "local_delivery": sum(cost.local),
                    "other": sum(cost.other),
                    "import_vat": sum(cost.import_vat),
                    "import_vat_set_off": sum(cost.vat_set_off),
                    "total": sum(cost.total),
                    "unit": sum(cost.unit),
                })
            })
            .collect();
        let total = self.costs.iter().map(|cost| cost.total.tiyn()).sum();
        json!({"items": items, "total": sum(Money::from_tiyn(total))})
    }
}

const BATCH: [&str; 28] = [
    "items",
    "freight",
    "freight_by",
    "insurance",
    "insurance_by",
    "brokerage",
    "brokerage_by",
    "local_delivery",
    "local_delivery_by",
    "=local",
    "other",
    "other_by",
    "import_vat",
    "=import_vat_pct",
    "vat_set_off",
    "currency",
    "rate",
    "rates",
    "name",
    "quantity",
    "=qty",
    "price",
    "=unit_price",
    "weight_kg",
    "grams",
    "volume_m3",
    "duty_pct",
    "defects_pct",
];
const ITEM: [&str; 24] = [
    "name",
    "=id",
    "=sku",
    "quantity",
    "=qty",
    "price",
    "=unit_price",
    "=supplier_price",
    "currency",
    "rate",
    "rates",
    "weight_kg",
    "=weight",
    "=kg",
    "grams",
    "=weight_g",
    "=weight_grams",
    "volume_m3",
    "volume_cm3",
    "volume_l",
    "duty_pct",
    "duty_bp",
    "defects_pct",
    "defects_bp",
];

pub(super) fn landed_of(value: &Value, day: Day, vat_payer: bool) -> Result<Landed, Refusal> {
    let mut known: Vec<&str> = BATCH.to_vec();
    known.extend(ITEM.iter().filter(|name| !BATCH.contains(name)));
    let members = Members::read("landed", value, &known)?;
    let rates = members.get(&["rates"])?;
    rate_has_currency(&members)?;
    let mut items = Vec::new();
    match members.get(&["items"])? {
        Some((path, Value::Array(list))) => {
            for (index, one) in list.iter().enumerate() {
                let inner = Members::read(&format!("{path}[{index}]"), one, &ITEM)?;
                items.push(item(&inner, &members, index, day, rates.clone())?);
            }
        }
        Some((path, other)) => return Err(Refusal::wrong(&path, other, "a list of items")),
        None => items.push(item(&members, &members, 0, day, rates.clone())?),
    }
    let import_vat = match members.get(&["import_vat", "import_vat_pct"])? {
        None => None,
        Some((path, told)) => match flag_of(told) {
            Some(true) => Some(vat_rate(day)?.hundredths),
            Some(false) => None,
            None => Some(
                decimal_of(told, 2)
                    .filter(|bp| (0..=10_000).contains(bp))
                    .ok_or_else(|| Refusal::wrong(&path, told, "true, false or a percentage"))?,
            ),
        },
    };
    let shared = |name: &str, aliases: &[&str], by| shared(&members, name, aliases, by, day, rates.clone());
    let batch = Batch {
        freight: shared("freight", &[], SpreadBy::Weight)?,
        insurance: shared("insurance", &[], SpreadBy::Value)?,
        brokerage: shared("brokerage", &[], SpreadBy::Value)?,
        local: shared("local_delivery", &["local"], SpreadBy::Weight)?,
        other: shared("other", &[], SpreadBy::Value)?,
        import_vat: import_vat.and_then(|bp| i32::try_from(bp).ok()).map(BasisPoints),
        vat_set_off: members.flag(&["vat_set_off"])?.unwrap_or(vat_payer),
        items,
    };
    let costs = landed(&batch)
        .map_err(|problem| Refusal::failure(&problem, Some("landed."), "correct the field that is named"))?;
    names_one_cost(&costs)?;
    Ok(Landed { costs })
}

/// A name that stands twice names one cost, or none.
fn names_one_cost(costs: &[LandedCost]) -> Result<(), Refusal> {
    for (place, cost) in costs.iter().enumerate() {
        let before = costs.iter().take(place).find(|one| one.name == cost.name);
        if let Some(before) = before.filter(|before| before.unit != cost.unit) {
            let (name, one, other) = (&cost.name, sum(before.unit), sum(cost.unit));
            return Err(Refusal::new(
                "repeated-item",
                Some(&format!("landed.items[{place}].name")),
                format!("two items are named {name:?}, one costs {one} tenge a unit and one {other}"),
                "give each item a name of its own",
            ));
        }
    }
    Ok(())
}

fn item(
    members: &Members<'_>,
    outer: &Members<'_>,
    index: usize,
    day: Day,
    rates: Rates<'_>,
) -> Result<LandedItem, Refusal> {
    let quantity = members
        .whole(&["quantity", "qty"], "a whole number of units")?
        .unwrap_or(1);
    let many = |value: i64| {
        value.checked_mul(quantity).ok_or_else(|| {
            Refusal::new(
                "landed-too-large",
                Some(&members.at("quantity")),
                "the item is larger than can be kept",
                "check the figures",
            )
        })
    };
    let names = ["price", "unit_price", "supplier_price"];
    if members.get(&names)?.is_none() {
        return Err(Refusal::missing(
            &members.at("price"),
            "give the supplier's price of one unit",
        ));
    }
    rate_has_currency(members)?;
    // An item without a currency has the batch's.
    let priced = if members.get(&["currency"])?.is_some() || outer.get(&["currency"])?.is_none() {
        unit_price(members, members, &names, quantity, day, rates)?
    } else {
        unit_price(members, outer, &names, quantity, day, rates)?
    };
    let volume = match (
        members.decimal(&["volume_m3"], 6, "cubic metres")?,
        members.decimal(&["volume_l"], 3, "litres")?,
    ) {
        (Some(volume), None) | (None, Some(volume)) => volume,
        (None, None) => members
            .whole(&["volume_cm3"], "whole cubic centimetres")?
            .unwrap_or(0),
        (Some(_), Some(_)) => return Err(Refusal::both(&members.at("volume_l"), &members.at("volume_m3"))),
    };
    Ok(LandedItem {
        name: members
            .text(&["name", "id", "sku"])?
            .unwrap_or_else(|| format!("{}", index + 1)),
        quantity,
        goods: priced,
        grams: many(members.grams()?.unwrap_or(0))?,
        volume_cm3: many(volume)?,
        duty: members.share("duty", &[])?.unwrap_or_default(),
        defects: members.share("defects", &[])?.unwrap_or_default(),
    })
}

/// The price of all units, multiplied before it is rounded to a tiyn.
fn unit_price(
    members: &Members<'_>,
    money: &Members<'_>,
    names: &[&str],
    quantity: i64,
    day: Day,
    rates: Rates<'_>,
) -> Result<Money, Refusal> {
    let price = members
        .sum(names, "a price with at most two digits behind the point")?
        .unwrap_or(0);
    let rate = rate_of(money, day, rates)?;
    let all = price.checked_mul(quantity);
    let told = all.and_then(|all| in_tenge(all, rate).ok());
    told.ok_or_else(|| {
        Refusal::new(
            "landed-too-large",
            Some(&members.at("price")),
            "the price is larger than can be kept",
            "check the figures",
        )
    })
}

/// A sum in the currency of these members, in tenge.
pub(super) fn foreign(
    members: &Members<'_>,
    names: &[&str],
    day: Day,
    rates: Rates<'_>,
) -> Result<Money, Refusal> {
    unit_price(members, members, names, 1, day, rates)
}

fn shared(
    members: &Members<'_>,
    name: &str,
    aliases: &[&str],
    by: SpreadBy,
    day: Day,
    rates: Rates<'_>,
) -> Result<Shared, Refusal> {
    let mut names = vec![name];
    names.extend(aliases);
    let told_by = members.text(&[&format!("{name}_by")])?;
    let spread = |text: Option<String>, field: &str| {
        let Some(text) = text else { return Ok(by) };
        match meaning("spread", &text) {
            Some("weight") => Ok(SpreadBy::Weight),
            Some("volume") => Ok(SpreadBy::Volume),
            Some("value") => Ok(SpreadBy::Value),
            Some("quantity") => Ok(SpreadBy::Quantity),
            _ => {
                let wanted = "weight, volume, value or quantity";
                Err(Refusal::wrong(field, &Value::String(text), wanted))
            }
        }
    };
    let Some((path, value)) = members.get(&names)? else {
        return Ok(Shared { sum: Money::ZERO, by });
    };
    let field = members.at(&format!("{name}_by"));
    if value.is_object() {
        let inner = Members::read(
            &path,
            value,
            &[
                "sum",
                "=amount",
                "=price",
                "by",
                "=spread_by",
                "currency",
                "rate",
                "rates",
            ],
        )?;
        let by = spread(inner.text(&["by", "spread_by"])?.or(told_by), &inner.at("by"))?;
        let sum = foreign(&inner, &["sum", "amount", "price"], day, rates)?;
        return Ok(Shared { sum, by });
    }
    let sum = members.money(&names)?.unwrap_or(Money::ZERO);
    Ok(Shared {
        sum,
        by: spread(told_by, &field)?,
    })
}

/// Receipts and sales of one product, in order: what each sale had cost and what remains.
pub(super) fn stock(value: &Value) -> Result<Value, Refusal> {
    let members = Members::read("stock", value, &["method", "moves", "=events"])?;
    let method = match members.text(&["method"])? {
        None => Method::Fifo,
        Some(word) => match meaning("method", &word) {
            Some("fifo") => Method::Fifo,
            Some("moving_average") => Method::MovingAverage,
            _ => {
                let told = Value::String(word);
                return Err(Refusal::wrong("stock.method", &told, "fifo or moving_average"));
            }
        },
    };
    let Some((path, Value::Array(list))) = members.get(&["moves", "events"])? else {
        return Err(Refusal::missing(
            "stock.moves",
            "give a list of {\"in\", \"cost\"} and {\"out\"}",
        ));
    };
    let mut stock = Stock::new(method);
    let mut outs = Vec::new();
    for (index, one) in list.iter().enumerate() {
        let row = Members::read(
            &format!("{path}[{index}]"),
            one,
            &["in", "out", "cost", "=total", "unit_cost", "date", "=day"],
        )?;
        let wanted = "a whole number of units";
        let (came, went) = (row.whole(&["in"], wanted)?, row.whole(&["out"], wanted)?);
        let step = match (came, went) {
            (Some(quantity), None) => Move::In {
                quantity,
                cost: cost(&row, quantity)?,
            },
            (None, Some(quantity)) => Move::Out { quantity },
            _ => return Err(Refusal::missing(&row.at("in"), "give either in or out")),
        };
        let told = stock.apply(step).map_err(|problem| {
            Refusal::failure(
                &problem,
                Some(&format!("{}.", row.at("")).replace("..", ".")),
                "correct the move that is named",
            )
        })?;
        if let Some(quantity) = went {
            outs.push(json!({"move": index, "quantity": quantity, "cost": sum(told)}));
        }
    }
    let (quantity, worth) = stock.remains();
    let mut told = Map::new();
    told.insert(
        "method".to_owned(),
        if method == Method::Fifo {
            "fifo"
        } else {
            "moving_average"
        }
        .into(),
    );
    told.insert("out".to_owned(), outs.into());
    told.insert(
        "remains".to_owned(),
        json!({"quantity": quantity, "cost": sum(worth)}),
    );
    Ok(Value::Object(told))
}

fn cost(row: &Members<'_>, quantity: i64) -> Result<Money, Refusal> {
    let whole = row.money(&["cost", "total"])?;
    let unit = row.money(&["unit_cost"])?;
    match (whole, unit) {
        (Some(cost), None) => Ok(cost),
        (None, Some(unit)) => unit
            .tiyn()
            .checked_mul(quantity)
            .map(Money::from_tiyn)
            .ok_or_else(|| Refusal::wrong(&row.at("unit_cost"), &Value::Null, "a sum that can be kept")),
        (Some(_), Some(_)) => Err(Refusal::both(&row.at("unit_cost"), &row.at("cost"))),
        (None, None) => Err(Refusal::missing(
            &row.at("cost"),
            "give what the units cost together, or unit_cost",
        )),
    }
}
