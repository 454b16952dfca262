//! What each guard said, as a stable word with its numbers. Refuses to be a sentence: texts are `guard-<word>`.

use super::Args;
use sauda_kernel::Tenge;
use serde::{Deserialize, Serialize};

/// What came of a guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Looked and had nothing against it.
    Passed,
    /// Worth knowing, changed nothing.
    Noted,
    /// Changed the price.
    Changed,
    /// Stopped the move.
    Stopped,
    /// Sent the move to a person.
    Asked,
}

/// One guard's word and verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub verdict: Verdict,
    #[serde(flatten)]
    pub guard: Guard,
}

/// A guard with the numbers it used. `wanted` is the price before it spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "word", content = "args", rename_all = "kebab-case")]
pub enum Guard {
    Paused {},
    Pin {
        price: Tenge,
    },
    Floor {
        floor: Tenge,
        wanted: Tenge,
    },
    Ceiling {
        ceiling: Tenge,
        wanted: Tenge,
    },
    Limits {
        floor: Tenge,
        ceiling: Tenge,
    },
    NoFloor {},
    /// A delivery step makes prices between the two earn too little.
    LossGap {
        from: Tenge,
        to: Tenge,
        wanted: Tenge,
    },
    MaxMove {
        limit: Tenge,
        wanted: Tenge,
    },
    MaxDay {
        limit: Tenge,
        day_start: Tenge,
        wanted: Tenge,
    },
    Sister {
        sister: Tenge,
        wanted: Tenge,
    },
    WarBrake {
        undercuts: u32,
        allowed: u32,
    },
    Truce {
        hours: i64,
    },
    StopLevel {
        level: Tenge,
        wanted: Tenge,
    },
    WarWait {
        left_minutes: i64,
    },
    CoolDown {
        left_minutes: i64,
    },
    Hours {},
    Age {
        age_minutes: i64,
        max_minutes: u32,
    },
    Whole {
        seen: i64,
        total: i64,
    },
    Clock {
        ahead_minutes: i64,
    },
    SeenBeforeOwnChange {},
    Silent {
        minutes: i64,
        allowed: u32,
    },
    SmallRise {
        rise: Tenge,
        step: Tenge,
    },
    Approval {
        by: Tenge,
        threshold: Tenge,
    },
    Better {
        rating_by_milli: i32,
        faster_by_days: i32,
    },
    Cover {
        days: i64,
        raise_bp: i32,
    },
    Ageing {
        days: i32,
        ease_bp: i32,
    },
    SleepLift {
        steps: u32,
    },
    /// The profit strategy has not learned enough: acts as standard.
    ProfitNotLearned {},
    /// Our offer is not in the list that was read.
    OwnHidden {},
    /// The storefront still shows another price of ours.
    OwnDiffers {
        shown: Tenge,
        ours: Tenge,
    },
    RuleBroken {},
}

impl Guard {
    /// The stable word and its numbers, for a text in any language.
    pub fn args(&self) -> Args {
        Args::of(self)
    }
}
