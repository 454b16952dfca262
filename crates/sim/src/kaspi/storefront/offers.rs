//! All sellers of a card in a city: the answer that is asked for most, written by hand. Refuses to know why prices are so.

use crate::{
    control::{
        counters::Counters,
        faults::{FaultKind, Service, Subject},
    },
    kaspi::{
        storefront::cache::Key,
        wire::{Text, json_bytes, service_error},
    },
    locks::read,
    sim::Sim,
    world::{
        cards::{CardInfo, CardSlot, CardState, Line, Rival, Who},
        cities::CityIx,
        delivery::{self, Promise},
    },
};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use sauda_kernel::{Clock, Span, Timestamp};
use serde::Deserialize;
use std::sync::{Arc, atomic::Ordering};

/// Largest page that is answered; the real threshold lies between 65 and 100.
const LIMIT: u32 = 64;

/// What is read of the question; everything else in it changes nothing here.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Question<'a> {
    #[serde(borrow)]
    city_id: Option<std::borrow::Cow<'a, str>>,
    limit: Option<u32>,
    page: Option<u32>,
    #[serde(rename = "merchantUID")]
    merchants: Option<serde_json::Value>,
    sort_option: Option<String>,
}

/// `POST /yml/offer-view/offers/{card}`
pub async fn offers(State(sim): State<Arc<Sim>>, Path(card): Path<String>, body: Bytes) -> Response {
    let now = sim.clock.now();
    let refuse = |status| service_error(status, &format!("/offers/{card}"), now);
    let Ok(question) = serde_json::from_slice::<Question<'_>>(&body) else {
        return refuse(StatusCode::BAD_REQUEST);
    };
    let limit = question.limit.unwrap_or(5);
    let (Some(city_id), true) = (question.city_id.as_deref(), limit <= LIMIT) else {
        return refuse(StatusCode::BAD_REQUEST);
    };
    Counters::add(&sim.counters.offers_answered);
    let (Some((at, slot)), Some(city)) = (sim.world.card(&card), sim.world.cities.find(city_id)) else {
        return json_bytes(StatusCode::OK, EMPTY);
    };
    let page = question.page.unwrap_or(0);
    let only = wanted_merchants(question.merchants.as_ref());
    let by_price = question.sort_option.as_deref().is_none_or(|sort| sort == "PRICE");
    let plain = only.is_empty() && by_price && !sim.faults.any();
    let key = Key {
        card: at,
        city,
        page: u16::try_from(page).unwrap_or(u16::MAX),
        limit: u16::try_from(limit).unwrap_or(u16::MAX),
    };
    let version = slot.version.load(Ordering::Acquire);
    if plain && let Some(body) = sim.answers.get(key, version, now) {
        return json_bytes(StatusCode::OK, body);
    }
    let asked = Asked {
        city,
        page,
        limit,
        only,
        by_price,
    };
    let body = Bytes::from(render(&sim, slot, &card, &asked, now));
    if plain {
        sim.answers.put(key, version, next_hour(now), body.clone());
    }
    json_bytes(StatusCode::OK, body)
}

/// Anything but POST.
pub async fn wrong_method(State(sim): State<Arc<Sim>>, Path(card): Path<String>) -> Response {
    service_error(
        StatusCode::METHOD_NOT_ALLOWED,
        &format!("/offers/{card}"),
        sim.clock.now(),
    )
}

const EMPTY: &str = r#"{"offers":[],"total":0,"offersCount":0,"pcmResponsePresent":false}"#;

fn next_hour(now: Timestamp) -> Timestamp {
    let hour = Span::from_hours(1).as_micros();
    Timestamp::from_micros((now.as_micros().div_euclid(hour) + 1) * hour)
}

