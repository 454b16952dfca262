//! Cookies of the sign-in chain, kept by host and path as a browser would. Refuses to be printed and to hand a cookie to a strange host.

use reqwest::header::{HeaderMap, SET_COOKIE};
use serde::{Deserialize, Serialize};
use std::fmt;
use url::{Host, Url};

/// More than an honest service sets; a longer value or list is not kept.
const MOST_COOKIES: usize = 60;
const LONGEST_VALUE_BYTES: usize = 8192;

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Cookie {
    host: String,
    /// True when hosts below `host` may have it too.
    wide: bool,
    path: String,
    name: String,
    value: String,
    secure: bool,
}

/// The cookies of one person's sign-in.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Jar(Vec<Cookie>);

impl fmt::Debug for Jar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Jar of {} cookies", self.0.len())
    }
}

impl Jar {
    /// Takes in what an answer of this address sets; a newer value replaces the older, an expired one removes it.
    pub fn take(&mut self, from: &Url, headers: &HeaderMap) {
        for header in headers.get_all(SET_COOKIE) {
            if let Ok(line) = std::str::from_utf8(header.as_bytes()) {
                self.take_line(from, line);
            }
        }
    }

    fn take_line(&mut self, from: &Url, line: &str) {
        let mut parts = line.split(';');
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
            return;
        };
        let (name, value) = (name.trim(), value.trim());
        let Some(host) = from.host_str() else { return };
        if name.is_empty() || value.len() > LONGEST_VALUE_BYTES {
            return;
        }
        let mut cookie = Cookie {
            host: host.to_ascii_lowercase(),
            wide: false,
            path: default_path(from.path()),
            name: name.to_owned(),
            value: value.to_owned(),
            secure: false,
        };
        let mut is_gone = value.is_empty();
        for attribute in parts {
            let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
            let value = value.trim().trim_matches('"');
            match key.trim().to_ascii_lowercase().as_str() {
                "path" if value.starts_with('/') => cookie.path = value.to_owned(),
                "domain" if !value.is_empty() => {
                    let domain = value.trim_start_matches('.').to_ascii_lowercase();
                    let is_name = matches!(from.host(), Some(Host::Domain(_)));
                    if domain != cookie.host {
                        if !is_name || !domain.contains('.') || !is_below(&cookie.host, &domain) {
                            return;
                        }
                        cookie.host = domain;
                    }
                    cookie.wide = is_name;
                }
                "max-age" => is_gone |= value.parse::<i64>().is_ok_and(|seconds| seconds <= 0),
                // Without a clock only the customary "long ago" is known to be over.
                "expires" => is_gone |= value.contains("1970"),
                "secure" => cookie.secure = true,
                _ => {}
            }
        }
        self.0.retain(|known| {
            (&known.host, &known.path, &known.name) != (&cookie.host, &cookie.path, &cookie.name)
        });
        if !is_gone && self.0.len() < MOST_COOKIES {
            self.0.push(cookie);
        }
    }

    /// The `Cookie` header for an address; none when there is nothing to send. Longer paths come first.
    pub fn header(&self, to: &Url) -> Option<String> {
        let host = to.host_str()?.to_ascii_lowercase();
        let is_safe = to.scheme() == "https" || is_loopback(to);
        let mut fitting: Vec<&Cookie> = Vec::new();
        for cookie in &self.0 {
            let is_host = cookie.host == host || (cookie.wide && is_below(&host, &cookie.host));
            if is_host && path_matches(to.path(), &cookie.path) && (is_safe || !cookie.secure) {
                fitting.push(cookie);
            }
        }
        if fitting.is_empty() {
            return None;
        }
        fitting.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
        let pairs: Vec<String> = fitting
            .iter()
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        Some(pairs.join("; "))
    }

    /// True when a cookie of this name would be sent there.
    pub fn has(&self, to: &Url, name: &str) -> bool {
        self.header(to).is_some_and(|header| {
            header
                .split("; ")
                .any(|pair| pair.split('=').next() == Some(name))
        })
    }

    /// Forgets every cookie of this name.
    pub fn forget(&mut self, name: &str) {
        self.0.retain(|cookie| cookie.name != name);
    }
}

fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn default_path(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) if folder.starts_with('/') => folder.to_owned(),
        _ => "/".to_owned(),
    }
}

fn path_matches(path: &str, of: &str) -> bool {
    path.strip_prefix(of)
        .is_some_and(|rest| rest.is_empty() || of.ends_with('/') || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn jar(from: &str, lines: &[&str]) -> Jar {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(SET_COOKIE, HeaderValue::from_str(line).unwrap());
        }
        let mut jar = Jar::default();
        jar.take(&url(from), &headers);
        jar
    }

    #[test]
    fn a_cookie_goes_back_to_its_host_and_path_only() {
        let jar = jar(
            "https://idmc.shop.kaspi.kz/oauth2/authorize?x=1",
            &[
                "MS_AUTH_SSO=a; Path=/; HttpOnly; SameSite=Lax; Secure",
                "deep=b; path=/api",
            ],
        );
        assert_eq!(
            jar.header(&url("https://idmc.shop.kaspi.kz/api/p/login"))
                .as_deref(),
            Some("deep=b; MS_AUTH_SSO=a")
        );
        assert_eq!(
            jar.header(&url("https://idmc.shop.kaspi.kz/apix")).as_deref(),
            Some("MS_AUTH_SSO=a")
        );
        assert_eq!(jar.header(&url("http://idmc.shop.kaspi.kz/x")), None);
        assert_eq!(jar.header(&url("https://mc.shop.kaspi.kz/api")), None);
    }

    #[test]
    fn a_newer_value_replaces_the_older_and_an_expired_one_removes_it() {
        let mut jar = jar(
            "https://mc.shop.kaspi.kz/s/m",
            &["mc-session=1; Path=/", "mc_arr=2; Path=/"],
        );
        let mut headers = HeaderMap::new();
        for line in [
            "mc-session=3; Path=/",
            "mc_arr=; Path=/; Max-Age=0",
            "x=y; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        ] {
            headers.append(SET_COOKIE, HeaderValue::from_str(line).unwrap());
        }
        jar.take(&url("https://mc.shop.kaspi.kz/x"), &headers);
        assert_eq!(
            jar.header(&url("https://mc.shop.kaspi.kz/")).as_deref(),
            Some("mc-session=3")
        );
        assert!(jar.has(&url("https://mc.shop.kaspi.kz/"), "mc-session"));
    }

    #[test]
    fn a_domain_cookie_reaches_below_but_never_a_stranger() {
        let jar = jar(
            "https://mc.shop.kaspi.kz/",
            &[
                "a=1; Domain=.kaspi.kz; Path=/",
                "b=2; Domain=example.com",
                "c=3; Domain=kz",
            ],
        );
        assert_eq!(
            jar.header(&url("https://idmc.shop.kaspi.kz/")).as_deref(),
            Some("a=1")
        );
        assert_eq!(jar.header(&url("https://notkaspi.kz/")), None);
        assert_eq!(format!("{jar:?}"), "Jar of 1 cookies");
    }
}
