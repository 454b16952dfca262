//! What people in the pretend Telegram do: press Start, write, press buttons, block. Refuses to go through the wire.

use super::{
    desk::{Chat, Desk, Person, Post},
    markup::Marked,
};
use crate::{control::actions::Missing, sim::Sim};
use sauda_kernel::Timestamp;
use serde_json::{Value, json};

/// A message of the bot, for assertions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotMessage {
    pub chat: i64,
    pub id: i64,
    pub at: Timestamp,
    pub text: String,
    /// Labels of its buttons.
    pub buttons: Vec<String>,
    /// Name of its file.
    pub file: Option<String>,
    /// What is in its file.
    pub bytes: Vec<u8>,
    pub edits: u32,
    pub is_quiet: bool,
    pub reply_to: Option<i64>,
}

/// Somebody to be made.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TelegramPerson {
    pub id: i64,
    pub name: String,
    #[serde(default = "russian")]
    pub language: String,
}

fn russian() -> String {
    "ru".to_owned()
}

fn buttons(keyboard: Option<&Value>) -> Vec<(String, Option<String>)> {
    let rows = keyboard
        .and_then(|keyboard| keyboard.get("inline_keyboard"))
        .and_then(Value::as_array);
    let part = |button: &Value, name: &str| button.get(name).and_then(Value::as_str).map(str::to_owned);
    rows.into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .flatten()
        .map(|button| {
            (
                part(button, "text").unwrap_or_default(),
                part(button, "callback_data"),
            )
        })
        .collect()
}

impl Sim {
    pub fn telegram_person(&self, person: &TelegramPerson) {
        self.telegram.act(self, |desk| {
            desk.person(person.id, &person.name, &person.language);
        });
    }

    /// A group that the bot is in; its id is below zero.
    pub fn telegram_group(&self, id: i64, title: &str) {
        self.telegram.act(self, |desk| {
            desk.group(id, title);
        });
    }

    /// Switches the limits of sending.
    pub fn telegram_limits(&self, on: bool) {
        self.telegram.act(self, |desk| desk.is_limited = on);
    }

    /// Presses Start, perhaps coming by a link.
    ///
    /// # Errors
    /// When there is no such person.
    pub fn telegram_start(&self, person: i64, code: Option<&str>) -> Result<i64, Missing> {
        let text = code.map_or_else(|| "/start".to_owned(), |code| format!("/start {code}"));
        self.telegram.act(self, |desk| {
            let chat = desk.chats.get_mut(&person).ok_or_else(|| nobody(person))?;
            let was_closed = std::mem::replace(&mut chat.is_closed, false);
            chat.is_open = true;
            if was_closed {
                member(desk, person, person, "kicked", "member");
            }
            write(desk, person, person, &text, None)
        })
    }

    /// Writes into the own chat or a group.
    ///
    /// # Errors
    /// When there is no such person or chat.
    pub fn telegram_write(
        &self,
        chat: i64,
        person: i64,
        text: &str,
        reply_to: Option<i64>,
    ) -> Result<i64, Missing> {
        self.telegram
            .act(self, |desk| write(desk, chat, person, text, reply_to))
    }

    /// Hands the own phone number over.
    ///
    /// # Errors
    /// When there is no such person.
    pub fn telegram_contact(&self, person: i64, phone: &str) -> Result<(), Missing> {
        self.telegram.act(self, |desk| {
            let (chat, from) = who(desk, person, person)?;
            let contact = json!({"phone_number": phone, "first_name": from.name, "user_id": from.id});
            let message = json!({
                "message_id": desk.new_message(), "from": from.to_json(), "chat": chat.to_json(), "date": desk.now.as_secs(), "contact": contact,
            });
            desk.tell("message", message);
            Ok(())
        })
    }

    /// Presses a button by its label or its data; the id of the press.
    ///
    /// # Errors
    /// When there is no such message or button.
    pub fn telegram_press(
        &self,
        chat: i64,
        person: i64,
        message: i64,
        button: &str,
    ) -> Result<String, Missing> {
        self.telegram.act(self, |desk| {
            let (place, from) = who(desk, chat, person)?;
            let post = place
                .messages
                .get(&message)
                .cloned()
                .ok_or_else(|| Missing::of("message", &message.to_string()))?;
            let data = buttons(post.keyboard.as_ref())
                .into_iter()
                .find_map(|(label, data)| data.filter(|data| label == button || data == button))
                .ok_or_else(|| Missing::of("button", button))?;
            let id = desk.new_callback();
            let payload = json!({
                "id": id, "from": from.to_json(), "message": desk.document(&place, &post), "chat_instance": format!("-{}", chat.unsigned_abs()), "data": data,
            });
            desk.callbacks.insert(
                id.clone(),
                super::desk::Callback {
                    at: desk.now,
                    chat,
                    message,
                    data,
                    answer: None,
                    is_answered: false,
                },
            );
            desk.tell("callback_query", payload);
            Ok(id)
        })
    }

