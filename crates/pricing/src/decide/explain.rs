//! The full account of a decision: ladder, guards that passed, places, arithmetic. Refuses to decide anything anew.

use super::arithmetic;
use super::field::Field;
use super::{Decision, Input};
use crate::model::{
    Check, Guard, Observation, Outcome, Place, Receipt, Row, Rung, RungKind, SellerUid, Verdict, Version1,
};
use sauda_kernel::{Span, Tenge};

/// The receipt of a decision on the same input.
pub fn explain(input: &Input<'_>, decision: &Decision) -> Receipt {
    let seen = input.observation;
    let result = match decision.outcome {
        Outcome::Set(price) | Outcome::Ask(Some(price)) => Some(price),
        Outcome::Hold | Outcome::Ask(None) => decision.before,
    };
    let place = |price: Option<Tenge>| Some(place_of(seen?, &input.offer.seller, price?));
    Receipt {
        version: Version1,
        decided_at: input.now,
        observed_at: seen.map(Observation::at),
        outcome: decision.outcome,
        reason: decision.reason,
        checks: all_checks(input, decision, result),
        strategy: input.rule.strategy,
        step: input.rule.step,
        before: decision.before,
        floor: decision.floor,
        ceiling: decision.ceiling,
        rival: decision.rival(seen).cloned(),
        place_before: place(decision.before),
        place_after: place(result),
        ladder: seen.map_or_else(Vec::new, |seen| ladder(input, seen)),
        arithmetic: arithmetic::lines(decision, seen),
    }
}

/// Where `price` of `seller` stands among everybody a buyer sees, ignored sellers and sisters included.
pub fn place_of(seen: &Observation, seller: &SellerUid, price: Tenge) -> Place {
    let others = seen.rows().iter().filter(|row| row.seller != *seller);
    let (mut cheaper, mut count) = (0_u32, 0_u32);
    for row in others {
        count = count.saturating_add(1);
        cheaper = cheaper.saturating_add(u32::from(row.price < price));
    }
    let unseen = seen
        .total()
        .saturating_sub(i64::try_from(seen.rows().len()).unwrap_or(i64::MAX));
    let unseen = u32::try_from(unseen.max(0)).unwrap_or(u32::MAX);
    Place {
        place: cheaper.saturating_add(1),
        of: count.saturating_add(unseen).saturating_add(1),
    }
}

fn ladder(input: &Input<'_>, seen: &Observation) -> Vec<Rung> {
    let field = Field::new(input, seen);
    let mut place = 0_u32;
    let mut count = 0_u32;
    let mut last: Option<Tenge> = None;
    let mut rungs = Vec::with_capacity(seen.rows().len());
    for row in seen.rows() {
        count = count.saturating_add(1);
        if last != Some(row.price) {
            place = count;
        }
        last = Some(row.price);
        rungs.push(rung(row, place, field.kind(row)));
    }
    rungs
}

fn rung(row: &Row, place: u32, kind: RungKind) -> Rung {
    Rung {
        place,
        seller: row.seller.clone(),
        name: row.name.clone(),
        price: row.price,
        rating_milli: row.rating_milli,
        reviews: row.reviews,
        delivery_days: row.delivery_days,
        preorder_days: row.preorder_days,
        kind,
    }
}

/// The guards that spoke, then those that looked and had nothing to say, then what is worth knowing about our own row.
fn all_checks(input: &Input<'_>, decision: &Decision, result: Option<Tenge>) -> Vec<Check> {
    let mut checks = decision.checks.clone();
    if !matches!(decision.outcome, Outcome::Hold | Outcome::Ask(None))
        && let Some(price) = result
    {
        passed(
            &mut checks,
            decision.floor.map(|floor| Guard::Floor { floor, wanted: price }),
        );
        passed(
            &mut checks,
            decision.ceiling.map(|ceiling| Guard::Ceiling {
                ceiling,
                wanted: price,
            }),
        );
        if let Some(before) = decision.before {
            let rule = input.rule;
            passed(
                &mut checks,
                rule.max_move.map(|limit| Guard::MaxMove {
                    limit: limit.of(before),
                    wanted: price,
                }),
            );
            let by = Tenge(price.get().saturating_sub(before.get()).saturating_abs());
            passed(
                &mut checks,
                rule.ask_above.map(|above| Guard::Approval {
                    by,
                    threshold: above.of(before),
                }),
            );
        }
        if !input.moves.is_empty() && input.rule.cool_down_minutes > 0 {
            passed(&mut checks, Some(Guard::CoolDown { left_minutes: 0 }));
        }
        passed(&mut checks, input.rule.hours.map(|_| Guard::Hours {}));
    }
    let Some(seen) = input.observation else {
        return checks;
    };
    let rows = i64::try_from(seen.rows().len()).unwrap_or(i64::MAX);
    if input.now.since(seen.at()) >= Span::ZERO {
        let age_minutes = input.now.since(seen.at()).as_mins();
        passed(
            &mut checks,
            Some(Guard::Age {
                age_minutes,
                max_minutes: input.rule.max_age_minutes,
            }),
        );
    }
    passed(
        &mut checks,
        Some(Guard::Whole {
            seen: rows,
            total: seen.total(),
        }),
    );
    match (seen.row_of(&input.offer.seller), input.offer.price) {
        (None, _) => checks.push(Check {
            verdict: Verdict::Noted,
            guard: Guard::OwnHidden {},
        }),
        (Some(row), Some(ours)) if row.price != ours => {
            checks.push(Check {
                verdict: Verdict::Noted,
                guard: Guard::OwnDiffers {
                    shown: row.price,
                    ours,
                },
            });
        }
        (Some(_), _) => {}
    }
    checks
}

/// Adds a guard that passed, unless it has already spoken.
fn passed(checks: &mut Vec<Check>, guard: Option<Guard>) {
    if let Some(guard) = guard
        && !checks
            .iter()
            .any(|check| std::mem::discriminant(&check.guard) == std::mem::discriminant(&guard))
    {
        checks.push(Check {
            verdict: Verdict::Passed,
            guard,
        });
    }
}
