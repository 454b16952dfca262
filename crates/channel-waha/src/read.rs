//! What documents of WAHA mean: ids, times, states, messages. Refuses to guess: what meaning needs and is missing is a bad answer.

use crate::wire::{MediaDocument, MessageDocument, PlaceDocument, SessionAnswer};
use sauda_channel::{ChannelError, ChatId, Delivery, LineInfo, LineState, Media, Message, Phone, Place};
use sauda_kernel::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// # Errors
/// `BadAnswer` naming the document, never its content.
pub fn document<T: DeserializeOwned>(name: &'static str, body: &[u8]) -> Result<T, ChannelError> {
    serde_json::from_slice(body).map_err(|error| {
        ChannelError::BadAnswer(format!(
            "{name}: {:?} in line {}, column {}",
            error.classify(),
            error.line(),
            error.column()
        ))
    })
}

pub fn state(word: &str) -> LineState {
    match word {
        "STOPPED" => LineState::Stopped,
        "STARTING" => LineState::Starting,
        "SCAN_QR_CODE" => LineState::AwaitsScan,
        "PASSKEY_REQUIRED" | "PASSKEY_CONFIRMATION_REQUIRED" => LineState::AwaitsPasskey,
        "WORKING" => LineState::Working,
        "FAILED" => LineState::Failed,
        other => LineState::Other(other.chars().take(60).collect()),
    }
}

pub fn line_info(answer: &SessionAnswer) -> LineInfo {
    let me = answer.me.as_ref();
    let hooks = answer.config.as_ref().and_then(|config| config.get("webhooks"));
    LineInfo {
        name: answer.name.clone(),
        state: state(&answer.status),
        number: me
            .and_then(|me| me.id.as_deref())
            .and_then(number_of)
            .map(|phone| phone.digits().to_owned()),
        display_name: me.and_then(|me| me.push_name.clone()),
        hooks: hooks
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|hook| hook.get("url").and_then(Value::as_str))
            .map(str::to_owned)
            .collect(),
    }
}

/// The number in an id of a person; none for hidden ones and groups.
pub fn number_of(id: &str) -> Option<Phone> {
    let (head, host) = id.split_once('@')?;
    let digits = head.split(':').next().unwrap_or(head);
    matches!(host, "c.us" | "s.whatsapp.net")
        .then(|| Phone::parse(&format!("+{digits}")).ok())
        .flatten()
}

/// A talk's key, with the internal form of a person's id made into the outer one.
///
/// # Errors
/// `BadAnswer` for text that is no key.
pub fn chat(id: &str) -> Result<ChatId, ChannelError> {
    let outer = id
        .strip_suffix("@s.whatsapp.net")
        .map(|head| format!("{}@c.us", head.split(':').next().unwrap_or(head)));
    ChatId::new(outer.as_deref().unwrap_or(id))
        .map_err(|_| ChannelError::BadAnswer("the id of a chat cannot be read".to_owned()))
}

/// An id's parts: whether it is ours, and the talk. `true_77010000000@c.us_3EB0…`
fn parts(id: &str) -> (Option<bool>, Option<&str>) {
    let mut parts = id.splitn(3, '_');
    let mine = match parts.next() {
        Some("true") => Some(true),
        Some("false") => Some(false),
        _ => None,
    };
    let chat = mine.and_then(|_| parts.next()).filter(|chat| chat.contains('@'));
    (mine, chat)
}

/// The talk that a message id names.
pub fn chat_of_id(id: &str) -> Option<ChatId> {
    parts(id).1.and_then(|text| chat(text).ok())
}

/// The id of a message, wherever the engine put it.
pub fn message_id(document: &MessageDocument) -> Option<String> {
    let word = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    if let Some(id) = word(&document.id) {
        return Some(id);
    }
    for whole in [&document.id, document.raw.get("id").unwrap_or(&Value::Null)] {
        if let Some(id) = whole.get("_serialized").and_then(word) {
            return Some(id);
        }
    }
    for key in [
        &document.id,
        &document.key,
        document.raw.get("key").unwrap_or(&Value::Null),
    ] {
        let part = |name: &str| key.get(name).and_then(word);
        if let (Some(id), Some(jid)) = (part("id"), part("remoteJid").or_else(|| part("remote"))) {
            let mine = key.get("fromMe").and_then(Value::as_bool).unwrap_or(false);
            let chat = chat(&jid).map_or(jid, |chat| chat.as_str().to_owned());
            return Some(format!("{mine}_{chat}_{id}"));
        }
    }
    None
}

/// Seconds since 1970, whole, fractional or as text; thousandths where the number is too large for seconds.
pub fn time(value: &Value) -> Option<Timestamp> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let whole: i64 = whole.parse().ok().filter(|whole| *whole > 0)?;
    if whole >= 100_000_000_000 {
        return whole.checked_mul(1_000).map(Timestamp::from_micros);
    }
    let micros: String = fraction.chars().chain("000000".chars()).take(6).collect();
    let micros: i64 = micros.parse().ok()?;
    Some(Timestamp::from_micros(
        whole.checked_mul(1_000_000)?.checked_add(micros)?,
    ))
}

