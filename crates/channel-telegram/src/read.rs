//! What updates of Telegram mean. One that cannot be read keeps its number, so that it is confirmed and never holds up the others.

use crate::wire::{CallbackDocument, MemberUpdate, MessageDocument, UserDocument};
use sauda_channel::{BotChat, ChannelError, Person, Press, Update, What};
use sauda_kernel::Timestamp;
use serde::Deserialize;
use serde_json::Value;

/// # Errors
/// `BadAnswer` for an update without its number: it could never be confirmed.
pub fn update(document: &Value) -> Result<Update, ChannelError> {
    let id = document
        .get("update_id")
        .and_then(Value::as_i64)
        .ok_or_else(|| ChannelError::BadAnswer("an update without update_id".to_owned()))?;
    let what = meaning(document).unwrap_or_else(|| {
        tracing::debug!(update = id, "an update that we do nothing with");
        What::Other
    });
    Ok(Update { id, what })
}

fn meaning(document: &Value) -> Option<What> {
    if let Some(part) = document.get("message") {
        return message(MessageDocument::deserialize(part).ok()?);
    }
    if let Some(part) = document.get("callback_query") {
        return pressed(CallbackDocument::deserialize(part).ok()?);
    }
    let part = document.get("my_chat_member")?;
    member(MemberUpdate::deserialize(part).ok()?)
}

fn person(user: UserDocument) -> Person {
    let name = match user.last_name.as_deref().filter(|last| !last.is_empty()) {
        Some(last) => format!("{} {last}", user.first_name),
        None => user.first_name,
    };
    Person {
        id: user.id,
        name,
        user_name: user.username,
        language: user.language_code,
    }
}

fn message(message: MessageDocument) -> Option<What> {
    let chat = BotChat(message.chat.id);
    if let Some(to) = message.migrate_to_chat_id {
        return Some(What::Moved {
            from: chat,
            to: BotChat(to),
        });
    }
    if let Some(from) = message.migrate_from_chat_id {
        return Some(What::Moved {
            from: BotChat(from),
            to: chat,
        });
    }
    let from = person(message.from.filter(|from| !from.is_bot)?);
    if let Some(contact) = message.contact {
        return Some(What::Contact {
            chat,
            is_own: contact.user_id == Some(from.id),
            phone: contact.phone_number,
            from,
        });
    }
    let at = Timestamp::from_secs(message.date);
    let text = message.text.or(message.caption)?;
    if let Some(code) = start(&text) {
        return Some(What::Start { chat, from, code, at });
    }
    Some(What::Said {
        chat,
        message: message.message_id,
        from,
        text,
        reply_to: message.reply_to_message.map(|reply| reply.message_id),
        at,
    })
}

/// `/start`, `/start CODE`, `/start@bot CODE`
fn start(text: &str) -> Option<Option<String>> {
    let rest = text.trim().strip_prefix("/start")?;
    let rest = match rest.strip_prefix('@') {
        Some(named) => named.split_once(char::is_whitespace).map_or("", |(_, rest)| rest),
        None if rest.is_empty() || rest.starts_with(char::is_whitespace) => rest,
        None => return None,
    };
    let code = rest.trim();
    if code.is_empty() {
        return Some(None);
    }
    is_code(code).then(|| Some(code.to_owned()))
}

/// What fits into a link: 1 to 64 Latin letters, digits, `_` and `-`.
pub fn is_code(code: &str) -> bool {
    (1..=64).contains(&code.len())
        && code
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

fn pressed(callback: CallbackDocument) -> Option<What> {
    Some(What::Pressed(Press {
        id: callback.id,
        from: person(callback.from),
        data: callback.data?,
        place: callback
            .message
            .map(|message| (BotChat(message.chat.id), message.message_id)),
    }))
}

fn member(update: MemberUpdate) -> Option<What> {
    let (chat, by) = (BotChat(update.chat.id), person(update.from));
    match update.new_chat_member.status.as_str() {
        "kicked" | "left" => Some(What::Closed { chat, by }),
        "member" | "administrator" | "creator" => Some(What::Opened { chat, by }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_start_may_name_the_bot_and_carry_a_code() {
        for (text, wanted) in [
            ("/start", Some(None)),
            ("/start lead_0123", Some(Some("lead_0123"))),
            ("/start@example_shop_bot abc-1", Some(Some("abc-1"))),
            ("/start@example_shop_bot", Some(None)),
            ("/starting", None),
            ("/start не код", None),
            ("start", None),
        ] {
            let wanted = wanted.map(|code: Option<&str>| code.map(str::to_owned));
            assert_eq!(start(text), wanted, "{text}");
        }
    }

    #[test]
    fn an_update_of_a_kind_not_invented_yet_keeps_its_number() {
        for odd in [
            json!({"update_id": 7, "telepathy": {"thought": 1}}),
            json!({"update_id": 7, "message": {"nothing": "known"}}),
            json!({"update_id": 7, "message": {"message_id": 1, "chat": {"id": 1}, "date": 1, "text": "без автора"}}),
            json!({"update_id": 7}),
        ] {
            assert_eq!(
                update(&odd),
                Ok(Update {
                    id: 7,
                    what: What::Other
                }),
                "{odd}"
            );
        }
        assert_eq!(update(&json!({"message": {}})).unwrap_err().word(), "bad_answer");
    }
}
