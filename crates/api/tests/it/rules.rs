//! Rules, a shop's defaults, publishing, pauses, trying settings on history.

use crate::house::{House, tenge};
use serde_json::json;

#[tokio::test]
async fn a_rule_is_made_used_counted_and_put_away() {
    let (house, shop) = House::with_shop().await;
    let offer = house.offer(&shop, "A").await;
    let body = json!({"name": "Ходовые", "state": "on", "settings": {"strategy": {"kind": "match"}, "max_move": {"sum": tenge(500)}, "pin": null}});
    let made = house.post("/rules", body).await;
    assert_eq!(made.status, 201);
    let rule = made.ok();
    assert_eq!(
        rule["settings"],
        json!({"strategy": {"kind": "match"}, "max_move": {"sum": tenge(500)}, "pin": null}),
        "what was said comes back, no more"
    );
    let id = rule["id"].as_str().unwrap();
    house
        .change("PATCH", &format!("/offers/{offer}"), 0, json!({"rule_id": id}))
        .await
        .ok();
    let path = format!("/rules/{id}");
    assert_eq!(house.get(&path).await.ok()["offers"], 1);
    assert_eq!(
        house.get(&format!("/offers/{offer}")).await.ok()["origins"]["strategy"],
        "rule"
    );
    assert_eq!(house.delete(&path).await.refused(409)["code"], "rule-in-use");

    let changed = house
        .change("PATCH", &path, 1, json!({"state": "share"}))
        .await
        .ok();
    assert_eq!(
        (&changed["state"], &changed["name"], &changed["version"]),
        (&json!("share"), &json!("Ходовые"), &json!(2))
    );
    assert_eq!(
        house
            .change("PATCH", &path, 1, json!({"name": "Другие"}))
            .await
            .refused(409)["code"],
        "changed-by"
    );
    assert_eq!(
        house.change("PATCH", &path, 2, json!({})).await.refused(422)["code"],
        "no-change"
    );
    house
        .change("PATCH", &format!("/offers/{offer}"), 1, json!({"rule_id": null}))
        .await
        .ok();
    assert_eq!(house.delete(&path).await.status, 204);
    assert_eq!(house.get("/rules").await.ok()["items"], json!([]));
    let wrong = json!({"name": "x", "settings": {"check": {"kind": "learned", "shortest_minutes": 9, "longest_minutes": 3}}});
    assert_eq!(
        house.post("/rules", wrong).await.refused(422)["code"],
        "rule-pace-reversed"
    );
    assert_eq!(
        house.post("/rules", json!({"name": " "})).await.refused(422)["errors"][0]["field"],
        "name"
    );
}

#[tokio::test]
async fn defaults_of_a_shop_are_saved_whole_and_survive_the_way() {
    let (house, shop) = House::with_shop().await;
    let path = format!("/shops/{shop}/settings");
    let before = house.get(&path).await;
    let version = before.headers["etag"]
        .to_str()
        .unwrap()
        .trim_matches('"')
        .parse()
        .unwrap();
    let before = before.ok();
    assert_eq!(
        (&before["mode"], &before["economics"]["commission_bp"]),
        (&json!("off"), &json!(1_090))
    );
    let settings = json!({
        "strategy": {"kind": "hold_margin", "margin_bp": 1_200},
        "step": tenge(5),
        "store_minimum": tenge(500),
        "war_brake": {"window_minutes": 60, "alternations": 3, "step_back": {"bp": 200}, "wait_minutes": 30, "truce_hours": 12, "stop_level": null},
        "hours": {"from": "08:00", "to": "23:00", "days": [1, 2, 3, 4, 5]},
        "sleep_lift": {"hours": {"from": "01:00", "to": "06:00", "days": [1, 2, 3, 4, 5, 6, 7]}, "step": tenge(50), "every_minutes": 20, "target": null},
        "dead_man": {"minutes": 90, "action": {"lift_to": tenge(45_000)}},
    });
    let economics = json!({
        "commission_bp": 640, "commission_vat": "none", "tax_bp": 300,
        "delivery": {"kind": "fixed", "fee": {"amount_minor": 119_950, "currency": "KZT"}},
        "packaging": tenge(150), "advertising_bp": 50, "returns_bp": 100, "wish": {"margin_bp": 800},
    });
    let saved = house
        .change(
            "PUT",
            &path,
            version,
            json!({"settings": settings, "economics": economics}),
        )
        .await
        .ok();
    assert_eq!((&saved["settings"], &saved["economics"]), (&settings, &economics));
    let saved = house
        .change("PUT", &path, version + 1, json!({"settings": {}}))
        .await
        .ok();
    assert_eq!(
        (&saved["settings"], &saved["economics"]),
        (&json!({}), &economics),
        "costs that are not named stay"
    );
    assert_eq!(
        house
            .change("PUT", &path, version, json!({"settings": {}}))
            .await
            .refused(409)["code"],
        "changed-by"
    );

    let put = house
        .call(
            &house.cookie,
            "PUT",
            &format!("/shops/{shop}/mode"),
            Some(json!({"mode": "dry_run"})),
            &[],
        )
        .await;
    assert_eq!(put.status, 204);
    assert_eq!(
        house.get(&format!("/shops/{shop}/pulse")).await.ok()["mode"],
        "dry_run"
    );
}