/// `[]`, `""` and null mean everybody.
fn wanted_merchants(value: Option<&serde_json::Value>) -> Vec<String> {
    match value {
        Some(serde_json::Value::String(one)) if !one.is_empty() => vec![one.clone()],
        Some(serde_json::Value::Array(list)) => list
            .iter()
            .filter_map(|one| one.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

struct Asked {
    city: CityIx,
    page: u32,
    limit: u32,
    only: Vec<String>,
    by_price: bool,
}

fn render(sim: &Sim, slot: &CardSlot, card: &str, asked: &Asked, now: Timestamp) -> Vec<u8> {
    let subject = Subject {
        service: Service::Offers,
        card,
        ..Subject::default()
    };
    if sim.fault(FaultKind::EmptyOffers, &subject) {
        return EMPTY.as_bytes().to_vec();
    }
    let state = read(&slot.state);
    let mut ladder = state.ladder(asked.city, &sim.world.sellers);
    if !asked.only.is_empty() {
        ladder.retain(|line| {
            asked
                .only
                .iter()
                .any(|id| id == merchant_id(sim, &state, line.who))
        });
    }
    if !asked.by_price {
        ladder.sort_by_key(|line| std::cmp::Reverse(reviews_of(sim, &state, line.who)));
    }
    let mut total = crate::numbers::index(ladder.len());
    let skip = crate::numbers::place(asked.page.saturating_mul(asked.limit));
    let mut rows: Vec<Line> = ladder
        .into_iter()
        .skip(skip)
        .take(crate::numbers::place(asked.limit))
        .collect();
    if sim.faults.any() {
        spoil(sim, &subject, &mut rows, &mut total);
    }
    let mut out = Text::with_room(rows.len() * 820 + 128);
    out.text(r#"{"offers":["#);
    let title = Titles::of(sim, &slot.info);
    for (at, line) in rows.iter().enumerate() {
        if at > 0 {
            out.text(",");
        }
        row(&mut out, sim, slot, &state, &title, asked.city, line, now);
    }
    out.text(r#"],"total":"#)
        .number(total)
        .text(r#","offersCount":"#)
        .number(total)
        .text(r#","pcmResponsePresent":false}"#);
    out.0
}

fn spoil(sim: &Sim, subject: &Subject<'_>, rows: &mut Vec<Line>, total: &mut u32) {
    if sim.fault(FaultKind::PartialPage, subject) {
        rows.truncate(rows.len() / 2);
    }
    if sim.fault(FaultKind::DuplicateRows, subject) {
        let again = rows.clone();
        rows.extend(again);
    }
    if let Some(fault) = sim
        .faults
        .strike(FaultKind::TotalLies, subject, sim.clock.limit_now())
    {
        *total += u32::try_from(fault.size.unwrap_or(7)).unwrap_or(7);
    }
}

/// The title as some sellers write it and as others do, ready as JSON texts.
struct Titles {
    sku: String,
    category: String,
    whole: String,
    bare: String,
}

impl Titles {
    fn of(sim: &Sim, info: &CardInfo) -> Self {
        let family = sim.world.family(info.family);
        let noun = family.map_or("", |family| family.noun.as_str());
        let bare = info
            .title
            .strip_prefix(noun)
            .map_or(info.title.as_str(), str::trim_start);
        Self {
            sku: info.sku.to_string(),
            category: serde_json::Value::from(family.map_or("", |family| family.code.as_str())).to_string(),
            whole: serde_json::Value::from(info.title.as_str()).to_string(),
            bare: serde_json::Value::from(bare).to_string(),
        }
    }
}

/// What differs between a rival's row and an own one.
struct RowFacts<'a> {
    merchant: &'a str,
    name_json: &'a str,
    sku: RowSku<'a>,
    rating: Option<u8>,
    reviews: u32,
    preorder: u8,
    point: &'a str,
    kaspi_delivery: bool,
    promise: Promise,
    bare_title: bool,
}

enum RowSku<'a> {
    Tail(u32),
    Card,
    Own(&'a str),
}

#[expect(
    clippy::too_many_arguments,
    reason = "one private writer on the hot path; a struct would be built 50 times an answer"
)]
fn row(
    out: &mut Text,
    sim: &Sim,
    slot: &CardSlot,
    state: &CardState,
    title: &Titles,
    city: CityIx,
    line: &Line,
    now: Timestamp,
) {
    match line.who {
        Who::Rival(at) => {
            if let Some(facts) = state
                .rivals
                .get(at)
                .and_then(|rival| rival_facts(sim, rival, city, now))
            {
                write_row(out, title, &facts, line.price);
            }
        }
        Who::Own(at) => {
            let Some(own) = state.own.get(at) else { return };
            let Some(shop) = sim.world.shops.get(usize::from(own.shop)) else {
                return;
            };
            let Some((point, home)) = own.point_for(city) else {
                return;
            };
            let cabinet = read(&shop.state);
            let Some(offer) = cabinet.offers.get(crate::numbers::place(own.offer)) else {
                return;
            };
            let facts = RowFacts {
                merchant: &shop.uid,
                name_json: &shop.name_json,
                sku: RowSku::Own(&offer.sku),
                rating: shop.rating,
                reviews: shop.reviews,
                preorder: own.preorder,
                point,
                kaspi_delivery: true,
                promise: delivery::promise(&sim.world.cities, *home, city, own.preorder, 1, now),
                bare_title: slot.info.sku.is_multiple_of(2),
            };
            write_row(out, title, &facts, line.price);
        }
    }
}

fn rival_facts<'a>(sim: &'a Sim, rival: &Rival, city: CityIx, now: Timestamp) -> Option<RowFacts<'a>> {
    let seller = sim.world.seller(rival.seller)?;
    let card_number_only = rival.suffix.is_multiple_of(9);
    Some(RowFacts {
        merchant: &seller.id,
        name_json: &seller.name_json,
        sku: if card_number_only {
            RowSku::Card
        } else {
            RowSku::Tail(rival.suffix)
        },
        rating: seller.rating,
        reviews: seller.reviews,
        preorder: rival.preorder,
        point: &seller.point,
        kaspi_delivery: seller.kaspi_delivery,
        promise: delivery::promise(
            &sim.world.cities,
            seller.home,
            city,
            rival.preorder,
            seller.salt,
            now,
        ),
        bare_title: rival.suffix.is_multiple_of(2),
    })
}

fn write_row(out: &mut Text, title: &Titles, facts: &RowFacts<'_>, price: u32) {
    out.text(r#"{"masterSku":""#)
        .text(&title.sku)
        .text(r#"","masterCategory":"#)
        .text(&title.category);
    out.text(r#","merchantId":""#)
        .text(facts.merchant)
        .text(r#"","merchantName":"#)
        .text(facts.name_json);
    out.text(r#","merchantSku":""#);
    match facts.sku {
        RowSku::Card => out.text(&title.sku),
        RowSku::Tail(tail) => out.text(&title.sku).text("_").digits(tail, 9),
        RowSku::Own(sku) => out.text(sku),
    };
    out.text("\"");
    if let Some(rating) = facts.rating {
        let tenths = u32::from(rating);
        out.text(r#","merchantReviewsQuantity":"#).number(facts.reviews);
        out.text(r#","merchantRating":"#)
            .number(tenths / 10)
            .text(".")
            .number(tenths % 10);
    }
    out.text(r#","title":"#).text(if facts.bare_title {
        &title.bare
    } else {
        &title.whole
    });
    out.text(r#","price":"#).number(price).text(".0");
    let promise = &facts.promise;
    out.text(r#","delivery":"#)
        .time(promise.delivery)
        .text(r#","deliveryMovedBySlot":false,"kdPickupDate":"#)
        .time(promise.handed_over);
    out.text(r#","availabilityDate":"#).time(promise.available);
    if let Some(pickup) = promise.pickup {
        out.text(r#","pickup":"#).time(pickup);
    }
    out.text(r#","kaspiDelivery":"#)
        .text(if facts.kaspi_delivery { "true" } else { "false" });
    out.text(r#","kdPoints":[""#).text(facts.point).text(r#""]"#);
    if promise.pickup.is_some() {
        out.text(r#","pointsWithAvailability":[""#)
            .text(facts.point)
            .text(r#""]"#);
    }
    out.text(r#","preorder":"#)
        .number(u32::from(facts.preorder))
        .text(r#","locatedInPoint":""#)
        .text(facts.point);
    out.text(r#"","deliveryType":""#)
        .text(promise.kind)
        .text(r#"","deliveryDuration":""#)
        .text(promise.duration);
    out.text(r#"","postomat":"#).time(promise.postomat).text("}");
}

/// The merchant id behind a line of a ladder.
pub fn merchant_id<'a>(sim: &'a Sim, state: &CardState, who: Who) -> &'a str {
    match who {
        Who::Rival(at) => state
            .rivals
            .get(at)
            .and_then(|rival| sim.world.seller(rival.seller))
            .map_or("", |seller| seller.id.as_str()),
        Who::Own(at) => state
            .own
            .get(at)
            .and_then(|own| sim.world.shops.get(usize::from(own.shop)))
            .map_or("", |shop| shop.uid.as_str()),
    }
}

fn reviews_of(sim: &Sim, state: &CardState, who: Who) -> u32 {
    match who {
        Who::Rival(at) => state
            .rivals
            .get(at)
            .and_then(|rival| sim.world.seller(rival.seller))
            .map_or(0, |seller| seller.reviews),
        Who::Own(at) => state
            .own
            .get(at)
            .and_then(|own| sim.world.shops.get(usize::from(own.shop)))
            .map_or(0, |shop| shop.reviews),
    }
}
