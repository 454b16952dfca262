//! The public address of a price list: whoever knows it gets the whole list, "unchanged", or "later". Refuses to say why it is "later".

use super::http_date;
use crate::door::Desk;
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::{StreamExt as _, stream};
use sauda_catalog::{FeedAnswer, FeedList, Fetcher, RETRY_AFTER};
use sauda_edge::{PathParams, Visit};
use sauda_kernel::Span;

/// When the database does not answer.
const SOON: Span = Span::from_mins(1);

/// Public on purpose: the marketplace has no account here. The word in the address is the permission.
pub(super) async fn list(
    State(desk): State<Desk>,
    visit: Visit,
    method: Method,
    PathParams(file): PathParams<String>,
    headers: HeaderMap,
) -> Response {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &axum::http::HeaderValue| value.to_str().ok())
    };
    let fetcher = Fetcher {
        address: visit.visitor.address.clone(),
        agent: text(header::USER_AGENT).unwrap_or_default().to_owned(),
        if_none_match: text(header::IF_NONE_MATCH).map(str::to_owned),
        if_modified_since: text(header::IF_MODIFIED_SINCE).and_then(http_date::read),
        head_only: method == Method::HEAD,
    };
    let word = file.strip_suffix(".xml").unwrap_or_default();
    match desk.feeds.fetch(word, &fetcher).await {
        Ok(FeedAnswer::Unknown) => {
            (StatusCode::NOT_FOUND, "there is nothing at this address\n").into_response()
        }
        Ok(FeedAnswer::Held(_)) => later(RETRY_AFTER),
        Ok(FeedAnswer::Unchanged { etag, changed_at }) => (
            StatusCode::NOT_MODIFIED,
            [
                (header::ETAG, format!("\"{etag}\"")),
                (header::LAST_MODIFIED, http_date::write(changed_at)),
            ],
        )
            .into_response(),
        Ok(FeedAnswer::List(list)) => whole(*list),
        Err(error) => {
            tracing::warn!(
                error = sauda_kernel::chain(&error),
                "a price list cannot be written now: the fetcher comes again"
            );
            later(SOON)
        }
    }
}

fn later(wait: Span) -> Response {
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::RETRY_AFTER, wait.as_secs().to_string())],
        "no whole list now: come again\n",
    )
        .into_response()
}

fn whole(list: FeedList) -> Response {
    let facts = [
        (header::CONTENT_TYPE, "application/xml; charset=utf-8".to_owned()),
        (header::ETAG, format!("\"{}\"", list.etag)),
        (header::LAST_MODIFIED, http_date::write(list.changed_at)),
        (header::CONTENT_LENGTH, list.bytes.to_string()),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    // A list that cannot be recorded as handed over ends in a broken connection, never in a shorter list.
    let pieces = stream::unfold(Some(list), |list| async {
        let mut list = list?;
        match list.next().await {
            Ok(Some(piece)) => Some((Ok(Bytes::from(piece)), Some(list))),
            Ok(None) => None,
            Err(error) => {
                tracing::warn!(
                    error = sauda_kernel::chain(&error),
                    "a price list broke off while it left"
                );
                Some((Err(std::io::Error::other("broken off")), None))
            }
        }
    });
    // The layers around a body look once more behind its end.
    (facts, Body::from_stream(pieces.fuse())).into_response()
}
