//! The price list on both engines: whole or not at all, told once, recorded always.

use crate::{
    schema::Schema,
    stall::{Fetched, Stall},
};
use sauda_catalog::{
    FeedAnswer, FeedWay, Fetcher, OfferPoint, RowReason, RowsWanted, WishedPrice, import::price_list,
    table::TableLimits,
};
use sauda_kernel::{Failure as _, Span, Tenge};
use sauda_store::sql;
use sauda_testkit::engines;

fn skus(list: &Fetched) -> Vec<String> {
    let Fetched::List(text) = list else {
        panic!("no list: {list:?}");
    };
    assert_eq!(Schema::published().check(text), Ok(()));
    // The pretend marketplace reads it with a reader of its own.
    let taken = sauda_sim::feeds::read::read(text, "30067228").unwrap();
    assert_eq!(taken.errors, []);
    let read = price_list::read(text.as_bytes(), &TableLimits::default()).unwrap();
    assert_eq!(read.refused, []);
    read.offers.into_iter().map(|offer| offer.sku).collect()
}

#[tokio::test]
async fn a_list_is_valid_sorted_and_says_points_prices_and_stock() {
    for test in engines().await {
        let stall = Stall::open(test).await;
        stall.offer("B<1>", 4_990).await;
        let offer = stall.offer("A \"x\" & y", 9_990).await;
        sql!(
            "INSERT INTO offer_cities (offer_id, city_id, price, seen_at) VALUES ($1, '710000000', 10500, 0)"
        )
        .bind(&offer)
        .run(&stall.db)
        .await
        .unwrap();
        let word = stall.address().await;
        assert_eq!(word.len(), 40);
        let list = stall.fetch(&word).await;
        assert_eq!(skus(&list), ["A \"x\" & y", "B<1>"]);
        let Fetched::List(text) = list else { unreachable!() };
        let (_, offers) = text.split_once("<offers>\n").unwrap();
        let (first, _) = offers.split_once("</offer>").unwrap();
        assert_eq!(
            first,
            "    <offer sku=\"A &quot;x&quot; &amp; y\">\n      <model>шапка a &quot;x&quot; &amp; y</model>\n      <brand>Aru</brand>\n      \
             <availabilities>\n        <availability available=\"yes\" storeId=\"PP1\" stockCount=\"3\"/>\n        \
             <availability available=\"no\" storeId=\"PP3\" stockCount=\"0\"/>\n      </availabilities>\n      \
             <cityprices>\n        <cityprice cityId=\"710000000\">10500</cityprice>\n        \
             <cityprice cityId=\"750000000\">9990</cityprice>\n      </cityprices>\n    "
        );
        assert!(text.contains("<company>Aru &amp; Co</company>\n  <merchantid>30067228</merchantid>"));
    }
}

#[tokio::test]
async fn what_was_fetched_is_not_sent_again_until_it_changes() {
    for test in engines().await {
        let stall = Stall::open(test).await;
        let offer = stall.offer("A", 9_990).await;
        let word = stall.address().await;
        let first = stall.feeds.fetch(&word, &Fetcher::default()).await.unwrap();
        let FeedAnswer::List(list) = first else {
            panic!("no list")
        };
        let known = Fetcher {
            if_none_match: Some(format!("\"other\", W/\"{}\"", list.etag)),
            ..Fetcher::default()
        };
        assert_eq!(stall.fetch_as(&word, &known).await, Fetched::Unchanged);
        let dated = Fetcher {
            if_modified_since: Some(list.changed_at),
            ..Fetcher::default()
        };
        assert_eq!(stall.fetch_as(&word, &dated).await, Fetched::Unchanged);
        stall.set_price(&offer, 9_500).await;
        for fetcher in [&known, &dated] {
            assert_eq!(skus(&stall.fetch_as(&word, fetcher).await), ["A"]);
        }
        let statuses: Vec<i64> = stall
            .feeds
            .fetches(&stall.scope, &stall.shop)
            .await
            .unwrap()
            .iter()
            .map(|fetch| fetch.status)
            .collect();
        assert_eq!(statuses, [200, 200, 304, 304, 200]);
    }
}

