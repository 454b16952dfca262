//! Doors of reading: numbers, hidden numbers, talks, files. Refuses to change anything.

use super::{
    answer,
    desk::Message,
    documents,
    lines::{World, working},
};
use crate::kaspi::wire::with_type;
use axum::{
    body::Body,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use sauda_kernel::Clock as _;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
pub struct NumberQuestion {
    #[serde(default)]
    phone: String,
    #[serde(default)]
    session: String,
}

pub async fn exists(State(sim): World, Query(asked): Query<NumberQuestion>) -> Response {
    sim.whatsapp.look(|desk| match working(desk, &asked.session) {
        Err(refusal) => *refusal,
        Ok(_) => {
            let number: String = asked.phone.chars().filter(char::is_ascii_digit).collect();
            let body = if desk.exists(&number) {
                json!({"numberExists": true, "chatId": format!("{number}@c.us")})
            } else {
                json!({"numberExists": false})
            };
            answer(StatusCode::OK, &body)
        }
    })
}

pub async fn lid(State(sim): World, Path((name, lid)): Path<(String, String)>) -> Response {
    sim.whatsapp.look(|desk| match working(desk, &name) {
        Err(refusal) => *refusal,
        Ok(_) => {
            let lid = if lid.contains('@') {
                lid
            } else {
                format!("{lid}@lid")
            };
            let number = desk.number_of(&lid).map(|number| format!("{number}@c.us"));
            answer(StatusCode::OK, &json!({"lid": lid, "pn": number}))
        }
    })
}

/// Numbers come as text in a query.
#[derive(Debug, Deserialize)]
pub struct TalkQuestion {
    #[serde(default)]
    limit: Option<usize>,
    #[serde(default)]
    offset: usize,
    #[serde(default, rename = "downloadMedia")]
    download_media: Option<String>,
    #[serde(default, rename = "sortOrder")]
    sort_order: Option<String>,
    #[serde(default, rename = "filter.timestamp.gte")]
    since: Option<i64>,
    #[serde(default, rename = "filter.timestamp.lte")]
    until: Option<i64>,
    #[serde(default, rename = "filter.fromMe")]
    from_me: Option<String>,
    #[serde(default, rename = "filter.ack")]
    ack: Option<String>,
}

impl TalkQuestion {
    fn wants(&self, message: &Message) -> bool {
        let second = message.at.as_secs();
        self.since.is_none_or(|since| second >= since)
            && self.until.is_none_or(|until| second <= until)
            && self
                .from_me
                .as_deref()
                .is_none_or(|from_me| (from_me == "true") == message.is_ours)
            && self
                .ack
                .as_deref()
                .is_none_or(|ack| ack == documents::ack_name(message.ack))
    }
}

pub async fn messages(
    State(sim): World,
    Path((name, chat)): Path<(String, String)>,
    Query(asked): Query<TalkQuestion>,
) -> Response {
    let Some(limit) = asked.limit else {
        return answer(
            StatusCode::BAD_REQUEST,
            &json!({"statusCode": 400, "message": ["limit must be a number"], "error": "Bad Request"}),
        );
    };
    sim.whatsapp.look(|desk| {
        let session = match working(desk, &name) {
            Err(refusal) => return *refusal,
            Ok(session) => session,
        };
        let number = desk.number_of(&chat).unwrap_or(chat);
        let all = session.talks.get(&number).map(|talk| talk.messages.as_slice());
        let mut wanted: Vec<&Message> = all
            .unwrap_or_default()
            .iter()
            .filter(|message| asked.wants(message))
            .collect();
        if asked.sort_order.as_deref() != Some("asc") {
            wanted.reverse();
        }
        let with_media = asked.download_media.as_deref() != Some("false");
        let rows: Vec<Value> = wanted
            .into_iter()
            .skip(asked.offset)
            .take(limit)
            .map(|message| documents::message(desk, session, message, with_media, false))
            .collect();
        answer(StatusCode::OK, &Value::Array(rows))
    })
}

pub async fn file(State(sim): World, Path(name): Path<String>) -> Response {
    let now = sim.clock.now();
    match sim.whatsapp.look(|desk| desk.file(&name, now)) {
        Some(kept) => {
            let mut response = with_type(StatusCode::OK, "application/octet-stream", Body::from(kept.bytes));
            if let Ok(mime) = HeaderValue::from_str(&kept.mime) {
                response.headers_mut().insert(header::CONTENT_TYPE, mime);
            }
            response
        }
        None => answer(
            StatusCode::NOT_FOUND,
            &json!({"error": {"code": 404, "key": "FILE_NOT_FOUND", "message": "File not found", "details": {}}}),
        ),
    }
}
