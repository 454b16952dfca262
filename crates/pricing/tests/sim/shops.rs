//! Shops that change behind our back, and sister shops: points, cities, removed offers, one owner's two offers on one card.

use crate::world::*;
use sauda_kernel::{Span, Tenge};
use sauda_pricing::{board::PlaceState, service::ShopMode};
use sauda_sim::{OfferChange, Options};
use sauda_testkit::{engines, sqlite};
use std::collections::BTreeMap;

/// A city of the pretend world where the shop has no point.
const NEW_CITY: &str = "351010000";

#[tokio::test]
async fn a_point_that_disappears_is_told_and_no_longer_sent() {
    let world = World::open(sqlite().await, small(6)).await;
    let kept = world.keep_all(SHOP).await;
    world.switch(ShopMode::On).await;
    world.sim().change_point(SHOP, "PP2", true, true).unwrap();
    world.step(Span::from_mins(60));
    world.sync().await;
    let told = world.told().await;
    assert!(
        told.contains(&"point-gone".to_owned()) && told.contains(&"city-gone".to_owned()),
        "{told:?}"
    );
    let shop = world.shop_id(SHOP).await;
    let points = world.catalog.points(&world.scope, &shop).await.unwrap();
    assert_eq!(
        points
            .iter()
            .filter(|point| point.gone_at.is_none())
            .map(|point| point.code.as_str())
            .collect::<Vec<_>>(),
        ["PP1"]
    );
    world.round().await;
    for one in &kept {
        assert_eq!(world.seen(one).1, 1, "{}", one.sku);
        for place in world.pricing.places(&world.scope, &one.id).await.unwrap() {
            assert_eq!(
                place.city_id, CITY,
                "{}: a city without a point is not kept",
                one.sku
            );
        }
    }
    world.assert_honest(&kept);
}

#[tokio::test]
async fn a_new_city_is_told_and_not_priced_until_it_is_watched() {
    for test in engines().await {
        let world = World::open(test, small(6)).await;
        let kept = world.keep_all(SHOP).await;
        world.switch(ShopMode::On).await;
        world.round().await;
        world.sim().add_point(SHOP, "PP9", NEW_CITY).unwrap();
        world.step(Span::from_mins(60));
        world.sync().await;
        assert!(
            world.told().await.contains(&"city-new".to_owned()),
            "{:?}",
            world.told().await
        );
        let shop = world.shop_id(SHOP).await;
        let cities = world.catalog.cities(&world.scope, &shop).await.unwrap();
        let new = cities.iter().find(|city| city.city_id == NEW_CITY).unwrap();
        assert!(!new.watched, "a new city waits for a person");
        for one in &kept {
            world.move_rival(one, one.began - 200);
        }
        let there: BTreeMap<String, Option<i64>> = kept
            .iter()
            .map(|one| {
                (
                    one.sku.clone(),
                    world
                        .sim()
                        .visible(SHOP, &one.sku, NEW_CITY)
                        .map(|seen| i64::from(seen.0)),
                )
            })
            .collect();
        let before = world.line.changes.lock().unwrap().len();
        world.step(Span::from_mins(5));
        world.round().await;
        for change in world.line.changes.lock().unwrap().iter().skip(before) {
            // What buyers there saw already may travel along; nothing else may.
            if let Some(price) = change.city_prices.get(NEW_CITY) {
                assert_eq!(
                    Some(price.get()),
                    there[&change.sku],
                    "{} promises a price in a city nobody chose",
                    change.sku
                );
            }
        }
        world
            .catalog
            .watch_city(&world.scope, &shop, NEW_CITY, true)
            .await
            .unwrap();
        world.step(Span::from_mins(60));
        world.sync().await;
        let places = world.pricing.places(&world.scope, &kept[0].id).await.unwrap();
        assert!(
            places.iter().any(|place| place.city_id == NEW_CITY),
            "a watched city is kept"
        );
        world.round().await;
        let watched = world.catalog.cities(&world.scope, &shop).await.unwrap();
        assert!(
            watched
                .iter()
                .any(|city| city.city_id == NEW_CITY && city.watched)
        );
        world.assert_honest(&kept);
    }
}

