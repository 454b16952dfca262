//! `/_sim/api/mail`: the letters that were taken. Refuses to change them.

use crate::{kaspi::wire::json as reply, sim::Sim};
use axum::{Router, extract::State, http::StatusCode, response::Response, routing::get};
use serde_json::{Value, json};
use std::sync::Arc;

pub fn routes() -> Router<Arc<Sim>> {
    Router::new().route("/_sim/api/mail", get(look).delete(clear))
}

/// Where letters go, and those that came.
pub fn overview(sim: &Sim) -> Value {
    let letters: Vec<Value> = sim.letters().iter().map(super::Letter::to_json).collect();
    json!({"smtp": sim.mail_address().map(|address| address.to_string()), "letters": letters})
}

async fn look(State(sim): State<Arc<Sim>>) -> Response {
    reply(StatusCode::OK, &overview(&sim))
}

async fn clear(State(sim): State<Arc<Sim>>) -> Response {
    sim.mail.clear();
    reply(StatusCode::OK, &json!({"done": true}))
}
