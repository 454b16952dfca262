//! The part of the control page about messages: lines with their QRs, the bot's cards, letters. Refuses to hold state.

use super::page::{button, escape, row, text};
use crate::{mail, sim::Sim, telegram, waha};
use serde_json::Value;

/// Shown of each list.
const SHOWN: usize = 8;

fn list<'a>(value: &'a Value, name: &str) -> impl DoubleEndedIterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn word(value: &Value, path: &str) -> String {
    value
        .pointer(path)
        .filter(|found| !found.is_null())
        .map(text)
        .unwrap_or_default()
}

fn short(text: &str) -> String {
    text.chars().take(120).collect()
}

pub fn show(page: &mut String, sim: &Sim) {
    whatsapp(page, sim);
    telegram(page, sim);
    letters(page, sim);
}

fn whatsapp(page: &mut String, sim: &Sim) {
    let world = waha::control::overview(sim);
    page.push_str(&format!(
        "<h2>WhatsApp (WAHA)</h2><p>Адрес <code>{}</code>, ключ <code>{}</code></p><table>",
        escape(&word(&world, "/url")),
        escape(&word(&world, "/key"))
    ));
    for line in list(&world, "sessions") {
        row(
            page,
            &[
                &word(line, "/name"),
                &word(line, "/status"),
                &word(line, "/number"),
                &word(line, "/qr"),
            ],
        );
    }
    page.push_str("</table>");
    for line in list(&world, "sessions") {
        let name = word(line, "/name");
        for (label, what) in [
            ("отсканировать QR", "whatsapp_scan"),
            ("отвязать телефон", "whatsapp_unlink"),
            ("оборвать", "whatsapp_drop"),
        ] {
            button(
                page,
                &format!("{name}: {label}"),
                &[("what", what), ("value", &name)],
            );
        }
    }
    page.push_str("<h3>Переписка</h3><table>");
    let (sent, heard) = (sim.whatsapp_ledger(0), sim.whatsapp_heard(0));
    let mut lines: Vec<(String, String, String, String)> = Vec::new();
    for (rows, sign) in [(&sent, "→"), (&heard, "←")] {
        for line in rows.as_array().into_iter().flatten().rev().take(SHOWN) {
            let meant = word(line, "/meant");
            let ack = line
                .get("acks")
                .and_then(Value::as_array)
                .and_then(|acks| acks.last())
                .map(|ack| word(ack, "/ack"));
            let note = ack.unwrap_or(meant);
            lines.push((
                word(line, "/almaty"),
                format!("{sign} {}", word(line, "/number")),
                short(&word(line, "/text")),
                note,
            ));
        }
    }
    lines.sort();
    for (at, who, words, note) in lines.iter().rev() {
        row(page, &[at, who, words, note]);
    }
    page.push_str("</table>");
}

fn telegram(page: &mut String, sim: &Sim) {
    let world = telegram::control::overview(sim);
    page.push_str(&format!(
        "<h2>Telegram</h2><p>Адрес API <code>{}</code>, токен <code>{}</code></p>",
        escape(&word(&world, "/url")),
        escape(&word(&world, "/token"))
    ));
    for chat in list(&world, "chats") {
        let id = word(chat, "/chat/id");
        page.push_str(&format!(
            "<form method=\"post\" action=\"/_sim/do\"><input type=\"hidden\" name=\"what\" value=\"telegram_say\"><input type=\"hidden\" name=\"card\" value=\"{id}\">\
             {} <input name=\"value\" size=\"24\" value=\"/start\"><button>Написать боту</button></form>",
            escape(&(word(chat, "/chat/first_name") + &word(chat, "/chat/title")))
        ));
        page.push_str("<table>");
        for message in list(chat, "messages").rev().take(SHOWN) {
            let words = word(message, "/text") + &word(message, "/caption");
            row(
                page,
                &[
                    &word(message, "/message_id"),
                    &word(message, "/from/first_name"),
                    &short(&words),
                ],
            );
        }
        page.push_str("</table>");
        for message in list(chat, "messages").rev().take(SHOWN) {
            let number = word(message, "/message_id");
            for pressed in message
                .pointer("/reply_markup/inline_keyboard")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_array)
                .flatten()
                .filter(|pressed| pressed.get("callback_data").is_some())
            {
                button(
                    page,
                    &format!("{number}: {}", word(pressed, "/text")),
                    &[
                        ("what", "telegram_press"),
                        ("card", &id),
                        ("merchant", &number),
                        ("value", &word(pressed, "/callback_data")),
                    ],
                );
            }
        }
    }
}

fn letters(page: &mut String, sim: &Sim) {
    let world = mail::control::overview(sim);
    let address = word(&world, "/smtp");
    page.push_str("<h2>Почта</h2>");
    if address.is_empty() {
        page.push_str("<p>Почтовый сервер не запущен: параметр <code>--smtp 127.0.0.1:2525</code></p>");
        return;
    }
    page.push_str(&format!(
        "<p>SMTP <code>{}</code>, любой логин, любой пароль, кроме <code>wrong</code></p><table>",
        escape(&address)
    ));
    for letter in list(&world, "letters").rev().take(SHOWN) {
        row(
            page,
            &[
                &word(letter, "/at"),
                &word(letter, "/to/0"),
                &word(letter, "/subject"),
                &short(&word(letter, "/text")),
            ],
        );
    }
    page.push_str("</table>");
}

/// A button of this part; none when it is not one of these.
pub fn perform(sim: &Sim, what: &str, value: &str, chat: &str, message: &str) -> Option<Result<(), String>> {
    let number = |text: &str| text.trim().parse::<i64>().map_err(|_| "not a number".to_owned());
    Some(match what {
        "whatsapp_scan" => sim
            .whatsapp_scan(value, "77000000001")
            .map_err(|missing| missing.to_string()),
        "whatsapp_unlink" => {
            sim.whatsapp_unlink(value);
            Ok(())
        }
        "whatsapp_drop" => {
            sim.whatsapp_drop(value);
            Ok(())
        }
        "telegram_say" => number(chat).and_then(|chat| say(sim, chat, value.trim())),
        "telegram_press" => number(chat)
            .and_then(|chat| number(message).map(|message| (chat, message)))
            .and_then(|(chat, message)| {
                let person = if chat > 0 { chat } else { FIRST_PERSON };
                sim.telegram_press(chat, person, message, value)
                    .map(|_| ())
                    .map_err(|missing| missing.to_string())
            }),
        _ => return None,
    })
}

/// Who acts in groups by the buttons of the page.
const FIRST_PERSON: i64 = 1_111_111;

fn say(sim: &Sim, chat: i64, words: &str) -> Result<(), String> {
    let person = if chat > 0 { chat } else { FIRST_PERSON };
    let said = match words.strip_prefix("/start") {
        Some(code) if chat > 0 => {
            sim.telegram_start(person, Some(code.trim()).filter(|code| !code.is_empty()))
        }
        _ => sim.telegram_write(chat, person, words, None),
    };
    said.map(|_| ()).map_err(|missing| missing.to_string())
}
