//! How long an attempt must wait after wrong ones: pure rules over a tally, no database.

use sauda_kernel::{Span, Timestamp};

/// Attempts of one login, address or person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    pub failures: u32,
    pub failed_at: Timestamp,
    pub locked_until: Timestamp,
}

/// The rule of one kind of tally.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Policy {
    /// Attempts before the first wait.
    pub free: u32,
    /// The first wait; each further attempt doubles it.
    pub first: Span,
    /// The longest wait.
    pub most: Span,
    /// A tally is forgotten after this long without an attempt.
    pub forget: Span,
}

/// Five attempts, then 1, 2, 4 … 60 minutes. An hour at most: a stranger must not close a shop's account for a day.
pub(crate) const LOGIN: Policy = Policy {
    free: 5,
    first: Span::from_mins(1),
    most: Span::from_hours(1),
    forget: Span::from_hours(24),
};
/// Many people share one address behind a provider: thirty attempts before the first wait.
pub(crate) const ADDRESS: Policy = Policy {
    free: 30,
    first: Span::from_mins(1),
    most: Span::from_hours(1),
    forget: Span::from_hours(24),
};
/// Codes of six digits: with 5 free tries and these waits a guess succeeds once in years.
pub(crate) const CODE: Policy = Policy {
    free: 5,
    first: Span::from_mins(5),
    most: Span::from_hours(24),
    forget: Span::from_hours(48),
};

/// Counts an attempt before it is looked at, so that attempts made at the same moment are all counted.
/// `Err` is the moment until which none is looked at.
pub(crate) fn attempt(tally: Tally, policy: &Policy, now: Timestamp) -> Result<Tally, Timestamp> {
    // A clock that was set back must not close an account for longer than the longest wait.
    let locked_until = tally.locked_until.min(now.plus(policy.most));
    if now < locked_until {
        return Err(locked_until);
    }
    let before = if now.since(tally.failed_at) > policy.forget {
        0
    } else {
        tally.failures
    };
    let failures = before.saturating_add(1);
    let locked_until = match failures.checked_sub(policy.free) {
        None => now,
        Some(doublings) => now.plus(wait(policy, doublings)),
    };
    Ok(Tally {
        failures,
        failed_at: now,
        locked_until,
    })
}

fn wait(policy: &Policy, doublings: u32) -> Span {
    let factor = 1_i64.checked_shl(doublings.min(40)).unwrap_or(i64::MAX);
    Span::from_micros(policy.first.as_micros().saturating_mul(factor)).min(policy.most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_from_the_fifth_attempt_up_to_an_hour() {
        let mut now = Timestamp::from_secs(1_000_000);
        let mut tally = Tally::default();
        let mut waits = Vec::new();
        for _ in 0..13 {
            tally = attempt(tally, &LOGIN, now).unwrap();
            waits.push(tally.locked_until.since(now).as_mins());
            if tally.locked_until > now {
                assert_eq!(
                    attempt(tally, &LOGIN, tally.locked_until.minus(Span::from_micros(1))),
                    Err(tally.locked_until)
                );
            }
            now = tally.locked_until;
        }
        assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }

    #[test]
    fn a_quiet_day_forgets_and_a_clock_set_back_never_locks_longer_than_the_longest_wait() {
        let now = Timestamp::from_secs(10_000_000);
        let old = Tally {
            failures: 9,
            failed_at: now.minus(Span::from_hours(25)),
            locked_until: now.minus(Span::from_hours(24)),
        };
        assert_eq!(attempt(old, &LOGIN, now).unwrap().failures, 1);
        let ahead = Tally {
            failures: 9,
            failed_at: now,
            locked_until: now.plus(Span::from_days(400)),
        };
        assert_eq!(attempt(ahead, &LOGIN, now), Err(now.plus(Span::from_hours(1))));
    }
}
