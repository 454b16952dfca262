//! `/_sim/api/whatsapp/*`: looking at the pretend WhatsApp and meddling with it. Refuses to be part of the wire.

use super::{
    actions::Said,
    desk::{PersonChange, WhatsappSettings},
    lines::World,
};
use crate::{control::actions::Missing, kaspi::wire::json as reply, sim::Sim};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::sync::Arc;

pub fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route("/_sim/api/whatsapp", get(look))
        .route("/_sim/api/whatsapp/settings", get(settings).post(change_settings))
        .route("/_sim/api/whatsapp/sent", get(sent))
        .route("/_sim/api/whatsapp/heard", get(heard))
        .route("/_sim/api/whatsapp/webhooks", get(webhooks))
        .route("/_sim/api/whatsapp/messages", post(say))
        .route("/_sim/api/whatsapp/people/{number}", post(person))
        .route("/_sim/api/whatsapp/sessions/{session}/scan", post(scan))
        .route("/_sim/api/whatsapp/sessions/{session}/unlink", post(unlink))
        .route("/_sim/api/whatsapp/sessions/{session}/drop", post(drop_line))
}

fn read_body<T: DeserializeOwned>(body: &Bytes) -> Result<T, Box<Response>> {
    let bytes: &[u8] = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(bytes).map_err(|error| {
        Box::new(reply(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({"error": error.to_string()}),
        ))
    })
}

fn done(outcome: Result<Value, Missing>) -> Response {
    match outcome {
        Ok(value) => reply(StatusCode::OK, &value),
        Err(missing) => reply(StatusCode::NOT_FOUND, &json!({"error": missing.to_string()})),
    }
}

async fn look(State(sim): World) -> Response {
    reply(StatusCode::OK, &overview(&sim))
}

/// Lines with their states and QRs, and the server's address and key.
pub fn overview(sim: &Sim) -> Value {
    let (base, key) = (format!("{}/waha", sim.base()), sim.whatsapp.key());
    sim.whatsapp.look(|desk| {
        let lines: Vec<Value> = desk
            .sessions
            .values()
            .map(|session| {
                json!({
                    "name": session.name, "status": session.status.word(), "number": session.linked.as_ref().map(|linked| linked.number.clone()),
                    "qr": Some(&session.qr).filter(|qr| !qr.is_empty()), "qr_turn": session.qr_turn, "banned": session.is_banned,
                    "talks": session.talks.len(),
                })
            })
            .collect();
        json!({"url": base, "key": key, "sessions": lines, "sent": desk.sent.len(), "heard": desk.heard.len(), "settings": desk.settings})
    })
}

async fn settings(State(sim): World) -> Response {
    reply(StatusCode::OK, &sim.whatsapp.look(|desk| json!(desk.settings)))
}

async fn change_settings(State(sim): World, body: Bytes) -> Response {
    // Members that are left out stay.
    let patch: Value = match read_body(&body) {
        Err(refusal) => return *refusal,
        Ok(patch) => patch,
    };
    let mut whole = sim.whatsapp.look(|desk| json!(desk.settings));
    if let (Some(whole), Some(patch)) = (whole.as_object_mut(), patch.as_object()) {
        whole.extend(patch.clone());
    }
    match serde_json::from_value::<WhatsappSettings>(whole) {
        Err(error) => reply(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({"error": error.to_string()}),
        ),
        Ok(settings) => {
            sim.whatsapp_settings(settings);
            reply(StatusCode::OK, &json!(settings))
        }
    }
}

#[derive(Debug, Deserialize)]
struct From {
    #[serde(default)]
    from: usize,
}

async fn sent(State(sim): World, Query(asked): Query<From>) -> Response {
    reply(StatusCode::OK, &sim.whatsapp_ledger(asked.from))
}

async fn heard(State(sim): World, Query(asked): Query<From>) -> Response {
    reply(StatusCode::OK, &sim.whatsapp_heard(asked.from))
}

async fn webhooks(State(sim): World) -> Response {
    let rows: Vec<Value> = sim
        .whatsapp
        .post
        .past()
        .iter()
        .map(super::hooks::Delivery::to_json)
        .collect();
    reply(StatusCode::OK, &Value::Array(rows))
}

async fn say(State(sim): World, body: Bytes) -> Response {
    match read_body::<Said>(&body) {
        Err(refusal) => *refusal,
        Ok(said) => done(sim.whatsapp_say(&said).map(|id| json!({"id": id}))),
    }
}

async fn person(State(sim): World, Path(number): Path<String>, body: Bytes) -> Response {
    match read_body::<PersonChange>(&body) {
        Err(refusal) => *refusal,
        Ok(change) => {
            sim.whatsapp_person(&number, change);
            done(Ok(json!({"done": true})))
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phone {
    #[serde(default = "some_number")]
    number: String,
}

fn some_number() -> String {
    "77000000001".to_owned()
}

async fn scan(State(sim): World, Path(session): Path<String>, body: Bytes) -> Response {
    match read_body::<Phone>(&body) {
        Err(refusal) => *refusal,
        Ok(phone) => done(
            sim.whatsapp_scan(&session, &phone.number)
                .map(|()| json!({"done": true})),
        ),
    }
}

async fn unlink(State(sim): World, Path(session): Path<String>) -> Response {
    sim.whatsapp_unlink(&session);
    done(Ok(json!({"done": true})))
}

async fn drop_line(State(sim): World, Path(session): Path<String>) -> Response {
    sim.whatsapp_drop(&session);
    done(Ok(json!({"done": true})))
}
