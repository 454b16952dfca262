//! Webhooks on their way: signed, posted, repeated by the line's policy, broken on order. Refuses TLS: the desk stands beside this world.

use super::desk::Job;
use crate::{
    control::faults::{FaultKind, Service, Subject},
    locks::lock,
    sim::Sim,
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sauda_kernel::{Clock as _, Span};
use serde_json::{Value, json};
use sha2::Sha512;
use std::{
    collections::VecDeque,
    fmt::Write as _,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::watch,
};

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// Remembered deliveries.
const REMEMBERED: usize = 500;

/// One event for one address.
#[derive(Debug, Clone)]
pub struct Call {
    url: String,
    event: String,
    id: String,
    request: String,
    body: Vec<u8>,
    key: Option<String>,
    headers: Vec<(String, String)>,
    policy: String,
    delay: Span,
    attempts: u32,
    attempt: u32,
}

impl Call {
    /// None for a webhook without an address.
    pub fn to(hook: &Value, event: &str, id: &str, request: &str, body: Vec<u8>) -> Option<Self> {
        let word = |path: &str| hook.pointer(path).and_then(Value::as_str).map(str::to_owned);
        let number = |path: &str| hook.pointer(path).and_then(Value::as_i64);
        let headers = hook.get("customHeaders").and_then(Value::as_array);
        Some(Self {
            url: word("/url")?,
            event: event.to_owned(),
            id: id.to_owned(),
            request: request.to_owned(),
            body,
            key: word("/hmac/key"),
            headers: headers
                .into_iter()
                .flatten()
                .filter_map(|header| {
                    let part = |name: &str| header.get(name).and_then(Value::as_str);
                    Some((part("name")?.to_owned(), part("value")?.to_owned()))
                })
                .collect(),
            policy: word("/retries/policy").unwrap_or_else(|| "constant".to_owned()),
            delay: Span::from_secs(number("/retries/delaySeconds").unwrap_or(2)),
            // Without a policy nobody knows; old servers tried once.
            attempts: u32::try_from(number("/retries/attempts").unwrap_or(1)).unwrap_or(1),
            attempt: 0,
        })
    }

    /// When the next attempt comes; none after the last.
    fn again(&self) -> Option<Span> {
        if self.attempt >= self.attempts {
            return None;
        }
        let times = match self.policy.as_str() {
            "linear" => i64::from(self.attempt),
            "exponential" => 1_i64 << self.attempt.saturating_sub(1).min(10),
            _ => 1,
        };
        Some(Span::from_micros(self.delay.as_micros().saturating_mul(times)))
    }
}

/// What became of one attempt.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub event: String,
    pub id: String,
    pub attempt: u32,
    /// None when nobody answered.
    pub status: Option<u16>,
    pub fault: Option<&'static str>,
}

impl Delivery {
    pub fn to_json(&self) -> Value {
        json!({"event": self.event, "id": self.id, "attempt": self.attempt, "status": self.status, "fault": self.fault})
    }
}

/// The letter box: calls that wait, and what became of those before.
pub struct Post {
    waiting: Mutex<VecDeque<Call>>,
    past: Mutex<VecDeque<Delivery>>,
    /// How many are not done yet.
    open: watch::Sender<usize>,
}

impl Default for Post {
    fn default() -> Self {
        Self {
            waiting: Mutex::default(),
            past: Mutex::default(),
            open: watch::Sender::new(0),
        }
    }
}

impl Post {
    pub fn push(&self, call: Call) {
        lock(&self.waiting).push_back(call);
        self.open.send_modify(|open| *open += 1);
    }

    /// Waits until every webhook that is due has been tried.
    pub async fn quiet(&self) {
        let mut open = self.open.subscribe();
        let _ = open.wait_for(|open| *open == 0).await;
    }

    pub fn past(&self) -> Vec<Delivery> {
        lock(&self.past).iter().cloned().collect()
    }

    fn note(&self, call: &Call, status: Option<u16>, fault: Option<&'static str>) {
        let mut past = lock(&self.past);
        if past.len() >= REMEMBERED {
            past.pop_front();
        }
        past.push_back(Delivery {
            event: call.event.clone(),
            id: call.id.clone(),
            attempt: call.attempt,
            status,
            fault,
        });
    }
}

/// Posts what waits until the world ends.
pub async fn run(sim: Arc<Sim>) {
    let mut ended = sim.ended.subscribe();
    let mut open = sim.whatsapp.post.open.subscribe();
    loop {
        tokio::select! {
            _ = ended.wait_for(|ended| *ended) => return,
            _ = open.wait_for(|open| *open > 0) => {}
        }
        let next = lock(&sim.whatsapp.post.waiting).pop_front();
        let Some(call) = next else {
            // Counted before it was put in, or taken meanwhile.
            tokio::task::yield_now().await;
            continue;
        };
        tokio::select! {
            _ = ended.wait_for(|ended| *ended) => return,
            () = handle(&sim, call) => {}
        }
        sim.whatsapp
            .post
            .open
            .send_modify(|open| *open = open.saturating_sub(1));
    }
}

