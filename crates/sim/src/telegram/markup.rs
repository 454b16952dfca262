//! Reads the two marked-up spellings of a text into words and entities, as strictly as Telegram. Refuses tags that the API does not know.

use super::Refusal;
use serde_json::{Value, json};

/// Words without markup, and where they have form; places in UTF-16 units.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Marked {
    pub text: String,
    pub entities: Vec<Value>,
}

struct Open {
    /// As written: the end has to be the same.
    tag: String,
    kind: &'static str,
    from: usize,
    url: Option<String>,
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn cannot(what: &str) -> Refusal {
    Refusal::bad(&format!("can't parse entities: {what}"))
}

impl Marked {
    fn close(&mut self, open: Open) {
        let length = units(&self.text).saturating_sub(open.from);
        if length == 0 {
            return;
        }
        let mut entity = json!({"offset": open.from, "length": length, "type": open.kind});
        if let (Some(url), Value::Object(members)) = (open.url, &mut entity) {
            members.insert("url".to_owned(), json!(url));
        }
        self.entities.push(entity);
    }

    fn settled(mut self) -> Self {
        self.entities
            .sort_by_key(|entity| entity.get("offset").and_then(Value::as_u64).unwrap_or(0));
        self
    }
}

/// # Errors
/// 400 with the words of the API.
pub fn read(text: &str, mode: Option<&str>) -> Result<Marked, Refusal> {
    match mode {
        Some(mode) if mode.eq_ignore_ascii_case("html") => html(text),
        Some(mode) if mode.eq_ignore_ascii_case("markdownv2") => markdown(text),
        Some(mode) if !mode.is_empty() && !mode.eq_ignore_ascii_case("markdown") => {
            Err(Refusal::bad("unsupported parse_mode"))
        }
        _ => Ok(Marked {
            text: text.to_owned(),
            entities: Vec::new(),
        }),
    }
}

fn kind_of(tag: &str) -> Option<&'static str> {
    Some(match tag {
        "b" | "strong" => "bold",
        "i" | "em" => "italic",
        "u" | "ins" => "underline",
        "s" | "strike" | "del" => "strikethrough",
        "code" => "code",
        "pre" => "pre",
        "a" => "text_link",
        "blockquote" => "blockquote",
        "tg-spoiler" => "spoiler",
        _ => return None,
    })
}

/// The sign of an entity and what follows it; an unknown one stays as it is written.
fn entity(behind: &str) -> (char, &str) {
    for (name, sign) in [("lt;", '<'), ("gt;", '>'), ("amp;", '&'), ("quot;", '"')] {
        if let Some(behind) = behind.strip_prefix(name) {
            return (sign, behind);
        }
    }
    ('&', behind)
}

/// The tag that an end tag ends.
fn ended(open: Option<Open>, name: &str, offset: usize) -> Result<Open, Refusal> {
    let name = name.trim().to_ascii_lowercase();
    match open {
        Some(started) if started.tag == name => Ok(started),
        Some(started) => Err(cannot(&format!(
            "Unmatched end tag at byte offset {offset}, expected \"</{}>\", found \"</{name}>\"",
            started.tag
        ))),
        None => Err(cannot(&format!("Unexpected end tag at byte offset {offset}"))),
    }
}

fn html(text: &str) -> Result<Marked, Refusal> {
    let mut marked = Marked::default();
    let mut open: Vec<Open> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let (plain, marked_up) = rest.split_at(at);
        marked.text.push_str(plain);
        let offset = text.len() - marked_up.len();
        if let Some(behind) = marked_up.strip_prefix('&') {
            let (sign, behind) = entity(behind);
            marked.text.push(sign);
            rest = behind;
            continue;
        }
        let Some((tag, behind)) = marked_up
            .strip_prefix('<')
            .and_then(|inner| inner.split_once('>'))
        else {
            return Err(cannot(&format!("Unclosed start tag at byte offset {offset}")));
        };
        rest = behind;
        if let Some(name) = tag.strip_prefix('/') {
            let started = ended(open.pop(), name, offset)?;
            marked.close(started);
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let name = name.to_ascii_lowercase();
        let Some(kind) = kind_of(&name) else {
            return Err(cannot(&format!(
                "Unsupported start tag \"{name}\" at byte offset {offset}"
            )));
        };
        let url = attributes
            .split_once("href=\"")
            .and_then(|(_, url)| url.split_once('"'))
            .map(|(url, _)| url.replace("&quot;", "\"").replace("&amp;", "&"));
        open.push(Open {
            from: units(&marked.text),
            tag: name,
            kind,
            url,
        });
    }
    marked.text.push_str(rest);
    match open.pop() {
        Some(started) => Err(cannot(&format!(
            "Can't find end tag corresponding to start tag \"{}\"",
            started.tag
        ))),
        None => Ok(marked.settled()),
    }
}

