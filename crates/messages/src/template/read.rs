//! Reads a shop's text into words and variables. Refuses what it cannot read, every problem at once, each with its place.

use super::{LONGEST_TEMPLATE, variable::Variable};

/// One part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Text(String),
    Value(Variable),
}

/// A text with variables that can be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub(super) parts: Vec<Part>,
}

/// Why a text is no template. Places are signs of the text, from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateProblem {
    #[error("the template has no text: write what the buyer shall read")]
    Empty,
    #[error("the template has {length} signs, at most {limit} are sent: shorten it")]
    TooLong { length: usize, limit: usize },
    #[error("unknown variable {{{name}}} at sign {place}: {}", offer(*.nearest))]
    Unknown {
        name: String,
        place: usize,
        nearest: Option<&'static str>,
    },
    #[error("the bracket {{ at sign {place} is not closed: close it, or write {{{{ for the sign itself")]
    Unclosed { place: usize },
    #[error("the bracket }} at sign {place} was not opened: remove it, or write }}}} for the sign itself")]
    Unopened { place: usize },
}

fn offer(nearest: Option<&'static str>) -> String {
    match nearest {
        Some(name) => format!("did you mean {{{name}}}?"),
        None => format!(
            "known are {}",
            Variable::ALL
                .map(|known| format!("{{{}}}", known.word()))
                .join(", ")
        ),
    }
}

impl TemplateProblem {
    /// The stable code, for words in the language files.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "template-empty",
            Self::TooLong { .. } => "template-too-long",
            Self::Unknown { .. } => "template-unknown-variable",
            Self::Unclosed { .. } => "template-unclosed-bracket",
            Self::Unopened { .. } => "template-unopened-bracket",
        }
    }
}

impl Template {
    /// Reads a text.
    ///
    /// # Errors
    /// Every problem of the text.
    pub fn parse(text: &str) -> Result<Self, Vec<TemplateProblem>> {
        let mut problems = Vec::new();
        let length = text.chars().count();
        if text.trim().is_empty() {
            problems.push(TemplateProblem::Empty);
        }
        if length > LONGEST_TEMPLATE {
            problems.push(TemplateProblem::TooLong {
                length,
                limit: LONGEST_TEMPLATE,
            });
        }
        let mut reader = Reader {
            parts: Vec::new(),
            words: String::new(),
        };
        let signs: Vec<char> = text.chars().collect();
        let mut at = 0;
        while let Some(sign) = signs.get(at).copied() {
            let doubled = signs.get(at + 1) == Some(&sign);
            match sign {
                '{' | '}' if doubled => {
                    reader.words.push(sign);
                    at += 2;
                }
                '{' => at = reader.variable(&signs, at, &mut problems),
                '}' => {
                    problems.push(TemplateProblem::Unopened { place: at + 1 });
                    at += 1;
                }
                _ => {
                    reader.words.push(sign);
                    at += 1;
                }
            }
        }
        reader.flush();
        if problems.is_empty() {
            Ok(Self { parts: reader.parts })
        } else {
            Err(problems)
        }
    }

    /// The variables of the text, each once, in order.
    pub fn variables(&self) -> Vec<Variable> {
        let mut found = Vec::new();
        for part in &self.parts {
            if let Part::Value(variable) = part
                && !found.contains(variable)
            {
                found.push(*variable);
            }
        }
        found
    }
}

struct Reader {
    parts: Vec<Part>,
    words: String,
}

impl Reader {
    fn flush(&mut self) {
        if !self.words.is_empty() {
            self.parts.push(Part::Text(std::mem::take(&mut self.words)));
        }
    }

    /// Reads `{name}` from its bracket on; gives where to go on.
    fn variable(&mut self, signs: &[char], at: usize, problems: &mut Vec<TemplateProblem>) -> usize {
        let rest = signs.get(at + 1..).unwrap_or_default();
        let end = rest.iter().position(|sign| matches!(sign, '{' | '}' | '\n'));
        let Some(end) = end.filter(|end| rest.get(*end) == Some(&'}')) else {
            problems.push(TemplateProblem::Unclosed { place: at + 1 });
            return at + 1;
        };
        let name: String = rest.iter().take(end).collect();
        match Variable::named(&name) {
            Some(variable) => {
                self.flush();
                self.parts.push(Part::Value(variable));
            }
            None => problems.push(TemplateProblem::Unknown {
                place: at + 1,
                nearest: Variable::nearest(&name),
                name: name.chars().take(60).collect(),
            }),
        }
        at + end + 2
    }
}
