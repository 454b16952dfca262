//! temp
use std::time::Instant;
fn answer() -> Vec<u8> {
    let text = include_str!("../../../fixtures/kaspi/storefront_offer-view-offers_2026-09.json");
    let recorded: serde_json::Value = serde_json::from_str(text).unwrap();
    let rows = recorded["offers"].as_array().cloned().unwrap();
    let mut offers = vec![];
    for (place, row) in rows.iter().cycle().take(50).enumerate() {
        let mut row = row.clone();
        row["merchantId"] = serde_json::json!(format!("{}", 10_000_000 + place));
        offers.push(row);
    }
    serde_json::json!({"offers": offers, "total": 50, "offersCount": 50}).to_string().into_bytes()
}
fn best(name: &str, mut f: impl FnMut()) {
    let mut b = u128::MAX;
    for _ in 0..200 {
        let s = Instant::now();
        for _ in 0..20 { f(); }
        b = b.min(s.elapsed().as_nanos() / 20);
    }
    println!("{name}: {} ns", b);
}
fn main() {
    let b = answer();
    println!("{} bytes", b.len());
    best("full", || { std::hint::black_box(sauda_market_kaspi::read::card_offers(std::hint::black_box(&b)).is_ok()); });
}
