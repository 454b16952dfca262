//! Changes of many offers: previewed, made at once or by a job that may be cut off anywhere, put back.

use crate::world::*;
use sauda_kernel::{BasisPoints, Span, Tenge};
use sauda_pricing::{
    Bulk, BulkState,
    board::BoardView,
    service::{BulkAct, Formula, OfferPatch, Selection},
};
use sauda_testkit::{engines, until};
use std::time::Duration;

/// More than two parts.
const MANY: i64 = 1_200;

fn min_of_price(share: i32) -> BulkAct {
    BulkAct::Min(Formula::OfPrice(BasisPoints(share)))
}

fn everything() -> Selection {
    Selection::Filter(Box::new(filter(BoardView::All)))
}

/// A shop with [`MANY`] offers: a hundred that were read, and copies of them such as `S7042`; reading all would take its time.
async fn many(test: sauda_testkit::TestDb) -> World {
    let world = Box::pin(hundred(test)).await;
    let (db, shelf) = (&world.ground.db, "123456789ab");
    for letter in shelf.chars().map(String::from) {
        sauda_store::sql!(
            "INSERT INTO offers (id, merchant_id, shop_id, sku, title, fold, on_sale, price, stock, errors, availabilities, created_at, seen_at) \
             SELECT SUBSTR(id, 1, 4) || $1 || SUBSTR(id, 6), merchant_id, shop_id, SUBSTR(sku, 1, 1) || $1 || SUBSTR(sku, 3), title, fold, \
             on_sale, price, stock, errors, availabilities, created_at, seen_at FROM offers WHERE SUBSTR(id, 5, 1) = '0'"
        )
        .bind(letter.clone())
        .run(db)
        .await
        .unwrap();
        sauda_store::sql!(
            "INSERT INTO places (offer_id, city_id, merchant_id, shop_id, watch_id, fold, price, state, reason, strategy) \
             SELECT SUBSTR(offer_id, 1, 4) || $1 || SUBSTR(offer_id, 6), city_id, merchant_id, shop_id, watch_id, fold, price, state, reason, \
             strategy FROM places WHERE SUBSTR(offer_id, 5, 1) = '0'"
        )
        .bind(letter)
        .run(db)
        .await
        .unwrap();
    }
    world
}

/// Works until the change is through, taking over what a dead worker left, and then does all that is due.
async fn through(world: &World, bulk: &Bulk) -> Bulk {
    let stop = tokio_util::sync::CancellationToken::new();
    let watch = async {
        let ended = async || {
            world.clock.push(Span::from_millis(200));
            !state(world, bulk).await.state().is_going()
        };
        until(ended, Duration::from_secs(20)).await;
        stop.cancel();
    };
    tokio::join!(watch, world.work(stop.clone()));
    world.idle().await;
    state(world, bulk).await
}

async fn state(world: &World, bulk: &Bulk) -> Bulk {
    world.pricing.bulk(&world.scope, &bulk.id).await.unwrap()
}

/// Works until the change has moved, then stops as a killed process does: in the middle of whatever it does.
async fn cut_off(world: &World, bulk: &Bulk) {
    let begun = state(world, bulk).await.progress().0;
    let moved = until(
        async || state(world, bulk).await.progress().0 > begun,
        Duration::from_secs(20),
    );
    tokio::select! {
        () = world.idle() => panic!("the change was through at once"),
        () = moved => {}
    }
}

#[tokio::test]
async fn a_large_change_goes_on_after_a_crash_and_does_nothing_twice() {
    for test in engines().await {
        let world = many(test).await;
        let refused_one = world.offer("S0005").await;
        let patch = OfferPatch {
            max: Some(Some(Tenge(5_000))),
            ..OfferPatch::default()
        };
        world
            .pricing
            .change_offer(&world.scope, &refused_one, &patch, 0)
            .await
            .unwrap();
        let bulk = world
            .pricing
            .bulk_apply(&world.scope, &world.shop, &everything(), &min_of_price(9_000))
            .await
            .unwrap();
        assert_eq!((bulk.state(), bulk.progress()), (BulkState::Going, (0, MANY)));
        let early = world.pricing.bulk_undo(&world.scope, &bulk.id).await;
        assert!(early.is_err(), "what is not through cannot be put back");

        cut_off(&world, &bulk).await;
        let world = world.restarted().await;
        let bulk = through(&world, &bulk).await;
        assert_eq!(bulk.state(), BulkState::Done);
        assert_eq!(
            (bulk.total, bulk.changed, bulk.unchanged, bulk.refused),
            (MANY, MANY - 1, 0, 1)
        );
        let refusals = world.pricing.bulk_refusals(&world.scope, &bulk.id).await.unwrap();
        assert_eq!(refusals.len(), 1);
        assert_eq!(refusals[0].sku, "S0005");
        for (sku, min) in [("S0000", 9_000), ("S6042", 12_780), ("Sb099", 17_910)] {
            let offer = world.offer(sku).await;
            let rule = world.pricing.offer_rule(&world.scope, &offer).await.unwrap();
            assert_eq!((rule.min, rule.version), (Some(Tenge(min)), 1), "{sku}");
        }
        // The board was restated by the job that the last part asked for.
        let page = world
            .pricing
            .board(&world.scope, &world.shop, &filter(BoardView::All))
            .await
            .unwrap();
        assert!(
            page.rows
                .iter()
                .all(|row| row.min.is_some() || row.offer == refused_one)
        );

        // Somebody changes one offer after it: that one is not put back.
        let kept = world.offer("S7000").await;
        let patch = OfferPatch {
            min: Some(Some(Tenge(9_999))),
            ..OfferPatch::default()
        };
        world
            .pricing
            .change_offer(&world.scope, &kept, &patch, 1)
            .await
            .unwrap();
        let undone = world.pricing.bulk_undo(&world.scope, &bulk.id).await.unwrap();
        assert_eq!(undone.state(), BulkState::Undoing);
        cut_off(&world, &bulk).await;
        let world = world.restarted().await;
        let bulk = through(&world, &bulk).await;
        assert_eq!((bulk.state(), bulk.put_back), (BulkState::Undone, MANY - 2));
        let back = world.offer("S6042").await;
        let rule = world.pricing.offer_rule(&world.scope, &back).await.unwrap();
        assert_eq!((rule.min, rule.version), (None, 2));
        let rule = world.pricing.offer_rule(&world.scope, &kept).await.unwrap();
        assert_eq!(rule.min, Some(Tenge(9_999)));
        assert!(world.pricing.bulk_undo(&world.scope, &bulk.id).await.is_err());
    }
}

