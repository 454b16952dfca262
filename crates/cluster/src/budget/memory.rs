//! Budgets of one process. Each bucket is the log of what was spent inside its longest window.

use super::{Answer, BudgetKey, BudgetUsage, Limit, WindowUsage};
use sauda_kernel::{Span, Timestamp};
use std::collections::{HashMap, VecDeque};

/// Spent permits that a bucket remembers one by one; older ones are joined into the younger neighbour, which errs to the
/// careful side.
const MOST_ENTRIES: usize = 4_096;
/// Buckets that are kept before idle ones are looked for.
const SWEEP_AT: usize = 1_024;
/// How long seeded permits are kept when nobody has named the limit yet.
const UNNAMED: Span = Span::from_days(1);

#[derive(Debug, Default)]
pub(crate) struct Budgets {
    buckets: HashMap<BudgetKey, Bucket>,
    sweep_at: usize,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    at: Timestamp,
    cost: u32,
    /// Everything spent up to and with this entry.
    total: u64,
}

#[derive(Debug, Default)]
struct Bucket {
    limit: Option<Limit>,
    entries: VecDeque<Entry>,
    blocked_until: Option<Timestamp>,
    seen: Timestamp,
}

impl Budgets {
    pub fn take(&mut self, key: &BudgetKey, limit: &Limit, want: u32, whole: bool, now: Timestamp) -> Answer {
        let bucket = self.bucket(key, now);
        bucket.settle(now);
        bucket.limit = Some(*limit);
        bucket.take(limit, want, whole, now)
    }

    pub fn block(&mut self, key: &BudgetKey, until: Timestamp, now: Timestamp) {
        let bucket = self.bucket(key, now);
        bucket.settle(now);
        bucket.blocked_until = (until > now).then_some(until);
    }

    pub fn blocked_until(&mut self, key: &BudgetKey, now: Timestamp) -> Option<Timestamp> {
        let bucket = self.buckets.get_mut(key)?;
        bucket.settle(now);
        bucket.blocked_until
    }

    /// Fills a budget that nothing was spent from yet.
    pub fn seed(&mut self, key: &BudgetKey, spent: &[(Timestamp, u32)], now: Timestamp) {
        let bucket = self.bucket(key, now);
        bucket.settle(now);
        if bucket.entries.is_empty() {
            for (at, cost) in spent {
                bucket.spend((*at).min(now), *cost);
            }
        }
    }

    pub fn usage(&mut self, now: Timestamp) -> Vec<BudgetUsage> {
        self.forget_idle(now);
        let mut all: Vec<BudgetUsage> = self
            .buckets
            .iter()
            .map(|(key, bucket)| BudgetUsage {
                name: key.name.to_owned(),
                scope: key.scope.clone(),
                windows: bucket.usage(now),
                blocked_until: bucket.blocked_until,
            })
            .collect();
        all.sort_by(|one, other| (&one.name, &one.scope).cmp(&(&other.name, &other.scope)));
        all
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.buckets.len()
    }

    fn bucket(&mut self, key: &BudgetKey, now: Timestamp) -> &mut Bucket {
        if !self.buckets.contains_key(key) {
            if self.buckets.len() >= self.sweep_at.max(SWEEP_AT) {
                self.forget_idle(now);
                // Twice what is in use: sweeping costs each new bucket little.
                self.sweep_at = self.buckets.len() * 2;
            }
            self.buckets.insert(
                key.clone(),
                Bucket {
                    seen: now,
                    ..Bucket::default()
                },
            );
        }
        self.buckets.entry(key.clone()).or_default()
    }

    fn forget_idle(&mut self, now: Timestamp) {
        self.buckets.retain(|_, bucket| {
            bucket.settle(now);
            bucket.blocked_until.is_some() || !bucket.entries.is_empty()
        });
    }
}

impl Bucket {
    /// Forgets what no window can see. A clock that was put back takes the log with it: no time has passed as far as we know.
    fn settle(&mut self, now: Timestamp) {
        if now < self.seen {
            let back = self.seen.since(now);
            for entry in &mut self.entries {
                entry.at = entry.at.minus(back);
            }
            self.blocked_until = self.blocked_until.map(|until| until.minus(back));
        }
        self.seen = now;
        if self.blocked_until.is_some_and(|until| until <= now) {
            self.blocked_until = None;
        }
        let keep = self.limit.map_or(UNNAMED, |limit| limit.longest());
        while self
            .entries
            .front()
            .is_some_and(|entry| entry.at.plus(keep) <= now)
        {
            self.entries.pop_front();
        }
        while self.entries.len() > MOST_ENTRIES {
            let oldest = self.entries.pop_front().map_or(0, |entry| entry.cost);
            if let Some(next) = self.entries.front_mut() {
                next.cost = next.cost.saturating_add(oldest);
            }
        }
    }

