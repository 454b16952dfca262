//! What a unit costs and what it should earn. Refuses to know where the figures come from.

use crate::{DeliveryStep, FloorError};
use sauda_kernel::{BasisPoints, Money, Tenge};
use serde::{Deserialize, Serialize};

/// The largest price that floors look at: one billion tenge.
pub const LARGEST_PRICE: Tenge = Tenge(1_000_000_000);

/// How value added tax comes onto the marketplace's commission. Two readings of the published tariff exist, so it is a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommissionVat {
    /// The rate is taken as it is.
    None,
    /// The published rate with tax: 6.4 → 7.3 %, 10.9 → 12.5 %, 13.5 → 15.5 % (marketplace tariff of 2026-01-28); other
    /// rates × 1.16.
    #[default]
    Published,
    /// The rate × 1.16 exactly.
    Times116,
}

/// What delivery costs the merchant for one unit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    #[default]
    None,
    /// The same at every price.
    Fixed(Money),
    /// By the price of the order: see [`crate::delivery_steps`].
    Steps(Vec<DeliveryStep>),
}

/// What a sale should earn at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// A sum in one sale.
    Profit(Money),
    /// A share of the price.
    Margin(BasisPoints),
}

impl Default for Wish {
    fn default() -> Self {
        Self::Profit(Money::ZERO)
    }
}

/// Everything between the price and the profit of one unit. Sums are tiyn, shares basis points of the price.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FloorParts {
    pub purchase: Money,
    pub packaging: Money,
    /// The marketplace's rate without tax.
    pub commission_bp: BasisPoints,
    pub commission_vat: CommissionVat,
    /// Tax on turnover.
    pub tax_bp: BasisPoints,
    pub delivery: Delivery,
    pub advertising_bp: BasisPoints,
    /// Expected loss from returns.
    pub returns_bp: BasisPoints,
    pub wish: Wish,
}

/// Parts of the price that are shares of it, in millionths, so that × 1.16 stays exact.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shares {
    pub(crate) commission: i64,
    pub(crate) tax: i64,
    pub(crate) advertising: i64,
    pub(crate) returns: i64,
    /// Wished margin; zero for a wish in tenge.
    pub(crate) margin: i64,
}

/// A whole price in millionths.
pub(crate) const WHOLE: i64 = 1_000_000;

impl Shares {
    pub(crate) const fn taken(self) -> i64 {
        self.commission + self.tax + self.advertising + self.returns + self.margin
    }
}

impl FloorParts {
    /// Shares in millionths, after checking that every part makes sense.
    pub(crate) fn checked(&self) -> Result<Shares, FloorError> {
        sum("purchase", self.purchase)?;
        sum("packaging", self.packaging)?;
        match &self.delivery {
            Delivery::None => {}
            Delivery::Fixed(fee) => sum("delivery", *fee)?,
            Delivery::Steps(steps) => ordered(steps)?,
        }
        let margin = match self.wish {
            Wish::Profit(wish) => {
                sum("wish", wish)?;
                0
            }
            Wish::Margin(margin) => share("wish", margin)? * 100,
        };
        let shares = Shares {
            commission: self.commission()?,
            tax: share("tax_bp", self.tax_bp)? * 100,
            advertising: share("advertising_bp", self.advertising_bp)? * 100,
            returns: share("returns_bp", self.returns_bp)? * 100,
            margin,
        };
        if shares.taken() > WHOLE - 100 {
            return Err(FloorError::SharesTooLarge {
                taken_bp: shares.taken() / 100,
            });
        }
        Ok(shares)
    }

    fn commission(&self) -> Result<i64, FloorError> {
        let rate = share("commission_bp", self.commission_bp)?;
        Ok(match (self.commission_vat, rate) {
            (CommissionVat::None, _) => rate * 100,
            (CommissionVat::Published, 640) => 73_000,
            (CommissionVat::Published, 1_090) => 125_000,
            (CommissionVat::Published, 1_350) => 155_000,
            (CommissionVat::Published | CommissionVat::Times116, _) => rate * 116,
        })
    }

    /// The delivery fee at a price.
    pub(crate) fn delivery_at(&self, price: Tenge) -> Money {
        match &self.delivery {
            Delivery::None => Money::ZERO,
            Delivery::Fixed(fee) => *fee,
            Delivery::Steps(steps) => steps
                .iter()
                .rev()
                .find(|step| step.from <= price)
                .map_or(Money::ZERO, |step| step.fee),
        }
    }
}

fn sum(part: &'static str, value: Money) -> Result<(), FloorError> {
    let largest = LARGEST_PRICE.money().tiyn();
    match value.tiyn() {
        value if value < 0 => Err(FloorError::Negative { part, value }),
        value if value > largest => Err(FloorError::TooLarge { part, value, largest }),
        _ => Ok(()),
    }
}

fn share(part: &'static str, value: BasisPoints) -> Result<i64, FloorError> {
    let value = i64::from(value.0);
    if value < 0 {
        Err(FloorError::Negative { part, value })
    } else {
        Ok(value)
    }
}

fn ordered(steps: &[DeliveryStep]) -> Result<(), FloorError> {
    let mut before = None;
    for step in steps {
        sum("delivery", step.fee)?;
        let ascending = match before {
            None => step.from == Tenge::ZERO,
            Some(before) => step.from > before,
        };
        if !ascending {
            return Err(FloorError::StepsOutOfOrder {
                from: step.from.get(),
            });
        }
        before = Some(step.from);
    }
    Ok(())
}
