//! Headers, refusals, strict readers, limits.

use crate::house::House;
use axum::{
    Router,
    response::{Html, IntoResponse as _},
    routing::{get, post},
};
use sauda_edge::{
    Caller, EdgeSettings, FormBody, JsonBody, Network, PathParams, QueryParams, Refusal, Visit, need,
};
use sauda_kernel::{Failure, Kind, OfferId, Public, Span};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    name: String,
    limits: Limits,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    min: i64,
    mode: Mode,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    On,
    Off,
}

#[derive(Debug, Deserialize)]
struct Form {
    #[serde(default)]
    rights: Vec<String>,
    count: i64,
}

#[derive(Debug, thiserror::Error)]
#[error("inner text of {0:?}")]
struct Broken(Kind);

impl Failure for Broken {
    fn kind(&self) -> Kind {
        self.0
    }
    fn public(&self) -> Vec<Public> {
        vec![Public::new("changed-meanwhile")]
    }
}

fn router() -> Router {
    Router::new()
        .route(
            "/api/v1/rules",
            post(async |JsonBody(body): JsonBody<Body>| {
                format!("{} {} {:?}", body.name, body.limits.min, body.limits.mode)
            }),
        )
        .route(
            "/form",
            post(async |FormBody(form): FormBody<Form>| format!("{:?} {}", form.rights, form.count)),
        )
        .route(
            "/query",
            get(async |QueryParams(form): QueryParams<Form>| format!("{:?} {}", form.rights, form.count)),
        )
        .route(
            "/offers/{id}",
            get(async |PathParams(id): PathParams<OfferId>| id.to_string()),
        )
        .route(
            "/panic",
            get(async || -> String { panic!("secret of the house") }),
        )
        .route("/slow", get(async || std::future::pending::<String>().await))
        .route("/whoami", get(async |visit: Visit| visit.visitor.address))
        .route("/big", get(async || "x".repeat(10_000)))
        .route(
            "/kinds/{kind}",
            get(
                async |PathParams(kind): PathParams<String>| -> Result<String, Refusal> {
                    Err(Broken(match kind.as_str() {
                        "invalid" => Kind::Invalid,
                        "unauthenticated" => Kind::Unauthenticated,
                        "forbidden" => Kind::Forbidden,
                        "not_found" => Kind::NotFound,
                        "conflict" => Kind::Conflict,
                        "throttled" => Kind::Throttled(Span::from_millis(1_001)),
                        "unavailable" => Kind::Unavailable,
                        _ => Kind::Bug,
                    })
                    .into())
                },
            ),
        )
        .route("/change", post(async |_: Caller<need::SignedIn>| "changed"))
}

#[tokio::test]
async fn every_kind_has_its_status_and_inner_text_stays_inside() {
    let house = House::new(router()).await;
    let table = [
        ("invalid", 422, ""),
        ("unauthenticated", 401, ""),
        ("forbidden", 403, ""),
        ("not_found", 404, ""),
        ("conflict", 409, ""),
        ("throttled", 429, "2"),
        ("unavailable", 503, "5"),
        ("bug", 500, ""),
    ];
    for (kind, status, retry) in table {
        let answer = house.get(&format!("/kinds/{kind}"), &[]).await;
        assert_eq!(
            (
                answer.status,
                answer.header("retry-after"),
                answer.header("cache-control")
            ),
            (status, retry, "no-store"),
            "{kind}"
        );
        let problem = answer.json();
        let code = if kind == "bug" { "bug" } else { "changed-meanwhile" };
        assert_eq!(
            (problem["code"].as_str(), problem["status"].as_u64()),
            (Some(code), Some(u64::from(status))),
            "{kind}"
        );
        assert_eq!(problem["type"], format!("urn:sauda:problem:{code}"));
        assert_eq!(problem["request_id"], answer.header("x-request-id"));
        assert_eq!(problem["request_id"].as_str().unwrap().len(), 10);
        assert!(
            !answer.text.contains("inner text") && !answer.text.contains('⟦'),
            "{}",
            answer.text
        );
    }
}

