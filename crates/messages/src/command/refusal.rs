//! Why a line was not answered, with the field and the way out. Refuses to stop the run.

use serde::Serialize;

/// One refused line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    code: &'static str,
    /// The member to blame; none when the line is not readable at all.
    field: Option<String>,
    message: String,
    hint: &'static str,
}

#[derive(Serialize)]
struct RefusedLine<'a> {
    line: u64,
    error: &'a Refusal,
}

const SHAPE: &str = "send a plain text, or a JSON object with \"text\", one a line, in UTF-8";

impl Refusal {
    pub fn too_long() -> Self {
        Self {
            code: "line-too-long",
            field: None,
            message: "the line is longer than 65536 bytes".to_owned(),
            hint: SHAPE,
        }
    }

    pub fn not_text() -> Self {
        Self {
            code: "bad-text",
            field: None,
            message: "the line is not UTF-8".to_owned(),
            hint: SHAPE,
        }
    }

    pub fn not_json(error: &serde_json::Error) -> Self {
        Self {
            code: "bad-json",
            field: None,
            message: format!("the line begins like JSON and is none: {error}"),
            hint: SHAPE,
        }
    }

    pub fn unknown(field: &str, known: &[&str]) -> Self {
        Self {
            code: "unknown-field",
            field: Some(field.to_owned()),
            message: format!("unknown field `{field}`, expected one of {}", known.join(", ")),
            hint: "remove the field or correct its name",
        }
    }

    pub fn missing(field: &str) -> Self {
        Self {
            code: "missing-field",
            field: Some(field.to_owned()),
            message: format!("missing field `{field}`"),
            hint: "add the field",
        }
    }

    pub fn repeated(field: &str) -> Self {
        Self {
            code: "repeated-field",
            field: Some(field.to_owned()),
            message: format!("`{field}` is told twice"),
            hint: "leave one of the two out",
        }
    }

    pub fn both(field: &str, other: &str) -> Self {
        Self {
            code: "conflicting-fields",
            field: Some(field.to_owned()),
            message: format!("`{field}` and `{other}` say the same thing in two ways"),
            hint: "give one of the two",
        }
    }

    pub fn wrong(field: &str, value: &serde_json::Value, wanted: &str) -> Self {
        let shown: String = value.to_string().chars().take(60).collect();
        Self {
            code: "wrong-value",
            field: Some(field.to_owned()),
            message: format!("`{field}` is {shown}, expected {wanted}"),
            hint: SHAPE,
        }
    }

    pub fn to_line(&self, line: u64) -> String {
        // Strings and a number always have a JSON form.
        serde_json::to_string(&RefusedLine { line, error: self }).unwrap_or_default()
    }
}