#[tokio::test]
async fn a_broken_row_holds_the_list_tells_it_once_and_tells_when_it_mends() {
    for test in engines().await {
        let stall = Stall::open(test).await;
        let offer = stall.offer("A", 9_990).await;
        stall.offer("B", 100).await;
        let word = stall.address().await;
        assert_eq!(skus(&stall.fetch(&word).await), ["A", "B"]);
        stall.set_price(&offer, 0).await;
        for _ in 0..3 {
            assert_eq!(stall.fetch(&word).await, Fetched::Held("rows"));
        }
        let told = stall.notices().await;
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].word.as_str(), told[0].times), ("feed-held", 1));
        assert_eq!(told[0].args["sku"], "A");
        assert_eq!(told[0].args["reason"], "bad_price");
        stall.set_price(&offer, 9_000).await;
        for _ in 0..2 {
            assert_eq!(skus(&stall.fetch(&word).await), ["A", "B"]);
        }
        let told = stall.notices().await;
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].word.as_str(), told[0].times), ("feed-mended", 1));
    }
}

#[tokio::test]
async fn no_list_is_empty_and_a_sudden_drop_waits_for_a_person() {
    for test in engines().await {
        let stall = Stall::open(test).await;
        let word = stall.address().await;
        assert_eq!(stall.fetch(&word).await, Fetched::Held("empty"));
        for number in 0..10 {
            stall.offer(&format!("S{number}"), 1_000).await;
        }
        assert_eq!(skus(&stall.fetch(&word).await).len(), 10);
        sql!("UPDATE offers SET on_sale = $1 WHERE sku >= 'S4'")
            .bind(false)
            .run(&stall.db)
            .await
            .unwrap();
        assert_eq!(stall.fetch(&word).await, Fetched::Held("drop"));
        let refused = stall.feeds.agree(&stall.scope, &stall.shop, 5).await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the list has 4 offers by now, not 5: look at it again"
        );
        assert_eq!(stall.fetch(&word).await, Fetched::Held("drop"));
        stall.feeds.agree(&stall.scope, &stall.shop, 4).await.unwrap();
        assert_eq!(skus(&stall.fetch(&word).await).len(), 4);
        let rows = stall
            .feeds
            .rows(
                &stall.scope,
                &stall.shop,
                &RowsWanted {
                    written: Some(false),
                    search: "ШАПКА s7".to_owned(),
                    limit: 10,
                    ..RowsWanted::default()
                },
            )
            .await
            .unwrap();
        assert_eq!(rows.rows.len(), 1);
        assert_eq!(rows.rows[0].verdict, Err(RowReason::OffSale));
    }
}

#[tokio::test]
async fn another_address_kills_the_one_before_and_no_other_merchant_sees_it() {
    for test in engines().await {
        let stall = Stall::open(test).await;
        stall.offer("A", 9_990).await;
        let old = stall.address().await;
        let new = stall.address().await;
        assert_ne!(old, new);
        assert_eq!(stall.fetch(&old).await, Fetched::Unknown);
        assert_eq!(stall.fetch("").await, Fetched::Unknown);
        assert_eq!(skus(&stall.fetch(&new).await), ["A"]);
        stall
            .feeds
            .set_way(&stall.scope, &stall.shop, FeedWay::Cabinet)
            .await
            .unwrap();
        assert_eq!(stall.fetch(&new).await, Fetched::Held("off"));
        assert_eq!(stall.notices().await.len(), 0);
        let stranger = sauda_accounts::Scope::system(
            sauda_kernel::Id::new(&stall.clock, &sauda_kernel::SystemIds),
            "test",
        );
        assert!(stall.feeds.feed(&stranger, &stall.shop).await.is_err());
        assert!(stall.feeds.word(&stranger, &stall.shop).await.is_err());
    }
}

