//! The data of the price bot: what is known, what is wished, what was decided. Refuses to decide, to fetch or to store.

mod actions;
mod curves;
mod decision;
mod guard;
pub(crate) mod moment;
mod observation;
mod offer;
mod reason;
mod receipt;
mod rule;
mod rule_parts;
mod seller;
mod settings;

pub use actions::{MOVES_KEPT, MoveKind, OwnMove, STEP_BACKS_KEPT, forget_old_moves};
pub use curves::{CurveLack, DaySample, DemandSaid, PLACES, ProfitCurve, learn_curve};
pub use decision::{Decision, Outcome, Place};
pub use guard::{Check, Guard, Verdict};
pub use observation::{Coverage, LARGEST_PRICE, Observation, ObservationError, Row};
pub use offer::{Floors, Gap, OfferFacts, Sister};
pub use reason::{Args, Cell, Reason};
pub use receipt::{ArithmeticLine, Ignored, Receipt, Rung, RungKind};
pub use rule::{Rule, RuleError, Strategy};
pub use rule_parts::{
    AgeingRule, Amount, CellAction, CheckPace, ClockTime, CoverRule, DeadMan, DeadManAction, Hours, Ignore,
    MatchWhenBetter, Pin, SisterPolicy, SleepLift, WarBrake, Weekdays, WhatIf,
};
pub use seller::{InvalidSeller, SellerUid};
pub use settings::{Level, Origins, Settings, Version1, resolve};
