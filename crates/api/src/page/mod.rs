//! The documentation page and the description as a file: drawn on the server, without script and without other hosts.

mod draw;
mod operation;
mod types;

use crate::{
    ApiState,
    describe::{Op, open},
    router,
};
use axum::{
    Router,
    body::Body,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderValue, header};
use sauda_edge::Visit;

const STYLE: &str = include_str!("style.css");

/// Public on purpose: the page tells nothing about anybody.
pub(crate) fn routes() -> Router<ApiState> {
    Router::new()
        .route("/api/docs", get(show))
        .route("/api/docs/style.css", get(style))
}

async fn show(visit: Visit, State(state): State<ApiState>) -> Response {
    let text = draw::page(
        router::document(),
        state.edge.words(),
        visit.language,
        &state.edge.settings().public_url,
    );
    typed(text, "text/html; charset=utf-8")
}

async fn style() -> Response {
    typed(STYLE.to_owned(), "text/css; charset=utf-8")
}

pub(crate) fn openapi_op() -> Op {
    open("show_openapi", "This description in OpenAPI 3.1").gives_file(&["application/json"])
}

/// The description for programs.
pub(crate) async fn openapi() -> Response {
    typed(router::openapi_json(), "application/json")
}

fn typed(text: String, content_type: &'static str) -> Response {
    let mut response = Body::from(text).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
