//! Telegram as the team's bot. Refuses to hold anything but the connection pool.

use crate::{
    TelegramSettings,
    http::{Body, Wire},
    markup, read,
    wire::{Posting, UserDocument},
};
use reqwest::multipart::{Form, Part};
use sauda_channel::{
    Bot, BotChat, BotCommand, BotKey, ChannelError, Edited, Effect, Post, Posted, Press, TeamBot, Update,
    Updates, Upload,
};
use sauda_kernel::{Span, Timestamp};
use serde_json::{Value, json};
use std::time::Duration;

const LONGEST_TEXT: usize = 4_096;
const LONGEST_CAPTION: usize = 1_024;
const LONGEST_ANSWER: usize = 200;
/// Telegram holds an answer back for at most so long.
const LONGEST_WAIT_SECS: i64 = 50;
const LARGEST_PHOTO_BYTES: usize = 10 * 1024 * 1024;

/// One for the whole process; every call names its bot.
#[derive(Debug, Clone)]
pub struct Telegram {
    wire: Wire,
}

impl Telegram {
    /// # Errors
    /// `Invalid` for settings out of bounds; `NoConnection` when no client can be made.
    pub fn new(settings: TelegramSettings) -> Result<Self, ChannelError> {
        settings.validate()?;
        Ok(Self {
            wire: Wire::new(settings)?,
        })
    }

    async fn act(&self, key: &BotKey, method: &'static str, body: Value) -> Result<Value, ChannelError> {
        self.wire
            .call(key, method, Effect::Repeatable, Body::Json(body), Duration::ZERO)
            .await
    }

    async fn posted(
        &self,
        key: &BotKey,
        method: &'static str,
        chat: BotChat,
        body: Body,
    ) -> Result<Posted, ChannelError> {
        let posting: Posting = self
            .wire
            .call(key, method, Effect::Once, body, Duration::ZERO)
            .await
            .map_err(|error| named(error, chat))?;
        Ok(Posted {
            chat: BotChat(posting.chat.id),
            message: posting.message_id,
            at: Timestamp::from_secs(posting.date),
        })
    }

    async fn upload(
        &self,
        key: &BotKey,
        (method, field): (&'static str, &'static str),
        chat: BotChat,
        upload: &Upload,
    ) -> Result<Posted, ChannelError> {
        markup::fits(&upload.caption, 0, LONGEST_CAPTION)?;
        Post {
            buttons: upload.buttons.clone(),
            ..Post::default()
        }
        .validate()?;
        let file = Part::bytes(upload.file.bytes.clone())
            .file_name(upload.file.file_name.clone())
            .mime_str(&upload.file.mime)
            .map_err(|_| {
                ChannelError::Invalid(format!(
                    "file type {:?}: write it like image/png",
                    upload.file.mime
                ))
            })?;
        // Names of files are Cyrillic too; their signs are safe by their birth.
        let mut form = Form::new()
            .percent_encode_noop()
            .text("chat_id", chat.0.to_string())
            .part(field, file);
        let caption = markup::html(&upload.caption);
        if !caption.is_empty() {
            form = form.text("caption", caption).text("parse_mode", "HTML");
        }
        if !upload.buttons.is_empty() {
            form = form.text("reply_markup", markup::keyboard(&upload.buttons).to_string());
        }
        if upload.is_quiet {
            form = form.text("disable_notification", "true");
        }
        self.posted(key, method, chat, Body::Form(form)).await
    }
}

/// Telegram does not say which chat it does not know.
fn named(error: ChannelError, chat: BotChat) -> ChannelError {
    match error {
        ChannelError::NoRecipient(_) => ChannelError::NoRecipient(chat.0.to_string()),
        other => other,
    }
}

/// The members that sending and editing share.
fn post_body(chat: BotChat, post: &Post) -> Result<Value, ChannelError> {
    post.validate()?;
    markup::fits(&post.text, 1, LONGEST_TEXT)?;
    Ok(json!({
        "chat_id": chat.0,
        "text": markup::html(&post.text),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": true},
    }))
}

fn put(body: &mut Value, name: &str, value: Value) {
    if let Value::Object(members) = body {
        members.insert(name.to_owned(), value);
    }
}

