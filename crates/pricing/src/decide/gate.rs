//! Reasons to stop before any price is computed. Refuses to compute one, except a pinned or a safe price.

use super::{Desk, bounds};
use crate::model::{
    Coverage, DeadManAction, Decision, Guard, LARGEST_PRICE, Observation, Outcome, Reason, Verdict,
};
use sauda_kernel::{Span, Tenge, Timestamp};

/// A read may be dated this much after the present before a clock is suspected.
const CLOCK_SLACK: Span = Span::from_mins(2);

/// Pause, limits, pin, silence: what needs no read of the market.
pub(crate) fn before_reading(desk: &mut Desk<'_>) -> Option<Decision> {
    let rule = desk.input.rule;
    let limits = [rule.min, rule.store_minimum, desk.input.floors.cost];
    let floor = limits.into_iter().flatten().max();
    desk.floor = floor.unwrap_or(Tenge::ZERO).max(Tenge::ZERO);
    if rule.paused {
        return Some(desk.stopped(Guard::Paused {}, Reason::Paused {}));
    }
    if rule.step < Tenge(1) || rule.step > LARGEST_PRICE {
        return Some(desk.asked(Guard::RuleBroken {}, Reason::RuleBroken {}));
    }
    if desk.floor < Tenge(1) {
        return Some(desk.asked(Guard::NoFloor {}, Reason::NoFloor {}));
    }
    if desk.floor > desk.ceiling {
        let (floor, ceiling) = (desk.floor, desk.ceiling);
        return Some(desk.asked(
            Guard::Limits { floor, ceiling },
            Reason::FloorAboveCeiling { floor, ceiling },
        ));
    }
    if let Some(pin) = rule.pin
        && pin.until.is_none_or(|until| desk.input.now < until)
    {
        return Some(pinned(desk, pin.price));
    }
    silence(desk)
}

fn pinned(desk: &mut Desk<'_>, price: Tenge) -> Decision {
    let price = bounds::clamp(desk, price);
    if desk.before == Some(price) {
        return desk.hold(Reason::AlreadyThere { price }, None);
    }
    desk.note(Verdict::Changed, Guard::Pin { price });
    desk.end(Outcome::Set(price), Reason::Pinned { price }, None, Some(price))
}

fn silence(desk: &mut Desk<'_>) -> Option<Decision> {
    let (dead_man, contact) = (desk.input.rule.dead_man?, desk.input.last_contact?);
    let minutes = desk.input.now.since(contact).as_mins();
    if minutes <= i64::from(dead_man.minutes) {
        return None;
    }
    let guard = Guard::Silent {
        minutes,
        allowed: dead_man.minutes,
    };
    match dead_man.action {
        DeadManAction::Hold => Some(desk.stopped(guard, Reason::Silent { minutes })),
        DeadManAction::Alarm => Some(desk.asked(guard, Reason::SilentAlarm { minutes })),
        DeadManAction::LiftTo(safe) => {
            let price = bounds::clamp(desk, safe);
            if desk.before.is_some_and(|before| before >= price) {
                return Some(desk.stopped(guard, Reason::Silent { minutes }));
            }
            desk.note(Verdict::Changed, guard);
            Some(desk.end(
                Outcome::Set(price),
                Reason::SafePrice {
                    price,
                    silent_minutes: minutes,
                },
                None,
                Some(price),
            ))
        }
    }
}

/// A hold, when the observation may not be decided on.
pub(crate) fn reading(desk: &mut Desk<'_>, seen: &Observation) -> Option<Decision> {
    let age = desk.input.now.since(seen.at());
    if age < Span::ZERO && seen.at().since(desk.input.now) > CLOCK_SLACK {
        let ahead_minutes = seen.at().since(desk.input.now).as_mins();
        return Some(desk.stopped(
            Guard::Clock { ahead_minutes },
            Reason::FutureObservation { ahead_minutes },
        ));
    }
    let max_minutes = desk.input.rule.max_age_minutes;
    if age > Span::from_mins(i64::from(max_minutes)) {
        let age_minutes = age.as_mins();
        let guard = Guard::Age {
            age_minutes,
            max_minutes,
        };
        return Some(desk.stopped(
            guard,
            Reason::StaleObservation {
                age_minutes,
                max_minutes,
            },
        ));
    }
    let rows = i64::try_from(seen.rows().len()).unwrap_or(i64::MAX);
    if seen.coverage() == Coverage::Partial {
        let guard = Guard::Whole {
            seen: rows,
            total: seen.total(),
        };
        return Some(desk.stopped(
            guard,
            Reason::PartialObservation {
                seen: rows,
                total: seen.total(),
            },
        ));
    }
    if rows == 0 {
        return Some(desk.stopped(
            Guard::Whole {
                seen: 0,
                total: seen.total(),
            },
            Reason::EmptyObservation {},
        ));
    }
    None
}

/// Own recent changes, cool-down and working hours. A price outside of its limits does not wait for them.
pub(crate) fn timing(desk: &mut Desk<'_>, seen: &Observation) -> Option<Decision> {
    if desk.out_of_bounds() {
        return None;
    }
    let now = desk.input.now;
    let last = desk.input.moves.iter().map(|own| own.at).max();
    if let Some(last) = last {
        if seen.at() <= last {
            return Some(desk.stopped(Guard::SeenBeforeOwnChange {}, Reason::SeenBeforeOwnChange {}));
        }
        let left = Span::from_mins(i64::from(desk.input.rule.cool_down_minutes)).as_micros()
            - now.since(last).as_micros();
        if left > 0 {
            let left_minutes = minutes_up(Span::from_micros(left));
            return Some(desk.stopped(
                Guard::CoolDown { left_minutes },
                Reason::CoolDown { left_minutes },
            ));
        }
    }
    if let Some(hours) = desk.input.rule.hours
        && hours.minutes_in(now.local()).is_none()
        && !asleep(desk, now)
    {
        return Some(desk.stopped(Guard::Hours {}, Reason::OutsideHours {}));
    }
    None
}

fn asleep(desk: &Desk<'_>, now: Timestamp) -> bool {
    desk.input
        .rule
        .sleep_lift
        .is_some_and(|lift| lift.hours.minutes_in(now.local()).is_some())
}

/// Whole minutes, a started one counted.
pub(crate) fn minutes_up(left: Span) -> i64 {
    left.as_micros().saturating_add(59_999_999) / 60_000_000
}
