//! A taken letter taken apart: headers, text, HTML, files (RFC 5322, 2045, 2047, 2231). Refuses to be strict: it shows what it can.

use super::Taken;
use crate::waha::from_base64;
use percent_encoding::percent_decode_str;
use sauda_kernel::Timestamp;
use serde_json::{Value, json};

/// One leaf of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub kind: String,
    pub file_name: Option<String>,
    pub content_id: Option<String>,
    pub is_inline: bool,
    pub bytes: Vec<u8>,
}

/// A letter as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub at: Timestamp,
    pub from: String,
    pub to: Vec<String>,
    pub login: Option<String>,
    /// Unfolded and decoded.
    pub headers: Vec<(String, String)>,
    pub parts: Vec<Part>,
}

impl Letter {
    pub fn of(taken: &Taken) -> Self {
        let raw = String::from_utf8_lossy(&taken.raw).replace("\r\n", "\n");
        let (headers, _) = split(&raw);
        let mut parts = Vec::new();
        leaves(&raw, &mut parts);
        Self {
            at: taken.at,
            from: taken.from.clone(),
            to: taken.to.clone(),
            login: taken.login.clone(),
            headers: headers
                .into_iter()
                .map(|(name, value)| (name, decoded_words(&value)))
                .collect(),
            parts,
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The first part of this type, as text.
    pub fn text(&self, kind: &str) -> Option<String> {
        self.parts
            .iter()
            .find(|part| part.kind == kind && part.file_name.is_none())
            .map(|part| String::from_utf8_lossy(&part.bytes).into_owned())
    }

    pub fn to_json(&self) -> Value {
        let parts: Vec<Value> = self
            .parts
            .iter()
            .map(|part| {
                json!({"type": part.kind, "file_name": part.file_name, "content_id": part.content_id, "inline": part.is_inline, "bytes": part.bytes.len()})
            })
            .collect();
        let headers: Vec<Value> = self
            .headers
            .iter()
            .map(|(name, value)| json!([name, value]))
            .collect();
        json!({
            "at": self.at.rfc3339(), "from": self.from, "to": self.to, "login": self.login, "subject": self.header("Subject"), "headers": headers,
            "text": self.text("text/plain"), "html": self.text("text/html"), "parts": parts,
        })
    }
}

type Headers = Vec<(String, String)>;

/// Headers, unfolded, and the body.
fn split(raw: &str) -> (Headers, &str) {
    let (head, body) = raw.split_once("\n\n").unwrap_or((raw, ""));
    let mut headers: Headers = Vec::new();
    for line in head.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(line.trim_start());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
    }
    (headers, body)
}

fn header<'a>(headers: &'a Headers, name: &str) -> &'a str {
    headers
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map_or("", |(_, value)| value.as_str())
}

/// A parameter of a header, also one in pieces of RFC 2231.
fn parameter(value: &str, name: &str) -> Option<String> {
    let mut whole = String::new();
    for piece in value.split(';').skip(1) {
        let Some((key, text)) = piece.trim().split_once('=') else {
            continue;
        };
        let (key, text) = (key.to_ascii_lowercase(), text.trim().trim_matches('"'));
        let base = key.split('*').next().unwrap_or(&key);
        if base != name {
            continue;
        }
        if key.ends_with('*') {
            let text = text.rsplit_once('\'').map_or(text, |(_, text)| text);
            whole.push_str(&percent_decode_str(text).decode_utf8_lossy());
        } else {
            whole.push_str(&decoded_words(text));
        }
    }
    (!whole.is_empty()).then_some(whole)
}