#[tokio::test]
async fn two_workers_share_a_large_change() {
    for test in engines().await {
        let world = many(test).await;
        let bulk = world
            .pricing
            .bulk_apply(&world.scope, &world.shop, &everything(), &min_of_price(9_000))
            .await
            .unwrap();
        tokio::join!(world.idle(), world.idle());
        let bulk = through(&world, &bulk).await;
        assert_eq!((bulk.changed, bulk.unchanged, bulk.refused), (MANY, 0, 0));
    }
}

#[tokio::test]
async fn an_empty_change_is_through_at_once() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[]).await;
        let none = Selection::Offers(Vec::new());
        let bulk = world
            .pricing
            .bulk_apply(&world.scope, &world.shop, &none, &min_of_price(9_000))
            .await
            .unwrap();
        assert_eq!((bulk.state(), bulk.total), (BulkState::Done, 0));
    }
}

#[tokio::test]
async fn the_job_restates_what_a_crash_left_behind() {
    for test in engines().await {
        let world = Box::pin(hundred(test)).await;
        let everything = Selection::Filter(Box::new(filter(BoardView::All)));
        let act = BulkAct::Min(Formula::OfPrice(BasisPoints(9_000)));
        world
            .pricing
            .bulk_apply(&world.scope, &world.shop, &everything, &act)
            .await
            .unwrap();
        // As if the process had ended right after the change was kept.
        sauda_store::sql!("UPDATE places SET min_price = NULL, floor_price = NULL")
            .run(&world.ground.db)
            .await
            .unwrap();
        world.idle().await;
        let page = world
            .pricing
            .board(&world.scope, &world.shop, &filter(BoardView::All))
            .await
            .unwrap();
        assert_eq!(page.rows.len(), 100);
        for row in page.rows {
            let price = row.price.unwrap().get();
            assert_eq!(row.min, Some(Tenge(price * 9 / 10)));
            assert_eq!(row.floor, row.min);
        }
    }
}

#[tokio::test]
async fn a_bulk_change_is_previewed_applied_and_undone() {
    for test in engines().await {
        let world = Box::pin(hundred(test)).await;
        let everything = Selection::Filter(Box::new(filter(BoardView::All)));
        let act = BulkAct::Min(Formula::OfPrice(BasisPoints(9_000)));
        let preview = world
            .pricing
            .bulk_preview(&world.scope, &world.shop, &everything, &act)
            .await
            .unwrap();
        assert_eq!(
            (
                preview.changed,
                preview.unchanged,
                preview.refused.len(),
                preview.samples.len()
            ),
            (100, 0, 0, 5)
        );
        let offer = world.offer("S0000").await;
        assert_eq!(
            world.pricing.offer_rule(&world.scope, &offer).await.unwrap().min,
            None,
            "a preview writes nothing"
        );
        let bulk = world
            .pricing
            .bulk_apply(&world.scope, &world.shop, &everything, &act)
            .await
            .unwrap();
        assert_eq!((bulk.changed, bulk.refused), (100, 0));
        assert_eq!(
            world.pricing.offer_rule(&world.scope, &offer).await.unwrap().min,
            Some(Tenge(9_000))
        );
        // Somebody changes one offer after it: that one is not put back.
        let patch = OfferPatch {
            min: Some(Some(Tenge(9_500))),
            ..OfferPatch::default()
        };
        world
            .pricing
            .change_offer(&world.scope, &offer, &patch, 1)
            .await
            .unwrap();
        assert_eq!(
            world
                .pricing
                .bulk_undo(&world.scope, &bulk.id)
                .await
                .unwrap()
                .put_back,
            99
        );
        assert_eq!(
            world.pricing.offer_rule(&world.scope, &offer).await.unwrap().min,
            Some(Tenge(9_500))
        );
        let other = world.offer("S0001").await;
        assert_eq!(
            world.pricing.offer_rule(&world.scope, &other).await.unwrap().min,
            None
        );
        assert!(world.pricing.bulk_undo(&world.scope, &bulk.id).await.is_err());
    }
}

#[tokio::test]
async fn refusals_of_a_bulk_change_name_the_offer_and_the_reason() {
    for test in engines().await {
        let world = Box::pin(hundred(test)).await;
        let offers = vec![world.offer("S0000").await];
        let refused = world
            .pricing
            .bulk_preview(
                &world.scope,
                &world.shop,
                &Selection::Offers(offers),
                &BulkAct::Min(Formula::OfCost(BasisPoints(12_000))),
            )
            .await
            .unwrap();
        assert_eq!((refused.changed, refused.refused.len()), (0, 1));
        assert_eq!(
            (refused.refused[0].sku.as_str(), refused.refused[0].code.as_str()),
            ("S0000", "no-cost")
        );
    }
}
