//! Finds out once per request who asks, from where and in which language.

use crate::{Edge, Language, Refusal, address, cookies};
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, header};
use sauda_accounts::{AccountsError, Awaiting, KeyCaller, Requester, Session, SessionFound, Visitor};
use std::{net::SocketAddr, sync::Arc};

/// Who asks.
#[derive(Debug, Clone)]
pub enum Identity {
    Nobody,
    /// The password was right, the second factor is awaited.
    AwaitsCode(Awaiting),
    Person(Arc<Session>),
    Key(Arc<KeyCaller>),
    /// A key that does not work: never treated as nobody.
    BadKey,
}

/// What is known about a request; in its extensions.
#[derive(Debug, Clone)]
pub struct Known {
    pub visitor: Visitor,
    pub language: Language,
    pub identity: Identity,
    /// The session's cookie as it came, for sign-out and the second factor.
    pub(crate) cookie: Option<String>,
}

/// Puts `Arc<Known>` into the request and the response, and counts the request.
pub(crate) async fn identify(State(edge): State<Edge>, mut request: Request, next: Next) -> Response {
    if edge.settings().is_plain(request.uri().path()) {
        return next.run(request).await;
    }
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(peer)| *peer);
    let known = match know(&edge, request.headers(), peer).await {
        Ok(known) => Arc::new(known),
        Err(error) => return Refusal::from(error).into_response(),
    };
    let mut response = match count(&edge, &known).await {
        Ok(()) => {
            request.extensions_mut().insert(known.clone());
            next.run(request).await
        }
        Err(error) => Refusal::from(error).into_response(),
    };
    response.extensions_mut().insert(known);
    response
}

async fn know(edge: &Edge, headers: &HeaderMap, peer: Option<SocketAddr>) -> Result<Known, AccountsError> {
    let visitor = Visitor {
        address: address::client(peer, headers, &edge.settings().trusted_proxies),
        device: headers
            .get(header::USER_AGENT)
            .and_then(|agent| agent.to_str().ok())
            .unwrap_or_default()
            .to_owned(),
    };
    let cookie =
        cookies::find(headers, cookies::session_cookie_name(edge.settings().is_https())).map(str::to_owned);
    let identity = match bearer(headers) {
        Some(key) => match edge.accounts().key(key, &visitor).await? {
            Some(caller) => Identity::Key(Arc::new(caller)),
            None => Identity::BadKey,
        },
        None => match &cookie {
            Some(cookie) => match edge.accounts().session(cookie, &visitor).await? {
                SessionFound::Nobody => Identity::Nobody,
                SessionFound::AwaitsCode(awaiting) => Identity::AwaitsCode(awaiting),
                SessionFound::Person(session) => Identity::Person(Arc::new(*session)),
            },
            None => Identity::Nobody,
        },
    };
    let chosen = match &identity {
        Identity::Person(session) => session.preferences.language,
        Identity::AwaitsCode(awaiting) => awaiting.language,
        Identity::Nobody | Identity::Key(_) | Identity::BadKey => None,
    };
    Ok(Known {
        visitor,
        language: negotiate(headers, chosen),
        identity,
        cookie,
    })
}

async fn count(edge: &Edge, known: &Known) -> Result<(), AccountsError> {
    let requester = match &known.identity {
        Identity::Person(session) => Requester::Session(session.id.clone()),
        Identity::Key(caller) => Requester::Key(caller.key.clone()),
        Identity::Nobody | Identity::AwaitsCode(_) | Identity::BadKey => {
            Requester::Address(known.visitor.address.clone())
        }
    };
    edge.accounts().permit(&requester).await
}

/// The key of `Authorization: Bearer …`. Other schemes are not ours.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

/// The person's choice, then the cookie, then what the browser asks for, then Russian.
pub(crate) fn negotiate(headers: &HeaderMap, chosen: Option<Language>) -> Language {
    chosen
        .or_else(|| cookies::find(headers, cookies::LANGUAGE_COOKIE).and_then(Language::parse))
        .or_else(|| {
            headers
                .get(header::ACCEPT_LANGUAGE)
                .and_then(|value| value.to_str().ok())
                .and_then(preferred)
        })
        .unwrap_or_default()
}

/// The best of our languages in an `Accept-Language`, by weight, then by order.
fn preferred(header: &str) -> Option<Language> {
    let mut best: Option<(u32, Language)> = None;
    for part in header.split(',').take(20) {
        let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
        let weight = rest
            .trim()
            .strip_prefix("q=")
            .map_or(Some(1_000), thousandths)
            .unwrap_or(0);
        let primary = tag
            .trim()
            .split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let Some(language) = Language::parse(&primary) else {
            continue;
        };
        if weight > best.map_or(0, |(heaviest, _)| heaviest) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

/// `0.8` as 800.
fn thousandths(text: &str) -> Option<u32> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    Some(whole.parse::<u32>().ok()?.min(1) * 1_000 + digits.parse::<u32>().ok()?)
        .map(|weight| weight.min(1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_persons_then_the_cookies_then_the_browsers_then_russian() {
        let mut headers = HeaderMap::new();
        assert_eq!(negotiate(&headers, None), Language::Ru);
        headers.insert(
            header::ACCEPT_LANGUAGE,
            "de, en-GB;q=0.7, kk-KZ;q=0.9".parse().unwrap(),
        );
        assert_eq!(negotiate(&headers, None), Language::Kk);
        headers.insert(header::COOKIE, "language=en".parse().unwrap());
        assert_eq!(negotiate(&headers, None), Language::En);
        assert_eq!(negotiate(&headers, Some(Language::Ru)), Language::Ru);
    }

    #[test]
    fn odd_language_headers_do_no_harm() {
        for header in ["", ";;;,,,", "*", "xx;q=1", "ru;q=0", "kk;q=abc"] {
            assert_eq!(preferred(header), None, "{header}");
        }
        assert_eq!(preferred("en;q=0.5,ru;q=0.51"), Some(Language::Ru));
    }
}
