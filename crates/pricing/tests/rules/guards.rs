//! Each guard, at its edge: just inside and just outside.

use crate::desk::{Desk, asks, holds, noon, row, sets, uid};
use sauda_kernel::{Span, Tenge, Timestamp};
use sauda_pricing::decide::{Input, decide};
use sauda_pricing::model::{
    Amount, Coverage, DeadMan, DeadManAction, Gap, Guard, LARGEST_PRICE, MoveKind, Outcome, OwnMove, Pin,
    Reason, Sister, SisterPolicy, Strategy, Verdict, WarBrake,
};

fn t(price: i64) -> Tenge {
    Tenge(price)
}

fn rival(price: i64) -> Desk {
    Desk::new(&[("a", price)])
}

fn under(price: i64) -> Reason {
    Reason::Undercut {
        rival: t(price),
        step: t(10),
    }
}

fn own_move(at: Timestamp, from: i64, to: i64, kind: MoveKind) -> OwnMove {
    OwnMove {
        at,
        from: Some(t(from)),
        to: t(to),
        kind,
        rival: Some(uid("a")),
    }
}

#[test]
fn the_floor_is_the_highest_of_three() {
    let desk = rival(34_000).with(|desk| {
        desk.rule.store_minimum = Some(t(31_000));
        desk.floors.cost = Some(t(35_000));
    });
    sets(
        &desk,
        35_000,
        Reason::OnFloor {
            floor: t(35_000),
            rival: t(34_000),
        },
    );
    let store = desk.with(|desk| desk.rule.store_minimum = Some(t(36_000)));
    sets(
        &store,
        36_000,
        Reason::OnFloor {
            floor: t(36_000),
            rival: t(34_000),
        },
    );
}

#[test]
fn no_floor_at_all_is_a_question_and_a_floor_over_the_ceiling_too() {
    asks(
        &rival(39_000).with(|desk| desk.rule.min = None),
        None,
        Reason::NoFloor {},
    );
    let crossed = rival(39_000).with(|desk| desk.floors.cost = Some(t(50_001)));
    asks(
        &crossed,
        None,
        Reason::FloorAboveCeiling {
            floor: t(50_001),
            ceiling: t(50_000),
        },
    );
}

#[test]
fn a_price_outside_its_limits_comes_back_even_outside_of_hours_and_cool_down() {
    let low = rival(45_000).at(29_000).with(|desk| {
        desk.moves = vec![own_move(
            noon().minus(Span::from_secs(30)),
            31_000,
            29_000,
            MoveKind::Other,
        )];
        desk.rule.max_move = Some(Amount::Tenge(100));
        desk.rule.ask_above = Some(Amount::Tenge(100));
        desk.seen_at = noon();
    });
    sets(&low, 30_000, Reason::RaiseToFloor { floor: t(30_000) });
    sets(
        &rival(60_000).at(55_000),
        50_000,
        Reason::LowerToCeiling { ceiling: t(50_000) },
    );
}

#[test]
fn prices_that_a_delivery_step_makes_unprofitable_are_avoided() {
    let gap = Gap {
        from: t(38_500),
        to: t(39_200),
    };
    sets(
        &rival(39_000).with(|desk| desk.floors.gaps = vec![gap]),
        38_499,
        under(39_000),
    );
}

#[test]
fn largest_move_and_largest_day() {
    sets(
        &rival(35_000).with(|desk| desk.rule.max_move = Some(Amount::Bp(500))),
        38_000,
        under(35_000),
    );
    let day = rival(35_000).with(|desk| {
        desk.rule.max_day = Some(Amount::Tenge(3_000));
        desk.moves = vec![own_move(
            noon().minus(Span::from_hours(2)),
            41_000,
            40_000,
            MoveKind::Other,
        )];
    });
    sets(&day, 38_000, under(35_000));
    let spent = day.with(|desk| desk.moves[0].from = Some(t(43_000)));
    holds(&spent, Reason::DayLimit { limit: t(3_000) });
}

#[test]
fn yesterdays_moves_do_not_count_for_the_day() {
    let desk = rival(38_000).with(|desk| {
        desk.rule.max_day = Some(Amount::Tenge(3_000));
        desk.moves = vec![own_move(
            noon().minus(Span::from_hours(13)),
            49_000,
            40_000,
            MoveKind::Other,
        )];
    });
    sets(&desk, 37_990, under(38_000));
}

