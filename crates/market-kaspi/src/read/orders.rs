//! Orders of the official API. Refuses to take a missing line for none, to guess a masked phone, and to drop a row in silence.

use super::document;
use crate::wire::{
    loose::{List, Thing},
    number::Number,
    orders::{
        AddressRow, CustomerRow, DeliveryRow, EntriesAnswer, EntryCancelAnswer, EntryRow, ErrorsAnswer,
        OrderAttributes, OrderRow, OrdersAnswer, OriginRow, WeightAnswer,
    },
    text::{Flag, Text},
};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use sauda_kernel::{Money, Timestamp};
use sauda_market::{
    Buyer, BuyerPhone, EntryCancelState, MarketError, Order, OrderAddress, OrderEntry, OrderOrigin,
    OrderStatus, OrderTab, OrdersPage, Parcel,
};
use std::collections::HashMap;

/// Reads the answer of `GET /orders`.
///
/// # Errors
/// `BadAnswer` when it is not that document or has no `data`.
pub fn orders(bytes: &[u8]) -> Result<OrdersPage, MarketError> {
    let answer: OrdersAnswer<'_> = document("orders", bytes)?;
    let rows = answer.data.required("orders: data")?;
    let mut page = OrdersPage {
        orders: Vec::with_capacity(rows.len()),
        pages: answer.meta.get().and_then(|meta| meta.page_count.whole()),
        total: answer.meta.get().and_then(|meta| meta.total_count.whole()),
        refused: Vec::new(),
    };
    let included: HashMap<&str, &EntryRow<'_>> = answer
        .included
        .or_none()
        .iter()
        .filter_map(Thing::get)
        .filter(|row| row.kind.get() == Some("orderentries"))
        .filter_map(|row| Some((row.id.get()?, row)))
        .collect();
    for (place, row) in rows.iter().enumerate() {
        let read = match row {
            Thing::Is(row) => order(row, &included),
            Thing::Absent | Thing::Odd => Err("not an object".to_owned()),
        };
        match read {
            Ok(order) => page.orders.push(order),
            Err(why) => page.refused.push(format!("row {}: {why}", place + 1)),
        }
    }
    Ok(page)
}

/// Reads the answer of `GET /orders/{id}/entries`.
///
/// # Errors
/// `BadAnswer` when it is not that document, has no `data`, or a line cannot be understood: an order is whole or unknown.
pub fn entries(bytes: &[u8]) -> Result<Vec<OrderEntry>, MarketError> {
    let answer: EntriesAnswer<'_> = document("order entries", bytes)?;
    let rows = answer.data.required("order entries: data")?;
    let read = |row: &Thing<EntryRow<'_>>| match row {
        Thing::Is(row) => entry(row),
        Thing::Absent | Thing::Odd => Err("not an object".to_owned()),
    };
    let mut entries = rows
        .iter()
        .map(read)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|why| MarketError::BadAnswer(format!("order entries: {why}")))?;
    entries.sort_by_key(|entry| entry.number);
    Ok(entries)
}

/// What an error answer says, in its own words.
pub fn refusal_title(bytes: &[u8]) -> Option<String> {
    let answer: ErrorsAnswer<'_> = document("refusal", bytes).ok()?;
    let first = answer.errors.or_none().first()?.get()?;
    first.title.owned().map(|title| title.chars().take(200).collect())
}

/// Reads the answer of `POST /orderEntryCancelOperation`. `SUCCESSFULL` is spelled so there.
///
/// # Errors
/// `BadAnswer` when it is not that document or the word is another.
pub fn entry_cancel(bytes: &[u8]) -> Result<EntryCancelState, MarketError> {
    let answer: EntryCancelAnswer<'_> = document("entry cancel", bytes)?;
    let word = answer
        .data
        .get()
        .and_then(|data| data.attributes.get())
        .and_then(|words| words.status.get())
        .unwrap_or_default();
    state_of("entry cancel", word)
}

/// Reads the answer of `PUT /shop/api/orderPartialCancel/{order}`.
///
/// # Errors
/// `BadAnswer` when it is not that document or the word is another.
pub fn weight_change(bytes: &[u8]) -> Result<EntryCancelState, MarketError> {
    let answer: WeightAnswer<'_> = document("weight change", bytes)?;
    state_of("weight change", answer.status.get().unwrap_or_default())
}

fn state_of(what: &str, word: &str) -> Result<EntryCancelState, MarketError> {
    match word {
        "INPROGRESS" => Ok(EntryCancelState::InProgress),
        "SUCCESSFULL" | "SUCCESSFUL" => Ok(EntryCancelState::Done),
        other => Err(MarketError::BadAnswer(format!("{what}: status {other:?}"))),
    }
}

