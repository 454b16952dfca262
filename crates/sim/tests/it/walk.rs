//! The walk of the README, step by step, with a plain HTTP client; each path walked must stand in the README.

use crate::caller::{ALMATY, PHONE, location, open};
use serde_json::json;

const README: &str = include_str!("../../README.md");

fn told(path: &str) -> &str {
    assert!(
        README.contains(path.split('?').next().unwrap()),
        "{path} is not in the README"
    );
    path
}

#[tokio::test]
async fn the_readme_can_be_followed_by_hand() {
    let (_world, mut caller) = open().await;
    assert_eq!(caller.get(told("/s/m")).await.status().as_u16(), 401);
    let begin = told("/oauth2/authorization/1?redirectUrl=https%3A%2F%2Fkaspi.kz%2Fmc%2F");
    let out = location(&caller.get(begin).await);
    assert!(out.contains("/oauth2/authorize?response_type=code&client_id=da68118c-9671-4cb5-8c9e-c08785ad204b&scope=openid&state="));
    assert!(location(&caller.get(&out).await).ends_with("/login"));
    caller.post(told("/api/p/login"), &json!({"_ph": PHONE})).await;
    let (_, codes) = caller.read(told("/_sim/api/codes")).await;
    let (_, done) = caller.ask("/api/p/login", &json!({"_c": codes[0]["code"]})).await;
    assert_eq!(done, json!({"redirectUrl": "/"}));
    let back = location(&caller.get(begin).await);
    let back = location(&caller.get(&back).await);
    assert!(location(&caller.get(&back).await).ends_with("/mc/"));
    assert_eq!(caller.get("/s/m").await.status().as_u16(), 200);

    let (_, list) = caller
        .read(told("/bff/offer-view/list?m=30000001&p=0&l=10&a=true"))
        .await;
    let offer = &list["data"][0];
    let (sku, card) = (
        offer["sku"].as_str().unwrap(),
        offer["masterSku"].as_str().unwrap(),
    );
    let price = offer["minPrice"].as_u64().unwrap() - 1;
    let mut goods = offer["availabilities"].clone();
    for one in goods.as_array_mut().unwrap() {
        let fields = one.as_object_mut().unwrap();
        fields.retain(|name, _| ["available", "storeId", "stockCount"].contains(&name.as_str()));
    }
    let change = json!({"merchantUid": "30000001", "sku": sku, "model": offer["title"], "cityPrices": [{"cityId": ALMATY, "value": price}], "availabilities": goods});
    let (_, job) = caller
        .ask(told("/pricefeed/upload/merchant/process"), &change)
        .await;
    assert_eq!(job["id"].as_str().unwrap().len(), 24);
    caller
        .post(told("/_sim/api/clock"), &json!({"step_ms": 60_000}))
        .await;
    told("/yml/offer-view/offers/");
    let offers = caller.offers(card, ALMATY).await;
    let own = offers["offers"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["merchantId"] == "30000001")
        .unwrap();
    assert_eq!(
        own["price"].as_f64(),
        Some(f64::from(u32::try_from(price).unwrap()))
    );
    let (_, ledger) = caller.read(told("/_sim/api/ledger")).await;
    assert_eq!(ledger[0]["job"], job["id"]);
}
