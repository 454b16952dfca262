//! Settings of a shop, a rule or an offer as bodies and answers carry them: pricing's own, with prices as money.

use super::rule_settings_parts::{AmountBody, DeadManBody, PinBody, SleepLiftBody, WarBrakeBody};
use crate::shape::{Sum, present};
use sauda_edge::Refusal;
use sauda_kernel::Tenge;
use sauda_pricing::model::{
    AgeingRule, Amount, CheckPace, CoverRule, Hours, Ignore, MatchWhenBetter, Rule, Settings, SisterPolicy,
    Strategy, WhatIf,
};
use serde::{Deserialize, Serialize};
use utoipa::{
    ToSchema,
    openapi::{ObjectBuilder, OneOfBuilder, Ref, RefOr, Schema, Type},
};

/// Settings of one level. A member that is absent is inherited; where `null` is allowed it means "none here".
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RuleSettings)]
pub(crate) struct SettingsBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = strategy_schema)]
    pub strategy: Option<Strategy>,
    /// How far under a rival to stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<Sum>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<Sum>)]
    pub min: Option<Option<Sum>>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<Sum>)]
    pub max: Option<Option<Sum>>,
    /// The lowest price of anything; the highest of all levels counts.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<Sum>)]
    pub store_minimum: Option<Option<Sum>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = ignore_schema)]
    pub ignore: Option<Ignore>,
    /// Largest single move.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<AmountBody>)]
    pub max_move: Option<Option<AmountBody>>,
    /// Largest distance from the price the day began with.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<AmountBody>)]
    pub max_day: Option<Option<AmountBody>>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<WarBrakeBody>)]
    pub war_brake: Option<Option<WarBrakeBody>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cool_down_minutes: Option<u32>,
    /// When the bot may move prices.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(schema_with = hours_or_null)]
    pub hours: Option<Option<Hours>>,
    /// Older reads decide nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_age_minutes: Option<u32>,
    /// A larger move needs a person.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<AmountBody>)]
    pub ask_above: Option<Option<AmountBody>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = what_if_schema)]
    pub what_if: Option<WhatIf>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(schema_with = better_schema)]
    pub match_when_better: Option<Option<MatchWhenBetter>>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<SleepLiftBody>)]
    pub sleep_lift: Option<Option<SleepLiftBody>>,
    /// Spends checks and changes before others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<bool>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(schema_with = cover_schema)]
    pub cover: Option<Option<CoverRule>>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(schema_with = ageing_schema)]
    pub ageing: Option<Option<AgeingRule>>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<DeadManBody>)]
    pub dead_man: Option<Option<DeadManBody>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = check_schema)]
    pub check: Option<CheckPace>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<PinBody>)]
    pub pin: Option<Option<PinBody>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = sisters_schema)]
    pub sisters: Option<SisterPolicy>,
    /// Decide and record, publish nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dry_run: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paused: Option<bool>,
}

pub(crate) fn strategy_schema() -> Ref {
    Ref::from_schema_name("Strategy")
}
fn ignore_schema() -> Ref {
    Ref::from_schema_name("Ignore")
}
fn what_if_schema() -> Ref {
    Ref::from_schema_name("WhatIf")
}
fn better_schema() -> RefOr<Schema> {
    or_null("MatchWhenBetter")
}
fn cover_schema() -> RefOr<Schema> {
    or_null("CoverRule")
}
fn ageing_schema() -> RefOr<Schema> {
    or_null("AgeingRule")
}
fn hours_or_null() -> RefOr<Schema> {
    or_null("Hours")
}
pub(crate) fn strategy_or_null() -> RefOr<Schema> {
    or_null("Strategy")
}
fn or_null(name: &str) -> RefOr<Schema> {
    let null = ObjectBuilder::new().schema_type(Type::Null);
    OneOfBuilder::new()
        .item(Ref::from_schema_name(name))
        .item(null)
        .into()
}
fn check_schema() -> Ref {
    Ref::from_schema_name("CheckPace")
}
fn sisters_schema() -> Ref {
    Ref::from_schema_name("SisterPolicy")
}

/// A member that may be absent, `null` or a sum.
fn price(member: Option<Option<Sum>>, field: &str) -> Result<Option<Option<Tenge>>, Refusal> {
    member
        .map(|sum| sum.map(|sum| sum.price(field)).transpose())
        .transpose()
}

