//! The way of a price: seen, decided, wished, sent, accepted, in the cabinet, on the storefront.

use crate::world::*;
use sauda_kernel::{Span, Tenge};
use sauda_pricing::{board::PlaceState, service::PauseSubject, service::ShopMode};
use sauda_testkit::engines;

#[tokio::test]
async fn a_price_goes_from_the_rivals_change_to_the_storefront() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("ARN-52", CARD, 39_000)], &[38_750, 40_490]).await;
        let offer = world.keep("ARN-52", 34_500, 44_900, 10).await;
        let report = world.check().await;
        assert_eq!(
            (report.read, report.failed, report.places, report.wishes),
            (1, 0, 1, 1)
        );
        assert_eq!(world.states(&offer).await, ["desired"]);
        assert_eq!(world.push().await.accepted, 1);
        assert_eq!(world.asked(), [38_740]);
        assert_eq!(world.states(&offer).await, ["accepted"]);
        let sent = world.market.shelf().asked[0].clone();
        assert_eq!(sent.availabilities.len(), 1, "every point travels with the price");
        assert_eq!((sent.sku.as_str(), sent.shop_uid.as_str()), ("ARN-52", UID));
        world.push().await;
        assert_eq!(world.states(&offer).await, ["in_cabinet"]);
        world.market.publish();
        world.check().await;
        assert_eq!(world.states(&offer).await, ["on_storefront"]);
        let row = world.row(&offer).await;
        assert_eq!(
            (row.price, row.place, row.sellers, row.state),
            (Some(Tenge(38_740)), Some(1), Some(3), PlaceState::Works)
        );
        assert_eq!((row.rival_price, row.delta), (Some(Tenge(38_750)), Some(-260)));
        // Nothing moves while nothing moves.
        world.clock.push(Span::from_mins(10));
        world.check().await;
        world.push().await;
        assert_eq!(world.asked(), [38_740]);
    }
}

#[tokio::test]
async fn an_own_shop_that_is_not_watched_in_this_city_is_no_rival() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_000, 38_750]).await;
        // The cheapest seller is the owner's other shop, of which nothing is read here.
        sauda_store::sql!(
            "INSERT INTO shops (id, merchant_id, marketplace, uid, slug, name, egress, created_at) \
             SELECT 'shp_00000000000000000000000001', merchant_id, marketplace, '9000000', 'other', 'Other', egress, created_at FROM shops"
        )
        .run(&world.ground.db)
        .await
        .unwrap();
        let offer = world.keep("A", 34_500, 44_900, 10).await;
        world.check().await;
        let row = world.row(&offer).await;
        assert_eq!(row.rival_price, Some(Tenge(38_750)), "{row:?}");
        world.push().await;
        assert_eq!(
            world.asked(),
            [38_740],
            "under the rival, and never under the own shop"
        );
        // A rival under both is followed: nobody keeps the own shop's price here, so nothing waits for it.
        world.clock.push(Span::from_mins(10));
        world.market.publish();
        world.market.rival(CARD, "9000001", 37_000);
        world.check().await;
        world.push().await;
        assert_eq!(world.asked().last(), Some(&36_990));
    }
}

#[tokio::test]
async fn the_receipt_holds_what_was_seen_and_each_step() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        let offer = world.keep("A", 34_500, 44_900, 10).await;
        world.check().await;
        let view = world
            .pricing
            .offer_view(&world.scope, &offer, CITY, world.now())
            .await
            .unwrap();
        let kept = &view.decisions[0];
        assert_eq!(
            (kept.outcome.as_str(), kept.before, kept.after),
            ("set", Some(Tenge(39_000)), Some(Tenge(38_740)))
        );
        assert_eq!(
            kept.receipt.rival.as_ref().map(|row| row.price),
            Some(Tenge(38_750))
        );
        assert_eq!(kept.receipt.ladder.len(), 2);
        assert!(!kept.receipt.checks.is_empty());
        let (again, change) = world.pricing.decision(&world.scope, &kept.id).await.unwrap();
        assert_eq!(again.receipt, kept.receipt);
        assert_eq!(change.map(|change| change.to), Some(Tenge(38_740)));
    }
}

#[tokio::test]
async fn dry_run_decides_and_sends_nothing() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        let offer = world.keep("A", 34_500, 44_900, 10).await;
        world
            .pricing
            .set_mode(&world.scope, &world.shop, ShopMode::DryRun)
            .await
            .unwrap();
        assert_eq!(world.check().await.wishes, 0);
        world.push().await;
        assert!(world.asked().is_empty());
        let view = world
            .pricing
            .offer_view(&world.scope, &offer, CITY, world.now())
            .await
            .unwrap();
        assert_eq!(
            (view.decisions[0].dry_run, view.decisions[0].after),
            (true, Some(Tenge(38_740)))
        );
        // The same decision is not kept twice.
        world.check().await;
        let view = world
            .pricing
            .offer_view(&world.scope, &offer, CITY, world.now())
            .await
            .unwrap();
        assert_eq!(view.decisions.len(), 1);
    }
}

#[tokio::test]
async fn a_pause_takes_wishes_back_and_holds_until_lifted() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        let offer = world.keep("A", 34_500, 44_900, 10).await;
        world.check().await;
        world
            .pricing
            .pause(&world.scope, PauseSubject::Everything, None)
            .await
            .unwrap();
        world.push().await;
        assert!(world.asked().is_empty());
        world.check().await;
        assert_eq!(world.row(&offer).await.state, PlaceState::Paused);
        world
            .pricing
            .resume(&world.scope, &PauseSubject::Everything)
            .await
            .unwrap();
        world.check().await;
        world.push().await;
        assert_eq!(world.asked(), [38_740]);
    }
}

#[tokio::test]
async fn without_limits_nothing_is_touched() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        world
            .pricing
            .set_mode(&world.scope, &world.shop, ShopMode::On)
            .await
            .unwrap();
        world.check().await;
        world.push().await;
        assert!(world.asked().is_empty());
        assert_eq!(
            world.row(&world.offer("A").await).await.state,
            PlaceState::NoLimits
        );
    }
}
