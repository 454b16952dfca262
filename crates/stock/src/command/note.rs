//! What the answer rests on and whoever asks should know. Refuses to be an error: the line was answered.

use serde_json::{Map, Value};

/// A code with its numbers; its words are in `words`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Note {
    pub(super) code: &'static str,
    pub(super) field: String,
    pub(super) args: Map<String, Value>,
}

impl Note {
    pub(super) fn new(code: &'static str, field: &str) -> Self {
        Self {
            code,
            field: field.to_owned(),
            args: Map::new(),
        }
    }

    pub(super) fn arg(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}
