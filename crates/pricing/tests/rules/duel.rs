//! Two of our own bots on one card: they must come to rest above their floors.

use crate::desk::{Desk, OURS, noon, uid};
use sauda_kernel::{Span, Tenge};
use sauda_pricing::model::Strategy;

/// Both bots read and decide every few minutes for `days`; gives the lowest and last prices and the number of moves of
/// each day.
fn duel(one: Strategy, two: Strategy, days: i64) -> (i64, (i64, i64), Vec<usize>) {
    let first = Desk::new(&[("other", 40_200)]).with(|desk| desk.rule.strategy = one);
    let mut second = Desk::new(&[]).with(|desk| {
        desk.rule.strategy = two;
        desk.offer.seller = uid("other");
        desk.offer.price = Some(Tenge(40_200));
    });
    second.rows.clear();
    let mut desks = [first, second];
    let mut prices = [40_000_i64, 40_200];
    let mut lowest = 40_000;
    let mut per_day = vec![0_usize; usize::try_from(days).unwrap()];
    // Each looks every 7 minutes, the second 3 minutes after the first.
    let end = noon().plus(Span::from_days(days));
    let (mut now, mut turn) = (noon(), 0_usize);
    while now < end {
        let desk = &mut desks[turn];
        (desk.now, desk.seen_at, desk.last_contact) = (now, now, Some(now));
        desk.rows = vec![
            crate::desk::row(OURS, prices[0]),
            crate::desk::row("other", prices[1]),
        ];
        let seen = desk.observation();
        let decision = desk.decide();
        if let Some(price) = decision.price() {
            desk.moves.extend(decision.as_move(now, Some(&seen)));
            desk.offer.price = Some(price);
            prices[turn] = price.get();
            lowest = lowest.min(price.get());
            let day = now.since(noon()).as_mins() / 1_440;
            per_day[usize::try_from(day).unwrap()] += 1;
        }
        sauda_pricing::model::forget_old_moves(&mut desk.moves, now);
        now = now.plus(Span::from_mins(if turn == 0 { 3 } else { 4 }));
        turn = 1 - turn;
    }
    (lowest, (prices[0], prices[1]), per_day)
}

#[test]
fn two_bots_do_not_race_to_the_floor() {
    let all = [
        Strategy::Standard {},
        Strategy::AlwaysFirst {},
        Strategy::StayTopN { n: 1 },
        Strategy::Match {},
    ];
    for one in all {
        for two in all {
            let (lowest, last, per_day) = duel(one, two, 14);
            // The floors are at 30 000. Without a brake the price would be there after 1 000 moves, in 5 days.
            assert!(
                lowest > 39_000,
                "{one:?} against {two:?}: lowest {lowest}, {per_day:?}"
            );
            assert!(
                last.0 > 39_000 && last.1 > 39_000,
                "{one:?} against {two:?}: {last:?}"
            );
            let quiet_days = per_day.iter().filter(|moves| **moves <= 4).count();
            assert!(quiet_days >= 7, "{one:?} against {two:?}: {per_day:?}");
            assert!(
                per_day.iter().sum::<usize>() < 120,
                "{one:?} against {two:?}: {per_day:?}"
            );
        }
    }
}

#[test]
fn without_the_brake_they_would() {
    let mut desk = Desk::new(&[("other", 40_000)]).with(|desk| desk.rule.war_brake = None);
    for _ in 0..50 {
        let decision = desk.decide();
        desk = desk.after(&decision, Span::from_mins(7));
        let ours = desk.offer.price.unwrap();
        desk.rows[0].price = ours.minus(10);
    }
    assert!(desk.offer.price.unwrap() < Tenge(39_100));
}