#[tokio::test]
async fn wishes_are_recorded_before_the_first_byte_and_arrive_with_the_last() {
    for test in engines().await {
        let stall = Stall::open(test).await;
        let offer = stall.offer("A", 9_990).await;
        let word = stall.address().await;
        stall
            .feeds
            .set_way(&stall.scope, &stall.shop, FeedWay::Feed)
            .await
            .unwrap();
        stall.wishes.wished.lock().unwrap().push(WishedPrice {
            offer: offer.clone(),
            city_id: "750000000".to_owned(),
            price: Tenge(8_888),
            mark: Some("chg_1".to_owned()),
        });
        let answer = stall.feeds.fetch(&word, &Fetcher::default()).await.unwrap();
        let FeedAnswer::List(mut list) = answer else {
            panic!("no list")
        };
        assert_eq!(*stall.wishes.told.lock().unwrap(), ["leaving chg_1"]);
        list.next().await.unwrap();
        drop(list);
        // Broken off: nobody may think that it arrived.
        let fetches = stall.feeds.fetches(&stall.scope, &stall.shop).await.unwrap();
        assert!(!fetches[0].whole);
        assert_eq!(*stall.wishes.told.lock().unwrap(), ["leaving chg_1"]);
        let Fetched::List(text) = stall.fetch(&word).await else {
            panic!("no list")
        };
        assert!(text.contains("<cityprice cityId=\"750000000\">8888</cityprice>"));
        assert_eq!(
            *stall.wishes.told.lock().unwrap(),
            ["leaving chg_1", "leaving chg_1", "arrived chg_1"]
        );
        assert!(stall.feeds.fetches(&stall.scope, &stall.shop).await.unwrap()[0].whole);
    }
}

#[tokio::test]
async fn what_people_say_of_points_and_preorders_stands_over_the_cabinet() {
    for test in engines().await {
        let stall = Stall::open(test).await;
        let offer = stall.offer("A", 9_990).await;
        let word = stall.address().await;
        let said = OfferPoint {
            offer: offer.clone(),
            point_id: "30067228_PP2".to_owned(),
            available: Some(true),
            stock: Some(7),
        };
        stall.feeds.say_point(&stall.scope, &said).await.unwrap();
        let ends = stall.now().plus(Span::from_mins(10));
        for days in [0, 31] {
            let refused = stall
                .feeds
                .put_preorder(&stall.scope, &offer, days, None, None)
                .await;
            assert!(refused.is_err(), "{days}");
        }
        stall
            .feeds
            .put_preorder(&stall.scope, &offer, 5, Some(ends), Some(2))
            .await
            .unwrap();
        let Fetched::List(text) = stall.fetch(&word).await else {
            panic!("no list")
        };
        assert!(
            text.contains(
                "<availability available=\"yes\" storeId=\"PP1\" preOrder=\"5\" stockCount=\"2\"/>"
            )
        );
        assert!(
            text.contains(
                "<availability available=\"yes\" storeId=\"PP2\" preOrder=\"5\" stockCount=\"2\"/>"
            )
        );
        stall.clock.push(Span::from_mins(20));
        let Fetched::List(text) = stall.fetch(&word).await else {
            panic!("no list")
        };
        assert!(text.contains("<availability available=\"yes\" storeId=\"PP1\" stockCount=\"3\"/>"));
        assert!(text.contains("<availability available=\"yes\" storeId=\"PP2\" stockCount=\"7\"/>"));
        let nothing = OfferPoint {
            available: None,
            stock: None,
            ..said
        };
        stall.feeds.say_point(&stall.scope, &nothing).await.unwrap();
        let Fetched::List(text) = stall.fetch(&word).await else {
            panic!("no list")
        };
        assert!(!text.contains("PP2"));
    }
}

#[tokio::test]
async fn a_shop_whose_cabinet_was_never_read_whole_or_long_ago_sends_no_list() {
    for test in engines().await {
        let stall = Stall::open(test).await;
        stall.offer("A", 9_990).await;
        let word = stall.address().await;
        stall.give_access().await;
        assert_eq!(stall.fetch(&word).await, Fetched::Held("never_read"));
        stall.read_whole().await;
        assert_eq!(skus(&stall.fetch(&word).await), ["A"]);
        stall.clock.push(Span::from_hours(25));
        assert_eq!(stall.fetch(&word).await, Fetched::Held("stale"));
        // Who sells by the list alone adds no goods in the cabinet.
        stall
            .feeds
            .set_way(&stall.scope, &stall.shop, FeedWay::Feed)
            .await
            .unwrap();
        assert_eq!(skus(&stall.fetch(&word).await), ["A"]);
    }
}

