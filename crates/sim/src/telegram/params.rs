//! Parameters of a call, from wherever they may come: query, form, JSON, multipart. Refuses to know what they mean.

use super::Refusal;
use axum::{
    body::Bytes,
    extract::{FromRequest as _, Multipart, Request},
    http::header::CONTENT_TYPE,
};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::collections::BTreeMap;

/// A file that came along.
#[derive(Debug, Clone)]
pub struct File {
    pub name: String,
    pub mime: String,
    pub bytes: Bytes,
}

#[derive(Debug, Clone, Default)]
pub struct Params {
    words: BTreeMap<String, Value>,
    pub files: BTreeMap<String, File>,
}

impl Params {
    pub fn text(&self, name: &str) -> Option<String> {
        match self.words.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Null => None,
            other => Some(other.to_string()),
        }
    }
    pub fn number(&self, name: &str) -> Option<i64> {
        match self.words.get(name)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }
    pub fn truth(&self, name: &str) -> bool {
        match self.words.get(name) {
            Some(Value::Bool(truth)) => *truth,
            Some(Value::String(text)) => text == "true",
            _ => false,
        }
    }
    /// A nested document: an object in JSON, its text elsewhere.
    pub fn document(&self, name: &str) -> Option<Value> {
        match self.words.get(name)? {
            Value::String(text) => serde_json::from_str(text).ok(),
            Value::Null => None,
            other => Some(other.clone()),
        }
    }

    fn add_pairs(&mut self, text: &str) {
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let plain = |part: &str| {
                percent_decode_str(&part.replace('+', " "))
                    .decode_utf8_lossy()
                    .into_owned()
            };
            self.words.insert(plain(name), Value::String(plain(value)));
        }
    }
}

pub async fn read(request: Request) -> Result<Params, Refusal> {
    let mut params = Params::default();
    params.add_pairs(request.uri().query().unwrap_or(""));
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or("")
        .to_ascii_lowercase();
    let unreadable = || Refusal::bad("can't parse the request");
    if kind.starts_with("multipart/") {
        let mut form = Multipart::from_request(request, &())
            .await
            .map_err(|_| unreadable())?;
        while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
            let name = field.name().unwrap_or("").to_owned();
            let file_name = field.file_name().map(str::to_owned);
            let mime = field
                .content_type()
                .unwrap_or("application/octet-stream")
                .to_owned();
            let bytes = field.bytes().await.map_err(|_| unreadable())?;
            match file_name {
                Some(file_name) => {
                    let file = File {
                        name: file_name,
                        mime,
                        bytes,
                    };
                    params.files.insert(name, file);
                }
                None => {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    params.words.insert(name, Value::String(text));
                }
            }
        }
        return Ok(params);
    }
    let body = axum::body::to_bytes(request.into_body(), 8 * 1024 * 1024)
        .await
        .map_err(|_| Refusal::new(413, "Request Entity Too Large"))?;
    if kind.starts_with("application/json") {
        match serde_json::from_slice::<Value>(&body) {
            Ok(Value::Object(members)) => params.words.extend(members),
            _ if body.is_empty() => {}
            _ => return Err(unreadable()),
        }
    } else {
        params.add_pairs(&String::from_utf8_lossy(&body));
    }
    Ok(params)
}