    /// What the presser was told; none while nothing was answered.
    pub fn telegram_answer(&self, press: &str) -> Option<(String, bool)> {
        self.telegram.look(|desk| {
            desk.callbacks
                .get(press)
                .and_then(|callback| callback.answer.clone())
        })
    }

    /// The person blocks the bot.
    ///
    /// # Errors
    /// When there is no such person.
    pub fn telegram_block(&self, person: i64) -> Result<(), Missing> {
        self.telegram.act(self, |desk| {
            desk.chats
                .get_mut(&person)
                .ok_or_else(|| nobody(person))?
                .is_closed = true;
            member(desk, person, person, "member", "kicked");
            Ok(())
        })
    }

    /// A group becomes a supergroup with another id.
    ///
    /// # Errors
    /// When there is no such group.
    pub fn telegram_move(&self, group: i64, to: i64) -> Result<(), Missing> {
        self.telegram.act(self, |desk| {
            let chat = desk.chats.get_mut(&group).ok_or_else(|| nobody(group))?;
            chat.moved_to = Some(to);
            let (title, place) = (chat.title.clone(), chat.to_json());
            desk.group(to, &title);
            let message = json!({"message_id": desk.new_message(), "chat": place, "date": desk.now.as_secs(), "migrate_to_chat_id": to});
            desk.tell("message", message);
            Ok(())
        })
    }

    /// The token of the pretend bot.
    pub fn telegram_token(&self) -> &str {
        self.telegram.token()
    }

    /// How many pollers wait for something to happen.
    pub fn telegram_waiting_pollers(&self) -> usize {
        self.telegram.held()
    }

    /// Everything the bot has sent, by chat and then by number.
    pub fn telegram_sent(&self) -> Vec<BotMessage> {
        self.telegram.look(|desk| {
            let posts = desk.chats.values().flat_map(|chat| {
                let own = chat.messages.values().filter(|post| post.from.is_none());
                own.map(|post| BotMessage {
                    chat: chat.id,
                    id: post.id,
                    at: post.at,
                    text: post.marked.text.clone(),
                    buttons: buttons(post.keyboard.as_ref())
                        .into_iter()
                        .map(|(label, _)| label)
                        .collect(),
                    file: post.file.as_ref().map(|file| file.name.clone()),
                    bytes: post
                        .file
                        .as_ref()
                        .map_or_else(Vec::new, |file| file.bytes.to_vec()),
                    edits: post.edits,
                    is_quiet: post.is_quiet,
                    reply_to: post.reply_to,
                })
            });
            posts.collect()
        })
    }
}

fn nobody(id: i64) -> Missing {
    Missing::of("chat", &id.to_string())
}

fn who(desk: &Desk, chat: i64, person: i64) -> Result<(Chat, Person), Missing> {
    let place = desk.chats.get(&chat).cloned().ok_or_else(|| nobody(chat))?;
    let from = desk.chats.get(&person).and_then(|chat| chat.person.clone());
    Ok((place, from.ok_or_else(|| nobody(person))?))
}

fn write(desk: &mut Desk, chat: i64, person: i64, text: &str, reply_to: Option<i64>) -> Result<i64, Missing> {
    let (place, from) = who(desk, chat, person)?;
    let mut entities = Vec::new();
    if text.starts_with('/') {
        let length = text
            .split_whitespace()
            .next()
            .unwrap_or("")
            .encode_utf16()
            .count();
        entities.push(json!({"offset": 0, "length": length, "type": "bot_command"}));
    }
    let post = Post {
        id: desk.new_message(),
        at: desk.now,
        from: Some(from),
        marked: Marked {
            text: text.to_owned(),
            entities,
        },
        keyboard: None,
        file: None,
        reply_to,
        is_quiet: false,
        edits: 0,
    };
    let mut document = desk.document(&place, &post);
    let answered = reply_to.and_then(|id| place.messages.get(&id));
    if let (Some(answered), Value::Object(members)) = (answered, &mut document) {
        members.insert("reply_to_message".to_owned(), desk.document(&place, answered));
    }
    let id = post.id;
    if let Some(chat) = desk.chats.get_mut(&chat) {
        chat.messages.insert(id, post);
    }
    desk.tell("message", document);
    Ok(id)
}

fn member(desk: &mut Desk, chat: i64, person: i64, before: &str, after: &str) {
    let Ok((place, from)) = who(desk, chat, person) else {
        return;
    };
    let status = |status: &str| {
        let mut member = json!({"user": desk.bot, "status": status});
        if let (true, Value::Object(members)) = (status == "kicked", &mut member) {
            members.insert("until_date".to_owned(), json!(0));
        }
        member
    };
    let payload = json!({
        "chat": place.to_json(), "from": from.to_json(), "date": desk.now.as_secs(),
        "old_chat_member": status(before), "new_chat_member": status(after),
    });
    desk.tell("my_chat_member", payload);
}
