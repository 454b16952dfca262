//! Why a line was not answered, with the field and the way out. Refuses to stop the run.

use crate::advise::Problem;
use crate::chart::ChartProblem;
use serde::Serialize;
use serde_json::value::RawValue;

/// One refused line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    pub code: String,
    /// Path of the member to blame; none when the line is no JSON object.
    pub field: Option<String>,
    pub message: String,
    pub hint: String,
}

#[derive(Serialize)]
struct RefusedLine<'a> {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    error: &'a Refusal,
}

impl Refusal {
    pub(super) fn new(code: &str, field: Option<&str>, message: impl Into<String>, hint: &str) -> Self {
        Self {
            code: code.to_owned(),
            field: field.map(str::to_owned),
            message: message.into(),
            hint: hint.to_owned(),
        }
    }

    pub(super) fn too_long() -> Self {
        let message = format!("the line is longer than {} bytes", super::LONGEST_LINE_BYTES);
        Self::new("line-too-long", None, message, "send one JSON object a line")
    }

    pub(super) fn bad_json(message: impl Into<String>) -> Self {
        Self::new("bad-json", None, message, "send one JSON object a line, in UTF-8")
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

    pub(super) fn wrong(path: &str, value: &serde_json::Value, wanted: &str) -> Self {
        let message = format!("{path} is {value}, which is not {wanted}");
        Self::new(
            "wrong-value",
            Some(path),
            message,
            &format!("give {wanted}, or leave {path} out"),
        )
    }

    pub(super) fn missing(path: &str, hint: &str) -> Self {
        Self::new(
            "missing-field",
            Some(path),
            format!("missing field `{path}`"),
            hint,
        )
    }

    pub(super) fn chart(problem: &ChartProblem) -> Self {
        let field = format!("garment.table.{}", problem.field);
        Self::new(problem.code, Some(&field), problem.to_string(), problem.hint)
    }

    pub(super) fn problem(problem: &Problem) -> Self {
        let message = problem.to_string();
        match problem {
            Problem::Body(body) => {
                let hint = "check the number and its unit: centimetres, kilograms, years";
                Self::new(
                    "impossible-body",
                    Some(&format!("buyer.{}", body.name)),
                    message,
                    hint,
                )
            }
            Problem::UnknownSize { field, .. } => {
                let hint = "correct the size, or tell garment.system: ru, eu, int, us, dress, kids, age, jeans, shoes, bra";
                Self::new("unknown-size", Some(field), message, hint)
            }
            Problem::NotInTable { field, .. } => {
                let hint = "ask for a size of the table, or correct the table";
                Self::new("size-not-in-table", Some(field), message, hint)
            }
        }
    }

    pub(super) fn to_line(&self, line: u64, id: Option<&RawValue>) -> String {
        // Strings and a number always have a JSON form.
        serde_json::to_string(&RefusedLine {
            line,
            id,
            error: self,
        })
        .unwrap_or_default()
    }
}
