//! Walking the board back, files of limits on their way, sellers on our cards: on both engines.

use crate::world::*;
use sauda_catalog::import::limits::{CheckOptions, Field};
use sauda_kernel::{Money, Span, Tenge};
use sauda_pricing::{
    GuestView, PricingError,
    board::{BoardFilter, BoardSort},
    service::{BulkAct, Formula, OfferPatch, Selection},
};
use sauda_testkit::engines;

async fn nine(test: sauda_testkit::TestDb) -> World {
    let offers = (0..9)
        .map(|number| {
            own_offer(
                &format!("S{number}"),
                &format!("30000000{number}"),
                10_000 + number % 4 * 100,
            )
        })
        .collect();
    let world = World::new(test, offers, &[]).await;
    // Some rows have a profit and some have none: those come last whichever way.
    for sku in ["S1", "S4", "S6", "S7"] {
        let offer = world.offer(sku).await;
        let patch = OfferPatch {
            cost: Some(Some(Money::from_tiyn(400_000))),
            ..OfferPatch::default()
        };
        world
            .pricing
            .change_offer(&world.scope, &offer, &patch, 0)
            .await
            .unwrap();
    }
    world.check().await;
    world
}

#[tokio::test]
async fn every_order_is_walked_back_to_its_first_page() {
    for test in engines().await {
        let world = nine(test).await;
        for sort in BoardSort::ALL {
            let ask = |after, before| BoardFilter {
                city_id: CITY.to_owned(),
                sort,
                after,
                before,
                limit: 2,
                ..BoardFilter::default()
            };
            let mut forward = Vec::new();
            let mut page = world
                .pricing
                .board(&world.scope, &world.shop, &ask(None, None))
                .await
                .unwrap();
            assert_eq!(page.back, None, "{sort:?}");
            loop {
                forward.push(page.rows.iter().map(|row| row.offer.clone()).collect::<Vec<_>>());
                let Some(next) = page.next.clone() else { break };
                page = world
                    .pricing
                    .board(&world.scope, &world.shop, &ask(Some(next), None))
                    .await
                    .unwrap();
            }
            assert_eq!(forward.len(), 5, "{sort:?}");
            for wanted in forward.iter().rev().skip(1) {
                page = world
                    .pricing
                    .board(&world.scope, &world.shop, &ask(None, page.back))
                    .await
                    .unwrap();
                assert_eq!(
                    page.rows.iter().map(|row| row.offer.clone()).collect::<Vec<_>>(),
                    *wanted,
                    "{sort:?}"
                );
                assert!(page.next.is_some(), "{sort:?}");
            }
            assert_eq!(page.back, None, "{sort:?}");
        }
    }
}

#[tokio::test]
async fn sellers_on_cards_are_counted_and_looked_past() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("P-1", CARD, 38_740)], &[38_000]).await;
        let offer = world.offer("P-1").await;
        world.check().await;
        let counts = async || {
            world
                .pricing
                .guests(&world.scope, &world.shop, CITY, GuestView::New, 0, 10)
                .await
                .unwrap()
                .1
        };
        assert_eq!(
            (counts().await.new, counts().await.now, counts().await.left),
            (0, 1, 0)
        );
        world.clock.push(Span::from_mins(30));
        world.market.rival(CARD, "9100001", 37_000);
        world.check().await;
        let (guests, found) = world
            .pricing
            .guests(&world.scope, &world.shop, CITY, GuestView::Now, 0, 10)
            .await
            .unwrap();
        assert_eq!((found.new, found.now), (1, 2));
        assert_eq!(
            guests
                .iter()
                .map(|guest| (guest.seller.merchant_uid.as_str(), guest.is_new, guest.was_before))
                .collect::<Vec<_>>(),
            [("9100001", true, false), ("9000000", false, true)]
        );
        world
            .pricing
            .ignore_seller(&world.scope, &offer, "9100001", true)
            .await
            .unwrap();
        assert_eq!(counts().await.new, 0, "who looked past a seller has seen it");
        assert_eq!(
            world
                .pricing
                .ignored_guests(&world.scope, &world.shop, &guests)
                .await
                .unwrap(),
            [true, false]
        );
        world
            .pricing
            .seen_seller(&world.scope, &offer, "9100001")
            .await
            .unwrap();
        let rule = world
            .pricing
            .ignore_seller(&world.scope, &offer, "9100001", false)
            .await
            .unwrap();
        assert_eq!(rule.settings.ignore, None);
    }
}

