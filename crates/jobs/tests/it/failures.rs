//! Failed runs: tried again with growing waits, parked, repeated by a person; postponed without counting.

use crate::desk::{Does, desks};
use sauda_jobs::{JobError, JobState, JobsError, Outcome, Policy, RunState};
use sauda_kernel::{Clock as _, Kind, Span};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

fn refused(kind: Kind) -> Result<Outcome, JobError> {
    Err(JobError::new(kind, "test-refused", "refused by the test"))
}

#[tokio::test]
async fn a_conflict_is_tried_again_later_and_parked_after_its_attempts() {
    for desk in desks().await {
        let worker = desk.worker(Does::ends(refused(Kind::Conflict)));
        let id = desk
            .jobs
            .enqueue(desk.db.db(), desk.job().attempts(3))
            .await
            .unwrap();
        for attempt in 1..=2_u32 {
            assert_eq!(worker.run_until_idle().await.unwrap().failed, 1);
            let job = desk.jobs.job(&id).await.unwrap();
            assert_eq!((job.state, job.attempts), (JobState::Waiting, attempt));
            let wait = job.run_at.since(desk.clock.now());
            let whole = Span::from_secs(5 * 3_i64.pow(attempt - 1)).as_micros();
            assert!(
                wait.as_micros() >= whole * 3 / 4 && wait.as_micros() <= whole * 5 / 4,
                "{wait:?}"
            );
            assert_eq!(
                worker.run_until_idle().await.unwrap().failed,
                0,
                "not before its time"
            );
            desk.clock.set(job.run_at);
        }
        assert_eq!(worker.run_until_idle().await.unwrap().parked, 1);
        let job = desk.jobs.job(&id).await.unwrap();
        assert_eq!(job.state, JobState::Parked);
        assert_eq!(job.error_code.as_deref(), Some("test-refused"));
        assert_eq!(job.error_text.as_deref(), Some("refused by the test"));
        let runs = desk.jobs.runs(&id).await.unwrap();
        assert_eq!(
            runs.iter()
                .map(|run| (run.attempt, run.state))
                .collect::<Vec<_>>(),
            [3, 2, 1].map(|attempt| (attempt, RunState::Failed))
        );
    }
}

#[tokio::test]
async fn what_trying_again_cannot_mend_is_parked_at_once() {
    for desk in desks().await {
        for kind in [
            Kind::Invalid,
            Kind::Unauthenticated,
            Kind::Forbidden,
            Kind::NotFound,
        ] {
            let id = desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
            assert_eq!(
                desk.worker(Does::ends(refused(kind)))
                    .run_until_idle()
                    .await
                    .unwrap()
                    .parked,
                1
            );
            assert_eq!(desk.jobs.job(&id).await.unwrap().state, JobState::Parked);
        }
    }
}

#[tokio::test]
async fn a_parked_job_is_repeated_with_all_its_attempts() {
    for desk in desks().await {
        let well = Arc::new(AtomicBool::new(false));
        let answer = well.clone();
        let worker = desk.worker(Does::new(move |_| {
            let well = answer.load(Ordering::SeqCst);
            Box::pin(async move {
                if well {
                    Ok(Outcome::Done)
                } else {
                    refused(Kind::Invalid)
                }
            })
        }));
        let id = desk
            .jobs
            .enqueue(desk.db.db(), desk.job().dedupe("k"))
            .await
            .unwrap();
        worker.run_until_idle().await.unwrap();
        let second = desk
            .jobs
            .enqueue(desk.db.db(), desk.job().dedupe("k"))
            .await
            .unwrap();
        let error = desk.jobs.replay(&id).await.unwrap_err();
        assert!(matches!(error, JobsError::AlreadyQueued(_)), "{error:?}");
        well.store(true, Ordering::SeqCst);
        worker.run_until_idle().await.unwrap();
        assert_eq!(desk.jobs.job(&second).await.unwrap().state, JobState::Done);
        desk.jobs.replay(&id).await.unwrap();
        assert_eq!(desk.jobs.job(&id).await.unwrap().attempts, 0);
        assert_eq!(worker.run_until_idle().await.unwrap().done, 1);
        let job = desk.jobs.job(&id).await.unwrap();
        assert_eq!((job.state, job.error_code), (JobState::Done, None));
    }
}

