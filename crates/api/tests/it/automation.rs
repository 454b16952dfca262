//! Jobs, runs, schedules, budgets and health.

use crate::house::House;
use sauda_jobs::{NewJob, ScheduleSpec};
use sauda_kernel::Span;
use serde_json::{Value, json};

#[tokio::test]
async fn jobs_are_seen_with_their_runs_and_can_be_repeated() {
    let (house, shop) = House::with_shop().await;
    let jobs = house.get("/jobs?name=catalog.sync").await.ok();
    let job = &jobs["items"][0];
    assert_eq!(
        (&job["state"], &job["payload"]["shop"]),
        (&json!("done"), &json!(shop))
    );
    let path = format!("/jobs/{}", job["id"].as_str().unwrap());
    let runs = house.get(&format!("{path}/runs")).await.ok();
    assert_eq!(runs["items"][0]["state"], "done");
    let run = format!("/runs/{}", runs["items"][0]["id"].as_str().unwrap());
    assert_eq!(house.get(&run).await.ok()["name"], "catalog.sync");
    house.get(&format!("{run}/lines?level=info")).await.ok();
    assert_eq!(
        house
            .call(
                &house.cookie,
                "PATCH",
                &path,
                Some(json!({"run_at": "2026-12-01T00:00:00Z"})),
                &[]
            )
            .await
            .refused(409)["code"],
        "job-state"
    );
    assert_eq!(
        house.post(&format!("{path}/replays"), json!(null)).await.ok()["state"],
        "waiting"
    );
    let put_off = house
        .call(
            &house.cookie,
            "PATCH",
            &path,
            Some(json!({"run_at": "2026-12-01T00:00:00Z"})),
            &[],
        )
        .await
        .ok();
    assert_eq!(put_off["run_at"], "2026-12-01T00:00:00.000Z");
    assert_eq!(house.delete(&path).await.status, 204);
    assert_eq!(house.get(&path).await.ok()["state"], "cancelled");
}

#[tokio::test]
async fn jobs_are_paged_newest_first() {
    let house = House::new().await;
    for number in 0..5 {
        house.clock.push(Span::from_secs(1));
        let job = NewJob::new(
            "test.nothing",
            1,
            &json!({"number": number}),
            house.owner.created_at,
        )
        .merchant(house.owner.scope.merchant());
        house.jobs.enqueue(house.db(), job).await.unwrap();
    }
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let page = house
            .get(&format!("/jobs?limit=2&state=waiting{after}"))
            .await
            .ok();
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|job| job["payload"]["number"].as_i64().unwrap()),
        );
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(seen, [4, 3, 2, 1, 0]);
    assert_eq!(
        house.get("/jobs?after=x").await.refused(422)["code"],
        "bad-cursor"
    );
}

#[tokio::test]
async fn schedules_rest_and_run_at_a_word() {
    let house = House::new().await;
    house
        .jobs
        .declare(&[ScheduleSpec::every(
            "nightly",
            "test.nothing",
            Span::from_hours(24),
        )])
        .await
        .unwrap();
    let listed = house.get("/schedules").await.ok();
    let schedule = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "nightly")
        .unwrap();
    let path = format!("/schedules/{}", schedule["id"].as_str().unwrap());
    assert_eq!(
        house
            .call(&house.cookie, "PATCH", &path, Some(json!({"paused": true})), &[])
            .await
            .status,
        204
    );
    assert_eq!(house.get("/schedules").await.ok()["items"][0]["paused"], true);
    let run = house.post(&format!("{path}/runs"), json!(null)).await;
    assert_eq!(run.status, 201);
    let job = run.ok()["job_id"].as_str().unwrap().to_owned();
    assert_eq!(
        house.get(&format!("/jobs/{job}")).await.ok()["name"],
        "test.nothing"
    );
    house
        .call(
            &house.cookie,
            "PATCH",
            "/schedules/none",
            Some(json!({"paused": true})),
            &[],
        )
        .await
        .refused(404);
    // With another merchant here, work of the program itself belongs to neither.
    house.stranger().await;
    assert_eq!(house.get("/schedules").await.ok()["items"], json!([]));
    house.get(&format!("/jobs/{job}")).await.refused(404);
}

#[tokio::test]
async fn budgets_and_health_are_told() {
    let (house, shop) = House::with_shop().await;
    house
        .pricing
        .check_shop_now(&shop.parse().unwrap())
        .await
        .unwrap();
    house.checker.turn().await.unwrap();
    let budgets = house.get("/budgets").await.ok();
    let names: Vec<&str> = budgets["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert!(
        names.contains(&"cabinet-reads") && names.contains(&"storefront-reads"),
        "{names:?}"
    );
    assert!(
        !names.iter().any(|name| name.starts_with("requests-")),
        "counts of this program concern nobody: {names:?}"
    );
    let health = house.get("/health").await.ok();
    assert_eq!(
        (&health["shared_state"], &health["stuck_runs"]),
        (&json!("memory"), &json!([]))
    );
    assert_eq!(health["queue_wait_seconds"], Value::from(0));
}
