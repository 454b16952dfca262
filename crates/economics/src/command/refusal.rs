//! Why a line was not answered, with the field and the way out. Refuses to stop the run.

use crate::FloorError;
use crate::rates::RateError;
use crate::tax::TaxError;
use sauda_kernel::{Failure, Public};
use serde::Serialize;
use serde_json::Value;

/// One refused line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    pub code: &'static str,
    /// Path of the member to blame; none when the line is no JSON object.
    pub field: Option<String>,
    pub message: String,
    pub hint: String,
    /// Values of the text `err-<code>` in the languages of people.
    #[serde(skip)]
    pub args: Vec<(&'static str, String)>,
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
        hint: &str,
    ) -> Self {
        Self {
            code,
            field: field.map(str::to_owned),
            message: message.into(),
            hint: hint.to_owned(),
            args: vec![("name", field.unwrap_or_default().to_owned())],
        }
    }

    pub(super) fn with(mut self, args: &[(&'static str, String)]) -> Self {
        self.args.extend_from_slice(args);
        self
    }

    /// The same for problem documents and forms.
    pub fn public(&self) -> Public {
        Public {
            code: self.code,
            field: self.field.clone(),
            args: self.args.clone(),
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
        let hint = "remove the field or correct its name";
        Self::new("unknown-field", Some(path), message, hint)
    }

    pub(super) fn wrong(path: &str, value: &Value, wanted: &str) -> Self {
        let message = format!("{path} is {value}, which is not {wanted}");
        let told = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Self::new("wrong-value", Some(path), message, &format!("give {wanted}")).with(&[("value", told)])
    }

    pub(super) fn missing(path: &str, hint: &str) -> Self {
        let message = format!("missing field `{path}`");
        Self::new("missing-field", Some(path), message, hint)
    }

    pub(super) fn repeated(path: &str) -> Self {
        let message = format!("`{path}` is told twice");
        Self::new("repeated-field", Some(path), message, "leave one of the two out")
    }

    /// `6,500`: thousands to one reader, tenge with tiyn to another.
    pub(super) fn ambiguous(path: &str, text: &str, whole: &str, cut: &str) -> Self {
        let message = format!("{path} is \"{text}\", which is {whole} to one reader and {cut} to another");
        let hint = format!("write {whole} or {cut}");
        Self::new("ambiguous-sum", Some(path), message, &hint).with(&[
            ("value", text.to_owned()),
            ("whole", whole.to_owned()),
            ("cut", cut.to_owned()),
        ])
    }

    pub(super) fn both(path: &str, other: &str) -> Self {
        let message = format!("{path} and {other} say the same thing in two ways");
        Self::new("conflicting-fields", Some(path), message, "give one of the two")
    }

    /// A failure of the room: its code, its sentence, and at which member.
    pub(super) fn failure(problem: &impl Failure, field: Option<&str>, hint: &str) -> Self {
        let told = problem.public();
        let code = told.first().map_or("economics", |one| one.code);
        let own = told.first().and_then(|one| one.field.as_deref());
        let path = match (field, own) {
            (Some(path), Some(own)) if path.ends_with('.') => Some(format!("{path}{own}")),
            (Some(path), _) => Some(path.trim_end_matches('.').to_owned()),
            (None, own) => own.map(str::to_owned),
        };
        let args = told.first().map(|one| one.args.clone()).unwrap_or_default();
        Self::new(code, path.as_deref(), problem.to_string(), hint).with(&args)
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

impl From<FloorError> for Refusal {
    fn from(problem: FloorError) -> Self {
        Self::failure(&problem, None, "correct the part that is named")
    }
}

impl From<RateError> for Refusal {
    fn from(problem: RateError) -> Self {
        let hint = match &problem {
            RateError::UnknownCategory { .. }
            | RateError::AmbiguousCategory { .. }
            | RateError::NoCommission { .. } => "correct category, or give commission_pct",
            RateError::RegimeNotInForce { .. } => {
                "choose a regime of that day, or give tax_pct without a regime"
            }
            RateError::LocalRateOutside { .. } => "correct tax_pct",
            RateError::NoFact { .. } => "give mrp, or another date",
            RateError::Table { .. } => "this is a fault of the program",
        };
        let field = matches!(problem, RateError::LocalRateOutside { .. }).then_some("tax_pct");
        Self::failure(&problem, field, hint)
    }
}

impl From<TaxError> for Refusal {
    fn from(problem: TaxError) -> Self {
        match problem {
            TaxError::Rate(rate) => rate.into(),
            other => Self::failure(&other, None, "correct the field that is named"),
        }
    }
}
