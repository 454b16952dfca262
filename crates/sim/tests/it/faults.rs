//! Every fault of the line and of the lists, seen by a caller.

use crate::caller::{ALMATY, Caller, PHONE, open};
use reqwest::StatusCode;
use sauda_sim::{Fault, FaultKind, Running, Service};
use serde_json::json;
use std::time::Duration;

async fn card_of(world: &Running) -> String {
    world
        .sim()
        .skus("30000001")
        .into_iter()
        .find(|(_, _, on_sale)| *on_sale)
        .unwrap()
        .1
}

fn once(world: &Running, kind: FaultKind) {
    world.sim().add_fault(Fault::times(kind, Service::Offers, 1));
}

async fn status_and_type(caller: &mut Caller, card: &str) -> (u16, String) {
    let response = caller
        .post(
            &format!("/yml/offer-view/offers/{card}"),
            &json!({"cityId": ALMATY, "limit": 64}),
        )
        .await;
    (
        response.status().as_u16(),
        response.headers()["content-type"].to_str().unwrap().to_owned(),
    )
}

#[tokio::test]
async fn faults_of_the_line_strike_once_and_pass() {
    let (world, mut caller) = open().await;
    let card = card_of(&world).await;
    let html = "text/html; charset=utf-8";
    for (kind, status) in [
        (FaultKind::Block403, 403),
        (FaultKind::Html429, 429),
        (FaultKind::Html200, 200),
        (FaultKind::ServerError, 503),
        (FaultKind::WrongContentType, 200),
    ] {
        once(&world, kind);
        assert_eq!(
            status_and_type(&mut caller, &card).await,
            (status, html.to_owned()),
            "{kind:?}"
        );
        assert_eq!(
            status_and_type(&mut caller, &card).await,
            (200, "application/json".to_owned())
        );
    }
    let (_, counters) = caller.read("/_sim/api/counters").await;
    assert_eq!(counters["faults"], 5);
}

#[tokio::test]
async fn the_line_dies_in_the_middle_of_a_body() {
    let (world, caller) = open().await;
    let card = card_of(&world).await;
    once(&world, FaultKind::CutBody);
    let request = caller
        .http
        .post(format!("{}/yml/offer-view/offers/{card}", caller.base))
        .json(&json!({"cityId": ALMATY, "limit": 64}));
    let cut = match request.send().await {
        Ok(response) => response.bytes().await.is_err(),
        Err(_) => true,
    };
    assert!(cut);
}

#[tokio::test]
async fn silence_lasts_until_the_caller_gives_up_and_ends_with_the_world() {
    let (world, caller) = open().await;
    world.sim().add_fault(Fault::new(FaultKind::Hang, Service::Any));
    let request = caller
        .http
        .post(format!("{}/yml/offer-view/offers/1", caller.base))
        .json(&json!({"cityId": ALMATY}));
    let patient = request.try_clone().unwrap();
    assert!(
        request
            .timeout(Duration::from_millis(100))
            .send()
            .await
            .unwrap_err()
            .is_timeout()
    );
    let waiting = tokio::spawn(patient.send());
    let base = caller.base.clone();
    world.shut_down().await;
    let ended = waiting.await.unwrap();
    assert!(ended.is_err() || ended.is_ok_and(|response| response.status() == StatusCode::GATEWAY_TIMEOUT));
    assert!(caller.http.get(format!("{base}/_sim/")).send().await.is_err());
}

#[tokio::test]
async fn a_huge_body_is_huge() {
    let (world, mut caller) = open().await;
    world.sim().add_fault(Fault {
        size: Some(3_000_000),
        ..Fault::times(FaultKind::HugeBody, Service::Offers, 1)
    });
    let body = caller
        .post("/yml/offer-view/offers/1", &json!({"cityId": ALMATY}))
        .await
        .bytes()
        .await
        .unwrap();
    assert!(body.len() > 2_900_000, "{}", body.len());
}

#[tokio::test]
async fn lists_can_be_empty_partial_doubled_or_lie() {
    let (world, mut caller) = open().await;
    let card = card_of(&world).await;
    let whole = caller.offers(&card, ALMATY).await;
    let (rows, total) = (
        whole["offers"].as_array().unwrap().len(),
        whole["total"].as_u64().unwrap(),
    );
    for (kind, expected_rows, expected_total) in [
        (FaultKind::EmptyOffers, 0, 0),
        (FaultKind::PartialPage, rows / 2, total),
        (FaultKind::DuplicateRows, rows * 2, total),
        (FaultKind::TotalLies, rows, total + 7),
    ] {
        world.sim().add_fault(Fault {
            card: Some(card.clone()),
            ..Fault::times(kind, Service::Offers, 1)
        });
        let offers = caller.offers(&card, ALMATY).await;
        assert_eq!(
            (
                offers["offers"].as_array().unwrap().len(),
                offers["total"].as_u64()
            ),
            (expected_rows, Some(expected_total)),
            "{kind:?}"
        );
    }
    assert_eq!(caller.offers(&card, ALMATY).await, whole);
}

#[tokio::test]
async fn a_lost_answer_of_a_change_that_took_effect() {
    let (world, mut caller) = open().await;
    caller.sign_in(PHONE).await;
    let (sku, _, _) = world
        .sim()
        .skus("30000001")
        .into_iter()
        .find(|(_, _, on_sale)| *on_sale)
        .unwrap();
    world.sim().add_fault(Fault {
        after_effect: true,
        sku: Some(sku.clone()),
        ..Fault::times(FaultKind::ServerError, Service::Pricefeed, 1)
    });
    let response = caller
        .post(
            "/pricefeed/upload/merchant/process",
            &json!({"merchantUid": "30000001", "sku": sku, "price": 5_000}),
        )
        .await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(world.sim().lowest_accepted("30000001", &sku), Some(5_000));
}

#[tokio::test]
async fn a_session_ends_in_the_middle_of_work() {
    let (world, mut caller) = open().await;
    caller.sign_in(PHONE).await;
    world
        .sim()
        .add_fault(Fault::times(FaultKind::SessionEnded, Service::Cabinet, 1));
    for _ in 0..2 {
        assert_eq!(
            caller
                .get("/bff/offer-view/list?m=30000001&p=0&l=5")
                .await
                .status(),
            StatusCode::UNAUTHORIZED
        );
    }
}

#[tokio::test]
async fn faults_come_and_go_through_the_json_api() {
    let (_world, mut caller) = open().await;
    let (status, added) = caller
        .ask(
            "/_sim/api/faults",
            &json!({"kind": "block403", "service": "storefront", "count": 3, "probability": 0.5}),
        )
        .await;
    assert_eq!((status.as_u16(), added["id"].as_u64()), (200, Some(1)));
    assert_eq!(caller.read("/_sim/api/faults").await.1[0]["kind"], "block403");
    let (status, refusal) = caller
        .ask("/_sim/api/faults", &json!({"kind": "earthquake"}))
        .await;
    assert!(status.as_u16() == 422 && refusal["error"].as_str().unwrap().contains("earthquake"));
    let gone = caller
        .http
        .delete(format!("{}/_sim/api/faults/1", caller.base))
        .send()
        .await
        .unwrap();
    assert_eq!(gone.status(), StatusCode::OK);
    assert_eq!(caller.read("/_sim/api/faults").await.1, json!([]));
}
