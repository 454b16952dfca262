//! Prices that leave by the price list: nothing through the cabinet, recorded before, accepted after, read back as ever.

use crate::world::*;
use sauda_catalog::{FeedAnswer, FeedWay, Feeds, Fetcher};
use sauda_kernel::{Span, Tenge};
use sauda_testkit::engines;
use std::sync::Arc;

struct Lists {
    feeds: Feeds,
    word: String,
}

impl Lists {
    async fn of(world: &World, way: FeedWay) -> Self {
        let feeds = Feeds::new(
            world.catalog.clone(),
            world.accounts.clone(),
            Arc::new(world.pricing.clone()),
        );
        feeds.set_way(&world.scope, &world.shop, way).await.unwrap();
        let word = feeds.word(&world.scope, &world.shop).await.unwrap().unwrap();
        Self { feeds, word }
    }

    /// The whole list, as the marketplace fetches it.
    async fn fetch(&self, world: &World) -> String {
        let answer = self.feeds.fetch(&self.word, &Fetcher::default()).await.unwrap();
        let FeedAnswer::List(mut list) = answer else {
            panic!("no list left");
        };
        let mut bytes = Vec::new();
        while let Some(piece) = list.next().await.unwrap() {
            bytes.extend(piece);
        }
        world.clock.push(Span::from_secs(10));
        String::from_utf8(bytes).unwrap()
    }
}

#[tokio::test]
async fn a_price_waits_for_the_list_leaves_with_it_and_is_read_back() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        let lists = Lists::of(&world, FeedWay::Feed).await;
        let offer = world.keep("A", 34_500, 44_900, 10).await;
        world.check().await;
        world.push().await;
        assert_eq!(
            world.asked(),
            Vec::<i64>::new(),
            "nothing goes through the cabinet"
        );
        assert_eq!(world.states(&offer).await, ["desired"]);
        let text = lists.fetch(&world).await;
        assert!(text.contains("<price>38740</price>"), "{text}");
        assert_eq!(world.states(&offer).await, ["accepted"]);
        // The marketplace took the list; the cabinet shows the price some minutes later.
        world.clock.push(Span::from_mins(5));
        world.push().await;
        assert_eq!(world.states(&offer).await, ["accepted"]);
        let price = Tenge(38_740);
        world
            .market
            .shelf()
            .own
            .get_mut("A")
            .unwrap()
            .city_prices
            .insert(CITY.to_owned(), price);
        world.clock.push(Span::from_mins(5));
        world.push().await;
        assert_eq!(world.states(&offer).await, ["in_cabinet"]);
        assert_eq!(world.row(&offer).await.price, Some(Tenge(38_740)));
        assert_eq!(world.asked(), Vec::<i64>::new());
        assert!(lists.fetch(&world).await.contains("<price>38740</price>"));
    }
}

#[tokio::test]
async fn a_wish_under_a_floor_that_rose_meanwhile_does_not_leave() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        let lists = Lists::of(&world, FeedWay::Feed).await;
        let offer = world.keep("A", 34_500, 44_900, 10).await;
        world.check().await;
        assert_eq!(world.states(&offer).await, ["desired"]);
        world.keep("A", 38_900, 44_900, 10).await;
        let text = lists.fetch(&world).await;
        assert!(text.contains("<price>39000</price>"), "{text}");
        assert!(!world.states(&offer).await.contains(&"accepted"));
    }
}

#[tokio::test]
async fn beside_the_cabinet_the_list_says_what_was_sent_and_sends_nothing_itself() {
    for test in engines().await {
        let world = World::new(test, vec![own_offer("A", CARD, 39_000)], &[38_750]).await;
        let lists = Lists::of(&world, FeedWay::Both).await;
        let offer = world.keep("A", 34_500, 44_900, 10).await;
        world.check().await;
        assert!(lists.fetch(&world).await.contains("<price>39000</price>"));
        assert_eq!(world.states(&offer).await, ["desired"]);
        assert_eq!(world.push().await.accepted, 1);
        // Sent, not yet shown: a list with the old price would take it back.
        assert!(lists.fetch(&world).await.contains("<price>38740</price>"));
        world.push().await;
        assert_eq!(world.states(&offer).await, ["in_cabinet"]);
        assert!(lists.fetch(&world).await.contains("<price>38740</price>"));
        assert_eq!(world.asked(), [38_740]);
    }
}
