//! `/_sim/api/*`: the JSON doors of control. Refuses to decide; every door is one call of an action or a view.

use crate::{
    control::{
        actions::{Missing, OfferChange, RivalChange},
        counters::Counters,
        faults::Fault,
        settings::SettingsPatch,
        views,
    },
    kaspi::wire::json,
    locks::read,
    options::Speed,
    sim::Sim,
};
use axum::{
    body::Bytes,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use sauda_kernel::{Span, Timestamp};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::sync::Arc;

type World = State<Arc<Sim>>;

fn ok(value: &Value) -> Response {
    json(StatusCode::OK, value)
}

fn done(outcome: Result<(), Missing>) -> Response {
    match outcome {
        Ok(()) => ok(&json!({"done": true})),
        Err(missing) => json(StatusCode::NOT_FOUND, &json!({"error": missing.to_string()})),
    }
}

/// Reads a body; an empty one is `{}`.
fn read_body<T: DeserializeOwned>(body: &Bytes) -> Result<T, Box<Response>> {
    let bytes: &[u8] = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(bytes).map_err(|error| {
        Box::new(json(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({"error": error.to_string()}),
        ))
    })
}

pub async fn world(State(sim): World) -> Response {
    ok(&views::world(&sim))
}

pub async fn settings(State(sim): World) -> Response {
    ok(&read(&sim.settings).to_json())
}

pub async fn change_settings(State(sim): World, body: Bytes) -> Response {
    match read_body::<SettingsPatch>(&body) {
        Err(refusal) => *refusal,
        Ok(patch) => {
            sim.change_settings(&patch);
            ok(&read(&sim.settings).to_json())
        }
    }
}

pub async fn clock(State(sim): World) -> Response {
    ok(&views::clock(&sim))
}

/// `{"speed":"60"}`, `{"speed":"stepped"}`, `{"step_ms":5000}`, `{"advance_to":"2026-…Z"}`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockChange {
    speed: Option<String>,
    step_ms: Option<i64>,
    advance_to: Option<String>,
}

pub async fn change_clock(State(sim): World, body: Bytes) -> Response {
    let change = match read_body::<ClockChange>(&body) {
        Ok(change) => change,
        Err(refusal) => return *refusal,
    };
    let refuse = |text: String| json(StatusCode::UNPROCESSABLE_ENTITY, &json!({"error": text}));
    if let Some(speed) = &change.speed {
        match speed.parse::<Speed>() {
            Ok(speed) => sim.set_speed(speed),
            Err(error) => return refuse(error.to_string()),
        }
    }
    let mut by = Span::from_millis(change.step_ms.unwrap_or(0));
    if let Some(text) = &change.advance_to {
        match Timestamp::parse(text) {
            Ok(target) => by = target.since(sim.now()),
            Err(error) => return refuse(error.to_string()),
        }
    }
    if by < Span::ZERO {
        return refuse("the clock of this world does not go back".to_owned());
    }
    if by > Span::ZERO {
        let world = Arc::clone(&sim);
        if tokio::task::spawn_blocking(move || world.step(by)).await.is_err() {
            return json(
                StatusCode::INTERNAL_SERVER_ERROR,
                &json!({"error": "the step failed"}),
            );
        }
    }
    ok(&views::clock(&sim))
}

#[derive(Debug, Deserialize)]
pub struct Receiver {
    login: Option<String>,
}

pub async fn codes(State(sim): World, Query(receiver): Query<Receiver>) -> Response {
    ok(&json!(sim.identity.codes(receiver.login.as_deref())))
}

pub async fn counters(State(sim): World) -> Response {
    ok(&views::counters(&sim))
}

pub async fn reset_counters(State(sim): World) -> Response {
    Counters::reset(&sim.counters);
    sim.read_limit.reset();
    sim.change_limit.reset();
    done(Ok(()))
}

pub async fn faults(State(sim): World) -> Response {
    ok(&json!(sim.faults.list()))
}

pub async fn add_fault(State(sim): World, body: Bytes) -> Response {
    match read_body::<Fault>(&body) {
        Err(refusal) => *refusal,
        Ok(fault) => ok(&json!({"id": sim.add_fault(fault)})),
    }
}

pub async fn clear_faults(State(sim): World) -> Response {
    sim.clear_faults();
    done(Ok(()))
}

pub async fn remove_fault(State(sim): World, Path(id): Path<u64>) -> Response {
    if sim.remove_fault(id) {
        done(Ok(()))
    } else {
        json(StatusCode::NOT_FOUND, &json!({"error": format!("no fault {id}")}))
    }
}

pub async fn end_sessions(State(sim): World, body: Bytes) -> Response {
    match read_body::<Receiver>(&body) {
        Err(refusal) => *refusal,
        Ok(receiver) => match sim.end_sessions(receiver.login.as_deref()) {
            Ok(ended) => ok(&json!({"ended": ended})),
            Err(missing) => done(Err(missing)),
        },
    }
}

