//! Which rival to answer and with what price: the six strategies, the what-if grid, stock rules and the overnight climb.
//! Refuses to look at limits of a move; that is for the bounds.

use super::field::Field;
use super::{Desk, Want, profit};
use crate::model::{Cell, CellAction, Guard, MatchWhenBetter, Reason, Row, Strategy, Verdict};
use sauda_kernel::{BasisPoints, Tenge};

/// How the strategy stands to its reference rival.
#[derive(Clone, Copy)]
struct Aim {
    /// Under it by the step, or level.
    under: bool,
    /// May go up to it when there is room.
    climbs: bool,
    /// The wished place, for `stay_top_n`.
    place: Option<u32>,
}

/// What the strategy wants.
pub(crate) fn want(desk: &mut Desk<'_>, field: &Field<'_>) -> Want {
    if !desk.input.offer.in_stock {
        // Nothing can be won without stock: stand as told, or go on as if there were some.
        match desk.input.rule.what_if.out_of_stock {
            CellAction::Match | CellAction::Computed => {}
            action => return cell(desk, Cell::OutOfStock, action, None),
        }
    }
    if field.only_preorder() {
        let action = desk.input.rule.what_if.preorder_only;
        if action != CellAction::Computed {
            let cheapest = field
                .rows
                .iter()
                .enumerate()
                .find(|(_, row)| row.preorder_days > 0 && !field.is_own_side(row));
            return cell(desk, Cell::PreorderOnly, action, cheapest);
        }
    }
    let aim = match desk.input.rule.strategy {
        Strategy::Standard {} => Aim {
            under: true,
            climbs: false,
            place: None,
        },
        Strategy::AlwaysFirst {} => Aim {
            under: true,
            climbs: true,
            place: None,
        },
        Strategy::StayTopN { n } => Aim {
            under: true,
            climbs: true,
            place: Some(n),
        },
        Strategy::Match {} => Aim {
            under: false,
            climbs: true,
            place: None,
        },
        Strategy::HoldMargin { margin_bp } => return hold_margin(desk, field, margin_bp),
        Strategy::Profit {} => match profit::best(desk, field) {
            Some(want) => return want,
            None => {
                desk.note(Verdict::Noted, Guard::ProfitNotLearned {});
                Aim {
                    under: true,
                    climbs: false,
                    place: None,
                }
            }
        },
    };
    let reference = match aim.place {
        Some(n) => nth_or_last(field, n),
        None => field.rivals().next(),
    };
    match reference {
        Some((index, rival)) => answer(desk, field, aim, index, rival),
        None => cell(desk, Cell::NoRival, desk.input.rule.what_if.no_rival, None),
    }
}

/// The N-th cheapest rival; of fewer, the dearest: further up there is nobody to stand under.
fn nth_or_last<'a>(field: &Field<'a>, n: u32) -> Option<(usize, &'a Row)> {
    let n = usize::try_from(n.max(1)).unwrap_or(usize::MAX);
    field.rivals().take(n).last()
}

fn answer(desk: &mut Desk<'_>, field: &Field<'_>, aim: Aim, index: usize, rival: &Row) -> Want {
    let rule = desk.input.rule;
    if left_a_tie(desk, rival) {
        return Want::Hold {
            reason: Reason::CellHold {
                cell: Cell::RivalEqual,
            },
            reference: Some(index),
        };
    }
    let (short, old) = stock_rules(desk);
    let ahead = desk.stand.is_some_and(|before| before < rival.price);
    if ahead && !aim.climbs && short.is_none() && old.is_none() {
        return Want::Hold {
            reason: Reason::AlreadyCheapest { rival: rival.price },
            reference: Some(index),
        };
    }
    // Independent of the step, so that a larger step never jumps to another square.
    if rival.price < desk.floor || (aim.under && rival.price == desk.floor) {
        return too_cheap(desk, field, index, rival);
    }
    let level = aim.under
        && rule
            .match_when_better
            .is_some_and(|better| we_are_better(desk, field, better, rival));
    // A tie that the strategy itself seeks is no case for the grid.
    if desk.stand == Some(rival.price)
        && aim.under
        && !level
        && rule.what_if.rival_equal != CellAction::Computed
    {
        return cell(
            desk,
            Cell::RivalEqual,
            rule.what_if.rival_equal,
            Some((index, rival)),
        );
    }
    let standing = if aim.under && !level {
        rival.price.minus(rule.step.get())
    } else {
        rival.price
    };
    let price = stocked(standing, short, old);
    let reason = match (aim, level) {
        (_, true) => Reason::MatchBetter { rival: rival.price },
        (Aim { under: false, .. }, false) => Reason::MatchCheapest { rival: rival.price },
        (
            Aim {
                place: Some(wished), ..
            },
            false,
        ) => Reason::TopPlace {
            wished,
            rival: rival.price,
            step: rule.step,
        },
        _ if ahead => Reason::Climb {
            rival: rival.price,
            step: rule.step,
        },
        _ => Reason::Undercut {
            rival: rival.price,
            step: rule.step,
        },
    };
    if ahead
        && desk
            .stand
            .is_some_and(|before| not_worth(before, price, aim.climbs || short.is_some(), old.is_some()))
    {
        return Want::Hold {
            reason: Reason::AlreadyCheapest { rival: rival.price },
            reference: Some(index),
        };
    }
    Want::Price {
        price,
        reason,
        reference: Some(index),
    }
}

