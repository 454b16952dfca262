//! One classification of failures, rendered in three ways: API, page, job. Do not invent a fourth.

use crate::Span;

/// What sort of failure it is; decides the status code, the page and what a job does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The input is wrong; the way out is in the message.
    Invalid,
    Unauthenticated,
    Forbidden,
    NotFound,
    /// Changed meanwhile by somebody else.
    Conflict,
    /// A budget is spent; try again after the span.
    Throttled(Span),
    /// Something outside does not answer; try again later.
    Unavailable,
    /// Our mistake.
    Bug,
}

/// What may be told outside: a stable code (also the key of the text `err-<code>` in each language),
/// the field it concerns and the values to fill in. Never inner text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Public {
    pub code: &'static str,
    /// Name of the input field, when one is to blame.
    pub field: Option<String>,
    pub args: Vec<(&'static str, String)>,
}

impl Public {
    pub fn new(code: &'static str) -> Self {
        Self {
            code,
            field: None,
            args: Vec::new(),
        }
    }
    #[must_use]
    pub fn field(mut self, name: impl Into<String>) -> Self {
        self.field = Some(name.into());
        self
    }
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// Each error of each room answers these two questions.
pub trait Failure: std::error::Error {
    fn kind(&self) -> Kind;
    /// All refusals that the outside may see; several for forms and files.
    fn public(&self) -> Vec<Public>;
}

/// An error with the whole chain of its causes, for logs: `outer: inner: innermost`.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
