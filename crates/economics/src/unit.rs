//! What one sale at a price leaves, part by part. Refuses to lose a tiyn: parts and profit add up to the price.

use crate::parts::{ALL_BP, Shares, WHOLE};
use crate::{FloorError, FloorParts, LARGEST_PRICE};
use sauda_kernel::{BasisPoints, Money, Tenge};
use serde::{Deserialize, Serialize};

/// Where the price of one unit goes. `price` = all other sums + `profit`, to the tiyn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breakdown {
    pub price: Money,
    pub purchase: Money,
    pub packaging: Money,
    pub other: Money,
    pub commission: Money,
    pub payment: Money,
    /// On turnover and on profit together.
    pub tax: Money,
    /// Value added tax to be paid; negative when more was paid to others.
    pub vat: Money,
    pub delivery: Money,
    pub advertising: Money,
    pub returns: Money,
    /// What is left; negative is a loss.
    pub profit: Money,
    /// Profit as a share of the price, rounded down.
    pub margin: BasisPoints,
}

/// The one formula, with parts that were checked once: for many prices of the same goods.
#[derive(Debug, Clone, Copy)]
pub struct Formula<'a> {
    parts: &'a FloorParts,
    shares: Shares,
}

impl<'a> Formula<'a> {
    /// # Errors
    /// When a part is negative or too large.
    pub fn new(parts: &'a FloorParts) -> Result<Self, FloorError> {
        let shares = parts.checked()?;
        Ok(Self { parts, shares })
    }

    /// The parts of a price. Shares are rounded half up to a tiyn each; the profit is the remainder.
    ///
    /// # Errors
    /// When the price is not between 1 and [`LARGEST_PRICE`].
    pub fn at(&self, price: Tenge) -> Result<Breakdown, FloorError> {
        if price < Tenge(1) {
            return Err(FloorError::Negative {
                part: "price",
                value: price.get(),
            });
        }
        self.of(price.money())
    }

    /// The same for a sum that was paid, such as a line of an order; it may be zero.
    ///
    /// # Errors
    /// When the sum is negative or larger than [`LARGEST_PRICE`].
    pub fn of(&self, paid: Money) -> Result<Breakdown, FloorError> {
        let (value, largest) = (paid.tiyn(), LARGEST_PRICE.money().tiyn());
        let part = "price";
        if value < 0 {
            return Err(FloorError::Negative { part, value });
        }
        if value > largest {
            return Err(FloorError::TooLarge { part, value, largest });
        }
        Ok(split(paid, self.parts, self.shares))
    }
}

/// The parts of a price: see [`Formula::at`].
///
/// # Errors
/// When a part is negative or too large, or the price is not between 1 and [`LARGEST_PRICE`].
pub fn unit(price: Tenge, parts: &FloorParts) -> Result<Breakdown, FloorError> {
    Formula::new(parts)?.at(price)
}

/// As [`unit`], for parts and prices that were checked.
pub(crate) fn split(price: Money, parts: &FloorParts, shares: Shares) -> Breakdown {
    let whole = price.tiyn();
    let delivery = parts.delivery_at(price);
    let commission = part_of(whole, shares.commission);
    let payment = part_of(whole, shares.payment);
    let (in_price, vat) = match parts.vat {
        None => (0, 0),
        Some(vat) => {
            let in_price = inside(whole, shares.vat);
            let of_delivery = if vat.delivery_credited {
                inside(delivery.tiyn(), shares.fee_vat)
            } else {
                0
            };
            let credit = vat.input.tiyn() + part_of(whole, shares.commission_credit) + of_delivery;
            (in_price, in_price - credit)
        }
    };
    let turnover_tax = part_of(whole - in_price, shares.tax);
    let advertising = part_of(whole, shares.advertising);
    let returns = part_of(whole, shares.returns);
    // Each part is at most 10^11 tiyn (checked), so a dozen of them is far from the end of i64.
    let fixed = parts.purchase.tiyn() + parts.packaging.tiyn() + parts.other.tiyn() + delivery.tiyn();
    let before = whole - fixed - commission - payment - vat - turnover_tax - advertising - returns;
    let tax = turnover_tax + tax_on(before, shares.profit_tax);
    let profit = Money::from_tiyn(before + turnover_tax - tax);
    Breakdown {
        price,
        purchase: parts.purchase,
        packaging: parts.packaging,
        other: parts.other,
        commission: Money::from_tiyn(commission),
        payment: Money::from_tiyn(payment),
        tax: Money::from_tiyn(tax),
        vat: Money::from_tiyn(vat),
        delivery,
        advertising: Money::from_tiyn(advertising),
        returns: Money::from_tiyn(returns),
        profit,
        margin: profit.share_of(price),
    }
}

/// A share in millionths, half a tiyn up. A price has at most 10^11 tiyn, a share 10^6 millionths: the product fits.
fn part_of(whole: i64, millionths: i64) -> i64 {
    if millionths == 0 {
        return 0;
    }
    (whole * millionths + WHOLE / 2).div_euclid(WHOLE)
}

/// The tax inside of a sum that holds it, half a tiyn up: rate / (100 % + rate).
pub(crate) fn inside(whole: i64, rate_bp: i64) -> i64 {
    let over = ALL_BP + rate_bp;
    (whole * rate_bp + over / 2).div_euclid(over)
}

/// Tax on what was earned, half a tiyn up; none on a loss.
fn tax_on(before: i64, rate_bp: i64) -> i64 {
    if before <= 0 || rate_bp == 0 {
        return 0;
    }
    (before * rate_bp + ALL_BP / 2).div_euclid(ALL_BP)
}
