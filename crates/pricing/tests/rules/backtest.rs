//! Replays of recorded markets against another rule.

use crate::desk::{OURS, noon, row, uid};
use sauda_economics::FloorParts;
use sauda_kernel::{BasisPoints, Money, Span, Tenge};
use sauda_pricing::backtest::{Replay, Reservation, compare, run};
use sauda_pricing::model::{
    Coverage, DaySample, Floors, Observation, OfferFacts, Rule, Strategy, learn_curve,
};

/// Every ten minutes for some days: a rival at 40 000 by day and at 44 000 by night; we at 41 000.
fn market(days: i64) -> Vec<Observation> {
    let start = noon().local_midnight();
    (0..days * 144)
        .map(|tick| {
            let at = start.plus(Span::from_mins(10 * tick));
            let rival = if at.local().hour < 8 { 44_000 } else { 40_000 };
            Observation::new(
                at,
                Coverage::Complete,
                None,
                vec![row("a", rival), row(OURS, 41_000)],
            )
            .unwrap()
        })
        .collect()
}

fn rule(strategy: Strategy) -> Rule {
    Rule {
        strategy,
        min: Some(Tenge(35_000)),
        max: Some(Tenge(50_000)),
        ..Rule::default()
    }
}

#[test]
fn two_rules_on_the_same_fortnight() {
    let observations = market(14);
    let days = |place, sold| {
        vec![
            DaySample {
                place,
                price: Tenge(41_000),
                sold,
                day_milli: 1_000
            };
            20
        ]
    };
    let curve = learn_curve(&[days(1, 4), days(2, 1)].concat()).unwrap();
    let parts = FloorParts {
        purchase: Tenge(33_000).money(),
        ..FloorParts::default()
    };
    let replay = Replay {
        offer: &OfferFacts::new(uid(OURS), Some(Tenge(41_000))),
        floors: &Floors::default(),
        parts: Some(&parts),
        sisters: &[],
        observations: &observations,
        curve: Some(&curve),
        until: noon().local_midnight().plus(Span::from_days(14)),
    };
    let told = compare(
        &replay,
        &rule(Strategy::Standard {}),
        &rule(Strategy::AlwaysFirst {}),
    );
    // Standard is first from the first night on (41 000 under 44 000) and never climbs again: one change, at 08:00.
    assert_eq!(
        (told.today.changes, told.today.first_share),
        (1, BasisPoints(10_000))
    );
    assert_eq!(told.today.average_margin, Some(BasisPoints(1_753)));
    // Always first climbs each midnight and comes down each morning.
    assert_eq!(
        (told.tried.changes, told.tried.first_share),
        (28, BasisPoints(10_000))
    );
    assert_eq!(told.tried.average_margin, Some(BasisPoints(1_999)));
    assert!(told.profit_gain.unwrap() > Money::ZERO);
    assert_eq!((told.today.days, told.today.reservation), (14, None));
    let worst = told.tried.worst_day.unwrap();
    assert_eq!(worst.first_share, BasisPoints(10_000));
}

#[test]
fn time_on_the_floor_and_short_history_are_told() {
    let observations = market(3);
    let replay = Replay {
        offer: &OfferFacts::new(uid(OURS), Some(Tenge(41_000))),
        floors: &Floors {
            cost: Some(Tenge(42_000)),
            ..Floors::default()
        },
        parts: None,
        sisters: &[],
        observations: &observations,
        curve: None,
        until: noon().local_midnight().plus(Span::from_days(3)),
    };
    let told = run(&replay, &rule(Strategy::AlwaysFirst {}));
    // Two thirds of the day the rival is under our floor of 42 000.
    assert_eq!(
        (told.floor_share, told.first_share),
        (BasisPoints(6_666), BasisPoints(3_333))
    );
    assert_eq!((told.average_margin, told.profit), (None, None));
    assert_eq!(
        told.reservation,
        Some(Reservation::ShortHistory { days: 3, needed: 7 })
    );
    let nothing = run(
        &Replay {
            observations: &[],
            ..replay
        },
        &rule(Strategy::Standard {}),
    );
    assert_eq!(nothing.reservation, Some(Reservation::NoHistory));
}