/// Whether our last move left a tie with this rival for a limit, as the grid says, and the rival has not moved since:
/// without this the strategy would come back and the grid would leave again, for ever.
fn left_a_tie(desk: &Desk<'_>, rival: &Row) -> bool {
    let action = desk.input.rule.what_if.rival_equal;
    if !matches!(action, CellAction::Floor | CellAction::Ceiling) {
        return false;
    }
    let last = desk.input.moves.iter().max_by_key(|own| own.at);
    last.is_some_and(|last| {
        last.rival.as_ref() == Some(&rival.seller)
            && last.from == Some(rival.price)
            && Some(last.to) == desk.stand
    })
}

/// Already ahead of the rival: going down needs old stock, going up needs leave to climb.
fn not_worth(before: Tenge, price: Tenge, may_rise: bool, may_fall: bool) -> bool {
    (price < before && !may_fall) || (price > before && !may_rise)
}

/// Short cover and old stock, each noted once; short cover wins.
fn stock_rules(desk: &mut Desk<'_>) -> (Option<i32>, Option<i32>) {
    let (rule, offer) = (desk.input.rule, desk.input.offer);
    if let (Some(cover), Some(days)) = (rule.cover, offer.cover_days())
        && days < cover.below_days
    {
        desk.note(
            Verdict::Changed,
            Guard::Cover {
                days,
                raise_bp: cover.raise_bp,
            },
        );
        return (Some(cover.raise_bp), None);
    }
    if let (Some(ageing), Some(days)) = (rule.ageing, offer.stock_age_days)
        && days > ageing.older_than_days
    {
        desk.note(
            Verdict::Changed,
            Guard::Ageing {
                days,
                ease_bp: ageing.ease_bp,
            },
        );
        return (None, Some(ageing.ease_bp));
    }
    (None, None)
}

fn stocked(price: Tenge, short: Option<i32>, old: Option<i32>) -> Tenge {
    match (short, old) {
        (Some(raise), _) => price.plus(price.share_down(BasisPoints(raise)).get()),
        (None, Some(ease)) => price.minus(price.share_down(BasisPoints(ease)).get()),
        (None, None) => price,
    }
}

fn we_are_better(desk: &mut Desk<'_>, field: &Field<'_>, better: MatchWhenBetter, rival: &Row) -> bool {
    let rating_by = field
        .own_rating()
        .unwrap_or(0)
        .saturating_sub(rival.rating_milli.unwrap_or(0));
    let faster_by = match (field.own_delivery_days(), rival.delivery_days) {
        (Some(ours), Some(theirs)) => theirs.saturating_sub(ours),
        _ => 0,
    };
    let by_rating =
        field.own_rating().is_some() && better.rating_by_milli.is_some_and(|least| rating_by >= least);
    let by_delivery = better
        .faster_by_days
        .is_some_and(|least| least > 0 && faster_by >= least);
    if by_rating || by_delivery {
        desk.note(
            Verdict::Changed,
            Guard::Better {
                rating_by_milli: rating_by,
                faster_by_days: faster_by,
            },
        );
    }
    by_rating || by_delivery
}

