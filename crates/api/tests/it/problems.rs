//! Refusals of every kind as problem documents, repeated requests, and too many of them.

use crate::house::{House, Who};
use sauda_kernel::Span;
use serde_json::json;

#[tokio::test]
async fn every_kind_of_failure_is_a_problem_document() {
    let (house, shop) = House::with_shop().await;
    let packer = house.hire(sauda_accounts::Role::Packer).await;
    // Unauthenticated, Forbidden, NotFound, Invalid, Conflict, Unavailable; Throttled and Bug have tests of their own.
    let reply = house.call(&Who::Nobody, "GET", "/me", None, &[]).await;
    assert_eq!(reply.headers["www-authenticate"], "Bearer");
    assert_eq!(reply.refused(401)["code"], "sign-in-first");
    assert_eq!(
        house.call(&packer, "GET", "/rules", None, &[]).await.refused(403)["code"],
        "forbidden"
    );
    let missing = house
        .get("/rules/rul_01kah2m5q8e6v9z4r7t0y3w1xc")
        .await
        .refused(404);
    assert_eq!(missing["code"], "not-found");
    assert!(
        missing["detail"]
            .as_str()
            .unwrap()
            .contains("rul_01kah2m5q8e6v9z4r7t0y3w1xc")
    );
    assert_eq!(
        house.get("/rules/nonsense").await.refused(404)["code"],
        "no-page",
        "what cannot be an id is nowhere"
    );
    assert_eq!(house.get("/nowhere").await.refused(404)["code"], "no-page");
    let refused = house.post("/rules", json!({"nam": "x"})).await.refused(422);
    assert_eq!(
        refused["errors"],
        json!([{"code": "unknown-field", "field": "nam", "pointer": "#/nam", "detail": refused["errors"][0]["detail"]}])
    );
    let rule = house.post("/rules", json!({"name": "x"})).await.ok()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    house
        .change("PATCH", &format!("/rules/{rule}"), 9, json!({"name": "y"}))
        .await
        .refused(409);
    house.market.shelf().is_down = true;
    let access = house.get("/accesses").await.ok()["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let down = house
        .post(&format!("/accesses/{access}/renewals"), json!(null))
        .await;
    assert_eq!(down.headers["retry-after"], "5");
    down.refused(503);
    assert_eq!(
        house
            .call(&house.cookie, "PUT", &format!("/shops/{shop}"), None, &[])
            .await
            .refused(405)["code"],
        "no-method"
    );
}

#[tokio::test]
async fn bodies_that_are_no_json_are_refused_with_their_place() {
    let house = House::new().await;
    let send = async |body: &str, kind: &str| {
        house
            .send(
                &house.cookie,
                "POST",
                "/api/v1/rules",
                body.as_bytes().to_vec(),
                Some(kind),
                &[],
            )
            .await
    };
    let broken = send("{\"name\": ", "application/json").await.refused(400);
    assert_eq!(broken["code"], "broken-json");
    assert_eq!(send("{} {}", "application/json").await.status, 422);
    assert_eq!(
        send("name=x", "application/x-www-form-urlencoded")
            .await
            .refused(415)["code"],
        "not-json"
    );
    let double = send("{\"name\": \"x\", \"name\": \"y\"}", "application/json")
        .await
        .refused(422);
    assert_eq!(double["code"], "duplicate-field");
}

#[tokio::test]
async fn a_repeated_creation_is_carried_out_once() {
    let house = House::new().await;
    let post = async |key: &str, name: &str| {
        house
            .call(
                &house.cookie,
                "POST",
                "/rules",
                Some(json!({"name": name})),
                &[("idempotency-key", key)],
            )
            .await
    };
    let first = post("k1", "Ходовые").await;
    assert_eq!(
        (
            first.status.as_u16(),
            first.headers.get("idempotency-replayed").is_none()
        ),
        (201, true)
    );
    let again = post("k1", "Ходовые").await;
    assert_eq!(
        (again.status.as_u16(), &again.headers["idempotency-replayed"]),
        (201, &"true".parse().unwrap())
    );
    assert_eq!(first.json(), again.json());
    assert_eq!(
        house.get("/rules").await.ok()["items"].as_array().unwrap().len(),
        1
    );
    assert_eq!(
        post("k1", "Другие").await.refused(422)["code"],
        "idempotency-differs"
    );
    assert_eq!(post("k2", "Ходовые").await.status, 201);
    let refused = post("k3", " ").await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        post("k3", "Третьи").await.status,
        201,
        "a refusal used nothing up"
    );
}

#[tokio::test]
async fn too_many_requests_wait_and_then_go_on() {
    let house = House::new().await;
    let mut last = None;
    for _ in 0..200 {
        let reply = house.get("/me").await;
        if reply.status == 429 {
            last = Some(reply);
            break;
        }
        assert!(reply.status.is_success());
    }
    let reply = last.expect("a limit");
    let wait: i64 = reply.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert_eq!(reply.refused(429)["code"], "too-many");
    house.clock.push(Span::from_secs(wait));
    house.get("/me").await.ok();
}

#[tokio::test]
async fn changes_from_another_site_are_refused() {
    let house = House::new().await;
    let body = Some(json!({"subject": "everything"}));
    let reply = house
        .call(
            &house.cookie,
            "POST",
            "/pauses",
            body,
            &[("sec-fetch-site", "cross-site")],
        )
        .await;
    assert_eq!(reply.refused(403)["code"], "foreign-site");
    assert_eq!(house.get("/pauses").await.ok()["items"], json!([]));
}
