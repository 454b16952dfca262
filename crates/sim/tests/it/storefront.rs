//! The storefront's manners: sorting, paging, refusals, limits.

use crate::caller::{ALMATY, BROWSER, open};
use reqwest::StatusCode;
use sauda_kernel::Span;
use sauda_sim::SettingsPatch;
use serde_json::{Value, json};

fn prices(offers: &Value) -> Vec<f64> {
    offers["offers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|offer| offer["price"].as_f64().unwrap())
        .collect()
}

#[tokio::test]
async fn offers_are_sorted_paged_and_narrowed() {
    let (_world, mut caller) = open().await;
    let (_, cards) = caller.read("/_sim/api/cards").await;
    let card = cards
        .as_array()
        .unwrap()
        .iter()
        .max_by_key(|card| card["rivals"].as_u64())
        .unwrap()["card"]
        .as_str()
        .unwrap()
        .to_owned();
    let all = caller.offers(&card, ALMATY).await;
    let prices = prices(&all);
    assert!(prices.len() > 5 && prices.is_sorted());
    assert_eq!(
        (all["total"].as_u64(), all["offersCount"].as_u64()),
        (u64::try_from(prices.len()).ok(), u64::try_from(prices.len()).ok())
    );
    let path = format!("/yml/offer-view/offers/{card}");
    let (_, second) = caller
        .ask(&path, &json!({"cityId": ALMATY, "limit": 3, "page": 1}))
        .await;
    assert_eq!(
        second["offers"].as_array().unwrap().as_slice(),
        &all["offers"].as_array().unwrap()[3..6]
    );
    let one = all["offers"][2]["merchantId"].as_str().unwrap();
    let (_, narrowed) = caller
        .ask(
            &path,
            &json!({"cityId": ALMATY, "limit": 64, "merchantUID": [one]}),
        )
        .await;
    assert_eq!(
        (
            narrowed["total"].as_u64(),
            narrowed["offers"][0]["merchantId"].as_str()
        ),
        (Some(1), Some(one))
    );
    let (_, batch) = caller
        .ask(
            "/yml/offer-view/offers",
            &json!({"cityId": ALMATY, "entries": [{"sku": card, "merchantId": one}], "options": ["PRICE"]}),
        )
        .await;
    assert_eq!(batch["offers"][0]["price"], all["offers"][2]["price"]);
}

#[tokio::test]
async fn unknown_cards_are_empty_and_greedy_pages_are_refused() {
    let (_world, mut caller) = open().await;
    let empty = caller.offers("999999999", ALMATY).await;
    assert_eq!(
        (empty["offers"].as_array().map(Vec::len), empty["total"].as_u64()),
        (Some(0), Some(0))
    );
    for (limit, status) in [(64, 200), (65, 400), (100, 400)] {
        let response = caller
            .post(
                "/yml/offer-view/offers/999999999",
                &json!({"cityId": ALMATY, "limit": limit}),
            )
            .await;
        assert_eq!(response.status().as_u16(), status, "{limit}");
    }
    assert_eq!(
        caller
            .post("/yml/offer-view/offers/999999999", &json!({"limit": 5}))
            .await
            .status(),
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn readers_that_are_no_browser_are_forbidden() {
    let (_world, caller) = open().await;
    for agent in ["python-requests/2.32", ""] {
        let request = caller
            .http
            .get(format!("{}/yml/product-view/pl/results?page=0", caller.base))
            .header("user-agent", agent);
        let response = request.send().await.unwrap();
        assert_eq!(
            (
                response.status(),
                response.headers()["content-type"].to_str().unwrap()
            ),
            (StatusCode::FORBIDDEN, "text/html; charset=utf-8")
        );
    }
    assert!(BROWSER.starts_with("Mozilla/"));
}

#[tokio::test]
async fn sixteen_reads_in_a_second_close_the_door_for_ten_seconds() {
    let (world, mut caller) = open().await;
    for _ in 0..15 {
        caller.offers("999999999", ALMATY).await;
    }
    let body = json!({"cityId": ALMATY});
    assert_eq!(
        caller
            .post("/yml/offer-view/offers/999999999", &body)
            .await
            .status(),
        StatusCode::FORBIDDEN
    );
    world.sim().step(Span::from_secs(9));
    assert_eq!(
        caller
            .post("/yml/offer-view/offers/999999999", &body)
            .await
            .status(),
        StatusCode::FORBIDDEN
    );
    world.sim().step(Span::from_secs(1));
    caller.offers("999999999", ALMATY).await;
    let (_, counters) = caller.read("/_sim/api/counters").await;
    assert_eq!(
        (
            counters["read_violations"].as_u64(),
            counters["storefront_refused"].as_u64()
        ),
        (Some(1), Some(2))
    );
    assert_eq!(counters["addresses"]["127.0.0.1"]["peak_per_second"], 16);
}

#[tokio::test]
async fn forwarded_addresses_have_their_own_limits_when_trusted() {
    let (world, caller) = open().await;
    world.sim().change_settings(&SettingsPatch {
        trust_forwarded_for: Some(true),
        ..SettingsPatch::default()
    });
    for at in 0..40 {
        let request = caller
            .http
            .post(format!("{}/yml/offer-view/offers/1", caller.base))
            .header("x-forwarded-for", format!("10.0.0.{}", at % 4));
        assert_eq!(
            request
                .json(&json!({"cityId": ALMATY}))
                .send()
                .await
                .unwrap()
                .status(),
            StatusCode::OK
        );
    }
    world.sim().change_settings(&SettingsPatch {
        read_limit: Some(false),
        trust_forwarded_for: Some(false),
        ..SettingsPatch::default()
    });
    for _ in 0..40 {
        let request = caller
            .http
            .post(format!("{}/yml/offer-view/offers/1", caller.base))
            .json(&json!({"cityId": ALMATY}));
        assert_eq!(request.send().await.unwrap().status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn menu_search_and_control_pages_answer() {
    let (_world, mut caller) = open().await;
    let (_, menu) = caller
        .read("/yml/main-navigation/n/n/desktop-menu?depth=1&city=750000000&rootType=desktop")
        .await;
    assert!(menu["subNodes"].as_array().unwrap().len() > 10);
    let shell = caller
        .get("/shop/search/?text=iphone")
        .await
        .text()
        .await
        .unwrap();
    assert!(shell.contains("window.digitalData.listing"));
    let page = caller.get("/_sim/").await.text().await.unwrap();
    assert!(page.contains("Симулятор Kaspi") && page.contains("30000001") && !page.contains("https://"));
}
