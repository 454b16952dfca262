//! What the bot did: decisions with receipts, changes, undo, questions, newcomers, exports.

use crate::house::{House, tenge};
use serde_json::{Value, json};

/// A shop whose bot has taken the first place with offer `A`.
async fn after_a_change() -> (House, String, String) {
    let (house, shop) = House::with_shop().await;
    let offer = house.offer(&shop, "A").await;
    let limits = json!({"min": tenge(34_500), "max": tenge(44_900), "step": tenge(10)});
    house
        .change("PATCH", &format!("/offers/{offer}"), 0, limits)
        .await
        .ok();
    let put = house
        .call(
            &house.cookie,
            "PUT",
            &format!("/shops/{shop}/mode"),
            Some(json!({"mode": "on"})),
            &[],
        )
        .await;
    assert_eq!(put.status, 204);
    house.turn(&shop).await;
    (house, shop, offer)
}

#[tokio::test]
async fn a_change_has_a_receipt_in_the_callers_language() {
    let (house, shop, offer) = Box::pin(after_a_change()).await;
    let feed = house.get(&format!("/shops/{shop}/changes")).await.ok();
    let line = &feed["items"][0];
    assert_eq!(
        (&line["change"]["from"], &line["change"]["to"], &line["title"]),
        (&tenge(39_000), &tenge(38_740), &json!("Пуховик A"))
    );
    assert_eq!(line["change"]["state"], "in_cabinet");
    let decision = line["change"]["decision_id"].as_str().unwrap();
    let shown = house.get(&format!("/decisions/{decision}")).await.ok();
    let reason = &shown["decision"]["reason"];
    assert_eq!(reason["word"], "undercut");
    assert_eq!(reason["args"], json!({"rival": tenge(38_750), "step": tenge(10)}));
    assert_eq!(
        reason["text"],
        "The cheapest rival sells at 38\u{a0}750\u{a0}₸: we stand 10\u{a0}₸ lower"
    );
    let receipt = &shown["receipt"];
    assert_eq!(
        (&receipt["floor"], &receipt["ceiling"], &receipt["place_after"]),
        (&tenge(34_500), &tenge(44_900), &json!({"place": 1, "of": 3}))
    );
    assert_eq!(receipt["ladder"].as_array().unwrap().len(), 3);
    assert_eq!(
        receipt["arithmetic"][1],
        json!({"word": "step", "text": "Step", "by": tenge(-10), "price": tenge(38_740)})
    );
    for guard in receipt["guards"].as_array().unwrap() {
        let text = guard["said"]["text"].as_str().unwrap();
        assert!(
            !text.starts_with("guard-") && !text.contains('⟦') && !text.contains("{$"),
            "{guard}"
        );
    }
    let path = format!("/api/v1/decisions/{decision}");
    let russian = house
        .send(
            &house.cookie,
            "GET",
            &path,
            Vec::new(),
            None,
            &[("cookie", "language=ru")],
        )
        .await;
    assert!(russian.status.is_success());
    let decisions = house.get(&format!("/offers/{offer}/decisions")).await.ok();
    assert_eq!(decisions["items"][0]["id"], decision);
    let changes = house.get(&format!("/offers/{offer}/changes")).await.ok();
    assert_eq!(changes["items"][0]["id"], line["change"]["id"]);
    let pulse = house.get(&format!("/shops/{shop}/pulse")).await.ok();
    assert_eq!(
        (&pulse["mode"], &pulse["today"], &pulse["waiting"]),
        (&json!("on"), &json!(1), &json!(0))
    );
}

#[tokio::test]
async fn a_decision_is_undone_by_holding_the_old_price() {
    let (house, shop, offer) = Box::pin(after_a_change()).await;
    let feed = house.get(&format!("/shops/{shop}/changes")).await.ok();
    let decision = feed["items"][0]["change"]["decision_id"].as_str().unwrap();
    let own = house
        .post(&format!("/decisions/{decision}/undos"), json!(null))
        .await
        .ok();
    assert_eq!(own["pinned_price"], tenge(39_000));
    house.turn(&shop).await;
    assert_eq!(
        house.get(&format!("/offers/{offer}")).await.ok()["place"]["price"],
        tenge(39_000)
    );
}

