//! How long it takes to read an answer of 50 offers.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sauda_market_kaspi::read;
use serde_json::{Value, json};
use std::hint::black_box;

/// Fifty offers made of the four recorded ones, each under a merchant of its own, packed as a server sends them.
fn answer() -> Vec<u8> {
    let text = include_str!("../../../fixtures/kaspi/storefront_offer-view-offers_2026-09.json");
    let recorded: Value = serde_json::from_str(text).unwrap_or_default();
    let rows = recorded
        .get("offers")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let mut offers = Vec::new();
    for (place, row) in rows.iter().cycle().take(50).enumerate() {
        let mut row = row.clone();
        if let Some(uid) = row.get_mut("merchantId") {
            *uid = json!(format!("{}", 10_000_000 + place));
        }
        offers.push(row);
    }
    json!({"offers": offers, "total": 50, "offersCount": 50, "pcmResponsePresent": false})
        .to_string()
        .into_bytes()
}

fn fifty_offers(bench: &mut Criterion) {
    let bytes = answer();
    let mut group = bench.benchmark_group("read");
    group.throughput(Throughput::Bytes(u64::try_from(bytes.len()).unwrap_or(0)));
    group.bench_function("50 offers of a card", |timer| {
        timer.iter(|| read::card_offers(black_box(&bytes)))
    });
    group.finish();
}

criterion_group!(benches, fifty_offers);
criterion_main!(benches);
