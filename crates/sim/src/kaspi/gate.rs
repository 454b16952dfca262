//! What stands before every door: browser check, read limit, faults of the line. Refuses to know what a door does.

use crate::{
    control::{
        counters::Counters,
        faults::{Fault, FaultKind, Service, Subject},
    },
    kaspi::wire::{BLOCKED_PAGE, CHALLENGE_PAGE, THROTTLED_PAGE, html},
    locks::read,
    sim::Sim,
};
use axum::{
    body::{Body, Bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};
use futures::StreamExt;
use serde_json::Value;
use std::{net::SocketAddr, sync::Arc, time::Duration};

/// Largest request that is looked into for faults.
const REQUEST_LIMIT: usize = 64 * 1024 * 1024;

const LINE_FAULTS: [FaultKind; 9] = [
    FaultKind::Block403,
    FaultKind::Html429,
    FaultKind::Html200,
    FaultKind::Hang,
    FaultKind::Slow,
    FaultKind::ServerError,
    FaultKind::CutBody,
    FaultKind::WrongContentType,
    FaultKind::HugeBody,
];

/// The service behind a path; none for the control pages.
pub fn service_of(path: &str) -> Option<Service> {
    if path.starts_with("/_sim") {
        None
    } else if path.starts_with("/waha/") {
        Some(Service::Whatsapp)
    } else if path.starts_with("/telegram/") {
        Some(Service::Telegram)
    } else if path.starts_with("/trends/") {
        Some(Service::Trends)
    } else if path.starts_with("/yml/offer-view/") {
        Some(Service::Offers)
    } else if path.starts_with("/shop/api/") {
        Some(Service::Official)
    } else if path.starts_with("/yml/") || path.starts_with("/shop/") {
        Some(Service::Storefront)
    } else if path.starts_with("/pricefeed/") {
        Some(Service::Pricefeed)
    } else if path.starts_with("/oauth2/") || path.starts_with("/login") || path.starts_with("/api/p/") {
        Some(Service::Identity)
    } else {
        Some(Service::Cabinet)
    }
}

/// The gate itself.
pub async fn pass(
    State(sim): State<Arc<Sim>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let Some(service) = service_of(request.uri().path()) else {
        return next.run(request).await;
    };
    let storefront = matches!(service, Service::Offers | Service::Storefront);
    let settings = *read(&sim.settings);
    if storefront {
        Counters::add(&sim.counters.storefront_reads);
        if !looks_like_browser(&request) {
            Counters::add(&sim.counters.storefront_refused);
            return html(StatusCode::FORBIDDEN, BLOCKED_PAGE);
        }
        if settings.read_limit && refused_by_limit(&sim, &request, peer, settings.trust_forwarded_for) {
            Counters::add(&sim.counters.storefront_refused);
            return html(StatusCode::FORBIDDEN, BLOCKED_PAGE);
        }
    } else if !matches!(service, Service::Whatsapp | Service::Telegram | Service::Trends) {
        Counters::add(&sim.counters.cabinet_calls);
    }
    let route = (service != Service::Offers).then(|| route_name(&request));
    let response = if sim.faults.any() {
        with_faults(&sim, service, peer, settings.trust_forwarded_for, request, next).await
    } else {
        next.run(request).await
    };
    if let Some(route) = route {
        sim.counters.route(&route, response.status().as_u16());
    }
    response
}

fn route_name(request: &Request) -> String {
    let path: Vec<&str> = request
        .uri()
        .path()
        .split('/')
        .filter(|part| !part.bytes().any(|byte| byte.is_ascii_digit()))
        .collect();
    format!("{} {}", request.method(), path.join("/"))
}

fn looks_like_browser(request: &Request) -> bool {
    request
        .headers()
        .get(header::USER_AGENT)
        .is_some_and(|agent| agent.as_bytes().starts_with(b"Mozilla/"))
}

/// Who reads: the peer, or the first address of `X-Forwarded-For` when that is trusted.
fn address(request: &Request, peer: SocketAddr, trust: bool) -> String {
    let forwarded = if trust {
        request
            .headers()
            .get("x-forwarded-for")
            .and_then(|value| value.to_str().ok())
    } else {
        None
    };
    forwarded
        .and_then(|list| list.split(',').next())
        .map_or_else(|| peer.ip().to_string(), |first| first.trim().to_owned())
}

fn refused_by_limit(sim: &Sim, request: &Request, peer: SocketAddr, trust: bool) -> bool {
    let (refused, violation) = sim
        .read_limit
        .take(&address(request, peer, trust), sim.clock.limit_now());
    if violation {
        Counters::add(&sim.counters.read_violations);
    }
    refused
}

async fn with_faults(
    sim: &Sim,
    service: Service,
    peer: SocketAddr,
    trust: bool,
    request: Request,
    next: Next,
) -> Response {
    let address = address(&request, peer, trust);
    let (parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, REQUEST_LIMIT).await else {
        return html(StatusCode::PAYLOAD_TOO_LARGE, "");
    };
    let path = parts.uri.path().to_owned();
    let (merchant, sku) = named_in(parts.uri.query().unwrap_or(""), &bytes, service);
    let card = if service == Service::Offers {
        path.rsplit('/').next().unwrap_or("").to_owned()
    } else {
        String::new()
    };
    let subject = Subject {
        service,
        card: &card,
        merchant: &merchant,
        sku: &sku,
        address: &address,
        path: &path,
    };
    let request = Request::from_parts(parts, Body::from(bytes));
    let now = sim.clock.limit_now();
    let is_browser = looks_like_browser(&request);
    let struck = sim
        .faults
        .strike(FaultKind::HangLibraries, &subject, now)
        .filter(|_| !is_browser)
        .or_else(|| sim.faults.strike_any(&LINE_FAULTS, &subject, now));
    match struck {
        None => next.run(request).await,
        Some(fault) => {
            Counters::add(&sim.counters.faults);
            carry_out(sim, &fault, request, next).await
        }
    }
}

fn named_in(query: &str, body: &Bytes, service: Service) -> (String, String) {
    let mut merchant = String::new();
    for pair in query.split('&') {
        if let Some((key, value)) = pair.split_once('=')
            && matches!(key, "m" | "merchantUid" | "merchantId" | "_m")
        {
            value.clone_into(&mut merchant);
        }
    }
    let mut sku = String::new();
    if service == Service::Pricefeed
        && let Ok(value) = serde_json::from_slice::<Value>(body)
    {
        let first = value.get(0).unwrap_or(&value);
        let word = |name: &str| first.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
        merchant = word("merchantUid");
        sku = word("sku");
    }
    (merchant, sku)
}

async fn carry_out(sim: &Sim, fault: &Fault, request: Request, next: Next) -> Response {
    match fault.kind {
        FaultKind::CutBody => return cut(next.run(request).await).await,
        FaultKind::HugeBody => {
            return padded(next.run(request).await, fault.size.unwrap_or(64 * 1024 * 1024)).await;
        }
        FaultKind::WrongContentType => {
            let mut response = next.run(request).await;
            response.headers_mut().insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/html; charset=utf-8"),
            );
            return response;
        }
        FaultKind::Slow if !fault.after_effect => {
            wait(sim, fault.delay_ms).await;
            return next.run(request).await;
        }
        _ => {}
    }
    let taken = if fault.after_effect {
        Some(next.run(request).await)
    } else {
        None
    };
    match (fault.kind, taken) {
        (FaultKind::Slow, Some(response)) => {
            wait(sim, fault.delay_ms).await;
            response
        }
        (FaultKind::Block403, _) => html(StatusCode::FORBIDDEN, BLOCKED_PAGE),
        (FaultKind::Html429, _) => html(StatusCode::TOO_MANY_REQUESTS, THROTTLED_PAGE),
        (FaultKind::Html200, _) => html(StatusCode::OK, CHALLENGE_PAGE),
        (FaultKind::Hang | FaultKind::HangLibraries, _) => {
            wait(sim, 600_000).await;
            html(StatusCode::GATEWAY_TIMEOUT, "")
        }
        _ => {
            let status = fault
                .status
                .and_then(|code| StatusCode::from_u16(code).ok())
                .unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            html(
                status,
                format!("<!doctype html><html><body><h1>{status}</h1></body></html>"),
            )
        }
    }
}

