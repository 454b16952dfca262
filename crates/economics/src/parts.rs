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

/// Value added tax of a merchant who pays it: what is in the price, less what was paid to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vat {
    pub rate_bp: BasisPoints,
    /// Tax inside the purchase and other fixed costs of the unit that may be set off.
    pub input: Money,
    /// Whether the delivery fee holds tax that may be set off; the commission's is known from its mode.
    pub delivery_credited: bool,
}

/// Everything between the price and the profit of one unit. Sums are tiyn, shares basis points of the price.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FloorParts {
    pub purchase: Money,
    pub packaging: Money,
    /// What else a unit costs, whatever its price: storage, a gift, a call.
    pub other: Money,
    /// The marketplace's rate without tax.
    pub commission_bp: BasisPoints,
    pub commission_vat: CommissionVat,
    /// Value added tax on the marketplace's fees on the day; none is 16 %.
    pub fee_vat_bp: Option<BasisPoints>,
    /// Taking the money: instalments and cards outside of the commission.
    pub payment_bp: BasisPoints,
    /// Tax on turnover, after value added tax for its payers.
    pub tax_bp: BasisPoints,
    /// Tax on what is earned before it; a loss is not taxed.
    pub profit_tax_bp: BasisPoints,
    /// For payers of value added tax.
    pub vat: Option<Vat>,
    pub delivery: Delivery,
    pub advertising_bp: BasisPoints,
    /// Expected loss from returns.
    pub returns_bp: BasisPoints,
    pub wish: Wish,
}

/// Parts of the price that are shares of it, in millionths, so that × 1.16 stays exact. Checked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shares {
    pub(crate) commission: i64,
    /// The tax inside the commission that a payer of value added tax sets off.
    pub(crate) commission_credit: i64,
    pub(crate) payment: i64,
    pub(crate) tax: i64,
    pub(crate) advertising: i64,
    pub(crate) returns: i64,
    /// Wished margin; zero for a wish in tenge.
    pub(crate) margin: i64,
    /// Value added tax, basis points on top; zero for those who do not pay it.
    pub(crate) vat: i64,
    pub(crate) fee_vat: i64,
    /// Tax on profit, basis points.
    pub(crate) profit_tax: i64,
}

/// A whole price in millionths.
pub(crate) const WHOLE: i64 = 1_000_000;
/// A whole in basis points.
pub(crate) const ALL_BP: i64 = 10_000;

impl Shares {
    /// What is left of each price for fixed costs and the wish, as a fraction: above and below the line.
    pub(crate) fn left(self) -> (i128, i128) {
        let (whole, all) = (i128::from(WHOLE), i128::from(ALL_BP));
        let on_vat = all + i128::from(self.vat);
        let after_tax = all - i128::from(self.profit_tax);
        let gross = self.commission - self.commission_credit + self.payment + self.advertising + self.returns;
        // The tax on turnover falls on what remains of the price without value added tax.
        let taken = i128::from(gross) * on_vat + i128::from(self.tax) * all + whole * i128::from(self.vat);
        let before_wish = (whole * on_vat - taken) * after_tax;
        let wished = i128::from(self.margin) * on_vat * all;
        (before_wish - wished, whole * on_vat * after_tax)
    }
}

impl FloorParts {
    /// Shares in millionths, after checking that every part makes sense.
    pub(crate) fn checked(&self) -> Result<Shares, FloorError> {
        sum("purchase", self.purchase)?;
        sum("packaging", self.packaging)?;
        sum("other", self.other)?;
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
        let (vat, input) = self
            .vat
            .map_or((BasisPoints(0), Money::ZERO), |vat| (vat.rate_bp, vat.input));
        sum("vat.input", input)?;
        let fee_vat = share("fee_vat_bp", self.fee_vat_bp.unwrap_or(FEE_VAT))?;
        let commission = self.commission(fee_vat)?;
        let shares = Shares {
            commission,
            commission_credit: match self.vat {
                Some(_) => commission - share("commission_bp", self.commission_bp)? * 100,
                None => 0,
            },
            payment: share("payment_bp", self.payment_bp)? * 100,
            tax: share("tax_bp", self.tax_bp)? * 100,
            advertising: share("advertising_bp", self.advertising_bp)? * 100,
            returns: share("returns_bp", self.returns_bp)? * 100,
            margin,
            vat: share("vat.rate_bp", vat)?,
            fee_vat,
            profit_tax: share("profit_tax_bp", self.profit_tax_bp)?,
        };
        shares.leave_something()?;
        Ok(shares)
    }

    fn commission(&self, fee_vat: i64) -> Result<i64, FloorError> {
        let rate = share("commission_bp", self.commission_bp)?;
        Ok(match (self.commission_vat, rate, fee_vat) {
            (CommissionVat::None, _, _) => rate * 100,
            (CommissionVat::Published, 640, 1_600) => 73_000,
            (CommissionVat::Published, 1_090, 1_600) => 125_000,
            (CommissionVat::Published, 1_350, 1_600) => 155_000,
            (CommissionVat::Published | CommissionVat::Times116, _, _) => rate * (ALL_BP + fee_vat) / 100,
        })
    }

    /// The commission with its tax, in millionths of the price; none when the parts make no sense.
    pub fn effective_commission(&self) -> Option<i64> {
        self.checked().ok().map(|shares| shares.commission)
    }

    /// The delivery fee at a price.
    pub(crate) fn delivery_at(&self, price: Money) -> Money {
        match &self.delivery {
            Delivery::None => Money::ZERO,
            Delivery::Fixed(fee) => *fee,
            Delivery::Steps(steps) => steps
                .iter()
                .rev()
                .find(|step| step.from.money() <= price)
                .map_or(Money::ZERO, |step| step.fee),
        }
    }
}

/// Value added tax since 2026-01-01 (Tax Code 2026).
const FEE_VAT: BasisPoints = BasisPoints(1_600);

impl Shares {
    fn leave_something(self) -> Result<(), FloorError> {
        let gross = [
            self.commission,
            self.payment,
            self.tax,
            self.advertising,
            self.returns,
            self.margin,
        ];
        let gross = gross.iter().sum::<i64>();
        let refused = |taken: i64| {
            Err(FloorError::SharesTooLarge {
                taken_bp: taken / 100,
            })
        };
        if gross > WHOLE - 100 {
            return refused(gross);
        }
        if self.profit_tax > ALL_BP - 100 || self.vat > ALL_BP {
            return refused(gross + self.profit_tax.max(self.vat) * 100);
        }
        let (above, below) = self.left();
        let left = above * i128::from(WHOLE) / below;
        if left < 100 {
            return refused(WHOLE - i64::try_from(left).unwrap_or(0));
        }
        Ok(())
    }
}

/// Ten times the price: more is a slip, and would leave the numbers.
const LARGEST_SHARE: i64 = 100_000;

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
    } else if value > LARGEST_SHARE {
        let taken_bp = value;
        Err(FloorError::SharesTooLarge { taken_bp })
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
