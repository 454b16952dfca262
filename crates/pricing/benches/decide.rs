//! How many decisions one core makes in a second, with 50 rivals each.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark is a test: what it stands on must hold"
)]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use sauda_kernel::{Tenge, Timestamp};
use sauda_pricing::decide::{Input, decide, explain};
use sauda_pricing::model::{
    Coverage, Floors, MoveKind, Observation, OfferFacts, OwnMove, Row, Rule, SellerUid, Sister, Strategy,
};
use std::hint::black_box;

const OFFERS: usize = 1_024;

struct Case {
    offer: OfferFacts,
    rule: Rule,
    floors: Floors,
    observation: Observation,
    sisters: Vec<Sister>,
    moves: Vec<OwnMove>,
}

fn uid(number: usize) -> SellerUid {
    SellerUid::new(&format!("{}", 30_000_000 + number * 7_919 % 900_000)).unwrap()
}

/// Offers of every kind: each strategy, guards on, 50 rivals of which some are ignored, own row, a sister, recent moves.
fn cases(now: Timestamp) -> Vec<Case> {
    let strategies = [
        Strategy::Standard {},
        Strategy::AlwaysFirst {},
        Strategy::StayTopN { n: 5 },
        Strategy::Match {},
        Strategy::HoldMargin { margin_bp: 1_500 },
    ];
    let mut cases = Vec::with_capacity(OFFERS);
    for index in 0..OFFERS {
        let base = 5_000 + i64::try_from(index * 37 % 90_000).unwrap();
        let mut rows: Vec<Row> = (0..50)
            .map(|rival: usize| Row {
                seller: uid(index * 50 + rival),
                name: "seller".into(),
                price: Tenge(base + i64::try_from(rival * 53 % 50 * 40).unwrap()),
                rating_milli: Some(4_900 - i32::try_from(rival * 31 % 900).unwrap()),
                reviews: Some(i64::try_from(rival * 17 % 300).unwrap()),
                delivery_days: Some(i32::try_from(rival % 6).unwrap()),
                preorder_days: i32::from(rival.is_multiple_of(9)) * 5,
                other_city: None,
            })
            .collect();
        rows.push(Row {
            seller: uid(1),
            name: "own".into(),
            price: Tenge(base + 600),
            ..rows[3].clone()
        });
        let mut rule = Rule {
            min: Some(Tenge(base / 2)),
            max: Some(Tenge(base * 2)),
            step: Tenge(5),
            ..Rule::default()
        };
        rule.strategy = strategies[index % strategies.len()];
        rule.ignore.rating_below_milli = Some(4_200);
        rule.ignore.slower_by_days = Some(3);
        rule.ignore.sellers = vec![uid(77), uid(78)];
        let moves = (1..6)
            .map(|hour| OwnMove {
                at: now.minus(sauda_kernel::Span::from_hours(hour)),
                from: Some(Tenge(base + 700)),
                to: Tenge(base + 600),
                kind: MoveKind::Undercut,
                rival: Some(uid(index * 50 + 3)),
            })
            .collect();
        cases.push(Case {
            offer: OfferFacts::new(uid(1), Some(Tenge(base + 600))),
            rule,
            floors: Floors {
                cost: Some(Tenge(base * 6 / 10)),
                margin: Some(Tenge(base + 90)),
                gaps: Vec::new(),
            },
            observation: Observation::new(now, Coverage::Complete, None, rows).unwrap(),
            sisters: vec![Sister {
                seller: uid(2),
                price: Some(Tenge(base + 5_000)),
                at_work: true,
            }],
            moves,
        });
    }
    cases
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

fn bench(criterion: &mut Criterion) {
    let now = Timestamp::parse("2026-11-20T12:00:00+05:00").unwrap();
    let cases = cases(now);
    let mut group = criterion.benchmark_group("decide");
    group.throughput(Throughput::Elements(u64::try_from(OFFERS).unwrap()));
    group.bench_function("50 rivals", |bencher| {
        bencher.iter(|| {
            for case in &cases {
                black_box(decide(black_box(&input(case, now))));
            }
        });
    });
    group.bench_function("50 rivals with receipt", |bencher| {
        bencher.iter_batched(
            || (),
            |()| {
                for case in &cases {
                    let input = input(case, now);
                    let decision = decide(&input);
                    black_box(explain(&input, &decision));
                }
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(30).warm_up_time(std::time::Duration::from_millis(500));
    targets = bench
}
criterion_main!(benches);
