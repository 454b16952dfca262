//! Cookies: the session's, and two for people who are not signed in. Refuses to put a secret anywhere else.

use crate::{EdgeSettings, Language};
use http::{HeaderMap, HeaderValue, header};
use sauda_accounts::{SignedIn, Theme};
use sauda_kernel::Timestamp;
use secrecy::ExposeSecret as _;

/// Chosen language before sign-in.
pub const LANGUAGE_COOKIE: &str = "language";
/// Chosen theme before sign-in.
pub const THEME_COOKIE: &str = "theme";

const YEAR_SECONDS: i64 = 365 * 24 * 3600;

/// The `__Host-` prefix binds the cookie to this host and to https; browsers refuse it on plain http.
pub const fn session_cookie_name(https: bool) -> &'static str {
    if https { "__Host-sauda" } else { "sauda" }
}

/// `Set-Cookie` of a new session.
pub fn session_cookie(settings: &EdgeSettings, signed_in: &SignedIn, now: Timestamp) -> HeaderValue {
    let life = signed_in.expires_at.since(now).as_secs().max(0);
    cookie(
        settings,
        session_cookie_name(settings.is_https()),
        signed_in.token.expose_secret(),
        life,
        "; HttpOnly",
    )
}

/// `Set-Cookie` that removes the session's cookie.
pub fn sign_out_cookie(settings: &EdgeSettings) -> HeaderValue {
    cookie(
        settings,
        session_cookie_name(settings.is_https()),
        "",
        0,
        "; HttpOnly",
    )
}

/// `Set-Cookie` of a chosen language, for a year.
pub fn language_cookie(settings: &EdgeSettings, language: Language) -> HeaderValue {
    cookie(settings, LANGUAGE_COOKIE, language.word(), YEAR_SECONDS, "")
}

/// `Set-Cookie` of a chosen theme, for a year. Scripts may read it, to draw the first paint right.
pub fn theme_cookie(settings: &EdgeSettings, theme: Theme) -> HeaderValue {
    cookie(settings, THEME_COOKIE, theme.word(), YEAR_SECONDS, "")
}

fn cookie(settings: &EdgeSettings, name: &str, value: &str, seconds: i64, extra: &str) -> HeaderValue {
    let secure = if settings.is_https() { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; SameSite=Lax{extra}{secure}");
    // Names and values come from this file, from base64 and from numbers: they always fit in a header.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("sauda=; Path=/; Max-Age=0"))
}

/// The value of a cookie of the request.
pub(crate) fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_cookie_is_bound_to_the_host_where_there_is_https() {
        let signed_in = SignedIn {
            token: "abc".into(),
            expires_at: Timestamp::from_secs(1_060),
            needs_code: false,
        };
        let now = Timestamp::from_secs(1_000);
        let mut settings = EdgeSettings::default();
        assert_eq!(
            session_cookie(&settings, &signed_in, now),
            "sauda=abc; Path=/; Max-Age=60; SameSite=Lax; HttpOnly"
        );
        settings.public_url = "https://sauda.kz".to_owned();
        assert_eq!(
            session_cookie(&settings, &signed_in, now),
            "__Host-sauda=abc; Path=/; Max-Age=60; SameSite=Lax; HttpOnly; Secure"
        );
        assert_eq!(
            sign_out_cookie(&settings),
            "__Host-sauda=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly; Secure"
        );
        assert_eq!(
            language_cookie(&settings, Language::Kk),
            "language=kk; Path=/; Max-Age=31536000; SameSite=Lax; Secure"
        );
    }

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("xsauda=1; sauda=two=2"));
        headers.append(header::COOKIE, HeaderValue::from_static("theme=dark"));
        assert_eq!(
            (
                find(&headers, "sauda"),
                find(&headers, "theme"),
                find(&headers, "auda")
            ),
            (Some("two=2"), Some("dark"), None)
        );
    }
}
