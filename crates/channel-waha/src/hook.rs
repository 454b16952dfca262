//! Webhooks of WAHA: the signature over the raw bytes first, then their meaning. Pure: refuses to store or to answer.

use crate::{
    read,
    wire::{ChangePayload, Envelope, MessageDocument, ReactionPayload, StatePayload},
};
use data_encoding::HEXLOWER_PERMISSIVE;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sauda_channel::{ChannelError, Delivery, Event, Happening};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::Sha512;

/// The events that we ask for.
pub const EVENTS: [&str; 7] = [
    "session.status",
    "message",
    "message.any",
    "message.ack",
    "message.reaction",
    "message.edited",
    "message.revoked",
];

/// Larger bodies are no events: media come by address.
const LARGEST_BODY_BYTES: usize = 4 * 1024 * 1024;

/// The headers that a webhook is signed by.
#[derive(Debug, Clone, Copy, Default)]
pub struct Signature<'a> {
    /// `X-Webhook-Hmac`
    pub hmac: Option<&'a str>,
    /// `X-Webhook-Hmac-Algorithm`
    pub algorithm: Option<&'a str>,
}

/// What the server writes into `X-Webhook-Hmac`: lower-case hexadecimal HMAC-SHA-512 of the body.
pub fn sign(key: &SecretString, body: &[u8]) -> Option<String> {
    let mac = Hmac::<Sha512>::new_from_slice(key.expose_secret().as_bytes()).ok()?;
    let code = mac.chain_update(body).finalize().into_bytes();
    Some(HEXLOWER_PERMISSIVE.encode(&code))
}

/// Checks the signature over the raw bytes, in a time that does not depend on where it differs.
///
/// # Errors
/// `Forged` saying what is wrong with the signature, never what would be right.
pub fn verify(key: &SecretString, signature: Signature<'_>, body: &[u8]) -> Result<(), ChannelError> {
    if key.expose_secret().is_empty() {
        return Err(ChannelError::Forged("this line has no key for webhooks: set one"));
    }
    let told = signature
        .hmac
        .ok_or(ChannelError::Forged("the header X-Webhook-Hmac is missing"))?;
    if signature
        .algorithm
        .is_some_and(|algorithm| !algorithm.trim().eq_ignore_ascii_case("sha512"))
    {
        return Err(ChannelError::Forged("X-Webhook-Hmac-Algorithm is not sha512"));
    }
    let told = HEXLOWER_PERMISSIVE
        .decode(told.trim().as_bytes())
        .map_err(|_| ChannelError::Forged("X-Webhook-Hmac is not hexadecimal"))?;
    let mac = Hmac::<Sha512>::new_from_slice(key.expose_secret().as_bytes())
        .map_err(|_| ChannelError::Forged("the key of this line cannot be used"))?;
    mac.chain_update(body)
        .verify_slice(&told)
        .map_err(|_| ChannelError::Forged("it belongs to another key or another body"))
}

/// Verifies a webhook and reads it. The same event may come again, and late: store it by its id first, then act.
///
/// # Errors
/// `Forged`, `TooLarge`, `BadAnswer`.
pub fn hear(key: &SecretString, signature: Signature<'_>, body: &[u8]) -> Result<Event, ChannelError> {
    if body.len() > LARGEST_BODY_BYTES {
        return Err(ChannelError::TooLarge {
            limit: LARGEST_BODY_BYTES,
        });
    }
    verify(key, signature, body)?;
    read_event(body)
}

/// Reads a webhook whose signature was verified before.
///
/// # Errors
/// `BadAnswer` for a body that is no event.
pub fn read_event(body: &[u8]) -> Result<Event, ChannelError> {
    let envelope: Envelope = read::document("webhook", body)?;
    let at = read::time(&envelope.timestamp);
    let payload = &envelope.payload;
    let what = match envelope.event.as_str() {
        "message" | "message.any" => {
            let document: MessageDocument = part("message", payload)?;
            Happening::Message(Box::new(read::message(&document, at)?))
        }
        "message.ack" | "message.ack.group" => {
            let document: MessageDocument = part("message.ack", payload)?;
            let message = id_of(&document)?;
            Happening::Delivery {
                chat: read::chat_of_id(&message),
                message,
                delivery: read::delivery(&document.ack).unwrap_or(Delivery::Unknown),
            }
        }
        "session.status" => {
            let document: StatePayload = part("session.status", payload)?;
            Happening::State {
                state: read::state(&document.status),
                code: document
                    .data
                    .get("code")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            }
        }
        "message.reaction" => {
            let head: MessageDocument = part("message.reaction", payload)?;
            let document: ReactionPayload = part("message.reaction", payload)?;
            let message = read::message(&head, at)?;
            Happening::Reaction {
                message: document.reaction.message_id,
                chat: message.chat,
                from_me: message.from_me,
                sign: document.reaction.text,
            }
        }
        "message.edited" | "message.revoked" => change(part("message change", payload)?)?,
        _ => Happening::Other(envelope.event.chars().take(60).collect()),
    };
    Ok(Event {
        id: event_id(&envelope),
        line: envelope.session,
        at,
        what,
    })
}

