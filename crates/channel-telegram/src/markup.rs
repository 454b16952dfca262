//! Text with form as Telegram's HTML. Whatever signs the words hold, people read the same words: nothing of them becomes markup.

use sauda_channel::{Button, ChannelError, Piece, Text};
use serde_json::{Value, json};

/// `& < > "` as entities; the only four that Telegram knows.
pub fn escape_html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A backslash before every sign that MarkdownV2 gives a meaning, and before the backslash itself.
pub fn escape_markdown(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        if matches!(
            sign,
            '_' | '*'
                | '['
                | ']'
                | '('
                | ')'
                | '~'
                | '`'
                | '>'
                | '#'
                | '+'
                | '-'
                | '='
                | '|'
                | '{'
                | '}'
                | '.'
                | '!'
                | '\\'
        ) {
            safe.push('\\');
        }
        safe.push(sign);
    }
    safe
}

/// The text as HTML of Telegram.
pub fn html(text: &Text) -> String {
    let mut html = String::new();
    for piece in text.pieces() {
        let words = escape_html(piece.words());
        // An empty tag is refused, and shows nothing anyway.
        if words.is_empty() {
            continue;
        }
        match piece {
            Piece::Plain(_) => html.push_str(&words),
            Piece::Bold(_) => html.push_str(&format!("<b>{words}</b>")),
            Piece::Italic(_) => html.push_str(&format!("<i>{words}</i>")),
            Piece::Code(_) => html.push_str(&format!("<code>{words}</code>")),
            Piece::Link { url, .. } if url.starts_with("https://") || url.starts_with("http://") => {
                html.push_str(&format!("<a href=\"{}\">{words}</a>", escape_html(url)));
            }
            Piece::Link { .. } => html.push_str(&words),
        }
    }
    html
}

/// # Errors
/// `Invalid` with the length and the limit: Telegram counts in UTF-16 units, after the markup is taken out.
pub fn fits(text: &Text, least: usize, most: usize) -> Result<(), ChannelError> {
    let words = text.words();
    let length = words.trim().encode_utf16().count();
    if (least..=most).contains(&length) {
        return Ok(());
    }
    Err(ChannelError::Invalid(format!(
        "text of {length} signs: Telegram takes {least} to {most}; shorten it or send it as a file"
    )))
}

/// The buttons; none of them is an empty keyboard, which takes an earlier one away.
pub fn keyboard(rows: &[Vec<Button>]) -> Value {
    let rows: Vec<Vec<Value>> = rows
        .iter()
        .filter(|row| !row.is_empty())
        .map(|row| {
            row.iter()
                .map(|button| match button {
                    Button::Press { label, data } => json!({"text": label, "callback_data": data}),
                    Button::Open { label, url } => json!({"text": label, "url": url}),
                })
                .collect()
        })
        .collect();
    json!({"inline_keyboard": rows})
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn form_becomes_tags_and_words_never_do() {
        let text = Text::plain("Заказ <1> ")
            .bold("A&B \"x\"")
            .then(" ")
            .code("")
            .link("открыть", "https://desk.example/?a=1&b=\"2\"")
            .link("криво", "javascript:alert(1)");
        assert_eq!(
            html(&text),
            "Заказ &lt;1&gt; <b>A&amp;B &quot;x&quot;</b> <a href=\"https://desk.example/?a=1&amp;b=&quot;2&quot;\">открыть</a>криво"
        );
        assert_eq!(escape_markdown("1.5% (да!) \\"), "1\\.5% \\(да\\!\\) \\\\");
    }

    #[test]
    fn length_is_counted_as_telegram_counts() {
        assert_eq!(fits(&Text::plain("я".repeat(4_096)), 1, 4_096), Ok(()));
        assert!(
            fits(&Text::plain("😀".repeat(2_049)), 1, 4_096).is_err(),
            "two units each"
        );
        assert!(fits(&Text::plain(" \n "), 1, 4_096).is_err());
    }

    fn unescape(text: &str) -> String {
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
    }

    proptest! {
        #[test]
        fn escaped_words_come_back_and_hold_no_tag(words in "\\PC*") {
            let safe = escape_html(&words);
            prop_assert!(!safe.contains(['<', '>', '"']));
            prop_assert_eq!(unescape(&safe), words);
        }

        #[test]
        fn every_sign_of_markdown_stands_behind_a_backslash(words in "[_*\\[\\]()~`>#+=|{}.!\\\\а-я-]*") {
            let safe = escape_markdown(&words);
            let mut plain = String::new();
            let mut signs = safe.chars();
            while let Some(sign) = signs.next() {
                if sign == '\\' {
                    plain.extend(signs.next());
                } else {
                    prop_assert!(sign.is_alphabetic(), "{sign} is bare in {safe}");
                    plain.push(sign);
                }
            }
            prop_assert_eq!(plain, words);
        }
    }
}
