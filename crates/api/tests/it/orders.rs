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

    let of = async |query: &str| {
        let found = house.get(&format!("{at}/orders?{query}")).await.ok();
        let items = found["items"].as_array().unwrap().clone();
        let codes: Vec<String> = items
            .iter()
            .map(|item| item["code"].as_str().unwrap().to_owned())
            .collect();
        codes
    };
    assert_eq!(of("way=pickup").await, ["700000002"]);
    assert_eq!(of("way=kaspi").await, ["700000001"]);
    assert_eq!(
        of(&format!("since={}", now.minus(Span::from_mins(20)).rfc3339())).await,
        ["700000002"]
    );
    assert_eq!(of(&format!("due_before={}", now.rfc3339())).await, [""; 0]);
    let bad = house.get(&format!("{at}/orders?way=drone")).await.refused(422);
    assert_eq!(bad["code"], "invalid-value");
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

const TABLE: &str = "brand;gender;size;chest\nAru;women;S;96-100\nAru;women;M;100-104\nAru;women;L;104-108\n";

#[tokio::test]
async fn sizes_are_advised_corrected_judged_and_forgotten() {
    let (house, shop) = Box::pin(House::with_shop()).await;
    let at = format!("/shops/{shop}");
    let product = json!({"sku": "P-1", "title": "Dress", "brand": "Aru", "model": "AR-1", "size": "M", "gender": "women", "category": "dress"});
    house.post("/products", product).await.ok();
    for (sku, size) in [("P-S", "S"), ("P-L", "L"), ("P-XL", "XL")] {
        let other = json!({"sku": sku, "title": "Dress", "brand": "Aru", "model": "AR-1", "size": size, "gender": "women", "category": "dress"});
        house.post("/products", other).await.ok();
    }
    let ago = house.clock.now().minus(Span::from_mins(30));
    house.desk.order("700000001", "P-1", "Dress", 38_740, ago, false);
    let key = Some(json!({"key": ORDER_KEY}));
    let own = format!("{at}/order_key");
    house.call(&house.cookie, "PUT", &own, key, &[]).await.ok();
    clerk(&house).await;
    let size = format!("{at}/orders/700000001/size");
    let blank = house.get(&size).await.ok();
    assert_eq!(
        (
            &blank["lines"][0]["size"],
            &blank["lines"][0]["why"]["code"],
            &blank["measures"]
        ),
        (&json!(null), &json!("no-body"), &json!(null))
    );
    let body = json!({"act": "measures", "body": {"height_cm": "168", "weight_kg": 64}});
    let known = house.post(&size, body).await.ok();
    let line = &known["lines"][0];
    assert_eq!(
        (
            &line["size"],
            &line["bought"],
            &line["differs"],
            &line["sureness"]
        ),
        (&json!("L"), &json!("M"), &json!(true), &json!("high"))
    );
    assert_eq!(line["reasons"][0]["text"], "By height 168 cm and weight 64 kg");
    let strict = json!({"act": "measures", "body": {"hieght": 168}});
    assert_eq!(
        house.post(&size, strict).await.refused(422)["code"],
        "fit-unknown"
    );
    let wrong = json!({"act": "outcome", "fit": "blue"});
    assert_eq!(house.post(&size, wrong).await.refused(422)["code"], "fit-word");
    let wrong = json!({"act": "correct", "size": "blue"});
    assert_eq!(house.post(&size, wrong).await.refused(422)["code"], "fit-size");
    let corrected = json!({"act": "correct", "size": "XL", "why": "likes it wide"});
    let line = &house.post(&size, corrected).await.ok()["lines"][0];
    assert_eq!(
        (&line["size"], &line["sureness"], &line["correction"]["from"]),
        (&json!("XL"), &json!("person"), &json!("L"))
    );
    let judged = json!({"act": "outcome", "fit": "small", "size": "M"});
    let line = &house.post(&size, judged).await.ok()["lines"][0];
    assert_eq!(
        (&line["outcome"]["fit"], &line["lessons"]),
        (&json!("small"), &json!(1))
    );
    let quality = house.get(&format!("{at}/size_quality")).await.ok();
    assert_eq!(
        (&quality["sat"]["small"], &quality["other"]["small"]),
        (&json!(1), &json!(1))
    );
    let forgotten = house.post(&size, json!({"act": "forget"})).await.ok();
    assert_eq!(forgotten["measures"], json!(null));
    assert!(!house.get(&size).await.ok().to_string().contains("168"));
}

#[tokio::test]
async fn size_tables_hold_whole_and_are_undone() {
    let (house, shop) = Box::pin(House::with_shop()).await;
    let at = format!("/api/v1/shops/{shop}/size_tables");
    let send = async |query: &str, file: String| {
        let address = format!("{at}{query}");
        let body = file.into_bytes();
        house
            .send(&house.cookie, "POST", &address, body, Some("text/csv"), &[])
            .await
            .ok()
    };
    let held = async || house.get(&format!("/shops/{shop}/size_tables")).await.ok();
    let bad = send("", TABLE.replace("104-108", "blue")).await;
    assert_eq!(
        (&bad["state"], &bad["problems"][0]["row"]),
        (&json!("loaded"), &json!(4))
    );
    assert_eq!(
        bad["problems"][0]["detail"],
        "“chest”: blue is no measurement. Write 92 or 88-92"
    );
    let seen = send("?check=true", TABLE.to_owned()).await;
    assert_eq!((&seen["state"], &seen["tables"]), (&json!("loaded"), &json!(1)));
    assert_eq!(held().await["tables"], json!(null));
    let good = send("?name=brands.csv", TABLE.to_owned()).await;
    assert_eq!(
        (&good["state"], &good["title"]),
        (&json!("current"), &json!("brands.csv"))
    );
    assert_eq!(held().await["tables"]["lines"].as_array().unwrap().len(), 3);
    let undo = format!("/shops/{shop}/size_tables/{}/undos", good["id"].as_str().unwrap());
    for _ in 0..2 {
        house.post(&undo, json!({})).await.ok();
    }
    assert_eq!(held().await["tables"], json!(null));
}
