//! `If-Match`: the version a caller saw. Refuses a change without it, so that nobody overwrites what they did not see.

use axum::extract::FromRequestParts;
use http::{StatusCode, header, request::Parts};
use sauda_edge::Refusal;
use sauda_kernel::{Kind, Public};

/// The version of the `ETag` that the caller saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct IfMatch(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refusal> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else {
            let refusal = Refusal::new(Kind::Invalid, Public::new("if-match-missing"));
            return Err(refusal.with_status(StatusCode::PRECONDITION_REQUIRED));
        };
        let text = value.to_str().unwrap_or_default().trim();
        let number = text
            .trim_start_matches("W/")
            .trim_matches('"')
            .parse::<i64>()
            .ok()
            .filter(|number| *number >= 0);
        number.map(Self).ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            Refusal::new(Kind::Invalid, Public::new("if-match-wrong").arg("value", shown))
        })
    }
}
