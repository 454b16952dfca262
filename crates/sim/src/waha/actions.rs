//! What a hand may do to the pretend WhatsApp: the methods behind page, JSON and in-process tests. Refuses to go through the wire.

use super::{
    desk::{PersonChange, WhatsappSettings},
    documents, media,
};
use crate::{control::actions::Missing, sim::Sim};
use sauda_kernel::{Clock as _, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

/// A message of ours that left, for assertions: never twice, never at night.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentMessage {
    pub at: Timestamp,
    pub session: String,
    pub number: String,
    pub kind: &'static str,
    pub text: String,
    pub id: String,
    pub is_first: bool,
    /// The same words went to the same person within a day before.
    pub is_repeated: bool,
}

/// What a person says by hand.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Said {
    pub session: String,
    /// Digits only.
    pub number: String,
    pub text: String,
    pub reply_to: Option<String>,
    /// A medium of this type, with invented bytes.
    pub mime: Option<String>,
    pub file_name: Option<String>,
    /// What is in the medium, in the place of invented bytes.
    pub content: Option<String>,
}

impl Sim {
    /// A phone of this number scans the QR of a line.
    ///
    /// # Errors
    /// When the line shows no QR.
    pub fn whatsapp_scan(&self, session: &str, number: &str) -> Result<(), Missing> {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let scanned = self.whatsapp.act(self, self.clock.now(), |desk| {
            desk.scan(session, &digits, "Sauda")
        });
        if scanned {
            Ok(())
        } else {
            Err(Missing::of("QR of the line", session))
        }
    }

    /// The phone unlinks the line: `FAILED`, and a new QR after a restart.
    pub fn whatsapp_unlink(&self, session: &str) {
        self.whatsapp
            .act(self, self.clock.now(), |desk| desk.unlink(session));
    }

    /// The line breaks, the phone stays linked.
    pub fn whatsapp_drop(&self, session: &str) {
        self.whatsapp
            .act(self, self.clock.now(), |desk| desk.drop_line(session));
    }

    /// Fixes what a person is like.
    pub fn whatsapp_person(&self, number: &str, change: PersonChange) {
        self.whatsapp.act(self, self.clock.now(), |desk| {
            desk.people.insert(number.to_owned(), change);
        });
    }

    pub fn whatsapp_settings(&self, settings: WhatsappSettings) {
        self.whatsapp
            .act(self, self.clock.now(), |desk| desk.settings = settings);
    }

    /// A person writes now. The id of the message.
    ///
    /// # Errors
    /// When there is no such line, or no phone is linked to it.
    pub fn whatsapp_say(&self, said: &Said) -> Result<String, Missing> {
        let media = said.mime.as_ref().map(|mime| {
            let bytes = said.content.as_ref().map(|content| content.clone().into_bytes());
            let bytes = bytes.unwrap_or_else(|| media::invented(mime));
            (mime.clone(), said.file_name.clone(), bytes)
        });
        self.whatsapp
            .act(self, self.clock.now(), |desk| {
                desk.incoming(
                    &said.session,
                    &said.number,
                    &said.text,
                    media,
                    said.reply_to.clone(),
                    "by hand",
                )
            })
            .ok_or_else(|| Missing::of("linked line", &said.session))
    }

    /// Everything that left, oldest first.
    pub fn whatsapp_sent(&self) -> Vec<SentMessage> {
        self.whatsapp.look(|desk| {
            desk.sent
                .iter()
                .map(|row| SentMessage {
                    at: row.at,
                    session: row.session.clone(),
                    number: row.number.clone(),
                    kind: row.kind,
                    text: row.text.clone(),
                    id: row.id.clone(),
                    is_first: row.is_first,
                    is_repeated: row.same_as.is_some(),
                })
                .collect()
        })
    }

    /// Waits until every webhook that is due has been tried.
    pub async fn webhooks_quiet(&self) {
        self.whatsapp.post.quiet().await;
    }

    pub(crate) fn whatsapp_ledger(&self, from: usize) -> Value {
        self.whatsapp.look(|desk| {
            let rows: Vec<Value> = desk
                .sent
                .iter()
                .enumerate()
                .skip(from)
                .map(|(at, row)| {
                    let acks: Vec<Value> = row
                        .acks
                        .iter()
                        .map(|(ack, at)| json!({"ack": documents::ack_name(*ack), "at": at.rfc3339()}))
                        .collect();
                    json!({
                        "n": at, "at": row.at.rfc3339(), "almaty": row.at.rfc3339_almaty(),
                        "night": !(8 * 60..22 * 60).contains(&row.at.local().minute_of_day()),
                        "session": row.session, "number": row.number, "chat": row.chat, "kind": row.kind, "text": row.text,
                        "id": row.id, "first": row.is_first, "same_as": row.same_as, "acks": acks,
                    })
                })
                .collect();
            Value::Array(rows)
        })
    }

    pub(crate) fn whatsapp_heard(&self, from: usize) -> Value {
        self.whatsapp.look(|desk| {
            let rows: Vec<Value> = desk
                .heard
                .iter()
                .enumerate()
                .skip(from)
                .map(|(at, row)| {
                    json!({
                        "n": at, "at": row.at.rfc3339(), "almaty": row.at.rfc3339_almaty(), "session": row.session,
                        "number": row.number, "id": row.id, "text": row.text, "meant": row.meant,
                    })
                })
                .collect();
            Value::Array(rows)
        })
    }
}