#[tokio::test]
async fn an_offer_removed_in_the_cabinet_is_left_alone() {
    let world = World::open(sqlite().await, small(6)).await;
    let kept = world.keep_all(SHOP).await;
    world.switch(ShopMode::On).await;
    world.check().await;
    let gone = &kept[0];
    world
        .sim()
        .change_offer(
            SHOP,
            &gone.sku,
            &OfferChange {
                on_sale: Some(false),
                ..OfferChange::default()
            },
        )
        .unwrap();
    world.step(Span::from_mins(60));
    world.sync().await;
    assert!(!world.catalog.offer(&world.scope, &gone.id).await.unwrap().on_sale);
    world.round().await;
    assert_eq!(
        world.tried().get(&gone.sku),
        None,
        "a removed offer is not priced, which would put it back on sale"
    );
    let row = world
        .pricing
        .places(&world.scope, &gone.id)
        .await
        .unwrap()
        .remove(0);
    assert_eq!(row.state, PlaceState::OffSale);
    for one in &kept[1..] {
        assert_eq!(world.seen(one).1, 1, "{}", one.sku);
    }
    // Back on sale, it is kept again.
    world
        .sim()
        .change_offer(
            SHOP,
            &gone.sku,
            &OfferChange {
                on_sale: Some(true),
                stock: Some(5),
                ..OfferChange::default()
            },
        )
        .unwrap();
    world.step(Span::from_mins(60));
    world.sync().await;
    world.round().await;
    assert_eq!(world.seen(gone).1, 1);
    world.assert_honest(&kept);
}

#[tokio::test]
async fn sister_shops_hold_both_places_and_never_undercut_each_other() {
    let options = Options {
        cards: 24,
        offers: 10,
        shops: 2,
        ..small(10)
    };
    let world = World::open(sqlite().await, options).await;
    assert_eq!(world.shops.len(), 2);
    let mine = world.offers(SHOP).await;
    let sisters = world.offers(SISTER).await;
    let mut pairs = Vec::new();
    for one in mine {
        if let Some(other) = sisters.iter().find(|other| other.card == one.card) {
            pairs.push((one, other.clone()));
        }
    }
    assert!(!pairs.is_empty(), "the sister sells some of the same cards");
    for (one, other) in &mut pairs {
        let level = one.began.min(other.began);
        let rival = world.rival(&one.card, level - 100);
        one.rival.clone_from(&rival);
        other.rival = rival;
        world.limit(one, level / 2, level * 2).await;
        world.limit(other, level / 2, level * 2).await;
    }
    world.switch(ShopMode::On).await;
    let mut floors: BTreeMap<String, i64> = BTreeMap::new();
    for round in 0..6 {
        world.round().await;
        world.step(Span::from_mins(4));
        for (one, other) in &pairs {
            let (first, second) = (world.seen(one), world.seen(other));
            assert!(
                first.1.min(second.1) == 1,
                "round {round}: {}: {first:?}, {second:?}",
                one.card
            );
            let lowest = first.0.min(second.0);
            let known = *floors.entry(one.card.clone()).or_insert(lowest);
            assert_eq!(
                lowest, known,
                "round {round}: {}: sisters pull each other down: {first:?}, {second:?}",
                one.card
            );
        }
    }
    for (one, other) in &pairs {
        let lowest = world.seen(one).0.min(world.seen(other).0);
        let rival = one.began.min(other.began) - 100;
        assert_eq!(
            Tenge(lowest),
            Tenge(rival - 1),
            "{}: one step under the rival is enough for both",
            one.card
        );
    }
    let all: Vec<Kept> = pairs.into_iter().flat_map(|(one, other)| [one, other]).collect();
    world.assert_honest(&all);
}
