//! Documents as the pretend WAHA writes them. Refuses to change state.

use super::desk::{Desk, Message, Session};
use sauda_kernel::Timestamp;
use serde_json::{Map, Value, json};

pub const VERSION: &str = "2026.7.1";
pub const ENGINE: &str = "NOWEB";

pub fn version() -> Value {
    json!({"version": VERSION, "engine": ENGINE, "tier": "CORE", "browser": null, "platform": "linux/x64", "worker": {"id": null}})
}

pub fn me(session: &Session) -> Value {
    session.linked.as_ref().map_or(
        Value::Null,
        |linked| json!({"id": format!("{}@c.us", linked.number), "pushName": linked.name}),
    )
}

/// The answer to making and acting.
pub fn session(session: &Session) -> Value {
    json!({
        "name": session.name,
        "status": session.status.word(),
        "engine": {"engine": ENGINE},
        "config": session.config,
        "me": me(session),
    })
}

/// The answer to looking.
pub fn session_info(session: &Session, now: Timestamp) -> Value {
    let mut info = self::session(session);
    if let Value::Object(members) = &mut info {
        members.insert("presence".to_owned(), Value::Null);
        members.insert("timestamps".to_owned(), json!({"activity": now.as_millis()}));
    }
    info
}

pub fn state(session: &Session) -> Value {
    let last = session.history.len().saturating_sub(3);
    let statuses: Vec<Value> = session
        .history
        .iter()
        .skip(last)
        .map(|(status, at)| json!({"status": status.word(), "timestamp": at.as_millis()}))
        .collect();
    json!({"name": session.name, "status": session.status.word(), "statuses": statuses, "data": null})
}

pub fn envelope(session: &Session, id: &str, event: &str, payload: &Value, now: Timestamp) -> Value {
    let metadata = session
        .config
        .get("metadata")
        .cloned()
        .unwrap_or_else(|| Value::Object(Map::new()));
    json!({
        "id": id,
        "timestamp": now.as_millis(),
        "event": event,
        "session": session.name,
        "metadata": metadata,
        "me": me(session),
        "payload": payload,
        "environment": {"version": VERSION, "engine": ENGINE, "tier": "CORE", "browser": null},
        "engine": ENGINE,
    })
}

pub const fn ack_name(ack: i8) -> &'static str {
    match ack {
        -1 => "ERROR",
        0 => "PENDING",
        1 => "SERVER",
        2 => "DEVICE",
        3 => "READ",
        4 => "PLAYED",
        _ => "UNKNOWN",
    }
}

/// A message. `with_media` gives links to files; `in_event` names the device that wrote it.
pub fn message(desk: &Desk, session: &Session, message: &Message, with_media: bool, in_event: bool) -> Value {
    let own = session
        .linked
        .as_ref()
        .map_or_else(|| "0@c.us".to_owned(), |linked| format!("{}@c.us", linked.number));
    let media = message.media.as_ref().map(|media| {
        let url = media
            .file
            .as_ref()
            .filter(|_| with_media)
            .map(|file| format!("{}/api/files/{file}", desk.base));
        json!({"url": url, "mimetype": media.mime, "filename": media.file_name, "error": null})
    });
    let mut document = json!({
        "id": message.id(),
        "timestamp": message.at.as_secs(),
        "from": if message.is_ours { own.as_str() } else { message.chat.as_str() },
        "fromMe": message.is_ours,
        "participant": null,
        "body": message.text,
        "hasMedia": message.media.is_some(),
        "media": media,
        "ack": message.ack,
        "ackName": ack_name(message.ack),
        "vCards": [],
        "replyTo": message.reply_to.as_ref().map(|id| json!({"id": id, "participant": null, "body": null, "hasMedia": false, "media": null})),
        "_data": {},
    });
    if let Value::Object(members) = &mut document {
        if in_event {
            let source = if message.is_ours && message.by_program {
                "api"
            } else {
                "app"
            };
            members.insert("source".to_owned(), json!(source));
        }
        // Messages of hidden numbers come without their target.
        if message.is_ours || !message.chat.ends_with("@lid") {
            let to = if message.is_ours {
                message.chat.as_str()
            } else {
                own.as_str()
            };
            members.insert("to".to_owned(), json!(to));
        }
        if let Some(place) = &message.place {
            members.insert(
                "location".to_owned(),
                json!({"latitude": place.latitude, "longitude": place.longitude, "live": false, "name": place.title}),
            );
        }
    }
    document
}

pub fn ack(message: &Message) -> Value {
    json!({
        "id": message.id(),
        "from": message.chat,
        "to": message.chat,
        "participant": null,
        "fromMe": message.is_ours,
        "ack": message.ack,
        "ackName": ack_name(message.ack),
    })
}
