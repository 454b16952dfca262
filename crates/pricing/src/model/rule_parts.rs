//! The parts a pricing rule is made of, each with its units and its safe default. Refuses to apply them.

use super::{SellerUid, moment};
use sauda_kernel::{BasisPoints, LocalTime, Tenge, Timestamp};
use serde::{Deserialize, Serialize, de::Error};

/// A size of a price move: `{"tenge": 500}` or `{"bp": 300}` (3 %).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    Tenge(i64),
    Bp(i32),
}

impl Amount {
    /// The amount in tenge, for a share of this price; a share is rounded down, but is at least 1.
    pub fn of(self, price: Tenge) -> Tenge {
        match self {
            Self::Tenge(tenge) => Tenge(tenge.max(1)),
            Self::Bp(share) => price.share_down(BasisPoints(share)).max(Tenge(1)),
        }
    }
}

/// Rivals that are looked past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Ignore {
    /// Sellers without the goods at hand.
    pub preorder: bool,
    /// Delivery later than ours by more than this many days.
    pub slower_by_days: Option<i32>,
    /// Rating under this, 4.5 is 4500; sellers without a rating count as 0.
    pub rating_below_milli: Option<i32>,
    /// Fewer reviews than this; sellers without reviews count as 0.
    pub reviews_below: Option<i64>,
    /// Goods from a warehouse of another city (when the marketplace tells).
    pub other_city_warehouse: bool,
    /// A price under this share of our usual price is a mistake or a bait: 5000 is half.
    pub absurd_below_bp: Option<i32>,
    /// Sellers named by the merchant.
    pub sellers: Vec<SellerUid>,
}

impl Default for Ignore {
    fn default() -> Self {
        Self {
            preorder: true,
            slower_by_days: None,
            rating_below_milli: None,
            reviews_below: None,
            other_city_warehouse: false,
            absurd_below_bp: Some(5_000),
            sellers: Vec::new(),
        }
    }
}

/// What ends a price war: after `alternations` undercuts of one rival inside the window the bot steps back and waits;
/// for the truce after it, it answers that rival by matching. Each further war doubles the truce (16 times at most).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WarBrake {
    pub window_minutes: u32,
    pub alternations: u32,
    /// How far above the rival to step back to.
    pub step_back: Amount,
    pub wait_minutes: u32,
    pub truce_hours: u32,
    /// In a war or truce, never under this price.
    pub stop_level: Option<Tenge>,
}

impl Default for WarBrake {
    fn default() -> Self {
        Self {
            window_minutes: 120,
            alternations: 4,
            step_back: Amount::Bp(100),
            wait_minutes: 60,
            truce_hours: 24,
            stop_level: None,
        }
    }
}

/// A wall time of the shop's zone, `"09:30"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClockTime(u16);

impl ClockTime {
    /// From minutes since midnight, 0..1440.
    pub const fn from_minute(minute: u16) -> Option<Self> {
        if minute < 1_440 { Some(Self(minute)) } else { None }
    }
    /// Minutes since midnight.
    pub const fn minute(self) -> u16 {
        self.0
    }
    fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        if hour.len() != 2 || minute.len() != 2 {
            return None;
        }
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        if hour > 23 || minute > 59 {
            None
        } else {
            Self::from_minute(hour * 60 + minute)
        }
    }
}

impl std::fmt::Display for ClockTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}
impl Serialize for ClockTime {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for ClockTime {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text)
            .ok_or_else(|| D::Error::custom(format!("{text:?} is not a time of day like 09:30")))
    }
}

/// Days of the week: `[1, 2, 3]`, Monday is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weekdays(u8);

impl Weekdays {
    pub const ALL: Self = Self(0b111_1111);

    /// `weekday` is 1 (Monday) to 7.
    pub const fn contains(self, weekday: u32) -> bool {
        weekday >= 1 && weekday <= 7 && self.0 >> (weekday - 1) & 1 == 1
    }
}
impl Serialize for Weekdays {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq((1..=7_u32).filter(|day| self.contains(*day)))
    }
}
impl<'de> Deserialize<'de> for Weekdays {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut set = 0_u8;
        for day in Vec::<u8>::deserialize(from)? {
            if !(1..=7).contains(&day) {
                return Err(D::Error::custom(format!(
                    "{day} is not a day of the week: Monday is 1, Sunday is 7"
                )));
            }
            set |= 1 << (day - 1);
        }
        if set == 0 {
            Err(D::Error::custom("name at least one day of the week"))
        } else {
            Ok(Self(set))
        }
    }
}

