//! The pretend Bot API: chats, cards with buttons, presses, long polling, limits. Refuses to share a type with our client.

mod actions;
pub mod control;
mod desk;
mod limits;
mod markup;
mod methods;
mod params;

pub use actions::{BotMessage, TelegramPerson};
pub use desk::Desk;

use crate::{kaspi::wire::json as reply, locks::lock, sim::Sim};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Request, State},
    http::StatusCode,
    response::Response,
    routing::any,
};
use sauda_kernel::{Clock as _, Timestamp};
use serde_json::{Value, json};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};
use tokio::sync::Notify;

/// One bot and everybody it can talk with.
pub struct Telegram {
    desk: Mutex<Desk>,
    /// Rings when an update is there or another poller came.
    bell: Notify,
    /// Pollers whose answer is held back.
    held: AtomicUsize,
    token: String,
}

/// A refusal of the API.
#[derive(Debug, Clone)]
pub struct Refusal {
    pub code: u16,
    pub words: String,
    pub parameters: Option<Value>,
}

impl Refusal {
    pub fn new(code: u16, words: impl Into<String>) -> Self {
        Self {
            code,
            words: words.into(),
            parameters: None,
        }
    }
    /// 400, as most are.
    pub fn bad(words: &str) -> Self {
        Self::new(400, format!("Bad Request: {words}"))
    }
}

impl Telegram {
    pub fn new(token: &str, born: Timestamp) -> Self {
        Self {
            desk: Mutex::new(Desk::new(token, born)),
            bell: Notify::new(),
            held: AtomicUsize::new(0),
            token: token.to_owned(),
        }
    }

    pub fn token(&self) -> &str {
        &self.token
    }

    /// One step at the desk, now; whoever polls hears of it.
    pub fn act<R>(&self, sim: &Sim, act: impl FnOnce(&mut Desk) -> R) -> R {
        let result = {
            let mut desk = lock(&self.desk);
            desk.now = sim.clock.now();
            act(&mut desk)
        };
        self.bell.notify_waiters();
        result
    }

    pub fn look<R>(&self, look: impl FnOnce(&Desk) -> R) -> R {
        look(&lock(&self.desk))
    }

    pub fn held(&self) -> usize {
        self.held.load(Ordering::Acquire)
    }
}

pub fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route("/telegram/{bot}/{method}", any(call))
        .layer(DefaultBodyLimit::max(60 * 1024 * 1024))
}

fn refused(refusal: &Refusal) -> Response {
    let mut body = json!({"ok": false, "error_code": refusal.code, "description": refusal.words});
    if let (Some(parameters), Value::Object(members)) = (&refusal.parameters, &mut body) {
        members.insert("parameters".to_owned(), parameters.clone());
    }
    let status = StatusCode::from_u16(refusal.code).unwrap_or(StatusCode::BAD_REQUEST);
    reply(status, &body)
}

fn is_token(token: &str) -> bool {
    token.split_once(':').is_some_and(|(id, rest)| {
        !id.is_empty()
            && id.bytes().all(|byte| byte.is_ascii_digit())
            && rest.len() == 35
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    })
}

async fn call(
    State(sim): State<Arc<Sim>>,
    Path((bot, method)): Path<(String, String)>,
    request: Request,
) -> Response {
    let Some(token) = bot.strip_prefix("bot").filter(|token| is_token(token)) else {
        return refused(&Refusal::new(404, "Not Found"));
    };
    if token != sim.telegram.token() {
        return refused(&Refusal::new(401, "Unauthorized"));
    }
    let params = match params::read(request).await {
        Ok(params) => params,
        Err(refusal) => return refused(&refusal),
    };
    let method = method.to_ascii_lowercase();
    let outcome = if method == "getupdates" {
        updates(&sim, &params).await
    } else {
        let limit_now = sim.clock.limit_now();
        sim.telegram
            .act(&sim, |desk| methods::perform(desk, &method, &params, limit_now))
    };
    match outcome {
        Ok(result) => reply(StatusCode::OK, &json!({"ok": true, "result": result})),
        Err(refusal) => refused(&refusal),
    }
}

/// Holds the answer back until something happened, the time is over, or another poller comes.
async fn updates(sim: &Arc<Sim>, params: &params::Params) -> Result<Value, Refusal> {
    let wait = params.number("timeout").unwrap_or(0).clamp(0, 50);
    let until =
        tokio::time::Instant::now() + std::time::Duration::from_secs(u64::try_from(wait).unwrap_or(0));
    let turn = sim.telegram.act(sim, |desk| desk.begin_poll(params))?;
    let mut ended = sim.ended.subscribe();
    loop {
        let bell = sim.telegram.bell.notified();
        tokio::pin!(bell);
        bell.as_mut().enable();
        if let Some(list) = sim.telegram.look(|desk| desk.poll(turn))? {
            return Ok(list);
        }
        let held = Held::new(&sim.telegram.held);
        tokio::select! {
            () = bell => {}
            () = tokio::time::sleep_until(until) => return Ok(json!([])),
            _ = ended.wait_for(|ended| *ended) => return Ok(json!([])),
        }
        drop(held);
    }
}

/// Counts a held answer, also when its caller hangs up.
struct Held<'a>(&'a AtomicUsize);

impl<'a> Held<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::AcqRel);
        Self(count)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}