fn leaves(raw: &str, parts: &mut Vec<Part>) {
    let (headers, body) = split(raw);
    let kind_line = header(&headers, "Content-Type");
    let kind = kind_line
        .split(';')
        .next()
        .unwrap_or("")
        .trim()
        .to_ascii_lowercase();
    if kind.starts_with("multipart/") {
        let Some(boundary) = parameter(kind_line, "boundary") else {
            return;
        };
        let marker = format!("--{boundary}");
        for inner in body.split(marker.as_str()).skip(1) {
            if inner.starts_with("--") {
                break;
            }
            leaves(inner.strip_prefix('\n').unwrap_or(inner), parts);
        }
        return;
    }
    let disposition = header(&headers, "Content-Disposition");
    let content_id = header(&headers, "Content-ID").trim_matches(['<', '>']).to_owned();
    let body = body.strip_suffix('\n').unwrap_or(body);
    parts.push(Part {
        kind: if kind.is_empty() {
            "text/plain".to_owned()
        } else {
            kind
        },
        file_name: parameter(disposition, "filename"),
        content_id: Some(content_id).filter(|id| !id.is_empty()),
        is_inline: disposition.starts_with("inline"),
        bytes: match header(&headers, "Content-Transfer-Encoding")
            .to_ascii_lowercase()
            .as_str()
        {
            "base64" => from_base64(&body.split_whitespace().collect::<String>()).unwrap_or_default(),
            "quoted-printable" => quoted_printable(body),
            _ => body.as_bytes().to_vec(),
        },
    });
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let joined = text.replace("=\n", "");
    let mut signs = joined.bytes();
    while let Some(sign) = signs.next() {
        if sign != b'=' {
            bytes.push(sign);
            continue;
        }
        let digits: Vec<u8> = signs.by_ref().take(2).collect();
        let code = std::str::from_utf8(&digits)
            .ok()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.extend(code);
    }
    bytes
}

/// `=?utf-8?b?0J7RgtGH0ZHRgg==?=` and its kind; blanks between two of them are not there.
fn decoded_words(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut was_word = false;
    while let Some((before, behind)) = rest.split_once("=?") {
        let mut pieces = behind.splitn(4, '?');
        let (Some(_charset), Some(way), Some(coded), Some(after)) =
            (pieces.next(), pieces.next(), pieces.next(), pieces.next())
        else {
            break;
        };
        let Some(after) = after.strip_prefix('=') else {
            break;
        };
        if !(was_word && before.trim().is_empty()) {
            plain.push_str(before);
        }
        let bytes = if way.eq_ignore_ascii_case("b") {
            from_base64(coded).unwrap_or_default()
        } else {
            quoted_printable(&coded.replace('_', " "))
        };
        plain.push_str(&String::from_utf8_lossy(&bytes));
        (rest, was_word) = (after, true);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_with_everything_is_taken_apart() {
        let raw = "Subject: =?utf-8?b?0J7RgtGH0ZHRgg==?=\r\n =?utf-8?q?_=D0=B7=D0=B0?= day\r\nFrom: Aru <aru@example.kz>\r\n\
                   Content-Type: multipart/mixed;\r\n boundary=\"=_m\"\r\n\r\n--=_m\r\nContent-Type: text/plain; charset=utf-8\r\n\
                   Content-Transfer-Encoding: quoted-printable\r\n\r\n=D0=94=D0=B0, =\r\n5=3D5\r\n--=_m\r\nContent-Type: image/png\r\n\
                   Content-ID: <chart>\r\nContent-Disposition: inline; filename*0*=utf-8''%D0%B3; filename*1*=%D1%80.png\r\n\
                   Content-Transfer-Encoding: base64\r\n\r\nAAEC\r\n/w==\r\n--=_m--\r\n";
        let letter = Letter::of(&Taken {
            at: Timestamp::from_secs(0),
            from: "aru@example.kz".to_owned(),
            to: vec!["b@example.kz".to_owned()],
            login: None,
            raw: raw.as_bytes().to_vec(),
        });
        assert_eq!(letter.header("subject"), Some("Отчёт за day"));
        assert_eq!(letter.text("text/plain").unwrap(), "Да, 5=5");
        assert_eq!(
            letter.parts[1],
            Part {
                kind: "image/png".to_owned(),
                file_name: Some("гр.png".to_owned()),
                content_id: Some("chart".to_owned()),
                is_inline: true,
                bytes: vec![0, 1, 2, 255],
            }
        );
    }
}
