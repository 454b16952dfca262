//! How many advices one core gives in a second: the learned scale with outcomes, tables of bodies, tables of a brand.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark is a test: what it stands on must hold"
)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sauda_sizes::advise::{Advisor, Garment, Question};
use sauda_sizes::buyer::{Buyer, Fit, Usual};
use sauda_sizes::chart::Charts;
use sauda_sizes::learned::{Body, Piece};
use sauda_sizes::outcomes::{Outcome, Outcomes};
use sauda_sizes::size::{Gender, System};
use std::hint::black_box;

const QUESTIONS: u32 = 1_000;
const ITEMS: u32 = 100;

fn buyer(number: u32) -> Buyer {
    let step = f64::from(number % 40);
    Buyer {
        body: Body {
            height_cm: Some(150.0 + step),
            weight_kg: Some(48.0 + step),
            age: Some(20.0 + step),
            body_type: Some(3),
            bust_num: Some(34.0),
            cup: Some(3.0),
        },
        gender: Some(Gender::Women),
        ..Buyer::default()
    }
}

fn outcomes() -> Outcomes {
    let mut outcomes = Outcomes::default();
    for number in 0..10_000 {
        let item = format!("{}", number % ITEMS);
        let buyer = buyer(number / 7);
        let fit = [Fit::Small, Fit::Fit, Fit::Fit, Fit::Large];
        for (system, size, item) in [
            (System::Dress, ["4", "8", "12", "16"], item.clone()),
            (System::Int, ["S", "M", "L", "XL"], format!("t{item}")),
        ] {
            outcomes
                .add(&Outcome {
                    user: None,
                    item: Some(&item),
                    brand: None,
                    category: Some("dress"),
                    piece: Piece::default(),
                    gender: Some(Gender::Women),
                    system: Some(system),
                    size: size.get(usize::try_from(number / 3 % 4).unwrap()).unwrap(),
                    fit: *fit.get(usize::try_from(number % 4).unwrap()).unwrap(),
                    buyer: &buyer,
                })
                .unwrap();
        }
    }
    outcomes.settle();
    outcomes
}

fn question(number: u32, garment: Garment) -> Question {
    Question {
        buyer: buyer(number),
        garment,
        ..Question::default()
    }
}

fn run(criterion: &mut Criterion) {
    let outcomes = outcomes();
    let charts =
        Charts::read("brand,size,chest\nA,S,84-88\nA,M,88-92\nA,L,92-96\nA,XL,96-100\n".as_bytes()).unwrap();
    let advisor = Advisor::new(&outcomes, &charts);
    let dress = |number: u32, size: Option<&str>| Garment {
        item: Some(format!("{}", number % ITEMS)),
        system: Some(System::Dress),
        size: size.map(str::to_owned),
        sizes: if size.is_some() {
            Vec::new()
        } else {
            ["1", "4", "8", "12", "16", "20"].map(str::to_owned).to_vec()
        },
        ..Garment::default()
    };
    let letters = |item: Option<String>, brand: Option<String>| Garment {
        item,
        brand,
        system: Some(System::Int),
        sizes: ["S", "M", "L", "XL"].map(str::to_owned).to_vec(),
        ..Garment::default()
    };
    let kinds: [(&str, Vec<Question>); 5] = [
        (
            "learned, one size asked",
            (0..QUESTIONS)
                .map(|number| question(number, dress(number, Some("8"))))
                .collect(),
        ),
        (
            "learned, six sizes",
            (0..QUESTIONS)
                .map(|number| question(number, dress(number, None)))
                .collect(),
        ),
        (
            "tables and outcomes, four sizes",
            (0..QUESTIONS)
                .map(|number| question(number, letters(Some(format!("t{}", number % ITEMS)), None)))
                .collect(),
        ),
        (
            "brand table, four sizes",
            (0..QUESTIONS)
                .map(|number| question(number, letters(None, Some("A".to_owned()))))
                .collect(),
        ),
        (
            "usual size",
            (0..QUESTIONS)
                .map(|number| {
                    let mut question = question(number, letters(None, None));
                    question.buyer.usual.push(Usual {
                        system: None,
                        size: "46".to_owned(),
                    });
                    question
                })
                .collect(),
        ),
    ];
    let mut group = criterion.benchmark_group("advise");
    group.throughput(Throughput::Elements(u64::from(QUESTIONS)));
    for (name, questions) in kinds {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for question in &questions {
                    black_box(advisor.advise(black_box(question)).unwrap());
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, run);
criterion_main!(benches);
