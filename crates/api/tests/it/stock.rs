//! Suppliers, purchases, stock-taking and calculations over the interface, by rights, once, with what differs.

use crate::house::{House, tenge};
use sauda_accounts::{Right, Role};
use sauda_kernel::Clock as _;
use serde_json::{Value, json};

const SHEET: &str = "SKU_ID;Kaspi_name_core;Initial_KSP_Price;Stock_entered;Weight_kg;Себестоимость\n\
                     A-1;Куртка Арктика;38 740;4;0,95;25 300\nB-2;Термос;12 990;2;;5 000\n";

/// Ids of A-1 and B-2.
async fn goods(house: &House) -> [String; 2] {
    let bytes = SHEET.as_bytes().to_vec();
    let address = "/api/v1/product_imports?name=own.csv";
    let sent = house.send(&house.cookie, "POST", address, bytes, Some("text/csv"), &[]);
    sent.await.ok();
    let list = house.get("/products").await.ok();
    let id = |sku: &str| {
        let items = list["items"].as_array().unwrap();
        let found = items.iter().find(|one| one["sku"] == sku).unwrap();
        found["id"].as_str().unwrap().to_owned()
    };
    [id("A-1"), id("B-2")]
}

/// The line of a product: lines stand by id.
fn line<'a>(purchase: &'a Value, product: &str) -> &'a Value {
    let lines = purchase["lines"].as_array().unwrap();
    lines.iter().find(|line| line["product"] == product).unwrap()
}

