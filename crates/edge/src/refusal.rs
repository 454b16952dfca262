//! A refusal on its way out: the kind, the public codes, never inner text. Words are put in by `render`.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use sauda_kernel::{Failure, Kind, Public, Span};
use std::{error::Error, sync::Arc};

/// Any failure, ready to be told. Made with `?` from every error of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    kind: Kind,
    status: StatusCode,
    problems: Vec<Public>,
}

/// Kept in the response for `render`, which knows the language.
#[derive(Clone)]
pub(crate) struct Refused(pub Arc<Refusal>);

impl<E: Failure> From<E> for Refusal {
    fn from(error: E) -> Self {
        let kind = error.kind();
        let mut problems = error.public();
        log(
            kind,
            &error,
            problems.first().map_or("bug", |problem| problem.code),
        );
        if problems.is_empty() || kind == Kind::Bug {
            problems = vec![Public::new("bug")];
        }
        Self {
            kind,
            status: status(kind),
            problems,
        }
    }
}

/// Once, with the whole chain of causes.
fn log(kind: Kind, error: &dyn Error, code: &'static str) {
    let mut chain = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        chain.push_str(": ");
        chain.push_str(&inner.to_string());
        cause = inner.source();
    }
    match kind {
        Kind::Bug => tracing::error!(code, "{chain}"),
        Kind::Unavailable => tracing::warn!(code, "{chain}"),
        Kind::Conflict | Kind::Throttled(_) => tracing::info!(code, "{chain}"),
        Kind::Invalid | Kind::Unauthenticated | Kind::Forbidden | Kind::NotFound => {
            tracing::debug!(code, "{chain}")
        }
    }
}

const fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Throttled(_) => StatusCode::TOO_MANY_REQUESTS,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Bug => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl Refusal {
    /// A refusal of the edge itself.
    pub fn new(kind: Kind, problem: Public) -> Self {
        Self {
            kind,
            status: status(kind),
            problems: vec![problem],
        }
    }

    /// Several fields at once.
    pub fn invalid(problems: Vec<Public>) -> Self {
        Self {
            kind: Kind::Invalid,
            status: StatusCode::UNPROCESSABLE_ENTITY,
            problems,
        }
    }

    /// The same with a status that the table of kinds does not have, such as 413.
    #[must_use]
    pub const fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Nothing has this address.
    pub fn no_page() -> Self {
        Self::new(Kind::NotFound, Public::new("no-page"))
    }

    pub const fn kind(&self) -> Kind {
        self.kind
    }
    pub const fn status(&self) -> StatusCode {
        self.status
    }
    pub fn problems(&self) -> &[Public] {
        &self.problems
    }
    /// Code of the first problem: what programs compare.
    pub fn code(&self) -> &'static str {
        self.problems.first().map_or("bug", |problem| problem.code)
    }

    /// When to come back, in whole seconds.
    pub fn retry_after(&self) -> Option<i64> {
        match self.kind {
            Kind::Throttled(wait) => Some(whole_seconds(wait)),
            Kind::Unavailable => Some(5),
            Kind::Invalid
            | Kind::Unauthenticated
            | Kind::Forbidden
            | Kind::NotFound
            | Kind::Conflict
            | Kind::Bug => None,
        }
    }
}

fn whole_seconds(wait: Span) -> i64 {
    ((wait.as_micros() + 999_999) / 1_000_000).max(1)
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(seconds) = self.retry_after() {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(Refused(Arc::new(self)));
        response
    }
}
