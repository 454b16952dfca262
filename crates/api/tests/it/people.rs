//! Who asks, the team, invitations, keys and the audit log.

use crate::house::{House, Who};
use sauda_accounts::{Right, Role};
use serde_json::json;

#[tokio::test]
async fn everybody_learns_who_they_are() {
    let house = House::new().await;
    let me = house.get("/me").await.ok();
    assert_eq!(
        (&me["kind"], &me["role"], &me["merchant_name"]),
        (&json!("person"), &json!("owner"), &json!("Aru Home"))
    );
    assert_eq!(me["rights"].as_array().unwrap().len(), Right::ALL.len());
    let key = house.key(&[Right::ViewPrices]).await;
    let me = house.call(&key, "GET", "/me", None, &[]).await.ok();
    assert_eq!(
        (&me["kind"], &me["role"], &me["rights"]),
        (&json!("key"), &json!(null), &json!(["view_prices"]))
    );
    let sessions = house.get("/me/sessions").await.ok();
    assert_eq!(sessions["items"][0]["current"], true);
}

#[tokio::test]
async fn a_team_is_made_and_unmade() {
    let house = House::new().await;
    let made = house
        .post("/invites", json!({"role": "packer", "note": "Айгуль"}))
        .await;
    assert_eq!(made.status, 201);
    assert!(made.ok()["token"].as_str().unwrap().len() > 40);
    let invites = house.get("/invites").await.ok();
    assert_eq!(
        (&invites["items"][0]["state"], &invites["items"][0]["note"]),
        (&json!("open"), &json!("Айгуль"))
    );
    let id = invites["items"][0]["id"].as_str().unwrap();
    assert_eq!(house.delete(&format!("/invites/{id}")).await.status, 204);
    assert_eq!(house.get("/invites").await.ok()["items"][0]["state"], "revoked");

    let packer = house.hire(Role::Packer).await;
    let members = house.get("/members").await.ok();
    let person = members["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|member| member["role"] == "packer")
        .unwrap()
        .clone();
    let path = format!("/members/{}", person["id"].as_str().unwrap());
    let patched = house
        .call(
            &house.cookie,
            "PATCH",
            &path,
            Some(json!({"role": "marketer"})),
            &[],
        )
        .await;
    assert_eq!(patched.status, 204);
    house.call(&packer, "GET", "/me", None, &[]).await.refused(401);
    assert_eq!(house.delete(&path).await.status, 204);
    house.delete(&path).await.refused(404);
    let owner = house.owner.user.to_string();
    assert_eq!(
        house.delete(&format!("/members/{owner}")).await.refused(409)["code"],
        "last-owner"
    );
}

#[tokio::test]
async fn keys_are_shown_once_and_end_at_once() {
    let house = House::new().await;
    let made = house
        .post("/api_keys", json!({"name": "1С", "rights": ["view_prices"]}))
        .await
        .ok();
    let key = Who::Key(made["key"].as_str().unwrap().to_owned());
    house.call(&key, "GET", "/rules", None, &[]).await.ok();
    let listed = house.get("/api_keys").await.ok();
    assert!(!listed.to_string().contains(made["key"].as_str().unwrap()));
    assert_eq!(
        house
            .delete(&format!("/api_keys/{}", made["id"].as_str().unwrap()))
            .await
            .status,
        204
    );
    assert_eq!(
        house.call(&key, "GET", "/rules", None, &[]).await.refused(401)["code"],
        "bad-key"
    );
    let refused = house
        .post("/api_keys", json!({"name": "1С", "rights": ["fly"]}))
        .await
        .refused(422);
    assert_eq!(
        (&refused["code"], &refused["errors"][0]["field"]),
        (&json!("unknown-word"), &json!("rights.0"))
    );
    assert!(
        refused["detail"].as_str().unwrap().contains("view_prices"),
        "the way out is named: {refused}"
    );
}

#[tokio::test]
async fn the_audit_log_is_paged_filtered_and_checked() {
    let house = House::new().await;
    for number in 0..5 {
        house
            .post("/rules", json!({"name": format!("Rule {number}")}))
            .await
            .ok();
    }
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let page = house
            .get(&format!("/audit_entries?what=rule.created&limit=2{after}"))
            .await
            .ok();
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|entry| entry["after"].as_str().unwrap().to_owned()),
        );
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(seen, ["Rule 4", "Rule 3", "Rule 2", "Rule 1", "Rule 0"]);
    let entry = house.get("/audit_entries?limit=1").await.ok()["items"][0].clone();
    assert_eq!(
        (&entry["text"], &entry["actor_name"]),
        (&json!("Rule created"), &json!("Ару"))
    );
    let verdict = house.get("/audit_verification").await.ok();
    assert_eq!(
        (&verdict["intact"], verdict["entries"].as_u64() >= Some(6)),
        (&json!(true), true)
    );
    assert_eq!(
        house.get("/audit_entries?after=x").await.refused(422)["code"],
        "bad-cursor"
    );
}
