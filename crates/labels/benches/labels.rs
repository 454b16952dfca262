//! How long a thousand labels, their list and their waybills take. Refuses to judge: the figures are in docs/adr/0017.

use criterion::{Criterion, criterion_group, criterion_main};
use sauda_labels::{
    Faces, Good, ListPaper, Order, Paper, Words, Zpl, ZplText, label_pages, labels, pdf_file, pick_list,
    zpl_labels,
};
use std::{collections::BTreeSet, hint::black_box};

fn orders(count: u32) -> Vec<Order> {
    let models = [
        "Платье «Айгүл»",
        "Костюм спортивный Nomad с начёсом, чёрный",
        "Кеде Ұшқыр",
        "T-100",
    ];
    let sizes = ["M", "42-44", "2XL", "36,5"];
    (0..count)
        .zip(models.iter().cycle().zip(sizes.iter().cycle().skip(1)))
        .map(|(nth, (model, size))| Order {
            code: (880_000_001 + nth * 37).to_string(),
            city: Some("Өскемен".to_owned()),
            point: Some(format!("ул. Сәтбаев, {nth}, постамат № {nth}, вход со двора")),
            deadline: Some("21.11 18:00".to_owned()),
            waybill_expected: true,
            goods: vec![Good {
                shelf: Some(format!("A-{}", nth % 40)),
                brand: Some("Nomad".to_owned()),
                model: format!("{model} {}", nth % 90),
                size: Some((*size).to_owned()),
                bought: None,
                colour: Some("чёрный".to_owned()),
                sku: Some(format!("SKU-{nth:05}")),
                quantity: 1,
                parcel: None,
            }],
            ..Order::default()
        })
        .collect()
}

fn thousand(criterion: &mut Criterion) {
    let Ok(faces) = Faces::shipped() else { return };
    let words = Words::read(|key| format!("{key} {{n}} {{m}}"));
    let orders = orders(1000);
    let mut group = criterion.benchmark_group("thousand");
    group.sample_size(10);
    for paper in [
        Paper::Label75x120,
        Paper::Label58x40,
        Paper::A4(sauda_labels::PerSheet::Eight),
    ] {
        group.bench_function(format!("labels {}", paper.name()), |bencher| {
            bencher.iter(|| {
                let pages = label_pages(&faces, &words, &labels(&orders), paper, &mut Vec::new());
                black_box(pages.and_then(|pages| pdf_file(&faces, "Labels", &pages)))
            });
        });
    }
    group.bench_function("pick list", |bencher| {
        bencher.iter(|| {
            let pages = pick_list(
                &faces,
                &words,
                &orders,
                ListPaper::A4,
                &BTreeSet::new(),
                &mut Vec::new(),
            );
            black_box(pdf_file(&faces, "List", &pages))
        });
    });
    for text in [ZplText::Printer, ZplText::Drawn] {
        group.bench_function(format!("zpl {text:?}"), |bencher| {
            bencher.iter(|| {
                let zpl = Zpl {
                    text,
                    ..Zpl::default()
                };
                let pages = label_pages(
                    &faces,
                    &words,
                    &labels(&orders),
                    Paper::default(),
                    &mut Vec::new(),
                );
                black_box(pages.map(|pages| zpl_labels(&faces, &pages, zpl)))
            });
        });
    }
    group.finish();
}

criterion_group!(benches, thousand);
criterion_main!(benches);
