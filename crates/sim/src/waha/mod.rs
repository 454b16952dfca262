//! The pretend WAHA: lines with QRs, messages with acks, buyers who answer, signed webhooks. Refuses to share a type with our client.

mod actions;
mod buyers;
pub mod control;
mod desk;
mod documents;
pub mod hooks;
mod life;
mod lines;
mod media;
mod phrases;
mod picture;
mod reading;
mod sending;
mod talk;
mod typos;

pub use sending::from_base64;

pub use actions::{Said, SentMessage};
pub use buyers::Temper as BuyerTemper;
pub use desk::{Desk, PersonChange, WhatsappSettings};

use crate::{
    locks::lock,
    sim::Sim,
    world::engine::{Wake, What},
};
use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    middleware::{self, Next},
    response::Response,
    routing::{get, post},
};
use sauda_kernel::Timestamp;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// The state behind the doors, and the letter box of webhooks.
pub struct Whatsapp {
    desk: Mutex<Desk>,
    pub post: hooks::Post,
    key: String,
}

impl Whatsapp {
    pub fn new(seed: u64, key: &str) -> Self {
        Self {
            desk: Mutex::new(Desk::new(seed)),
            post: hooks::Post::default(),
            key: key.to_owned(),
        }
    }

    /// The server's key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// One step at the desk, at a moment; what follows from it is planned and posted after.
    pub fn act<R>(&self, sim: &Sim, now: Timestamp, act: impl FnOnce(&mut Desk) -> R) -> R {
        let (result, plans, calls) = {
            let mut desk = lock(&self.desk);
            desk.now = now;
            let result = act(&mut desk);
            (
                result,
                std::mem::take(&mut desk.plans),
                std::mem::take(&mut desk.calls),
            )
        };
        sim.wake_all(
            plans
                .into_iter()
                .map(|(at, job)| Wake {
                    at,
                    what: What::Whatsapp { job },
                })
                .collect(),
        );
        for call in calls {
            self.post.push(call);
        }
        result
    }

    pub fn look<R>(&self, look: impl FnOnce(&Desk) -> R) -> R {
        look(&lock(&self.desk))
    }
}

/// A planned job is due.
pub fn happen(sim: &Sim, job: u64, now: Timestamp) {
    sim.whatsapp.act(sim, now, |desk| desk.due(job));
}

/// Every call of the server, under `/waha`.
pub fn routes(sim: &Arc<Sim>) -> Router<Arc<Sim>> {
    let api = Router::new()
        .route("/ping", get(lines::ping))
        .route("/health", get(lines::health))
        .route("/api/version", get(lines::version))
        .route("/api/server/version", get(lines::version))
        .route("/api/sessions", get(lines::list).post(lines::create))
        .route(
            "/api/sessions/{session}",
            get(lines::look).put(lines::update).delete(lines::remove),
        )
        .route("/api/sessions/{session}/start", post(lines::start))
        .route("/api/sessions/{session}/stop", post(lines::stop))
        .route("/api/sessions/{session}/restart", post(lines::restart))
        .route("/api/sessions/{session}/logout", post(lines::log_out))
        .route("/api/sessions/{session}/me", get(lines::me))
        .route("/api/{session}/auth/qr", get(lines::qr))
        .route("/api/{session}/auth/request-code", post(lines::pairing_code))
        .route("/api/{session}/new-message-id", get(sending::new_id))
        .route("/api/sendText", post(sending::text))
        .route("/api/sendImage", post(sending::image))
        .route("/api/sendFile", post(sending::file))
        .route("/api/sendLocation", post(sending::location))
        .route("/api/sendSeen", post(sending::seen))
        .route("/api/startTyping", post(sending::typing))
        .route("/api/stopTyping", post(sending::typing))
        .route("/api/contacts/check-exists", get(reading::exists))
        .route("/api/{session}/lids/{lid}", get(reading::lid))
        .route("/api/{session}/chats/{chat}/messages", get(reading::messages))
        .route("/api/files/{name}", get(reading::file))
        .fallback(no_route)
        .layer(middleware::from_fn_with_state(Arc::clone(sim), with_key));
    Router::new().nest("/waha", api)
}

async fn no_route(request: Request) -> Response {
    let text = format!("Cannot {} {}", request.method(), request.uri().path());
    refuse(StatusCode::NOT_FOUND, &text)
}

/// Everything but `ping` and `health` needs the key.
async fn with_key(State(sim): State<Arc<Sim>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let told = request
        .headers()
        .get("x-api-key")
        .and_then(|value| value.to_str().ok())
        .or_else(|| {
            let query = request.uri().query()?;
            query.split('&').find_map(|pair| pair.strip_prefix("x-api-key="))
        });
    if path.ends_with("/ping") || path.ends_with("/health") || told == Some(sim.whatsapp.key()) {
        return next.run(request).await;
    }
    answer(
        StatusCode::UNAUTHORIZED,
        &json!({"message": "Unauthorized", "statusCode": 401}),
    )
}

fn answer(status: StatusCode, body: &Value) -> Response {
    crate::kaspi::wire::json(status, body)
}

fn refuse(status: StatusCode, text: &str) -> Response {
    answer(
        status,
        &json!({"message": text, "error": status.canonical_reason().unwrap_or(""), "statusCode": status.as_u16()}),
    )
}
