//! Reads per address and second: above 15 the address is shut out for ten seconds. Refuses to count anything else.

use crate::locks::lock;
use sauda_kernel::{Span, Timestamp};
use std::{
    collections::{HashMap, VecDeque},
    sync::Mutex,
};

/// Reads allowed in any one second.
pub const READS_PER_SECOND: usize = 15;
/// How long an address is shut out.
pub const SHUT_OUT: Span = Span::from_secs(10);

/// The last second of every address.
#[derive(Default)]
pub struct ReadLimit(Mutex<HashMap<String, Address>>);

#[derive(Default)]
struct Address {
    recent: VecDeque<Timestamp>,
    shut_until: Option<Timestamp>,
    /// Most reads seen in any one second.
    peak: usize,
}

impl ReadLimit {
    /// Notes a read. First: it is refused. Second: it is the one that crossed the limit.
    pub fn take(&self, address: &str, now: Timestamp) -> (bool, bool) {
        let mut all = lock(&self.0);
        if all.len() > 10_000 {
            all.retain(|_, one| {
                one.recent
                    .back()
                    .is_some_and(|last| now.since(*last) < Span::from_mins(1))
            });
        }
        if !all.contains_key(address) {
            all.insert(address.to_owned(), Address::default());
        }
        let Some(one) = all.get_mut(address) else {
            return (false, false);
        };
        if one.shut_until.is_some_and(|until| now < until) {
            return (true, false);
        }
        one.shut_until = None;
        while one
            .recent
            .front()
            .is_some_and(|first| now.since(*first) >= Span::from_secs(1))
        {
            one.recent.pop_front();
        }
        one.recent.push_back(now);
        one.peak = one.peak.max(one.recent.len());
        if one.recent.len() <= READS_PER_SECOND {
            return (false, false);
        }
        one.recent.clear();
        one.shut_until = Some(now.plus(SHUT_OUT));
        (true, true)
    }

    /// Address, most reads in a second, and until when it is shut out.
    pub fn addresses(&self) -> Vec<(String, usize, Option<Timestamp>)> {
        lock(&self.0)
            .iter()
            .map(|(name, one)| (name.clone(), one.peak, one.shut_until))
            .collect()
    }

    /// Forgets every address.
    pub fn reset(&self) {
        lock(&self.0).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_reads_pass_and_the_sixteenth_shuts_the_address_out_for_ten_seconds() {
        let limit = ReadLimit::default();
        let start = Timestamp::from_secs(1_000);
        for _ in 0..15 {
            assert_eq!(limit.take("a", start), (false, false));
        }
        assert_eq!(limit.take("a", start), (true, true));
        assert_eq!(limit.take("b", start), (false, false));
        assert_eq!(
            limit.take("a", start.plus(Span::from_millis(9_999))),
            (true, false)
        );
        assert_eq!(limit.take("a", start.plus(SHUT_OUT)), (false, false));
    }

    #[test]
    fn ten_a_second_are_fine_for_ever() {
        let limit = ReadLimit::default();
        for at in 0..1_000 {
            assert_eq!(
                limit.take("a", Timestamp::from_micros(at * 100_000)),
                (false, false)
            );
        }
    }
}
