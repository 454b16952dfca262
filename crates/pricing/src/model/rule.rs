//! The effective rule of one offer: every setting has a value. Refuses values that contradict themselves.

use super::{
    AgeingRule, Amount, CheckPace, CoverRule, DeadMan, DeadManAction, Hours, Ignore, LARGEST_PRICE,
    MatchWhenBetter, Pin, SisterPolicy, SleepLift, WarBrake, WhatIf,
};
use sauda_kernel::{Failure, Kind, Public, Tenge};
use serde::{Deserialize, Serialize};

/// What the bot strives for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Strategy {
    /// Under the cheapest when it is not dearer than us, otherwise hold.
    Standard {},
    /// As standard, and up to just under the next rival when we are first with room.
    AlwaysFirst {},
    /// Just under the N-th cheapest, climbing when there is room.
    StayTopN { n: u32 },
    /// Level with the cheapest.
    Match {},
    /// Never under this margin of the price; the best place that leaves it.
    HoldMargin { margin_bp: i32 },
    /// The price with the highest expected profit by this shop's own history.
    Profit {},
}

/// The effective rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rule {
    pub strategy: Strategy,
    /// How far under a rival to stand; also the smallest rise that is worth a change.
    pub step: Tenge,
    /// The seller's lowest price.
    pub min: Option<Tenge>,
    /// The seller's highest price.
    pub max: Option<Tenge>,
    /// The lowest price of anything in the shop.
    pub store_minimum: Option<Tenge>,
    pub ignore: Ignore,
    /// Largest single move.
    pub max_move: Option<Amount>,
    /// Largest distance from the price the local day began with.
    pub max_day: Option<Amount>,
    pub war_brake: Option<WarBrake>,
    pub cool_down_minutes: u32,
    pub hours: Option<Hours>,
    /// Older reads decide nothing.
    pub max_age_minutes: u32,
    /// A larger move needs a person.
    pub ask_above: Option<Amount>,
    pub what_if: WhatIf,
    pub match_when_better: Option<MatchWhenBetter>,
    pub sleep_lift: Option<SleepLift>,
    /// Spends checks and changes before others.
    pub priority: bool,
    pub cover: Option<CoverRule>,
    pub ageing: Option<AgeingRule>,
    pub dead_man: Option<DeadMan>,
    pub check: CheckPace,
    pub pin: Option<Pin>,
    pub sisters: SisterPolicy,
    /// Decide and record, publish nothing.
    pub dry_run: bool,
    pub paused: bool,
}

impl Default for Rule {
    fn default() -> Self {
        Self {
            strategy: Strategy::Standard {},
            step: Tenge(1),
            min: None,
            max: None,
            store_minimum: None,
            ignore: Ignore::default(),
            max_move: None,
            max_day: None,
            war_brake: Some(WarBrake::default()),
            cool_down_minutes: 2,
            hours: None,
            max_age_minutes: 15,
            ask_above: None,
            what_if: WhatIf::default(),
            match_when_better: None,
            sleep_lift: None,
            priority: false,
            cover: None,
            ageing: None,
            dead_man: Some(DeadMan {
                minutes: 180,
                action: DeadManAction::Alarm,
            }),
            check: CheckPace::Learned {
                shortest_minutes: 2,
                longest_minutes: 60,
            },
            pin: None,
            sisters: SisterPolicy::Auto,
            dry_run: false,
            paused: false,
        }
    }
}

/// A setting that cannot be followed. `field` is its name in JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    #[error("{field} is {value}: give {low} to {high}")]
    OutOfRange {
        field: &'static str,
        value: i64,
        low: i64,
        high: i64,
    },
    #[error("min {min} is above max {max}: lower the one or raise the other")]
    MinAboveMax { min: Tenge, max: Tenge },
    #[error("check.shortest_minutes {shortest} is above check.longest_minutes {longest}")]
    PaceReversed { shortest: u32, longest: u32 },
    #[error("match_when_better names neither rating_by_milli nor faster_by_days: give one or leave it out")]
    BetterInNothing,
}