fn markdown(text: &str) -> Result<Marked, Refusal> {
    let mut marked = Marked::default();
    let mut open: Vec<Open> = Vec::new();
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let kind = match sign {
            '\\' => {
                marked.text.extend(signs.next().map(|(_, sign)| sign));
                continue;
            }
            '*' => "bold",
            '_' => "italic",
            '~' => "strikethrough",
            '`' => "code",
            '[' => {
                open.push(Open {
                    tag: "[".to_owned(),
                    kind: "text_link",
                    from: units(&marked.text),
                    url: None,
                });
                continue;
            }
            ']' => {
                let started = open.pop().filter(|started| started.tag == "[");
                let url: Option<String> = (signs.next_if(|(_, sign)| *sign == '(').is_some()).then(|| {
                    let mut url = String::new();
                    for (_, sign) in signs.by_ref() {
                        if sign == ')' {
                            break;
                        }
                        url.push(sign);
                    }
                    url
                });
                match (started, url) {
                    (Some(started), Some(url)) => marked.close(Open {
                        url: Some(url),
                        ..started
                    }),
                    _ => return Err(reserved(']')),
                }
                continue;
            }
            '(' | ')' | '>' | '#' | '+' | '-' | '=' | '|' | '{' | '}' | '.' | '!' => {
                return Err(reserved(sign));
            }
            other => {
                marked.text.push(other);
                continue;
            }
        };
        let tag = sign.to_string();
        if open.last().is_some_and(|started| started.tag == tag) {
            if let Some(started) = open.pop() {
                marked.close(started);
            }
        } else if open.iter().any(|started| started.tag == tag) {
            return Err(cannot(&format!(
                "Can't find end of {kind} entity at byte offset {at}"
            )));
        } else {
            open.push(Open {
                tag,
                kind,
                from: units(&marked.text),
                url: None,
            });
        }
    }
    match open.pop() {
        Some(started) => Err(cannot(&format!(
            "Can't find end of the entity starting at byte offset {}",
            started.from
        ))),
        None => Ok(marked.settled()),
    }
}

fn reserved(sign: char) -> Refusal {
    cannot(&format!(
        "Character '{sign}' is reserved and must be escaped with the preceding '\\'"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_read_into_words_and_places_in_utf16() {
        let marked = read(
            "😀 <b>Новый заказ</b> &lt;1&gt; &amp; <a href=\"https://x.kz/?a&amp;b\">тут</a>",
            Some("HTML"),
        )
        .unwrap();
        assert_eq!(marked.text, "😀 Новый заказ <1> & тут");
        assert_eq!(
            marked.entities,
            [
                json!({"offset": 3, "length": 11, "type": "bold"}),
                json!({"offset": 21, "length": 3, "type": "text_link", "url": "https://x.kz/?a&b"}),
            ]
        );
        for (text, part) in [
            ("<x>1</x>", "Unsupported start tag \"x\" at byte offset 0"),
            ("<b>1", "Can't find end tag corresponding to start tag \"b\""),
            ("<b>1</i>", "Unmatched end tag"),
            ("</b>", "Unexpected end tag"),
            ("5 < 6", "Unclosed start tag at byte offset 2"),
        ] {
            let refusal = read(text, Some("HTML")).unwrap_err();
            assert!(refusal.words.contains(part), "{text}: {}", refusal.words);
        }
        assert_eq!(read("&nbsp;", Some("HTML")).unwrap().text, "&nbsp;");
    }

    #[test]
    fn markdown_is_read_and_bare_signs_are_refused() {
        let marked = read("*Заказ* 1\\.5 [тут](https://x.kz)", Some("MarkdownV2")).unwrap();
        assert_eq!(marked.text, "Заказ 1.5 тут");
        assert_eq!(marked.entities.len(), 2);
        assert!(
            read("1.5", Some("MarkdownV2"))
                .unwrap_err()
                .words
                .contains("Character '.' is reserved")
        );
        assert!(read("*1", Some("MarkdownV2")).is_err());
        assert_eq!(read("<b>", None).unwrap().text, "<b>");
    }
}
