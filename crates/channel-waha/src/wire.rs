//! Documents of WAHA's wire as they are written. Refuses to give them meaning; `read` does. Members that differ between engines are kept
//! as values.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Any body of a refusal.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Refusal {
    message: Value,
    error: Value,
    status: Value,
}

impl Refusal {
    /// Its words, several joined.
    pub fn words(&self) -> String {
        let from = if self.message.is_null() {
            &self.error
        } else {
            &self.message
        };
        match from {
            Value::String(text) => text.clone(),
            Value::Array(list) => {
                let words: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
                words.join("; ")
            }
            _ => "no words".to_owned(),
        }
    }
    /// The state that a line is in instead of the needed one.
    pub fn state(&self) -> Option<&str> {
        self.status.as_str()
    }
    pub fn is_file_gone(&self) -> bool {
        self.error.get("key").and_then(Value::as_str) == Some("FILE_NOT_FOUND")
    }
}

#[derive(Debug, Deserialize)]
pub struct VersionAnswer {
    pub version: String,
    #[serde(default)]
    pub engine: Option<String>,
    #[serde(default)]
    pub tier: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct SessionAnswer {
    pub name: String,
    pub status: String,
    #[serde(default)]
    pub config: Option<Value>,
    #[serde(default)]
    pub me: Option<Me>,
}

#[derive(Debug, Deserialize)]
pub struct Me {
    #[serde(default)]
    pub id: Option<String>,
    #[serde(default, rename = "pushName")]
    pub push_name: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct QrAnswer {
    pub value: String,
}

#[derive(Debug, Deserialize)]
pub struct CodeAnswer {
    pub code: String,
}

#[derive(Debug, Deserialize)]
pub struct ExistsAnswer {
    #[serde(rename = "numberExists")]
    pub number_exists: bool,
    #[serde(default, rename = "chatId")]
    pub chat_id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct LidAnswer {
    #[serde(default)]
    pub pn: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct NewIdAnswer {
    pub id: String,
}

#[derive(Debug, Serialize)]
pub struct CreateSession<'a> {
    pub name: &'a str,
    pub start: bool,
    pub config: Value,
}

#[derive(Debug, Serialize)]
pub struct UpdateSession {
    pub config: Value,
}

#[derive(Debug, Serialize)]
pub struct PhoneBody<'a> {
    #[serde(rename = "phoneNumber")]
    pub phone_number: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChatBody<'a> {
    pub session: &'a str,
    pub chat_id: &'a str,
}

/// Every sending call: members that a call does not have are left out.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SendBody<'a> {
    pub session: &'a str,
    pub chat_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link_preview: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<FileBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'a str>,
    #[serde(rename = "reply_to", skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub struct FileBody<'a> {
    pub mimetype: &'a str,
    pub filename: &'a str,
    /// Base64 without a prefix.
    pub data: String,
}

/// A message in any of its places: an answer to sending, a list, a webhook.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct MessageDocument {
    /// Text, or an object of the engine.
    pub id: Value,
    /// Where some engines have the parts of the id.
    pub key: Value,
    /// Seconds, whole or not, sometimes as text.
    pub timestamp: Value,
    pub from: Option<String>,
    pub from_me: Option<bool>,
    pub source: Option<String>,
    pub to: Option<String>,
    pub participant: Option<String>,
    pub body: Option<String>,
    pub has_media: Option<bool>,
    pub media: Option<MediaDocument>,
    pub ack: Value,
    pub location: Option<PlaceDocument>,
    pub reply_to: Option<ReplyDocument>,
    #[serde(rename = "_data")]
    pub raw: Value,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MediaDocument {
    pub url: Option<String>,
    pub mimetype: Option<String>,
    pub filename: Option<String>,
    pub error: Value,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PlaceDocument {
    pub latitude: Value,
    pub longitude: Value,
    pub name: Option<String>,
    pub title: Option<String>,
    pub description: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReplyDocument {
    pub id: Option<String>,
}

/// What a webhook brings.
#[derive(Debug, Deserialize)]
pub struct Envelope {
    #[serde(default)]
    pub id: Option<String>,
    #[serde(default)]
    pub timestamp: Value,
    pub event: String,
    pub session: String,
    #[serde(default)]
    pub payload: Value,
}

#[derive(Debug, Deserialize)]
pub struct StatePayload {
    pub status: String,
    #[serde(default)]
    pub data: Value,
}

#[derive(Debug, Deserialize)]
pub struct ReactionPayload {
    pub reaction: Reaction,
}

#[derive(Debug, Deserialize)]
pub struct Reaction {
    #[serde(default)]
    pub text: String,
    #[serde(rename = "messageId")]
    pub message_id: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ChangePayload {
    pub id: Value,
    pub body: Option<String>,
    pub edited_message_id: Option<String>,
    pub revoked_message_id: Option<String>,
    pub after: Value,
    pub before: Value,
}
