//! The board: views, search, order, paging, bulk changes and their undo.

use crate::world::*;
use sauda_kernel::{BasisPoints, Tenge};
use sauda_pricing::{
    board::{BoardFilter, BoardSort, BoardView},
    model::Settings,
    service::{BulkAct, Formula, OfferPatch, RuleState, Selection},
};
use sauda_testkit::engines;

#[tokio::test]
async fn every_order_pages_through_all_rows_once() {
    for test in engines().await {
        let world = hundred(test).await;
        for sort in BoardSort::ALL {
            let mut seen = Vec::new();
            let mut after = None;
            loop {
                let wanted = BoardFilter {
                    sort,
                    after,
                    limit: 7,
                    ..filter(BoardView::All)
                };
                let page = world
                    .pricing
                    .board(&world.scope, &world.shop, &wanted)
                    .await
                    .unwrap();
                assert_eq!(page.found, 100);
                seen.extend(page.rows.iter().map(|row| row.offer.clone()));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(seen.len(), 100, "{sort:?}");
            seen.sort();
            seen.dedup();
            assert_eq!(seen.len(), 100, "{sort:?}");
        }
    }
}

#[tokio::test]
async fn search_finds_words_in_any_case_and_takes_signs_literally() {
    for test in engines().await {
        let world = hundred(test).await;
        let find = |text: &str| BoardFilter {
            search: Some(text.to_owned()),
            ..filter(BoardView::All)
        };
        let count = async |text: &str| {
            world
                .pricing
                .board(&world.scope, &world.shop, &find(text))
                .await
                .unwrap()
                .found
        };
        assert_eq!(count("ПУХОВИК s0042").await, 1);
        assert_eq!(count("30000042").await, 1);
        assert_eq!(count("%").await, 0);
        assert_eq!(count("самовар").await, 0);
    }
}

#[tokio::test]
async fn a_word_that_every_offer_has_finds_them_in_the_same_order_as_no_word() {
    for test in engines().await {
        let world = hundred(test).await;
        // Ten times as many again; reading them from a cabinet would take its time.
        for letter in "123456789a".chars() {
            sauda_store::sql!(
                "INSERT INTO places (offer_id, city_id, merchant_id, shop_id, watch_id, fold, price, state, reason, strategy) \
                 SELECT SUBSTR(offer_id, 1, 4) || $1 || SUBSTR(offer_id, 6), city_id, merchant_id, shop_id, watch_id, fold, price, state, reason, \
                 strategy FROM places WHERE SUBSTR(offer_id, 5, 1) = '0'"
            )
            .bind(letter.to_string())
            .run(&world.ground.db)
            .await
            .unwrap();
        }
        for sort in [BoardSort::PriceDown, BoardSort::NameUp, BoardSort::ProfitUp] {
            let mut after = None;
            for _ in 0..3 {
                let page = async |search: Option<&str>| {
                    let wanted = BoardFilter {
                        sort,
                        search: search.map(str::to_owned),
                        after: after.clone(),
                        ..filter(BoardView::All)
                    };
                    world
                        .pricing
                        .board(&world.scope, &world.shop, &wanted)
                        .await
                        .unwrap()
                };
                let (plain, found) = (page(None).await, page(Some("пуховик")).await);
                assert_eq!(plain.found, 1_100);
                assert_eq!((&plain.rows, plain.found), (&found.rows, found.found), "{sort:?}");
                assert_eq!(page(Some("пуховик s007")).await.found, 110);
                after = plain.next;
            }
        }
    }
}

#[tokio::test]
async fn the_later_of_two_people_is_told_who_was_first() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        let offer = world.offer("A").await;
        let patch = |min| OfferPatch {
            min: Some(Some(Tenge(min))),
            ..OfferPatch::default()
        };
        world
            .pricing
            .change_offer(&world.scope, &offer, &patch(30_000), 0)
            .await
            .unwrap();
        let refused = world
            .pricing
            .change_offer(&world.scope, &offer, &patch(31_000), 0)
            .await
            .unwrap_err();
        assert!(matches!(
            refused,
            sauda_pricing::PricingError::ChangedMeanwhile { .. }
        ));
        assert_eq!(
            world.pricing.offer_rule(&world.scope, &offer).await.unwrap().min,
            Some(Tenge(30_000))
        );
    }
}

