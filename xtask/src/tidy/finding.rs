//! One thing that tidy has to say. Refuses to decide anything.

use std::fmt;

/// Where, which rule, and what to do about it. Ordered by path and line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub path: String,
    /// First line is 1; 0 means the whole file.
    pub line: usize,
    pub rule: &'static str,
    pub message: String,
    /// Whether it fails the check; otherwise it is a warning.
    pub refuses: bool,
}

impl Finding {
    pub fn refuse(path: &str, line: usize, rule: &'static str, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            rule,
            message: message.into(),
            refuses: true,
        }
    }

    pub fn warn(path: &str, line: usize, rule: &'static str, message: impl Into<String>) -> Self {
        Self {
            refuses: false,
            ..Self::refuse(path, line, rule, message)
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = if self.refuses { "" } else { "warning: " };
        if self.line == 0 {
            write!(f, "{}: {level}{}: {}", self.path, self.rule, self.message)
        } else {
            write!(
                f,
                "{}:{}: {level}{}: {}",
                self.path, self.line, self.rule, self.message
            )
        }
    }
}
