//! Tags and text of an XML document, strictly. Refuses document types, sections, unknown entities and tags that do not close.

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    Open {
        name: String,
        attributes: Vec<(String, String)>,
        /// `<x/>`: no closing tag follows.
        empty: bool,
    },
    Close(String),
    Text(String),
    End,
}

pub struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    pub fn new(text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let rest = match text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
            Some((_, rest)) => rest,
            None => text,
        };
        Self { rest }
    }

    pub fn next(&mut self) -> Result<Token, String> {
        loop {
            if self.rest.is_empty() {
                return Ok(Token::End);
            }
            if let Some(rest) = self.rest.strip_prefix("<!--") {
                let (_, rest) = rest.split_once("-->").ok_or("a comment does not end")?;
                self.rest = rest;
                continue;
            }
            if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                return Err("only tags, text and comments are taken".to_owned());
            }
            return match self.rest.strip_prefix('<') {
                Some(rest) => self.tag(rest),
                None => {
                    let end = self.rest.find('<').unwrap_or(self.rest.len());
                    let (text, rest) = self.rest.split_at(end);
                    self.rest = rest;
                    unescape(text).map(Token::Text)
                }
            };
        }
    }

    fn tag(&mut self, rest: &'a str) -> Result<Token, String> {
        // A bracket inside of quotes is written as an entity by whoever writes well.
        let (inside, rest) = rest.split_once('>').ok_or("a tag does not end")?;
        self.rest = rest;
        if let Some(name) = inside.strip_prefix('/') {
            return Ok(Token::Close(name.trim_end().to_owned()));
        }
        let (inside, empty) = match inside.strip_suffix('/') {
            Some(inside) => (inside, true),
            None => (inside, false),
        };
        let (name, mut left) = inside
            .split_once(|letter: char| letter.is_ascii_whitespace())
            .unwrap_or((inside, ""));
        if name.is_empty() || name.contains(['<', '"', '=', '&']) {
            return Err(format!("{name:?} is no name of a tag"));
        }
        let mut attributes: Vec<(String, String)> = Vec::new();
        loop {
            left = left.trim_start();
            if left.is_empty() {
                break;
            }
            let (key, value) = left
                .split_once('=')
                .ok_or_else(|| format!("an attribute of {name} has no value"))?;
            let mark = value.chars().next().filter(|mark| matches!(mark, '"' | '\''));
            let mark = mark.ok_or_else(|| format!("the value of {name} {key} has no quotes"))?;
            let (value, after) = value
                .get(1..)
                .and_then(|value| value.split_once(mark))
                .ok_or_else(|| format!("the value of {name} {key} does not end"))?;
            let key = key.trim_end();
            if value.contains('<') || attributes.iter().any(|(known, _)| known == key) {
                return Err(format!("{name} {key} is not written well"));
            }
            attributes.push((key.to_owned(), unescape(value)?));
            left = after;
        }
        Ok(Token::Open {
            name: name.to_owned(),
            attributes,
            empty,
        })
    }
}

fn unescape(text: &str) -> Result<String, String> {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        let (entity, after) = after
            .split_once(';')
            .ok_or_else(|| "an & is not written as &amp;".to_owned())?;
        whole.push_str(before);
        whole.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            other => numbered(other).ok_or_else(|| format!("&{other}; is not known"))?,
        });
        rest = after;
    }
    whole.push_str(rest);
    Ok(whole)
}

fn numbered(entity: &str) -> Option<char> {
    let number = entity.strip_prefix('#')?;
    let code = match number.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}