/// Waits in real time; the end of the world ends the wait.
async fn wait(sim: &Sim, millis: u64) {
    let mut ended = sim.ended.subscribe();
    let over = ended.wait_for(|ended| *ended);
    let _ = tokio::time::timeout(Duration::from_millis(millis), over).await;
}

/// Half the body under the length of the whole, then the line goes dead.
async fn cut(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    if let Ok(length) = HeaderValue::from_str(&bytes.len().max(2).to_string()) {
        parts.headers.insert(header::CONTENT_LENGTH, length);
    }
    let half = bytes.slice(..bytes.len() / 2);
    let dead = || std::io::Error::new(std::io::ErrorKind::ConnectionReset, "cut by a fault");
    let stream = futures::stream::iter([Ok(half)]).chain(futures::stream::once(async move {
        // Lets the first half leave before the line dies.
        tokio::task::yield_now().await;
        Err(dead())
    }));
    Response::from_parts(parts, Body::from_stream(stream))
}

/// The body and then blanks up to `size` bytes: still JSON, but no sane answer.
async fn padded(response: Response, size: u64) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.remove(header::CONTENT_LENGTH);
    let blank = Bytes::from_static(&[b' '; 65_536]);
    let chunks = usize::try_from(size / 65_536).unwrap_or(0);
    let padding = futures::stream::iter(std::iter::repeat_n(blank, chunks));
    let stream = futures::stream::iter([bytes])
        .chain(padding)
        .map(Ok::<_, std::io::Error>);
    Response::from_parts(parts, Body::from_stream(stream))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_their_services() {
        for (path, service) in [
            ("/_sim/api/world", None),
            ("/yml/offer-view/offers/1", Some(Service::Offers)),
            ("/yml/product-view/pl/results", Some(Service::Storefront)),
            ("/shop/p/-1/", Some(Service::Storefront)),
            ("/shop/api/v2/orders", Some(Service::Official)),
            ("/pricefeed/upload/merchant/process", Some(Service::Pricefeed)),
            ("/api/p/login", Some(Service::Identity)),
            ("/login/oauth2/code/1", Some(Service::Identity)),
            ("/waha/api/sendText", Some(Service::Whatsapp)),
            ("/telegram/bot1:x/getMe", Some(Service::Telegram)),
            ("/s/m", Some(Service::Cabinet)),
            ("/bff/offer-view/list", Some(Service::Cabinet)),
        ] {
            assert_eq!(service_of(path), service, "{path}");
        }
    }
}
