//! One line of orders, member by member. Refuses unknown members by name, and values that would have to be guessed.

use super::{
    names::{self, Member},
    refusal::Refusal,
};
use crate::{
    draw::code::{Bars, Square},
    model::{Good, Order},
};
use sauda_kernel::{LocalTime, Timestamp};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const MOST_PIECES: i64 = 10_000;
const MOST_PARCELS: i64 = 99;
const MOST_TEXT: usize = 500;

type Members<'a> = BTreeMap<Member, (&'a str, &'a Value)>;

/// An order of one line; its goods may be one or many.
pub(super) fn order(line: &Map<String, Value>) -> Result<Order, Refusal> {
    let members = sorted(line, |_| true)?;
    let code =
        text(&members, Member::Code)?.ok_or_else(|| missing("code", "give the number of the order"))?;
    if Bars::of(&code).is_err() || code.contains(['/', '\\']) {
        return Err(Refusal::value(
            "code",
            &format!("{code:?}"),
            "1 to 48 printable ASCII signs without slashes",
        ));
    }
    let goods = match members.get(&Member::Goods) {
        Some((name, Value::Array(list))) => several(&members, name, list)?,
        Some((name, other)) if !other.is_null() => {
            return Err(Refusal::value(name, &other.to_string(), "a list of objects"));
        }
        _ => vec![good(&members)?],
    };
    let parcels = number(&members, Member::Parcels, MOST_PARCELS)?;
    let parcels = parcels.and_then(|count| u16::try_from(count).ok());
    for good in &goods {
        if let Some(parcel) = good.parcel
            && parcel > parcels.unwrap_or(1)
        {
            let told = parcels.map_or("no `parcels`".to_owned(), |of| format!("parcels {of}"));
            return Err(Refusal::value(
                "parcel",
                &parcel.to_string(),
                &format!("at most the count of parcels; there is {told}"),
            ));
        }
    }
    let scan = text(&members, Member::Scan)?;
    if let Some(scan) = &scan
        && Square::of(scan).is_err()
    {
        return Err(Refusal::value("scan", &format!("{scan:?}"), "at most 300 bytes"));
    }
    Ok(Order {
        code,
        goods,
        city: text(&members, Member::City)?,
        point: text(&members, Member::Point)?,
        deadline: deadline(&members)?,
        express: truth(&members, Member::Express)?.unwrap_or(false),
        parcels,
        waybill_expected: truth(&members, Member::Waybill)?.unwrap_or(true),
        scan,
    })
}

fn missing(field: &str, hint: &'static str) -> Refusal {
    Refusal::new(
        "missing-field",
        Some(field),
        format!("missing field `{field}`"),
        hint,
    )
}

/// Members by their meaning; one that is named twice is refused.
fn sorted(line: &Map<String, Value>, allowed: impl Fn(Member) -> bool) -> Result<Members<'_>, Refusal> {
    let mut members = BTreeMap::new();
    for (name, value) in line {
        let Some(member) = Member::named(name).filter(|member| allowed(*member)) else {
            let message = format!("unknown field `{name}`, expected one of {}", names::all());
            return Err(Refusal::new(
                "unknown-field",
                Some(name),
                message,
                "remove the field or correct its name",
            ));
        };
        if let Some((other, _)) = members.insert(member, (name.as_str(), value)) {
            let message = format!("{name} and {other} say the same thing in two ways");
            return Err(Refusal::new(
                "conflicting-fields",
                Some(name),
                message,
                "give one of the two",
            ));
        }
    }
    Ok(members)
}

