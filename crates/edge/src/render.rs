//! Puts refusals into words: RFC 9457 problem documents for programs, pages for people through a hook of the web edge.

use crate::{
    Edge, Identity, Known, Language, Refusal, cookies, format,
    identity::negotiate,
    refusal::Refused,
    words::{Arg, Words},
};
use axum::{
    Json,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use sauda_accounts::Session;
use sauda_kernel::{Kind, Public, Timestamp};
use serde::Serialize;
use std::sync::Arc;
use tower_http::request_id::RequestId;

/// What a page about a refusal may use.
#[derive(Debug, Clone)]
pub struct Told {
    pub language: Language,
    /// Who asked, when it was found out.
    pub person: Option<Arc<Session>>,
    /// Chosen theme before sign-in.
    pub theme: Option<String>,
    pub method: Method,
    /// Path and query.
    pub address: String,
    /// A part of a page was asked for (`HX-Request`).
    pub is_fragment: bool,
    /// For the support: shown with every failure.
    pub request_id: String,
    pub now: Timestamp,
}

/// Draws a refusal for people, or nothing to leave it a problem document. Status and headers are kept by the caller.
pub type RefusalPage = Arc<dyn Fn(&Refusal, &Told) -> Option<Response> + Send + Sync>;

/// Outside of everything that may refuse.
pub(crate) async fn render(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let request_id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let mut told = Told {
        language: negotiate(request.headers(), None),
        person: None,
        theme: cookies::find(request.headers(), cookies::THEME_COOKIE).map(str::to_owned),
        method: request.method().clone(),
        address: request
            .uri()
            .path_and_query()
            .map_or("/", |address| address.as_str())
            .to_owned(),
        is_fragment: request.headers().contains_key("hx-request"),
        request_id,
        now: edge.now(),
    };
    let is_api = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    if let Some(known) = response.extensions().get::<Arc<Known>>() {
        told.language = known.language;
        if let Identity::Person(session) = &known.identity {
            told.person = Some(session.clone());
        }
    }
    let refusal = match response.extensions().get::<Refused>() {
        Some(Refused(refusal)) => refusal.clone(),
        None => match bare(&response) {
            Some(refusal) => Arc::new(refusal),
            None => return response,
        },
    };
    let page = if is_api {
        None
    } else {
        edge.refusal_page().and_then(|page| page(&refusal, &told))
    };
    let drawn = page.unwrap_or_else(|| problem(edge.words(), &refusal, &told));
    merge(drawn, &refusal, response.headers())
}

/// A refusal of a library without words, such as 405 of the router.
fn bare(response: &Response) -> Option<Refusal> {
    use axum::body::HttpBody as _;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error())
        || response.body().size_hint().exact() != Some(0)
    {
        return None;
    }
    let (kind, code) = match status {
        StatusCode::NOT_FOUND => (Kind::NotFound, "no-page"),
        StatusCode::METHOD_NOT_ALLOWED => (Kind::Invalid, "no-method"),
        StatusCode::PAYLOAD_TOO_LARGE => (Kind::Invalid, "too-large"),
        StatusCode::SERVICE_UNAVAILABLE => (Kind::Unavailable, "too-slow"),
        _ if status.is_client_error() => (Kind::Invalid, "bad-request"),
        _ => (Kind::Bug, "bug"),
    };
    Some(Refusal::new(kind, Public::new(code)).with_status(status))
}

/// The drawn body with the status of the refusal and what the inner layers said, such as `Retry-After` and `Set-Cookie`.
fn merge(mut drawn: Response, refusal: &Refusal, inner: &HeaderMap) -> Response {
    if drawn.status() == StatusCode::OK {
        *drawn.status_mut() = refusal.status();
    }
    for (name, value) in inner {
        if name != header::CONTENT_TYPE
            && name != header::CONTENT_LENGTH
            && !drawn.headers().contains_key(name)
        {
            drawn.headers_mut().append(name, value.clone());
        }
    }
    drawn
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    drawn
}

/// RFC 9457, with `code` for programs, `request_id` for the support and `errors` for fields.
#[derive(Serialize)]
struct Problem<'a> {
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    code: &'a str,
    request_id: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem<'a>>,
}

#[derive(Serialize)]
struct FieldProblem<'a> {
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    /// JSON pointer into the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    detail: String,
}

fn problem(words: &Words, refusal: &Refusal, told: &Told) -> Response {
    let code = refusal.code();
    let detail = refusal
        .problems()
        .first()
        .map_or_else(String::new, |first| words.refusal(told.language, first, told.now));
    let errors =
        if refusal.problems().iter().any(|problem| problem.field.is_some()) || refusal.problems().len() > 1 {
            refusal
                .problems()
                .iter()
                .map(|problem| field_problem(words, problem, told))
                .collect()
        } else {
            Vec::new()
        };
    let body = Problem {
        r#type: format!("urn:sauda:problem:{code}"),
        title: words.text(told.language, title_key(refusal.kind()), &[]),
        status: refusal.status().as_u16(),
        detail,
        code,
        request_id: &told.request_id,
        errors,
    };
    let mut response = Json(body).into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    response.headers_mut().insert(
        header::CONTENT_LANGUAGE,
        HeaderValue::from_static(told.language.word()),
    );
    response
}

fn field_problem<'a>(words: &Words, problem: &'a Public, told: &Told) -> FieldProblem<'a> {
    let pointer = problem.field.as_deref().map(|field| {
        let parts: Vec<String> = field
            .split('.')
            .map(|part| part.replace('~', "~0").replace('/', "~1"))
            .collect();
        format!("#/{}", parts.join("/"))
    });
    FieldProblem {
        code: problem.code,
        field: problem.field.as_deref(),
        pointer,
        detail: words.refusal(told.language, problem, told.now),
    }
}

/// Key of the short title of a kind.
pub(crate) const fn title_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Invalid => "kind-invalid",
        Kind::Unauthenticated => "kind-unauthenticated",
        Kind::Forbidden => "kind-forbidden",
        Kind::NotFound => "kind-not-found",
        Kind::Conflict => "kind-conflict",
        Kind::Throttled(_) => "kind-throttled",
        Kind::Unavailable => "kind-unavailable",
        Kind::Bug => "kind-bug",
    }
}

impl Words {
    /// What a refusal says to people in a language. Times among its values are shown as times, counts as numbers,
    /// words of ours (`right`, `what`) by their own texts.
    pub fn refusal(&self, language: Language, problem: &Public, now: Timestamp) -> String {
        let args: Vec<(&str, Arg)> = problem
            .args
            .iter()
            .map(|(name, value)| (*name, self.argument(language, name, value, now)))
            .collect();
        self.text(language, &format!("err-{}", problem.code), &args)
    }

    fn argument(&self, language: Language, name: &str, value: &str, now: Timestamp) -> Arg {
        if matches!(name, "right" | "what") {
            let key = format!("{name}-{value}");
            if self.has(language, &key) {
                return Arg::from(self.text(language, &key, &[]));
            }
        }
        if value.len() >= 20
            && let Ok(at) = Timestamp::parse(value)
        {
            return Arg::from(format::moment(at, now, language));
        }
        // Only names that count something: an article of digits is no number.
        let counts = matches!(
            name,
            "count"
                | "min"
                | "max"
                | "minutes"
                | "seconds"
                | "hours"
                | "days"
                | "left"
                | "line"
                | "low"
                | "high"
                | "largest"
                | "limit"
                | "price"
                | "floor"
                | "ceiling"
                | "step"
        );
        match value.parse::<i64>() {
            Ok(number) if counts => Arg::from(number),
            _ => Arg::from(value),
        }
    }
}
