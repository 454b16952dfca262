//! Parts of a rule with money in them, in the interface's form. Refuses to repeat parts without money: those are pricing's own.

use crate::shape::{Moment, Sum};
use sauda_edge::Refusal;
use sauda_kernel::Tenge;
use sauda_pricing::model::{Amount, DeadMan, DeadManAction, Hours, Pin, SleepLift, WarBrake};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A size of a move: `{"sum": {"amount_minor": 50000, "currency": "KZT"}}` or `{"bp": 300}` (3 %).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Amount)]
pub(crate) enum AmountBody {
    Sum(Sum),
    Bp(i32),
}

impl AmountBody {
    pub(super) fn read(self, field: &str) -> Result<Amount, Refusal> {
        Ok(match self {
            Self::Sum(sum) => Amount::Tenge(sum.price(field)?.get()),
            Self::Bp(share) => Amount::Bp(share),
        })
    }
}
impl From<Amount> for AmountBody {
    fn from(amount: Amount) -> Self {
        match amount {
            Amount::Tenge(tenge) => Self::Sum(Tenge(tenge).into()),
            Amount::Bp(share) => Self::Bp(share),
        }
    }
}

/// What ends a price war.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = WarBrake)]
pub(crate) struct WarBrakeBody {
    pub window_minutes: u32,
    /// Undercuts of one rival in the window.
    pub alternations: u32,
    /// How far above the rival to step back to.
    pub step_back: AmountBody,
    pub wait_minutes: u32,
    pub truce_hours: u32,
    /// In a war, never under this price.
    pub stop_level: Option<Sum>,
}

impl Default for WarBrakeBody {
    fn default() -> Self {
        WarBrake::default().into()
    }
}
impl From<WarBrake> for WarBrakeBody {
    fn from(brake: WarBrake) -> Self {
        Self {
            window_minutes: brake.window_minutes,
            alternations: brake.alternations,
            step_back: brake.step_back.into(),
            wait_minutes: brake.wait_minutes,
            truce_hours: brake.truce_hours,
            stop_level: brake.stop_level.map(Sum::from),
        }
    }
}
impl WarBrakeBody {
    pub(super) fn read(self) -> Result<WarBrake, Refusal> {
        Ok(WarBrake {
            window_minutes: self.window_minutes,
            alternations: self.alternations,
            step_back: self.step_back.read("settings.war_brake.step_back")?,
            wait_minutes: self.wait_minutes,
            truce_hours: self.truce_hours,
            stop_level: self
                .stop_level
                .map(|sum| sum.price("settings.war_brake.stop_level"))
                .transpose()?,
        })
    }
}

/// The overnight climb.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SleepLift)]
pub(crate) struct SleepLiftBody {
    #[schema(schema_with = hours_schema)]
    pub hours: Hours,
    pub step: Sum,
    /// 30 without it.
    #[serde(default = "half_an_hour")]
    pub every_minutes: u32,
    /// The ceiling without it.
    #[serde(default)]
    pub target: Option<Sum>,
}

const fn half_an_hour() -> u32 {
    30
}

fn hours_schema() -> utoipa::openapi::Ref {
    utoipa::openapi::Ref::from_schema_name("Hours")
}

impl From<SleepLift> for SleepLiftBody {
    fn from(lift: SleepLift) -> Self {
        Self {
            hours: lift.hours,
            step: lift.step.into(),
            every_minutes: lift.every_minutes,
            target: lift.target.map(Sum::from),
        }
    }
}
impl SleepLiftBody {
    pub(super) fn read(self) -> Result<SleepLift, Refusal> {
        Ok(SleepLift {
            hours: self.hours,
            step: self.step.price("settings.sleep_lift.step")?,
            every_minutes: self.every_minutes,
            target: self
                .target
                .map(|sum| sum.price("settings.sleep_lift.target"))
                .transpose()?,
        })
    }
}

/// What happens when the marketplace is silent: `"hold"`, `"alarm"` or `{"lift_to": price}`.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DeadManAction)]
pub(crate) enum DeadManActionBody {
    Hold,
    LiftTo(Sum),
    Alarm,
}

/// The switch for silence.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DeadMan)]
pub(crate) struct DeadManBody {
    pub minutes: u32,
    pub action: DeadManActionBody,
}

impl From<DeadMan> for DeadManBody {
    fn from(switch: DeadMan) -> Self {
        let action = match switch.action {
            DeadManAction::Hold => DeadManActionBody::Hold,
            DeadManAction::LiftTo(price) => DeadManActionBody::LiftTo(price.into()),
            DeadManAction::Alarm => DeadManActionBody::Alarm,
        };
        Self {
            minutes: switch.minutes,
            action,
        }
    }
}
impl DeadManBody {
    pub(super) fn read(self) -> Result<DeadMan, Refusal> {
        let action = match self.action {
            DeadManActionBody::Hold => DeadManAction::Hold,
            DeadManActionBody::LiftTo(sum) => {
                DeadManAction::LiftTo(sum.price("settings.dead_man.action.lift_to")?)
            }
            DeadManActionBody::Alarm => DeadManAction::Alarm,
        };
        Ok(DeadMan {
            minutes: self.minutes,
            action,
        })
    }
}

/// A price fixed by a person.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Pin)]
pub(crate) struct PinBody {
    pub price: Sum,
    /// Until taken off without it.
    #[serde(default)]
    pub until: Option<Moment>,
}

impl From<Pin> for PinBody {
    fn from(pin: Pin) -> Self {
        Self {
            price: pin.price.into(),
            until: pin.until.map(Moment),
        }
    }
}
impl PinBody {
    pub(super) fn read(self, field: &str) -> Result<Pin, Refusal> {
        Ok(Pin {
            price: self.price.price(field)?,
            until: self.until.map(|until| until.0),
        })
    }
}
