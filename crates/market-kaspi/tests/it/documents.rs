//! What is read from each recorded JSON document, value for value.

use crate::fixture;
use sauda_kernel::{Tenge, Timestamp};
use sauda_market::{
    AcceptedJob, Availability, CardOffers, CardQuestion, ListingCard, MarketError, OwnOffersFilter, Review,
    RivalOffer,
};
use sauda_market_kaspi::read::{self, Links};
use std::collections::BTreeMap;

fn at(text: &str) -> Option<Timestamp> {
    Some(Timestamp::parse(text).unwrap())
}

#[test]
fn offers_of_a_card_2026_09() {
    let page = read::card_offers(&fixture::bytes("storefront_offer-view-offers_2026-09.json")).unwrap();
    let words = |text: &str| Some(text.to_owned());
    let rival = |uid: &str, name: &str, sku: &str, price: i64| RivalOffer {
        merchant_uid: uid.to_owned(),
        merchant_name: name.to_owned(),
        merchant_sku: words(sku),
        price: Tenge(price),
        rating_milli: None,
        reviews: None,
        delivery_at: None,
        pickup_at: None,
        marketplace_delivery: false,
        delivery_type: words("EXPRESS"),
        delivery_duration: words("TOMORROW"),
        preorder_days: 0,
        point_id: None,
    };
    let offers = vec![
        RivalOffer {
            rating_milli: Some(4800),
            reviews: Some(231),
            delivery_at: at("2026-09-21T18:00:00Z"),
            marketplace_delivery: true,
            delivery_type: words("TO_DOOR"),
            delivery_duration: words("TILL_5_DAYS"),
            point_id: words("11271005_PP1"),
            ..rival("11271005", "Tehno Trade", "102298404", 361_788)
        },
        RivalOffer {
            delivery_at: at("2026-09-24T09:00:00Z"),
            pickup_at: at("2026-09-24T19:00:00Z"),
            delivery_duration: words("TILL_7_DAYS"),
            preorder_days: 5,
            point_id: words("30463420_PP1"),
            ..rival("30463420", "MOOD PLACE", "102298404_940231519", 361_794)
        },
        RivalOffer {
            rating_milli: Some(4900),
            reviews: Some(272),
            delivery_at: at("2026-09-19T08:00:00Z"),
            pickup_at: at("2026-09-18T19:00:00Z"),
            point_id: words("12942011_2"),
            ..rival("12942011", "ProUnit", "102298404_051036011", 362_000)
        },
        RivalOffer {
            rating_milli: Some(4900),
            reviews: Some(146),
            delivery_at: at("2026-09-19T09:00:00Z"),
            pickup_at: at("2026-09-18T19:00:00Z"),
            marketplace_delivery: true,
            point_id: words("3932001_PP3"),
            ..rival(
                "3932001",
                "Gadgetkz АВТОРИЗОВАННЫЙ МАГАЗИН",
                "102298404_393455",
                362_000,
            )
        },
    ];
    assert_eq!(
        page,
        CardOffers {
            offers,
            total: 20,
            refused: vec![],
            duplicates: vec![]
        }
    );
    let question = CardQuestion {
        card: "102298404".into(),
        city_id: "750000000".into(),
        page: 0,
        limit: 64,
    };
    // The publisher kept 4 of 20 rows: exactly the case of a page that must not be taken for everybody.
    assert_eq!(
        (
            page.missing(&question),
            page.is_partial(&question),
            page.is_everybody()
        ),
        (16, true, false)
    );
}

