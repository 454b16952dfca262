//! Each strategy as a seller would describe it.

use crate::desk::{Desk, OURS, asks, holds, row, sets, uid};
use sauda_economics::FloorParts;
use sauda_kernel::Tenge;
use sauda_pricing::decide::{Input, decide};
use sauda_pricing::model::{
    AgeingRule, CoverRule, DaySample, Guard, Ignored, MatchWhenBetter, Outcome, Reason, RungKind, SleepLift,
    Strategy, Verdict, learn_curve,
};

fn t(price: i64) -> Tenge {
    Tenge(price)
}

fn under(rival: i64) -> Reason {
    Reason::Undercut {
        rival: t(rival),
        step: t(10),
    }
}

fn with_strategy(rivals: &[(&str, i64)], strategy: Strategy) -> Desk {
    Desk::new(rivals).with(|desk| desk.rule.strategy = strategy)
}

#[test]
fn standard_goes_under_the_cheapest_and_otherwise_holds() {
    sets(&Desk::new(&[("a", 39_000), ("b", 41_000)]), 38_990, under(39_000));
    sets(&Desk::new(&[("a", 40_000)]), 39_990, under(40_000));
    holds(
        &Desk::new(&[("a", 45_000), ("b", 41_000)]),
        Reason::AlreadyCheapest { rival: t(41_000) },
    );
}

#[test]
fn always_first_climbs_to_just_under_the_next() {
    let first = |rivals: &[(&str, i64)]| with_strategy(rivals, Strategy::AlwaysFirst {});
    sets(&first(&[("a", 39_000)]), 38_990, under(39_000));
    sets(
        &first(&[("a", 45_000)]),
        44_990,
        Reason::Climb {
            rival: t(45_000),
            step: t(10),
        },
    );
    holds(
        &first(&[("a", 40_015)]),
        Reason::RiseTooSmall {
            rise: t(5),
            step: t(10),
        },
    );
    holds(
        &first(&[("a", 40_005)]),
        Reason::AlreadyCheapest { rival: t(40_005) },
    );
    holds(
        &first(&[("a", 40_010)]),
        Reason::AlreadyThere { price: t(40_000) },
    );
}

#[test]
fn stay_top_n_keeps_the_wished_place_at_the_best_price() {
    let rivals = [("a", 35_000), ("b", 36_000), ("c", 38_000), ("d", 47_000)];
    let top = |n| with_strategy(&rivals, Strategy::StayTopN { n });
    let reason = |wished, rival| Reason::TopPlace {
        wished,
        rival: t(rival),
        step: t(10),
    };
    sets(&top(1), 34_990, reason(1, 35_000));
    sets(&top(3), 37_990, reason(3, 38_000));
    sets(&top(4), 46_990, reason(4, 47_000));
    // Fewer rivals than places: just under the dearest.
    sets(&top(9), 46_990, reason(9, 47_000));
}

#[test]
fn match_follows_the_cheapest_both_ways() {
    let level = |rivals: &[(&str, i64)]| with_strategy(rivals, Strategy::Match {});
    sets(
        &level(&[("a", 39_000)]),
        39_000,
        Reason::MatchCheapest { rival: t(39_000) },
    );
    sets(
        &level(&[("a", 44_000)]),
        44_000,
        Reason::MatchCheapest { rival: t(44_000) },
    );
    holds(
        &level(&[("a", 40_000)]),
        Reason::AlreadyThere { price: t(40_000) },
    );
}