/// Whether a text can be the number of an order: digits today, letters perhaps one day.
pub fn is_order_code(code: &str) -> bool {
    (1..=40).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn order(row: &OrderRow<'_>, included: &HashMap<&str, &EntryRow<'_>>) -> Result<Order, String> {
    let Thing::Is(told) = &row.attributes else {
        return Err("no attributes".to_owned());
    };
    let code = told
        .code
        .owned()
        .filter(|code| is_order_code(code))
        .ok_or_else(|| "no code".to_owned())?;
    let told = &**told;
    let about = |why: String| format!("order {code}: {why}");
    let id = row.id.owned().ok_or_else(|| about("no id".to_owned()))?;
    let word = |text: &Text<'_>, what: &str| text.owned().ok_or_else(|| about(format!("no {what}")));
    let money = |number: Number, what: &str| money(number, what).map_err(about);
    let entries = match lines(row, included) {
        Some(read) => Some(read.map_err(about)?),
        None => None,
    };
    Ok(Order {
        tab: OrderTab::of(&word(&told.state, "state")?),
        status: OrderStatus::of(&word(&told.status, "status")?),
        total: money(told.total_price, "totalPrice")?.ok_or_else(|| about("no totalPrice".to_owned()))?,
        payment: told.payment_mode.owned(),
        credit_months: told.credit_term.whole().filter(|months| *months > 0),
        created_at: moment(told.creation_date).ok_or_else(|| about("no creationDate".to_owned()))?,
        approved_at: moment(told.approved_by_bank_date),
        planned_delivery_at: moment(told.planned_delivery_date),
        reserved_until: moment(told.reservation_date),
        delivery_cost: money(told.delivery_cost, "deliveryCost")?,
        delivery_cost_for_seller: money(told.delivery_cost_for_seller, "deliveryCostForSeller")?,
        is_kaspi_delivery: is(told.is_kaspi_delivery),
        delivery_mode: told.delivery_mode.owned(),
        address: told.delivery_address.get().map(address),
        origin: told.origin_address.get().map(origin),
        point_id: told.pickup_point_id.owned(),
        signature_required: is(told.signature_required),
        preorder: is(told.pre_order),
        assembled: is(told.assembled),
        cancel_reason: told.cancellation_reason.owned(),
        buyer: told.customer.get().map(buyer).unwrap_or_default(),
        delivery: parcel(told),
        entries,
        id,
        code,
    })
}

/// The included lines of an order; `None` when the answer does not have all that it names.
fn lines(
    row: &OrderRow<'_>,
    included: &HashMap<&str, &EntryRow<'_>>,
) -> Option<Result<Vec<OrderEntry>, String>> {
    let List::Is(links) = &row.relationships.get()?.entries.get()?.data else {
        return None;
    };
    let mut found = Vec::with_capacity(links.len());
    for link in links {
        found.push(*included.get(link.get()?.id.get()?)?);
    }
    if found.is_empty() {
        return None;
    }
    let read: Result<Vec<OrderEntry>, String> = found.into_iter().map(entry).collect();
    Some(read.map(|mut entries| {
        entries.sort_by_key(|entry| entry.number);
        entries
    }))
}

fn entry(row: &EntryRow<'_>) -> Result<OrderEntry, String> {
    let id = row.id.owned().ok_or_else(|| "a line has no id".to_owned())?;
    let Thing::Is(told) = &row.attributes else {
        return Err("a line has no attributes".to_owned());
    };
    let missing = |what: &str| format!("a line has no {what}");
    let offer = told.offer.get();
    let category = told.category.get();
    let card = row
        .relationships
        .get()
        .and_then(|relations| relations.product.get())
        .and_then(|product| product.data.get())
        .and_then(|link| plain_digits(link.id.get()?));
    Ok(OrderEntry {
        number: told
            .entry_number
            .count("entryNumber")?
            .ok_or_else(|| missing("entryNumber"))?,
        unit: told.unit_type.owned(),
        quantity: told
            .quantity
            .count("quantity")?
            .ok_or_else(|| missing("quantity"))?,
        price: money(told.base_price, "basePrice")?.ok_or_else(|| missing("basePrice"))?,
        total: money(told.total_price, "totalPrice")?.ok_or_else(|| missing("totalPrice"))?,
        delivery_cost: money(told.delivery_cost, "deliveryCost")?,
        weight_g: grams(told.weight),
        min_weight_g: grams(told.min_allowed_weight),
        category: category.and_then(|category| category.code.owned()),
        category_title: category.and_then(|category| category.title.owned()),
        sku: offer.and_then(|offer| offer.code.owned()),
        name: offer.and_then(|offer| offer.name.owned()),
        card,
        imei_required: is(told.is_imei_required) || offer.is_some_and(|offer| is(offer.is_imei_required)),
        id,
    })
}

/// The plain key inside an id, when it is a number such as a card's. Only cards are read so: a buyer's id holds a phone that may be masked
/// on purpose.
fn plain_digits(id: &str) -> Option<String> {
    let bytes = STANDARD_NO_PAD.decode(id.trim_end_matches('=')).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let is_number = (5..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(text)
}

fn buyer(row: &CustomerRow<'_>) -> Buyer {
    Buyer {
        first_name: row.first_name.owned().or_else(|| row.name.owned()),
        last_name: row.last_name.owned(),
        phone: phone(row.cell_phone.get()),
    }
}

fn phone(text: Option<&str>) -> BuyerPhone {
    let Some(text) = text else {
        return BuyerPhone::Unknown;
    };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_plain = text
        .chars()
        .all(|letter| letter.is_ascii_digit() || matches!(letter, '+' | ' ' | '-' | '(' | ')'));
    let national = match digits.len() {
        10 => Some(digits.as_str()),
        11 => digits.strip_prefix(['7', '8']),
        _ => None,
    };
    match national {
        Some(national) if is_plain && national.bytes().any(|digit| digit != b'0') => {
            BuyerPhone::Known(format!("+7{national}"))
        }
        _ => BuyerPhone::Masked(text.chars().take(40).collect()),
    }
}

fn address(row: &AddressRow<'_>) -> OrderAddress {
    OrderAddress {
        line: row.formatted_address.owned(),
        town: row.town.owned(),
        street: row.street_name.owned(),
        house: row.street_number.owned(),
        apartment: row.apartment.owned(),
    }
}

fn origin(row: &OriginRow<'_>) -> OrderOrigin {
    OrderOrigin {
        name: row.display_name.owned(),
        city_id: row.city.get().and_then(|city| city.code.owned()),
        city_name: row.city.get().and_then(|city| city.name.owned()),
        line: row
            .address
            .get()
            .and_then(|address| address.formatted_address.owned()),
    }
}

/// Nested first, flat as fallback; `None` when neither says anything.
fn parcel(told: &OrderAttributes<'_>) -> Option<Parcel> {
    let read = |row: &DeliveryRow<'_>| Parcel {
        waybill_url: row.waybill.owned(),
        waybill_number: row.waybill_number.owned(),
        handover_planned_at: moment(row.courier_transmission_planning_date),
        handed_over_at: moment(row.courier_transmission_date),
        express: is(row.express),
        returned_to_warehouse: is(row.returned_to_warehouse),
    };
    match told.kaspi_delivery.get() {
        Some(nested) => Some(read(nested)),
        None => Some(read(&told.flat)).filter(|flat| *flat != Parcel::default()),
    }
}

const fn is(flag: Flag) -> bool {
    matches!(flag.0, Some(true))
}

/// Milliseconds since 1970, within the years that an order can be of.
fn moment(number: Number) -> Option<Timestamp> {
    /// 2014-01-01 and 2100-01-01.
    const YEARS: std::ops::Range<i64> = 1_388_534_400_000..4_102_444_800_000;
    let millis = number.whole().filter(|millis| YEARS.contains(millis))?;
    Some(Timestamp::from_micros(millis * 1_000))
}

/// An amount in tenge, perhaps with tiyn.
fn money(number: Number, what: &str) -> Result<Option<Money>, String> {
    let tiyn = match number {
        Number::Absent => return Ok(None),
        Number::Whole(tenge) => tenge.checked_mul(100),
        Number::Milli(milli) => (milli % 10 == 0).then_some(milli / 10),
        Number::Odd => None,
    };
    match tiyn {
        Some(tiyn) if tiyn >= 0 => Ok(Some(Money::from_tiyn(tiyn))),
        _ => Err(format!("{what} is no amount")),
    }
}

/// Grams above zero; fractions of a gram are left out.
fn grams(number: Number) -> Option<i64> {
    match number {
        Number::Whole(grams) => Some(grams),
        Number::Milli(milli) => Some(milli / 1_000),
        Number::Absent | Number::Odd => None,
    }
    .filter(|grams| *grams > 0)
}
