//! The world's time: real time multiplied, or pushed by hand. Refuses to run the world; the engine does.

use crate::{
    locks::{read, write},
    options::{LimitClock, Speed},
};
use sauda_kernel::{Clock, Span, SystemClock, Timestamp};
use std::sync::RwLock;

/// World time and the clock of limits.
pub struct WorldClock {
    state: RwLock<State>,
    limits: LimitClock,
}

struct State {
    speed: Speed,
    /// World time at `real_base`.
    world_base: Timestamp,
    real_base: Timestamp,
}

impl WorldClock {
    pub fn new(speed: Speed, start_at: Option<Timestamp>, limits: LimitClock) -> Self {
        let real_base = SystemClock.now();
        Self {
            state: RwLock::new(State {
                speed,
                world_base: start_at.unwrap_or(real_base),
                real_base,
            }),
            limits,
        }
    }

    pub fn speed(&self) -> Speed {
        read(&self.state).speed
    }

    /// Changes the pace; world time goes on from where it is.
    pub fn set_speed(&self, speed: Speed) {
        let now = self.now();
        let mut state = write(&self.state);
        *state = State {
            speed,
            world_base: now,
            real_base: SystemClock.now(),
        };
    }

    /// Moves world time forward (a clock jump when the world runs by itself).
    pub fn push(&self, by: Span) {
        let mut state = write(&self.state);
        state.world_base = state.world_base.plus(by);
    }

    /// Time of read limits, change limits and sign-in breaks.
    pub fn limit_now(&self) -> Timestamp {
        match self.limits {
            LimitClock::Real => SystemClock.now(),
            LimitClock::World => self.now(),
            LimitClock::Auto => match self.speed() {
                Speed::Stepped => self.now(),
                Speed::Times(_) => SystemClock.now(),
            },
        }
    }
}

impl Clock for WorldClock {
    fn now(&self) -> Timestamp {
        let state = read(&self.state);
        match state.speed {
            Speed::Stepped => state.world_base,
            Speed::Times(times) => {
                let real = SystemClock.now().since(state.real_base).as_micros().max(0);
                state
                    .world_base
                    .plus(Span::from_micros(real.saturating_mul(i64::from(times))))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stepped_time_moves_only_when_pushed() {
        let clock = WorldClock::new(Speed::Stepped, Some(Timestamp::from_secs(100)), LimitClock::Auto);
        assert_eq!(clock.now(), Timestamp::from_secs(100));
        clock.push(Span::from_secs(5));
        assert_eq!(
            (clock.now(), clock.limit_now()),
            (Timestamp::from_secs(105), Timestamp::from_secs(105))
        );
    }
}
