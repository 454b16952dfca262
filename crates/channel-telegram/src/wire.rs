//! Documents of the Bot API as they are written. Unknown members are ignored, absent ones are absent. Refuses to give them meaning.

use serde::Deserialize;
use serde_json::Value;

/// Every answer.
#[derive(Debug, Deserialize)]
pub struct Answer {
    pub ok: bool,
    #[serde(default)]
    pub result: Value,
    #[serde(default)]
    pub error_code: Option<u16>,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub parameters: Option<Parameters>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Parameters {
    #[serde(default)]
    pub retry_after: Option<i64>,
    #[serde(default)]
    pub migrate_to_chat_id: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub struct UserDocument {
    pub id: i64,
    #[serde(default)]
    pub is_bot: bool,
    #[serde(default)]
    pub first_name: String,
    #[serde(default)]
    pub last_name: Option<String>,
    #[serde(default)]
    pub username: Option<String>,
    #[serde(default)]
    pub language_code: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct ChatDocument {
    pub id: i64,
}

#[derive(Debug, Deserialize)]
pub struct Posting {
    pub message_id: i64,
    pub date: i64,
    pub chat: ChatDocument,
}

#[derive(Debug, Deserialize)]
pub struct MessageDocument {
    pub message_id: i64,
    #[serde(default)]
    pub from: Option<UserDocument>,
    pub chat: ChatDocument,
    #[serde(default)]
    pub date: i64,
    #[serde(default)]
    pub text: Option<String>,
    #[serde(default)]
    pub caption: Option<String>,
    #[serde(default)]
    pub contact: Option<ContactDocument>,
    #[serde(default)]
    pub reply_to_message: Option<Box<ReplyDocument>>,
    #[serde(default)]
    pub migrate_to_chat_id: Option<i64>,
    #[serde(default)]
    pub migrate_from_chat_id: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub struct ReplyDocument {
    pub message_id: i64,
}

#[derive(Debug, Deserialize)]
pub struct ContactDocument {
    pub phone_number: String,
    #[serde(default)]
    pub user_id: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub struct CallbackDocument {
    pub id: String,
    pub from: UserDocument,
    /// Without a text and with `date` 0 when the bot cannot see it any more; its place is there.
    #[serde(default)]
    pub message: Option<PlaceDocument>,
    #[serde(default)]
    pub data: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct PlaceDocument {
    pub message_id: i64,
    pub chat: ChatDocument,
}

#[derive(Debug, Deserialize)]
pub struct MemberUpdate {
    pub chat: ChatDocument,
    pub from: UserDocument,
    pub new_chat_member: Member,
}

#[derive(Debug, Deserialize)]
pub struct Member {
    pub status: String,
}
