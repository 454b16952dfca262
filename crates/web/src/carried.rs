//! What one request carries to the next page: a message after a redirect, and the theme of people who are not signed in.
//! Refuses to carry secrets: a browser keeps it.

use crate::{
    door::Desk,
    shell::{Shell, Toast},
    words::{Language, Words},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use fluent_bundle::FluentArgs;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{cell::RefCell, collections::BTreeMap};

const FLASH: &str = "flash";
/// A message that nobody fetched is forgotten after this.
const KEPT_SECONDS: u32 = 60;
/// Longest cookie that is written or read, in bytes.
const LONGEST: usize = 2_000;

/// What was done, to be told on the next page: a text with its values, and how to undo it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Did {
    #[serde(rename = "k")]
    key: String,
    #[serde(rename = "a", default, skip_serializing_if = "BTreeMap::is_empty")]
    args: BTreeMap<String, Value>,
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    undo: Option<String>,
}

impl Did {
    /// `key` is the whole key of the text.
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            args: BTreeMap::new(),
            undo: None,
        }
    }
    #[must_use]
    pub fn arg(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
    /// Address to post to with an empty form.
    #[must_use]
    pub fn undo(mut self, address: impl Into<String>) -> Self {
        self.undo = Some(address.into());
        self
    }

    /// Goes to a page of ours (303) where it is told.
    pub fn at(self, address: &str) -> Response {
        let mut response = Redirect::to(address).into_response();
        response.extensions_mut().insert(self);
        response
    }

    fn toast(&self, words: &Words, language: Language) -> Toast {
        let mut args = FluentArgs::new();
        for (name, value) in &self.args {
            match value.as_i64() {
                Some(number) => args.set(name.clone(), number),
                None => args.set(
                    name.clone(),
                    value.as_str().map_or_else(|| value.to_string(), str::to_owned),
                ),
            }
        }
        Toast {
            text: words.text(language, &self.key, &args),
            undo: self.undo.clone().filter(|address| is_own(address)),
        }
    }
}

/// Whether an address leads to a page of ours and nowhere else.
pub(crate) fn is_own(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', '\r', '\n', '\t'])
}

struct Carried {
    did: Option<Did>,
    theme: Option<String>,
}

tokio::task_local! {
    /// Of the request that this task answers: surroundings are drawn far from the headers.
    static CARRIED: RefCell<Carried>;
}

impl Desk {
    /// Surroundings of a page without a person.
    pub(crate) fn bare(&self, language: sauda_edge::Language, path: &str) -> Shell {
        let mut shell = Shell::bare(crate::door::language(language), self.now(), path);
        shell.theme = CARRIED
            .try_with(|carried| carried.borrow().theme.clone())
            .ok()
            .flatten();
        self.tell(&mut shell);
        shell
    }

    /// Puts the message of the request before into the page, once.
    pub(crate) fn tell(&self, shell: &mut Shell) {
        let did = CARRIED
            .try_with(|carried| carried.borrow_mut().did.take())
            .ok()
            .flatten();
        shell.toast = did.map(|did| did.toast(self.pages.words(), shell.language));
    }
}

/// Reads what the request carries, and writes or removes the message's cookie.
pub(crate) async fn carry(State(is_https): State<bool>, request: Request, next: Next) -> Response {
    let theme = cookie(request.headers(), sauda_edge::THEME_COOKIE)
        .filter(|word| matches!(*word, "light" | "dark"))
        .map(str::to_owned);
    let did = cookie(request.headers(), FLASH).and_then(read);
    let had = did.is_some();
    let (mut response, told) = CARRIED
        .scope(RefCell::new(Carried { did, theme }), async {
            let response = next.run(request).await;
            (response, CARRIED.with(|carried| carried.borrow().did.is_none()))
        })
        .await;
    let written = match response.extensions_mut().remove::<Did>() {
        Some(new) => set_cookie(&write(&new), KEPT_SECONDS, is_https),
        None if had && told => set_cookie("", 0, is_https),
        None => None,
    };
    if let Some(written) = written {
        response.headers_mut().append(header::SET_COOKIE, written);
    }
    response
}

fn set_cookie(value: &str, seconds: u32, is_https: bool) -> Option<HeaderValue> {
    let secure = if is_https { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{FLASH}={value}; Path=/; Max-Age={seconds}; SameSite=Lax; HttpOnly{secure}"
    ))
    .ok()
}

pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

fn write(did: &Did) -> String {
    let text = serde_json::to_vec(did).unwrap_or_default();
    let text = data_encoding::BASE64URL_NOPAD.encode(&text);
    if text.len() > LONGEST { String::new() } else { text }
}

fn read(text: &str) -> Option<Did> {
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    serde_json::from_slice(&data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_survives_the_cookie() {
        let did = Did::new("did-saved")
            .arg("n", 5)
            .arg("name", "Айгерим")
            .undo("/s/aru/undo");
        assert_eq!(read(&write(&did)), Some(did));
        assert_eq!(read("junk"), None);
        assert_eq!(read(""), None);
        let long = Did::new("x".repeat(LONGEST));
        assert_eq!(write(&long), "", "browsers drop long cookies");
    }

    #[test]
    fn only_own_addresses_are_followed() {
        for good in ["/", "/s/aru-home/prices?q=1"] {
            assert!(is_own(good), "{good}");
        }
        for bad in [
            "",
            "//evil.kz",
            "https://evil.kz",
            "/\\evil.kz",
            "javascript:alert(1)",
            "/a\r\nb",
        ] {
            assert!(!is_own(bad), "{bad}");
        }
    }
}