pub fn delivery(value: &Value) -> Option<Delivery> {
    let number = match value {
        Value::Null => return None,
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    Some(match number {
        Some(-1) => Delivery::Failed,
        Some(0) => Delivery::Pending,
        Some(1) => Delivery::Server,
        Some(2) => Delivery::Device,
        Some(3) => Delivery::Read,
        Some(4) => Delivery::Played,
        _ => Delivery::Unknown,
    })
}

fn degree(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn place(document: &PlaceDocument) -> Option<Place> {
    let title = document
        .title
        .as_deref()
        .or(document.name.as_deref())
        .or(document.description.as_deref())
        .unwrap_or("");
    Place::new(degree(&document.latitude)?, degree(&document.longitude)?, title).ok()
}

fn media(document: &MediaDocument) -> Media {
    let error = match &document.error {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(
            other
                .get("message")
                .and_then(Value::as_str)
                .unwrap_or("no words")
                .to_owned(),
        ),
    };
    Media {
        url: document.url.clone(),
        mime: document.mimetype.clone(),
        file_name: document.filename.clone(),
        error,
    }
}

/// A message, from a list or a webhook. `noticed` is when the server noticed, for messages without a time of their own.
///
/// # Errors
/// `BadAnswer` without an id, a talk or a time.
pub fn message(document: &MessageDocument, noticed: Option<Timestamp>) -> Result<Message, ChannelError> {
    let missing = |what: &str| ChannelError::BadAnswer(format!("a message without {what}"));
    let id = message_id(document).ok_or_else(|| missing("an id"))?;
    let (mine, talk) = parts(&id);
    let from_me = document.from_me.or(mine).unwrap_or(false);
    let talk = match talk {
        Some(talk) => talk,
        None if from_me => document
            .to
            .as_deref()
            .or(document.from.as_deref())
            .ok_or_else(|| missing("a talk"))?,
        None => document.from.as_deref().ok_or_else(|| missing("a talk"))?,
    };
    let chat = chat(talk)?;
    Ok(Message {
        chat,
        from_me,
        by_program: match document.source.as_deref() {
            Some("api") => Some(true),
            Some("app") => Some(false),
            _ => None,
        },
        author: document.participant.clone(),
        name: document
            .raw
            .get("pushName")
            .or_else(|| document.raw.get("notifyName"))
            .and_then(Value::as_str)
            .map(str::to_owned),
        at: time(&document.timestamp)
            .or(noticed)
            .ok_or_else(|| missing("a time"))?,
        text: document.body.clone().unwrap_or_default(),
        has_media: document.has_media.unwrap_or(false) || document.media.is_some(),
        media: document.media.as_ref().map(media),
        place: document.location.as_ref().and_then(place),
        delivery: delivery(&document.ack),
        reply_to: document.reply_to.as_ref().and_then(|reply| reply.id.clone()),
        id,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_id_is_found_wherever_the_engine_put_it() {
        for (document, wanted) in [
            (json!({"id": "true_7701@c.us_AA"}), Some("true_7701@c.us_AA")),
            (
                json!({"id": {"_serialized": "true_7701@c.us_AA", "fromMe": true}}),
                Some("true_7701@c.us_AA"),
            ),
            (
                json!({"key": {"id": "AA", "remoteJid": "7701@s.whatsapp.net", "fromMe": true}}),
                Some("true_7701@c.us_AA"),
            ),
            (
                json!({"_data": {"key": {"id": "AA", "remoteJid": "463@lid", "fromMe": false}}}),
                Some("false_463@lid_AA"),
            ),
            (
                json!({"_data": {"id": {"_serialized": "true_7701@c.us_AA"}}}),
                Some("true_7701@c.us_AA"),
            ),
            (json!({}), None),
        ] {
            let read: MessageDocument = serde_json::from_value(document.clone()).unwrap();
            assert_eq!(message_id(&read).as_deref(), wanted, "{document}");
        }
    }

    #[test]
    fn times_come_in_seconds_or_thousandths() {
        for (value, micros) in [
            (json!(1_667_561_485), Some(1_667_561_485_000_000)),
            (json!(1_710_481_111.853), Some(1_710_481_111_853_000)),
            (json!("1667561485"), Some(1_667_561_485_000_000)),
            (json!(1_741_249_702_485_i64), Some(1_741_249_702_485_000)),
            (json!(0), None),
            (json!(null), None),
            (json!("yesterday"), None),
        ] {
            assert_eq!(time(&value).map(Timestamp::as_micros), micros, "{value}");
        }
    }

    #[test]
    fn states_and_acks_that_nobody_listed_are_unknown_not_lost() {
        assert_eq!(state("WORKING"), LineState::Working);
        assert_eq!(state("DREAMING"), LineState::Other("DREAMING".to_owned()));
        assert_eq!(delivery(&json!(3)), Some(Delivery::Read));
        assert_eq!(delivery(&json!(9)), Some(Delivery::Unknown));
        assert_eq!(delivery(&Value::Null), None);
    }

    #[test]
    fn an_internal_id_becomes_the_outer_one_and_hidden_ones_stay() {
        assert_eq!(
            chat("77011234567:12@s.whatsapp.net").unwrap().as_str(),
            "77011234567@c.us"
        );
        assert_eq!(chat("4639135150000@lid").unwrap().as_str(), "4639135150000@lid");
        assert_eq!(number_of("77011234567:3@c.us").unwrap().digits(), "77011234567");
        assert_eq!(number_of("4639135150000@lid"), None);
        assert_eq!(number_of("120363@g.us"), None);
    }
}