#[tokio::test]
async fn everything_a_shop_a_rule_or_an_offer_is_paused() {
    let (house, shop) = House::with_shop().await;
    let offer = house.offer(&shop, "A").await;
    let rule = house.post("/rules", json!({"name": "Ходовые"})).await.ok()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for (subject, kind) in [
        ("everything", "everything"),
        (&*shop, "shop"),
        (&*rule, "rule"),
        (&*offer, "offer"),
    ] {
        let made = house
            .post(
                "/pauses",
                json!({"subject": subject, "until": "2026-11-20T18:00:00Z"}),
            )
            .await;
        assert_eq!(made.status, 201);
        assert_eq!(made.ok()["kind"], kind);
        let listed = house.get("/pauses").await.ok();
        assert_eq!(
            (&listed["items"][0]["subject"], &listed["items"][0]["until"]),
            (&json!(subject), &json!("2026-11-20T18:00:00.000Z"))
        );
        assert_eq!(house.delete(&format!("/pauses/{subject}")).await.status, 204);
        assert_eq!(house.get("/pauses").await.ok()["items"], json!([]));
    }
    let passed = house
        .post(
            "/pauses",
            json!({"subject": "everything", "until": "2020-01-01T00:00:00Z"}),
        )
        .await
        .refused(422);
    assert_eq!(
        (&passed["code"], &passed["errors"][0]["field"]),
        (&json!("time-passed"), &json!("until"))
    );
    house
        .post("/pauses", json!({"subject": "shp_1"}))
        .await
        .refused(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_tried_on_what_was_seen() {
    let (house, shop) = House::with_shop().await;
    let offer = house.offer(&shop, "A").await;
    house
        .change(
            "PATCH",
            &format!("/offers/{offer}"),
            0,
            json!({"min": tenge(30_000), "max": tenge(44_900)}),
        )
        .await
        .ok();
    house.turn(&shop).await;
    let tried = json!({"settings": {"strategy": {"kind": "match"}}, "min": tenge(20_000)});
    let found = house
        .post(&format!("/offers/{offer}/backtests"), tried)
        .await
        .ok();
    assert_eq!(
        (&found["offer_id"], &found["today"]["reservation"]),
        (&json!(offer), &json!("short_history"))
    );
    assert_eq!(
        house.get(&format!("/offers/{offer}")).await.ok()["own"]["min"],
        tenge(30_000),
        "nothing is written"
    );
    let rule = house
        .post("/rules", json!({"name": "Ходовые", "state": "on"}))
        .await
        .ok()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    house
        .change("PATCH", &format!("/offers/{offer}"), 1, json!({"rule_id": rule}))
        .await
        .ok();
    let all = house
        .post(
            &format!("/rules/{rule}/backtests"),
            json!({"settings": {"strategy": {"kind": "match"}}}),
        )
        .await
        .ok();
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
    let wrong = json!({"settings": {"cover": {"below_days": 0, "raise_bp": 1}}});
    assert_eq!(
        house
            .post(&format!("/rules/{rule}/backtests"), wrong)
            .await
            .refused(422)["code"],
        "rule-out-of-range"
    );
}