#[derive(Debug, Deserialize)]
pub struct LedgerQuestion {
    merchant: Option<String>,
    sku: Option<String>,
    #[serde(default)]
    from: usize,
}

pub async fn ledger(State(sim): World, Query(asked): Query<LedgerQuestion>) -> Response {
    let rows: Vec<Value> = sim
        .ledger
        .list(asked.merchant.as_deref(), asked.sku.as_deref(), asked.from)
        .iter()
        .map(|(at, entry)| views::ledger_entry(&sim, *at, entry))
        .collect();
    ok(&Value::Array(rows))
}

#[derive(Debug, Deserialize)]
pub struct From {
    #[serde(default)]
    from: usize,
}

pub async fn sales(State(sim): World, Query(asked): Query<From>) -> Response {
    ok(&views::sales(&sim, asked.from))
}

pub async fn moves(State(sim): World, Query(asked): Query<From>) -> Response {
    ok(&views::moves(&sim, asked.from))
}

#[derive(Debug, Deserialize)]
pub struct CardsQuestion {
    text: Option<String>,
    #[serde(default)]
    own: bool,
    limit: Option<usize>,
}

pub async fn cards(State(sim): World, Query(asked): Query<CardsQuestion>) -> Response {
    let text = asked.text.unwrap_or_default().to_lowercase();
    let mut rows = Vec::new();
    for at in &sim.world.popular {
        let Some(slot) = sim.world.card_at(*at) else {
            continue;
        };
        if rows.len() >= asked.limit.unwrap_or(50) {
            break;
        }
        let state = read(&slot.state);
        if (asked.own && state.own.is_empty()) || !slot.info.title.to_lowercase().contains(&text) {
            continue;
        }
        rows.push(json!({"card": slot.info.sku.to_string(), "title": slot.info.title, "level": slot.info.level, "rivals": state.rivals.len(), "own": state.own.len()}));
    }
    ok(&Value::Array(rows))
}

#[derive(Debug, Deserialize)]
pub struct InCity {
    city: Option<String>,
}

pub async fn card(State(sim): World, Path(card): Path<String>, Query(asked): Query<InCity>) -> Response {
    match views::card(&sim, &card, asked.city.as_deref().unwrap_or("750000000")) {
        Some(view) => ok(&view),
        None => json(
            StatusCode::NOT_FOUND,
            &json!({"error": format!("no card {card:?} or city in this world")}),
        ),
    }
}

pub async fn add_rival(
    State(sim): World,
    Path(card): Path<String>,
    Query(asked): Query<NewRival>,
    body: Bytes,
) -> Response {
    match read_body::<RivalChange>(&body) {
        Err(refusal) => *refusal,
        Ok(change) => match sim.add_rival(&card, asked.merchant.as_deref(), &change) {
            Ok(merchant) => ok(&json!({"merchant": merchant})),
            Err(missing) => done(Err(missing)),
        },
    }
}

#[derive(Debug, Deserialize)]
pub struct NewRival {
    merchant: Option<String>,
}

pub async fn change_rival(
    State(sim): World,
    Path((card, merchant)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    match read_body::<RivalChange>(&body) {
        Err(refusal) => *refusal,
        Ok(change) => done(sim.change_rival(&card, &merchant, &change)),
    }
}

pub async fn remove_rival(State(sim): World, Path((card, merchant)): Path<(String, String)>) -> Response {
    done(sim.remove_rival(&card, &merchant))
}

pub async fn shop_offers(State(sim): World, Path(uid): Path<String>) -> Response {
    match views::shop_offers(&sim, &uid) {
        Some(view) => ok(&view),
        None => json(
            StatusCode::NOT_FOUND,
            &json!({"error": format!("no shop {uid:?} in this world")}),
        ),
    }
}

pub async fn change_offer(
    State(sim): World,
    Path((uid, sku)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    match read_body::<OfferChange>(&body) {
        Err(refusal) => *refusal,
        Ok(change) => done(sim.change_offer(&uid, &sku, &change)),
    }
}

/// `{"enabled":false}`, `{"gone":true}`, `{"city":"351010000"}` for a new point
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointChange {
    enabled: Option<bool>,
    #[serde(default)]
    gone: bool,
    city: Option<String>,
}

pub async fn change_point(
    State(sim): World,
    Path((uid, code)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    match read_body::<PointChange>(&body) {
        Err(refusal) => *refusal,
        Ok(PointChange { city: Some(city), .. }) => done(sim.add_point(&uid, &code, &city)),
        Ok(change) => done(sim.change_point(&uid, &code, change.enabled.unwrap_or(true), change.gone)),
    }
}

#[derive(Debug, Default, Deserialize)]
pub struct Ban {
    /// Absent lifts the ban.
    seconds: Option<i64>,
}

pub async fn ban_shop(State(sim): World, Path(uid): Path<String>, body: Bytes) -> Response {
    match read_body::<Ban>(&body) {
        Err(refusal) => *refusal,
        Ok(ban) => done(sim.ban_shop(&uid, ban.seconds.map(Span::from_secs))),
    }
}
