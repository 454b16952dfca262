//! Doors of lines: making, acting, QR. Refuses to keep state; the desk does.

use super::{
    answer,
    desk::{Desk, Session, Status},
    documents, picture, refuse,
};
use crate::{kaspi::wire::with_type, sim::Sim};
use axum::{
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use sauda_kernel::Clock as _;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;

pub type World = State<Arc<Sim>>;

pub fn body_of(body: &Bytes) -> Value {
    if body.is_empty() {
        return Value::Object(Map::new());
    }
    serde_json::from_slice(body).unwrap_or(Value::Null)
}

/// One step at the desk, now.
pub fn at_desk<R>(sim: &Sim, act: impl FnOnce(&mut Desk) -> R) -> R {
    sim.whatsapp.act(sim, sim.clock.now(), act)
}

fn unknown() -> Response {
    refuse(StatusCode::NOT_FOUND, "Session not found")
}

/// The refusal of a line that is not as it must be; none when it is.
pub fn not_as_needed(desk: &Desk, name: &str, needed: Status) -> Option<Response> {
    match desk.sessions.get(name) {
        Some(session) if session.status == needed => None,
        Some(session) if session.status != Status::Stopped => Some(answer(
            StatusCode::UNPROCESSABLE_ENTITY,
            &json!({
                "error": "Session status is not as expected. Try again later or restart the session",
                "session": name,
                "status": session.status.word(),
                "expected": [needed.word()],
            }),
        )),
        _ => Some(refuse(
            StatusCode::NOT_FOUND,
            &format!(
                "We didn't find a session with name '{name}'.\nPlease start it first by using POST /api/sessions/{name}/start request"
            ),
        )),
    }
}

pub async fn ping() -> Response {
    answer(StatusCode::OK, &json!({"message": "pong"}))
}

pub async fn health() -> Response {
    answer(
        StatusCode::OK,
        &json!({"status": "ok", "info": {}, "error": {}, "details": {}}),
    )
}

pub async fn version() -> Response {
    answer(StatusCode::OK, &documents::version())
}

#[derive(Debug, Deserialize)]
pub struct Listed {
    #[serde(default)]
    all: Option<String>,
}

pub async fn list(State(sim): World, Query(asked): Query<Listed>) -> Response {
    let all = asked.all.is_some_and(|all| all == "true");
    let now = sim.clock.now();
    let rows: Vec<Value> = sim.whatsapp.look(|desk| {
        desk.sessions
            .values()
            .filter(|session| all || session.status != Status::Stopped)
            .map(|session| documents::session_info(session, now))
            .collect()
    });
    answer(StatusCode::OK, &Value::Array(rows))
}

pub async fn create(State(sim): World, body: Bytes) -> Response {
    let body = body_of(&body);
    let (status, document) = at_desk(&sim, |desk| {
        let name = match body.get("name") {
            None | Some(Value::Null) => format!("session_{}", desk.luck.hex(10)),
            Some(Value::String(name)) if !name.trim().is_empty() => name.clone(),
            Some(_) => {
                let text =
                    json!({"statusCode": 400, "message": ["name must be a string"], "error": "Bad Request"});
                return (StatusCode::BAD_REQUEST, text);
            }
        };
        if desk.sessions.contains_key(&name) {
            let text = format!("Session '{name}' already exists. Use PUT to update it.");
            return (
                StatusCode::UNPROCESSABLE_ENTITY,
                json!({"message": text, "error": "Unprocessable Entity", "statusCode": 422}),
            );
        }
        desk.make(&name, body.get("config").cloned().unwrap_or_else(|| json!({})));
        if body.get("start") != Some(&Value::Bool(false)) {
            desk.start(&name);
        }
        (
            StatusCode::CREATED,
            desk.sessions
                .get(&name)
                .map(documents::session)
                .unwrap_or_default(),
        )
    });
    answer(status, &document)
}

pub async fn look(State(sim): World, Path(name): Path<String>) -> Response {
    let now = sim.clock.now();
    let info = sim.whatsapp.look(|desk| {
        desk.sessions
            .get(&name)
            .map(|session| documents::session_info(session, now))
    });
    info.map_or_else(unknown, |info| answer(StatusCode::OK, &info))
}

pub async fn update(State(sim): World, Path(name): Path<String>, body: Bytes) -> Response {
    let config = body_of(&body).get("config").cloned().unwrap_or_else(|| json!({}));
    let document = at_desk(&sim, |desk| {
        let session = desk.sessions.get_mut(&name)?;
        session.config = config;
        // A running line restarts with its new configuration.
        if session.status != Status::Stopped {
            desk.stop(&name);
            desk.start(&name);
        }
        desk.sessions.get(&name).map(documents::session)
    });
    document.map_or_else(unknown, |document| answer(StatusCode::OK, &document))
}

pub async fn remove(State(sim): World, Path(name): Path<String>) -> Response {
    at_desk(&sim, |desk| {
        desk.stop(&name);
        desk.sessions.remove(&name);
    });
    with_type(StatusCode::OK, "application/json", "")
}

fn act(sim: &Sim, name: &str, act: impl FnOnce(&mut Desk)) -> Response {
    let document = at_desk(sim, |desk| {
        desk.sessions.get(name)?;
        act(desk);
        desk.sessions.get(name).map(documents::session)
    });
    document.map_or_else(unknown, |document| answer(StatusCode::CREATED, &document))
}

pub async fn start(State(sim): World, Path(name): Path<String>) -> Response {
    act(&sim, &name, |desk| desk.start(&name))
}

pub async fn stop(State(sim): World, Path(name): Path<String>) -> Response {
    act(&sim, &name, |desk| desk.stop(&name))
}

pub async fn restart(State(sim): World, Path(name): Path<String>) -> Response {
    act(&sim, &name, |desk| {
        desk.stop(&name);
        desk.start(&name);
    })
}

pub async fn log_out(State(sim): World, Path(name): Path<String>) -> Response {
    act(&sim, &name, |desk| {
        if let Some(session) = desk.sessions.get_mut(&name) {
            session.linked = None;
        }
        desk.stop(&name);
        desk.start(&name);
    })
}

pub async fn me(State(sim): World, Path(name): Path<String>) -> Response {
    let me = sim.whatsapp.look(|desk| {
        desk.sessions
            .get(&name)
            .filter(|session| session.status == Status::Working)
            .map(documents::me)
    });
    answer(StatusCode::OK, &me.unwrap_or_default())
}

#[derive(Debug, Deserialize)]
pub struct Form {
    #[serde(default)]
    format: Option<String>,
}

pub async fn qr(
    State(sim): World,
    Path(name): Path<String>,
    Query(form): Query<Form>,
    headers: HeaderMap,
) -> Response {
    let found = sim
        .whatsapp
        .look(|desk| match not_as_needed(desk, &name, Status::ScanQrCode) {
            Some(refusal) => Err(Box::new(refusal)),
            None => Ok(desk
                .sessions
                .get(&name)
                .map(|session| session.qr.clone())
                .unwrap_or_default()),
        });
    let value = match found {
        Ok(value) => value,
        Err(refusal) => return *refusal,
    };
    if form.format.as_deref() == Some("raw") {
        return answer(StatusCode::OK, &json!({"value": value}));
    }
    let png = picture::png(&value).unwrap_or_default();
    let wants_json = headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"));
    if wants_json {
        let data = crate::waha::sending::base64(&png);
        return answer(StatusCode::OK, &json!({"mimetype": "image/png", "data": data}));
    }
    with_type(StatusCode::OK, "image/png", png)
}

pub async fn pairing_code(State(sim): World, Path(name): Path<String>, body: Bytes) -> Response {
    let phone = body_of(&body);
    let phone = phone.get("phoneNumber").and_then(Value::as_str).unwrap_or("");
    if !phone.bytes().all(|byte| byte.is_ascii_digit()) || phone.len() < 8 {
        return answer(
            StatusCode::BAD_REQUEST,
            &json!({"statusCode": 400, "message": ["phoneNumber should not be empty"], "error": "Bad Request"}),
        );
    }
    let outcome = at_desk(&sim, |desk| {
        match not_as_needed(desk, &name, Status::ScanQrCode) {
            Some(refusal) => Err(Box::new(refusal)),
            None => Ok(desk.luck.hex(8).to_uppercase()),
        }
    });
    match outcome {
        Err(refusal) => *refusal,
        Ok(code) => {
            let (head, tail) = code.split_at_checked(4).unwrap_or((&code, ""));
            answer(StatusCode::CREATED, &json!({"code": format!("{head}-{tail}")}))
        }
    }
}

/// The line of this name, working; its refusal otherwise.
pub fn working<'a>(desk: &'a Desk, name: &str) -> Result<&'a Session, Box<Response>> {
    if let Some(refusal) = not_as_needed(desk, name, Status::Working) {
        return Err(Box::new(refusal));
    }
    desk.sessions.get(name).ok_or_else(|| Box::new(unknown()))
}
