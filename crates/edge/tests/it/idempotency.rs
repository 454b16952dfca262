//! A creation that is sent twice happens once.

use crate::house::House;
use axum::{Json, Router, extract::State, response::IntoResponse as _, routing::post};
use http::StatusCode;
use sauda_edge::{Caller, JsonBody, Refusal, need};
use sauda_kernel::{Kind, Public};
use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};
use tokio::sync::Notify;

#[derive(Clone, Default)]
struct Made {
    count: Arc<AtomicU32>,
    go: Arc<Notify>,
    started: Arc<Notify>,
}

fn router(made: &Made) -> Router {
    let create =
        async |State(made): State<Made>, _: Caller<need::ManagePrices>, JsonBody(body): JsonBody<Value>| {
            if body["name"] == "refuse" {
                made.count.fetch_add(1, Ordering::SeqCst);
                return Refusal::new(Kind::Conflict, Public::new("changed-meanwhile")).into_response();
            }
            if body["name"] == "wait" {
                made.started.notify_one();
                made.go.notified().await;
            }
            let number = made.count.fetch_add(1, Ordering::SeqCst) + 1;
            (StatusCode::CREATED, Json(json!({ "number": number }))).into_response()
        };
    Router::new()
        .route("/api/v1/rules", post(create))
        .with_state(made.clone())
}

async fn create(house: &House, key: &str, body: &str) -> crate::house::Answer {
    let (name, value) = house.cookie();
    house
        .send(
            "POST",
            "/api/v1/rules",
            &[
                (name, &value),
                ("content-type", "application/json"),
                ("idempotency-key", key),
            ],
            body,
        )
        .await
}

#[tokio::test]
async fn the_second_gets_the_answer_of_the_first() {
    let made = Made::default();
    let house = House::new(router(&made)).await;
    let first = create(&house, "a", r#"{"name":"x"}"#).await;
    let second = create(&house, "a", r#"{"name":"x"}"#).await;
    assert_eq!(
        (
            first.status,
            first.text.as_str(),
            first.header("idempotency-replayed")
        ),
        (201, r#"{"number":1}"#, "")
    );
    assert_eq!(
        (
            second.status,
            second.text.as_str(),
            second.header("idempotency-replayed")
        ),
        (201, r#"{"number":1}"#, "true")
    );
    assert_eq!(second.header("content-type"), "application/json");
    let other = create(&house, "a", r#"{"name":"y"}"#).await;
    assert_eq!(
        (other.status, other.json()["code"].as_str()),
        (422, Some("idempotency-differs"))
    );
    assert_eq!(
        create(&house, "b", r#"{"name":"x"}"#).await.text,
        r#"{"number":2}"#
    );
    assert_eq!(made.count.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_refused_request_may_be_tried_again_and_keeps_its_words() {
    let made = Made::default();
    let house = House::new(router(&made)).await;
    for _ in 0..2 {
        let answer = create(&house, "a", r#"{"name":"refuse"}"#).await;
        assert_eq!(
            (answer.status, answer.json()["code"].as_str()),
            (409, Some("changed-meanwhile"))
        );
    }
    assert_eq!(made.count.load(Ordering::SeqCst), 2);
    let long = create(&house, &"k".repeat(201), "{}").await;
    assert_eq!(
        (long.status, long.json()["code"].as_str()),
        (422, Some("idempotency-key"))
    );
}

#[tokio::test]
async fn a_duplicate_of_a_running_request_is_refused() {
    let made = Made::default();
    let house = Arc::new(House::new(router(&made)).await);
    let running = tokio::spawn({
        let house = house.clone();
        async move { create(&house, "a", r#"{"name":"wait"}"#).await }
    });
    made.started.notified().await;
    let duplicate = create(&house, "a", r#"{"name":"wait"}"#).await;
    assert_eq!(
        (duplicate.status, duplicate.json()["code"].as_str()),
        (409, Some("idempotency-running"))
    );
    made.go.notify_one();
    assert_eq!(running.await.unwrap().text, r#"{"number":1}"#);
    assert_eq!(
        create(&house, "a", r#"{"name":"wait"}"#).await.text,
        r#"{"number":1}"#
    );
    assert_eq!(made.count.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_caller_who_hangs_up_still_finds_the_answer() {
    let made = Made::default();
    let house = Arc::new(House::new(router(&made)).await);
    let running = tokio::spawn({
        let house = house.clone();
        async move { create(&house, "a", r#"{"name":"wait"}"#).await }
    });
    made.started.notified().await;
    running.abort();
    assert!(running.await.is_err());
    made.go.notify_one();
    sauda_testkit::until(
        async || made.count.load(Ordering::SeqCst) == 1,
        std::time::Duration::from_secs(10),
    )
    .await;
    sauda_testkit::until(
        async || create(&house, "a", r#"{"name":"wait"}"#).await.status == 201,
        std::time::Duration::from_secs(10),
    )
    .await;
    assert_eq!(made.count.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn without_a_session_nothing_is_kept() {
    let made = Made::default();
    let house = House::new(router(&made)).await;
    let answer = house
        .send(
            "POST",
            "/api/v1/rules",
            &[("content-type", "application/json"), ("idempotency-key", "a")],
            "{}",
        )
        .await;
    assert_eq!(answer.status, 401);
    assert_eq!(create(&house, "a", "{}").await.status, 201);
}
