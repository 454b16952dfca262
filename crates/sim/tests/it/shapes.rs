//! Our answers against every recorded document that concerns them.

use crate::{
    caller::{ALMATY, PHONE, open},
    shape::Shape,
};
use serde_json::{Value, json};

macro_rules! recorded {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!("../../data/samples/", $name))).unwrap()
    };
}

fn same(shape: &Shape, ours: &Value, extra: &[&str]) {
    let found = shape.differences(ours, extra);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A card with several sellers in Almaty, some of them new.
async fn busy_card(caller: &mut crate::caller::Caller) -> String {
    let (_, cards) = caller.read("/_sim/api/cards?limit=60").await;
    let best = cards
        .as_array()
        .unwrap()
        .iter()
        .max_by_key(|card| card["rivals"].as_u64())
        .unwrap();
    best["card"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn offers_of_a_card() {
    let (world, mut caller) = open().await;
    world.sim().change_settings(&sauda_sim::SettingsPatch {
        read_limit: Some(false),
        ..Default::default()
    });
    let shape = Shape::of(&recorded!("storefront_offer-view-offers_2026-09.json"));
    let (_, cards) = caller.read("/_sim/api/cards?limit=14").await;
    let mut new_sellers = 0;
    for card in cards.as_array().unwrap() {
        let offers = caller.offers(card["card"].as_str().unwrap(), ALMATY).await;
        same(&shape, &offers, &[]);
        new_sellers += offers["offers"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|offer| offer.get("merchantRating").is_none())
            .count();
    }
    assert!(new_sellers > 0, "sellers without reviews have no rating members");
    let card = busy_card(&mut caller).await;
    let question = recorded!("storefront_offer-view-offers.request.json");
    assert_eq!(
        caller
            .post(&format!("/yml/offer-view/offers/{card}"), &question)
            .await
            .status()
            .as_u16(),
        200
    );
    let (status, error) = caller.read(&format!("/yml/offer-view/offers/{card}")).await;
    assert_eq!(
        (status.as_u16(), error["path"].as_str()),
        (405, Some(format!("/offers/{card}").as_str()))
    );
    same(
        &Shape::of(&recorded!("storefront_offer-view-offers_error-405.json")),
        &error,
        &[],
    );
}

#[tokio::test]
async fn listings_in_both_recorded_forms() {
    let (_world, mut caller) = open().await;
    let mut shape = Shape::of(&recorded!("storefront_product-view-pl-results_grocery_2025.json"));
    shape.learn(&recorded!("storefront_product-view-pl-results_search_2025.json"));
    let extra = [
        "category",
        "categoryRu",
        "categoryCodes",
        "reviewsQuantity",
        "stock",
        "promo",
    ];
    for path in [
        "/yml/product-view/pl/results?page=0&q=%3AavailableInZones%3AMagnum_ZONE1&text=&sort=relevance&ui=d&i=-1&c=750000000",
        "/yml/product-view/pl/results?page=0&text=%D1%87&c=710000000",
    ] {
        let (status, mut answer) = caller.read(path).await;
        assert_eq!(status.as_u16(), 200);
        for card in answer["data"].as_array_mut().unwrap() {
            // Cards without reviews have no rating; both recorded cards have some.
            let fields = card.as_object_mut().unwrap();
            fields.entry("rating").or_insert(json!(4.5));
        }
        assert!(!answer["data"].as_array().unwrap().is_empty());
        same(&shape, &answer, &extra);
    }
    let (_, filters) = caller
        .read("/yml/product-view/pl/filters?text=&page=1&c=750000000")
        .await;
    assert_eq!(
        (
            filters["data"]["limit"].as_u64(),
            filters["data"]["total"].as_u64()
        ),
        (Some(12), Some(60))
    );
    assert_eq!(filters["data"]["cards"].as_array().unwrap().len(), 12);
}

#[tokio::test]
async fn reviews() {
    let (_world, mut caller) = open().await;
    let shape = Shape::of(&recorded!("storefront_review-view-product_2025.json"));
    let (_, cards) = caller.read("/_sim/api/cards?limit=3").await;
    let card = cards[0]["card"].as_str().unwrap();
    let (_, answer) = caller.read(&format!("/yml/review-view/api/v1/reviews/product/{card}?filter=ALL&sort=POPULARITY&limit=9&page=0&withAgg=true")).await;
    same(&shape, &answer, &[]);
    assert_eq!(answer["data"].as_array().unwrap().len(), 9);
    let (_, plain) = caller
        .read(&format!(
            "/yml/review-view/api/v1/reviews/product/{card}?limit=2&page=0"
        ))
        .await;
    assert_eq!(plain.as_object().unwrap().keys().collect::<Vec<_>>(), ["data"]);
    let (_, merchant) = caller.read("/yml/review-view/api/v1/reviews/merchant/30000001?limit=5&page=0&sort=DATE&days=365&withAgg=true").await;
    same(&shape, &merchant, &[]);
}

fn part<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page.find(from).unwrap_or_else(|| panic!("{from} is in the page")) + from.len();
    let length = page[start..]
        .find(to)
        .unwrap_or_else(|| panic!("{to} follows {from}"));
    &page[start..start + length]
}

#[tokio::test]
async fn the_product_page_and_its_parts() {
    let (_world, mut caller) = open().await;
    let (_, listing) = caller
        .read("/yml/product-view/pl/results?page=0&c=750000000")
        .await;
    let saved = include_str!("../../data/samples/storefront_product-page_2026-05.trimmed.html");
    let mut item_shape = Shape::of(&recorded!(
        "storefront_product-page_BACKEND.components.item_2025.json"
    ));
    item_shape.learn(&serde_json::from_str(part(saved, "BACKEND.components.item = ", ";\n")).unwrap());
    let mut trees = 0;
    for card in listing["data"].as_array().unwrap() {
        let id = card["id"].as_str().unwrap();
        let response = caller.get(&format!("/shop/p/-{id}/?c=710000000")).await;
        assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
        let page = response.text().await.unwrap();
        let item: Value = serde_json::from_str(part(&page, "BACKEND.components.item = ", ";\n")).unwrap();
        same(&item_shape, &item, &[]);
        let tree: Value =
            serde_json::from_str(part(&page, "BACKEND.components.configurator = ", ";\n")).unwrap();
        if tree["matrix"].is_array() {
            trees += 1;
            assert!(
                tree["matrix"][0]["matrix"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|leaf| leaf["productCode"] == *id)
            );
        }
        let literal = part(&page, "BACKEND.components.citySelection = ", ";\n");
        assert!(
            literal.starts_with("{citys: [")
                && literal.ends_with(", defaultCityID: 750000000, enable: false}")
        );
        let citys: Value = serde_json::from_str(part(literal, "{citys: ", ", defaultCityID")).unwrap();
        let shape = Shape::of(&recorded!("storefront_citySelection_raw-excerpt_2025.json")["citys"]);
        // Places outside the two recorded ones may lack a radius, as Almaty does.
        same(&shape, &citys, &[]);
        let mut digital: Value = serde_json::from_str(part(&page, "window.digitalData = ", ";\n")).unwrap();
        digital["page"] = serde_json::from_str(part(&page, "window.digitalData.page=", ";\n")).unwrap();
        digital["product"] = serde_json::from_str(part(&page, "window.digitalData.product=", ";\n")).unwrap();
        same(
            &Shape::of(&recorded!("storefront_product-page_digitalData_2025.json")),
            &digital,
            &[],
        );
        linked_data(&page, id);
    }
    assert!(trees < 12);
    assert_eq!(caller.get("/shop/p/-1/").await.status().as_u16(), 404);
}

fn linked_data(page: &str, id: &str) {
    let mut parts = Vec::new();
    for block in page.split("<script type=\"application/ld+json\">").skip(1) {
        let text = block.split("</script>").next().unwrap().trim();
        let strict: Value = serde_json::from_str(text.trim_end_matches(',')).unwrap();
        parts.push((text.ends_with(','), strict));
    }
    assert_eq!(
        parts.iter().map(|(stray, _)| *stray).collect::<Vec<_>>(),
        [false, false, true]
    );
    assert_eq!(parts[1].1["sku"], *id);
    let recorded = recorded!("storefront_product-page_json-ld_2025.json");
    for (ours, theirs) in parts.iter().zip(recorded.as_array().unwrap()) {
        same(&Shape::of(theirs), &ours.1, &[]);
    }
}

#[tokio::test]
async fn the_configurator_of_a_card_with_variants() {
    let (_world, mut caller) = open().await;
    let shape = Shape::of(&recorded!(
        "storefront_product-page_BACKEND.components.configurator_2025.json"
    ));
    let (_, listing) = caller
        .read("/yml/product-view/pl/results?page=0&size=48&c=750000000")
        .await;
    let card = listing["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|card| card["hasVariants"] == true)
        .unwrap();
    let page = caller
        .get(&format!("/shop/p/-{}/?c=750000000", card["id"].as_str().unwrap()))
        .await
        .text()
        .await
        .unwrap();
    let tree: Value = serde_json::from_str(part(&page, "BACKEND.components.configurator = ", ";\n")).unwrap();
    same(&shape, &tree, &[]);
}

#[tokio::test]
async fn own_offers_in_list_and_details() {
    let (_world, mut caller) = open().await;
    caller.sign_in(PHONE).await;
    let (_, mut list) = caller.read("/bff/offer-view/list?m=30000001&p=0&l=100").await;
    assert_eq!(
        (list["total"].as_u64(), list["data"].as_array().unwrap().len()),
        (Some(20), 20)
    );
    let mut shape = Shape::of(&recorded!("mc_bff-offer-view-list_2025-05.json"));
    // The recorded offer is a removed one; offers on sale hold these where it holds null, and null where it holds text.
    let mut on_sale = recorded!("mc_bff-offer-view-list_2025-05.json");
    for nulled in ["archivedAt", "editionDeadline", "offerError"] {
        on_sale["data"][0][nulled] = Value::Null;
    }
    on_sale["data"][0]["allCityPrices"] = Value::Null;
    shape.learn(&on_sale);
    for offer in list["data"].as_array_mut().unwrap() {
        // City ids are keys of data, not members.
        assert!(
            offer["allCityPrices"]
                .as_object()
                .unwrap()
                .values()
                .all(|price| price["price"].is_u64() && price["oldPrice"].is_null())
        );
        offer["allCityPrices"] = Value::Null;
        assert_eq!(offer["availabilities"].is_null(), offer["available"] == false);
    }
    same(&shape, &list, &[]);
    let mut shape = Shape::of(&recorded!("mc_bff-offer-view-details_2025-05.json"));
    let mut calm = recorded!("mc_bff-offer-view-details_2025-05.json");
    calm["editionDeadline"] = Value::Null;
    calm["offerError"] = Value::Null;
    shape.learn(&calm);
    for offer in list["data"].as_array().unwrap().iter().take(5) {
        let (status, details) = caller
            .read(&format!(
                "/bff/offer-view/details?m=30000001&s={}",
                offer["sku"].as_str().unwrap()
            ))
            .await;
        assert_eq!(status.as_u16(), 200);
        same(&shape, &details, &["available", "preOrder", "stockCount"]);
    }
}

#[tokio::test]
async fn small_cabinet_answers() {
    let (_world, mut caller) = open().await;
    caller.sign_in(PHONE).await;
    let mut request = recorded!("mc_pricefeed-process_price-and-stock.request.json");
    request["merchantUid"] = json!("30000001");
    request["sku"] = json!("not-there");
    request["availabilities"][0]["storeId"] = json!("30000001_PP2");
    let (status, job) = caller.ask("/pricefeed/upload/merchant/process", &request).await;
    same(
        &Shape::of(&recorded!("mc_pricefeed-process.response.json")),
        &job,
        &[],
    );
    let id = job["id"].as_str().unwrap();
    assert_eq!(
        (
            status.as_u16(),
            id.len(),
            id.chars().all(|digit| digit.is_ascii_hexdigit())
        ),
        (200, 24, true)
    );
    let (_, valid) = caller
        .ask(
            "/offer-validation-api/merchant/offer/validate/v2",
            &json!({"action": "ON_SALE__PRICE_SAVE", "merchantUid": "30000001", "offers": []}),
        )
        .await;
    same(
        &Shape::of(&recorded!("mc_offer-validate-v2.response.json")),
        &valid,
        &[],
    );
    let (_, count) = caller.read("/content/pending/mc/product/30000001/count").await;
    same(
        &Shape::of(&recorded!("mc_content-pending_count.json")),
        &count,
        &[],
    );
    let (_, published) = caller.read("/offers/api/v1/offer/count?m=30000001").await;
    assert!(published["published"].is_u64());
}

#[tokio::test]
async fn graphql_answers_by_operation_and_errs_at_status_200() {
    let (_world, mut caller) = open().await;
    caller.sign_in(PHONE).await;
    let (_, merchant) = caller.ask("/mc/facade/graphql?opName=getMerchant", &json!({"operationName": "getMerchant", "variables": {"id": "30000001"}, "query": "{ __typename }"})).await;
    assert_eq!(merchant["data"]["merchant"]["points"][0]["city"]["id"], ALMATY);
    assert_eq!(merchant["data"]["merchant"]["__typename"], "Merchant");
    let (status, foreign) = caller
        .ask(
            "/mc/facade/graphql?opName=getMerchant",
            &json!({"operationName": "getMerchant", "variables": {"id": "30000003"}}),
        )
        .await;
    assert_eq!(
        (status.as_u16(), foreign["errors"][0]["message"].as_str()),
        (200, Some("Access is denied"))
    );
    let (_, cities) = caller
        .ask(
            "/mc/facade/graphql?opName=getCities",
            &json!({"operationName": "getCities", "variables": {}}),
        )
        .await;
    assert_eq!(cities["data"]["cities"].as_array().unwrap().len(), 270);
}

#[tokio::test]
async fn sign_in_answers_are_the_recorded_ones() {
    let (_world, mut caller) = open().await;
    caller.reach_login().await;
    let mut request = recorded!("idmc_login_phone.request.json");
    request["_ph"] = json!(PHONE);
    let (_, answer) = caller.ask("/api/p/login", &request).await;
    same(
        &Shape::of(&recorded!("idmc_login_phone.response.json")),
        &answer,
        &[],
    );
    let mut request = recorded!("idmc_login_otp.request.json");
    request["_c"] = json!(caller.code(PHONE).await);
    let (_, answer) = caller.ask("/api/p/login", &request).await;
    assert_eq!(answer, recorded!("idmc_login_otp.response.json"));
}