#[test]
fn what_is_not_a_list_of_offers_is_never_nobody() {
    let refused = |name: &str| read::card_offers(&fixture::bytes(name)).unwrap_err();
    assert_eq!(
        refused("storefront_offer-view-offers_error-405.json"),
        MarketError::BadAnswer("offers of a card: offers is missing".to_owned())
    );
    assert_eq!(refused("storefront_offers_legacy-2021.json").word(), "bad_answer");
    assert_eq!(
        read::card_offers(br#"{"offers":null,"total":0}"#).unwrap_err(),
        MarketError::BadAnswer("offers of a card: offers is missing".to_owned())
    );
    assert_eq!(
        read::card_offers(br#"{"offers":[]}"#).unwrap_err(),
        MarketError::BadAnswer("offers of a card: no offers and no total".to_owned())
    );
    let nobody = read::card_offers(br#"{"offers":[],"total":0,"offersCount":0}"#).unwrap();
    assert!(nobody.is_everybody() && nobody.offers.is_empty());
}

#[test]
fn rows_that_make_no_sense_are_told() {
    let page = read::card_offers(
        r#"{"offers":[
            {"merchantId":"1","price":100.0,"merchantRating":0,"preorder":null,"deliveryOptions":{"TO_DOOR":{"delivery":"2026-09-22T18:00:00.000+00:00"},"PICKUP":{"delivery":"2026-09-21T18:00:00.000+00:00"}}},
            {"merchantId":"1","price":90},
            {"merchantId":2,"price":"10.5"},
            {"merchantId":"3","price":0},
            {"price":5},
            null,
            {"merchantId":"4","price":"1 200","preorder":"5","deliveryType":"PICKUP","deliveryOptions":{"TO_DOOR":{"delivery":"2026-09-20T18:00:00.000+00:00"},"PICKUP":{"delivery":"2026-09-21T18:00:00.000+00:00"}}},
            {"merchantId":"5","price":7,"preorder":-1}
        ],"total":"8"}"#
            .as_bytes(),
    )
    .unwrap();
    let read: Vec<_> = page
        .offers
        .iter()
        .map(|offer| {
            (
                offer.merchant_uid.as_str(),
                offer.price.get(),
                offer.preorder_days,
            )
        })
        .collect();
    assert_eq!(read, [("1", 100, 0), ("4", 1200, 5)]);
    assert_eq!(page.offers[0].delivery_at, at("2026-09-21T18:00:00Z"));
    assert_eq!(page.offers[1].delivery_at, at("2026-09-21T18:00:00Z"));
    assert_eq!(page.offers[0].rating_milli, None);
    assert_eq!(page.duplicates, ["row 2: merchant 1 again, at 90"]);
    assert_eq!(
        page.refused,
        [
            "row 3: merchant 2: price 10.5 is not whole tenge",
            "row 4: merchant 3: price 0 is not above zero",
            "row 5: no merchantId",
            "row 6: not an object",
            "row 8: merchant 5: preorder -1 is below zero",
        ]
    );
    assert_eq!((page.total, page.rows()), (8, 8));
}

#[test]
fn own_offers_list_2025_05() {
    let bytes = fixture::bytes("mc_bff-offer-view-list_2025-05.json");
    let page = read::own_offers(&bytes, &Links::default(), "30000001", OwnOffersFilter::Removed).unwrap();
    assert_eq!(
        (page.total, page.refused.len(), page.offers.len()),
        (Some(1), 0, 1)
    );
    let offer = &page.offers[0];
    assert_eq!(offer.sku, "113744482_000573024");
    assert_eq!(offer.card.as_deref(), Some("113744482"));
    assert_eq!(offer.title, "Вилка 570619 1 шт, алюминий");
    assert_eq!(
        (&offer.brand, offer.category.as_deref()),
        (&None, Some("Master - Cutlery"))
    );
    assert_eq!(
        offer.image_url.as_deref(),
        Some("https://resources.cdn-kaspi.kz/img/m/p/h9a/hf3/84160930054174.jpg?format=preview-small")
    );
    assert_eq!(
        offer.card_url.as_deref(),
        Some("https://kaspi.kz/shop/p/vilka-570619-1-sht-aljuminii-113744482/")
    );
    assert!(!offer.on_sale && offer.availabilities.is_empty());
    // One price in all the cities that the capture names, and none of the shop's own.
    assert_eq!(
        (offer.price, &offer.city_prices),
        (Some(Tenge(670)), &BTreeMap::new())
    );
    assert_eq!(offer.errors, ["NO_AVAILABILITIES"]);
    assert_eq!(offer.settling_until, at("2025-05-07T09:45:48.198Z"));
    assert_eq!(offer.updated_at, at("2025-05-06T10:02:34.697589Z"));
}

#[test]
fn own_offer_details_2025_05() {
    let bytes = fixture::bytes("mc_bff-offer-view-details_2025-05.json");
    let offer = read::own_offer(&bytes, &Links::default(), "30000001", "113744482_000573024", None).unwrap();
    assert_eq!(offer.sku, "113744482_000573024");
    assert_eq!(offer.brand.as_deref(), Some("Без бренда"));
    assert_eq!(offer.price, Some(Tenge(670)));
    let cities = BTreeMap::from([
        ("710000000".to_owned(), Tenge(670)),
        ("750000000".to_owned(), Tenge(670)),
    ]);
    assert_eq!(offer.city_prices, cities);
    let away = |point: &str| Availability {
        point_id: point.to_owned(),
        available: false,
        stock: None,
        preorder_days: None,
        stock_enabled: None,
    };
    assert_eq!(
        offer.availabilities,
        [away("30000001_PP10"), away("30000001_PP2")]
    );
    assert_eq!(offer.errors, ["NO_AVAILABILITIES"]);
    assert_eq!(
        offer.image_url.as_deref(),
        Some("https://resources.cdn-kaspi.kz/img/m/p/h9a/hf3/84160930054174.jpg?format=preview-small")
    );
    let other = read::own_offer(&bytes, &Links::default(), "30000001", "1", None).unwrap_err();
    assert_eq!(
        other,
        MarketError::BadAnswer("own offer: the answer is about another sku".to_owned())
    );
}

#[test]
fn details_of_an_offer_on_sale_need_the_points_of_the_list() {
    let text = r#"{"sku":"A","available":true,"availabilities":[{"pointId":"1_PP1"}]}"#;
    let alone = read::own_offer(text.as_bytes(), &Links::default(), "1", "A", None).unwrap_err();
    assert_eq!(
        alone,
        MarketError::BadAnswer("own offer: sku A: not said whether it is at point 1_PP1".to_owned())
    );
    let list = r#"{"data":[{"sku":"A","available":true,"availabilities":[{"storeId":"PP1","available":"yes","stockCount":2.0,"preOrder":"3","stockEnabled":true}]}],"total":1}"#;
    let page = read::own_offers(list.as_bytes(), &Links::default(), "1", OwnOffersFilter::All).unwrap();
    let offer = read::own_offer(text.as_bytes(), &Links::default(), "1", "A", page.offers.first()).unwrap();
    let point = Availability {
        point_id: "1_PP1".to_owned(),
        available: true,
        stock: Some(2),
        preorder_days: Some(3),
        stock_enabled: Some(true),
    };
    assert_eq!(offer.availabilities, [point]);
}

#[test]
fn prices_of_own_offers_keep_to_the_shops_own_cities() {
    let read = |members: &str| {
        let text = format!(r#"{{"data":[{{"sku":"A","available":true,{members}}}],"total":1}}"#);
        let mut page =
            read::own_offers(text.as_bytes(), &Links::default(), "1", OwnOffersFilter::All).unwrap();
        match page.offers.pop() {
            Some(offer) => {
                let cities: Vec<_> = offer
                    .city_prices
                    .into_iter()
                    .map(|(city, price)| (city, price.get()))
                    .collect();
                Ok((cities, offer.price.map(Tenge::get)))
            }
            None => Err(page.refused.join("; ")),
        }
    };
    let city = |id: &str, price: i64| (id.to_owned(), price);
    // Own cities win; the 250 cities of the country are not ours.
    assert_eq!(
        read(
            r#""price":0,"cityPrices":[{"cityId":"75","value":1200.0}],"allCityPrices":{"71":{"price":1300},"75":{"price":1200}}"#
        ),
        Ok((vec![city("75", 1200)], None))
    );
    // One price everywhere.
    assert_eq!(
        read(r#""price":1500.0,"cityPrices":null"#),
        Ok((vec![], Some(1500)))
    );
    assert_eq!(
        read(r#""allCityPrices":{"71":{"price":9},"75":{"price":"9"}}"#),
        Ok((vec![], Some(9)))
    );
    // No own cities and different prices: all that is known.
    assert_eq!(
        read(r#""price":0,"allCityPrices":{"71":{"price":8},"75":{"price":9},"11":null}"#),
        Ok((vec![city("71", 8), city("75", 9)], None))
    );
    // A city with 0 is not sold in; a city with half a tenge is a mistake that must be told.
    assert_eq!(
        read(r#""cityPrices":[{"cityId":75,"value":0},{"cityId":"71","value":5}]"#),
        Ok((vec![city("71", 5)], None))
    );
    assert_eq!(
        read(r#""cityPrices":[{"cityId":"75","value":10.5}]"#),
        Err("row 1: sku A: city 75: price 10.5 is not whole tenge".to_owned())
    );
    assert_eq!(
        read(r#""cityPrices":"дорого""#),
        Err("row 1: sku A: cityPrices are not a list".to_owned())
    );
    assert_eq!(
        read(r#""price":5,"availabilities":[{"storeId":"PP1","available":"yes","stockCount":2.5}]"#),
        Err("row 1: sku A: point PP1: stockCount 2.5 is not whole".to_owned())
    );
}

#[test]
fn missing_data_is_not_an_empty_catalogue() {
    let read = |text: &str| read::own_offers(text.as_bytes(), &Links::default(), "1", OwnOffersFilter::All);
    assert!(read(r#"{"data":[],"total":0}"#).unwrap().offers.is_empty());
    for text in [
        "{}",
        r#"{"data":null,"total":0}"#,
        r#"{"data":{},"total":0}"#,
        r#"{"total":0}"#,
        "",
        "[]",
        "null",
        "<html>",
    ] {
        assert_eq!(read(text).unwrap_err().word(), "bad_answer", "{text}");
    }
}

#[test]
fn listings_of_2025() {
    let links = Links::default();
    let page = read::listing(
        &fixture::bytes("storefront_product-view-pl-results_search_2025.json"),
        &links,
    )
    .unwrap();
    let phone = ListingCard {
        card: "123726722".to_owned(),
        title: "Apple iPhone 16 128Gb белый".to_owned(),
        brand: Some("Apple".to_owned()),
        category_id: Some("00003".to_owned()),
        price: Some(Tenge(443_589)),
        url: Some("https://kaspi.kz/shop/p/apple-iphone-16-128gb-belyi-123726722/?c=750000000".to_owned()),
        image_url: Some(
            "https://resources.cdn-kaspi.kz/img/m/p/h35/h47/87295471124510.png?format=preview-small"
                .to_owned(),
        ),
        rating_milli: Some(4800),
        reviews: None,
    };
    assert_eq!(
        (page.cards, page.total, page.refused.len()),
        (vec![phone], None, 0)
    );
    let page = read::listing(
        &fixture::bytes("storefront_product-view-pl-results_grocery_2025.json"),
        &links,
    )
    .unwrap();
    let eggs = &page.cards[0];
    assert_eq!(
        (eggs.card.as_str(), eggs.price, eggs.rating_milli),
        ("100236584", Some(Tenge(2303)), Some(4640))
    );
    let counted = read::listing(
        br#"{"data":{"cards":[{"id":1,"unitPrice":5}],"total":2697,"limit":12}}"#,
        &links,
    )
    .unwrap();
    assert_eq!((counted.cards[0].card.as_str(), counted.total), ("1", Some(2697)));
    for text in [
        "{}",
        r#"{"data":null}"#,
        r#"{"data":{"total":5}}"#,
        r#"{"data":7}"#,
    ] {
        assert_eq!(
            read::listing(text.as_bytes(), &links).unwrap_err().word(),
            "bad_answer",
            "{text}"
        );
    }
}

#[test]
fn reviews_of_2025() {
    let page = read::reviews(
        &fixture::bytes("storefront_review-view-product_2025.json"),
        "COMMENT",
    )
    .unwrap();
    let review = Review {
        id: "8a5cd50184e53cc00184f70f17ad1fa9".to_owned(),
        author: "Асель".to_owned(),
        at: at("2022-12-08T19:00:00Z"),
        stars: 5,
        plus: String::new(),
        minus: String::new(),
        text: "Классный чехол.".to_owned(),
        merchant_uid: None,
    };
    assert_eq!(page.reviews, [review]);
    assert_eq!((page.rating_milli, page.total), (Some(4900), Some(6545)));
    assert_eq!(
        page.distribution,
        [(5, 12632), (4, 396), (3, 54), (2, 19), (1, 59)]
    );
    assert!(
        !format!("{page:?}").contains("200000001"),
        "the order number is not kept"
    );
    assert_eq!(read::reviews(b"{}", "COMMENT").unwrap_err().word(), "bad_answer");
}

#[test]
fn answers_of_changes() {
    let id = "6a8dc59b8a65bb037355fa6c".to_owned();
    assert_eq!(
        read::accepted_job(&fixture::bytes("mc_pricefeed-process.response.json")),
        Ok(AcceptedJob { job_id: id })
    );
    for text in [
        "{}",
        "",
        "[]",
        r#"{"id":null}"#,
        r#"{"id":""}"#,
        "<html>",
        r#"{"valid":true}"#,
    ] {
        assert_eq!(
            read::accepted_job(text.as_bytes()).unwrap_err().word(),
            "unclear",
            "{text}"
        );
    }
    assert_eq!(
        read::accepted_job(&fixture::bytes("mc_offer-validate-v2.response.json"))
            .unwrap_err()
            .word(),
        "unclear"
    );
    let rows = read::job_rows(br#"[{"sku":"A","status":"DONE"},{"sku":7}]"#).unwrap();
    assert_eq!(
        (rows[0].sku.as_str(), rows[0].raw.as_str(), rows[1].sku.as_str()),
        ("A", r#"{"sku":"A","status":"DONE"}"#, "7")
    );
    for text in ["{}", r#"[{"status":"DONE"}]"#, "null", "[1]"] {
        assert_eq!(
            read::job_rows(text.as_bytes()).unwrap_err().word(),
            "bad_answer",
            "{text}"
        );
    }
}

#[test]
fn shops_and_their_points() {
    let shops =
        read::shops(r#"{"merchants":[{"uid":"30067228","name":"Лавка"},{"uid":30067229}]}"#.as_bytes())
            .unwrap();
    assert_eq!(
        (shops[0].name.as_deref(), shops[1].uid.as_str()),
        (Some("Лавка"), "30067229")
    );
    for text in ["{}", r#"{"merchants":null}"#, r#"{"merchants":[{}]}"#] {
        assert_eq!(
            read::shops(text.as_bytes()).unwrap_err().word(),
            "bad_answer",
            "{text}"
        );
    }
    let shop = |text: &str| read::shop_profile(text.as_bytes(), "7").map_err(|error| error.word());
    let text = r#"{"data":{"merchant":{"id":"7","name":"Лавка","logo":{"url":"https://x/y.png"},"points":[
        {"id":"PP1","name":"Склад","enabled":true,"city":{"id":"750000000","name":"Алматы"},"__typename":"Point"},
        {"id":"7_PP2","enabled":false,"city":null}],"__typename":"Merchant"}}}"#;
    let (profile, are_points_known) = shop(text).unwrap();
    assert!(are_points_known);
    assert_eq!(
        (profile.name.as_str(), profile.logo_url.as_deref()),
        ("Лавка", Some("https://x/y.png"))
    );
    let points: Vec<_> = profile
        .points
        .iter()
        .map(|point| {
            (
                point.id.as_str(),
                point.code.as_str(),
                point.name.as_str(),
                point.enabled,
                point.city_id.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        points,
        [
            ("7_PP1", "PP1", "Склад", true, Some("750000000")),
            ("7_PP2", "PP2", "PP2", false, None)
        ]
    );
    assert_eq!(
        shop(r#"{"data":{"merchant":{"id":"7"}}}"#).map(|(_, known)| known),
        Ok(false)
    );
    assert_eq!(
        shop(r#"{"data":{"merchant":null}}"#).map(|_| ()),
        Err("not_found")
    );
    assert_eq!(
        shop(r#"{"data":null,"errors":[{"message":"Bad Request"}]}"#).map(|_| ()),
        Err("refused")
    );
    assert_eq!(
        shop(r#"{"errors":[{"message":"401 Unauthorized"}]}"#).map(|_| ()),
        Err("session_ended")
    );
    assert_eq!(
        shop(r#"{"data":{"merchant":{"id":"8"}}}"#).map(|_| ()),
        Err("bad_answer")
    );
    assert_eq!(shop("{}").map(|_| ()), Err("bad_answer"));
    // The recorded answer of another operation: the shop is there, its points are not told.
    let orders = fixture::bytes("mc_graphql_getOrders_empty.response.json");
    let (profile, are_points_known) = read::shop_profile(&orders, "30067228").unwrap();
    assert_eq!((profile.uid.as_str(), are_points_known), ("30067228", false));
}
