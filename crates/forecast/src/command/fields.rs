//! Members of a question, read by name and forgiving in form: numbers as text, decimal commas, words for yes and no. Refuses
//! members that nobody knows.

use super::refusal::Refusal;
use serde_json::{Map, Value};

pub(super) struct Members<'a> {
    path: String,
    all: &'a Map<String, Value>,
}

impl<'a> Members<'a> {
    /// The members of an object; `known` holds `name`, or `alias=name`.
    pub(super) fn read(path: &str, value: &'a Value, known: &[&str]) -> Result<Self, Refusal> {
        let Value::Object(all) = value else {
            let field = if path.is_empty() { "line" } else { path };
            return Err(Refusal::wrong(field, value, "an object"));
        };
        let members = Self {
            path: path.to_owned(),
            all,
        };
        for name in all.keys() {
            if !known.iter().any(|one| one.split('=').next() == Some(name)) {
                let names: Vec<&str> = known.iter().copied().filter(|one| !one.contains('=')).collect();
                return Err(Refusal::unknown(&members.at(name), &names));
            }
        }
        Ok(members)
    }

    pub(super) fn at(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    /// The one of these names that is given and not empty; two of them may not both be.
    pub(super) fn get(&self, names: &[&str]) -> Result<Option<(String, &'a Value)>, Refusal> {
        let mut found: Option<(String, &'a Value)> = None;
        for name in names {
            let Some(value) = self.all.get(*name).filter(|value| !is_empty(value)) else {
                continue;
            };
            if let Some((first, _)) = &found {
                let message = format!("{first} and {} are the same thing", self.at(name));
                return Err(Refusal::new(
                    "conflicting-fields",
                    &self.at(name),
                    message,
                    "give one of the two",
                ));
            }
            found = Some((self.at(name), value));
        }
        Ok(found)
    }

    pub(super) fn word(
        &self,
        names: &[&str],
        words: &[(&str, &'static str)],
    ) -> Result<Option<&'static str>, Refusal> {
        let Some((at, value)) = self.get(names)? else {
            return Ok(None);
        };
        let told = value.as_str().map(|text| text.trim().to_lowercase());
        let found = words.iter().find(|(word, _)| Some(*word) == told.as_deref());
        let mut wanted: Vec<&str> = words.iter().map(|(_, meaning)| *meaning).collect();
        wanted.dedup();
        found
            .map(|(_, meaning)| Some(*meaning))
            .ok_or_else(|| Refusal::wrong(&at, value, &format!("one of {}", wanted.join(", "))))
    }

    pub(super) fn text(&self, names: &[&str]) -> Result<Option<String>, Refusal> {
        let Some((at, value)) = self.get(names)? else {
            return Ok(None);
        };
        match value {
            Value::String(text) => Ok(Some(text.trim().to_owned())),
            Value::Number(number) => Ok(Some(number.to_string())),
            _ => Err(Refusal::wrong(&at, value, "text")),
        }
    }

    pub(super) fn count(&self, names: &[&str]) -> Result<Option<usize>, Refusal> {
        let Some((at, value)) = self.get(names)? else {
            return Ok(None);
        };
        let found = number(value).filter(|value| value.fract() == 0.0 && *value >= 0.0);
        let found = found.and_then(|value| format!("{value:.0}").parse().ok());
        found
            .map(Some)
            .ok_or_else(|| Refusal::wrong(&at, value, "a whole number"))
    }
}

pub(super) fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// A number, also as text with spaces and a decimal comma.
pub(super) fn number(value: &Value) -> Option<f64> {
    let found = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => number_of(text),
        _ => None,
    };
    found.filter(|value| value.is_finite() && value.abs() < 1e12)
}

fn number_of(text: &str) -> Option<f64> {
    let clean: String = text
        .trim()
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '\u{20b8}')
        .map(|letter| if letter == ',' { '.' } else { letter })
        .collect();
    clean.parse().ok()
}

/// A share from 0 to 1: also true and false.
pub(super) fn share(value: &Value) -> Option<f64> {
    match value {
        Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
        Value::String(text) => match text.trim().to_lowercase().as_str() {
            "true" | "yes" => Some(1.0),
            "false" | "no" => Some(0.0),
            _ => number(value),
        },
        _ => number(value),
    }
    .filter(|share| (0.0..=1.0).contains(share))
}
