//! Changes per shop: under three a second and 250 in any 30 minutes, else nothing for 30 minutes. Refuses to queue.

use crate::locks::lock;
use sauda_kernel::{Span, Timestamp};
use std::{collections::VecDeque, sync::Mutex};

/// The third call within a second is too fast.
pub const CALLS_PER_SECOND: usize = 3;
/// Changes allowed in [`WINDOW`].
pub const CHANGES: u32 = 250;
pub const WINDOW: Span = Span::from_mins(30);
pub const BAN: Span = Span::from_mins(30);

/// The recent past of every shop.
pub struct ChangeLimit(Vec<Mutex<Past>>);

#[derive(Debug, Default)]
struct Past {
    calls: VecDeque<Timestamp>,
    changes: VecDeque<(Timestamp, u32)>,
    sums: Sums,
}

/// What a shop's limit has seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    pub accepted: u64,
    pub refused: u64,
    /// Times the limit was crossed.
    pub violations: u64,
    /// Most calls seen in one second, most changes in one window.
    pub peak_second: usize,
    pub peak_window: u32,
    pub banned_until: Option<Timestamp>,
}

/// What the limit says to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Pass,
    /// This call crossed the limit; the ban begins.
    Crossed,
    Banned,
}

impl ChangeLimit {
    pub fn new(shops: usize) -> Self {
        Self((0..shops).map(|_| Mutex::default()).collect())
    }

    /// Notes a call with so many changes. With `enforced` off everything passes, but is counted.
    pub fn take(&self, shop: u16, changes: u32, enforced: bool, now: Timestamp) -> Verdict {
        let Some(past) = self.0.get(usize::from(shop)) else {
            return Verdict::Pass;
        };
        let mut past = lock(past);
        if enforced && past.sums.banned_until.is_some_and(|until| now < until) {
            past.sums.refused += 1;
            return Verdict::Banned;
        }
        past.sums.banned_until = None;
        while past
            .calls
            .front()
            .is_some_and(|at| now.since(*at) >= Span::from_secs(1))
        {
            past.calls.pop_front();
        }
        while past
            .changes
            .front()
            .is_some_and(|(at, _)| now.since(*at) >= WINDOW)
        {
            past.changes.pop_front();
        }
        let in_window: u32 = past
            .changes
            .iter()
            .map(|(_, changes)| changes)
            .sum::<u32>()
            .saturating_add(changes);
        past.calls.push_back(now);
        past.sums.peak_second = past.sums.peak_second.max(past.calls.len());
        past.sums.peak_window = past.sums.peak_window.max(in_window);
        if enforced && (past.calls.len() >= CALLS_PER_SECOND || in_window > CHANGES) {
            past.sums.refused += 1;
            past.sums.violations += 1;
            past.sums.banned_until = Some(now.plus(BAN));
            past.calls.clear();
            return Verdict::Crossed;
        }
        past.changes.push_back((now, changes));
        past.sums.accepted += 1;
        Verdict::Pass
    }

    pub fn sums(&self, shop: u16) -> Sums {
        self.0
            .get(usize::from(shop))
            .map(|past| lock(past).sums)
            .unwrap_or_default()
    }

    /// Starts or lifts a ban by hand.
    pub fn ban(&self, shop: u16, until: Option<Timestamp>) {
        if let Some(past) = self.0.get(usize::from(shop)) {
            lock(past).sums.banned_until = until;
        }
    }

    pub fn reset(&self) {
        for past in &self.0 {
            *lock(past) = Past::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_in_a_second_ban_for_half_an_hour() {
        let limit = ChangeLimit::new(1);
        let at = Timestamp::from_secs(0);
        assert_eq!(
            [1, 1, 1].map(|n| limit.take(0, n, true, at)),
            [Verdict::Pass, Verdict::Pass, Verdict::Crossed]
        );
        assert_eq!(
            limit.take(0, 1, true, at.plus(Span::from_mins(29))),
            Verdict::Banned
        );
        assert_eq!(limit.take(0, 1, true, at.plus(BAN)), Verdict::Pass);
        let sums = limit.sums(0);
        assert_eq!(
            (sums.accepted, sums.refused, sums.violations, sums.peak_second),
            (3, 2, 1, 3)
        );
    }

    #[test]
    fn the_251st_change_of_half_an_hour_bans() {
        let limit = ChangeLimit::new(1);
        for at in 0..250 {
            assert_eq!(
                limit.take(0, 1, true, Timestamp::from_secs(at)),
                Verdict::Pass,
                "{at}"
            );
        }
        assert_eq!(
            limit.take(0, 1, true, Timestamp::from_secs(250)),
            Verdict::Crossed
        );
    }
}
