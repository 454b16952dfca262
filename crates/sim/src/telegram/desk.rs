//! The state of the pretend Telegram: chats, messages, updates that wait. Refuses to know HTTP.

use super::{Refusal, limits::Limits, markup::Marked, params::Params};
use axum::body::Bytes;
use sauda_kernel::Timestamp;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};

/// Somebody with Telegram.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: i64,
    pub name: String,
    pub user_name: String,
    pub language: String,
}

impl Person {
    pub fn to_json(&self) -> Value {
        json!({"id": self.id, "is_bot": false, "first_name": self.name, "username": self.user_name, "language_code": self.language})
    }
}

#[derive(Debug, Clone)]
pub struct Chat {
    pub id: i64,
    /// None for a group.
    pub person: Option<Person>,
    pub title: String,
    /// The person pressed Start, or the bot was added.
    pub is_open: bool,
    /// The person blocked the bot, or the group threw it out.
    pub is_closed: bool,
    pub moved_to: Option<i64>,
    pub messages: BTreeMap<i64, Post>,
}

impl Chat {
    pub fn to_json(&self) -> Value {
        match &self.person {
            Some(person) => {
                json!({"id": self.id, "first_name": person.name, "username": person.user_name, "type": "private"})
            }
            None if self.id <= -1_000_000_000_000 => {
                json!({"id": self.id, "title": self.title, "type": "supergroup"})
            }
            None => json!({"id": self.id, "title": self.title, "type": "group"}),
        }
    }
}

/// A file that the bot sent.
#[derive(Debug, Clone)]
pub struct SentFile {
    /// `photo` or `document`.
    pub kind: &'static str,
    pub name: String,
    pub mime: String,
    pub size: usize,
    /// Empty when the bot named a file that was there already.
    pub bytes: Bytes,
}

/// A message, of the bot or of a person.
#[derive(Debug, Clone)]
pub struct Post {
    pub id: i64,
    pub at: Timestamp,
    /// None = the bot's.
    pub from: Option<Person>,
    pub marked: Marked,
    pub keyboard: Option<Value>,
    pub file: Option<SentFile>,
    pub reply_to: Option<i64>,
    pub is_quiet: bool,
    pub edits: u32,
}

/// A pressed button that waits for its answer.
#[derive(Debug, Clone)]
pub struct Callback {
    pub at: Timestamp,
    pub chat: i64,
    pub message: i64,
    pub data: String,
    pub answer: Option<(String, bool)>,
    pub is_answered: bool,
}

pub struct Desk {
    pub now: Timestamp,
    pub bot: Value,
    pub chats: BTreeMap<i64, Chat>,
    pub callbacks: BTreeMap<String, Callback>,
    pub commands: BTreeMap<String, Value>,
    pub webhook: Option<String>,
    pub limits: Limits,
    pub is_limited: bool,
    updates: VecDeque<(i64, &'static str, Value)>,
    allowed: Vec<String>,
    next_update: i64,
    next_message: i64,
    next_callback: u64,
    /// The newest poller's number.
    poller: u64,
}

const KEPT_UPDATES: usize = 10_000;

impl Desk {
    /// Numbers of updates and messages follow the clock, so that those of a world that begins anew are above those of the one before.
    pub fn new(token: &str, born: Timestamp) -> Self {
        let id: i64 = token
            .split_once(':')
            .and_then(|(id, _)| id.parse().ok())
            .unwrap_or(2_222_222);
        let mut desk = Self {
            now: Timestamp::from_secs(0),
            bot: json!({"id": id, "is_bot": true, "first_name": "Sauda", "username": "pretend_sauda_bot"}),
            chats: BTreeMap::new(),
            callbacks: BTreeMap::new(),
            commands: BTreeMap::new(),
            webhook: None,
            limits: Limits::default(),
            is_limited: true,
            updates: VecDeque::new(),
            allowed: Vec::new(),
            next_update: born.as_secs(),
            next_message: born.as_secs().rem_euclid(100_000_000),
            next_callback: 1,
            poller: 0,
        };
        for (id, name, language) in [(1_111_111, "Асель", "ru"), (1_111_112, "Нурлан", "kk")] {
            desk.person(id, name, language);
        }
        desk
    }

    /// Somebody known, made when new.
    pub fn person(&mut self, id: i64, name: &str, language: &str) -> &mut Chat {
        self.chats.entry(id).or_insert_with(|| Chat {
            id,
            person: Some(Person {
                id,
                name: name.to_owned(),
                user_name: format!("person_{id}"),
                language: language.to_owned(),
            }),
            title: String::new(),
            is_open: false,
            is_closed: false,
            moved_to: None,
            messages: BTreeMap::new(),
        })
    }

