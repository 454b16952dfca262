//! When a message may go: for random settings and times, no limit is ever passed.

use proptest::prelude::*;
use sauda_kernel::{Span, Timestamp};
use sauda_messages::hours::Hours;
use sauda_messages::limits::{Danger, Limits, LimitsError, Past, Risk, Wait, Wishes, next};

fn at(day: u32, hour: u32, minute: u32) -> Timestamp {
    Timestamp::from_almaty(2026, 11, day, hour, minute, 0).unwrap()
}

const fn past(sent: &[Timestamp]) -> Past<'_> {
    Past {
        connected: Timestamp::from_secs(0),
        sent,
        written: 0,
        answered: 0,
        opted_out: 0,
    }
}

fn wishes() -> Wishes {
    Wishes {
        gap: Span::from_secs(30),
        jitter: Span::ZERO,
        per_day: 100,
        hours: Hours::DAYTIME,
        quiet_days: Vec::new(),
        warm_up: true,
    }
}

#[test]
fn a_free_session_sends_at_once_and_the_next_waits_for_its_gap() {
    let limits = Limits::new(wishes()).unwrap();
    let now = at(20, 12, 0);
    let turn = next(&limits, &past(&[]), now, 1);
    assert_eq!((turn.at, turn.waits, turn.risk), (now, vec![], Risk::Low));
    let turn = next(&limits, &past(&[now]), now, 1);
    assert_eq!(
        (turn.at, turn.waits),
        (now.plus(Span::from_secs(30)), vec![Wait::Gap])
    );
}

#[test]
fn nights_quiet_days_and_full_days_move_it() {
    let sunday = Wishes {
        quiet_days: vec![7],
        ..wishes()
    };
    let limits = Limits::new(sunday).unwrap();
    // The 21st is a Saturday.
    let turn = next(&limits, &past(&[]), at(21, 22, 0), 1);
    assert_eq!(
        (turn.at, turn.waits),
        (at(23, 9, 0), vec![Wait::Night, Wait::QuietDay])
    );
    let limits = Limits::new(Wishes {
        per_day: 2,
        ..wishes()
    })
    .unwrap();
    let turn = next(&limits, &past(&[at(20, 9, 0), at(20, 10, 0)]), at(20, 12, 0), 1);
    assert_eq!(
        (turn.at, turn.waits),
        (at(21, 9, 0), vec![Wait::DayFull, Wait::Night])
    );
}

#[test]
fn a_new_number_begins_slowly() {
    let limits = Limits::new(wishes()).unwrap();
    let sent: Vec<Timestamp> = (0..5).map(|hour| at(20, 9 + hour, 0)).collect();
    let new = Past {
        connected: at(20, 8, 0),
        ..past(&sent)
    };
    let turn = next(&limits, &new, at(20, 15, 0), 1);
    assert_eq!(
        (turn.at, turn.waits),
        (at(21, 9, 0), vec![Wait::WarmingUp, Wait::Night])
    );
    assert_eq!((turn.dangers, turn.risk), (vec![Danger::NewNumber], Risk::Medium));
    assert_eq!(
        (
            limits.cap(at(1, 8, 0), at(14, 9, 0)),
            limits.cap(at(1, 8, 0), at(15, 9, 0))
        ),
        (88, 100)
    );
}

#[test]
fn many_wishes_for_silence_are_a_high_risk() {
    let limits = Limits::new(wishes()).unwrap();
    let past = Past {
        written: 100,
        answered: 50,
        opted_out: 3,
        ..past(&[])
    };
    let turn = next(&limits, &past, at(20, 12, 0), 1);
    assert_eq!((turn.dangers, turn.risk), (vec![Danger::ManyOptOuts], Risk::High));
}

#[test]
fn a_shop_cannot_wish_the_limits_away() {
    for (wishes, error) in [
        (
            Wishes {
                gap: Span::from_secs(29),
                ..wishes()
            },
            LimitsError::GapTooSmall(29),
        ),
        (
            Wishes {
                per_day: 101,
                ..wishes()
            },
            LimitsError::PerDay(101),
        ),
        (
            Wishes {
                per_day: 0,
                ..wishes()
            },
            LimitsError::PerDay(0),
        ),
        (
            Wishes {
                jitter: Span::from_secs(601),
                ..wishes()
            },
            LimitsError::Jitter(601),
        ),
        (
            Wishes {
                quiet_days: vec![8],
                ..wishes()
            },
            LimitsError::Weekday(8),
        ),
        (
            Wishes {
                quiet_days: (1..=7).collect(),
                ..wishes()
            },
            LimitsError::NoDay,
        ),
    ] {
        assert_eq!(Limits::new(wishes), Err(error));
    }
}

proptest! {
    #[test]
    fn no_limit_is_ever_passed(
        gap in 30_i64..300, jitter in 0_i64..60, per_day in 1_u32..=20, from in 0_u32..1440, length in 1_u32..1440,
        quiet in proptest::collection::vec(1_u32..=7, 0..6), start in 0_i64..50_000_000, age in 0_i64..30, seed: u64, count in 1_usize..30,
    ) {
        let hours = Hours::new(from, (from + length) % 1440).unwrap();
        let limits = Limits::new(Wishes {
            gap: Span::from_secs(gap), jitter: Span::from_secs(jitter), per_day, hours, quiet_days: quiet.clone(), warm_up: true,
        }).unwrap();
        let start = Timestamp::from_secs(1_760_000_000 + start);
        let connected = start.minus(Span::from_days(age));
        let mut sent: Vec<Timestamp> = Vec::new();
        for _ in 0..count {
            let now = sent.last().copied().unwrap_or(start);
            let turn = next(&limits, &Past { connected, ..past(&sent) }, now, seed);
            prop_assert!(turn.at >= now);
            if let Some(last) = sent.last() {
                prop_assert!(turn.at.since(*last) >= Span::from_secs(gap));
            }
            prop_assert!(hours.contains(turn.at), "{} outside of {:?}", turn.at, hours);
            prop_assert!(!quiet.contains(&turn.at.local().weekday));
            let same_day = sent.iter().filter(|sent| sent.local_midnight() == turn.at.local_midnight()).count();
            prop_assert!(same_day < usize::try_from(limits.cap(connected, turn.at)).unwrap());
            prop_assert_eq!(&turn, &next(&limits, &Past { connected, ..past(&sent) }, now, seed));
            sent.push(turn.at);
        }
    }
}
