//! What a move may be at most: floor, ceiling, loss gaps, largest move, sister shops, approval. Refuses to want anything.

use super::field::Field;
use super::{Desk, Want};
use crate::model::{Decision, Guard, LARGEST_PRICE, Outcome, Reason, SisterPolicy, Verdict};
use sauda_kernel::{Tenge, Timestamp};

/// From a want to a decision.
pub(crate) fn settle(mut desk: Desk<'_>, field: &Field<'_>, want: Want) -> Decision {
    match want {
        Want::Hold {
            reason: reason @ Reason::MarginNeedsCost {},
            ..
        } => desk.end(Outcome::Ask(None), reason, None, None),
        Want::Hold { reason, reference } => corrected(&mut desk, field, reason, reference),
        Want::Price {
            price,
            reason,
            reference,
        } => moved(&mut desk, field, price, reason, reference),
    }
}

/// Holding, unless the present price is outside of its limits.
fn corrected(desk: &mut Desk<'_>, field: &Field<'_>, reason: Reason, reference: Option<usize>) -> Decision {
    let Some(before) = desk.before.filter(|_| desk.out_of_bounds()) else {
        return desk.hold(reason, reference);
    };
    let price = clamp(desk, before);
    let price = outside_gaps(desk, price).unwrap_or(price);
    let rival = reference
        .and_then(|index| field.rows.get(index))
        .map(|row| row.price);
    if let Some(sister) = passed_sister(desk, field, price, rival) {
        desk.note(
            Verdict::Stopped,
            Guard::Sister {
                sister,
                wanted: price,
            },
        );
        return desk.hold(Reason::SisterAhead { sister }, reference);
    }
    let reason = limit_reason(desk, before);
    desk.end(Outcome::Set(price), reason, None, Some(before))
}

fn limit_reason(desk: &Desk<'_>, before: Tenge) -> Reason {
    if before < desk.floor {
        Reason::RaiseToFloor { floor: desk.floor }
    } else {
        Reason::LowerToCeiling {
            ceiling: desk.ceiling,
        }
    }
}

fn moved(
    desk: &mut Desk<'_>,
    field: &Field<'_>,
    wanted: Tenge,
    reason: Reason,
    reference: Option<usize>,
) -> Decision {
    let mut price = clamp(desk, wanted);
    if let Some(decision) = small_rise(desk, price, reason, reference) {
        return decision;
    }
    price = paced(desk, price);
    match outside_gaps(desk, price) {
        Some(outside) => price = outside,
        None => {
            desk.note(
                Verdict::Stopped,
                Guard::Limits {
                    floor: desk.floor,
                    ceiling: desk.ceiling,
                },
            );
            return corrected(
                desk,
                field,
                Reason::AlreadyThere {
                    price: desk.before.unwrap_or(price),
                },
                reference,
            );
        }
    }
    let rival = reference
        .and_then(|index| field.rows.get(index))
        .map(|row| row.price);
    if let Some(sister) = passed_sister(desk, field, price, rival) {
        // One tenge over her, never level: a tie would bind her as well.
        let behind = sister.plus(1);
        let stands =
            outside_gaps(desk, behind) == Some(behind) && behind >= desk.floor && behind <= desk.ceiling;
        if !stands || desk.before.is_some_and(|before| behind >= before) {
            desk.note(
                Verdict::Stopped,
                Guard::Sister {
                    sister,
                    wanted: price,
                },
            );
            return desk.hold(Reason::SisterAhead { sister }, reference);
        }
        desk.note(
            Verdict::Changed,
            Guard::Sister {
                sister,
                wanted: price,
            },
        );
        price = behind;
    }
    finish(desk, price, wanted, reason, reference)
}

/// A rise of less than the step is not worth a change; a return into the limits always is.
fn small_rise(
    desk: &mut Desk<'_>,
    price: Tenge,
    reason: Reason,
    reference: Option<usize>,
) -> Option<Decision> {
    let before = desk
        .before
        .filter(|before| !desk.out_of_bounds() && price > *before)?;
    let (rise, step) = (price.minus(before.get()), desk.input.rule.step);
    let worth = rise >= step
        || matches!(
            reason,
            Reason::StepBack { .. } | Reason::SleepLift { .. } | Reason::CellPrice { .. }
        );
    if worth {
        return None;
    }
    desk.note(Verdict::Stopped, Guard::SmallRise { rise, step });
    Some(desk.hold(Reason::RiseTooSmall { rise, step }, reference))
}

/// Into the limits. Neither can be outvoted.
pub(crate) fn clamp(desk: &mut Desk<'_>, wanted: Tenge) -> Tenge {
    let (floor, ceiling) = (desk.floor, desk.ceiling);
    if wanted < floor {
        desk.note(Verdict::Changed, Guard::Floor { floor, wanted });
        floor
    } else if wanted > ceiling {
        desk.note(Verdict::Changed, Guard::Ceiling { ceiling, wanted });
        ceiling
    } else {
        wanted
    }
}

