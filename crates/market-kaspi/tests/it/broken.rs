//! Recorded documents, broken at random: no panic, and nothing that was full ever reads as a believed emptiness.

use crate::fixture;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sauda_market::{CardQuestion, OwnOffersFilter};
use sauda_market_kaspi::read::{self, Links};
use serde_json::{Value, json};

const ROUNDS: usize = 250;

/// One change somewhere in the document: a member dropped, nulled, of another type, doubled or emptied.
fn mutate(value: &mut Value, luck: &mut ChaCha8Rng) {
    let is_inside = luck.random_bool(0.8);
    match value {
        Value::Object(members) if is_inside && !members.is_empty() => {
            let place = luck.random_range(0..members.len());
            let key = members.keys().nth(place).unwrap().clone();
            if luck.random_bool(0.3) {
                members.remove(&key);
            } else {
                mutate(members.get_mut(&key).unwrap(), luck);
            }
        }
        Value::Array(rows) if is_inside && !rows.is_empty() => {
            let place = luck.random_range(0..rows.len());
            match luck.random_range(0..4) {
                0 => {
                    let row = rows[place].clone();
                    rows.push(row);
                }
                _ => mutate(&mut rows[place], luck),
            }
        }
        other => {
            *other = match luck.random_range(0..10) {
                0 => Value::Null,
                1 => json!(-1),
                2 => json!(0),
                3 => json!(10.5),
                4 => json!(1e300),
                5 => json!(u64::MAX),
                6 => json!("текст"),
                7 => json!({}),
                8 => json!([null]),
                _ => json!(true),
            };
        }
    }
}

/// Each broken copy of a document, whole and cut short at a random byte.
fn each(name: &str, mut check: impl FnMut(&[u8], &Value)) {
    let whole = fixture::json(name);
    let mut luck = ChaCha8Rng::seed_from_u64(7);
    for _ in 0..ROUNDS {
        let mut broken = whole.clone();
        for _ in 0..luck.random_range(1..4) {
            mutate(&mut broken, &mut luck);
        }
        let bytes = serde_json::to_vec(&broken).unwrap();
        check(&bytes, &broken);
        let cut = luck.random_range(0..bytes.len());
        check(&bytes[..cut], &Value::Null);
        let mut scrambled = bytes.clone();
        let place = luck.random_range(0..bytes.len());
        scrambled[place] = luck.random();
        check(&scrambled, &broken);
    }
}

#[test]
fn offers_of_a_card_are_never_believed_empty() {
    let question = CardQuestion {
        card: "102298404".into(),
        city_id: "750000000".into(),
        page: 0,
        limit: 64,
    };
    let mut understood = 0;
    each("storefront_offer-view-offers_2026-09.json", |bytes, _| {
        if let Ok(page) = read::card_offers(bytes) {
            understood += 1;
            assert!(page.rows() >= 1, "{}", String::from_utf8_lossy(bytes));
            assert!(
                page.offers
                    .iter()
                    .all(|offer| offer.price.get() > 0 && !offer.merchant_uid.is_empty())
            );
            if page.offers.len() < 4 {
                assert!(page.is_partial(&question) || !page.duplicates.is_empty());
            }
        }
    });
    assert!(understood > ROUNDS / 2, "the reader is lenient: {understood}");
}

#[test]
fn own_offers_are_never_believed_empty() {
    let mut understood = 0;
    each("mc_bff-offer-view-list_2025-05.json", |bytes, _| {
        if let Ok(page) = read::own_offers(bytes, &Links::default(), "30000001", OwnOffersFilter::All) {
            understood += 1;
            assert!(
                page.offers.len() + page.refused.len() >= 1,
                "{}",
                String::from_utf8_lossy(bytes)
            );
        }
    });
    assert!(understood > ROUNDS / 3, "the reader is lenient: {understood}");
}

#[test]
fn other_documents_do_not_panic_and_keep_their_rows() {
    let links = Links::default();
    each("mc_bff-offer-view-details_2025-05.json", |bytes, _| {
        if let Ok(offer) = read::own_offer(bytes, &links, "30000001", "113744482_000573024", None) {
            assert_eq!(offer.sku, "113744482_000573024");
        }
    });
    each(
        "storefront_product-view-pl-results_search_2025.json",
        |bytes, _| {
            if let Ok(page) = read::listing(bytes, &links) {
                // An object in place of the list is the other service's form: then its own list must be there.
                assert!(
                    page.cards.len() + page.refused.len() >= 1,
                    "{}",
                    String::from_utf8_lossy(bytes)
                );
            }
        },
    );
    each("storefront_review-view-product_2025.json", |bytes, _| {
        if let Ok(page) = read::reviews(bytes, "COMMENT") {
            assert!(page.reviews.len() + page.refused.len() >= 1);
        }
    });
    each("mc_pricefeed-process.response.json", |bytes, _| {
        if let Ok(job) = read::accepted_job(bytes) {
            assert!(!job.job_id.is_empty());
        }
    });
    each("mc_graphql_getOrders_empty.response.json", |bytes, _| {
        if let Ok((_, are_points_known)) = read::shop_profile(bytes, "30067228") {
            assert!(!are_points_known);
        }
    });
}

#[test]
fn broken_pages_and_price_lists_do_not_panic() {
    let mut luck = ChaCha8Rng::seed_from_u64(9);
    let page = fixture::bytes("storefront_product-page_2026-05.trimmed.html");
    let list = fixture::bytes("price-list_merchant-feed_2025-12.xml");
    for _ in 0..60 {
        let mut broken = page.clone();
        for _ in 0..luck.random_range(1..40) {
            let place = luck.random_range(0..broken.len());
            broken[place] = luck.random();
        }
        broken.truncate(luck.random_range(0..page.len()));
        if let Ok(facts) = read::card_facts(&broken, &Links::default()) {
            assert!(!facts.card.is_empty() && !facts.title.is_empty());
        }
        let _ = read::page_cities(&broken);
        let mut broken = list.clone();
        let place = luck.random_range(0..broken.len());
        broken[place] = luck.random();
        if let Ok(list) = read::price_list(&broken) {
            assert!(list.offers.len() + list.refused.len() >= 1);
        }
        let cut = luck.random_range(0..list.len());
        // The closing tag is the last word of the file, so a shorter file is never a price list.
        if cut + 20 < list.len() {
            assert!(read::price_list(&list[..cut]).is_err());
        }
    }
}

#[test]
fn orders_are_never_believed_empty_and_lines_never_fewer() {
    each(
        "v2-orders_by-code_2025-12_kaspi-delivery_include-entries.json",
        |bytes, broken| {
            let Ok(page) = read::orders(bytes) else {
                return;
            };
            let rows = broken["data"].as_array().map_or(0, Vec::len);
            assert_eq!(
                page.orders.len() + page.refused.len(),
                rows,
                "every row is read or told"
            );
            for order in &page.orders {
                assert_ne!(
                    order.entries.as_deref(),
                    Some(&[][..]),
                    "missing lines are unknown, not none"
                );
            }
        },
    );
    each("v2-orders-id-entries.json", |bytes, broken| {
        if let Ok(entries) = read::entries(bytes) {
            assert_eq!(Some(entries.len()), broken["data"].as_array().map(Vec::len));
        }
    });
}