#[async_trait::async_trait]
impl TeamBot for Telegram {
    fn name(&self) -> &'static str {
        "telegram"
    }

    async fn me(&self, key: &BotKey) -> Result<Bot, ChannelError> {
        let user: UserDocument = self
            .wire
            .call(
                key,
                "getMe",
                Effect::Repeatable,
                Body::Json(json!({})),
                Duration::ZERO,
            )
            .await?;
        let user_name = user
            .username
            .ok_or_else(|| ChannelError::BadAnswer("getMe: a bot without a user name".to_owned()))?;
        Ok(Bot {
            id: user.id,
            name: user.first_name,
            user_name,
        })
    }

    async fn set_commands(
        &self,
        key: &BotKey,
        commands: &[BotCommand],
        language: Option<&str>,
    ) -> Result<(), ChannelError> {
        let mut list = Vec::with_capacity(commands.len());
        for command in commands {
            let word_fits = (1..=32).contains(&command.word.len())
                && command
                    .word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
            if !word_fits || !(1..=256).contains(&command.text.chars().count()) {
                return Err(ChannelError::Invalid(format!(
                    "command {:?}: up to 32 of a-z, digits and _, and a text of up to 256 signs",
                    command.word
                )));
            }
            list.push(json!({"command": command.word, "description": command.text}));
        }
        let mut body = json!({"commands": list});
        if let Some(language) = language {
            put(&mut body, "language_code", json!(language));
        }
        self.act(key, "setMyCommands", body).await.map(|_| ())
    }

    async fn take_updates(&self, key: &BotKey) -> Result<(), ChannelError> {
        self.act(key, "deleteWebhook", json!({"drop_pending_updates": false}))
            .await
            .map(|_| ())
    }

    async fn updates(&self, key: &BotKey, next: Option<i64>, wait: Span) -> Result<Updates, ChannelError> {
        let seconds = wait.as_secs().clamp(0, LONGEST_WAIT_SECS);
        let mut body = json!({
            "timeout": seconds,
            "limit": 100,
            "allowed_updates": ["message", "callback_query", "my_chat_member"],
        });
        if let Some(next) = next {
            put(&mut body, "offset", json!(next));
        }
        let held = Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
        let documents: Vec<Value> = self
            .wire
            .call(key, "getUpdates", Effect::Repeatable, Body::Json(body), held)
            .await?;
        let list: Vec<Update> = documents.iter().map(read::update).collect::<Result<_, _>>()?;
        let newest = list.iter().map(|update| update.id).max();
        Ok(Updates {
            next: newest.map(|id| id.saturating_add(1)).or(next),
            list,
        })
    }

    async fn post(&self, key: &BotKey, chat: BotChat, post: &Post) -> Result<Posted, ChannelError> {
        let mut body = post_body(chat, post)?;
        if !post.buttons.is_empty() {
            put(&mut body, "reply_markup", markup::keyboard(&post.buttons));
        }
        if post.is_quiet {
            put(&mut body, "disable_notification", json!(true));
        }
        if let Some(message) = post.reply_to {
            let reply = json!({"message_id": message, "allow_sending_without_reply": true});
            put(&mut body, "reply_parameters", reply);
        }
        self.posted(key, "sendMessage", chat, Body::Json(body)).await
    }

    async fn post_picture(
        &self,
        key: &BotKey,
        chat: BotChat,
        upload: &Upload,
    ) -> Result<Posted, ChannelError> {
        let mime = upload.file.mime.as_str();
        if !matches!(mime, "image/png" | "image/jpeg" | "image/webp")
            || upload.file.bytes.len() > LARGEST_PHOTO_BYTES
        {
            return Err(ChannelError::Invalid(format!(
                "picture of {} bytes, {mime}: Telegram shows PNG, JPEG and WebP up to {LARGEST_PHOTO_BYTES} bytes; send others as documents",
                upload.file.bytes.len()
            )));
        }
        self.upload(key, ("sendPhoto", "photo"), chat, upload).await
    }

    async fn post_document(
        &self,
        key: &BotKey,
        chat: BotChat,
        upload: &Upload,
    ) -> Result<Posted, ChannelError> {
        self.upload(key, ("sendDocument", "document"), chat, upload).await
    }

    async fn edit(
        &self,
        key: &BotKey,
        chat: BotChat,
        message: i64,
        post: &Post,
    ) -> Result<Edited, ChannelError> {
        let mut body = post_body(chat, post)?;
        put(&mut body, "message_id", json!(message));
        put(&mut body, "reply_markup", markup::keyboard(&post.buttons));
        match self.act(key, "editMessageText", body).await {
            Ok(_) => Ok(Edited::Changed),
            Err(ChannelError::Refused { text, .. }) if text.starts_with("message is not modified") => {
                Ok(Edited::Same)
            }
            Err(error) => Err(named(error, chat)),
        }
    }

    async fn answer(
        &self,
        key: &BotKey,
        press: &Press,
        words: Option<&str>,
        alert: bool,
    ) -> Result<(), ChannelError> {
        let mut body = json!({"callback_query_id": press.id});
        if let Some(words) = words {
            // Longer ones would be refused, and the person would wait.
            let short: String = words.chars().take(LONGEST_ANSWER).collect();
            put(&mut body, "text", json!(short));
            put(&mut body, "show_alert", json!(alert));
        }
        self.act(key, "answerCallbackQuery", body).await.map(|_| ())
    }

    fn link(&self, bot: &Bot, code: &str, for_group: bool) -> Result<String, ChannelError> {
        if !read::is_code(code) {
            return Err(ChannelError::Invalid(
                "code of a link: 1 to 64 Latin letters, digits, _ and -".to_owned(),
            ));
        }
        let (site, word) = (
            self.wire.settings().link_url.trim_end_matches('/'),
            if for_group { "startgroup" } else { "start" },
        );
        Ok(format!("{site}/{}?{word}={code}", bot.user_name))
    }
}