#[tokio::test]
async fn sellers_who_leave_and_come_back_are_known() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("P-1", CARD, 38_740)], &[38_000, 39_000]).await;
        let look = async || {
            world.clock.push(Span::from_mins(30));
            world.check().await;
            let guests = world
                .pricing
                .guests(&world.scope, &world.shop, CITY, GuestView::Now, 0, 10)
                .await
                .unwrap();
            let mut prices: Vec<(String, i64)> = guests
                .0
                .iter()
                .map(|guest| (guest.seller.merchant_uid.clone(), guest.seller.last_price.get()))
                .collect();
            prices.sort();
            (prices, guests.1.left)
        };
        let two = [("9000000".to_owned(), 38_000), ("9000001".to_owned(), 39_000)];
        assert_eq!(look().await, (two.to_vec(), 0));
        world.market.rival(CARD, "9000001", 37_500);
        assert_eq!(
            look().await,
            (vec![two[0].clone(), ("9000001".to_owned(), 37_500)], 0)
        );
        world.market.leaves(CARD, "9000001");
        assert_eq!(look().await, (vec![two[0].clone()], 1));
        assert_eq!(
            look().await,
            (vec![two[0].clone()], 1),
            "nothing new changes nothing"
        );
        world.market.rival(CARD, "9000001", 40_000);
        assert_eq!(
            look().await,
            (vec![two[0].clone(), ("9000001".to_owned(), 40_000)], 0)
        );
    }
}

#[tokio::test]
async fn a_file_is_kept_mapped_applied_once_and_let_go() {
    for test in engines().await {
        let world = World::new(
            test,
            vec![own_offer("P-1", CARD, 38_740), own_offer("P-2", "777", 9_000)],
            &[],
        )
        .await;
        let send = async |text: &str| {
            let mut intake = world.pricing.begin_upload(None).unwrap();
            intake.push(text.as_bytes()).unwrap();
            world
                .pricing
                .keep_upload(&world.scope, &world.shop, "limits.csv", intake)
                .await
                .unwrap()
        };
        let upload = send("Код;Нижняя;Верхняя\nP-1;30000;45000\nP-2;x;1\n").await;
        assert_eq!(upload.mapping, "", "nothing but the code is guessed");
        let open = world.pricing.open_upload(&world.scope, &upload.id).await.unwrap();
        assert_eq!(open.guesses.len(), 3);
        let chosen = [(Field::Sku, 0), (Field::Min, 1), (Field::Max, 2)];
        world
            .pricing
            .choose_columns(&world.scope, &upload.id, &chosen)
            .await
            .unwrap();
        let bulk = world
            .pricing
            .apply_upload(&world.scope, &upload.id, CheckOptions::default())
            .await
            .unwrap();
        assert_eq!(bulk.changed, 1);
        let again = world
            .pricing
            .apply_upload(&world.scope, &upload.id, CheckOptions::default())
            .await;
        assert!(matches!(again, Err(PricingError::AppliedAlready)), "{again:?}");
        let applied = world
            .pricing
            .applied_uploads(&world.scope, &world.shop, 5)
            .await
            .unwrap();
        assert_eq!(
            applied
                .iter()
                .map(|(upload, bulk)| (upload.skipped, bulk.changed))
                .collect::<Vec<_>>(),
            [(1, 1)]
        );
        assert_eq!(
            send("Код;Нижняя;Верхняя\nP-1;31000;45000\n").await.mapping,
            "sku=0,min=1,max=2",
            "remembered for the shape"
        );
        world.clock.push(Span::from_hours(25));
        send("Код;Минимум\nP-1;31000\n").await;
        let gone = world.pricing.open_upload(&world.scope, &upload.id).await;
        assert!(matches!(gone, Err(PricingError::FileGone)));
    }
}

#[tokio::test]
async fn undoing_a_bulk_change_keeps_the_pin() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("P-1", CARD, 38_740)], &[]).await;
        let offer = world.offer("P-1").await;
        let pin = OfferPatch {
            min: Some(Some(Tenge(30_000))),
            pin: Some(Some((Tenge(38_740), None))),
            ..OfferPatch::default()
        };
        world
            .pricing
            .change_offer(&world.scope, &offer, &pin, 0)
            .await
            .unwrap();
        let all = Selection::Offers(vec![offer.clone()]);
        let bulk = world
            .pricing
            .bulk_apply(&world.scope, &world.shop, &all, &BulkAct::Min(Formula::Plus(500)))
            .await
            .unwrap();
        assert_eq!(
            world.pricing.offer_rule(&world.scope, &offer).await.unwrap().min,
            Some(Tenge(30_500))
        );
        assert_eq!(
            world
                .pricing
                .bulk_undo(&world.scope, &bulk.id)
                .await
                .unwrap()
                .put_back,
            1
        );
        let back = world.pricing.offer_rule(&world.scope, &offer).await.unwrap();
        assert_eq!(
            (back.min, back.pinned_price),
            (Some(Tenge(30_000)), Some(Tenge(38_740)))
        );
        let bulk = world
            .pricing
            .bulk_apply(&world.scope, &world.shop, &all, &BulkAct::Paused(true))
            .await
            .unwrap();
        assert_eq!(bulk.changed, 1);
        assert_eq!(
            world
                .pricing
                .offer_rule(&world.scope, &offer)
                .await
                .unwrap()
                .settings
                .paused,
            Some(true)
        );
    }
}
