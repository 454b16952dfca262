//! `/_sim/api/telegram/*`: looking at the pretend Telegram and being its people. Refuses to be part of the wire.

use super::actions::TelegramPerson;
use crate::{control::actions::Missing, kaspi::wire::json as reply, sim::Sim};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

type World = State<Arc<Sim>>;

pub fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route("/_sim/api/telegram", get(look))
        .route("/_sim/api/telegram/acts", post(act))
}

/// The bot's address and token, and every chat with its messages.
pub fn overview(sim: &Sim) -> Value {
    let (base, token) = (format!("{}/telegram", sim.base()), sim.telegram.token());
    sim.telegram.look(|desk| {
        let chats: Vec<Value> = desk
            .chats
            .values()
            .map(|chat| {
                let messages: Vec<Value> = chat
                    .messages
                    .values()
                    .map(|post| {
                        let mut document = desk.document(chat, post);
                        if let Value::Object(members) = &mut document {
                            members.remove("chat");
                            members.insert("edits".to_owned(), json!(post.edits));
                        }
                        document
                    })
                    .collect();
                json!({"chat": chat.to_json(), "open": chat.is_open, "closed": chat.is_closed, "moved_to": chat.moved_to, "messages": messages})
            })
            .collect();
        let presses: Vec<Value> = desk
            .callbacks
            .iter()
            .map(|(id, callback)| {
                json!({
                    "id": id, "chat": callback.chat, "message": callback.message, "data": callback.data, "answered": callback.is_answered,
                    "answer": callback.answer.as_ref().map(|(words, _)| words), "alert": callback.answer.as_ref().map(|(_, alert)| alert),
                })
            })
            .collect();
        json!({
            "url": base, "token": token, "bot": desk.bot, "limits": desk.is_limited, "waiting_updates": desk.waiting(), "commands": desk.commands,
            "chats": chats, "presses": presses,
        })
    })
}

async fn look(State(sim): World) -> Response {
    reply(StatusCode::OK, &overview(&sim))
}

/// What somebody does.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Act {
    Person(TelegramPerson),
    Group {
        id: i64,
        title: String,
    },
    Start {
        person: i64,
        code: Option<String>,
    },
    Write {
        chat: Option<i64>,
        person: i64,
        text: String,
        reply_to: Option<i64>,
    },
    Press {
        chat: Option<i64>,
        person: i64,
        message: i64,
        button: String,
    },
    Contact {
        person: i64,
        phone: String,
    },
    Block {
        person: i64,
    },
    Move {
        group: i64,
        to: i64,
    },
    Limits(bool),
}

/// `{"start":{"person":1111111,"code":"abc"}}` and the like.
async fn act(State(sim): World, body: Bytes) -> Response {
    let act = match serde_json::from_slice::<Act>(&body) {
        Ok(act) => act,
        Err(error) => {
            return reply(
                StatusCode::UNPROCESSABLE_ENTITY,
                &json!({"error": error.to_string()}),
            );
        }
    };
    match perform(&sim, act) {
        Ok(value) => reply(StatusCode::OK, &value),
        Err(missing) => reply(StatusCode::NOT_FOUND, &json!({"error": missing.to_string()})),
    }
}

fn perform(sim: &Sim, act: Act) -> Result<Value, Missing> {
    let done = json!({"done": true});
    Ok(match act {
        Act::Person(person) => {
            sim.telegram_person(&person);
            done
        }
        Act::Group { id, title } => {
            sim.telegram_group(id, &title);
            done
        }
        Act::Start { person, code } => json!({"message": sim.telegram_start(person, code.as_deref())?}),
        Act::Write {
            chat,
            person,
            text,
            reply_to,
        } => json!({"message": sim.telegram_write(chat.unwrap_or(person), person, &text, reply_to)?}),
        Act::Press {
            chat,
            person,
            message,
            button,
        } => json!({"press": sim.telegram_press(chat.unwrap_or(person), person, message, &button)?}),
        Act::Contact { person, phone } => {
            sim.telegram_contact(person, &phone)?;
            done
        }
        Act::Block { person } => {
            sim.telegram_block(person)?;
            done
        }
        Act::Move { group, to } => {
            sim.telegram_move(group, to)?;
            done
        }
        Act::Limits(on) => {
            sim.telegram_limits(on);
            done
        }
    })
}
