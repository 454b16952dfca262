//! Who gets through: sessions, keys, rights, languages.

use crate::house::House;
use axum::{Router, routing::get};
use sauda_accounts::{NewKey, NewPerson, Right, Role, Visitor};
use sauda_edge::{Caller, Person, Visit, need};
use secrecy::ExposeSecret as _;

fn router() -> Router {
    Router::new()
        .route(
            "/api/v1/prices",
            get(async |caller: Caller<need::ViewPrices>| {
                format!("{} {}", caller.scope.actor_name(), caller.visitor.address)
            }),
        )
        .route("/api/v1/team", get(async |_: Caller<need::ManageTeam>| "team"))
        .route(
            "/security",
            get(async |person: Person<need::SignedIn>| person.session.login.clone()),
        )
        .route(
            "/login",
            get(async |visit: Visit| format!("{} {}", visit.language.word(), visit.person.is_some())),
        )
}

#[tokio::test]
async fn without_a_session_the_answer_is_401() {
    let house = House::new(router()).await;
    let answer = house.get("/api/v1/prices", &[("accept-language", "en")]).await;
    assert_eq!(
        (
            answer.status,
            answer.header("www-authenticate"),
            answer.header("content-type")
        ),
        (401, "Bearer", "application/problem+json")
    );
    let problem = answer.json();
    assert_eq!(
        (problem["code"].as_str(), problem["title"].as_str()),
        (Some("sign-in-first"), Some("Sign in"))
    );
    assert_eq!(
        house
            .get("/api/v1/prices", &[("cookie", "sauda=nonsense")])
            .await
            .status,
        401
    );
    assert_eq!(
        house
            .get("/api/v1/prices", &[("authorization", "Bearer sk_nonsense")])
            .await
            .json()["code"],
        "bad-key"
    );
    let (name, value) = house.cookie();
    let both = house
        .get(
            "/api/v1/prices",
            &[(name, &value), ("authorization", "Bearer sk_nonsense")],
        )
        .await;
    assert_eq!(
        both.json()["code"],
        "bad-key",
        "a wrong key is not covered up by a cookie"
    );
}

#[tokio::test]
async fn people_and_keys_get_what_they_may() {
    let house = House::new(router()).await;
    let owner = house.session(&house.owner).await;
    assert_eq!(
        house.as_owner("GET", "/api/v1/prices", "").await.text,
        "Ару 203.0.113.7"
    );
    assert_eq!(house.as_owner("GET", "/api/v1/team", "").await.text, "team");
    let new = NewKey {
        name: "1С".to_owned(),
        rights: vec![Right::ViewPrices],
        expires_at: None,
    };
    let key = house.accounts.make_key(&owner.scope, new).await.unwrap();
    let bearer = format!("Bearer {}", key.key.expose_secret());
    assert_eq!(
        house
            .get("/api/v1/prices", &[("authorization", &bearer)])
            .await
            .text,
        "1С 203.0.113.7"
    );
    let refused = house
        .get(
            "/api/v1/team",
            &[("authorization", &bearer), ("accept-language", "en")],
        )
        .await;
    assert_eq!(
        (refused.status, refused.json()["code"].as_str()),
        (403, Some("forbidden"))
    );
    assert_eq!(
        refused.json()["detail"],
        "You lack the right “Invite people and change roles”. The owner of the team can give it."
    );
    let page = house.get("/security", &[("authorization", &bearer)]).await;
    assert_eq!(
        (page.status, page.json()["code"].as_str()),
        (403, Some("person-only"))
    );
    assert_eq!(house.as_owner("GET", "/security", "").await.text, "aru@mail.kz");
}

#[tokio::test]
async fn every_role_meets_the_table_of_rights() {
    let house = House::new(router()).await;
    let owner = house.session(&house.owner).await;
    for role in Role::ALL {
        let link = house.accounts.invite(&owner.scope, role, "").await.unwrap();
        let person = NewPerson {
            name: "Данияр".to_owned(),
            login: format!("{}@mail.kz", role.word()),
            password: crate::house::PASSWORD.into(),
            language: None,
        };
        let member = house
            .accounts
            .accept_invite_new(link.token.expose_secret(), person, &Visitor::default())
            .await
            .unwrap();
        let cookie = format!("sauda={}", member.token.expose_secret());
        for (path, right) in [
            ("/api/v1/prices", Right::ViewPrices),
            ("/api/v1/team", Right::ManageTeam),
        ] {
            let expected = if role.may(right) { 200 } else { 403 };
            assert_eq!(
                house.get(path, &[("cookie", &cookie)]).await.status,
                expected,
                "{} {path}",
                role.word()
            );
        }
        assert_eq!(house.get("/security", &[("cookie", &cookie)]).await.status, 200);
    }
}

#[tokio::test]
async fn the_person_chooses_the_language() {
    let house = House::new(router()).await;
    assert_eq!(house.get("/login", &[]).await.text, "ru false");
    assert_eq!(
        house
            .get("/login", &[("accept-language", "en-US,kk;q=0.5")])
            .await
            .text,
        "en false"
    );
    let owner = house.session(&house.owner).await;
    let mut wanted = owner.preferences;
    wanted.language = Some(sauda_edge::Language::Kk);
    house.accounts.set_preferences(&owner, wanted).await.unwrap();
    let (name, value) = house.cookie();
    assert_eq!(
        house
            .get("/login", &[(name, &value), ("accept-language", "en")])
            .await
            .text,
        "kk true"
    );
    let refused = house
        .get("/nowhere", &[(name, &value), ("accept-language", "en")])
        .await;
    assert_eq!(refused.json()["title"], "Табылмады");
}