#[tokio::test]
async fn wrong_bodies_name_their_fields() {
    let house = House::new(router()).await;
    let good = r#"{"name":"a","limits":{"min":5,"mode":"on"}}"#;
    assert_eq!(house.as_owner("POST", "/api/v1/rules", good).await.text, "a 5 On");
    let cases = [
        (
            r#"{"name":"a","limits":{"min":5,"mode":"on"},"extra":1}"#,
            422,
            "unknown-field",
            "#/extra",
        ),
        (
            r#"{"name":"a","limits":{"min":5,"mode":"on","mox":1}}"#,
            422,
            "unknown-field",
            "#/limits/mox",
        ),
        (
            r#"{"name":"a","limits":{"mode":"on"}}"#,
            422,
            "missing-field",
            "#/limits/min",
        ),
        (
            r#"{"limits":{"min":5,"mode":"on"}}"#,
            422,
            "missing-field",
            "#/name",
        ),
        (
            r#"{"name":"a","limits":{"min":"5","mode":"on"}}"#,
            422,
            "wrong-type",
            "#/limits/min",
        ),
        (
            r#"{"name":"a","limits":{"min":5.5,"mode":"on"}}"#,
            422,
            "wrong-type",
            "#/limits/min",
        ),
        (
            r#"{"name":"a","limits":{"min":5,"mode":"up"}}"#,
            422,
            "unknown-word",
            "#/limits/mode",
        ),
        (
            r#"{"name":"a","name":"b","limits":{"min":5,"mode":"on"}}"#,
            422,
            "duplicate-field",
            "#/name",
        ),
    ];
    for (body, status, code, pointer) in cases {
        let answer = house.as_owner("POST", "/api/v1/rules", body).await;
        let problem = answer.json();
        assert_eq!(
            (
                answer.status,
                problem["code"].as_str(),
                problem["errors"][0]["pointer"].as_str()
            ),
            (status, Some(code), Some(pointer)),
            "{body}"
        );
    }
    for body in ["", "{", r#"{"name":}"#, &format!("{good} tail")] {
        let answer = house.as_owner("POST", "/api/v1/rules", body).await;
        assert_eq!(
            (answer.status, answer.json()["code"].as_str()),
            (400, Some("broken-json")),
            "{body}"
        );
    }
    let (name, value) = house.cookie();
    let text = house
        .send(
            "POST",
            "/api/v1/rules",
            &[(name, &value), ("content-type", "text/plain")],
            good,
        )
        .await;
    assert_eq!(
        (text.status, text.json()["code"].as_str()),
        (415, Some("not-json"))
    );
    let large = format!(r#"{{"name":"{}"}}"#, "a".repeat(1024 * 1024));
    let answer = house.as_owner("POST", "/api/v1/rules", &large).await;
    assert_eq!(
        (answer.status, answer.json()["code"].as_str()),
        (413, Some("too-large"))
    );
}

#[tokio::test]
async fn forms_and_queries_fill_lists_and_name_their_fields() {
    let house = House::new(router()).await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let answer = house
        .send(
            "POST",
            "/form",
            &form,
            "rights=a&rights=%D0%B1&count=7&button=save",
        )
        .await;
    assert_eq!(answer.text, r#"["a", "б"] 7"#);
    let answer = house.send("POST", "/form", &form, "count=x").await;
    assert_eq!(
        (answer.status, answer.json()["errors"][0]["field"].as_str()),
        (422, Some("count"))
    );
    assert_eq!(house.get("/query?count=2&rights=a", &[]).await.text, r#"["a"] 2"#);
    let answer = house.get("/query", &[]).await;
    assert_eq!(
        (
            answer.status,
            answer.json()["code"].as_str(),
            answer.json()["errors"][0]["field"].as_str()
        ),
        (422, Some("missing-field"), Some("count"))
    );
    assert_eq!(house.get("/offers/shp_1", &[]).await.status, 404);
    assert_eq!(
        house
            .get("/offers/off_00000000000000000000000000", &[])
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_told_in_words() {
    let house = House::new(router()).await;
    let answer = house.get("/nowhere", &[]).await;
    assert_eq!(
        (answer.status, answer.json()["code"].as_str()),
        (404, Some("no-page"))
    );
    let answer = house.send("DELETE", "/big", &[], "").await;
    assert_eq!(
        (
            answer.status,
            answer.header("allow"),
            answer.json()["code"].as_str()
        ),
        (405, "GET,HEAD", Some("no-method"))
    );
}

#[tokio::test]
async fn a_panic_is_an_answer_without_its_text() {
    let house = House::new(router()).await;
    let answer = house.get("/panic", &[]).await;
    assert_eq!(
        (answer.status, answer.json()["code"].as_str()),
        (500, Some("bug"))
    );
    assert!(!answer.text.contains("secret"));
    assert_eq!(house.get("/big", &[]).await.status, 200);
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let settings = EdgeSettings {
        answer_within: Span::from_millis(20),
        ..EdgeSettings::default()
    };
    let house = House::with(router(), settings, None).await;
    let answer = house.get("/slow", &[]).await;
    assert_eq!(
        (answer.status, answer.json()["code"].as_str()),
        (503, Some("too-slow"))
    );
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let settings = EdgeSettings {
        public_url: "https://sauda.kz".to_owned(),
        ..EdgeSettings::default()
    };
    let house = House::with(router(), settings, None).await;
    let foreign = [("sec-fetch-site", "cross-site")];
    for answer in [
        house.get("/big", &[]).await,
        house.get("/nowhere", &[]).await,
        house.get("/panic", &[]).await,
        house.send("POST", "/change", &foreign, "").await,
    ] {
        assert!(
            answer
                .header("content-security-policy")
                .starts_with("default-src 'none'; script-src 'self'; style-src 'self';")
        );
        assert!(!sauda_edge::CONTENT_SECURITY_POLICY.contains("script-src 'self' 'unsafe"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
        assert_eq!(answer.header("x-request-id").len(), 10);
    }
    assert_eq!(
        house
            .get("/big", &[("x-request-id", "evil")])
            .await
            .header("x-request-id")
            .len(),
        10
    );
    assert_eq!(
        house
            .get("/big", &[("accept-encoding", "gzip")])
            .await
            .header("content-encoding"),
        "gzip"
    );
}

#[tokio::test]
async fn a_change_from_another_site_is_refused_before_anything_else() {
    let house = House::new(router()).await;
    let (name, value) = house.cookie();
    let refused = house
        .send(
            "POST",
            "/change",
            &[(name, &value), ("sec-fetch-site", "cross-site")],
            "",
        )
        .await;
    assert_eq!(
        (refused.status, refused.json()["code"].as_str()),
        (403, Some("foreign-site"))
    );
    let refused = house
        .send(
            "POST",
            "/change",
            &[(name, &value), ("origin", "http://evil.kz")],
            "",
        )
        .await;
    assert_eq!(refused.status, 403);
    for own in [
        ("sec-fetch-site", "same-origin"),
        ("origin", "http://localhost:8080"),
    ] {
        assert_eq!(
            house
                .send("POST", "/change", &[(name, &value), own], "")
                .await
                .text,
            "changed"
        );
    }
}

#[tokio::test]
async fn an_address_is_taken_from_trusted_proxies_only() {
    let forwarded = [("x-forwarded-for", "198.51.100.9")];
    let house = House::new(router()).await;
    assert_eq!(house.get("/whoami", &forwarded).await.text, "203.0.113.7");
    let settings = EdgeSettings {
        trusted_proxies: vec![Network::parse("203.0.113.0/24").unwrap()],
        ..EdgeSettings::default()
    };
    let house = House::with(router(), settings, None).await;
    assert_eq!(house.get("/whoami", &forwarded).await.text, "198.51.100.9");
}

#[tokio::test]
async fn too_many_requests_of_one_address_wait() {
    let house = House::new(router()).await;
    for _ in 0..60 {
        assert_eq!(house.get("/whoami", &[]).await.status, 200);
    }
    let refused = house.get("/whoami", &[("accept-language", "en")]).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "10"));
    assert_eq!(refused.json()["detail"], "Too many requests. Try again in 10 s.");
    assert_eq!(
        house.as_owner("GET", "/whoami", "").await.status,
        200,
        "a session is counted by itself"
    );
    house.clock.push(Span::from_secs(10));
    assert_eq!(house.get("/whoami", &[]).await.status, 200);
}

#[tokio::test]
async fn pages_draw_refusals_for_people_and_the_api_keeps_problem_documents() {
    let page: sauda_edge::RefusalPage = Arc::new(|refusal, told| {
        Some(
            Html(format!(
                "<h1>{} {} {}</h1>",
                refusal.status().as_u16(),
                told.language.word(),
                told.person.is_some()
            ))
            .into_response(),
        )
    });
    let house = House::with(router(), EdgeSettings::default(), Some(page)).await;
    let answer = house.as_owner("GET", "/kinds/throttled", "").await;
    assert_eq!(
        (answer.status, answer.text.as_str(), answer.header("retry-after")),
        (429, "<h1>429 ru true</h1>", "2")
    );
    assert!(answer.header("content-type").starts_with("text/html"));
    assert_eq!(house.get("/nowhere", &[]).await.text, "<h1>404 ru false</h1>");
    assert_eq!(
        house.get("/api/v1/nowhere", &[]).await.header("content-type"),
        "application/problem+json"
    );
}
