//! The storefront's calls against the pretend Kaspi.

use crate::world::{ALMATY, VIA, World};
use sauda_market::{CardQuestion, ListingQuestion, MarketError, Marketplace};
use std::collections::BTreeSet;

#[tokio::test]
async fn everybody_on_a_card_is_read_cheapest_first() {
    let world = World::open().await;
    let (_, card) = world.offer_on_sale();
    let question = CardQuestion {
        card,
        city_id: ALMATY.into(),
        page: 0,
        limit: 64,
    };
    let page = world.kaspi.card_offers(&VIA, &question).await.unwrap();
    assert!(!page.offers.is_empty() && page.refused.is_empty() && page.duplicates.is_empty());
    assert!(page.is_everybody() && !page.is_partial(&question));
    assert!(page.offers.is_sorted_by_key(|offer| offer.price));
    assert_eq!(
        page.offers
            .iter()
            .map(|offer| &offer.merchant_uid)
            .collect::<BTreeSet<_>>()
            .len(),
        page.offers.len()
    );
    let mut walked = Vec::new();
    for number in 0.. {
        let small = CardQuestion {
            page: number,
            limit: 2,
            ..question.clone()
        };
        let part = world.kaspi.card_offers(&VIA, &small).await.unwrap();
        assert!(!part.is_partial(&small));
        if part.offers.is_empty() {
            break;
        }
        walked.extend(part.offers);
    }
    assert_eq!(walked, page.offers);
    let nobody = world
        .kaspi
        .card_offers(
            &VIA,
            &CardQuestion {
                card: "999999999".into(),
                ..question
            },
        )
        .await
        .unwrap();
    assert!(nobody.is_everybody() && nobody.offers.is_empty());
}

#[tokio::test]
async fn a_listing_leads_to_cards() {
    let world = World::open().await;
    let (_, card) = world.offer_on_sale();
    let facts = world.kaspi.card_facts(&VIA, &card, ALMATY).await.unwrap();
    assert_eq!(facts.card, card);
    assert!(!facts.title.is_empty() && !facts.category_path.is_empty() && !facts.image_urls.is_empty());
    let question = ListingQuestion {
        category: facts.category_codes.first().cloned(),
        text: None,
        city_id: ALMATY.into(),
        page: 0,
        sort: None,
    };
    let page = world.kaspi.listing(&VIA, &question).await.unwrap();
    assert!(!page.cards.is_empty() && page.refused.is_empty(), "{page:?}");
    let counted = world.kaspi.counted_listing(&VIA, &question).await.unwrap();
    let ids = |page: &sauda_market::ListingPage| {
        page.cards
            .iter()
            .map(|card| card.card.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&counted), ids(&page));
    assert!(
        counted
            .total
            .is_some_and(|total| total >= i64::try_from(page.cards.len()).unwrap())
    );
    let word = facts.title.split(' ').next().unwrap().to_owned();
    let found = world
        .kaspi
        .listing(
            &VIA,
            &ListingQuestion {
                category: None,
                text: Some(word),
                ..question
            },
        )
        .await
        .unwrap();
    assert!(!found.cards.is_empty());
}

#[tokio::test]
async fn reviews_are_paged() {
    let world = World::open().await;
    world.set(serde_json::json!({"read_limit": false}));
    let mut read = 0;
    for card in world.sim.sim().cards().into_iter().take(20) {
        let page = world.kaspi.reviews(&VIA, &card.to_string(), 0, 9).await.unwrap();
        assert!(page.refused.is_empty() && page.reviews.len() <= 9);
        read += page.reviews.len();
    }
    assert!(read > 0);
}

#[tokio::test]
async fn an_unknown_card_has_no_page() {
    let world = World::open().await;
    let error = world
        .kaspi
        .card_facts(&VIA, "999999999", ALMATY)
        .await
        .unwrap_err();
    assert_eq!(error, MarketError::NotFound("card 999999999".to_owned()));
}
