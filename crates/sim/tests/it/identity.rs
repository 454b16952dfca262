//! Sign-in by hand, right and wrong.

use crate::caller::{MAIL, PASSWORD, PHONE, open};
use reqwest::StatusCode;
use sauda_kernel::Span;
use sauda_sim::{Fault, FaultKind, Service};
use serde_json::json;

#[tokio::test]
async fn the_seven_steps_by_phone_open_both_sister_shops() {
    let (_world, mut caller) = open().await;
    caller.sign_in(PHONE).await;
    assert!(
        ["mc-session", "mc-sid", "MS_AUTH_SSO"]
            .iter()
            .all(|name| caller.cookies.contains_key(*name))
    );
    let (status, merchants) = caller.read("/s/m").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        (
            merchants["merchants"][0]["uid"].as_str(),
            merchants["merchants"][1]["uid"].as_str()
        ),
        (Some("30000001"), Some("30000002"))
    );
}

#[tokio::test]
async fn both_spellings_of_the_mail_code_open_a_session() {
    for spelling in 0..2 {
        let (_world, mut caller) = open().await;
        caller.reach_login().await;
        let (status, answer) = caller
            .ask(
                "/api/p/login",
                &json!({"_u": MAIL, "_p": PASSWORD, "_r_d": false}),
            )
            .await;
        assert_eq!((status, answer), (StatusCode::OK, json!({})));
        let code = caller.code(MAIL).await;
        let body = if spelling == 0 {
            json!({"_u": MAIL, "_m_c": code, "_r_d": true})
        } else {
            json!({"_u": MAIL, "_p": PASSWORD, "_c": code})
        };
        assert_eq!(
            caller.ask("/api/p/login", &body).await,
            (StatusCode::OK, json!({"redirectUrl": "/"}))
        );
        caller.come_back().await;
        assert_eq!(caller.get("/s/m").await.status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn wrong_passwords_phones_and_codes_are_refused_with_their_codes() {
    let (_world, mut caller) = open().await;
    caller.reach_login().await;
    let wrong = (
        StatusCode::UNAUTHORIZED,
        json!({"errorCode": "CREDENTIALS_INVALID"}),
    );
    assert_eq!(
        caller
            .ask("/api/p/login", &json!({"_u": MAIL, "_p": "guess", "_r_d": false}))
            .await,
        wrong
    );
    assert_eq!(
        caller
            .ask("/api/p/login", &json!({"_ph": "+7 (799) 999-99-99"}))
            .await,
        wrong
    );
    assert_eq!(
        caller.post("/api/p/login", &json!({"_ph": PHONE})).await.status(),
        StatusCode::OK
    );
    let code = caller.code(PHONE).await;
    let guess = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(
            caller.ask("/api/p/login", &json!({"_c": guess})).await,
            (StatusCode::UNAUTHORIZED, json!({"errorCode": "MFA_CODE_INVALID"}))
        );
    }
    let (_, dead) = caller.ask("/api/p/login", &json!({"_c": code})).await;
    assert_eq!(
        dead,
        json!({"errorCode": "MFA_CODE_TOO_MANY_TRY", "errorData": {"breakTimeSeconds": 600}})
    );
    assert_eq!(caller.get("/s/m").await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn two_sign_ins_at_once_are_a_flood_that_passes() {
    let (world, mut caller) = open().await;
    let mut other = caller.stranger();
    caller.reach_login().await;
    other.reach_login().await;
    caller.post("/api/p/login", &json!({"_ph": PHONE})).await;
    let (status, flood) = other.ask("/api/p/login", &json!({"_ph": PHONE})).await;
    assert_eq!(
        (status, flood),
        (
            StatusCode::UNAUTHORIZED,
            json!({"errorCode": "MFA_SEND_FLOOD", "errorData": {"breakTimeSeconds": 30}})
        )
    );
    for _ in 0..4 {
        world.sim().step(Span::from_secs(31));
        assert_eq!(
            other.post("/api/p/login", &json!({"_ph": PHONE})).await.status(),
            StatusCode::OK
        );
    }
    world.sim().step(Span::from_secs(31));
    let (_, flood) = other.ask("/api/p/login", &json!({"_ph": PHONE})).await;
    assert_eq!(
        flood,
        json!({"errorCode": "MFA_CODE_TOO_MANY_SEND", "errorData": {"breakTimeSeconds": 600}})
    );
}

#[tokio::test]
async fn a_second_factor_can_be_demanded_after_the_sms() {
    let (world, mut caller) = open().await;
    world
        .sim()
        .add_fault(Fault::times(FaultKind::SecondFactor, Service::Identity, 1));
    caller.reach_login().await;
    caller.post("/api/p/login", &json!({"_ph": PHONE})).await;
    let sms = caller.code(PHONE).await;
    assert_eq!(
        caller.ask("/api/p/login", &json!({"_c": sms})).await,
        (StatusCode::OK, json!({}))
    );
    let mail = caller.code(MAIL).await;
    assert_eq!(
        caller
            .ask("/api/p/login", &json!({"_u": MAIL, "_m_c": mail, "_r_d": true}))
            .await
            .1,
        json!({"redirectUrl": "/"})
    );
}

#[tokio::test]
async fn the_cabinet_is_closed_to_strangers_and_to_foreign_shops() {
    let (world, mut caller) = open().await;
    let list = |uid: &str| format!("/bff/offer-view/list?m={uid}&p=0&l=5");
    assert_eq!(
        caller.get(&list("30000001")).await.status(),
        StatusCode::UNAUTHORIZED
    );
    caller.sign_in(PHONE).await;
    let codes = [
        ("30000001", 200),
        ("30000002", 200),
        ("30000003", 403),
        ("39999999", 404),
    ];
    for (uid, code) in codes {
        assert_eq!(caller.get(&list(uid)).await.status().as_u16(), code, "{uid}");
    }
    let bare = caller
        .http
        .get(format!("{}{}", caller.base, list("30000001")))
        .header("cookie", format!("mc-sid={}", caller.cookies["mc-sid"]));
    assert_eq!(bare.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    assert_eq!(world.sim().end_sessions(Some(PHONE)), Ok(1));
    assert_eq!(
        caller.get(&list("30000001")).await.status(),
        StatusCode::UNAUTHORIZED
    );
    assert!(world.sim().end_sessions(Some("nobody@example.com")).is_err());
}