#[test]
fn hold_margin_takes_the_best_place_that_leaves_the_margin() {
    let margin = |floor: Option<i64>| {
        with_strategy(
            &[("a", 33_000), ("b", 36_000), ("c", 42_000)],
            Strategy::HoldMargin { margin_bp: 2_000 },
        )
        .with(|desk| desk.floors.margin = floor.map(Tenge))
    };
    sets(
        &margin(Some(34_000)),
        35_990,
        Reason::MarginPlace {
            margin_bp: 2_000,
            rival: t(36_000),
            step: t(10),
        },
    );
    sets(
        &margin(Some(35_995)),
        35_995,
        Reason::MarginPlace {
            margin_bp: 2_000,
            rival: t(36_000),
            step: t(10),
        },
    );
    sets(
        &margin(Some(43_000)),
        43_000,
        Reason::MarginFloor {
            margin_bp: 2_000,
            price: t(43_000),
        },
    );
    asks(&margin(None), None, Reason::MarginNeedsCost {});
}

#[test]
fn profit_without_history_says_so_and_acts_as_standard() {
    let desk = with_strategy(&[("a", 39_000)], Strategy::Profit {});
    sets(&desk, 38_990, under(39_000));
    let noted = desk
        .decide()
        .checks
        .iter()
        .any(|check| check.guard == Guard::ProfitNotLearned {});
    assert!(noted);
}

#[test]
fn profit_prefers_a_dear_second_place_when_first_sells_hardly_more() {
    let days = |place, sold, count: usize| {
        vec![
            DaySample {
                place,
                price: t(40_000),
                sold,
                day_milli: 1_000
            };
            count
        ]
    };
    let history: Vec<_> = [days(1, 5, 40), days(2, 4, 40)].concat();
    let curve = learn_curve(&history).unwrap();
    let parts = FloorParts {
        purchase: t(30_000).money(),
        ..FloorParts::default()
    };
    let desk = with_strategy(&[("a", 32_000), ("b", 41_000)], Strategy::Profit {});
    let seen = desk.observation();
    let input = Input {
        curve: Some(&curve),
        parts: Some(&parts),
        ..desk.input(&seen)
    };
    let decision = decide(&input);
    assert_eq!(decision.outcome, Outcome::Set(t(40_999)));
    assert!(
        matches!(decision.reason, Reason::Profit { place: 2, .. }),
        "{:?}",
        decision.reason
    );
}

#[test]
fn with_a_better_rating_or_delivery_level_is_enough() {
    let better = MatchWhenBetter {
        rating_by_milli: Some(300),
        faster_by_days: Some(2),
    };
    let desk = Desk::new(&[("a", 39_000)]).with(|desk| desk.rule.match_when_better = Some(better));
    sets(&desk, 38_990, under(39_000));
    let rated = desk.clone().with(|desk| desk.rows[0].rating_milli = Some(4_400));
    sets(&rated, 39_000, Reason::MatchBetter { rival: t(39_000) });
    let slow = desk.with(|desk| desk.rows[0].delivery_days = Some(3));
    sets(&slow, 39_000, Reason::MatchBetter { rival: t(39_000) });
}

#[test]
fn short_cover_raises_and_old_stock_eases() {
    let cover = Desk::new(&[("a", 39_000)]).with(|desk| {
        desk.rule.cover = Some(CoverRule {
            below_days: 5,
            raise_bp: 500,
        });
        desk.offer.stock = Some(6);
        desk.offer.sales_per_day_milli = Some(2_000);
    });
    sets(&cover, 40_939, under(39_000));
    let plenty = cover.clone().with(|desk| desk.offer.stock = Some(60));
    sets(&plenty, 38_990, under(39_000));
    let old = Desk::new(&[("a", 39_000)]).with(|desk| {
        desk.rule.ageing = Some(AgeingRule {
            older_than_days: 90,
            ease_bp: 300,
        });
        desk.offer.stock_age_days = Some(120);
    });
    sets(&old, 37_821, under(39_000));
}

