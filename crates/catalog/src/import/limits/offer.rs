//! What is known of an offer before an import and what a row would change; refuses to know where it is stored.

use super::StrategyChoice;
use sauda_kernel::{Money, Tenge};
use serde::{Deserialize, Serialize};

/// The values of an offer as they are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CurrentLimits {
    pub min: Option<Tenge>,
    pub max: Option<Tenge>,
    pub cost: Option<Money>,
    pub strategy: Option<StrategyChoice>,
    pub step: Option<Tenge>,
    /// The price on sale now.
    pub price: Option<Tenge>,
    /// The lowest price that loses nothing at the present cost, with commission, tax and delivery.
    pub floor: Option<Tenge>,
}

/// The offers of the shop that the file is for. Any function from an SKU to [`CurrentLimits`] is one.
pub trait KnownOffers {
    /// The offer's values now; `None` when the shop has no such SKU.
    fn current(&self, sku: &str) -> Option<CurrentLimits>;

    /// The lowest price that would lose nothing at another cost. Whoever knows commission, tax and delivery
    /// answers better than this default, which counts the cost alone.
    fn floor_at(&self, sku: &str, cost: Money) -> Option<Tenge> {
        let _ = sku;
        Some(cost.tenge_up())
    }
}

impl<F: Fn(&str) -> Option<CurrentLimits>> KnownOffers for F {
    fn current(&self, sku: &str) -> Option<CurrentLimits> {
        self(sku)
    }
}

/// What becomes of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change<T> {
    /// The cell is empty or already says what is.
    #[default]
    Keep,
    /// The cell says «нет», «жоқ», `none` or `-`: the value is taken away and the rule's applies.
    Clear,
    Set(T),
}

impl<T: Copy + PartialEq> Change<T> {
    /// The value after the change.
    pub const fn after(self, now: Option<T>) -> Option<T> {
        match self {
            Self::Keep => now,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }

    /// The same, with what changes nothing made `Keep`.
    pub(super) fn against(self, now: Option<T>) -> Self {
        if self.after(now) == now { Self::Keep } else { self }
    }
}

/// What a row would change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LimitsChange {
    pub min: Change<Tenge>,
    pub max: Change<Tenge>,
    pub cost: Change<Money>,
    pub strategy: Change<StrategyChoice>,
    pub step: Change<Tenge>,
}

impl LimitsChange {
    /// The offer's values after the change; `floor` as it was.
    pub const fn after(&self, now: &CurrentLimits) -> CurrentLimits {
        CurrentLimits {
            min: self.min.after(now.min),
            max: self.max.after(now.max),
            cost: self.cost.after(now.cost),
            strategy: self.strategy.after(now.strategy),
            step: self.step.after(now.step),
            price: now.price,
            floor: now.floor,
        }
    }

    pub(super) fn against(&self, now: &CurrentLimits) -> Self {
        Self {
            min: self.min.against(now.min),
            max: self.max.against(now.max),
            cost: self.cost.against(now.cost),
            strategy: self.strategy.against(now.strategy),
            step: self.step.against(now.step),
        }
    }
}
