//! Strict readers of what callers send. A wrong field is named; nothing is guessed.

use crate::Refusal;
use axum::extract::{FromRequest, FromRequestParts, Request, rejection::PathRejection};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header, request::Parts};
use sauda_kernel::{Kind, Public};
use serde::de::DeserializeOwned;
use std::fmt::Display;

/// A JSON body. Bodies carry `#[serde(deny_unknown_fields)]`, so that a misspelled field is told.
#[derive(Debug)]
pub struct JsonBody<T>(pub T);

/// A form of a page; repeated names fill lists. Names that the page does not know are ignored.
#[derive(Debug)]
pub struct FormBody<T>(pub T);

/// The part of the address after `?`; repeated names fill lists.
#[derive(Debug)]
pub struct QueryParams<T>(pub T);

/// Parts of the path. An id that cannot be one is "not found", not "invalid".
#[derive(Debug)]
pub struct PathParams<T>(pub T);

fn media_type(headers: &HeaderMap) -> String {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Refusal> {
    Bytes::from_request(request, state)
        .await
        .map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Refusal::new(Kind::Invalid, Public::new("too-large"))
                .with_status(StatusCode::PAYLOAD_TOO_LARGE),
            _ => Refusal::new(Kind::Invalid, Public::new("body-cut")).with_status(StatusCode::BAD_REQUEST),
        })
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let kind = media_type(request.headers());
        if kind != "application/json" && !(kind.starts_with("application/") && kind.ends_with("+json")) {
            let problem = Public::new("not-json").arg("value", kind);
            return Err(Refusal::new(Kind::Invalid, problem).with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let bytes = body(request, state).await?;
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let (path, inner) = (error.path().to_string(), error.into_inner());
            match inner.classify() {
                serde_json::error::Category::Data => Refusal::invalid(vec![field_problem(&path, &inner)]),
                _ => broken_json(&inner),
            }
        })?;
        reader.end().map_err(|error| broken_json(&error))?;
        Ok(Self(read))
    }
}

fn broken_json(error: &serde_json::Error) -> Refusal {
    let problem = Public::new("broken-json")
        .arg("line", error.line())
        .arg("column", error.column());
    Refusal::new(Kind::Invalid, problem).with_status(StatusCode::BAD_REQUEST)
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for FormBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let kind = media_type(request.headers());
        if kind != "application/x-www-form-urlencoded" {
            let problem = Public::new("not-a-form").arg("value", kind);
            return Err(Refusal::new(Kind::Invalid, problem).with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let bytes = body(request, state).await?;
        pairs(&String::from_utf8_lossy(&bytes)).map(Self)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for QueryParams<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refusal> {
        pairs(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

fn pairs<T: DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    let reader = serde_html_form::Deserializer::from_bytes(text.as_bytes());
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let path = error.path().to_string();
        Refusal::invalid(vec![field_problem(&path, &error.into_inner())])
    })
}

/// What serde says, as a code of ours. Its words begin in a fixed way (tested here with each kind); the rest of them is not shown.
fn field_problem(path: &str, error: &impl Display) -> Public {
    let message = error.to_string();
    let quoted = message.split('`').nth(1).unwrap_or_default();
    let under = |name: &str| match path {
        "." | "" => name.to_owned(),
        path => format!("{path}.{name}"),
    };
    let here = if path == "." {
        String::new()
    } else {
        path.replace('[', ".").replace(']', "")
    };
    if message.starts_with("unknown field") {
        let parent = here.rsplit_once('.').map_or(
            "",
            |(parent, last)| if last == quoted { parent } else { here.as_str() },
        );
        let name = if parent.is_empty() {
            quoted.to_owned()
        } else {
            format!("{parent}.{quoted}")
        };
        return Public::new("unknown-field").field(name).arg("name", quoted);
    }
    if message.starts_with("missing field") {
        return Public::new("missing-field")
            .field(under(quoted))
            .arg("name", quoted);
    }
    if message.starts_with("duplicate field") {
        return Public::new("duplicate-field")
            .field(under(quoted))
            .arg("name", quoted);
    }
    if message.starts_with("unknown variant") {
        let (_, expected) = message.split_once("expected ").unwrap_or(("", ""));
        let words = expected
            .split(" at line ")
            .next()
            .unwrap_or_default()
            .trim_start_matches("one of ")
            .replace('`', "");
        return Public::new("unknown-word")
            .field(here)
            .arg("value", quoted)
            .arg("words", words);
    }
    Public::new("wrong-type").field(here)
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for PathParams<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(PathRejection::FailedToDeserializePathParams(_)) => Err(Refusal::no_page()),
            Err(other) => {
                tracing::error!(
                    path = crate::furnish::logged(parts.uri.path()),
                    "the route has no such parts: {other}"
                );
                Err(Refusal::new(Kind::Bug, Public::new("bug")))
            }
        }
    }
}