#[test]
fn overnight_the_price_climbs_by_the_clock_and_morning_goes_back_to_work() {
    let lift: SleepLift = serde_json::from_str(
        r#"{"hours":{"from":"23:00","to":"06:00"},"step":200,"every_minutes":60,"target":43000}"#,
    )
    .unwrap();
    let night = |clock: &str| {
        let now = sauda_kernel::Timestamp::parse(&format!("2026-11-20T{clock}:00+05:00")).unwrap();
        Desk::new(&[("a", 40_500)]).with(|desk| {
            desk.rule.sleep_lift = Some(lift);
            (desk.now, desk.seen_at, desk.last_contact) = (now, now, Some(now));
        })
    };
    sets(
        &night("23:10"),
        40_690,
        Reason::SleepLift {
            steps: 1,
            step: t(200),
        },
    );
    sets(
        &night("02:30"),
        41_290,
        Reason::SleepLift {
            steps: 4,
            step: t(200),
        },
    );
    holds(&night("12:30"), Reason::AlreadyCheapest { rival: t(40_500) });
    let late = night("05:59").with(|desk| desk.rows[0].price = t(42_900));
    sets(
        &late,
        43_000,
        Reason::SleepLift {
            steps: 7,
            step: t(200),
        },
    );
}

#[test]
fn ignored_rivals_stay_in_the_ladder_with_the_reason() {
    let desk = Desk::new(&[
        ("named", 31_000),
        ("slow", 33_000),
        ("unknown", 34_000),
        ("far", 35_000),
        ("good", 39_000),
    ])
    .with(|desk| {
        let ignore = &mut desk.rule.ignore;
        ignore.sellers = vec![uid("named")];
        ignore.slower_by_days = Some(2);
        ignore.rating_below_milli = Some(4_000);
        ignore.reviews_below = Some(5);
        ignore.other_city_warehouse = true;
        desk.rows[1].delivery_days = Some(4);
        (desk.rows[2].rating_milli, desk.rows[2].reviews) = (None, None);
        desk.rows[3].other_city = Some(true);
        desk.rows.push(row("bait", 9_000));
        desk.rows.push(row("later", 32_000));
        desk.rows.last_mut().unwrap().preorder_days = 7;
        desk.rows.push(row("new", 36_000));
        desk.rows.last_mut().unwrap().reviews = Some(2);
    });
    sets(&desk, 38_990, under(39_000));
    let ladder: Vec<_> = desk
        .receipt()
        .ladder
        .iter()
        .map(|rung| (rung.seller.to_string(), rung.place, rung.kind))
        .collect();
    let gone = |why| RungKind::Ignored(why);
    let wanted = [
        ("bait", 1, gone(Ignored::Absurd)),
        ("named", 2, gone(Ignored::Named)),
        ("later", 3, gone(Ignored::Preorder)),
        ("slow", 4, gone(Ignored::Slower)),
        ("unknown", 5, gone(Ignored::Rating)),
        ("far", 6, gone(Ignored::OtherCity)),
        ("new", 7, gone(Ignored::Reviews)),
        ("good", 8, RungKind::Rival),
        (OURS, 9, RungKind::Own),
    ];
    assert_eq!(
        ladder,
        wanted.map(|(seller, place, kind)| (seller.to_owned(), place, kind))
    );
}

#[test]
fn the_receipt_adds_up_from_the_rival_to_the_result() {
    let desk = Desk::new(&[("a", 30_005)]).with(|desk| desk.rule.max_move = None);
    let receipt = desk.receipt();
    assert_eq!(receipt.outcome, Outcome::Set(t(30_000)));
    let told: Vec<_> = receipt
        .arithmetic
        .iter()
        .map(|line| (&*line.word, line.by, line.price.get()))
        .collect();
    assert_eq!(
        told,
        [("rival", 0, 30_005), ("step", -10, 29_995), ("floor", 5, 30_000)]
    );
    assert_eq!(
        receipt.place_before.map(|place| (place.place, place.of)),
        Some((2, 2))
    );
    assert_eq!(
        receipt.place_after.map(|place| (place.place, place.of)),
        Some((1, 2))
    );
    let passed = receipt
        .checks
        .iter()
        .filter(|check| check.verdict == Verdict::Passed)
        .count();
    assert!(passed >= 3, "{:?}", receipt.checks);
}
