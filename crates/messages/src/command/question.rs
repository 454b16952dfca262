//! One line of input, read strictly: a plain text or a JSON object. Refuses unknown members and values of another kind.

use super::{Asked, refusal::Refusal};
use sauda_kernel::{ReadJson, read_json};
use serde_json::{Map, Value};

/// What a line asks.
pub(super) struct Question {
    /// Given back as it came: a text or a number.
    pub(super) id: Option<Value>,
    pub(super) text: String,
    /// The size that the shop asked about.
    pub(super) offered: Option<String>,
}

/// Names under which the text may come.
const TEXTS: [&str; 4] = ["text", "message", "msg", "body"];
const OFFERED: [&str; 3] = ["offered", "offered_size", "recommended"];
const MEANING: [&str; 8] = [
    "text",
    "message",
    "msg",
    "body",
    "id",
    "offered",
    "offered_size",
    "recommended",
];
const PHONES: [&str; 5] = ["text", "message", "msg", "body", "id"];

impl Question {
    pub(super) fn read(bytes: &[u8], asked: Asked) -> Result<Self, Refusal> {
        let line = std::str::from_utf8(bytes).map_err(|_| Refusal::not_text())?;
        let line = line.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
        let start = line.trim_start();
        if start.starts_with('{') {
            let ReadJson { value, repeated } =
                read_json(start.as_bytes()).map_err(|error| Refusal::not_json(&error))?;
            if let Some(path) = repeated {
                return Err(Refusal::repeated(&path));
            }
            return match value {
                Value::Object(members) => Self::of_members(members, asked),
                other => Err(Refusal::wrong("text", &other, "an object")),
            };
        }
        // A text in quotes is JSON too, when it is whole; otherwise the quotes are the buyer's.
        let text = serde_json::from_str::<String>(start).unwrap_or_else(|_| line.to_owned());
        Ok(Self {
            id: None,
            text,
            offered: None,
        })
    }

    fn of_members(mut members: Map<String, Value>, asked: Asked) -> Result<Self, Refusal> {
        let known: &[&str] = match asked {
            Asked::Meaning => &MEANING,
            Asked::Phones => &PHONES,
        };
        if let Some(unknown) = members.keys().find(|key| !known.contains(&key.as_str())) {
            return Err(Refusal::unknown(unknown, known));
        }
        let text = match one_of(&mut members, &TEXTS)? {
            Some((_, Value::String(text))) => text,
            Some((name, other)) => return Err(Refusal::wrong(name, &other, "a text")),
            None => return Err(Refusal::missing("text")),
        };
        let offered = match one_of(&mut members, &OFFERED)? {
            None | Some((_, Value::Null)) => None,
            Some((_, Value::String(size))) => Some(size.trim().to_owned()),
            Some((_, Value::Number(size))) => Some(size.to_string()),
            Some((name, other)) => return Err(Refusal::wrong(name, &other, "a size as text or number")),
        };
        let id = match members.remove("id") {
            None | Some(Value::Null) => None,
            Some(id @ (Value::String(_) | Value::Number(_))) => Some(id),
            Some(other) => return Err(Refusal::wrong("id", &other, "a text or a number")),
        };
        Ok(Self { id, text, offered })
    }
}

fn one_of<'a>(
    members: &mut Map<String, Value>,
    names: &[&'a str],
) -> Result<Option<(&'a str, Value)>, Refusal> {
    let mut found: Option<(&str, Value)> = None;
    for name in names {
        if let Some(value) = members.remove(*name) {
            if let Some((first, _)) = found {
                return Err(Refusal::both(first, name));
            }
            found = Some((name, value));
        }
    }
    Ok(found)
}