async fn handle(sim: &Sim, mut call: Call) {
    let subject = Subject {
        service: Service::Webhooks,
        path: &call.event.clone(),
        ..Subject::default()
    };
    let now = sim.clock.limit_now();
    let strike = |kind| sim.faults.strike(kind, &subject, now);
    if strike(FaultKind::LostWebhook).is_some() {
        sim.whatsapp.post.note(&call, None, Some("lost"));
        return;
    }
    if call.attempt == 0
        && let Some(fault) = strike(FaultKind::LateWebhook)
    {
        sim.whatsapp.post.note(&call, None, Some("late"));
        call.attempt = 1;
        plan(
            sim,
            Span::from_millis(i64::try_from(fault.delay_ms).unwrap_or(0)),
            call,
        );
        return;
    }
    call.attempt += 1;
    let forged = strike(FaultKind::ForgedWebhook).map(|_| "forged");
    let status = post(&call, forged.is_some(), sim.clock.now().as_millis()).await;
    sim.whatsapp.post.note(&call, status, forged);
    if strike(FaultKind::DuplicateWebhook).is_some() {
        let again = post(&call, false, sim.clock.now().as_millis()).await;
        sim.whatsapp.post.note(&call, again, Some("duplicate"));
    }
    if !status.is_some_and(|status| (200..300).contains(&status))
        && let Some(wait) = call.again()
    {
        plan(sim, wait, call);
    }
}

fn plan(sim: &Sim, wait: Span, call: Call) {
    let now = sim.clock.now();
    sim.whatsapp
        .act(sim, now, |desk| desk.plan(wait, Job::Retry(Box::new(call))));
}

fn signature(key: &str, body: &[u8]) -> String {
    let Ok(mac) = Hmac::<Sha512>::new_from_slice(key.as_bytes()) else {
        // HMAC takes keys of any length.
        return String::new();
    };
    let mut text = String::with_capacity(128);
    for byte in mac.chain_update(body).finalize().into_bytes() {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// One POST; the status, or none when nobody answered in time.
async fn post(call: &Call, forged: bool, millis: i64) -> Option<u16> {
    let rest = call.url.strip_prefix("http://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let target = if host.contains(':') {
        host.to_owned()
    } else {
        format!("{host}:80")
    };
    let mut head = format!(
        "POST /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\
         X-Webhook-Request-Id: {}\r\nX-Webhook-Timestamp: {millis}\r\n",
        call.body.len(),
        call.request,
    );
    for (name, value) in &call.headers {
        if !name.contains(['\r', '\n', ':']) && !value.contains(['\r', '\n']) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    if let Some(key) = &call.key {
        let key = if forged { "not the key" } else { key.as_str() };
        head.push_str(&format!(
            "X-Webhook-Hmac: {}\r\nX-Webhook-Hmac-Algorithm: sha512\r\n",
            signature(key, &call.body)
        ));
    }
    head.push_str("\r\n");
    let talk = async {
        let mut stream = TcpStream::connect(&target).await.ok()?;
        stream.write_all(head.as_bytes()).await.ok()?;
        stream.write_all(&call.body).await.ok()?;
        let mut answer = Vec::new();
        let mut chunk = [0; 1024];
        while !answer.contains(&b'\n') && answer.len() < 4096 {
            match stream.read(&mut chunk).await {
                Ok(0) | Err(_) => break,
                Ok(read) => answer.extend(chunk.iter().take(read)),
            }
        }
        let line = String::from_utf8_lossy(&answer);
        line.split(' ').nth(1)?.trim().parse().ok()
    };
    tokio::time::timeout(PATIENCE, talk).await.ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_signature_is_ours() {
        let vector: Value =
            serde_json::from_str(include_str!("../../../../fixtures/waha/webhook.hmac.vector.json")).unwrap();
        let body = vector["body"].as_str().unwrap();
        assert_eq!(
            signature(vector["key"].as_str().unwrap(), body.as_bytes()),
            vector["headers"]["X-Webhook-Hmac"].as_str().unwrap()
        );
    }

    #[test]
    fn policies_wait_as_they_are_called() {
        let waits = |policy: &str| {
            let hook =
                json!({"url": "http://x", "retries": {"policy": policy, "delaySeconds": 2, "attempts": 4}});
            let mut call = Call::to(&hook, "message", "evt_1", "r", Vec::new()).unwrap();
            let mut waits = Vec::new();
            loop {
                call.attempt += 1;
                match call.again() {
                    Some(wait) => waits.push(wait.as_secs()),
                    None => return waits,
                }
            }
        };
        assert_eq!(waits("constant"), [2, 2, 2]);
        assert_eq!(waits("linear"), [2, 4, 6]);
        assert_eq!(waits("exponential"), [2, 4, 8]);
        let once = Call::to(
            &json!({"url": "http://x", "retries": null}),
            "message",
            "e",
            "r",
            Vec::new(),
        )
        .unwrap();
        assert_eq!(Call { attempt: 1, ..once }.again(), None);
    }
}