async fn change(house: &House, path: &str, body: Value) -> crate::house::Reply {
    house.call(&house.cookie, "PATCH", path, Some(body), &[]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supplier_is_kept_changed_put_away_and_brought_back() {
    let house = House::new().await;
    let new = json!({"name": "Sulu", "lead_days": 9, "weekdays": [1, 5], "vat_bp": 1600});
    let made = house.post("/suppliers", new).await;
    assert_eq!(made.status, 201);
    let made = made.ok();
    let path = format!("/suppliers/{}", made["id"].as_str().unwrap());
    let email = json!({"email": "orders@sulu.kz", "days_off": ["2027-01-01"]});
    let changed = change(&house, &path, email).await.ok();
    assert_eq!(
        (&changed["weekdays"], &changed["email"], &changed["vat_bp"]),
        (&json!([1, 5]), &json!("orders@sulu.kz"), &json!(1600))
    );
    let wrong = change(&house, &path, json!({"days_off": ["soon"]}))
        .await
        .refused(422);
    assert_eq!(wrong["errors"][0]["field"], "days_off");
    let taken = house
        .post("/suppliers", json!({"name": "Sulu"}))
        .await
        .refused(422);
    assert_eq!(taken["errors"][0]["code"], "stock-name-taken");
    house.delete(&path).await.ok();
    house.get(&path).await.refused(404);
    house.delete(&path).await.refused(404);
    let again = house.post("/suppliers", json!({"name": "Sulu"})).await.ok();
    assert_eq!(again["id"], made["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purchase_is_drafted_once_changed_sent_and_received_with_its_costs() {
    let house = House::new().await;
    let [coat, flask] = goods(&house).await;
    let new = json!({"lines": [{"product": coat, "quantity": 10, "unit_cost": tenge(20_000)}]});
    let once = [("idempotency-key", "order-7")];
    let draft = async || {
        let body = Some(new.clone());
        let sent = house.call(&house.cookie, "POST", "/purchases", body, &once);
        sent.await.ok()
    };
    let (first, second) = (draft().await, draft().await);
    assert_eq!((&first["id"], &first["number"]), (&second["id"], &json!(1)));
    let path = format!("/purchases/{}", first["id"].as_str().unwrap());

    let nothing = change(&house, &path, json!({})).await.refused(422);
    assert_eq!(nothing["code"], "no-change");
    let early = house
        .post(&format!("{path}/receipts"), json!({}))
        .await
        .refused(409);
    assert_eq!(early["code"], "purchase-not-now");
    let lines = json!({"lines": [
        {"product": coat, "quantity": 10, "unit_cost": tenge(20_000)},
        {"product": flask, "quantity": 5},
    ], "state": "sent"});
    let sent = change(&house, &path, lines).await.ok();
    assert_eq!(
        (&sent["state"], &line(&sent, &flask)["unit_cost"], &sent["next"]),
        (&json!("sent"), &tenge(5_000), &json!(["on_the_way", "cancelled"]))
    );
    let late = json!({"lines": [{"product": flask, "quantity": 1}]});
    change(&house, &path, late).await.refused(409);

    let receipt = |by: &str| {
        json!({
            "lines": [{"product": coat, "received": 8}],
            "costs": [{"kind": "freight", "sum": {"amount_minor": 100_001, "currency": "KZT"}, "by": by}],
        })
    };
    let refused = house.post(&format!("{path}/receipts"), receipt("weight")).await;
    let refused = refused.refused(422);
    assert_eq!(refused["errors"][0]["field"], "freight");
    assert!(refused["detail"].as_str().unwrap().contains("B-2"), "{refused}");
    let done = house
        .post(&format!("{path}/receipts"), receipt("quantity"))
        .await
        .ok();
    assert_eq!(
        (&done["state"], &line(&done, &coat)["received"]),
        (&json!("received"), &json!(8))
    );
    let landed: i64 = done["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["landed"]["amount_minor"].as_i64().unwrap())
        .sum();
    assert_eq!(landed, 8 * 2_000_000 + 5 * 500_000 + 100_001);
    house
        .post(&format!("{path}/receipts"), json!({}))
        .await
        .refused(409);

    let packer = house.hire(Role::Packer).await;
    let seen = house.call(&packer, "GET", &path, None, &[]).await.ok();
    assert_eq!(
        (&line(&seen, &coat)["unit_cost"], &seen["costs"]),
        (&Value::Null, &json!([]))
    );
    let stranger = house.stranger().await;
    house.call(&stranger, "GET", &path, None, &[]).await.refused(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_becomes_a_draft_and_a_counting_corrects_what_lies_there() {
    let house = House::new().await;
    let [coat, _] = goods(&house).await;
    let none = house
        .post("/purchases", json!({"from_advice": true}))
        .await
        .refused(422);
    assert_eq!(none["code"], "purchase-empty");
    let both = json!({"from_advice": true, "lines": [{"product": coat, "quantity": 1}]});
    assert_eq!(
        house.post("/purchases", both).await.refused(422)["code"],
        "one-of"
    );

    let counting = house.post("/stock_counts", json!({})).await.ok();
    let path = format!("/stock_counts/{}", counting["id"].as_str().unwrap());
    let unknown = json!({"sku": "Z-9", "counted": 3});
    let unknown = house.post(&format!("{path}/lines"), unknown).await.refused(422);
    assert_eq!(unknown["errors"][0]["code"], "stock-no-sku");
    let counted = json!({"sku": "A-1", "counted": 7});
    house.post(&format!("{path}/lines"), counted.clone()).await.ok();
    house
        .post(&format!("{path}/closings"), json!({"keep": true}))
        .await
        .ok();
    house.post(&format!("{path}/lines"), counted).await.refused(409);
    let closed = house.get(&path).await.ok();
    assert_eq!(
        (&closed["is_open"], &closed["lines"][0]["difference"]),
        (&json!(false), &json!(7))
    );
    let moved = house.get(&format!("/stock_movements?product={coat}")).await.ok();
    assert_eq!(
        (&moved["items"][0]["kind"], &moved["items"][0]["balance"]),
        (&json!("counting"), &json!(7))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn calculations_are_kept_renamed_and_compared_by_four() {
    let house = House::new().await;
    let keep = async |title: &str, price: &str| {
        let fields = json!({"price": price, "purchase": "6500", "commission_pct": "10", "commission_vat": "none", "delivery": "none", "tax_pct": "3"});
        let kept = house.post("/calculations", json!({"title": title, "fields": fields}));
        kept.await.ok()["id"].as_str().unwrap().to_owned()
    };
    let mut ids = Vec::new();
    for (title, price) in [
        ("A", "10000"),
        ("B", "9000"),
        ("C", "8000"),
        ("D", "7000"),
        ("E", "x"),
    ] {
        ids.push(keep(title, price).await);
    }
    let strange = json!({"title": "Z", "fields": {"prise": "1"}});
    house.post("/calculations", strange).await.refused(422);
    let path = format!("/calculations/{}", ids[0]);
    let changed = json!({"title": "Flask", "is_favourite": true});
    let changed = change(&house, &path, changed).await.ok();
    assert_eq!(
        (&changed["title"], &changed["is_favourite"]),
        (&json!("Flask"), &json!(true))
    );
    assert_eq!(
        house.get("/calculations").await.ok()["items"][0]["title"],
        "Flask"
    );

    let four = format!("/calculation_comparisons?ids={}", ids[..4].join(","));
    let told = house.get(&four).await.ok();
    let profits: Vec<f64> = told["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["answer"]["profit"].as_f64().unwrap())
        .collect();
    // 87 % of the price, less 6 500.
    assert_eq!(profits, [2_200.0, 1_330.0, 460.0, -410.0]);
    let broken = format!("/calculation_comparisons?ids={}", ids[4]);
    let broken = house.get(&broken).await.ok();
    assert_eq!(broken["items"][0]["answer"], Value::Null);
    assert!(broken["items"][0]["refusal"].is_string(), "{broken}");
    let five = format!("/calculation_comparisons?ids={}", ids.join(","));
    house.get(&five).await.refused(422);
    let blind = house.key(&[Right::ManagePrices]).await;
    let body = Some(json!({"title": "x"}));
    house.call(&blind, "PATCH", &path, body, &[]).await.refused(403);
    house.delete(&path).await.ok();
    house.delete(&path).await.refused(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn promotions_and_one_off_days_are_told_listed_and_taken_back() {
    let house = House::new().await;
    let [coat, _] = goods(&house).await;
    let day = |from_today: i64| {
        let days = sauda_stock::day_of(house.clock.now()) + from_today;
        let local = sauda_kernel::Timestamp::from_secs(days * 86_400).local();
        format!("{:04}-{:02}-{:02}", local.year, local.month, local.day)
    };
    let of_all = json!({"from": day(3), "to": day(5)});
    let of_coat = json!({"product": coat, "from": day(-40), "to": day(-38)});
    let made = house.post("/promotions", of_all).await;
    assert_eq!(made.status, 201);
    house.post("/promotions", of_coat).await.ok();
    let list = house.get("/promotions").await.ok();
    let told: Vec<(&Value, &Value)> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (&one["product"], &one["from"]))
        .collect();
    assert_eq!(
        told,
        [(&json!(coat), &json!(day(-40))), (&Value::Null, &json!(day(3)))]
    );
    for (body, status, field) in [
        (json!({"from": "soon", "to": day(1)}), 422, "from"),
        (json!({"from": day(0), "to": day(-1)}), 422, "to"),
        (json!({"from": day(200), "to": day(201)}), 422, "from"),
        (
            json!({"product": "x", "from": day(0), "to": day(1)}),
            422,
            "product",
        ),
    ] {
        let refused = house.post("/promotions", body).await.refused(status);
        assert_eq!(refused["errors"][0]["field"], field);
    }
    let blind = house.key(&[Right::ViewCatalog]).await;
    let body = Some(json!({"from": day(0), "to": day(1)}));
    house
        .call(&blind, "POST", "/promotions", body, &[])
        .await
        .refused(403);
    let gone = format!("/promotions/{}", day(3));
    house.delete(&gone).await.ok();
    house.delete(&gone).await.refused(404);
    house
        .delete(&format!("/promotions/{}?product={coat}", day(-40)))
        .await
        .ok();
    assert_eq!(house.get("/promotions").await.ok()["items"], json!([]));

    let days = format!("/products/{coat}/one_off_days");
    let wrong = house
        .post(&days, json!({"date": "31.12.2025"}))
        .await
        .refused(422);
    assert_eq!(wrong["errors"][0]["field"], "date");
    let ahead = house.post(&days, json!({"date": day(0)})).await.refused(422);
    assert_eq!(ahead["errors"][0]["code"], "stock-one-off-day");
    house.post(&days, json!({"date": day(-2)})).await.ok();
    house.delete(&format!("{days}/{}", day(-2))).await.ok();
    assert_eq!(house.get(&days).await.ok()["items"], json!([]));
}