/// When the bot may move prices, in the shop's zone. `to` before `from` runs over midnight; equal is the whole day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    pub from: ClockTime,
    pub to: ClockTime,
    /// Days on which the span begins.
    #[serde(default = "every_day")]
    pub days: Weekdays,
}

const fn every_day() -> Weekdays {
    Weekdays::ALL
}

impl Hours {
    /// Minutes since the span began, when `at` is inside it.
    pub fn minutes_in(&self, at: LocalTime) -> Option<u32> {
        let (from, to, minute) = (
            u32::from(self.from.minute()),
            u32::from(self.to.minute()),
            at.minute_of_day(),
        );
        let yesterday = if at.weekday == 1 { 7 } else { at.weekday - 1 };
        if from < to {
            return (minute >= from && minute < to && self.days.contains(at.weekday)).then(|| minute - from);
        }
        if minute >= from {
            return self.days.contains(at.weekday).then(|| minute - from);
        }
        (minute < to && self.days.contains(yesterday)).then(|| minute + 1_440 - from)
    }
}

/// What to do in one square of the what-if grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellAction {
    Hold,
    Floor,
    Ceiling,
    Match,
    /// What the strategy says.
    Computed,
}

/// The what-if grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WhatIf {
    /// Nobody to compare with. `computed` and `ceiling` go to the ceiling when there is one.
    pub no_rival: CellAction,
    /// To beat the rival we would have to go under our floor. `computed` beats the next one that can be beaten.
    pub rival_under_floor: CellAction,
    pub rival_equal: CellAction,
    pub out_of_stock: CellAction,
    /// Every rival sells by pre-order.
    pub preorder_only: CellAction,
}

impl Default for WhatIf {
    fn default() -> Self {
        Self {
            no_rival: CellAction::Hold,
            rival_under_floor: CellAction::Floor,
            rival_equal: CellAction::Computed,
            out_of_stock: CellAction::Hold,
            preorder_only: CellAction::Computed,
        }
    }
}

/// Stand level with a rival instead of under it when buyers have another reason to choose us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchWhenBetter {
    /// Our rating is higher by at least this: 0.3 is 300.
    #[serde(default)]
    pub rating_by_milli: Option<i32>,
    /// Our delivery is earlier by at least this many days.
    #[serde(default)]
    pub faster_by_days: Option<i32>,
}

/// The overnight climb: every `every_minutes` inside the hours the price stands one more `step` over what the strategy
/// says, up to `target`, so that rivals' bots follow and the morning starts higher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SleepLift {
    pub hours: Hours,
    pub step: Tenge,
    #[serde(default = "half_an_hour")]
    pub every_minutes: u32,
    /// The ceiling of the rule when absent.
    #[serde(default)]
    pub target: Option<Tenge>,
}

const fn half_an_hour() -> u32 {
    30
}

/// Stock that lasts less than `below_days` is sold dearer by `raise_bp`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverRule {
    pub below_days: i64,
    pub raise_bp: i32,
}

/// Stock older than `older_than_days` is sold cheaper by `ease_bp`, never under the floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeingRule {
    pub older_than_days: i32,
    pub ease_bp: i32,
}

/// What happens when the marketplace has not been heard of for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadMan {
    pub minutes: u32,
    pub action: DeadManAction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadManAction {
    Hold,
    /// `{"lift_to": 45000}`: up to this price; a higher one stays.
    LiftTo(Tenge),
    /// Ask a person.
    Alarm,
}

/// A price fixed by a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    pub price: Tenge,
    /// Until taken off when absent.
    #[serde(default, with = "moment::rfc3339_option")]
    pub until: Option<Timestamp>,
}

/// How often a watch is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum CheckPace {
    Fixed {
        minutes: u32,
    },
    /// Where it is worth most, between the two intervals.
    Learned {
        shortest_minutes: u32,
        longest_minutes: u32,
    },
}

/// How shops of one owner stand to each other on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SisterPolicy {
    /// Nobody passes a sister: one tenge over her is the end. Of level shops the one with the first id may go on
    /// against an outside rival.
    Auto,
    /// This shop leads: it may pass its sisters to beat an outside rival.
    Lead,
    /// This shop never goes under a sister.
    Follow,
}