#[tokio::test]
async fn a_parked_job_can_be_given_a_time() {
    for desk in desks().await {
        let id = desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        desk.worker(Does::ends(refused(Kind::Invalid)))
            .run_until_idle()
            .await
            .unwrap();
        let at = desk.clock.now().plus(Span::from_hours(2));
        desk.jobs.put_off(&id, at).await.unwrap();
        let worker = desk.worker(Does::ends(Ok(Outcome::Done)));
        assert_eq!(worker.run_until_idle().await.unwrap().done, 0);
        desk.clock.set(at);
        assert_eq!(worker.run_until_idle().await.unwrap().done, 1);
        let error = desk.jobs.put_off(&id, at).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("job {id} is done: it cannot be put off")
        );
    }
}

#[tokio::test]
async fn a_spent_budget_postpones_without_counting() {
    for desk in desks().await {
        let worker = desk.worker(Does::ends(refused(Kind::Throttled(Span::from_mins(30)))));
        let id = desk
            .jobs
            .enqueue(desk.db.db(), desk.job().attempts(1))
            .await
            .unwrap();
        for _ in 0..4 {
            assert_eq!(worker.run_until_idle().await.unwrap().again, 1);
            let job = desk.jobs.job(&id).await.unwrap();
            assert_eq!((job.state, job.attempts), (JobState::Waiting, 0));
            assert_eq!(job.run_at, desk.clock.now().plus(Span::from_mins(30)));
            desk.clock.set(job.run_at);
        }
        let at = desk.clock.now().plus(Span::from_secs(7));
        let worker = desk.worker(Does::ends(Ok(Outcome::Again(at))));
        assert_eq!(worker.run_until_idle().await.unwrap().again, 1);
        let job = desk.jobs.job(&id).await.unwrap();
        assert_eq!(
            (job.state, job.attempts, job.run_at, job.error_code),
            (JobState::Waiting, 0, at, None)
        );
    }
}

#[tokio::test]
async fn a_panic_is_a_failure_of_the_job_only() {
    for desk in desks().await {
        let worker = desk.worker(Does::new(|_| Box::pin(async { panic!("no such price") })));
        let id = desk
            .jobs
            .enqueue(desk.db.db(), desk.job().attempts(1))
            .await
            .unwrap();
        assert_eq!(worker.run_until_idle().await.unwrap().parked, 1);
        let job = desk.jobs.job(&id).await.unwrap();
        assert_eq!(
            job.error_text.as_deref(),
            Some("the handler panicked: no such price")
        );
    }
}

#[tokio::test]
async fn a_run_over_its_time_is_cut_off() {
    for desk in desks().await {
        let policy = Policy {
            time_limit: Span::from_millis(20),
            ..Policy::default()
        };
        let worker = desk.worker(Does::new(|_| Box::pin(std::future::pending())).policy(policy));
        let id = desk
            .jobs
            .enqueue(desk.db.db(), desk.job().attempts(1))
            .await
            .unwrap();
        assert_eq!(worker.run_until_idle().await.unwrap().parked, 1);
        assert_eq!(
            desk.jobs.job(&id).await.unwrap().error_code.as_deref(),
            Some("job-time-limit")
        );
    }
}

#[tokio::test]
async fn an_unreadable_payload_is_parked_with_words() {
    for desk in desks().await {
        let worker = desk.worker(Does::new(|context| {
            Box::pin(async move { context.payload::<u64>().map(|_| Outcome::Done) })
        }));
        let id = desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        assert_eq!(worker.run_until_idle().await.unwrap().parked, 1);
        let text = desk.jobs.job(&id).await.unwrap().error_text.unwrap();
        assert!(
            text.starts_with("version 1 of the payload cannot be read: "),
            "{text}"
        );
    }
}
