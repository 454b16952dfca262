//! Orders of the official API: bought, accepted, assembled, gone, against the shapes of the recorded documents.

use crate::{
    caller::{Caller, open_with},
    shape::Shape,
};
use reqwest::StatusCode;
use sauda_kernel::Span;
use sauda_sim::{Options, Running};
use serde_json::{Value, json};

macro_rules! recorded {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!("../../data/samples/", $name))).unwrap()
    };
}

/// A busy world that moves when it is pushed.
async fn busy() -> (Running, Caller) {
    let options = Options {
        cards: 300,
        offers: 200,
        ..Options::for_tests()
    };
    let (world, caller) = open_with(options).await;
    world.sim().live(false, true);
    (world, caller)
}

struct Answer {
    status: StatusCode,
    body: Value,
}

async fn send(token: &str, request: reqwest::RequestBuilder) -> Answer {
    let answer = request
        .header("x-auth-token", token)
        .header("content-type", "application/vnd.api+json")
        .header("accept", "application/vnd.api+json")
        .send()
        .await
        .unwrap();
    Answer {
        status: answer.status(),
        body: answer.json().await.unwrap(),
    }
}

async fn get(caller: &Caller, token: &str, path: &str) -> Answer {
    send(token, caller.http.get(format!("{}{path}", caller.base))).await
}

async fn act(caller: &Caller, token: &str, id: &str, told: Value) -> Answer {
    let body = json!({"data": {"type": "orders", "id": id, "attributes": told}});
    let request = caller
        .http
        .post(format!("{}/shop/api/v2/orders", caller.base))
        .body(body.to_string());
    send(token, request).await
}

