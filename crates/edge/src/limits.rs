//! An answer must begin in time, and a panic in one request stops nothing else.

use crate::{Edge, Refusal};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sauda_kernel::{Kind, Public};
use std::any::Any;

/// Streams and downloads may go on: only the beginning of an answer is awaited here.
pub(crate) async fn hurry(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let patience = edge.settings().patience(&path);
    match tokio::time::timeout(patience.to_std(), next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let path = crate::furnish::logged(&path);
            tracing::warn!(path, seconds = patience.as_secs(), "no answer in time");
            Refusal::new(Kind::Unavailable, Public::new("too-slow")).into_response()
        }
    }
}

/// The text of a panic goes to the log, never into the answer.
pub(crate) fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no text");
    tracing::error!(panic = text, "a request panicked");
    Refusal::new(Kind::Bug, Public::new("bug")).into_response()
}
