//! Why the bot acted or did not, as a stable word with its numbers. Refuses to be a sentence: texts are `reason-<word>`.

use super::CellAction;
use sauda_kernel::{Money, Tenge};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The one reason of a decision. In JSON `{"word": "undercut", "args": {"rival": 38741, "step": 1}}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "word",
    content = "args",
    rename_all = "kebab-case",
    deny_unknown_fields
)]
pub enum Reason {
    // reasons to set a price
    /// Under the cheapest rival.
    Undercut {
        rival: Tenge,
        step: Tenge,
    },
    /// We are first: up to just under the next rival.
    Climb {
        rival: Tenge,
        step: Tenge,
    },
    /// Just under the rival on the wished place.
    TopPlace {
        wished: u32,
        rival: Tenge,
        step: Tenge,
    },
    MatchCheapest {
        rival: Tenge,
    },
    /// Level with the rival, because our rating or delivery is better.
    MatchBetter {
        rival: Tenge,
    },
    /// In a truce with this rival: level, not under.
    TruceMatch {
        rival: Tenge,
    },
    /// The best place that leaves the margin.
    MarginPlace {
        margin_bp: i32,
        rival: Tenge,
        step: Tenge,
    },
    /// No place leaves the margin: the lowest price that does.
    MarginFloor {
        margin_bp: i32,
        price: Tenge,
    },
    /// Highest expected profit in a day, by this shop's own history.
    Profit {
        profit_per_day: Money,
        place: u32,
    },
    /// The rival is too cheap: we stand on our floor.
    OnFloor {
        floor: Tenge,
        rival: Tenge,
    },
    /// The cheapest is too cheap: under the first rival that can be beaten.
    NextReachable {
        rival: Tenge,
        step: Tenge,
        floor: Tenge,
    },
    /// A square of the grid says floor or ceiling.
    CellPrice {
        cell: Cell,
        action: CellAction,
        price: Tenge,
    },
    /// Our price was under the floor.
    RaiseToFloor {
        floor: Tenge,
    },
    /// Our price was over the ceiling.
    LowerToCeiling {
        ceiling: Tenge,
    },
    /// Out of a price war.
    StepBack {
        rival: Tenge,
        undercuts: u32,
        wait_minutes: u32,
    },
    /// The overnight climb.
    SleepLift {
        steps: u32,
        step: Tenge,
    },
    Pinned {
        price: Tenge,
    },
    /// Nothing heard of the marketplace: up to the safe price.
    SafePrice {
        price: Tenge,
        silent_minutes: i64,
    },

    // reasons to hold
    AlreadyThere {
        price: Tenge,
    },
    AlreadyCheapest {
        rival: Tenge,
    },
    RiseTooSmall {
        rise: Tenge,
        step: Tenge,
    },
    /// A square of the grid says hold.
    CellHold {
        cell: Cell,
    },
    Paused {},
    NoObservation {},
    StaleObservation {
        age_minutes: i64,
        max_minutes: u32,
    },
    PartialObservation {
        seen: i64,
        total: i64,
    },
    EmptyObservation {},
    /// The read is dated later than the present.
    FutureObservation {
        ahead_minutes: i64,
    },
    /// The read is older than our last change: it does not show its effect.
    SeenBeforeOwnChange {},
    CoolDown {
        left_minutes: i64,
    },
    OutsideHours {},
    WarWait {
        left_minutes: i64,
    },
    Silent {
        minutes: i64,
    },
    /// An own shop stands in the way.
    SisterAhead {
        sister: Tenge,
    },
    /// The limit of the day is spent.
    DayLimit {
        limit: Tenge,
    },

    // reasons to ask a person
    FloorAboveCeiling {
        floor: Tenge,
        ceiling: Tenge,
    },
    NoFloor {},
    MoveNeedsApproval {
        by: Tenge,
        threshold: Tenge,
    },
    MarginNeedsCost {},
    SilentAlarm {
        minutes: i64,
    },
    RuleBroken {},
}

/// A square of the what-if grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cell {
    NoRival,
    RivalUnderFloor,
    RivalEqual,
    OutOfStock,
    PreorderOnly,
}

/// A word and its arguments, ready for a text in any language: `reason-<word>`, `guard-<word>`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Args {
    pub word: String,
    /// Name and value; values are numbers or words.
    pub args: Vec<(String, Value)>,
}

impl Args {
    /// From anything that is stored as `{"word": …, "args": {…}}`.
    pub(crate) fn of<T: Serialize>(told: &T) -> Self {
        let Ok(Value::Object(mut members)) = serde_json::to_value(told) else {
            return Self::default();
        };
        let word = members
            .get("word")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let args = match members.remove("args") {
            Some(Value::Object(args)) => args.into_iter().collect(),
            _ => Vec::new(),
        };
        Self { word, args }
    }
}

impl Reason {
    /// The stable word and its numbers, for a text in any language.
    pub fn args(&self) -> Args {
        Args::of(self)
    }
}
