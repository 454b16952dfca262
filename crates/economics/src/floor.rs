//! The smallest price that earns what is wished, exactly, delivery steps included. Refuses approximations.

use crate::parts::{ALL_BP, Shares};
use crate::unit::{inside, split};
use crate::{Delivery, FloorError, FloorParts, LARGEST_PRICE, Wish};
use sauda_kernel::Tenge;

/// The smallest whole price whose profit is at least the wish.
///
/// With delivery steps, a price above it can earn less again, because a dearer step begins: see [`loss_gaps`].
///
/// # Errors
/// When a part is negative or too large, the shares leave nothing, or no price up to [`LARGEST_PRICE`] is enough.
pub fn floor(parts: &FloorParts) -> Result<Tenge, FloorError> {
    let shares = parts.checked()?;
    for (from, to) in bands(parts) {
        if let Some(price) = first_enough(parts, shares, from, to) {
            return Ok(price);
        }
    }
    Err(FloorError::OutOfReach {
        largest: LARGEST_PRICE.get(),
    })
}

/// Price ranges above the floor, both ends included, in which the profit is under the wish. Ascending; empty without
/// delivery steps.
///
/// # Errors
/// As [`floor`].
pub fn loss_gaps(parts: &FloorParts) -> Result<Vec<(Tenge, Tenge)>, FloorError> {
    let shares = parts.checked()?;
    let mut gaps = Vec::new();
    let mut found_floor = false;
    // Where the present run of too small prices began, once the floor has been passed.
    let mut open: Option<Tenge> = None;
    for (from, to) in bands(parts) {
        match first_enough(parts, shares, from, to) {
            Some(price) => {
                if found_floor && (open.is_some() || price > from) {
                    gaps.push((open.take().unwrap_or(from), price.minus(1)));
                }
                found_floor = true;
            }
            None if found_floor => {
                open.get_or_insert(from);
            }
            None => {}
        }
    }
    if let Some(from) = open {
        gaps.push((from, LARGEST_PRICE));
    }
    Ok(gaps)
}

/// Price ranges of one delivery fee, both ends included, from 1 tenge on.
fn bands(parts: &FloorParts) -> Vec<(Tenge, Tenge)> {
    let Delivery::Steps(steps) = &parts.delivery else {
        return vec![(Tenge(1), LARGEST_PRICE)];
    };
    if steps.is_empty() {
        return vec![(Tenge(1), LARGEST_PRICE)];
    }
    let ends = steps
        .iter()
        .skip(1)
        .map(|next| next.from.minus(1))
        .chain([LARGEST_PRICE]);
    let spans = steps
        .iter()
        .zip(ends)
        .map(|(step, end)| (step.from.max(Tenge(1)), end.min(LARGEST_PRICE)));
    spans.filter(|(from, to)| from <= to).collect()
}

/// The smallest price of one band that is enough. Inside a band the unrounded profit rises with the price, so the
/// unrounded answer is computed and the few prices around it, where rounding decides, are tried one by one.
fn first_enough(parts: &FloorParts, shares: Shares, from: Tenge, to: Tenge) -> Option<Tenge> {
    let (above, below) = shares.left();
    let wish = match parts.wish {
        // What has to be earned before the tax on profit, so that the wish remains after it.
        Wish::Profit(wish) => {
            i128::from(wish.tiyn()) * i128::from(ALL_BP) / i128::from(ALL_BP - shares.profit_tax)
        }
        Wish::Margin(_) => 0,
    };
    let delivery = parts.delivery_at(from.money()).tiyn();
    let credit = parts.vat.map_or(0, |vat| {
        let of_delivery = if vat.delivery_credited {
            inside(delivery, shares.fee_vat)
        } else {
            0
        };
        vat.input.tiyn() + of_delivery
    });
    let fixed = parts.purchase.tiyn() + parts.packaging.tiyn() + parts.other.tiyn() + delivery - credit;
    // price × 100 tiyn × left = fixed + wish; the rounded shares move the answer by at most six tiyn.
    let exact = (i128::from(fixed) + wish) * below / (above * 100);
    let slack = 6 * below / (above * 100) + 2;
    let largest = i128::from(to.get());
    let mut price = (exact - slack).max(i128::from(from.get()));
    while price <= (exact + slack).min(largest).max(i128::from(from.get())) {
        let candidate = Tenge(i64::try_from(price).ok()?);
        if candidate <= to && is_enough(parts, shares, candidate) {
            return Some(candidate);
        }
        price += 1;
    }
    None
}

/// Whether one sale at this price earns the wish.
fn is_enough(parts: &FloorParts, shares: Shares, price: Tenge) -> bool {
    let profit = split(price.money(), parts, shares).profit;
    match parts.wish {
        Wish::Profit(wish) => profit >= wish,
        Wish::Margin(margin) => {
            i128::from(profit.tiyn()) * 10_000 >= i128::from(price.money().tiyn()) * i128::from(margin.0)
        }
    }
}
