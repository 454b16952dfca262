//! Why a line was not answered, with the field and the way out. Refuses to stop the run.

use crate::model::RuleError;
use sauda_economics::FloorError;
use sauda_kernel::Failure;
use serde::Serialize;
use serde_json::Value;

/// One refused line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Refusal {
    code: String,
    /// Path of the member to blame, `rule.step`; none when the line is not JSON.
    field: Option<String>,
    message: String,
    hint: String,
}

#[derive(Serialize)]
struct RefusedLine<'a> {
    line: u64,
    error: &'a Refusal,
}

impl Refusal {
    fn new(code: &str, field: Option<String>, message: impl Into<String>, hint: &str) -> Self {
        Self {
            code: code.to_owned(),
            field,
            message: message.into(),
            hint: hint.to_owned(),
        }
    }

    pub(super) fn too_long() -> Self {
        Self::new(
            "line-too-long",
            None,
            "the line is longer than 1048576 bytes",
            "send one JSON object a line",
        )
    }

    pub(super) fn not_json(error: &serde_json::Error) -> Self {
        Self::new(
            "bad-json",
            None,
            error.to_string(),
            "send one JSON object a line, in UTF-8",
        )
    }

    pub(super) fn not_object() -> Self {
        Self::new(
            "bad-json",
            None,
            "the line is not a JSON object",
            "send one JSON object a line, in UTF-8",
        )
    }

    pub(super) fn unknown(field: &str, known: &[&str]) -> Self {
        let message = format!("unknown field `{field}`, expected one of {}", known.join(", "));
        Self::new(
            "unknown-field",
            Some(field.to_owned()),
            message,
            "remove the field or correct its name",
        )
    }

    pub(super) fn missing(field: &str) -> Self {
        let message = format!("missing field `{field}`");
        Self::new("missing-field", Some(field.to_owned()), message, "add the field")
    }

    pub(super) fn repeated(path: &str) -> Self {
        Self::new(
            "repeated-field",
            Some(path.to_owned()),
            format!("`{path}` is told twice"),
            "leave one of the two out",
        )
    }

    pub(super) fn both(field: &str, other: &str) -> Self {
        let message = format!("{field} and {other} say the same thing in two ways");
        Self::new(
            "conflicting-fields",
            Some(field.to_owned()),
            message,
            "give one of the two",
        )
    }

    /// A member of the line that could not be read into its type.
    pub(super) fn member(name: &str, value: &Value, error: &serde_json::Error) -> Self {
        let message = error.to_string();
        let named = message.split('`').nth(1).map(str::to_owned);
        if message.starts_with("unknown field") {
            let field = named.map(|key| match path_of(value, &key) {
                Some(path) if path.starts_with('[') => format!("{name}{path}"),
                Some(path) => format!("{name}.{path}"),
                None => key,
            });
            return Self::new(
                "unknown-field",
                field,
                message,
                "remove the field or correct its name",
            );
        }
        if message.starts_with("missing field") {
            let field = named.map(|key| format!("{name}.{key}"));
            return Self::new("missing-field", field, message, "add the field");
        }
        let hint =
            "prices are whole tenge, shares basis points (100 is 1 %), times RFC 3339; see docs/decide.md";
        Self::new("wrong-value", Some(name.to_owned()), message, hint)
    }

    pub(super) fn rule(name: &str, problem: &RuleError) -> Self {
        let field = format!("{name}.{}", problem.field());
        Self::new(
            problem.code(),
            Some(field),
            problem.to_string(),
            "correct the setting",
        )
    }

    pub(super) fn floor(problem: &FloorError) -> Self {
        let code = problem.public().first().map_or("floor", |told| told.code);
        let field = problem.public().first().and_then(|told| told.field.clone());
        let field = field.map_or("floor_parts".to_owned(), |field| format!("floor_parts.{field}"));
        Self::new(
            code,
            Some(field),
            problem.to_string(),
            "correct the cost parts or give floors.cost instead",
        )
    }

    pub(super) fn to_line(&self, line: u64) -> String {
        // Strings and a number always have a JSON form.
        serde_json::to_string(&RefusedLine { line, error: self }).unwrap_or_default()
    }
}

/// Where a key stands inside of a value, `ignore.foo` or `rows[3].foo`: the first such place.
fn path_of(value: &Value, key: &str) -> Option<String> {
    match value {
        Value::Object(members) => {
            if members.contains_key(key) {
                return Some(key.to_owned());
            }
            members.iter().find_map(|(name, inner)| {
                let path = path_of(inner, key)?;
                let point = if path.starts_with('[') { "" } else { "." };
                Some(format!("{name}{point}{path}"))
            })
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, inner)| Some(format!("[{index}].{}", path_of(inner, key)?))),
        _ => None,
    }
}