#[tokio::test]
async fn what_people_set_is_on_the_board_before_the_card_is_read_again() {
    for test in engines().await {
        let world = hundred(test).await;
        let offer = world.offer("S0007").await;
        let row = async || {
            let page = world
                .pricing
                .board(&world.scope, &world.shop, &filter(BoardView::All))
                .await
                .unwrap();
            page.rows.into_iter().find(|row| row.offer == offer).unwrap()
        };
        assert_eq!((row().await.min, row().await.profit), (None, None));
        let patch = OfferPatch {
            min: Some(Some(Tenge(9_000))),
            max: Some(Some(Tenge(12_000))),
            cost: Some(Some(sauda_kernel::Money::from_tiyn(400_000))),
            ..OfferPatch::default()
        };
        world
            .pricing
            .change_offer(&world.scope, &offer, &patch, 0)
            .await
            .unwrap();
        let set = row().await;
        assert_eq!((set.min, set.max), (Some(Tenge(9_000)), Some(Tenge(12_000))));
        assert!(set.profit.is_some() && set.floor >= Some(Tenge(9_000)), "{set:?}");

        let all = Selection::Filter(Box::new(filter(BoardView::All)));
        let act = BulkAct::Min(Formula::OfPrice(BasisPoints(9_500)));
        let bulk = world
            .pricing
            .bulk_apply(&world.scope, &world.shop, &all, &act)
            .await
            .unwrap();
        assert_eq!(row().await.min, Some(Tenge(10_165)), "95 % of 10 700");
        world.pricing.bulk_undo(&world.scope, &bulk.id).await.unwrap();
        assert_eq!(row().await.min, Some(Tenge(9_000)));

        let settings = Settings {
            step: Some(Tenge(7)),
            ..Settings::default()
        };
        let rule = world
            .pricing
            .create_rule(&world.scope, "Хиты", settings, RuleState::On)
            .await
            .unwrap();
        let act = BulkAct::Rule(Some(rule.id.clone()));
        let one = Selection::Offers(vec![offer.clone()]);
        world
            .pricing
            .bulk_apply(&world.scope, &world.shop, &one, &act)
            .await
            .unwrap();
        let of_rule = BoardFilter {
            rule: Some(rule.id),
            ..filter(BoardView::All)
        };
        let found = world
            .pricing
            .board(&world.scope, &world.shop, &of_rule)
            .await
            .unwrap();
        assert_eq!(found.found, 1, "the filter by rule finds its offers");
    }
}

#[tokio::test]
async fn searches_see_new_names_whether_texts_are_in_memory_or_not() {
    for test in engines().await {
        let world = hundred(test).await;
        let found = async |search: &str| {
            let wanted = BoardFilter {
                search: Some(search.to_owned()),
                ..filter(BoardView::All)
            };
            let page = world
                .pricing
                .board(&world.scope, &world.shop, &wanted)
                .await
                .unwrap();
            page.found
        };
        // The first search asks the database and has the texts read; some of the later ones find them in memory.
        for _ in 0..30 {
            assert_eq!((found("пуховик").await, found("s007").await), (100, 10));
        }
        let offers = world.market.shelf().own.clone();
        for offer in offers.into_values().filter(|offer| offer.sku.as_str() < "S0010") {
            let renamed = sauda_market::OwnOffer {
                title: "Шапка".to_owned(),
                ..offer
            };
            world.market.shelf().own.insert(renamed.sku.clone(), renamed);
        }
        world.market.shelf().own.remove("S0099");
        world
            .catalog
            .request_sync(&world.scope, &world.shop)
            .await
            .unwrap();
        world.clock.push(sauda_kernel::Span::from_mins(1));
        world.idle().await;
        for _ in 0..30 {
            assert_eq!((found("пуховик").await, found("шапка").await), (89, 10));
        }
    }
}
