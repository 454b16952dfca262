//! Reading orders: what appears, what is kept, what the key has to do with it.

use crate::world::World;
use sauda_catalog::KeyState;
use sauda_kernel::{Span, Timestamp};
use sauda_market::OrderTab;
use sauda_orders::{
    OrderFilter,
    model::{Seen, Stage, View},
};
use sauda_sim::Way;
use sauda_testkit::{engines, sqlite};

/// The recorded parcel, as it was before it was handed over and with other words in place of some.
fn recorded(changes: &[(&str, &str)]) -> Seen {
    let path = "../../fixtures/kaspi/v2-orders_by-code_2025-12_kaspi-delivery_include-entries.json";
    let mut text = std::fs::read_to_string(path).unwrap();
    let before = [
        ("\"CANCELLING\"", "\"ACCEPTED_BY_MERCHANT\""),
        (
            "\"courierTransmissionDate\": 1745755274000",
            "\"courierTransmissionDate\": null",
        ),
    ];
    for (from, to) in before.iter().chain(changes) {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let page = sauda_market_kaspi::read::orders(text.as_bytes()).unwrap();
    Seen::of(&page.orders[0])
}

#[test]
fn a_recorded_parcel_is_due_when_the_rules_say_and_never_before_it_was_made() {
    let at = |day, hour, minute, second| Timestamp::from_almaty(2025, 4, day, hour, minute, second);
    let usual = recorded(&[]);
    assert_eq!(usual.stage, Stage::HandOver);
    assert_eq!(usual.due_at, at(27, 20, 0, 0));
    let express = recorded(&[("\"express\": false", "\"express\": true")]);
    assert_eq!(express.due_at, at(27, 17, 1, 14), "when the courier comes");
    let late_evening = "\"courierTransmissionPlanningDate\": 1745691462415";
    let planned = ("\"courierTransmissionPlanningDate\": 1745755274000", late_evening);
    let same_day = recorded(&[planned]);
    assert_eq!(
        same_day.due_at,
        at(27, 20, 0, 0),
        "made at 23:12, after the end of that day"
    );
    let express = recorded(&[planned, ("\"express\": false", "\"express\": true")]);
    assert_eq!(
        express.due_at,
        Some(Timestamp::from_micros(1_745_691_462_415_000))
    );
}

#[tokio::test]
async fn orders_appear_with_their_goods_and_are_read_once() {
    for test in engines().await {
        let world = World::with_key(test).await;
        let order = world.order(Way::Kaspi { express: false }).await;
        let view = world.view(&order.seen.code).await;
        assert_eq!(view.order.seen.stage, Stage::New);
        assert!(
            view.order
                .seen
                .due_at
                .is_some_and(|due| due > view.order.seen.created_at)
        );
        let line = &view.lines[0];
        assert!(
            !line.name.is_empty() && line.quantity == 1 && line.offer.is_none(),
            "{line:?}"
        );
        assert_eq!(view.order.seen.total, line.total);
        assert_eq!(world.history(&order.seen.code).await, ["ordered"]);
        let all = world.list(View::All).await.len();
        for _ in 0..3 {
            world.read().await;
        }
        assert_eq!(world.list(View::All).await.len(), all, "nothing twice");
        assert_eq!(
            world.history(&order.seen.code).await,
            ["ordered"],
            "nothing new, nothing told"
        );
        assert_eq!(
            world
                .catalog
                .shop_key(&world.scope, &world.shop)
                .await
                .unwrap()
                .unwrap()
                .state,
            KeyState::Works
        );
    }
}

#[tokio::test]
async fn lists_are_searched_counted_and_paged() {
    for test in engines().await {
        let world = World::with_key(test).await;
        for way in [
            Way::Postomat,
            Way::Pickup,
            Way::Own,
            Way::Kaspi { express: true },
            Way::Postomat,
        ] {
            world.order(way).await;
        }
        let open = world.list(View::Open).await;
        assert!(open.len() >= 5, "{}", open.len());
        let mut filter = OrderFilter {
            limit: 2,
            ..OrderFilter::default()
        };
        let mut paged = Vec::new();
        loop {
            let page = world
                .orders
                .list(&world.scope, &world.shop, &filter)
                .await
                .unwrap();
            assert_eq!(page.found, i64::try_from(open.len()).unwrap());
            assert!(page.orders.iter().all(|order| page.lines.contains_key(&order.id)));
            paged.extend(page.orders);
            match page.next {
                Some(next) => filter.after = Some(next),
                None => break,
            }
        }
        assert_eq!(paged, open, "pages are the list");
        assert!(open.is_sorted_by_key(|order| order.seen.due_at.map_or(i64::MAX, |due| due.as_micros())));
        for (way, many) in [("postomat", 2), ("pickup", 1), ("own", 1), ("express", 1)] {
            let filter = OrderFilter {
                way: sauda_orders::model::Way::parse(way),
                limit: 10,
                ..OrderFilter::default()
            };
            let page = world
                .orders
                .list(&world.scope, &world.shop, &filter)
                .await
                .unwrap();
            assert!(page.found >= many, "{way}: {}", page.found);
            assert!(
                page.orders
                    .iter()
                    .all(|order| { sauda_orders::model::Way::of(&order.seen.document).word() == way })
            );
        }
        let due = open[open.len() / 2].seen.due_at;
        let filter = OrderFilter {
            due_before: due,
            limit: 100,
            ..OrderFilter::default()
        };
        let page = world
            .orders
            .list(&world.scope, &world.shop, &filter)
            .await
            .unwrap();
        let expected: Vec<_> = open
            .iter()
            .filter(|order| order.seen.due_at < due && order.seen.due_at.is_some())
            .cloned()
            .collect();
        assert_eq!(page.orders, expected);
        let one = &open[1];
        let words = format!("{} {}", one.seen.buyer.to_uppercase(), &one.seen.code[3..]);
        let filter = OrderFilter {
            search: Some(words),
            limit: 10,
            ..OrderFilter::default()
        };
        let found = world
            .orders
            .list(&world.scope, &world.shop, &filter)
            .await
            .unwrap();
        assert_eq!(
            found
                .orders
                .iter()
                .map(|order| &order.seen.code)
                .collect::<Vec<_>>(),
            [&one.seen.code]
        );
        let junk = OrderFilter {
            search: Some("100%_x\\".to_owned()),
            limit: 10,
            ..OrderFilter::default()
        };
        assert!(
            world
                .orders
                .list(&world.scope, &world.shop, &junk)
                .await
                .unwrap()
                .orders
                .is_empty()
        );
        let counts = world.orders.counts(&world.scope, &world.shop).await.unwrap();
        assert_eq!(counts.of(View::Open), i64::try_from(open.len()).unwrap());
    }
}

#[tokio::test]
async fn a_year_of_history_is_walked_in_windows_that_the_marketplace_allows() {
    let world = World::open(sqlite().await).await;
    let began = world.sim().now();
    world
        .orders
        .connect(&world.scope, &world.shop, &world.key())
        .await
        .unwrap();
    world.turns(40).await;
    let reading = world
        .orders
        .reading(&world.scope, &world.shop)
        .await
        .unwrap()
        .unwrap();
    assert!(reading.is_whole(), "{reading:?}");
    let lists = world.desk.lists.lock().unwrap().clone();
    let mut archive: Vec<_> = lists
        .iter()
        .filter(|asked| asked.tab == OrderTab::Archive)
        .collect();
    assert!(
        archive
            .iter()
            .all(|asked| asked.created_to.since(asked.created_from) < Span::from_days(14))
    );
    archive.sort_by_key(|asked| asked.created_to);
    assert!(
        archive
            .windows(2)
            .all(|two| two[0].created_to == two[1].created_from),
        "no gap and no overlap"
    );
    assert!(archive[0].created_from <= began.minus(Span::from_days(364)));
    assert_eq!(archive.len(), 27);
    world.desk.lists.lock().unwrap().clear();
    world.turns(20).await;
    let archive = world
        .desk
        .lists
        .lock()
        .unwrap()
        .iter()
        .any(|asked| asked.tab == OrderTab::Archive);
    assert!(!archive, "history is read once");
}

#[tokio::test]
async fn an_order_that_no_list_shows_any_more_is_asked_for_by_its_number() {
    let world = World::with_key(sqlite().await).await;
    let order = world.order(Way::Kaspi { express: false }).await;
    // Nobody accepts it: the marketplace cancels it and moves it to its archive.
    world.sim().step(Span::from_hours(30));
    world.read().await;
    assert_eq!(world.stage(&order.seen.code).await, Stage::Cancelled);
    assert!(
        world
            .list(View::Cancelled)
            .await
            .iter()
            .any(|one| one.seen.code == order.seen.code)
    );
    assert_eq!(world.history(&order.seen.code).await, ["ordered", "stage-why"]);
}

#[tokio::test]
async fn a_key_that_is_not_taken_is_told_and_another_one_mends_it() {
    let world = World::open(sqlite().await).await;
    let short = world.orders.connect(&world.scope, &world.shop, "short").await;
    assert!(short.is_err(), "a text that cannot be a key is not sent anywhere");
    world
        .orders
        .connect(
            &world.scope,
            &world.shop,
            "bm9ib2R5cyBrZXkgYXQgYWxsIG9mIGFueSBzaG9w",
        )
        .await
        .unwrap();
    world.turns(2).await;
    let key = world
        .catalog
        .shop_key(&world.scope, &world.shop)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(key.state, KeyState::Refused);
    assert!(world.told().await.contains(&"key-refused".to_owned()));
    let reading = world
        .orders
        .reading(&world.scope, &world.shop)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(reading.trouble.as_deref(), Some("bad_token"));
    assert!(
        reading.read_at.is_none(),
        "nothing was read, which is not the same as no orders"
    );
    world
        .orders
        .connect(&world.scope, &world.shop, &world.key())
        .await
        .unwrap();
    world.turns(2).await;
    let key = world
        .catalog
        .shop_key(&world.scope, &world.shop)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(key.state, KeyState::Works);
    assert!(!world.told().await.contains(&"key-refused".to_owned()));
    world.orders.disconnect(&world.scope, &world.shop).await.unwrap();
    assert!(
        world
            .catalog
            .shop_key(&world.scope, &world.shop)
            .await
            .unwrap()
            .is_none()
    );
    world.sim().step(Span::from_hours(1));
    assert_eq!(world.turn().await.read, 0);
}

#[tokio::test]
async fn what_came_and_went_while_nobody_read_is_found_by_the_daily_look() {
    // A long weekend, and a program that stood still for a season.
    for days in [3, 120] {
        let world = World::with_key(sqlite().await).await;
        world.sim().live(false, true);
        world.sim().step(Span::from_hours(20));
        world.sim().live(false, false);
        // Whatever was bought is over by now, and no list of open orders shows it.
        world.sim().step(Span::from_days(days));
        world.read().await;
        let over = world.list(View::Cancelled).await;
        assert!(!over.is_empty(), "after {days} days");
        assert!(over.iter().all(|order| order.seen.stage == Stage::Cancelled));
        let share = world
            .orders
            .cancel_share(&world.scope, &world.shop)
            .await
            .unwrap();
        if days < 30 {
            assert!(share.cancelled > 0, "they count against the shop: {share:?}");
        }
    }
}

#[tokio::test]
async fn who_asks_for_a_reading_gets_one_that_begins_after_the_question() {
    let world = World::with_key(sqlite().await).await;
    world.read().await;
    let uid = world.sim().world.shops[0].uid.clone();
    let code = world.sim().order(&uid, None, None).unwrap();
    world.orders.read_now(&world.scope, &world.shop).await.unwrap();
    let asked_at = world.sim().now();
    world.turn().await;
    let reading = world
        .orders
        .reading(&world.scope, &world.shop)
        .await
        .unwrap()
        .unwrap();
    assert!(reading.read_at.unwrap() >= asked_at, "{reading:?}");
    assert_eq!(world.stage(&code).await, sauda_orders::model::Stage::New);
}