fn change(document: ChangePayload) -> Result<Happening, ChannelError> {
    let head = |value: &Value| value.as_str().and_then(read::chat_of_id);
    if let Some(message) = document.edited_message_id {
        return Ok(Happening::Edited {
            message,
            chat: head(&document.id),
            text: document.body.unwrap_or_default(),
        });
    }
    let message = document
        .revoked_message_id
        .ok_or_else(|| ChannelError::BadAnswer("a change without the id of the message".to_owned()))?;
    let chat = [&document.after, &document.before]
        .into_iter()
        .find_map(|side| side.get("id").and_then(head));
    Ok(Happening::Revoked { message, chat })
}

fn part<T: DeserializeOwned>(name: &'static str, payload: &Value) -> Result<T, ChannelError> {
    T::deserialize(payload)
        .map_err(|_| ChannelError::BadAnswer(format!("the payload of {name} cannot be read")))
}

fn id_of(document: &MessageDocument) -> Result<String, ChannelError> {
    read::message_id(document).ok_or_else(|| ChannelError::BadAnswer("a message without an id".to_owned()))
}

/// The event's id; for servers that send none, one that a repetition has too.
fn event_id(envelope: &Envelope) -> String {
    if let Some(id) = envelope.id.as_deref().filter(|id| !id.trim().is_empty()) {
        return id.chars().take(200).collect();
    }
    let word = |name: &str| {
        envelope.payload.get(name).map_or_else(String::new, |value| {
            value.as_str().map_or_else(|| value.to_string(), str::to_owned)
        })
    };
    let marks = [word("id"), word("ack"), word("status"), word("timestamp")];
    let text = format!("{}:{}:{}", envelope.session, envelope.event, marks.join(":"));
    text.chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> SecretString {
        SecretString::from("a key of this line")
    }

    #[test]
    fn a_wrong_signature_is_refused_and_named() {
        let body = br#"{"event":"x","session":"a"}"#;
        let good = sign(&key(), body).unwrap();
        let refused = |hmac: Option<&str>, algorithm: Option<&str>, body: &[u8]| {
            hear(&key(), Signature { hmac, algorithm }, body)
                .unwrap_err()
                .to_string()
        };
        assert!(
            hear(
                &key(),
                Signature {
                    hmac: Some(&good),
                    algorithm: Some("SHA512")
                },
                body
            )
            .is_ok()
        );
        assert!(
            hear(
                &key(),
                Signature {
                    hmac: Some(&good.to_uppercase()),
                    algorithm: None
                },
                body
            )
            .is_ok()
        );
        let head = "the signature of the webhook is wrong: ";
        assert_eq!(
            refused(None, None, body),
            format!("{head}the header X-Webhook-Hmac is missing")
        );
        assert_eq!(
            refused(Some("zz"), None, body),
            format!("{head}X-Webhook-Hmac is not hexadecimal")
        );
        assert_eq!(
            refused(Some(&good), Some("sha1"), body),
            format!("{head}X-Webhook-Hmac-Algorithm is not sha512")
        );
        assert_eq!(
            refused(Some(""), None, body),
            format!("{head}it belongs to another key or another body")
        );
        assert_eq!(
            refused(Some(&good[..64]), None, body),
            format!("{head}it belongs to another key or another body")
        );
        let nobody = SecretString::from("");
        let empty = sign(&nobody, body).unwrap();
        assert_eq!(
            hear(
                &nobody,
                Signature {
                    hmac: Some(&empty),
                    algorithm: None
                },
                body
            )
            .unwrap_err()
            .word(),
            "forged"
        );
    }

    #[test]
    fn an_event_without_an_id_gets_one_that_its_repetition_has_too() {
        let body = r#"{"event":"message.ack","session":"a","payload":{"id":"true_7701@c.us_AA","ack":2}}"#;
        let first = read_event(body.as_bytes()).unwrap();
        assert_eq!(first.id, "a:message.ack:true_7701@c.us_AA:2::");
        assert_eq!(read_event(body.as_bytes()).unwrap(), first);
        let read = body.replace(":2}", ":3}");
        assert_ne!(read_event(read.as_bytes()).unwrap().id, first.id);
    }

    proptest! {
        #[test]
        fn one_changed_bit_of_a_body_breaks_its_signature(body in proptest::collection::vec(any::<u8>(), 1..64), at in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let hmac = sign(&key(), &body).unwrap();
            let signature = Signature { hmac: Some(&hmac), algorithm: None };
            prop_assert_eq!(verify(&key(), signature, &body), Ok(()));
            let mut other = body.clone();
            let place = at.index(other.len());
            other[place] ^= 1 << bit;
            prop_assert!(verify(&key(), signature, &other).is_err());
        }

        #[test]
        fn no_bytes_make_the_reader_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_event(&body);
        }
    }
}
