//! What the team is told: the bot, its chats, who hears of what.

use crate::house::{House, Who};
use sauda_accounts::Right;
use serde_json::json;

#[tokio::test]
async fn without_a_bot_there_is_nothing_to_show_and_no_code() {
    let house = House::new().await;
    let missing = house.get("/team/bot").await.refused(404);
    assert_eq!(missing["code"], "team-no-bot");
    let early = house.post("/team/link_codes", json!({})).await.refused(409);
    assert_eq!(early["code"], "team-no-bot");
    let key = house.key(&[Right::ViewToday]).await;
    let code = house.call(&key, "POST", "/team/link_codes", None, &[]).await;
    assert_eq!(code.status, 403, "a chat is a person's");
    let chats = house.call(&key, "GET", "/team/chats", None, &[]).await.ok();
    assert_eq!(chats["items"], json!([]));
}

async fn patch(house: &House, who: &Who, body: serde_json::Value) -> crate::house::Reply {
    house
        .call(who, "PATCH", "/me/notifications", Some(body), &[])
        .await
}

#[tokio::test]
async fn a_person_changes_what_is_heard_and_the_rest_stays() {
    let house = House::new().await;
    let before = house.get("/me/notifications").await.ok();
    assert_eq!(
        (&before["quiet_from"], &before["events"]["report"]["mail"]),
        (&json!("22:00"), &json!(true))
    );
    let wish = json!({"telegram": false, "mail": false, "screen": true});
    let changed = patch(
        &house,
        &house.cookie,
        json!({"events": {"report": wish}, "report_at": "19:30"}),
    )
    .await
    .ok();
    assert_eq!(
        (&changed["events"]["report"], &changed["report_at"]),
        (&wish, &json!("19:30"))
    );
    assert_eq!(changed["events"]["urgent"], before["events"]["urgent"]);
    assert_eq!(changed["quiet_until"], "08:00");
    let odd = patch(&house, &house.cookie, json!({"events": {"gossip": wish}})).await;
    assert_eq!(odd.refused(422)["code"], "invalid-value");
    let late = patch(&house, &house.cookie, json!({"report_at": "25:00"})).await;
    assert_eq!(late.refused(422)["code"], "team-time");
    assert_eq!(house.get("/me/notifications").await.ok(), changed);
    let hearers = house.get("/team/hearers").await.ok();
    assert_eq!(hearers["items"].as_array().unwrap().len(), 1);
    assert_eq!(hearers["items"][0]["events"]["report"], wish);
    assert_eq!(hearers["items"][0]["mail_confirmed"], false);
}
