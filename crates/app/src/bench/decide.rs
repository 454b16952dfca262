//! The decision core alone on one core: fifty rivals, every strategy, guards on. Refuses to touch a disk or a wire.

use super::figures::{Figures, count};
use anyhow::Context as _;
use sauda_kernel::{Span, Tenge, Timestamp};
use sauda_pricing::{
    decide::{Input, decide, explain},
    model::{
        Coverage, Floors, MoveKind, Observation, OfferFacts, OwnMove, Row, Rule, SellerUid, Sister, Strategy,
    },
};
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

const PART: &str = "decide";
const OFFERS: usize = 1_024;
const RIVALS: i64 = 50;
const LASTS: Duration = Duration::from_secs(3);

struct Case {
    offer: OfferFacts,
    rule: Rule,
    floors: Floors,
    observation: Observation,
    sisters: Vec<Sister>,
    moves: Vec<OwnMove>,
}

/// Measures decisions a second, with and without their receipts.
pub fn measure(now: Timestamp, figures: &mut Figures) -> anyhow::Result<()> {
    let cases: Vec<Case> = (0..OFFERS)
        .map(|number| case(i64::try_from(number)?, now))
        .collect::<anyhow::Result<_>>()?;
    let plain = rate(&cases, |case| {
        black_box(decide(&input(case, now)));
    });
    figures.at_least(
        PART,
        "decisions a second on one core, 50 rivals each",
        plain,
        1_000_000.0,
        "",
    );
    let explained = rate(&cases, |case| {
        let input = input(case, now);
        let decision = decide(&input);
        black_box(explain(&input, &decision));
    });
    figures.note(
        PART,
        "the same with the receipt of each",
        super::figures::number(explained),
    );
    Ok(())
}

/// Calls a second over all cases, again and again for some seconds.
fn rate(cases: &[Case], mut act: impl FnMut(&Case)) -> f64 {
    let (start, mut rounds) = (Instant::now(), 0_usize);
    while start.elapsed() < LASTS {
        for case in cases {
            act(black_box(case));
        }
        rounds += 1;
    }
    count(rounds * cases.len()) / start.elapsed().as_secs_f64()
}

fn uid(number: i64) -> anyhow::Result<SellerUid> {
    SellerUid::new(&(30_000_000 + number * 7_919 % 900_000).to_string()).context("a made-up seller")
}

fn case(number: i64, now: Timestamp) -> anyhow::Result<Case> {
    let strategies = [
        Strategy::Standard {},
        Strategy::AlwaysFirst {},
        Strategy::StayTopN { n: 5 },
        Strategy::Match {},
        Strategy::HoldMargin { margin_bp: 1_500 },
    ];
    let base = 5_000 + number * 37 % 90_000;
    let own = uid(1)?;
    let mut rows = Vec::new();
    for rival in 0..RIVALS {
        rows.push(Row {
            seller: uid(number * RIVALS + rival)?,
            name: "seller".into(),
            price: Tenge(base + rival * 53 % 50 * 40),
            rating_milli: i32::try_from(4_900 - rival * 31 % 900).ok(),
            reviews: Some(rival * 17 % 300),
            delivery_days: i32::try_from(rival % 6).ok(),
            preorder_days: if rival % 9 == 0 { 5 } else { 0 },
            other_city: None,
        });
    }
    let mut ours = rows.get(3).context("rivals")?.clone();
    (ours.seller, ours.price) = (own.clone(), Tenge(base + 600));
    rows.push(ours);
    let mut rule = Rule {
        min: Some(Tenge(base / 2)),
        max: Some(Tenge(base * 2)),
        step: Tenge(5),
        ..Rule::default()
    };
    let kind = usize::try_from(number)? % strategies.len();
    rule.strategy = strategies.get(kind).copied().context("strategies")?;
    rule.ignore.rating_below_milli = Some(4_200);
    rule.ignore.slower_by_days = Some(3);
    rule.ignore.sellers = vec![uid(77)?, uid(78)?];
    let rival = uid(number * RIVALS + 3)?;
    let moves = (1..6).map(|hour| OwnMove {
        at: now.minus(Span::from_hours(hour)),
        from: Some(Tenge(base + 700)),
        to: Tenge(base + 600),
        kind: MoveKind::Undercut,
        rival: Some(rival.clone()),
    });
    Ok(Case {
        offer: OfferFacts::new(own, Some(Tenge(base + 600))),
        rule,
        floors: Floors {
            cost: Some(Tenge(base * 6 / 10)),
            margin: Some(Tenge(base + 90)),
            gaps: Vec::new(),
        },
        observation: Observation::new(now, Coverage::Complete, None, rows)?,
        sisters: vec![Sister {
            seller: uid(2)?,
            price: Some(Tenge(base + 5_000)),
            at_work: true,
        }],
        moves: moves.collect(),
    })
}

fn input(case: &Case, now: Timestamp) -> Input<'_> {
    Input {
        offer: &case.offer,
        rule: &case.rule,
        floors: &case.floors,
        observation: Some(&case.observation),
        sisters: &case.sisters,
        moves: &case.moves,
        last_contact: Some(now),
        curve: None,
        parts: None,
        now,
    }
}