fn several(members: &Members<'_>, name: &str, list: &[Value]) -> Result<Vec<Good>, Refusal> {
    if let Some((beside, _)) = members
        .iter()
        .find(|(member, (_, value))| member.is_of_goods() && !value.is_null())
        .map(|(_, named)| named)
    {
        let message = format!("{beside} stands beside {name}: it belongs to each of them");
        return Err(Refusal::new(
            "conflicting-fields",
            Some(beside),
            message,
            "move it into the list",
        ));
    }
    if list.is_empty() {
        return Err(Refusal::value(name, "empty", "at least one"));
    }
    list.iter()
        .enumerate()
        .map(|(index, item)| {
            let here = |refusal: Refusal| Refusal {
                field: Some(match &refusal.field {
                    Some(field) => format!("{name}[{index}].{field}"),
                    None => format!("{name}[{index}]"),
                }),
                ..refusal
            };
            let Value::Object(item) = item else {
                return Err(here(Refusal::new(
                    "wrong-value",
                    None,
                    format!("{item} is not an object"),
                    "give objects",
                )));
            };
            sorted(item, Member::is_of_goods)
                .and_then(|members| good(&members))
                .map_err(here)
        })
        .collect()
}

fn good(members: &Members<'_>) -> Result<Good, Refusal> {
    let sku = text(members, Member::Sku)?;
    let model = text(members, Member::Model)?
        .or_else(|| sku.clone())
        .ok_or_else(|| missing("model", "give model or sku: the packer has to know what to take"))?;
    let quantity = number(members, Member::Quantity, MOST_PIECES)?.unwrap_or(1);
    let parcel = number(members, Member::Parcel, MOST_PARCELS)?;
    Ok(Good {
        shelf: text(members, Member::Shelf)?,
        brand: text(members, Member::Brand)?,
        model,
        size: text(members, Member::Size)?,
        bought: None,
        colour: text(members, Member::Colour)?,
        sku,
        quantity: u32::try_from(quantity).unwrap_or(1),
        parcel: parcel.and_then(|number| u16::try_from(number).ok()),
    })
}

fn given<'a>(members: &Members<'a>, member: Member) -> Option<(&'a str, &'a Value)> {
    let (name, value) = members.get(&member)?;
    let empty = match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    };
    (!empty).then_some((name, value))
}

/// A text; a number is its digits.
fn text(members: &Members<'_>, member: Member) -> Result<Option<String>, Refusal> {
    let Some((name, value)) = given(members, member) else {
        return Ok(None);
    };
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) if member != Member::Code || number.is_u64() => number.to_string(),
        other => return Err(Refusal::value(name, &other.to_string(), "a text")),
    };
    if text.chars().count() > MOST_TEXT {
        return Err(Refusal::value(name, "too long", "at most 500 letters"));
    }
    Ok(Some(text))
}

/// A whole number from one: 2, "2", 2.0, "2 шт".
fn number(members: &Members<'_>, member: Member, most: i64) -> Result<Option<i64>, Refusal> {
    let Some((name, value)) = given(members, member) else {
        return Ok(None);
    };
    let wrong = || {
        Refusal::value(
            name,
            &value.to_string(),
            &format!("a whole number from 1 to {most}"),
        )
    };
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().replace(',', "."),
        _ => return Err(wrong()),
    };
    let digits = text.trim_end_matches(|sign: char| sign.is_alphabetic() || sign == '.' || sign == ' ');
    let digits = match digits.split_once('.') {
        Some((whole, part)) if part.chars().all(|digit| digit == '0') => whole,
        _ => digits,
    };
    match digits.parse::<i64>() {
        Ok(number) if (1..=most).contains(&number) => Ok(Some(number)),
        _ => Err(wrong()),
    }
}

fn truth(members: &Members<'_>, member: Member) -> Result<Option<bool>, Refusal> {
    let Some((name, value)) = given(members, member) else {
        return Ok(None);
    };
    let read = match value {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) => names::yes_or_no(text),
        Value::Number(number) => names::yes_or_no(&number.to_string()),
        _ => None,
    };
    read.map(Some)
        .ok_or_else(|| Refusal::value(name, &value.to_string(), "true or false"))
}

/// Any text; a moment (RFC 3339, or milliseconds or seconds since 1970) is shown in the time of Almaty.
fn deadline(members: &Members<'_>) -> Result<Option<String>, Refusal> {
    let Some((_, value)) = given(members, Member::Deadline) else {
        return Ok(None);
    };
    let moment = match value {
        Value::Number(number) => number.as_i64().and_then(moment),
        Value::String(text) => Timestamp::parse(text.trim()).ok(),
        _ => None,
    };
    match moment {
        Some(moment) => Ok(Some(shown(moment.local()))),
        None => text(members, Member::Deadline),
    }
}