/// Orders of a tab of the last fortnight.
async fn tab(world: &Running, caller: &Caller, token: &str, tab: &str) -> Vec<Value> {
    use sauda_kernel::Clock as _;
    let now = world.sim().clock.now().as_millis();
    let path = format!(
        "/shop/api/v2/orders?page[number]=0&page[size]=100&filter[orders][state]={tab}&filter[orders][creationDate][$ge]={}&include[orders]=entries",
        now - 13 * 86_400_000
    );
    let answer = get(caller, token, &path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn an_order_goes_from_new_to_handed_over() {
    let (world, caller) = busy().await;
    let token = world.sim().world.shops[0].token.clone();
    let mut new = Vec::new();
    for _ in 0..200 {
        world.sim().step(Span::from_mins(20));
        new = tab(&world, &caller, &token, "NEW").await;
        new.retain(|order| order["attributes"]["isKaspiDelivery"] == true);
        if !new.is_empty() {
            break;
        }
    }
    let order = &new[0];
    let (id, code) = (
        order["id"].as_str().unwrap(),
        order["attributes"]["code"].as_str().unwrap(),
    );
    let mut attributes = Shape::default();
    let mut lines = Shape::of(&recorded!("v2-orders-id-entries.json")["data"][0]["attributes"]);
    // Before a parcel is made ready its waybill is null, as the contract says; the recorded order is past that.
    let delivered = recorded!("v2-orders_by-code_2025-12_kaspi-delivery_include-entries.json");
    let mut early = delivered.clone();
    for name in [
        "waybill",
        "waybillNumber",
        "courierTransmissionDate",
        "courierTransmissionPlanningDate",
    ] {
        early["data"][0]["attributes"]["kaspiDelivery"][name] = Value::Null;
    }
    for document in [
        early,
        delivered,
        recorded!("v2-orders_by-code_delivery-local.json"),
        recorded!("v2-orders_list_2025-12_pickup_include-entries.json"),
    ] {
        attributes.learn(&document["data"][0]["attributes"]);
        if let Some(line) = document["included"].get(0) {
            lines.learn(&line["attributes"]);
        }
    }
    let found = attributes.differences(&order["attributes"], &[]);
    assert!(found.is_empty(), "{}", found.join("\n"));
    let entries = get(&caller, &token, &format!("/shop/api/v2/orders/{id}/entries"))
        .await
        .body;
    let found = lines.differences(&entries["data"][0]["attributes"], &[]);
    assert!(found.is_empty(), "{}", found.join("\n"));
    let stranger = get(&caller, "nobody", "/shop/api/v2/orders").await;
    assert_eq!(
        (stranger.status, stranger.body["errors"][0]["title"].as_str()),
        (StatusCode::UNAUTHORIZED, Some("Unauthorized"))
    );

    let early = act(
        &caller,
        &token,
        id,
        json!({"status": "ASSEMBLE", "numberOfSpace": "1"}),
    )
    .await;
    assert_eq!(early.status, StatusCode::BAD_REQUEST, "not accepted yet");
    let accepted = act(
        &caller,
        &token,
        id,
        json!({"code": code, "status": "ACCEPTED_BY_MERCHANT"}),
    )
    .await;
    assert_eq!(
        accepted.body["data"]["attributes"]["status"],
        "ACCEPTED_BY_MERCHANT"
    );
    let assembled = act(
        &caller,
        &token,
        id,
        json!({"status": "ASSEMBLE", "numberOfSpace": "2"}),
    )
    .await;
    assert_eq!(assembled.body["data"]["attributes"]["numberOfSpace"], 2);
    let by_code = format!("/shop/api/v2/orders?filter[orders][code]={code}");
    let told = get(&caller, &token, &by_code).await.body["data"][0]["attributes"].clone();
    assert_eq!(
        (&told["assembled"], &told["kaspiDelivery"]["waybill"]),
        (&json!(true), &Value::Null)
    );
    world.sim().step(Span::from_mins(4));
    let told = get(&caller, &token, &by_code).await.body["data"][0]["attributes"].clone();
    let waybill = told["kaspiDelivery"]["waybill"].as_str().unwrap();
    let pdf = caller
        .http
        .get(waybill)
        .header("x-auth-token", &token)
        .send()
        .await
        .unwrap();
    assert_eq!(pdf.headers()["content-type"], "application/pdf");
    assert!(pdf.bytes().await.unwrap().starts_with(b"%PDF-"));
    // A second assembling makes another waybill: whoever sends twice is punished as there.
    act(
        &caller,
        &token,
        id,
        json!({"status": "ASSEMBLE", "numberOfSpace": "1"}),
    )
    .await;
    let again = get(&caller, &token, &by_code).await.body["data"][0]["attributes"].clone();
    assert_ne!(
        again["kaspiDelivery"]["waybillNumber"],
        told["kaspiDelivery"]["waybillNumber"]
    );
    world.sim().step(Span::from_hours(48));
    let gone = get(&caller, &token, &by_code).await.body["data"][0]["attributes"].clone();
    assert!(gone["kaspiDelivery"]["courierTransmissionDate"].is_i64());
    let late = caller
        .http
        .get(waybill)
        .header("x-auth-token", &token)
        .send()
        .await
        .unwrap();
    assert_eq!(late.status(), StatusCode::NOT_FOUND);
    // What nobody accepted went by itself.
    let archive = tab(&world, &caller, &token, "ARCHIVE").await;
    assert!(
        archive
            .iter()
            .any(|order| order["attributes"]["cancellationReason"] == "MERCHANT_OUT_OF_STOCK")
    );
}

#[tokio::test]
async fn wrong_questions_are_refused_as_recorded() {
    let (world, caller) = busy().await;
    let token = world.sim().world.shops[0].token.clone();
    for (path, recorded) in [
        (
            "/shop/api/v2/orders?page[number]=0&page[size]=20",
            recorded!("v2-orders_error-400_creationDate-missing.json"),
        ),
        (
            "/shop/api/v2/orders?page[number]=0&page[size]=20&filter[orders][creationDate][$ge]=1000&filter[orders][creationDate][$le]=2592001000",
            recorded!("v2-orders_error-400_date-range.json"),
        ),
    ] {
        let answer = get(&caller, &token, path).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert_eq!(answer.body, recorded);
    }
}