#[test]
fn a_large_move_needs_a_person() {
    let desk = rival(36_000).with(|desk| desk.rule.ask_above = Some(Amount::Bp(1_000)));
    asks(
        &desk,
        Some(35_990),
        Reason::MoveNeedsApproval {
            by: t(4_010),
            threshold: t(4_000),
        },
    );
    sets(
        &desk.with(|desk| desk.rows[0].price = t(36_010)),
        36_000,
        under(36_010),
    );
}

#[test]
fn unreadable_markets_are_held() {
    let age = |minutes| rival(39_000).with(|desk| desk.seen_at = noon().minus(Span::from_mins(minutes)));
    sets(&age(15), 38_990, under(39_000));
    holds(
        &age(16),
        Reason::StaleObservation {
            age_minutes: 16,
            max_minutes: 15,
        },
    );
    holds(&age(-10), Reason::FutureObservation { ahead_minutes: 10 });
    holds(
        &rival(39_000).with(|desk| desk.coverage = Coverage::Partial),
        Reason::PartialObservation { seen: 2, total: 2 },
    );
    holds(
        &rival(39_000).with(|desk| desk.rows.clear()),
        Reason::EmptyObservation {},
    );
    let page = rival(39_000).with(|desk| desk.total = Some(80));
    assert_eq!(page.observation().coverage(), Coverage::CheapestFirst);
    sets(&page, 38_990, under(39_000));
    let desk = rival(39_000);
    let seen = desk.observation();
    let unread = decide(&Input {
        observation: None,
        ..desk.input(&seen)
    });
    assert_eq!(
        (unread.outcome, unread.reason),
        (Outcome::Hold, Reason::NoObservation {})
    );
}

#[test]
fn a_read_from_before_our_last_change_is_not_answered_twice() {
    let desk = rival(39_000)
        .with(|desk| desk.moves = vec![own_move(desk.seen_at, 41_000, 40_000, MoveKind::Undercut)]);
    holds(&desk, Reason::SeenBeforeOwnChange {});
}