/// Points products of the merchant at the test's list.
async fn product(stall: &Stall, sku: &str, price: Option<i64>, stock: Option<i64>, cost: Option<i64>) {
    let id: sauda_kernel::ProductId = sauda_kernel::Id::new(&stall.clock, &sauda_kernel::SystemIds);
    sauda_store::sql!(
        "INSERT INTO products (id, merchant_id, sku, title, price, stock, cost, name_fold, fold, version, created_at, changed_at, changed_by) \
         VALUES ($1, $2, $3, 'Новинка', $4, $5, $6, '', '', 1, 0, 0, 'test')"
    )
    .bind(&id)
    .bind(stall.scope.merchant())
    .bind(sku)
    .bind(price)
    .bind(stock)
    .bind(cost.map(|tenge| tenge * 100))
    .run(&stall.db)
    .await
    .unwrap();
    if let Some(cost) = cost {
        let floor = sauda_kernel::Tenge((cost * 3 + 1) / 2);
        stall.wishes.floors.lock().unwrap().insert(id, floor);
    }
}

#[tokio::test]
async fn products_without_an_offer_join_the_list_and_those_without_a_price_are_named() {
    for test in engines().await {
        let stall = Stall::open(test).await;
        stall.offer("A", 100).await;
        for (sku, price, stock, cost) in [
            // The shop of the test wants half of the cost on top.
            ("0-NEW", Some(500), Some(4), Some(333)),
            ("A", Some(900), Some(1), None),
            ("LOSES", Some(500), Some(4), Some(334)),
            ("NO-PRICE", None, Some(2), Some(100)),
            ("NO-STOCK", Some(300), None, None),
            ("SOLD-OUT", Some(300), Some(0), None),
        ] {
            product(&stall, sku, price, stock, cost).await;
        }
        let word = stall.address().await;
        assert_eq!(skus(&stall.fetch(&word).await), ["A"]);
        let (scope, shop) = (&stall.scope, &stall.shop);
        let unknown = stall.feeds.list_products(scope, shop, Some("30067228_PP9")).await;
        assert_eq!(unknown.unwrap_err().kind(), sauda_kernel::Kind::NotFound);
        stall
            .feeds
            .list_products(scope, shop, Some("30067228_PP1"))
            .await
            .unwrap();
        let list = stall.fetch(&word).await;
        assert_eq!(skus(&list), ["A", "0-NEW", "SOLD-OUT"]);
        let Fetched::List(text) = &list else {
            panic!("{list:?}")
        };
        assert!(
            text.contains("<price>100</price>"),
            "the offer keeps its own price: {text}"
        );
        assert!(text.contains("storeId=\"PP1\" stockCount=\"4\""), "{text}");
        let mut wanted = RowsWanted {
            written: Some(false),
            limit: 1,
            ..RowsWanted::default()
        };
        let mut left_out = Vec::new();
        loop {
            let page = stall.feeds.rows(scope, shop, &wanted).await.unwrap();
            left_out.extend(
                page.rows
                    .into_iter()
                    .map(|row| (row.sku, row.verdict.unwrap_err().word())),
            );
            match page.next {
                Some(next) => wanted.after = next,
                None => break,
            }
        }
        assert_eq!(
            left_out,
            [
                ("LOSES".to_owned(), "product_below_floor"),
                ("NO-PRICE".to_owned(), "product_no_price"),
                ("NO-STOCK".to_owned(), "product_no_stock")
            ]
        );
        stall.feeds.list_products(scope, shop, None).await.unwrap();
        // The list becomes much smaller, so it waits for a person.
        assert_eq!(stall.fetch(&word).await, Fetched::Held("drop"));
    }
}
