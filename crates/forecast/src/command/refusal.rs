//! Why a line was not answered, with the field and the way out. Refuses to stop the run.

use serde::Serialize;
use serde_json::Value;

/// One refused line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    pub code: &'static str,
    /// The member to blame; none when the line is no JSON object.
    pub field: Option<String>,
    pub message: String,
    pub hint: String,
}

#[derive(Serialize)]
struct Line<'a> {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    error: &'a Refusal,
}

impl Refusal {
    pub(super) fn new(
        code: &'static str,
        field: &str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            code,
            field: Some(field.to_owned()),
            message: message.into(),
            hint: hint.into(),
        }
    }

    pub(super) fn bare(code: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            code,
            field: None,
            message: message.into(),
            hint: hint.into(),
        }
    }

    pub(super) fn repeated(path: &str) -> Self {
        Self::new(
            "repeated-field",
            path,
            format!("`{path}` is told twice"),
            "leave one of the two out",
        )
    }

    pub(super) fn wrong(field: &str, value: &Value, wanted: &str) -> Self {
        let told: String = value.to_string().chars().take(60).collect();
        let message = format!("{field} is {told}, which is not {wanted}");
        Self::new(
            "wrong-value",
            field,
            message,
            format!("give {wanted}, or leave {field} out"),
        )
    }

    pub(super) fn unknown(field: &str, known: &[&str]) -> Self {
        let message = format!("unknown field `{field}`, expected one of {}", known.join(", "));
        Self::new(
            "unknown-field",
            field,
            message,
            "remove the field or correct its name",
        )
    }

    pub(super) fn to_line(&self, line: u64, id: Option<&Value>) -> String {
        // Strings and a number always have a JSON form.
        serde_json::to_string(&Line {
            line,
            id,
            error: self,
        })
        .unwrap_or_default()
    }
}