/// Largest move and largest distance of a day, from a price inside the limits. They never lead out of the limits.
fn paced(desk: &mut Desk<'_>, wanted: Tenge) -> Tenge {
    let Some(before) = desk.before.filter(|_| !desk.out_of_bounds()) else {
        return wanted;
    };
    let mut price = wanted;
    if let Some(limit) = desk.input.rule.max_move.map(|limit| limit.of(before)) {
        let (low, high) = (before.minus(limit.get()), before.plus(limit.get()));
        if price < low || price > high {
            desk.note(Verdict::Changed, Guard::MaxMove { limit, wanted: price });
            price = price.max(low).min(high);
        }
    }
    if let Some(allowed) = desk.input.rule.max_day {
        let day_start = day_start(desk).unwrap_or(before);
        let limit = allowed.of(day_start);
        // A price that was moved further by hand may come back, and does not have to.
        let low = day_start.minus(limit.get()).min(before);
        let high = day_start.plus(limit.get()).max(before);
        if price < low || price > high {
            desk.note(
                Verdict::Changed,
                Guard::MaxDay {
                    limit,
                    day_start,
                    wanted: price,
                },
            );
            price = price.max(low).min(high);
        }
    }
    price.max(desk.floor).min(desk.ceiling)
}

/// Our price when the local day began: where its first move started from.
fn day_start(desk: &Desk<'_>) -> Option<Tenge> {
    let midnight: Timestamp = desk.input.now.local_midnight();
    desk.input
        .moves
        .iter()
        .filter(|own| own.at >= midnight)
        .min_by_key(|own| own.at)?
        .from
}

/// The price itself when it is in no loss gap; else under the gap; over it when the floor forbids that; none when the
/// ceiling forbids both.
fn outside_gaps(desk: &mut Desk<'_>, wanted: Tenge) -> Option<Tenge> {
    let Some(gap) = desk
        .input
        .floors
        .gaps
        .iter()
        .find(|gap| gap.from <= wanted && wanted <= gap.to)
        .copied()
    else {
        return Some(wanted);
    };
    let (under, over) = (gap.from.minus(1), gap.to.plus(1));
    let price = if under >= desk.floor {
        under
    } else if over <= desk.ceiling {
        over
    } else {
        return None;
    };
    desk.note(
        Verdict::Changed,
        Guard::LossGap {
            from: gap.from,
            to: gap.to,
            wanted,
        },
    );
    Some(price)
}

/// The dearest sister that a move to `price` would reach, pass, or leave from a level, if the policy forbids it.
fn passed_sister(desk: &Desk<'_>, field: &Field<'_>, price: Tenge, rival: Option<Tenge>) -> Option<Tenge> {
    if desk.input.sisters.is_empty() {
        return None;
    }
    let before = desk.before.unwrap_or(LARGEST_PRICE);
    let own = desk.input.offer.seller.as_str();
    let may_pass = |name: &str, sister: Tenge| {
        let outside_cause = rival.is_some_and(|rival| rival <= sister);
        match desk.input.rule.sisters {
            SisterPolicy::Lead => outside_cause,
            SisterPolicy::Auto => outside_cause && sister == before && own < name,
            SisterPolicy::Follow => false,
        }
    };
    field
        .sister_prices()
        .filter(|(name, sister)| {
            let comes_level = price <= *sister && *sister < before;
            let leaves_level = price < *sister && *sister == before;
            (comes_level || leaves_level) && !may_pass(name, *sister)
        })
        .map(|(_, sister)| sister)
        .max()
}

/// The last questions: does anything change, and may it without a person?
fn finish(
    desk: &mut Desk<'_>,
    price: Tenge,
    wanted: Tenge,
    reason: Reason,
    reference: Option<usize>,
) -> Decision {
    let Some(before) = desk.before else {
        return desk.end(Outcome::Set(price), reason, reference, Some(wanted));
    };
    if price == before {
        let spent = desk.checks.iter().find_map(|check| match check.guard {
            Guard::MaxDay { limit, .. } => Some(Reason::DayLimit { limit }),
            _ => None,
        });
        return desk.hold(spent.unwrap_or(Reason::AlreadyThere { price }), reference);
    }
    if desk.out_of_bounds() {
        // The seller's limits are a standing permission: no approval, whatever the size.
        let limit = if before < desk.floor {
            desk.floor
        } else {
            desk.ceiling
        };
        let reason = if price == limit {
            limit_reason(desk, before)
        } else {
            reason
        };
        return desk.end(Outcome::Set(price), reason, reference, Some(wanted));
    }
    let by = Tenge(price.get().saturating_sub(before.get()).saturating_abs());
    if let Some(threshold) = desk.input.rule.ask_above.map(|above| above.of(before))
        && by > threshold
    {
        desk.note(Verdict::Asked, Guard::Approval { by, threshold });
        return desk.end(
            Outcome::Ask(Some(price)),
            Reason::MoveNeedsApproval { by, threshold },
            reference,
            Some(wanted),
        );
    }
    desk.end(Outcome::Set(price), reason, reference, Some(wanted))
}