/// The reference stands where we cannot follow.
fn too_cheap(desk: &mut Desk<'_>, field: &Field<'_>, index: usize, rival: &Row) -> Want {
    let (floor, step) = (desk.floor, desk.input.rule.step);
    let on_floor = Want::Price {
        price: floor,
        reason: Reason::OnFloor {
            floor,
            rival: rival.price,
        },
        reference: Some(index),
    };
    match desk.input.rule.what_if.rival_under_floor {
        CellAction::Floor | CellAction::Match => on_floor,
        CellAction::Computed => match field.rivals().find(|(_, next)| next.price > floor) {
            Some((next_index, next)) => Want::Price {
                price: next.price.minus(step.get()).max(floor),
                reason: Reason::NextReachable {
                    rival: next.price,
                    step,
                    floor,
                },
                reference: Some(next_index),
            },
            None => on_floor,
        },
        action @ (CellAction::Hold | CellAction::Ceiling) => {
            cell(desk, Cell::RivalUnderFloor, action, Some((index, rival)))
        }
    }
}

/// A square of the grid whose action does not depend on the strategy.
fn cell(desk: &Desk<'_>, cell: Cell, action: CellAction, rival: Option<(usize, &Row)>) -> Want {
    let reference = rival.map(|(index, _)| index);
    let hold = Want::Hold {
        reason: Reason::CellHold { cell },
        reference,
    };
    let at = |price| Want::Price {
        price,
        reason: Reason::CellPrice { cell, action, price },
        reference,
    };
    let ceiling = desk.input.rule.max;
    match (action, rival) {
        (CellAction::Floor, _) => at(desk.floor),
        (CellAction::Ceiling, _) => ceiling.map_or(hold, at),
        (CellAction::Match, Some((_, rival))) => at(rival.price),
        (CellAction::Computed, None) => ceiling.map_or(hold, at),
        (CellAction::Hold, _) | (CellAction::Match, None) | (CellAction::Computed, Some(_)) => hold,
    }
}

fn hold_margin(desk: &mut Desk<'_>, field: &Field<'_>, margin_bp: i32) -> Want {
    let Some(margin_floor) = desk.input.floors.margin else {
        return Want::Hold {
            reason: Reason::MarginNeedsCost {},
            reference: None,
        };
    };
    let (lowest, step) = (margin_floor.max(desk.floor), desk.input.rule.step);
    if field.rivals().next().is_none() {
        return cell(desk, Cell::NoRival, desk.input.rule.what_if.no_rival, None);
    }
    match field.rivals().find(|(_, rival)| rival.price > lowest) {
        Some((index, rival)) => Want::Price {
            price: rival.price.minus(step.get()).max(lowest),
            reason: Reason::MarginPlace {
                margin_bp,
                rival: rival.price,
                step,
            },
            reference: Some(index),
        },
        None => Want::Price {
            price: lowest,
            reason: Reason::MarginFloor {
                margin_bp,
                price: lowest,
            },
            reference: None,
        },
    }
}

/// The overnight climb: one more step over the strategy's stand for each period since the hours began. Only raises.
pub(crate) fn lifted(desk: &mut Desk<'_>, field: &Field<'_>, want: Want) -> Want {
    let Some(lift) = desk.input.rule.sleep_lift else {
        return want;
    };
    let Some(minutes) = lift.hours.minutes_in(desk.input.now.local()) else {
        return want;
    };
    let (stand, reference) = match want {
        Want::Price { price, reference, .. } => (Some(price), reference),
        Want::Hold { reference, .. } => {
            let rival = reference.and_then(|index| field.rows.get(index));
            (
                rival.map(|rival| rival.price.minus(desk.input.rule.step.get())),
                reference,
            )
        }
    };
    let Some(stand) = stand else { return want };
    let steps = minutes / lift.every_minutes.max(1) + 1;
    let top = lift.target.unwrap_or(desk.ceiling).min(desk.ceiling);
    let lifted = stand
        .plus(lift.step.get().saturating_mul(i64::from(steps)))
        .min(top);
    match desk.stand {
        Some(before) if lifted <= before => Want::Hold {
            reason: Reason::AlreadyThere { price: before },
            reference,
        },
        _ => {
            desk.note(Verdict::Changed, Guard::SleepLift { steps });
            Want::Price {
                price: lifted,
                reason: Reason::SleepLift {
                    steps,
                    step: lift.step,
                },
                reference,
            }
        }
    }
}
