//! `Idempotency-Key` on creation: a repeated request gets the answer of the first, carried out once.

use crate::{Edge, Identity, Known, Refusal, limits};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use sauda_accounts::{Claim, Claimed, Recorded, Scope};
use sauda_kernel::{Kind, Public};
use std::sync::Arc;

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Longest key that is taken.
const KEY_BYTES: usize = 200;
/// Largest answer that is kept. Answers of creation are small.
const ANSWER_BYTES: usize = 1024 * 1024;

/// Inside of `identify`. Acts on `POST /api/…` with the header, by signed-in callers.
pub(crate) async fn once(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let wanted = request.method() == Method::POST
        && request.uri().path().starts_with("/api/")
        && request.headers().contains_key(KEY);
    let scope = request
        .extensions()
        .get::<Arc<Known>>()
        .and_then(|known| match &known.identity {
            Identity::Person(session) => Some(session.scope.clone()),
            Identity::Key(caller) => Some(caller.scope.clone()),
            Identity::Nobody | Identity::AwaitsCode(_) | Identity::BadKey => None,
        });
    let Some(scope) = scope.filter(|_| wanted) else {
        return next.run(request).await;
    };
    match attempt(&edge, &scope, request, next).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

async fn attempt(edge: &Edge, scope: &Scope, request: Request, next: Next) -> Result<Response, Refusal> {
    let key = request
        .headers()
        .get(KEY)
        .and_then(|key| key.to_str().ok())
        .map(str::trim)
        .unwrap_or_default();
    if key.is_empty() || key.len() > KEY_BYTES {
        return Err(Refusal::new(
            Kind::Invalid,
            Public::new("idempotency-key").arg("max", KEY_BYTES),
        ));
    }
    let route = format!(
        "{} {}",
        request.method(),
        request
            .uri()
            .path_and_query()
            .map_or("/", |address| address.as_str())
    );
    let key = key.to_owned();
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, edge.settings().body_bytes).await else {
        return Err(Refusal::new(
            Kind::Invalid,
            Public::new("too-large").arg("max", edge.settings().body_bytes),
        )
        .with_status(StatusCode::PAYLOAD_TOO_LARGE));
    };
    match edge
        .accounts()
        .idempotency_claim(scope, &route, &key, &bytes)
        .await?
    {
        Claimed::Answered(recorded) => Ok(replay(recorded)),
        Claimed::Running => Err(Refusal::new(Kind::Conflict, Public::new("idempotency-running"))),
        Claimed::Differs => Err(Refusal::new(Kind::Invalid, Public::new("idempotency-differs"))),
        Claimed::Fresh(claim) => {
            let edge = edge.clone();
            let act = async move {
                let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
                keep(&edge, &claim, response).await
            };
            // A task of its own: when the caller hangs up or time is over, the act still ends and its answer is kept.
            match tokio::spawn(act).await {
                Ok(response) => response,
                Err(error) if error.is_panic() => Ok(limits::panicked(error.into_panic())),
                Err(_) => Err(Refusal::new(Kind::Unavailable, Public::new("too-slow"))),
            }
        }
    }
}

async fn keep(edge: &Edge, claim: &Claim, response: Response) -> Result<Response, Refusal> {
    // Refusals change nothing, and their words are put in outside of here: the same key may be tried again.
    if !response.status().is_success() {
        edge.accounts().idempotency_give_up(claim).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, ANSWER_BYTES).await else {
        tracing::error!("an answer to be kept cannot be read or is too large");
        return Err(Refusal::new(Kind::Bug, Public::new("bug")));
    };
    let content_type = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let recorded = Recorded {
        status: parts.status.as_u16(),
        content_type: content_type.to_owned(),
        body: bytes.to_vec(),
    };
    // What was asked for is done: a failure to keep the answer must not be told as a failure of the act.
    if let Err(error) = edge.accounts().idempotency_answer(claim, &recorded).await {
        tracing::error!(%error, "an answer could not be kept: a repeated request waits for a quarter of an hour");
    }
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

fn replay(recorded: Recorded) -> Response {
    let mut response = Response::new(Body::from(recorded.body));
    *response.status_mut() = StatusCode::from_u16(recorded.status).unwrap_or(StatusCode::OK);
    if let Ok(kind) = HeaderValue::from_str(&recorded.content_type)
        && !recorded.content_type.is_empty()
    {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
        .headers_mut()
        .insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
