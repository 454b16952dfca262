//! Levels of settings: shop defaults, a named rule, an offer's own; and how they become one effective rule.
//! Refuses to store them.

use super::{
    AgeingRule, Amount, CheckPace, CoverRule, DeadMan, Hours, Ignore, MatchWhenBetter, Pin, Rule,
    SisterPolicy, SleepLift, Strategy, WarBrake, WhatIf, moment::present,
};
use sauda_kernel::Tenge;
use serde::{Deserialize, Serialize, de::Error};
use std::collections::BTreeMap;

/// The number 1 in JSON: documents of another version are refused instead of being half understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Version1;

impl Serialize for Version1 {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u8(1)
    }
}
impl<'de> Deserialize<'de> for Version1 {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match u64::deserialize(from)? {
            1 => Ok(Self),
            other => Err(D::Error::custom(format!(
                "version {other} is not known here: this program reads version 1"
            ))),
        }
    }
}

/// Where a setting can stand. Later ones win.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    BuiltIn,
    Shop,
    Rule,
    Offer,
}

/// Settings of one level: a member that is absent is inherited; where a member can be `null`, that means "none here".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub version: Version1,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strategy: Option<Strategy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<Tenge>,
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub min: Option<Option<Tenge>>,
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub max: Option<Option<Tenge>>,
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub store_minimum: Option<Option<Tenge>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore: Option<Ignore>,
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub max_move: Option<Option<Amount>>,
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub max_day: Option<Option<Amount>>,
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub war_brake: Option<Option<WarBrake>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cool_down_minutes: Option<u32>,
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub hours: Option<Option<Hours>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_age_minutes: Option<u32>,
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub ask_above: Option<Option<Amount>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what_if: Option<WhatIf>,
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub match_when_better: Option<Option<MatchWhenBetter>>,
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub sleep_lift: Option<Option<SleepLift>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<bool>,
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub cover: Option<Option<CoverRule>>,
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub ageing: Option<Option<AgeingRule>>,
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub dead_man: Option<Option<DeadMan>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<CheckPace>,
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub pin: Option<Option<Pin>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sisters: Option<SisterPolicy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dry_run: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paused: Option<bool>,
}

/// Which level each setting of the effective rule came from, by its JSON name.
pub type Origins = BTreeMap<&'static str, Level>;

/// Lays the levels over the built-in defaults, in the order given: shop, rule, offer. A pause, a dry run or a store
/// minimum on any level cannot be lifted by a later one: the store minimum is the highest of all.
pub fn resolve(levels: &[(Level, &Settings)]) -> (Rule, Origins) {
    let mut over = Overlay {
        rule: Rule::default(),
        origins: Origins::new(),
    };
    for (level, settings) in levels {
        over.prices(*level, settings);
        over.guards(*level, settings);
        over.manners(*level, settings);
        over.sticky(*level, settings);
    }
    (over.rule, over.origins)
}

struct Overlay {
    rule: Rule,
    origins: Origins,
}

impl Overlay {
    fn prices(&mut self, level: Level, from: &Settings) {
        let (rule, origins) = (&mut self.rule, &mut self.origins);
        lay(
            &mut rule.strategy,
            from.strategy.as_ref(),
            "strategy",
            level,
            origins,
        );
        lay(&mut rule.step, from.step.as_ref(), "step", level, origins);
        lay(&mut rule.min, from.min.as_ref(), "min", level, origins);
        lay(&mut rule.max, from.max.as_ref(), "max", level, origins);
        lay(&mut rule.ignore, from.ignore.as_ref(), "ignore", level, origins);
        lay(
            &mut rule.what_if,
            from.what_if.as_ref(),
            "what_if",
            level,
            origins,
        );
        lay(
            &mut rule.match_when_better,
            from.match_when_better.as_ref(),
            "match_when_better",
            level,
            origins,
        );
        lay(&mut rule.pin, from.pin.as_ref(), "pin", level, origins);
    }

    fn guards(&mut self, level: Level, from: &Settings) {
        let (rule, origins) = (&mut self.rule, &mut self.origins);
        lay(
            &mut rule.max_move,
            from.max_move.as_ref(),
            "max_move",
            level,
            origins,
        );
        lay(
            &mut rule.max_day,
            from.max_day.as_ref(),
            "max_day",
            level,
            origins,
        );
        lay(
            &mut rule.war_brake,
            from.war_brake.as_ref(),
            "war_brake",
            level,
            origins,
        );
        lay(
            &mut rule.cool_down_minutes,
            from.cool_down_minutes.as_ref(),
            "cool_down_minutes",
            level,
            origins,
        );
        lay(&mut rule.hours, from.hours.as_ref(), "hours", level, origins);
        lay(
            &mut rule.max_age_minutes,
            from.max_age_minutes.as_ref(),
            "max_age_minutes",
            level,
            origins,
        );
        lay(
            &mut rule.ask_above,
            from.ask_above.as_ref(),
            "ask_above",
            level,
            origins,
        );
        lay(
            &mut rule.dead_man,
            from.dead_man.as_ref(),
            "dead_man",
            level,
            origins,
        );
    }

    fn manners(&mut self, level: Level, from: &Settings) {
        let (rule, origins) = (&mut self.rule, &mut self.origins);
        lay(
            &mut rule.sleep_lift,
            from.sleep_lift.as_ref(),
            "sleep_lift",
            level,
            origins,
        );
        lay(
            &mut rule.priority,
            from.priority.as_ref(),
            "priority",
            level,
            origins,
        );
        lay(&mut rule.cover, from.cover.as_ref(), "cover", level, origins);
        lay(&mut rule.ageing, from.ageing.as_ref(), "ageing", level, origins);
        lay(&mut rule.check, from.check.as_ref(), "check", level, origins);
        lay(
            &mut rule.sisters,
            from.sisters.as_ref(),
            "sisters",
            level,
            origins,
        );
    }

    fn sticky(&mut self, level: Level, from: &Settings) {
        if from.paused == Some(true) && !self.rule.paused {
            lay(
                &mut self.rule.paused,
                Some(&true),
                "paused",
                level,
                &mut self.origins,
            );
        }
        if from.dry_run == Some(true) && !self.rule.dry_run {
            lay(
                &mut self.rule.dry_run,
                Some(&true),
                "dry_run",
                level,
                &mut self.origins,
            );
        }
        if let Some(wish @ Some(_)) = from.store_minimum
            && wish > self.rule.store_minimum
        {
            lay(
                &mut self.rule.store_minimum,
                Some(&wish),
                "store_minimum",
                level,
                &mut self.origins,
            );
        }
    }
}

fn lay<T: Clone>(to: &mut T, from: Option<&T>, name: &'static str, level: Level, origins: &mut Origins) {
    if let Some(value) = from {
        to.clone_from(value);
        origins.insert(name, level);
    }
}

impl Settings {
    /// Reads stored or given JSON.
    ///
    /// # Errors
    /// When a member is unknown, has the wrong type, or the version is not 1; the text names it.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The JSON to store.
    ///
    /// # Errors
    /// Never in practice: every member has a JSON form.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}
