//! Why a line was not answered, with the field and the way out. Refuses to stop the run.

use serde::Serialize;
use serde_json::Value;

/// One refused line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Refusal {
    code: &'static str,
    /// Path of the member to blame; none when the line is no JSON object.
    field: Option<String>,
    message: String,
    hint: String,
}

#[derive(Serialize)]
struct RefusedLine<'a> {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    error: &'a Refusal,
}

impl Refusal {
    pub(super) fn new(
        code: &'static str,
        field: Option<&str>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            code,
            field: field.map(str::to_owned),
            message: message.into(),
            hint: hint.into(),
        }
    }

    pub(super) fn bad_json(message: impl Into<String>) -> Self {
        Self::new("bad-json", None, message, "send one JSON object a line, in UTF-8")
    }

    pub(super) fn too_long() -> Self {
        let message = format!("the line is longer than {} bytes", super::LONGEST_LINE_BYTES);
        Self::new("line-too-long", None, message, "send one JSON object a line")
    }

    pub(super) fn unknown(path: &str, known: &[&str]) -> Self {
        let message = format!("unknown field `{path}`, expected one of {}", known.join(", "));
        Self::new(
            "unknown-field",
            Some(path),
            message,
            "remove the field or correct its name",
        )
    }

    pub(super) fn repeated(path: &str) -> Self {
        Self::new(
            "repeated-field",
            Some(path),
            format!("`{path}` is told twice"),
            "leave one of the two out",
        )
    }

    pub(super) fn wrong(path: &str, value: &Value, wanted: &str) -> Self {
        let mut shown = value.to_string();
        if shown.chars().count() > 60 {
            shown = shown.chars().take(60).chain(['…']).collect();
        }
        let message = format!("{path} is {shown}, which is not {wanted}");
        Self::new("wrong-value", Some(path), message, format!("give {wanted}"))
    }

    pub(super) fn missing(path: &str, hint: &str) -> Self {
        Self::new(
            "missing-field",
            Some(path),
            format!("missing field `{path}`"),
            hint,
        )
    }

    /// `6,500`: thousands to one reader, tenge with tiyn to another.
    pub(super) fn ambiguous(path: &str, text: &str, whole: &str, cut: &str) -> Self {
        let text = text.trim();
        Self::new(
            "ambiguous-sum",
            Some(path),
            format!("{path} is \"{text}\", which is {whole} to one reader and {cut} to another"),
            format!("write {whole} or {cut}"),
        )
    }

    pub(super) fn both(one: &str, other: &str) -> Self {
        let message = format!("{one} and {other} say different things");
        Self::new("conflicting-fields", Some(other), message, "give one of the two")
    }

    /// The field of an item inside of a group.
    pub(super) fn inside(mut self, place: usize) -> Self {
        self.field = Some(match self.field {
            Some(field) => format!("items[{place}].{field}"),
            None => format!("items[{place}]"),
        });
        self
    }

    pub(super) fn to_line(&self, line: u64, id: Option<&Value>) -> String {
        // Strings and a number always have a JSON form.
        serde_json::to_string(&RefusedLine {
            line,
            id,
            error: self,
        })
        .unwrap_or_default()
    }
}
