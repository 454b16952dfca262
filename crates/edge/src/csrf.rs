//! Refuses changes that another site's page sends in a visitor's name, by what browsers say about where a request comes
//! from (Fetch Metadata, then Origin). No tokens in forms.

use crate::{Edge, EdgeSettings, Refusal, identity::bearer};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, Uri, header};
use sauda_kernel::{Kind, Public};

pub(crate) async fn guard(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    if is_own(
        edge.settings(),
        request.method(),
        request.uri(),
        request.headers(),
    ) {
        return next.run(request).await;
    }
    tracing::info!(
        path = crate::furnish::logged(request.uri().path()),
        "a change was sent from another site"
    );
    Refusal::new(Kind::Forbidden, Public::new("foreign-site")).into_response()
}

fn is_own(settings: &EdgeSettings, method: &Method, uri: &Uri, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    // A browser never adds this header by itself.
    if bearer(headers).is_some() {
        return true;
    }
    let text = |name: &str| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or("unreadable"))
    };
    let origin = text("origin");
    if let Some(origin) = origin
        && settings.trusted_origins.iter().any(|trusted| trusted == origin)
    {
        return true;
    }
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => true,
        Some(_) => false,
        None => match origin {
            // Older browsers say at least the origin; programs without a browser say neither.
            None => true,
            Some(origin) => {
                let host = headers
                    .get(header::HOST)
                    .and_then(|host| host.to_str().ok())
                    .or_else(|| uri.authority().map(|host| host.as_str()));
                let named = origin
                    .strip_prefix("https://")
                    .or_else(|| origin.strip_prefix("http://"));
                named.is_some() && named == host
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(method: &str, headers: &[(&str, &str)]) -> bool {
        let mut map = HeaderMap::new();
        map.insert("host", "sauda.kz".parse().unwrap());
        for (name, value) in headers {
            map.insert(
                http::HeaderName::from_bytes(name.as_bytes()).unwrap(),
                value.parse().unwrap(),
            );
        }
        let settings = EdgeSettings {
            trusted_origins: vec!["https://app.kz".to_owned()],
            ..EdgeSettings::default()
        };
        is_own(
            &settings,
            &method.parse().unwrap(),
            &Uri::from_static("/prices"),
            &map,
        )
    }

    #[test]
    fn changes_come_from_our_own_pages_only() {
        assert!(own("GET", &[("sec-fetch-site", "cross-site")]));
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            assert!(own(method, &[("sec-fetch-site", "same-origin")]));
            assert!(own(method, &[("sec-fetch-site", "none")]));
            assert!(
                !own(method, &[("sec-fetch-site", "same-site")]),
                "a neighbour under the same domain is a stranger"
            );
            assert!(!own(method, &[("sec-fetch-site", "cross-site")]));
            assert!(!own(
                method,
                &[("sec-fetch-site", "cross-site"), ("origin", "https://sauda.kz")]
            ));
            assert!(own(method, &[("origin", "https://sauda.kz")]));
            assert!(!own(method, &[("origin", "https://evil.kz")]));
            assert!(!own(method, &[("origin", "null")]));
            assert!(!own(method, &[("origin", "https://sauda.kz.evil.kz")]));
            assert!(own(
                method,
                &[("origin", "https://app.kz"), ("sec-fetch-site", "cross-site")]
            ));
            assert!(own(
                method,
                &[("origin", "https://evil.kz"), ("authorization", "Bearer sk_1")]
            ));
            assert!(own(method, &[]), "a program without a browser");
        }
    }
}