#[tokio::test]
async fn a_question_waits_for_a_person_and_is_answered_once() {
    let (house, shop) = House::with_shop().await;
    let offer = house.offer(&shop, "A").await;
    let body =
        json!({"min": tenge(30_000), "max": tenge(44_900), "settings": {"ask_above": {"sum": tenge(100)}}});
    house
        .change("PATCH", &format!("/offers/{offer}"), 0, body)
        .await
        .ok();
    house
        .call(
            &house.cookie,
            "PUT",
            &format!("/shops/{shop}/mode"),
            Some(json!({"mode": "on"})),
            &[],
        )
        .await;
    house.turn(&shop).await;
    let questions = house.get(&format!("/shops/{shop}/questions")).await.ok();
    let question = &questions["items"][0];
    assert_eq!(
        (
            &question["outcome"],
            &question["reason"]["word"],
            &question["answer"]
        ),
        (&json!("ask"), &json!("move-needs-approval"), &Value::Null)
    );
    let path = format!("/decisions/{}/answers", question["id"].as_str().unwrap());
    assert_eq!(
        house.post(&path, json!({"answer": "perhaps"})).await.refused(422)["code"],
        "unknown-word"
    );
    assert_eq!(house.post(&path, json!({"answer": "yes"})).await.status, 204);
    assert_eq!(
        house.post(&path, json!({"answer": "no"})).await.refused(409)["code"],
        "answered-already"
    );
    assert_eq!(
        house.get(&format!("/shops/{shop}/questions")).await.ok()["items"],
        json!([])
    );
    let feed = house.get(&format!("/shops/{shop}/changes")).await.ok();
    assert_eq!(
        (
            &feed["items"][0]["change"]["to"],
            &feed["items"][0]["change"]["wanted_by"]
        ),
        (&question["price"], &json!("Ару"))
    );
}

#[tokio::test]
async fn history_comes_as_csv_xlsx_and_json() {
    let (house, shop, offer) = Box::pin(after_a_change()).await;
    for what in ["price_points", "decisions", "changes"] {
        let path = format!("/offers/{offer}/history/file?what={what}");
        let json = house.get(&format!("{path}&format=json")).await;
        let name = format!("attachment; filename=\"{what}.json\"");
        assert_eq!(json.headers["content-disposition"], name);
        let rows = json.json();
        assert!(!rows.as_array().unwrap().is_empty(), "{what}");
        let csv = house.get(&format!("{path}&format=csv")).await.text;
        assert_eq!(csv.lines().count(), rows.as_array().unwrap().len() + 1, "{csv}");
        let xlsx = house.get(&format!("{path}&format=xlsx")).await;
        assert!(xlsx.bytes.starts_with(b"PK"));
    }
    let rows = house
        .get(&format!("/shops/{shop}/changes/file?format=json"))
        .await
        .json();
    assert_eq!(
        (&rows[0]["from_tenge"], &rows[0]["to_tenge"], &rows[0]["title"]),
        (&json!(39_000), &json!(38_740), &json!("Пуховик A"))
    );
    assert_eq!(
        house
            .get(&format!("/offers/{offer}/history/file?what=changes&format=pdf"))
            .await
            .refused(422)["code"],
        "unknown-word"
    );
    assert_eq!(
        house
            .get(&format!("/offers/{offer}/history/file?format=csv"))
            .await
            .refused(422)["code"],
        "missing-field"
    );
}

#[tokio::test]
async fn points_and_newcomers_are_listed() {
    let (house, shop, offer) = Box::pin(after_a_change()).await;
    let points = house.get(&format!("/offers/{offer}/price_points")).await.ok();
    assert_eq!(points["items"][0]["rival"], tenge(38_750));
    house
        .market
        .shelf()
        .rivals
        .push(crate::market::rival("9000003", 38_000));
    house.turn(&shop).await;
    let newcomers = house.get(&format!("/shops/{shop}/newcomers")).await.ok();
    let uids: Vec<&str> = newcomers["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["seller"]["seller_uid"].as_str().unwrap())
        .collect();
    assert!(uids.contains(&"9000003"), "{newcomers}");
}
