//! The price-war brake: counts our own undercuts of one rival, steps back, waits, then answers by matching for a while.
//! Refuses to guess the rival's mind.

use super::field::Field;
use super::gate::minutes_up;
use super::{Desk, Want};
use crate::model::{Guard, MoveKind, OwnMove, Reason, Row, RungKind, Verdict, WarBrake};
use sauda_kernel::{Span, Tenge};

/// A truce is doubled by each further war, this often at most.
const DOUBLINGS: u32 = 4;

/// The want, calmed when it would carry on a war with its reference rival.
pub(crate) fn calmed(desk: &mut Desk<'_>, field: &Field<'_>, want: Want) -> Want {
    let Some(brake) = &desk.input.rule.war_brake else {
        return want;
    };
    let (reference, price) = match want {
        Want::Price {
            reference: Some(reference),
            price,
            ..
        } => (reference, Some(price)),
        Want::Hold {
            reference: Some(reference),
            ..
        } => (reference, None),
        _ => return want,
    };
    if desk.input.moves.is_empty() {
        return want;
    }
    let Some(rival) = field.rows.get(reference) else {
        return want;
    };
    let with_rival = || {
        desk.input
            .moves
            .iter()
            .filter(|own| own.rival.as_ref() == Some(&rival.seller))
    };
    let backs = with_rival().filter(|own| own.kind == MoveKind::StepBack);
    let last_back = backs.clone().max_by_key(|own| own.at);
    if let Some(back) = last_back {
        let left = back
            .at
            .plus(Span::from_mins(i64::from(brake.wait_minutes)))
            .since(desk.input.now);
        if left > Span::ZERO && !desk.out_of_bounds() {
            let left_minutes = minutes_up(left);
            desk.note(Verdict::Stopped, Guard::WarWait { left_minutes });
            return Want::Hold {
                reason: Reason::WarWait { left_minutes },
                reference: Some(reference),
            };
        }
    }
    let (Some(price), Some(before)) = (price, desk.stand) else {
        return want;
    };
    if price >= before {
        return want;
    }
    let since = desk
        .input
        .now
        .minus(Span::from_mins(i64::from(brake.window_minutes)));
    let since = last_back.map_or(since, |back| since.max(back.at));
    let undercuts = with_rival()
        .filter(|own| own.kind == MoveKind::Undercut && own.at > since)
        .count();
    let undercuts = u32::try_from(undercuts).unwrap_or(u32::MAX);
    if undercuts >= brake.alternations {
        desk.note(
            Verdict::Changed,
            Guard::WarBrake {
                undercuts,
                allowed: brake.alternations,
            },
        );
        return step_back(desk, field, brake, reference, rival, undercuts, before);
    }
    let wars = u32::try_from(backs.count()).unwrap_or(u32::MAX);
    match last_back {
        Some(back) if desk.input.now.since(back.at) < Span::from_hours(truce_hours(brake, wars)) => {
            desk.note(
                Verdict::Changed,
                Guard::Truce {
                    hours: truce_hours(brake, wars),
                },
            );
            truce(desk, brake, reference, rival, back, before)
        }
        _ => want,
    }
}

/// To a stated distance over the rival, or to the stated level: a place that does not depend on where we stand. The war is with
/// one rival: the place before the next one is not given away with it.
fn step_back(
    desk: &mut Desk<'_>,
    field: &Field<'_>,
    brake: &WarBrake,
    reference: usize,
    rival: &Row,
    undercuts: u32,
    before: Tenge,
) -> Want {
    let next = field
        .rows
        .iter()
        .filter(|row| row.price > rival.price && field.kind(row) == RungKind::Rival)
        .map(|row| row.price.minus(desk.input.rule.step.get()))
        .min();
    let away = rival.price.plus(brake.step_back.of(rival.price).get());
    let away = next.map_or(away, |next| away.min(next));
    let away = brake
        .stop_level
        .map_or(away, |level| away.max(level))
        .min(desk.ceiling);
    if away <= before {
        let left_minutes = i64::from(brake.wait_minutes);
        return Want::Hold {
            reason: Reason::WarWait { left_minutes },
            reference: Some(reference),
        };
    }
    let reason = Reason::StepBack {
        rival: rival.price,
        undercuts,
        wait_minutes: brake.wait_minutes,
    };
    Want::Price {
        price: away,
        reason,
        reference: Some(reference),
    }
}

fn truce_hours(brake: &WarBrake, wars: u32) -> i64 {
    i64::from(brake.truce_hours) << wars.saturating_sub(1).min(DOUBLINGS)
}

/// Level with the rival, and never under the price at which the war was broken off.
fn truce(
    desk: &mut Desk<'_>,
    brake: &WarBrake,
    reference: usize,
    rival: &Row,
    back: &OwnMove,
    before: Tenge,
) -> Want {
    let lowest = back.from.max(brake.stop_level).unwrap_or(desk.floor);
    let price = rival.price.max(lowest);
    if price > rival.price {
        desk.note(
            Verdict::Changed,
            Guard::StopLevel {
                level: lowest,
                wanted: rival.price,
            },
        );
    }
    if price >= before {
        return Want::Hold {
            reason: Reason::AlreadyThere { price: before },
            reference: Some(reference),
        };
    }
    Want::Price {
        price,
        reason: Reason::TruceMatch { rival: rival.price },
        reference: Some(reference),
    }
}