    pub fn group(&mut self, id: i64, title: &str) -> &mut Chat {
        self.chats.entry(id).or_insert_with(|| Chat {
            id,
            person: None,
            title: title.to_owned(),
            is_open: true,
            is_closed: false,
            moved_to: None,
            messages: BTreeMap::new(),
        })
    }

    /// Who pressed Start, remembered over a restart of the world.
    pub fn kept(&self) -> Vec<i64> {
        let open = self.chats.values().filter(|chat| chat.is_open && !chat.is_closed);
        open.map(|chat| chat.id).collect()
    }

    pub fn remember(&mut self, open: &[i64]) {
        for id in open {
            if *id > 0 {
                self.person(*id, "Асель", "ru").is_open = true;
            } else {
                self.group(*id, "Группа");
            }
        }
    }

    pub fn new_message(&mut self) -> i64 {
        self.next_message += 1;
        self.next_message
    }

    pub fn new_callback(&mut self) -> String {
        self.next_callback += 1;
        format!("4382{:014}", self.next_callback)
    }

    /// Puts an update in line, unless it is of a kind that nobody asked for.
    pub fn tell(&mut self, kind: &'static str, payload: Value) {
        if !self.allowed.is_empty() && !self.allowed.iter().any(|allowed| allowed == kind) {
            return;
        }
        let id = self.next_update;
        self.next_update += 1;
        self.updates.push_back((id, kind, payload));
        if self.updates.len() > KEPT_UPDATES {
            self.updates.pop_front();
        }
    }

    pub fn waiting(&self) -> usize {
        self.updates.len()
    }

    pub fn drop_waiting(&mut self) {
        self.updates.clear();
    }

    /// Confirms, remembers what is wanted, and becomes the newest poller.
    pub fn begin_poll(&mut self, params: &Params) -> Result<u64, Refusal> {
        if self.webhook.is_some() {
            return Err(Refusal::new(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            ));
        }
        if let Some(Value::Array(allowed)) = params.document("allowed_updates") {
            self.allowed = allowed
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
        }
        match params.number("offset") {
            Some(offset) if offset > 0 => self.updates.retain(|(id, _, _)| *id >= offset),
            Some(offset) if offset < 0 => {
                let tail = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
                let drop = self.updates.len().saturating_sub(tail);
                self.updates.drain(..drop);
            }
            _ => {}
        }
        self.poller += 1;
        Ok(self.poller)
    }

    /// What waits; none when nothing does.
    pub fn poll(&self, turn: u64) -> Result<Option<Value>, Refusal> {
        if turn != self.poller {
            return Err(Refusal::new(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            ));
        }
        if self.updates.is_empty() {
            return Ok(None);
        }
        let list: Vec<Value> = self
            .updates
            .iter()
            .take(100)
            .map(|(id, kind, payload)| json!({"update_id": id, *kind: payload}))
            .collect();
        Ok(Some(Value::Array(list)))
    }

    /// A message as the wire writes it.
    pub fn document(&self, chat: &Chat, post: &Post) -> Value {
        let from = post
            .from
            .as_ref()
            .map_or_else(|| self.bot.clone(), Person::to_json);
        let mut document =
            json!({"message_id": post.id, "from": from, "chat": chat.to_json(), "date": post.at.as_secs()});
        let Value::Object(members) = &mut document else {
            return document;
        };
        let (words, places) = if post.file.is_some() {
            ("caption", "caption_entities")
        } else {
            ("text", "entities")
        };
        if !post.marked.text.is_empty() {
            members.insert(words.to_owned(), json!(post.marked.text));
        }
        if !post.marked.entities.is_empty() {
            members.insert(places.to_owned(), json!(post.marked.entities));
        }
        if let Some(keyboard) = &post.keyboard {
            members.insert("reply_markup".to_owned(), keyboard.clone());
        }
        if let Some(SentFile {
            kind,
            name,
            mime,
            size,
            ..
        }) = &post.file
        {
            let id = format!("AgAD{}_{}", chat.id.unsigned_abs(), post.id);
            let file = if *kind == "photo" {
                json!([{"file_id": id, "file_unique_id": format!("AQ{}", post.id), "file_size": size, "width": 1000, "height": 500}])
            } else {
                json!({"file_id": id, "file_unique_id": format!("AQ{}", post.id), "file_size": size, "file_name": name, "mime_type": mime})
            };
            members.insert((*kind).to_owned(), file);
        }
        if post.edits > 0 {
            members.insert("edit_date".to_owned(), json!(self.now.as_secs()));
        }
        document
    }
}