/// Milliseconds or seconds of this century; other numbers are no moments.
const fn moment(number: i64) -> Option<Timestamp> {
    match number {
        946_684_800_000..=4_102_444_800_000 => Some(Timestamp::from_micros(number * 1000)),
        946_684_800..=4_102_444_800 => Some(Timestamp::from_secs(number)),
        _ => None,
    }
}

fn shown(local: LocalTime) -> String {
    format!(
        "{:02}.{:02} {:02}:{:02}",
        local.day, local.month, local.hour, local.minute
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(line: &Value) -> Result<Order, Refusal> {
        order(line.as_object().unwrap())
    }

    #[test]
    fn sensible_spellings_are_read() {
        let order = read(&json!({
            "Order Code": 880000001, "Модель": " Платье ", "размер": 42, "Кол-во": "3 шт", "color": "ақ",
            "deadline": "2026-11-21T13:00:00Z", "express": "да", "parcels": "2", "shelf": "", "waybill": 0
        }))
        .unwrap();
        assert_eq!(order.code, "880000001");
        assert_eq!(order.deadline.as_deref(), Some("21.11 18:00"));
        assert_eq!(
            (order.express, order.parcels, order.waybill_expected),
            (true, Some(2), false)
        );
        let good = &order.goods[0];
        assert_eq!(
            (good.model.as_str(), good.size.as_deref(), good.quantity),
            ("Платье", Some("42"), 3)
        );
        assert_eq!(good.shelf, None);
    }

    #[test]
    fn a_deadline_is_a_moment_or_whatever_people_wrote() {
        let told = |value: Value| {
            read(&json!({"code": "1", "model": "a", "deadline": value}))
                .unwrap()
                .deadline
                .unwrap()
        };
        assert_eq!(told(json!(1_795_266_000_000_i64)), "21.11 18:00");
        assert_eq!(told(json!(1_795_266_000)), "21.11 18:00");
        assert_eq!(told(json!("завтра до обеда")), "завтра до обеда");
    }

    #[test]
    fn refusals_name_the_member_and_the_way_out() {
        let refused = |line: Value| {
            let refusal = read(&line).unwrap_err();
            (refusal.code, refusal.field.unwrap_or_default())
        };
        assert_eq!(
            refused(json!({"model": "a"})),
            ("missing-field", "code".to_owned())
        );
        assert_eq!(
            refused(json!({"code": "1"})),
            ("missing-field", "model".to_owned())
        );
        assert_eq!(
            refused(json!({"code": "1", "model": "a", "price": 5})),
            ("unknown-field", "price".to_owned())
        );
        assert_eq!(
            refused(json!({"code": "1", "order": "1", "model": "a"})),
            ("conflicting-fields", "order".to_owned())
        );
        assert_eq!(
            refused(json!({"code": "1", "model": "a", "quantity": 0})),
            ("wrong-value", "quantity".to_owned())
        );
        assert_eq!(
            refused(json!({"code": "1", "model": "a", "quantity": 1.5})),
            ("wrong-value", "quantity".to_owned())
        );
        assert_eq!(
            refused(json!({"code": "заказ", "model": "a"})),
            ("wrong-value", "code".to_owned())
        );
        assert_eq!(
            refused(json!({"code": 1.5, "model": "a"})),
            ("wrong-value", "code".to_owned())
        );
        assert_eq!(
            refused(json!({"code": "1", "goods": [{"model": "a", "city": "b"}]})),
            ("unknown-field", "goods[0].city".to_owned())
        );
        assert_eq!(
            refused(json!({"code": "1", "model": "x", "goods": [{"model": "a"}]})),
            ("conflicting-fields", "model".to_owned())
        );
        assert_eq!(
            refused(json!({"code": "1", "goods": []})),
            ("wrong-value", "goods".to_owned())
        );
        assert_eq!(
            refused(json!({"code": "1", "model": "a", "parcel": 3, "parcels": 2})),
            ("wrong-value", "parcel".to_owned())
        );
    }
}
