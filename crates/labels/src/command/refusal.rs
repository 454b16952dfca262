//! Why a line of orders was refused: a stable code, the member, what is wrong and the way out. Refuses to end the run.

use serde::Serialize;

/// A line that could not be read; the run goes on without it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedLine {
    pub line: u64,
    pub error: Refusal,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    pub code: &'static str,
    pub field: Option<String>,
    pub message: String,
    pub hint: &'static str,
}

impl Refusal {
    pub(super) fn new(
        code: &'static str,
        field: Option<&str>,
        message: impl Into<String>,
        hint: &'static str,
    ) -> Self {
        Self {
            code,
            field: field.map(str::to_owned),
            message: message.into(),
            hint,
        }
    }

    pub(super) fn value(field: &str, value: &str, wanted: &str) -> Self {
        Self::new(
            "wrong-value",
            Some(field),
            format!("{field} is {value}, expected {wanted}"),
            "correct the value; see docs/labels.md",
        )
    }
}
