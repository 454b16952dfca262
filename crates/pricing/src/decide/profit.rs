//! The price with the highest expected profit a day, by the curve learned from the shop's own history. Refuses to guess
//! without a curve and costs. It stands 1 tenge under a rival: the step of the rule is not used, the price is found.

use super::field::Field;
use super::{Desk, Want};
use crate::model::{ProfitCurve, Reason};
use sauda_economics::{FloorParts, unit};
use sauda_kernel::{Money, Tenge};

/// A gain under this share (2 %) is not worth a change.
const WORTH_PERCENT: i64 = 2;

/// The best price, or none when there is nothing to compute with.
pub(crate) fn best(desk: &Desk<'_>, field: &Field<'_>) -> Option<Want> {
    let (curve, parts) = (desk.input.curve?, desk.input.parts?);
    let here = desk.stand;
    let staying = here.and_then(|price| expected(curve, parts, field, price));
    let mut found: Option<(i64, Tenge, Option<usize>)> = None;
    let rivals = field
        .rivals()
        .map(|(index, rival)| (rival.price.minus(1), Some(index)));
    let limits = [(desk.floor, None), (desk.ceiling, None)];
    for (price, reference) in rivals.chain(limits) {
        if price < desk.floor || price > desk.ceiling {
            continue;
        }
        if let Some(gain) = expected(curve, parts, field, price)
            && found.is_none_or(|(most, _, _)| gain > most)
        {
            found = Some((gain, price, reference));
        }
    }
    let (gain, price, reference) = found?;
    if let (Some(staying), Some(before)) = (staying, here)
        && gain.saturating_sub(staying) <= staying.saturating_abs() / 100 * WORTH_PERCENT
    {
        return Some(Want::Hold {
            reason: Reason::AlreadyThere { price: before },
            reference,
        });
    }
    let reason = Reason::Profit {
        profit_per_day: Money::from_tiyn(gain),
        place: field.place(price),
    };
    Some(Want::Price {
        price,
        reason,
        reference,
    })
}

/// Expected profit of a day in tiyn; none outside of what was learned.
fn expected(curve: &ProfitCurve, parts: &FloorParts, field: &Field<'_>, price: Tenge) -> Option<i64> {
    let units = curve.units_per_million_days(field.place(price), price)?;
    let profit = unit(price, parts).ok()?.profit.tiyn();
    i64::try_from(i128::from(units) * i128::from(profit) / 1_000_000).ok()
}
