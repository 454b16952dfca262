//! How often a bot may write: a chat a second, a group a minute, everybody together. The sizes of the bursts are a guess.

use sauda_kernel::{Span, Timestamp};
use std::collections::BTreeMap;

/// A bucket that fills evenly.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: i64,
    at: Timestamp,
}

/// Millionths of a message.
const ONE: i64 = 1_000_000;

impl Bucket {
    const fn full(room: i64, now: Timestamp) -> Self {
        Self {
            left: room.saturating_mul(ONE),
            at: now,
        }
    }

    /// Takes one; the wait until there is one otherwise.
    fn take(&mut self, room: i64, every: Span, now: Timestamp) -> Result<(), Span> {
        let passed = now.since(self.at).as_micros().max(0);
        let gained = passed.saturating_mul(ONE) / every.as_micros().max(1);
        self.left = self.left.saturating_add(gained).min(room.saturating_mul(ONE));
        self.at = now;
        if self.left >= ONE {
            self.left -= ONE;
            return Ok(());
        }
        let missing = ONE - self.left;
        Err(Span::from_micros(missing.saturating_mul(every.as_micros()) / ONE))
    }
}

#[derive(Debug, Default)]
pub struct Limits {
    chats: BTreeMap<i64, Bucket>,
    all: Option<Bucket>,
}

impl Limits {
    /// # Errors
    /// Whole seconds to wait, at least one.
    pub fn take(&mut self, chat: i64, now: Timestamp) -> Result<(), i64> {
        // A group takes twenty a minute, a person one a second with short bursts.
        let (room, every) = if chat < 0 {
            (20, Span::from_secs(3))
        } else {
            (5, Span::from_secs(1))
        };
        let wait = |span: Span| (span.as_micros() + 999_999) / 1_000_000;
        let all = self.all.get_or_insert(Bucket::full(30, now));
        all.take(30, Span::from_micros(33_333), now)
            .map_err(|span| wait(span).max(1))?;
        self.chats
            .entry(chat)
            .or_insert(Bucket::full(room, now))
            .take(room, every, now)
            .map_err(|span| wait(span).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_one_a_second() {
        let (mut limits, start) = (Limits::default(), Timestamp::from_secs(0));
        for _ in 0..5 {
            assert_eq!(limits.take(1, start), Ok(()));
        }
        assert_eq!(limits.take(1, start), Err(1));
        assert_eq!(limits.take(2, start), Ok(()), "another chat has its own");
        assert_eq!(limits.take(1, Timestamp::from_secs(1)), Ok(()));
        for _ in 0..20 {
            assert_eq!(limits.take(-5, Timestamp::from_secs(60)), Ok(()));
        }
        assert_eq!(limits.take(-5, Timestamp::from_secs(60)), Err(3));
    }
}
