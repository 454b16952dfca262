//! Offers: the board, one offer, changing it without overwriting anybody, many at once.

use crate::house::{House, board, tenge};
use serde_json::{Value, json};

#[tokio::test]
async fn the_board_is_listed_searched_sorted_and_paged() {
    let (house, shop) = House::with_shop().await;
    house.turn(&shop).await;
    let names = async |rest: &str| -> Vec<String> {
        let page = house.get(&board(&shop, rest)).await.ok();
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["sku"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names("&sort=-price").await, ["A", "B"]);
    assert_eq!(names("&sort=price").await, ["B", "A"]);
    assert_eq!(
        names("&q=%D0%BF%D1%83%D1%85%D0%BE%D0%B2%D0%B8%D0%BA%20B").await,
        ["B"]
    );
    assert_eq!(names("&view=not_first").await, ["A"]);
    let first = house.get(&board(&shop, "&sort=-price&limit=1")).await.ok();
    let next = first["next"].as_str().unwrap();
    let second = house
        .get(&board(&shop, &format!("&sort=-price&limit=1&after={next}")))
        .await
        .ok();
    assert_eq!(
        (&second["items"][0]["sku"], &second["next"]),
        (&json!("B"), &json!(null))
    );
    let row = &first["items"][0];
    assert_eq!(
        (&row["price"], &row["rival_price"], &row["place"]),
        (&tenge(39_000), &tenge(38_750), &json!(2))
    );
    assert_eq!(
        house.get(&format!("/shops/{shop}/offer_counts")).await.ok()["all"],
        2
    );
    assert_eq!(
        house.get(&format!("/shops/{shop}/categories")).await.ok()["items"],
        json!([{"name": "Куртки", "offers": 2}])
    );
    for (rest, code, field) in [
        ("&view=best", "unknown-word", "view"),
        ("&after=junk", "bad-cursor", "after"),
        ("&limit=0", "out-of-range", "limit"),
        ("&limit=many", "wrong-type", "limit"),
        ("&colour=red", "unknown-field", "colour"),
    ] {
        let refused = house.get(&board(&shop, rest)).await.refused(422);
        assert_eq!(
            (&refused["code"], &refused["errors"][0]["field"]),
            (&json!(code), &json!(field)),
            "{rest}"
        );
    }
}

#[tokio::test]
async fn an_offer_is_changed_by_members_and_cleared_by_null() {
    let (house, shop) = House::with_shop().await;
    let path = format!("/offers/{}", house.offer(&shop, "A").await);
    let shown = house.get(&path).await;
    assert_eq!(shown.headers["etag"], "\"0\"");
    assert_eq!(shown.ok()["own"]["min"], Value::Null);
    let body = json!({"min": tenge(35_000), "max": tenge(44_900), "cost": {"amount_minor": 2_000_050, "currency": "KZT"}, "strategy": {"kind": "stay_top_n", "n": 3}});
    let changed = house.change("PATCH", &path, 0, body).await;
    assert_eq!(changed.headers["etag"], "\"1\"");
    let own = changed.ok();
    assert_eq!(
        (&own["min"], &own["cost"]["amount_minor"], &own["updated_by"]),
        (&tenge(35_000), &json!(2_000_050), &json!("Ару"))
    );
    let own = house
        .change(
            "PATCH",
            &path,
            1,
            json!({"max": null, "pin": {"price": tenge(38_000), "until": "2026-11-21T00:00:00Z"}}),
        )
        .await
        .ok();
    assert_eq!(
        (&own["max"], &own["min"]),
        (&Value::Null, &tenge(35_000)),
        "what is not named stays"
    );
    assert_eq!(
        (&own["pinned_price"], &own["pinned_until"]),
        (&tenge(38_000), &json!("2026-11-21T00:00:00.000Z"))
    );
    let shown = house.get(&path).await.ok();
    assert_eq!(
        shown["effective"]["strategy"],
        json!({"kind": "stay_top_n", "n": 3})
    );
    assert_eq!(
        (&shown["origins"]["strategy"], &shown["origins"]["min"]),
        (&json!("offer"), &json!("offer"))
    );
    let parts = shown["breakdown"].as_object().unwrap();
    let sum: i64 = parts
        .iter()
        .filter(|(name, _)| *name != "price" && *name != "margin_bp")
        .map(|(_, part)| part["amount_minor"].as_i64().unwrap())
        .sum();
    assert_eq!(sum, parts["price"]["amount_minor"].as_i64().unwrap());
}

#[tokio::test]
async fn a_later_save_learns_who_was_faster_and_changes_nothing() {
    let (house, shop) = House::with_shop().await;
    let path = format!("/offers/{}", house.offer(&shop, "A").await);
    house
        .change("PATCH", &path, 0, json!({"min": tenge(35_000)}))
        .await
        .ok();
    let refused = house
        .change("PATCH", &path, 0, json!({"min": tenge(30_000)}))
        .await
        .refused(409);
    assert_eq!(refused["code"], "changed-by");
    let detail = refused["detail"].as_str().unwrap();
    assert!(
        detail.contains("Ару") && detail.contains("35\u{a0}000"),
        "who and what: {detail}"
    );
    assert_eq!(house.get(&path).await.ok()["own"]["min"], tenge(35_000));
    let missing = house
        .call(&house.cookie, "PATCH", &path, Some(json!({"min": null})), &[])
        .await
        .refused(428);
    assert_eq!(missing["code"], "if-match-missing");
    let wrong = house
        .call(
            &house.cookie,
            "PATCH",
            &path,
            Some(json!({"min": null})),
            &[("if-match", "*")],
        )
        .await
        .refused(422);
    assert_eq!(wrong["code"], "if-match-wrong");
}

#[tokio::test]
async fn impossible_values_are_refused_by_name() {
    let (house, shop) = House::with_shop().await;
    let path = format!("/offers/{}", house.offer(&shop, "A").await);
    house
        .change("PATCH", &path, 0, json!({"cost": tenge(30_000)}))
        .await
        .ok();
    for (body, code, field) in [
        (json!({}), "no-change", None),
        (json!({"minimum": tenge(1)}), "unknown-field", Some("minimum")),
        (
            json!({"min": {"amount_minor": 3_500_050, "currency": "KZT"}}),
            "whole-tenge",
            Some("min"),
        ),
        (
            json!({"min": {"amount_minor": 100, "currency": "USD"}}),
            "unknown-word",
            Some("min.currency"),
        ),
        (json!({"min": 35_000}), "wrong-type", Some("min")),
        (json!({"min": tenge(-5)}), "price-range", Some("min")),
        (
            json!({"min": tenge(50_000), "max": tenge(40_000)}),
            "rule-min-above-max",
            Some("min"),
        ),
        (json!({"min": tenge(30_100)}), "min-below-cost", Some("min")),
        (
            json!({"pin": {"price": tenge(100)}}),
            "price-below-floor",
            Some("price"),
        ),
        (
            json!({"settings": {"max_day": {"bp": 0}}}),
            "rule-out-of-range",
            Some("max_day"),
        ),
        (
            json!({"settings": {"ignore": {"preoder": true}}}),
            "unknown-field",
            Some("settings.ignore.preoder"),
        ),
        (
            json!({"settings": {"pin": {"until": null}}}),
            "missing-field",
            Some("settings.pin.price"),
        ),
        (json!({"rule_id": "off_1"}), "wrong-type", Some("rule_id")),
    ] {
        let refused = house.change("PATCH", &path, 1, body.clone()).await.refused(422);
        assert_eq!(refused["code"], code, "{body}");
        assert_eq!(refused["errors"][0]["field"].as_str(), field, "{body}: {refused}");
    }
    assert_eq!(
        house.get(&path).await.ok()["own"]["version"],
        1,
        "nothing was changed"
    );
    let confirmed = json!({"min": tenge(30_100), "confirm_below_cost": true});
    assert_eq!(
        house.change("PATCH", &path, 1, confirmed).await.ok()["min"],
        tenge(30_100)
    );
}

#[tokio::test]
async fn a_bulk_change_is_previewed_applied_and_undone() {
    let (house, shop) = House::with_shop().await;
    let offer = house.offer(&shop, "A").await;
    let body =
        json!({"selection": {"filter": {"category": "Куртки"}}, "act": {"min": {"of_price_bp": 9_000}}});
    let preview = house
        .post(&format!("/shops/{shop}/bulk_previews"), body.clone())
        .await
        .ok();
    assert_eq!(
        (&preview["changed"], &preview["unchanged"], &preview["refused"]),
        (&json!(2), &json!(0), &json!([]))
    );
    assert_eq!(
        house.get(&format!("/offers/{offer}")).await.ok()["own"]["min"],
        Value::Null,
        "a preview writes nothing"
    );
    let made = house.post(&format!("/shops/{shop}/bulks"), body).await;
    assert_eq!(made.status, 201);
    let bulk = made.ok();
    assert_eq!((&bulk["changed"], &bulk["undone_at"]), (&json!(2), &Value::Null));
    assert_eq!(
        house.get(&format!("/offers/{offer}")).await.ok()["own"]["min"],
        tenge(35_100)
    );
    let path = format!("/bulks/{}", bulk["id"].as_str().unwrap());
    assert_eq!(
        house.post(&format!("{path}/undos"), json!(null)).await.ok()["put_back"],
        2
    );
    assert_eq!(
        house.get(&format!("/offers/{offer}")).await.ok()["own"]["min"],
        Value::Null
    );
    assert_eq!(
        house
            .post(&format!("{path}/undos"), json!(null))
            .await
            .refused(409)["code"],
        "undo-passed"
    );
    assert!(!house.get(&path).await.ok()["undone_at"].is_null());

    let costs = json!({"selection": {"offers": [offer]}, "act": {"min": {"of_cost_bp": 12_000}}});
    let preview = house
        .post(&format!("/shops/{shop}/bulk_previews"), costs)
        .await
        .ok();
    assert_eq!(
        (&preview["refused"][0]["code"], &preview["refused"][0]["sku"]),
        (&json!("no-cost"), &json!("A"))
    );
    for wrong in [
        json!({"selection": {}, "act": {"managed": true}}),
        json!({"selection": {"offers": []}, "act": {}}),
        json!({"selection": {"offers": []}, "act": {"managed": true, "step": tenge(1)}}),
        json!({"selection": {"offers": []}, "act": {"min": {"clear": true, "of_cost_bp": 1}}}),
    ] {
        assert_eq!(
            house
                .post(&format!("/shops/{shop}/bulks"), wrong.clone())
                .await
                .refused(422)["code"],
            "one-of",
            "{wrong}"
        );
    }
}