impl RuleError {
    /// The setting to blame.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::OutOfRange { field, .. } => field,
            Self::MinAboveMax { .. } => "min",
            Self::PaceReversed { .. } => "check",
            Self::BetterInNothing => "match_when_better",
        }
    }
    /// Stable word.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OutOfRange { .. } => "rule-out-of-range",
            Self::MinAboveMax { .. } => "rule-min-above-max",
            Self::PaceReversed { .. } => "rule-pace-reversed",
            Self::BetterInNothing => "rule-better-in-nothing",
        }
    }
}

impl Failure for RuleError {
    fn kind(&self) -> Kind {
        Kind::Invalid
    }
    fn public(&self) -> Vec<Public> {
        let told = Public::new(self.code()).field(self.field());
        vec![match self {
            Self::OutOfRange {
                field,
                value,
                low,
                high,
            } => told
                .arg("field", field)
                .arg("value", value)
                .arg("low", low)
                .arg("high", high),
            Self::MinAboveMax { min, max } => told.arg("min", min).arg("max", max),
            Self::PaceReversed { shortest, longest } => {
                told.arg("shortest", shortest).arg("longest", longest)
            }
            Self::BetterInNothing => told,
        }]
    }
}

/// One week in minutes: the longest pause between two acts that a setting may ask for.
const WEEK_MINUTES: i64 = 7 * 24 * 60;

impl Rule {
    /// Everything that is wrong with the rule; empty when it can be followed. Edges call it before saving.
    pub fn problems(&self) -> Vec<RuleError> {
        let mut found = Vec::new();
        let largest = LARGEST_PRICE.get();
        ranged(&mut found, "step", Some(self.step.get()), 1, largest);
        ranged(&mut found, "min", self.min.map(Tenge::get), 1, largest);
        ranged(&mut found, "max", self.max.map(Tenge::get), 1, largest);
        ranged(
            &mut found,
            "store_minimum",
            self.store_minimum.map(Tenge::get),
            0,
            largest,
        );
        ranged(
            &mut found,
            "max_age_minutes",
            Some(i64::from(self.max_age_minutes)),
            1,
            WEEK_MINUTES,
        );
        ranged(
            &mut found,
            "cool_down_minutes",
            Some(i64::from(self.cool_down_minutes)),
            0,
            WEEK_MINUTES,
        );
        ranged_amount(&mut found, "max_move", self.max_move);
        ranged_amount(&mut found, "max_day", self.max_day);
        ranged_amount(&mut found, "ask_above", self.ask_above);
        if let (Some(min), Some(max)) = (self.min, self.max)
            && min > max
        {
            found.push(RuleError::MinAboveMax { min, max });
        }
        self.strategy_problems(&mut found);
        self.ignore_problems(&mut found);
        self.timed_problems(&mut found);
        found
    }

    fn strategy_problems(&self, found: &mut Vec<RuleError>) {
        match self.strategy {
            Strategy::StayTopN { n } => ranged(found, "strategy.n", Some(i64::from(n)), 1, 100),
            Strategy::HoldMargin { margin_bp } => {
                ranged(found, "strategy.margin_bp", Some(i64::from(margin_bp)), 0, 9_900)
            }
            Strategy::Standard {} | Strategy::AlwaysFirst {} | Strategy::Match {} | Strategy::Profit {} => {}
        }
        if let Some(cover) = self.cover {
            ranged(found, "cover.below_days", Some(cover.below_days), 1, 365);
            ranged(
                found,
                "cover.raise_bp",
                Some(i64::from(cover.raise_bp)),
                1,
                10_000,
            );
        }
        if let Some(ageing) = self.ageing {
            ranged(
                found,
                "ageing.older_than_days",
                Some(i64::from(ageing.older_than_days)),
                1,
                3_650,
            );
            ranged(found, "ageing.ease_bp", Some(i64::from(ageing.ease_bp)), 1, 9_000);
        }
        if self
            .match_when_better
            .is_some_and(|better| better.rating_by_milli.is_none() && better.faster_by_days.is_none())
        {
            found.push(RuleError::BetterInNothing);
        }
    }

