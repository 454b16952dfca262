//! What one sale at a price leaves, part by part. Refuses to lose a tiyn: parts and profit add up to the price.

use crate::parts::{Shares, WHOLE};
use crate::{FloorError, FloorParts, LARGEST_PRICE};
use sauda_kernel::{BasisPoints, Money, Tenge};
use serde::{Deserialize, Serialize};

/// Where the price of one unit goes. `price` = all other sums + `profit`, to the tiyn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breakdown {
    pub price: Money,
    pub purchase: Money,
    pub packaging: Money,
    pub commission: Money,
    pub tax: Money,
    pub delivery: Money,
    pub advertising: Money,
    pub returns: Money,
    /// What is left; negative is a loss.
    pub profit: Money,
    /// Profit as a share of the price, rounded down.
    pub margin: BasisPoints,
}

/// The parts of a price. Shares are rounded half up to a tiyn each; the profit is the remainder.
///
/// # Errors
/// When a part is negative or too large, or the price is not between 1 and [`LARGEST_PRICE`].
pub fn unit(price: Tenge, parts: &FloorParts) -> Result<Breakdown, FloorError> {
    let shares = parts.checked()?;
    if price < Tenge(1) {
        return Err(FloorError::Negative {
            part: "price",
            value: price.get(),
        });
    }
    if price > LARGEST_PRICE {
        let largest = LARGEST_PRICE.money().tiyn();
        return Err(FloorError::TooLarge {
            part: "price",
            value: price.money().tiyn(),
            largest,
        });
    }
    Ok(split(price, parts, shares))
}

/// As [`unit`], for parts and prices that were checked.
pub(crate) fn split(price: Tenge, parts: &FloorParts, shares: Shares) -> Breakdown {
    let whole = price.money();
    let commission = part_of(whole, shares.commission);
    let tax = part_of(whole, shares.tax);
    let advertising = part_of(whole, shares.advertising);
    let returns = part_of(whole, shares.returns);
    let delivery = parts.delivery_at(price);
    let spent = [
        parts.purchase,
        parts.packaging,
        commission,
        tax,
        delivery,
        advertising,
        returns,
    ];
    // Each part is at most 10^11 tiyn (checked), so seven of them are far from the end of i64.
    let profit = Money::from_tiyn(whole.tiyn() - spent.iter().map(|part| part.tiyn()).sum::<i64>());
    Breakdown {
        price: whole,
        purchase: parts.purchase,
        packaging: parts.packaging,
        commission,
        tax,
        delivery,
        advertising,
        returns,
        profit,
        margin: profit.share_of(whole),
    }
}

/// A share in millionths, half a tiyn up.
fn part_of(whole: Money, millionths: i64) -> Money {
    let exact = i128::from(whole.tiyn()) * i128::from(millionths);
    let rounded = (exact + i128::from(WHOLE / 2)).div_euclid(i128::from(WHOLE));
    Money::from_tiyn(i64::try_from(rounded).unwrap_or(i64::MAX))
}