fn amount(member: Option<Option<AmountBody>>, field: &str) -> Result<Option<Option<Amount>>, Refusal> {
    member
        .map(|amount| amount.map(|amount| amount.read(field)).transpose())
        .transpose()
}

impl SettingsBody {
    /// As pricing keeps them; bodies call the member `settings`.
    pub(crate) fn read(self) -> Result<Settings, Refusal> {
        Ok(Settings {
            version: Settings::default().version,
            strategy: self.strategy,
            step: self.step.map(|sum| sum.price("settings.step")).transpose()?,
            min: price(self.min, "settings.min")?,
            max: price(self.max, "settings.max")?,
            store_minimum: price(self.store_minimum, "settings.store_minimum")?,
            ignore: self.ignore,
            max_move: amount(self.max_move, "settings.max_move")?,
            max_day: amount(self.max_day, "settings.max_day")?,
            war_brake: self
                .war_brake
                .map(|brake| brake.map(WarBrakeBody::read).transpose())
                .transpose()?,
            cool_down_minutes: self.cool_down_minutes,
            hours: self.hours,
            max_age_minutes: self.max_age_minutes,
            ask_above: amount(self.ask_above, "settings.ask_above")?,
            what_if: self.what_if,
            match_when_better: self.match_when_better,
            sleep_lift: self
                .sleep_lift
                .map(|lift| lift.map(SleepLiftBody::read).transpose())
                .transpose()?,
            priority: self.priority,
            cover: self.cover,
            ageing: self.ageing,
            dead_man: self
                .dead_man
                .map(|switch| switch.map(DeadManBody::read).transpose())
                .transpose()?,
            check: self.check,
            pin: self
                .pin
                .map(|pin| pin.map(|pin| pin.read("settings.pin.price")).transpose())
                .transpose()?,
            sisters: self.sisters,
            dry_run: self.dry_run,
            paused: self.paused,
        })
    }
}

impl From<Settings> for SettingsBody {
    fn from(from: Settings) -> Self {
        let price = |member: Option<Option<Tenge>>| member.map(|price| price.map(Sum::from));
        let amount = |member: Option<Option<Amount>>| member.map(|amount| amount.map(AmountBody::from));
        Self {
            strategy: from.strategy,
            step: from.step.map(Sum::from),
            min: price(from.min),
            max: price(from.max),
            store_minimum: price(from.store_minimum),
            ignore: from.ignore,
            max_move: amount(from.max_move),
            max_day: amount(from.max_day),
            war_brake: from.war_brake.map(|brake| brake.map(WarBrakeBody::from)),
            cool_down_minutes: from.cool_down_minutes,
            hours: from.hours,
            max_age_minutes: from.max_age_minutes,
            ask_above: amount(from.ask_above),
            what_if: from.what_if,
            match_when_better: from.match_when_better,
            sleep_lift: from.sleep_lift.map(|lift| lift.map(SleepLiftBody::from)),
            priority: from.priority,
            cover: from.cover,
            ageing: from.ageing,
            dead_man: from.dead_man.map(|switch| switch.map(DeadManBody::from)),
            check: from.check,
            pin: from.pin.map(|pin| pin.map(PinBody::from)),
            sisters: from.sisters,
            dry_run: from.dry_run,
            paused: from.paused,
        }
    }
}

/// The effective rule, with every member.
impl From<Rule> for SettingsBody {
    fn from(rule: Rule) -> Self {
        Self::from(Settings {
            version: Settings::default().version,
            strategy: Some(rule.strategy),
            step: Some(rule.step),
            min: Some(rule.min),
            max: Some(rule.max),
            store_minimum: Some(rule.store_minimum),
            ignore: Some(rule.ignore),
            max_move: Some(rule.max_move),
            max_day: Some(rule.max_day),
            war_brake: Some(rule.war_brake),
            cool_down_minutes: Some(rule.cool_down_minutes),
            hours: Some(rule.hours),
            max_age_minutes: Some(rule.max_age_minutes),
            ask_above: Some(rule.ask_above),
            what_if: Some(rule.what_if),
            match_when_better: Some(rule.match_when_better),
            sleep_lift: Some(rule.sleep_lift),
            priority: Some(rule.priority),
            cover: Some(rule.cover),
            ageing: Some(rule.ageing),
            dead_man: Some(rule.dead_man),
            check: Some(rule.check),
            pin: Some(rule.pin),
            sisters: Some(rule.sisters),
            dry_run: Some(rule.dry_run),
            paused: Some(rule.paused),
        })
    }
}