    fn ignore_problems(&self, found: &mut Vec<RuleError>) {
        let ignore = &self.ignore;
        ranged(
            found,
            "ignore.slower_by_days",
            ignore.slower_by_days.map(i64::from),
            0,
            365,
        );
        ranged(
            found,
            "ignore.rating_below_milli",
            ignore.rating_below_milli.map(i64::from),
            0,
            5_000,
        );
        ranged(found, "ignore.reviews_below", ignore.reviews_below, 0, 1_000_000);
        ranged(
            found,
            "ignore.absurd_below_bp",
            ignore.absurd_below_bp.map(i64::from),
            1,
            10_000,
        );
    }

    fn timed_problems(&self, found: &mut Vec<RuleError>) {
        let largest = LARGEST_PRICE.get();
        if let Some(brake) = &self.war_brake {
            ranged(
                found,
                "war_brake.alternations",
                Some(i64::from(brake.alternations)),
                1,
                1_000,
            );
            ranged(
                found,
                "war_brake.window_minutes",
                Some(i64::from(brake.window_minutes)),
                1,
                24 * 60,
            );
            ranged(
                found,
                "war_brake.wait_minutes",
                Some(i64::from(brake.wait_minutes)),
                0,
                WEEK_MINUTES,
            );
            ranged(
                found,
                "war_brake.truce_hours",
                Some(i64::from(brake.truce_hours)),
                0,
                WEEK_MINUTES / 60,
            );
            ranged(
                found,
                "war_brake.stop_level",
                brake.stop_level.map(Tenge::get),
                1,
                largest,
            );
            ranged_amount(found, "war_brake.step_back", Some(brake.step_back));
        }
        if let Some(lift) = &self.sleep_lift {
            ranged(found, "sleep_lift.step", Some(lift.step.get()), 1, largest);
            ranged(
                found,
                "sleep_lift.every_minutes",
                Some(i64::from(lift.every_minutes)),
                1,
                24 * 60,
            );
            ranged(
                found,
                "sleep_lift.target",
                lift.target.map(Tenge::get),
                1,
                largest,
            );
        }
        if let Some(dead_man) = self.dead_man {
            ranged(
                found,
                "dead_man.minutes",
                Some(i64::from(dead_man.minutes)),
                1,
                WEEK_MINUTES,
            );
            if let DeadManAction::LiftTo(price) = dead_man.action {
                ranged(found, "dead_man.action.lift_to", Some(price.get()), 1, largest);
            }
        }
        ranged(
            found,
            "pin.price",
            self.pin.map(|pin| pin.price.get()),
            1,
            largest,
        );
        match self.check {
            CheckPace::Fixed { minutes } => {
                ranged(found, "check.minutes", Some(i64::from(minutes)), 1, WEEK_MINUTES)
            }
            CheckPace::Learned {
                shortest_minutes,
                longest_minutes,
            } => {
                ranged(
                    found,
                    "check.shortest_minutes",
                    Some(i64::from(shortest_minutes)),
                    1,
                    WEEK_MINUTES,
                );
                ranged(
                    found,
                    "check.longest_minutes",
                    Some(i64::from(longest_minutes)),
                    1,
                    WEEK_MINUTES,
                );
                if shortest_minutes > longest_minutes {
                    found.push(RuleError::PaceReversed {
                        shortest: shortest_minutes,
                        longest: longest_minutes,
                    });
                }
            }
        }
    }
}

fn ranged(found: &mut Vec<RuleError>, field: &'static str, value: Option<i64>, low: i64, high: i64) {
    if let Some(value) = value
        && !(low..=high).contains(&value)
    {
        found.push(RuleError::OutOfRange {
            field,
            value,
            low,
            high,
        });
    }
}

fn ranged_amount(found: &mut Vec<RuleError>, field: &'static str, amount: Option<Amount>) {
    match amount {
        None => {}
        Some(Amount::Tenge(value)) => ranged(found, field, Some(value), 1, LARGEST_PRICE.get()),
        Some(Amount::Bp(value)) => ranged(found, field, Some(i64::from(value)), 1, 100_000),
    }
}
