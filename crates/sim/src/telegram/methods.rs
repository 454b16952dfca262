//! The methods of the pretend Bot API. Refuses what the API refuses, in its words.

use super::{
    Refusal,
    desk::{Desk, Post, SentFile},
    markup::{self, Marked},
    params::Params,
};
use axum::body::Bytes;
use sauda_kernel::{Span, Timestamp};
use serde_json::{Value, json};

/// A press can be answered for so long (nobody published how long).
const PRESS_LIVES: Span = Span::from_mins(15);

pub fn perform(
    desk: &mut Desk,
    method: &str,
    params: &Params,
    limit_now: Timestamp,
) -> Result<Value, Refusal> {
    match method {
        "getme" => Ok(me(desk)),
        "setmycommands" => set_commands(desk, params),
        "setwebhook" => set_webhook(desk, params),
        "deletewebhook" => {
            desk.webhook = None;
            if params.truth("drop_pending_updates") {
                desk.drop_waiting();
            }
            Ok(json!(true))
        }
        "getwebhookinfo" => Ok(json!({
            "url": desk.webhook.clone().unwrap_or_default(),
            "has_custom_certificate": false,
            "pending_update_count": desk.waiting(),
        })),
        "sendmessage" => send_message(desk, params, limit_now),
        "sendphoto" => send_file(desk, params, "photo", limit_now),
        "senddocument" => send_file(desk, params, "document", limit_now),
        "sendchataction" => open_chat(desk, params).map(|_| json!(true)),
        "editmessagetext" => edit(desk, params),
        "answercallbackquery" => answer(desk, params),
        _ => Err(Refusal::new(404, "Not Found")),
    }
}

fn me(desk: &Desk) -> Value {
    let mut bot = desk.bot.clone();
    if let Value::Object(members) = &mut bot {
        for (name, value) in [
            ("can_join_groups", true),
            ("can_read_all_group_messages", false),
            ("supports_inline_queries", false),
            ("can_connect_to_business", false),
            ("has_main_web_app", false),
        ] {
            members.insert(name.to_owned(), json!(value));
        }
    }
    bot
}

fn set_commands(desk: &mut Desk, params: &Params) -> Result<Value, Refusal> {
    let commands = params.document("commands").unwrap_or_default();
    let fits = commands.as_array().is_some_and(|list| {
        list.len() <= 100
            && list.iter().all(|command| {
                let word = command.get("command").and_then(Value::as_str).unwrap_or("");
                (1..=32).contains(&word.len())
                    && word
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
            })
    });
    if !fits {
        return Err(Refusal::bad("BOT_COMMAND_INVALID"));
    }
    let language = params.text("language_code").unwrap_or_default();
    desk.commands.insert(language, commands);
    Ok(json!(true))
}

fn set_webhook(desk: &mut Desk, params: &Params) -> Result<Value, Refusal> {
    let url = params.text("url").unwrap_or_default();
    if !url.is_empty() && !url.starts_with("https://") {
        return Err(Refusal::bad(
            "bad webhook: HTTPS url must be provided for webhook",
        ));
    }
    desk.webhook = Some(url).filter(|url| !url.is_empty());
    Ok(json!(true))
}

/// The chat, when the bot may write there.
fn open_chat(desk: &Desk, params: &Params) -> Result<i64, Refusal> {
    let id = params
        .number("chat_id")
        .ok_or_else(|| Refusal::bad("chat_id is empty"))?;
    let chat = desk
        .chats
        .get(&id)
        .ok_or_else(|| Refusal::bad("chat not found"))?;
    if let Some(to) = chat.moved_to {
        return Err(Refusal {
            parameters: Some(json!({"migrate_to_chat_id": to})),
            ..Refusal::bad("group chat was upgraded to a supergroup chat")
        });
    }
    match (chat.is_closed, chat.person.is_some()) {
        (true, true) => Err(Refusal::new(403, "Forbidden: bot was blocked by the user")),
        (true, false) => Err(Refusal::new(
            403,
            "Forbidden: bot was kicked from the supergroup chat",
        )),
        (false, true) if !chat.is_open => Err(Refusal::new(
            403,
            "Forbidden: bot can't initiate conversation with a user",
        )),
        (false, _) => Ok(id),
    }
}

fn within_limits(desk: &mut Desk, chat: i64, now: Timestamp) -> Result<(), Refusal> {
    if !desk.is_limited {
        return Ok(());
    }
    desk.limits.take(chat, now).map_err(|wait| Refusal {
        parameters: Some(json!({"retry_after": wait})),
        ..Refusal::new(429, format!("Too Many Requests: retry after {wait}"))
    })
}

fn keyboard(params: &Params) -> Result<Option<Value>, Refusal> {
    let Some(document) = params.document("reply_markup") else {
        return Ok(None);
    };
    let Some(rows) = document.get("inline_keyboard").and_then(Value::as_array) else {
        return Ok(None);
    };
    for button in rows.iter().filter_map(Value::as_array).flatten() {
        let part = |name: &str| button.get(name).and_then(Value::as_str);
        match (part("callback_data"), part("url")) {
            (Some(data), _) if !(1..=64).contains(&data.len()) => {
                return Err(Refusal::bad("BUTTON_DATA_INVALID"));
            }
            (None, Some(url)) if !url.contains("://") || url.starts_with("javascript") => {
                return Err(Refusal::bad("BUTTON_URL_INVALID"));
            }
            (None, None) => {
                return Err(Refusal::bad(
                    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
                ));
            }
            _ => {}
        }
    }
    Ok((!rows.is_empty()).then_some(document))
}

