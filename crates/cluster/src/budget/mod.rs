//! Budgets: how much of a scarce outside thing may be spent in any interval of a length. Exact, never an average.

pub(crate) mod memory;
pub(crate) mod redis;

use crate::ClusterError;
use sauda_kernel::{Span, Timestamp};

/// Most windows that one limit may have.
pub const MOST_WINDOWS: usize = 3;

/// Which budget: the name says what is spent, the scope whose it is, such as an address, an account or a shop.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BudgetKey {
    pub name: &'static str,
    pub scope: String,
}

impl BudgetKey {
    pub fn new(name: &'static str, scope: impl Into<String>) -> Self {
        Self {
            name,
            scope: scope.into(),
        }
    }
}

/// At most `max` in any half-open interval of the length `per`: a permit taken at `t` is free again at `t + per`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub max: u32,
    pub per: Span,
}

/// Windows that all must allow, such as 3 per 2 s and 250 per 30 min.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    windows: [Option<Window>; MOST_WINDOWS],
}

impl Limit {
    pub const fn per(max: u32, per: Span) -> Self {
        Self {
            windows: [Some(Window { max, per }), None, None],
        }
    }

    /// A further window; at most three, a fourth takes the place of the third.
    #[must_use]
    pub const fn and(self, max: u32, per: Span) -> Self {
        let window = Some(Window { max, per });
        let [first, second, _] = self.windows;
        Self {
            windows: if second.is_none() {
                [first, window, None]
            } else {
                [first, second, window]
            },
        }
    }

    pub fn windows(&self) -> impl Iterator<Item = Window> + '_ {
        self.windows.iter().flatten().copied()
    }

    /// The most that can ever be granted at once.
    pub fn most(&self) -> u32 {
        self.windows().map(|window| window.max).min().unwrap_or(0)
    }

    pub(crate) fn longest(&self) -> Span {
        self.windows()
            .map(|window| window.per)
            .max()
            .unwrap_or(Span::ZERO)
    }

    pub(crate) fn check(&self, key: &BudgetKey, cost: u32) -> Result<(), ClusterError> {
        let max = self.most();
        if cost > max {
            Err(ClusterError::TooMuch {
                name: key.name,
                cost,
                max,
            })
        } else {
            Ok(())
        }
    }
}

/// The answer to a wish to spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permit {
    Granted,
    /// Nothing was spent; asking before `retry_at` is in vain.
    Refused {
        retry_at: Timestamp,
    },
}

/// How much of one budget is spent now, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetUsage {
    pub name: String,
    pub scope: String,
    pub windows: Vec<WindowUsage>,
    /// Closed by the outside world until then.
    pub blocked_until: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowUsage {
    pub used: u32,
    pub max: u32,
    pub per: Span,
}

/// What a bucket answers: how much was granted, and how long until the rest may be asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answer {
    pub granted: u32,
    pub wait: Option<Span>,
}