#[test]
fn cool_down_working_hours_pause() {
    let moved = |seconds| {
        rival(39_000).with(|desk| {
            desk.seen_at = noon();
            desk.moves = vec![own_move(
                noon().minus(Span::from_secs(seconds)),
                41_000,
                40_000,
                MoveKind::Other,
            )];
        })
    };
    holds(&moved(70), Reason::CoolDown { left_minutes: 1 });
    sets(&moved(120), 38_990, under(39_000));
    let hours =
        |json: &str| rival(39_000).with(|desk| desk.rule.hours = Some(serde_json::from_str(json).unwrap()));
    holds(
        &hours(r#"{"from":"09:00","to":"12:00"}"#),
        Reason::OutsideHours {},
    );
    sets(&hours(r#"{"from":"12:00","to":"12:01"}"#), 38_990, under(39_000));
    holds(
        &hours(r#"{"from":"09:00","to":"18:00","days":[6,7]}"#),
        Reason::OutsideHours {},
    );
    holds(
        &rival(39_000).with(|desk| desk.rule.paused = true),
        Reason::Paused {},
    );
}

#[test]
fn a_pinned_price_stays_until_its_time_and_inside_the_limits() {
    let pin = |price, until: &str| {
        let until = Some(Timestamp::parse(until).unwrap());
        rival(39_000).with(|desk| {
            desk.rule.pin = Some(Pin {
                price: t(price),
                until,
            })
        })
    };
    sets(
        &pin(42_000, "2026-11-20T13:00:00+05:00"),
        42_000,
        Reason::Pinned { price: t(42_000) },
    );
    sets(
        &pin(20_000, "2026-11-20T13:00:00+05:00"),
        30_000,
        Reason::Pinned { price: t(30_000) },
    );
    holds(
        &pin(40_000, "2026-11-20T13:00:00+05:00"),
        Reason::AlreadyThere { price: t(40_000) },
    );
    sets(&pin(42_000, "2026-11-20T12:00:00+05:00"), 38_990, under(39_000));
}

#[test]
fn silence_of_the_marketplace_has_three_answers() {
    let silent = |action| {
        rival(39_000).with(|desk| {
            desk.last_contact = Some(noon().minus(Span::from_mins(61)));
            desk.rule.dead_man = Some(DeadMan { minutes: 60, action });
        })
    };
    holds(&silent(DeadManAction::Hold), Reason::Silent { minutes: 61 });
    asks(
        &silent(DeadManAction::Alarm),
        None,
        Reason::SilentAlarm { minutes: 61 },
    );
    let lift = silent(DeadManAction::LiftTo(t(45_000)));
    sets(
        &lift,
        45_000,
        Reason::SafePrice {
            price: t(45_000),
            silent_minutes: 61,
        },
    );
    holds(&lift.at(46_000), Reason::Silent { minutes: 61 });
    let heard =
        silent(DeadManAction::Hold).with(|desk| desk.last_contact = Some(noon().minus(Span::from_mins(60))));
    sets(&heard, 38_990, under(39_000));
}

#[test]
fn a_sister_shop_is_never_passed() {
    let family = |sister: i64, outside: i64| {
        Desk::new(&[("sister", sister), ("a", outside)]).with(|desk| {
            desk.sisters = vec![Sister {
                seller: uid("sister"),
                price: None,
                at_work: true,
            }]
        })
    };
    // The sister is no rival, even as the cheapest.
    sets(&family(38_000, 39_000), 38_990, under(39_000));
    // An outsider under the sister: we come down to just over the sister and stop, so that she stays free.
    sets(&family(38_000, 37_000), 38_001, under(37_000));
    holds(
        &family(38_000, 37_000).at(38_001),
        Reason::SisterAhead { sister: t(38_000) },
    );
    let level = family(38_000, 37_000)
        .at(38_000)
        .with(|desk| desk.rule.sisters = SisterPolicy::Follow);
    holds(&level, Reason::SisterAhead { sister: t(38_000) });
    // Standing under the sister already, we may go on.
    sets(&family(41_000, 39_000), 38_990, under(39_000));
    // The price that was sent counts, not the one still shown.
    let sent = family(45_000, 37_000).with(|desk| desk.sisters[0].price = Some(t(39_500)));
    sets(&sent, 39_501, under(37_000));
    // A named leader may pass, but only because of an outsider.
    let leader = family(38_000, 37_000).with(|desk| desk.rule.sisters = SisterPolicy::Lead);
    sets(&leader, 36_990, under(37_000));
    let step_only = family(38_995, 39_000).with(|desk| desk.rule.sisters = SisterPolicy::Lead);
    sets(&step_only, 38_996, under(39_000));
}

#[test]
fn of_level_sisters_the_first_by_id_goes_on() {
    let level = |sister: &str| {
        Desk::new(&[(sister, 40_000), ("a", 39_000)]).with(|desk| {
            desk.sisters = vec![Sister {
                seller: uid(sister),
                price: None,
                at_work: true,
            }]
        })
    };
    sets(&level("30099999"), 38_990, under(39_000));
    holds(&level("30000001"), Reason::SisterAhead { sister: t(40_000) });
}

/// Four undercuts of one rival in the last hour.
fn at_war() -> Desk {
    rival(39_990).with(|desk| {
        desk.seen_at = noon();
        desk.moves = (1..=4)
            .map(|step| {
                own_move(
                    noon().minus(Span::from_mins(12 * step)),
                    40_000 + 20 * step,
                    40_000 + 20 * (step - 1),
                    MoveKind::Undercut,
                )
            })
            .collect();
    })
}

#[test]
fn the_fifth_undercut_of_one_rival_steps_back_instead() {
    sets(
        &at_war(),
        40_389,
        Reason::StepBack {
            rival: t(39_990),
            undercuts: 4,
            wait_minutes: 60,
        },
    );
    let three = at_war().with(|desk| drop(desk.moves.pop()));
    sets(&three, 39_980, under(39_990));
    let another = at_war().with(|desk| desk.moves.iter_mut().for_each(|own| own.rival = Some(uid("b"))));
    sets(&another, 39_980, under(39_990));
}

#[test]
fn after_a_step_back_the_bot_waits_and_then_only_matches() {
    let desk = at_war();
    let decision = desk.decide();
    let soon = desk.after(&decision, Span::from_mins(10));
    holds(&soon, Reason::WarWait { left_minutes: 50 });
    let later = desk.after(&decision, Span::from_mins(61));
    // Never under the price at which the war was broken off.
    sets(
        &later.clone().with(|desk| desk.rows[0].price = t(40_100)),
        40_100,
        Reason::TruceMatch { rival: t(40_100) },
    );
    sets(
        &later.clone().with(|desk| desk.rows[0].price = t(38_000)),
        40_000,
        Reason::TruceMatch { rival: t(38_000) },
    );
    let over = desk.after(&decision, Span::from_hours(25));
    sets(&over, 39_980, under(39_990));
}

#[test]
fn a_step_back_keeps_the_place_before_the_next_rival() {
    let reason = Reason::StepBack {
        rival: t(39_990),
        undercuts: 4,
        wait_minutes: 60,
    };
    let crowd = |next: i64| at_war().with(|desk| desk.rows.push(row("c", next)));
    sets(&crowd(40_200), 40_190, reason);
    sets(&crowd(41_000), 40_389, reason);
    // No room between the two: the price stays, the war waits.
    holds(&crowd(40_005), Reason::WarWait { left_minutes: 60 });
}

#[test]
fn a_stop_level_bounds_a_war() {
    let brake = WarBrake {
        stop_level: Some(t(40_600)),
        ..WarBrake::default()
    };
    let desk = at_war().with(|desk| desk.rule.war_brake = Some(brake));
    sets(
        &desk,
        40_600,
        Reason::StepBack {
            rival: t(39_990),
            undercuts: 4,
            wait_minutes: 60,
        },
    );
}

#[test]
fn a_hidden_or_differing_own_row_is_noted_and_the_sent_price_counts() {
    let hidden = rival(39_000).with(|desk| drop(desk.rows.pop()));
    sets(&hidden, 38_990, under(39_000));
    assert!(
        hidden
            .receipt()
            .checks
            .iter()
            .any(|check| check.guard == Guard::OwnHidden {})
    );
    let differs = rival(39_000).with(|desk| desk.offer.price = Some(t(38_500)));
    holds(&differs, Reason::AlreadyCheapest { rival: t(39_000) });
    let noted = differs.receipt().checks;
    let guard = Guard::OwnDiffers {
        shown: t(40_000),
        ours: t(38_500),
    };
    assert!(
        noted
            .iter()
            .any(|check| check.guard == guard && check.verdict == Verdict::Noted)
    );
}

#[test]
fn a_new_offer_without_a_price_gets_one() {
    sets(
        &rival(39_000).with(|desk| desk.offer.price = None),
        38_990,
        under(39_000),
    );
}

#[test]
fn a_rival_at_one_tenge_and_prices_of_any_size() {
    let one = rival(1).with(|desk| desk.rule.ignore.absurd_below_bp = None);
    sets(
        &one,
        30_000,
        Reason::OnFloor {
            floor: t(30_000),
            rival: t(1),
        },
    );
    holds(
        &rival(1),
        Reason::CellHold {
            cell: sauda_pricing::model::Cell::NoRival,
        },
    );
    let huge = Desk::new(&[("a", LARGEST_PRICE.get())]).with(|desk| {
        desk.rule.max = None;
        desk.rule.strategy = Strategy::AlwaysFirst {};
        desk.offer.price = Some(t(i64::MAX));
    });
    assert_eq!(huge.decide().outcome, Outcome::Set(t(LARGEST_PRICE.get() - 10)));
    let step = rival(39_000).with(|desk| desk.rule.step = t(i64::MAX));
    asks(&step, None, Reason::RuleBroken {});
    let min = rival(39_000).with(|desk| (desk.rule.min, desk.rule.max) = (Some(t(i64::MAX)), None));
    asks(
        &min,
        None,
        Reason::FloorAboveCeiling {
            floor: t(i64::MAX),
            ceiling: LARGEST_PRICE,
        },
    );
    assert!(
        sauda_pricing::model::Observation::new(noon(), Coverage::Complete, None, vec![row("a", 0)]).is_err()
    );
}
