//! Doors of sending. Refuses what the wire refuses; what happens to a message is the desk's.

use super::{
    answer,
    desk::Place,
    documents,
    lines::{World, at_desk, body_of, working},
    talk::Draft,
};
use crate::{
    control::faults::{FaultKind, Service, Subject},
    sim::Sim,
};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde_json::{Map, Value, json};

const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 with padding (RFC 4648).
pub fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let mut word = 0_u32;
        for at in 0..3 {
            word = (word << 8) | three.get(at).copied().map_or(0, u32::from);
        }
        for at in 0..4 {
            let six = usize::try_from((word >> (18 - 6 * at)) & 63).unwrap_or(0);
            let sign = SIGNS.get(six).copied().unwrap_or(b'A');
            text.push(if at > three.len() { '=' } else { char::from(sign) });
        }
    }
    text
}

/// None for text that is not base64.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut word, mut bits) = (0_u32, 0_u32);
    for sign in text.trim_end_matches('=').bytes() {
        let six = SIGNS.iter().position(|known| *known == sign)?;
        word = (word << 6) | u32::try_from(six).ok()?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((word >> bits) & 255).ok()?);
        }
    }
    Some(bytes)
}

fn invalid(words: &[String]) -> Response {
    answer(
        StatusCode::BAD_REQUEST,
        &json!({"statusCode": 400, "message": words, "error": "Bad Request"}),
    )
}

/// Text members that have to be there; every missing one is named.
fn needed(body: &Value, names: &[&str]) -> Result<(), Box<Response>> {
    let missing: Vec<String> = names
        .iter()
        .filter(|name| body.get(**name).and_then(Value::as_str).is_none_or(str::is_empty))
        .map(|name| format!("{name} should not be empty"))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Box::new(invalid(&missing)))
    }
}

fn word(body: &Value, name: &str) -> String {
    body.get(name).and_then(Value::as_str).unwrap_or("").to_owned()
}

fn optional(body: &Value, name: &str) -> Option<String> {
    Some(word(body, name)).filter(|word| !word.is_empty())
}

pub async fn text(State(sim): World, body: Bytes) -> Response {
    let body = body_of(&body);
    match needed(&body, &["session", "chatId", "text"]) {
        Err(refusal) => *refusal,
        Ok(()) => leave(&sim, &body, "text", word(&body, "text"), None, None),
    }
}

pub async fn image(State(sim): World, body: Bytes) -> Response {
    with_file(&sim, &body_of(&body), "image")
}

pub async fn file(State(sim): World, body: Bytes) -> Response {
    with_file(&sim, &body_of(&body), "file")
}

fn with_file(sim: &Sim, body: &Value, kind: &'static str) -> Response {
    if let Err(refusal) = needed(body, &["session", "chatId"]) {
        return *refusal;
    }
    let Some(file) = body.get("file").filter(|file| file.is_object()) else {
        return invalid(&["file should not be empty".to_owned()]);
    };
    let mime = word(file, "mimetype");
    let bytes = match (file.get("data").and_then(Value::as_str), optional(file, "url")) {
        (Some(data), _) => from_base64(data),
        (None, Some(_)) => Some(Vec::new()),
        (None, None) => None,
    };
    let (Some(bytes), false) = (bytes, mime.is_empty()) else {
        return invalid(&["file.data must be base64 encoded".to_owned()]);
    };
    let media = (mime, optional(file, "filename"), bytes);
    leave(sim, body, kind, word(body, "caption"), Some(media), None)
}

pub async fn location(State(sim): World, body: Bytes) -> Response {
    let body = body_of(&body);
    if let Err(refusal) = needed(&body, &["session", "chatId", "title"]) {
        return *refusal;
    }
    let degree = |name: &str| {
        body.get(name)
            .and_then(Value::as_f64)
            .map(|degree| degree.to_string())
    };
    let (Some(latitude), Some(longitude)) = (degree("latitude"), degree("longitude")) else {
        return invalid(&["latitude must be a number conforming to the specified constraints".to_owned()]);
    };
    let place = Place {
        latitude,
        longitude,
        title: word(&body, "title"),
    };
    leave(&sim, &body, "location", String::new(), None, Some(place))
}

type File = (String, Option<String>, Vec<u8>);

fn leave(
    sim: &Sim,
    body: &Value,
    kind: &'static str,
    text: String,
    media: Option<File>,
    place: Option<Place>,
) -> Response {
    let (session, chat) = (word(body, "session"), word(body, "chatId"));
    let subject = Subject {
        service: Service::Whatsapp,
        merchant: &session,
        ..Subject::default()
    };
    let ends = sim.fault(FaultKind::SessionEnded, &subject);
    let outcome = at_desk(sim, |desk| {
        if ends {
            desk.unlink(&session);
        }
        working(desk, &session)?;
        if !chat.contains('@') {
            return Err(Box::new(invalid(&[
                "chatId must be like 77010000000@c.us".to_owned()
            ])));
        }
        let draft = Draft {
            number: desk.number_of(&chat).unwrap_or_else(|| chat.clone()),
            chat,
            kind,
            text,
            media,
            place,
            reply_to: optional(body, "reply_to"),
            id: optional(body, "id"),
        };
        let message = desk.send(&session, draft);
        let line = desk.sessions.get(&session);
        Ok(message
            .zip(line)
            .map(|(message, line)| documents::message(desk, line, &message, false, false)))
    });
    match outcome {
        Err(refusal) => *refusal,
        Ok(document) => answer(StatusCode::CREATED, &document.unwrap_or_default()),
    }
}

pub async fn new_id(State(sim): World, Path(name): Path<String>) -> Response {
    match at_desk(&sim, |desk| {
        working(desk, &name).map(|_| ()).map(|()| desk.new_bare())
    }) {
        Err(refusal) => *refusal,
        Ok(id) => answer(StatusCode::OK, &json!({"id": id})),
    }
}

pub async fn seen(State(sim): World, body: Bytes) -> Response {
    let body = body_of(&body);
    if let Err(refusal) = needed(&body, &["session", "chatId"]) {
        return *refusal;
    }
    let outcome = at_desk(&sim, |desk| {
        let name = word(&body, "session");
        working(desk, &name)?;
        let number = desk.number_of(&word(&body, "chatId"));
        let talks = desk.sessions.get_mut(&name).map(|session| &mut session.talks);
        if let Some(talk) = talks
            .zip(number)
            .and_then(|(talks, number)| talks.get_mut(&number))
        {
            talk.is_read = true;
        }
        Ok::<(), Box<Response>>(())
    });
    done(outcome)
}

pub async fn typing(State(sim): World, body: Bytes) -> Response {
    let body = body_of(&body);
    if let Err(refusal) = needed(&body, &["session", "chatId"]) {
        return *refusal;
    }
    done(
        sim.whatsapp
            .look(|desk| working(desk, &word(&body, "session")).map(|_| ())),
    )
}

fn done(outcome: Result<(), Box<Response>>) -> Response {
    match outcome {
        Err(refusal) => *refusal,
        Ok(()) => answer(StatusCode::CREATED, &Value::Object(Map::new())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
            assert_eq!(from_base64(coded).unwrap(), plain.as_bytes());
        }
        assert_eq!(from_base64("data:image/png;base64,AAAA"), None);
    }
}
