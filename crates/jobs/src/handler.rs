//! What does the work of a job, how its failures are treated, and how it may end.

use crate::JobContext;
use async_trait::async_trait;
use sauda_kernel::{Failure, Kind, Span, Timestamp};

/// Does one kind of job.
#[async_trait]
pub trait Handler: Send + Sync {
    /// The name of the jobs it does.
    fn name(&self) -> &'static str;

    fn policy(&self) -> Policy {
        Policy::default()
    }

    /// Does the work. It may be cut off at any await: the next run must find its way from what is stored.
    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError>;
}

/// How long to wait between attempts, and how long one may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Before the second attempt; three times as long before each further one, a quarter more or less by chance.
    pub first_wait: Span,
    pub longest_wait: Span,
    /// Attempts while the outside world does not answer: an outage of hours must not park the queue.
    pub attempts_unavailable: u32,
    /// A run that takes longer is cut off and counts as failed.
    pub time_limit: Span,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            first_wait: Span::from_secs(5),
            longest_wait: Span::from_mins(30),
            attempts_unavailable: 24,
            time_limit: Span::from_mins(60),
        }
    }
}

/// How a run ended without failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Not finished, to be run again then: a budget is spent, a reply is not there yet. Not an error, not an attempt.
    Again(Timestamp),
}

/// How a run failed. The kind decides what happens next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct JobError {
    pub kind: Kind,
    /// Stable word, also the key of the text people read.
    pub code: String,
    /// For operators.
    pub text: String,
}

impl JobError {
    pub fn new(kind: Kind, code: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            kind,
            code: code.into(),
            text: text.into(),
        }
    }

    /// A failure of any room, with its whole chain of causes.
    pub fn from_failure(failure: &(impl Failure + ?Sized)) -> Self {
        let code = failure.public().first().map_or("bug", |public| public.code);
        let mut text = failure.to_string();
        let mut source = failure.source();
        while let Some(cause) = source {
            text.push_str(": ");
            text.push_str(&cause.to_string());
            source = cause.source();
        }
        Self::new(failure.kind(), code, text)
    }
}

/// What the queue does after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Try again after the span; the attempt counts.
    Retry(Span),
    /// Try again after the span; the attempt does not count.
    Postpone(Span),
    Park,
}

/// The rule of failures: what a new attempt cannot mend is parked at once, what may pass is tried again.
pub(crate) fn after(kind: Kind, attempts: u32, max_attempts: u32, policy: &Policy, chance: u16) -> Next {
    let bounded = |most: u32| {
        if attempts >= most {
            Next::Park
        } else {
            Next::Retry(wait(attempts, policy, chance))
        }
    };
    match kind {
        Kind::Invalid | Kind::Unauthenticated | Kind::Forbidden | Kind::NotFound => Next::Park,
        Kind::Conflict => bounded(max_attempts),
        Kind::Throttled(span) => Next::Postpone(span.max(Span::from_millis(100))),
        Kind::Unavailable => bounded(max_attempts.max(policy.attempts_unavailable)),
        // Our own mistakes do not mend themselves: a few tries against bad luck.
        Kind::Bug => bounded(max_attempts.min(3)),
    }
}

/// Grows threefold from the first wait, between 3/4 and 5/4 of it by chance (0..=65535).
fn wait(attempts: u32, policy: &Policy, chance: u16) -> Span {
    let factor = 3_i64.saturating_pow(attempts.saturating_sub(1).min(20));
    let whole = policy
        .first_wait
        .as_micros()
        .saturating_mul(factor)
        .min(policy.longest_wait.as_micros());
    let share = 3 * 65_536 / 4 + i64::from(chance) / 2;
    Span::from_micros(whole / 65_536 * share + whole % 65_536 * share / 65_536)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_decide_what_happens_next() {
        let policy = Policy::default();
        let next = |kind, attempts| after(kind, attempts, 5, &policy, 32_768);
        assert_eq!(next(Kind::Invalid, 1), Next::Park);
        assert_eq!(next(Kind::NotFound, 1), Next::Park);
        assert_eq!(next(Kind::Conflict, 1), Next::Retry(Span::from_secs(5)));
        assert_eq!(next(Kind::Conflict, 2), Next::Retry(Span::from_secs(15)));
        assert_eq!(next(Kind::Conflict, 5), Next::Park);
        assert_eq!(next(Kind::Bug, 2), Next::Retry(Span::from_secs(15)));
        assert_eq!(next(Kind::Bug, 3), Next::Park);
        assert_eq!(next(Kind::Unavailable, 23), Next::Retry(Span::from_mins(30)));
        assert_eq!(next(Kind::Unavailable, 24), Next::Park);
        assert_eq!(
            next(Kind::Throttled(Span::from_mins(30)), 99),
            Next::Postpone(Span::from_mins(30))
        );
    }

    #[test]
    fn waits_differ_by_a_quarter_at_most() {
        let policy = Policy::default();
        assert_eq!(wait(1, &policy, 0), Span::from_micros(3_750_000));
        let longest = wait(1, &policy, u16::MAX).as_micros();
        assert!((6_249_000..=6_250_000).contains(&longest), "{longest}");
        assert!(wait(400, &policy, u16::MAX) <= Span::from_secs(2_250));
    }
}
