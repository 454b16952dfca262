//! Asking for work: with the caller's transaction, once per key, in order.

use crate::desk::{Does, desks};
use sauda_jobs::{JobFilter, JobState, NewJob, Outcome};
use sauda_kernel::{Clock as _, Span};
use std::sync::{Arc, Mutex};

#[tokio::test]
async fn a_job_is_there_exactly_when_the_callers_change_is() {
    for desk in desks().await {
        let mut tx = desk.db.write().await.unwrap();
        desk.jobs.enqueue(&mut tx, desk.job()).await.unwrap();
        drop(tx);
        assert_eq!(desk.jobs.list(&JobFilter::default()).await.unwrap(), []);
        let mut tx = desk.db.write().await.unwrap();
        let kept = desk.jobs.enqueue(&mut tx, desk.job()).await.unwrap();
        tx.commit().await.unwrap();
        let jobs = desk.jobs.list(&JobFilter::default()).await.unwrap();
        assert_eq!(
            jobs.iter().map(|job| (&job.id, job.state)).collect::<Vec<_>>(),
            [(&kept, JobState::Waiting)]
        );
    }
}

#[tokio::test]
async fn one_key_waits_once_and_the_earlier_time_and_newer_payload_count() {
    for desk in desks().await {
        let later = desk.clock.now().plus(Span::from_mins(5));
        let first = desk
            .jobs
            .enqueue(desk.db.db(), desk.job().dedupe("k").at(later))
            .await
            .unwrap();
        let newer = NewJob::new(crate::desk::WORK, 2, &"newer", desk.clock.now()).dedupe("k");
        assert_eq!(desk.jobs.enqueue(desk.db.db(), newer).await.unwrap(), first);
        let again = desk
            .jobs
            .enqueue(desk.db.db(), desk.job().dedupe("k").at(later))
            .await
            .unwrap();
        assert_eq!(again, first);
        let job = desk.jobs.job(&first).await.unwrap();
        assert_eq!(job.run_at, desk.clock.now(), "a later wish does not put it off");
        assert_ne!(
            desk.jobs
                .enqueue(desk.db.db(), desk.job().dedupe("other"))
                .await
                .unwrap(),
            first
        );
        let worker = desk.worker(Does::ends(Ok(Outcome::Done)));
        assert_eq!(worker.run_until_idle().await.unwrap().done, 2);
        assert_ne!(
            desk.jobs
                .enqueue(desk.db.db(), desk.job().dedupe("k"))
                .await
                .unwrap(),
            first,
            "a finished job frees its key"
        );
    }
}

#[tokio::test]
async fn asked_for_while_it_runs_it_runs_once_more() {
    for desk in desks().await {
        let runs = Arc::new(Mutex::new(0));
        let (jobs, db, clock, count) = (
            desk.jobs.clone(),
            desk.db.db().clone(),
            desk.clock.clone(),
            runs.clone(),
        );
        let worker = desk.worker(Does::new(move |context| {
            let (jobs, db, clock, count) = (jobs.clone(), db.clone(), clock.clone(), count.clone());
            Box::pin(async move {
                let first = {
                    let mut count = count.lock().unwrap();
                    *count += 1;
                    *count == 1
                };
                if first {
                    let same = NewJob::new(crate::desk::WORK, 1, &serde_json::json!({}), clock.now());
                    let id = jobs.enqueue(&db, same.clone().dedupe("k")).await.unwrap();
                    assert_eq!(&id, context.job());
                } else {
                    let same = NewJob::new(crate::desk::WORK, 1, &serde_json::json!({}), clock.now());
                    jobs.enqueue(&db, same.dedupe("k").running_is_enough())
                        .await
                        .unwrap();
                }
                Ok(Outcome::Done)
            })
        }));
        let id = desk
            .jobs
            .enqueue(desk.db.db(), desk.job().dedupe("k"))
            .await
            .unwrap();
        assert_eq!(worker.run_until_idle().await.unwrap().done, 2);
        assert_eq!(*runs.lock().unwrap(), 2);
        assert_eq!(desk.jobs.job(&id).await.unwrap().state, JobState::Done);
    }
}

#[tokio::test]
async fn the_urgent_go_first_then_the_long_due() {
    for desk in desks().await {
        let log = Arc::new(Mutex::new(Vec::new()));
        let now = desk.clock.now();
        for (name, priority, minutes_ago) in [("c", 0, 1), ("b", 0, 5), ("a", 9, 0), ("later", 9, -1)] {
            let job = NewJob::new(
                crate::desk::WORK,
                1,
                &name,
                now.minus(Span::from_mins(minutes_ago)),
            )
            .priority(priority);
            desk.jobs.enqueue(desk.db.db(), job).await.unwrap();
        }
        let worker = desk.worker(Does::notes(&log));
        worker.run_until_idle().await.unwrap();
        assert_eq!(*log.lock().unwrap(), ["\"a\"", "\"b\"", "\"c\""]);
        desk.clock.push(Span::from_mins(1));
        worker.run_until_idle().await.unwrap();
        assert_eq!(log.lock().unwrap().last().unwrap(), "\"later\"");
    }
}

#[tokio::test]
async fn a_job_of_an_unknown_name_is_left_for_a_worker_that_knows_it() {
    for desk in desks().await {
        let id = desk
            .jobs
            .enqueue(desk.db.db(), NewJob::new("other.work", 1, &1, desk.clock.now()))
            .await
            .unwrap();
        let worker = desk.worker(Does::ends(Ok(Outcome::Done)));
        assert_eq!(
            worker.run_until_idle().await.unwrap(),
            sauda_jobs::Idle::default()
        );
        assert_eq!(desk.jobs.job(&id).await.unwrap().state, JobState::Waiting);
    }
}
