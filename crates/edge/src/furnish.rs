//! Puts all furniture around a router, in the one right order.

use crate::{
    EdgeSettings, EdgeSettingsError, Refusal, RefusalPage, Words, csrf, headers, idempotency, identity,
    limits, render,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    extract::Request,
    middleware::{from_fn_with_state, map_request},
};
use sauda_accounts::Accounts;
use sauda_kernel::{Clock, Timestamp};
use std::sync::Arc;
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    trace::TraceLayer,
};

/// What the furniture needs. Cheap to clone; put it beside the services of an edge's state.
#[derive(Clone)]
pub struct Edge {
    inner: Arc<Inner>,
}

struct Inner {
    accounts: Accounts,
    clock: Arc<dyn Clock>,
    settings: EdgeSettings,
    refusal_page: Option<RefusalPage>,
}

impl Edge {
    /// # Errors
    /// When the settings make no sense.
    pub fn new(
        accounts: Accounts,
        clock: Arc<dyn Clock>,
        settings: EdgeSettings,
        refusal_page: Option<RefusalPage>,
    ) -> Result<Self, EdgeSettingsError> {
        settings.check()?;
        Ok(Self {
            inner: Arc::new(Inner {
                accounts,
                clock,
                settings,
                refusal_page,
            }),
        })
    }

    pub fn accounts(&self) -> &Accounts {
        &self.inner.accounts
    }
    pub fn settings(&self) -> &EdgeSettings {
        &self.inner.settings
    }
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }
    pub fn words(&self) -> &'static Words {
        Words::shared()
    }
    pub(crate) fn refusal_page(&self) -> Option<&RefusalPage> {
        self.inner.refusal_page.as_ref()
    }
}

/// Ten letters that people can read out on the phone.
#[derive(Clone, Copy)]
struct ShortIds;

impl MakeRequestId for ShortIds {
    fn make_request_id<B>(&mut self, _request: &http::Request<B>) -> Option<RequestId> {
        const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let mut bits = [0_u8; 10];
        getrandom::fill(&mut bits).ok()?;
        let text: String = bits
            .iter()
            .filter_map(|bit| LETTERS.get(usize::from(bit % 32)))
            .map(|letter| char::from(*letter))
            .collect();
        http::HeaderValue::from_str(&text).ok().map(RequestId::new)
    }
}

/// Wraps the whole router of a process: pages, API and files. Outermost first: request id, log span, security headers,
/// compression, words for refusals, panics, time limit, body limit, foreign sites, who asks and how often, repeated requests.
/// Security headers and words lie outside of everything that refuses, so that no refusal lacks them. Serve it with
/// `into_make_service_with_connect_info::<SocketAddr>()`, or nobody has an address.
pub fn furnish(router: Router, edge: &Edge) -> Router {
    // Innermost first: each `layer` goes around those before it.
    router
        .fallback(async || Refusal::no_page())
        .layer(from_fn_with_state(edge.clone(), idempotency::once))
        .layer(from_fn_with_state(edge.clone(), identity::identify))
        .layer(from_fn_with_state(edge.clone(), csrf::guard))
        .layer(DefaultBodyLimit::max(edge.settings().body_bytes))
        .layer(from_fn_with_state(edge.clone(), limits::hurry))
        .layer(CatchPanicLayer::custom(limits::panicked))
        .layer(from_fn_with_state(edge.clone(), render::render))
        // Its default rule leaves event streams and pictures alone.
        // One step above the default: a sixth less to carry for pages that are drawn anew each time.
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(5)))
        .layer(from_fn_with_state(edge.clone(), headers::secure))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(SetRequestIdLayer::x_request_id(ShortIds))
        // An id that a client sends is replaced: it would let strangers write into our log.
        .layer(map_request(async |mut request: Request| {
            request.headers_mut().remove("x-request-id");
            request
        }))
}

/// Beginnings of addresses whose rest is a secret: price lists, what servers of lines call us by, links of letters.
const SECRET: [(&str, &str); 3] = [
    ("/feeds/", "/feeds/…"),
    ("/hooks/", "/hooks/…"),
    (
        "/settings/notifications/confirm/",
        "/settings/notifications/confirm/…",
    ),
];

/// A path as the log may know it: without the words that open something.
pub(crate) fn logged(path: &str) -> &str {
    SECRET
        .iter()
        .find(|(begin, _)| path.starts_with(begin))
        .map_or(path, |(_, shown)| shown)
}

/// Method and path without the query: queries carry what people searched for.
fn span(request: &http::Request<axum::body::Body>) -> tracing::Span {
    let id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok())
        .unwrap_or_default();
    tracing::info_span!("request", id, method = %request.method(), path = logged(request.uri().path()))
}