fn words(params: &Params, name: &str, most: usize) -> Result<Marked, Refusal> {
    let text = params.text(name).unwrap_or_default();
    let marked = markup::read(&text, params.text("parse_mode").as_deref())?;
    if marked.text.encode_utf16().count() > most {
        return Err(Refusal::bad("message is too long"));
    }
    Ok(marked)
}

fn send_message(desk: &mut Desk, params: &Params, now: Timestamp) -> Result<Value, Refusal> {
    let chat = open_chat(desk, params)?;
    let marked = words(params, "text", 4_096)?;
    if marked.text.trim().is_empty() {
        return Err(Refusal::bad("message text is empty"));
    }
    let keyboard = keyboard(params)?;
    put(desk, params, (chat, marked, keyboard), None, now)
}

fn send_file(desk: &mut Desk, params: &Params, kind: &'static str, now: Timestamp) -> Result<Value, Refusal> {
    let chat = open_chat(desk, params)?;
    let marked = words(params, "caption", 1_024)?;
    let file = match (params.files.get(kind), params.text(kind)) {
        (Some(file), _) => SentFile {
            kind,
            name: file.name.clone(),
            mime: file.mime.clone(),
            size: file.bytes.len(),
            bytes: file.bytes.clone(),
        },
        (None, Some(link)) if link.starts_with("http") || link.starts_with("AgAD") => SentFile {
            kind,
            name: link,
            mime: "application/octet-stream".to_owned(),
            size: 1,
            bytes: Bytes::new(),
        },
        _ => return Err(Refusal::bad("wrong file identifier/HTTP URL specified")),
    };
    let most = if kind == "photo" { 10 } else { 50 };
    if file.size == 0 {
        return Err(Refusal::bad("file must be non-empty"));
    }
    if file.size > most * 1024 * 1024 {
        return Err(Refusal::new(413, "Request Entity Too Large"));
    }
    let keyboard = keyboard(params)?;
    put(desk, params, (chat, marked, keyboard), Some(file), now)
}

type Content = (i64, Marked, Option<Value>);

fn put(
    desk: &mut Desk,
    params: &Params,
    (chat, marked, keyboard): Content,
    file: Option<SentFile>,
    now: Timestamp,
) -> Result<Value, Refusal> {
    let reply = params.document("reply_parameters");
    let reply_to = reply
        .as_ref()
        .and_then(|reply| reply.get("message_id"))
        .and_then(Value::as_i64);
    if let Some(to) = reply_to {
        let is_there = desk
            .chats
            .get(&chat)
            .is_some_and(|chat| chat.messages.contains_key(&to));
        let anyway = reply
            .as_ref()
            .and_then(|reply| reply.get("allow_sending_without_reply"))
            == Some(&Value::Bool(true));
        if !is_there && !anyway {
            return Err(Refusal::bad("message to be replied not found"));
        }
    }
    within_limits(desk, chat, now)?;
    let post = Post {
        id: desk.new_message(),
        at: desk.now,
        from: None,
        marked,
        keyboard,
        file,
        reply_to,
        is_quiet: params.truth("disable_notification"),
        edits: 0,
    };
    if let Some(chat) = desk.chats.get_mut(&chat) {
        chat.messages.insert(post.id, post.clone());
    }
    Ok(desk
        .chats
        .get(&chat)
        .map(|chat| desk.document(chat, &post))
        .unwrap_or_default())
}

fn edit(desk: &mut Desk, params: &Params) -> Result<Value, Refusal> {
    let id = open_chat(desk, params)?;
    let marked = words(params, "text", 4_096).map_err(|refusal| {
        if refusal.words.ends_with("message is too long") {
            Refusal::bad("MESSAGE_TOO_LONG")
        } else {
            refusal
        }
    })?;
    if marked.text.trim().is_empty() {
        return Err(Refusal::bad("message text is empty"));
    }
    let keyboard = keyboard(params)?;
    let message = params.number("message_id").unwrap_or(0);
    let post = desk
        .chats
        .get_mut(&id)
        .and_then(|chat| chat.messages.get_mut(&message))
        .ok_or_else(|| Refusal::bad("message to edit not found"))?;
    if post.from.is_some() || post.file.is_some() {
        return Err(Refusal::bad("message can't be edited"));
    }
    if post.marked == marked && post.keyboard == keyboard {
        return Err(Refusal::bad(
            "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
        ));
    }
    post.marked = marked;
    post.keyboard = keyboard;
    post.edits += 1;
    let post = post.clone();
    Ok(desk
        .chats
        .get(&id)
        .map(|chat| desk.document(chat, &post))
        .unwrap_or_default())
}

fn answer(desk: &mut Desk, params: &Params) -> Result<Value, Refusal> {
    let now = desk.now;
    let id = params.text("callback_query_id").unwrap_or_default();
    let words = params.text("text").unwrap_or_default();
    let too_old = || Refusal::bad("query is too old and response timeout expired or query ID is invalid");
    if words.chars().count() > 200 {
        return Err(Refusal::bad("MESSAGE_TOO_LONG"));
    }
    let callback = desk
        .callbacks
        .get_mut(&id)
        .filter(|callback| now.since(callback.at) <= PRESS_LIVES)
        .ok_or_else(too_old)?;
    callback.is_answered = true;
    callback.answer = Some((words, params.truth("show_alert")));
    Ok(json!(true))
}
