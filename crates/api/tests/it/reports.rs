//! Reports that are made by themselves, for programs.

use crate::house::House;
use serde_json::{Value, json};

fn plan(name: &str) -> Value {
    json!({"name": name, "kind": "errors", "frequency": "monthly", "day": 31, "time": "09:30", "recipients": ["screen"], "language": "en"})
}

#[tokio::test(flavor = "multi_thread")]
async fn plans_are_kept_and_one_is_made_now() {
    let (house, _) = House::with_shop().await;
    let made = house.post("/report_plans", plan("Month")).await.ok();
    let path = format!("/report_plans/{}", made["id"].as_str().unwrap());
    assert_eq!(
        (&made["day"], &made["time"], &made["paused"]),
        (&json!(31), &json!("09:30"), &json!(false))
    );
    let taken = house.post("/report_plans", plan("Month")).await.refused(409);
    assert_eq!(taken["code"], "report-name-taken");
    let mut wrong = plan("Other");
    wrong["recipients"] = json!(["mail:stranger@mail.kz"]);
    assert!(house.post("/report_plans", wrong).await.status.is_client_error());
    let mut wrong = plan("Other");
    wrong["time"] = json!("24:00");
    assert_eq!(
        house.post("/report_plans", wrong).await.refused(422)["code"],
        "report-time"
    );
    house
        .call(&house.cookie, "PATCH", &path, Some(json!({"paused": true})), &[])
        .await;
    assert_eq!(house.get(&path).await.ok()["paused"], true);
    let renamed = house
        .call(&house.cookie, "PUT", &path, Some(plan("Errors")), &[])
        .await
        .ok();
    assert_eq!(renamed["name"], "Errors");
    assert_eq!(
        house.get("/report_plans").await.ok()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let asked = house.post(&format!("{path}/sends"), json!({})).await.ok();
    let report = format!("/reports/{}", asked["report_id"].as_str().unwrap());
    assert_eq!(house.get(&report).await.ok()["report"]["state"], "making");
    let listed = house.get("/reports?kind=errors&limit=1").await.ok();
    assert_eq!(listed["items"][0]["id"], asked["report_id"]);
    assert_eq!(house.get("/reports?kind=profit").await.ok()["items"], json!([]));
    house.delete(&path).await;
    assert_eq!(house.get(&path).await.status.as_u16(), 404);
    assert_eq!(house.get(&report).await.ok()["report"]["name"], "Errors");
}
