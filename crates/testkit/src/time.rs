//! Time in tests: a clock that stands still until it is pushed, and waiting for a condition with a limit.

use sauda_kernel::{PushedClock, Timestamp};
use std::{
    panic::Location,
    time::{Duration, Instant},
};

/// A clock that stands at Friday 2026-11-20, noon in Almaty (07:00 UTC).
pub fn frozen_clock() -> PushedClock {
    PushedClock::at(Timestamp::from_secs(1_795_158_000))
}

/// Waits until the condition holds, looking every few milliseconds.
///
/// # Panics
/// When it does not hold within the limit; the message names the caller's line.
#[track_caller]
pub fn until<F>(mut condition: F, limit: Duration) -> impl Future<Output = ()>
where
    F: AsyncFnMut() -> bool,
{
    let place = Location::caller();
    async move {
        let start = Instant::now();
        let mut pause = Duration::from_micros(200);
        while !condition().await {
            #[expect(clippy::panic, reason = "a condition that never came true is a failed test")]
            if start.elapsed() > limit {
                panic!("{place}: the awaited condition did not come true within {limit:?}");
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(5));
        }
    }
}
