//! The rules and the ladder over every recorded storefront answer and the recorded cabinet offers; a recorded price list
//! as a source of limits. What was recorded is in `fixtures/kaspi` with its sources.

use sauda_kernel::{Tenge, Timestamp};
use sauda_market::OwnOffersFilter;
use sauda_market_kaspi::read::{self, Links};
use sauda_pricing::{
    decide::{Input, decide, explain},
    model::{Floors, Observation, OfferFacts, Outcome, Rule, RungKind, SellerUid, Strategy},
};
use std::path::PathBuf;

fn fixture(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/kaspi")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every recorded answer of the storefront's offers.
const CAPTURES: [&str; 2] = [
    "storefront_offer-view-offers_2026-09.json",
    "storefront_offers_legacy-2021.json",
];

#[test]
fn each_recorded_seller_could_use_the_bot_and_never_leaves_the_limits() {
    let at = Timestamp::parse("2026-09-18T18:00:00Z").unwrap();
    let mut decided = 0;
    for name in CAPTURES {
        let Ok(answer) = read::card_offers(&fixture(name)) else {
            // The shape of 2021 is no longer answered: it must be refused, not half understood.
            assert!(name.contains("legacy"), "{name}");
            continue;
        };
        let seen =
            Observation::from_market(at, &answer.offers, answer.offers.len().try_into().unwrap(), false);
        for offer in &answer.offers {
            let facts = OfferFacts::new(SellerUid::new(&offer.merchant_uid).unwrap(), Some(offer.price));
            for strategy in [
                Strategy::Standard {},
                Strategy::AlwaysFirst {},
                Strategy::Match {},
                Strategy::StayTopN { n: 2 },
            ] {
                let (min, max) = (
                    Tenge(offer.price.get() * 9 / 10),
                    Tenge(offer.price.get() * 11 / 10),
                );
                let rule = Rule {
                    strategy,
                    min: Some(min),
                    max: Some(max),
                    step: Tenge(1),
                    ..Rule::default()
                };
                let floors = Floors::default();
                let input = Input {
                    offer: &facts,
                    rule: &rule,
                    floors: &floors,
                    observation: Some(&seen),
                    sisters: &[],
                    moves: &[],
                    last_contact: Some(at),
                    curve: None,
                    parts: None,
                    now: at,
                };
                let decision = decide(&input);
                if let Outcome::Set(price) = decision.outcome {
                    assert!(
                        price >= min && price <= max,
                        "{name} {}: {price}",
                        offer.merchant_name
                    );
                    decided += 1;
                }
                let receipt = explain(&input, &decision);
                assert_eq!(receipt.ladder.len(), answer.offers.len());
                assert!(
                    receipt
                        .ladder
                        .windows(2)
                        .all(|pair| pair[0].price <= pair[1].price)
                );
                assert_eq!(
                    receipt
                        .ladder
                        .iter()
                        .filter(|rung| rung.kind == RungKind::Own)
                        .count(),
                    1
                );
            }
        }
    }
    assert!(decided > 0, "the recorded market leaves somebody room to move");
}

#[test]
fn the_cheapest_recorded_seller_is_undercut_by_one_tenge() {
    let answer = read::card_offers(&fixture(CAPTURES[0])).unwrap();
    let at = Timestamp::parse("2026-09-18T18:00:00Z").unwrap();
    let seen = Observation::from_market(at, &answer.offers, answer.total, false);
    let facts = OfferFacts::new(SellerUid::new("12942011").unwrap(), Some(Tenge(362_000)));
    let rule = Rule {
        strategy: Strategy::AlwaysFirst {},
        min: Some(Tenge(350_000)),
        max: Some(Tenge(380_000)),
        ..Rule::default()
    };
    let floors = Floors::default();
    let input = Input {
        offer: &facts,
        rule: &rule,
        floors: &floors,
        observation: Some(&seen),
        sisters: &[],
        moves: &[],
        last_contact: Some(at),
        curve: None,
        parts: None,
        now: at,
    };
    let decision = decide(&input);
    assert_eq!(decision.outcome, Outcome::Set(Tenge(361_787)), "{decision:?}");
    let receipt = explain(&input, &decision);
    assert_eq!(
        receipt.rival.map(|row| row.name.to_string()),
        Some("Tehno Trade".to_owned())
    );
}

#[test]
fn a_recorded_offer_that_is_off_sale_has_nothing_to_decide() {
    let page = read::own_offers(
        &fixture("mc_bff-offer-view-list_2025-05.json"),
        &Links::default(),
        "30000001",
        OwnOffersFilter::All,
    )
    .unwrap();
    assert_eq!(page.offers.len(), 1);
    let offer = &page.offers[0];
    assert!(!offer.on_sale);
    assert_eq!(
        (offer.sku.as_str(), offer.card.as_deref()),
        ("113744482_000573024", Some("113744482"))
    );
    assert_eq!(offer.errors, ["NO_AVAILABILITIES"]);
    let one = read::own_offer(
        &fixture("mc_bff-offer-view-details_2025-05.json"),
        &Links::default(),
        "30000001",
        "113744482_000573024",
        None,
    )
    .unwrap();
    assert_eq!((one.sku.as_str(), one.on_sale), ("113744482_000573024", false));
}

#[test]
fn a_recorded_price_list_is_a_source_of_the_catalogue() {
    let list = sauda_catalog::import::price_list::read(
        &fixture("price-list_cabinet-export_2026-09.xml"),
        &sauda_catalog::table::TableLimits::default(),
    )
    .unwrap();
    assert_eq!(list.offers.len(), 1);
    assert_eq!(
        (list.offers[0].sku.as_str(), list.offers[0].model.as_str()),
        ("130342357_673822557", "Example camera")
    );
}
