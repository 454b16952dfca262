//! Orders over the interface: the key, lists, acts that are done once, the waybill, and who may see what.

use crate::house::House;
use sauda_kernel::{Clock as _, Span};
use sauda_orders::engine::Clerk;
use sauda_testkit::ORDER_KEY;
use serde_json::json;
use tokio_util::sync::CancellationToken;

async fn clerk(house: &House) {
    let clerk = Clerk::new(house.orders.clone(), "test");
    for _ in 0..36 {
        Box::pin(clerk.turn(&CancellationToken::new())).await.unwrap();
        house.clock.push(Span::from_secs(1));
    }
}

#[tokio::test]
async fn an_order_is_read_worked_on_once_and_shown_with_its_history() {
    let (house, shop) = Box::pin(House::with_shop()).await;
    let at = format!("/shops/{shop}");
    let none = house.get(&format!("{at}/order_key")).await.ok();
    assert_eq!(
        (none["state"].as_str(), none["end"].is_null()),
        (Some("none"), true)
    );
    let bad = house
        .call(
            &house.cookie,
            "PUT",
            &format!("{at}/order_key"),
            Some(json!({"key": "short"})),
            &[],
        )
        .await
        .refused(422);
    assert_eq!(bad["code"], "bad-shop-key");
    let now = house.clock.now();
    house.desk.order(
        "700000001",
        "P-1",
        "Пуховик Aru Nord",
        38_740,
        now.minus(Span::from_mins(30)),
        false,
    );
    house.desk.order(
        "700000002",
        "X-9",
        "Лампа",
        9_290,
        now.minus(Span::from_mins(10)),
        true,
    );
    house
        .call(
            &house.cookie,
            "PUT",
            &format!("{at}/order_key"),
            Some(json!({"key": ORDER_KEY})),
            &[],
        )
        .await
        .ok();
    clerk(&house).await;
    let key = house.get(&format!("{at}/order_key")).await.ok();
    assert_eq!(key["state"], "works");
    assert!(!key.to_string().contains(ORDER_KEY), "the key never comes out");

    let first = house.get(&format!("{at}/orders?limit=1")).await.ok();
    assert_eq!(first["items"][0]["code"], "700000001");
    assert_eq!(first["items"][0]["total"]["amount_minor"], 3_874_000);
    assert_eq!(first["items"][0]["phone"], "+77010000000");
    assert_eq!(
        first["items"][0]["acts"],
        json!(["accept", "cancel", "cancel_line"])
    );
    let next = first["next"].as_str().unwrap();
    let second = house.get(&format!("{at}/orders?limit=1&after={next}")).await.ok();
    assert_eq!(
        (second["items"][0]["code"].as_str(), second["next"].is_null()),
        (Some("700000002"), true)
    );
    house.get(&format!("{at}/orders?after=junk")).await.refused(422);
    house
        .get(&format!("{at}/orders?view=nonsense"))
        .await
        .refused(422);
    let counts = house.get(&format!("{at}/order_counts")).await.ok();
    assert_eq!(
        (counts["open"].as_i64(), counts["stages"]["new"].as_i64()),
        (Some(2), Some(2))
    );

    let acts = format!("{at}/orders/700000001/acts");
    let asked = house.post(&acts, json!({"act": "accept"})).await.ok();
    assert_eq!(
        (asked["act"].as_str(), asked["state"].as_str()),
        (Some("accept"), Some("recorded"))
    );
    let again = house.post(&acts, json!({"act": "accept"})).await.refused(409);
    assert_eq!(again["code"], "act-asked");
    house
        .get(&format!("{at}/orders/700000001/waybill"))
        .await
        .refused(404);
    clerk(&house).await;
    let early = house
        .post(&acts, json!({"act": "complete", "code": "1234"}))
        .await
        .refused(409);
    assert_eq!(early["code"], "act-not-now");
    house
        .post(&acts, json!({"act": "assemble", "parcels": 0}))
        .await
        .refused(422);
    house.post(&acts, json!({"act": "assemble"})).await.ok();
    clerk(&house).await;
    let whole = house.get(&format!("{at}/orders/700000001")).await.ok();
    assert_eq!(whole["order"]["stage"], "hand_over");
    assert_eq!(whole["commands"][1]["state"], "done");
    let codes: Vec<_> = whole["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["code"].as_str().unwrap())
        .collect();
    assert_eq!((codes[0], *codes.last().unwrap()), ("ordered", "waybill-stored"));
    let paper = house.get(&format!("{at}/orders/700000001/waybill")).await;
    assert_eq!(paper.headers["content-type"], "application/pdf");
    house.get(&format!("{at}/orders/1")).await.refused(404);
    house.delete(&format!("{at}/order_key")).await.ok();
    assert_eq!(house.get(&format!("{at}/order_key")).await.ok()["state"], "none");
}