    fn take(&mut self, limit: &Limit, want: u32, whole: bool, now: Timestamp) -> Answer {
        if let Some(until) = self.blocked_until {
            return Answer {
                granted: 0,
                wait: Some(until.since(now)),
            };
        }
        let mut room = want;
        for window in limit.windows() {
            let used = self.used(window.per, now);
            room = room.min(window.max.saturating_sub(used));
        }
        let granted = if whole && room < want { 0 } else { room };
        self.spend(now, granted);
        let wait = (granted < want).then(|| {
            let next = if whole { want } else { 1 };
            limit
                .windows()
                .map(|window| self.wait(window.per, window.max, next, now))
                .max()
                .unwrap_or(Span::ZERO)
        });
        Answer { granted, wait }
    }

    fn spend(&mut self, at: Timestamp, cost: u32) {
        if cost == 0 {
            return;
        }
        let last = self
            .entries
            .back()
            .map_or((at, 0), |entry| (entry.at, entry.total));
        self.entries.push_back(Entry {
            at: at.max(last.0),
            cost,
            total: last.1 + u64::from(cost),
        });
    }

    fn total(&self) -> u64 {
        self.entries.back().map_or(0, |entry| entry.total)
    }

    /// Spent in the window that ends now.
    fn used(&self, per: Span, now: Timestamp) -> u32 {
        let first = self.entries.partition_point(|entry| entry.at.plus(per) <= now);
        let before = self
            .entries
            .get(first)
            .map_or(self.total(), |entry| entry.total - u64::from(entry.cost));
        u32::try_from(self.total() - before).unwrap_or(u32::MAX)
    }

    /// How long until `next` more fit into the window.
    fn wait(&self, per: Span, max: u32, next: u32, now: Timestamp) -> Span {
        // A window with room makes nobody wait, whatever was spent before it.
        if self.used(per, now).saturating_add(next) <= max {
            return Span::ZERO;
        }
        // Everything up to this total must have left the window.
        let Some(leaves) = (self.total() + u64::from(next))
            .checked_sub(u64::from(max))
            .filter(|leaves| *leaves > 0)
        else {
            return Span::ZERO;
        };
        let last_to_leave = self.entries.partition_point(|entry| entry.total < leaves);
        self.entries
            .get(last_to_leave)
            .map_or(Span::ZERO, |entry| entry.at.plus(per).since(now))
    }

    fn usage(&self, now: Timestamp) -> Vec<WindowUsage> {
        let Some(limit) = self.limit else {
            return Vec::new();
        };
        limit
            .windows()
            .map(|window| WindowUsage {
                used: self.used(window.per, now),
                max: window.max,
                per: window.per,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idle_buckets_are_forgotten() {
        let mut budgets = Budgets::default();
        let limit = Limit::per(2, Span::from_secs(1));
        for number in 0..100_000_i64 {
            let now = Timestamp::from_micros(number * 1_000);
            let answer = budgets.take(&BudgetKey::new("x", number.to_string()), &limit, 1, true, now);
            assert_eq!(answer.granted, 1);
        }
        assert!(budgets.len() <= 3_000, "{} buckets are kept", budgets.len());
    }

    #[test]
    fn a_long_log_is_joined_to_the_careful_side() {
        let mut budgets = Budgets::default();
        let key = BudgetKey::new("tokens", "shop");
        let limit = Limit::per(10_000, Span::from_hours(24));
        for number in 0..9_000_i64 {
            budgets.take(&key, &limit, 1, true, Timestamp::from_secs(number));
        }
        assert!(budgets.buckets[&key].entries.len() <= MOST_ENTRIES + 1);
        assert_eq!(
            budgets.usage(Timestamp::from_secs(9_000))[0].windows[0].used,
            9_000
        );
        // At the end of the first day only the joined ones may linger, never fewer than are really inside.
        let used = budgets.usage(Timestamp::from_secs(86_400 + 8_999 - 10))[0].windows[0].used;
        assert_eq!(used, 10);
    }
}
