//! Workers: leases, taking over, stopping in good order, cancelling.

use crate::desk::{Desk, Does, desks, settings};
use sauda_jobs::{JobState, Outcome, RunState, Worker, WorkerSettings};
use sauda_kernel::{JobId, Span};
use sauda_testkit::until;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

const LIMIT: Duration = Duration::from_secs(10);

/// A handler that never ends by itself, and tells when it has begun.
fn endless(begun: &Arc<Notify>) -> Does {
    let begun = begun.clone();
    Does::new(move |_| {
        begun.notify_one();
        Box::pin(std::future::pending())
    })
}

/// A worker that runs in the background until its token is cancelled.
fn start(worker: &Worker) -> (CancellationToken, tokio::task::JoinHandle<()>) {
    let stop = CancellationToken::new();
    let (worker, token) = (worker.clone(), stop.clone());
    (stop, tokio::spawn(async move { worker.run(token).await }))
}

async fn is(desk: &Desk, id: &JobId, state: JobState) {
    until(
        async || desk.jobs.job(id).await.is_ok_and(|job| job.state == state),
        LIMIT,
    )
    .await;
}

#[tokio::test]
async fn a_job_of_a_dead_worker_is_taken_over_after_its_lease() {
    for desk in desks().await {
        let begun = Arc::new(Notify::new());
        let id = desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        let dead = desk.worker(endless(&begun));
        let task = tokio::spawn(async move { dead.run_until_idle().await });
        begun.notified().await;
        task.abort();
        let _ = task.await;
        let heir = desk.worker(Does::ends(Ok(Outcome::Done)));
        assert_eq!(heir.run_until_idle().await.unwrap().done, 0, "the lease lasts");
        desk.clock.push(Span::from_secs(61));
        assert_eq!(heir.run_until_idle().await.unwrap().done, 1);
        let job = desk.jobs.job(&id).await.unwrap();
        assert_eq!(job.state, JobState::Done);
        let runs = desk.jobs.runs(&id).await.unwrap();
        assert_eq!(
            runs.iter()
                .map(|run| (run.attempt, run.state))
                .collect::<Vec<_>>(),
            [(2, RunState::Done), (1, RunState::Lost)]
        );
    }
}

#[tokio::test]
async fn a_job_that_kills_its_workers_is_parked() {
    for desk in desks().await {
        let id = desk
            .jobs
            .enqueue(desk.db.db(), desk.job().attempts(2))
            .await
            .unwrap();
        for _ in 0..2 {
            let begun = Arc::new(Notify::new());
            let dead = desk.worker(endless(&begun));
            let task = tokio::spawn(async move { dead.run_until_idle().await });
            begun.notified().await;
            task.abort();
            let _ = task.await;
            desk.clock.push(Span::from_secs(61));
        }
        let heir = desk.worker(Does::ends(Ok(Outcome::Done)));
        assert_eq!(heir.run_until_idle().await.unwrap().done, 0);
        let job = desk.jobs.job(&id).await.unwrap();
        assert_eq!(
            (job.state, job.error_code.as_deref()),
            (JobState::Parked, Some("job-worker-died"))
        );
        desk.jobs.replay(&id).await.unwrap();
        assert_eq!(heir.run_until_idle().await.unwrap().done, 1);
    }
}

#[tokio::test]
async fn a_living_worker_keeps_its_job_beyond_the_lease() {
    for desk in desks().await {
        let (begun, end) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let runs = Arc::new(AtomicU32::new(0));
        let (tell, wait, count) = (begun.clone(), end.clone(), runs.clone());
        let slow = Does::new(move |_| {
            let (tell, wait) = (tell.clone(), wait.clone());
            count.fetch_add(1, Ordering::SeqCst);
            Box::pin(async move {
                tell.notify_one();
                wait.notified().await;
                Ok(Outcome::Done)
            })
        });
        let id = desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        let grace = Duration::from_millis(150);
        let long = WorkerSettings { grace, ..settings() };
        let first = Worker::new(desk.jobs.clone(), vec![Arc::new(slow)], long.clone());
        let (stop, task) = start(&first);
        begun.notified().await;
        // The wall clock jumps far beyond the lease: a second worker looks for longer than its grace and takes nothing.
        desk.clock.push(Span::from_hours(3));
        let second = Worker::new(
            desk.jobs.clone(),
            vec![Arc::new(Does::ends(Ok(Outcome::Done)))],
            long,
        );
        let (stop_second, task_second) = start(&second);
        tokio::time::sleep(grace * 2).await;
        assert_eq!(desk.jobs.job(&id).await.unwrap().state, JobState::Running);
        end.notify_one();
        is(&desk, &id, JobState::Done).await;
        assert_eq!(runs.load(Ordering::SeqCst), 1);
        assert_eq!(desk.jobs.runs(&id).await.unwrap().len(), 1);
        for (stop, task) in [(stop, task), (stop_second, task_second)] {
            stop.cancel();
            task.await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_worker_that_stops_gives_back_what_does_not_end() {
    for desk in desks().await {
        let begun = Arc::new(Notify::new());
        let id = desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        let (stop, task) = start(&desk.worker(endless(&begun)));
        begun.notified().await;
        let asked = std::time::Instant::now();
        stop.cancel();
        task.await.unwrap();
        assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
        let job = desk.jobs.job(&id).await.unwrap();
        assert_eq!(
            (job.state, job.attempts),
            (JobState::Waiting, 0),
            "the attempt does not count"
        );
        assert_eq!(desk.jobs.runs(&id).await.unwrap()[0].state, RunState::Released);
    }
}

#[tokio::test]
async fn a_worker_that_stops_lets_running_jobs_end() {
    for desk in desks().await {
        let begun = Arc::new(Notify::new());
        let tell = begun.clone();
        let polite = Does::new(move |context| {
            let tell = tell.clone();
            Box::pin(async move {
                tell.notify_one();
                context.stop_token().cancelled().await;
                assert!(context.stopping());
                Ok(Outcome::Done)
            })
        });
        let id = desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        let next = desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        let one = WorkerSettings {
            concurrency: 1,
            ..settings()
        };
        let (stop, task) = start(&Worker::new(desk.jobs.clone(), vec![Arc::new(polite)], one));
        begun.notified().await;
        stop.cancel();
        task.await.unwrap();
        assert_eq!(desk.jobs.job(&id).await.unwrap().state, JobState::Done);
        assert_eq!(
            desk.jobs.job(&next).await.unwrap().state,
            JobState::Waiting,
            "nothing new is begun"
        );
    }
}

#[tokio::test]
async fn a_cancelled_job_stops_or_never_begins() {
    for desk in desks().await {
        let begun = Arc::new(Notify::new());
        let tell = begun.clone();
        let polite = Does::new(move |context| {
            let tell = tell.clone();
            Box::pin(async move {
                tell.notify_one();
                context.stop_token().cancelled().await;
                Ok(Outcome::Again(sauda_kernel::Timestamp::from_secs(0)))
            })
        });
        let waiting = desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        desk.jobs.cancel(&waiting).await.unwrap();
        assert_eq!(desk.jobs.job(&waiting).await.unwrap().state, JobState::Cancelled);
        let running = desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        let (stop, task) = start(&desk.worker(polite));
        begun.notified().await;
        desk.jobs.cancel(&running).await.unwrap();
        is(&desk, &running, JobState::Cancelled).await;
        assert!(desk.jobs.cancel(&running).await.is_err());
        stop.cancel();
        task.await.unwrap();
    }
}

#[tokio::test]
async fn work_asked_for_alone_wakes_a_sleeping_worker() {
    for desk in desks().await {
        let lazy = WorkerSettings {
            poll: Duration::from_secs(3_600),
            ..settings()
        };
        let worker = Worker::new(
            desk.jobs.clone(),
            vec![Arc::new(Does::ends(Ok(Outcome::Done)))],
            lazy,
        );
        let (stop, task) = start(&worker);
        let first = desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        is(&desk, &first, JobState::Done).await;
        let second = desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        is(&desk, &second, JobState::Done).await;
        stop.cancel();
        task.await.unwrap();
    }
}

#[tokio::test]
async fn an_effect_of_a_lost_lease_is_refused() {
    for desk in desks().await {
        let (begun, go, refused) = (
            Arc::new(Notify::new()),
            Arc::new(Notify::new()),
            Arc::new(AtomicU32::new(0)),
        );
        let (tell, wait, count, db) = (begun.clone(), go.clone(), refused.clone(), desk.db.db().clone());
        let slow = Does::new(move |context| {
            let (tell, wait, count, db) = (tell.clone(), wait.clone(), count.clone(), db.clone());
            Box::pin(async move {
                tell.notify_one();
                wait.notified().await;
                let mut tx = db.write().await.unwrap();
                if context.guard(&mut tx).await.is_err() {
                    count.fetch_add(1, Ordering::SeqCst);
                }
                Ok(Outcome::Done)
            })
        });
        let id = desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        // `run_until_idle` gives no signs of life: as good as a process that was stopped for a while.
        let slow = desk.worker(slow);
        let task = tokio::spawn(async move { slow.run_until_idle().await });
        begun.notified().await;
        desk.clock.push(Span::from_secs(61));
        assert_eq!(
            desk.worker(Does::ends(Ok(Outcome::Done)))
                .run_until_idle()
                .await
                .unwrap()
                .done,
            1
        );
        go.notify_one();
        assert_eq!(task.await.unwrap().unwrap().done, 0);
        assert_eq!(refused.load(Ordering::SeqCst), 1);
        let states: Vec<RunState> = desk
            .jobs
            .runs(&id)
            .await
            .unwrap()
            .iter()
            .map(|run| run.state)
            .collect();
        assert_eq!(states, [RunState::Done, RunState::Lost]);
    }
}

#[tokio::test]
async fn a_database_that_goes_away_delays_and_loses_nothing() {
    let Some(server) = sauda_testkit::PrivatePostgres::start() else {
        return;
    };
    let quick = sauda_store::DbSettings {
        wait: Duration::from_millis(500),
        ..sauda_store::DbSettings::default()
    };
    let db = sauda_store::Db::open_with(&server.url(), &quick).await.unwrap();
    sauda_store::migrate(&db).await.unwrap();
    let clock = Arc::new(sauda_kernel::SystemClock);
    let cluster = sauda_cluster::Cluster::memory(clock.clone());
    let jobs = sauda_jobs::Jobs::new(
        db.clone(),
        cluster,
        clock.clone(),
        Arc::new(sauda_kernel::SystemIds),
    );
    let (begun, end, runs) = (
        Arc::new(Notify::new()),
        Arc::new(Notify::new()),
        Arc::new(AtomicU32::new(0)),
    );
    let (tell, wait, count) = (begun.clone(), end.clone(), runs.clone());
    let slow = Does::new(move |_| {
        let (tell, wait) = (tell.clone(), wait.clone());
        count.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            tell.notify_one();
            wait.notified().await;
            Ok(Outcome::Done)
        })
    });
    let new = || sauda_jobs::NewJob::new(crate::desk::WORK, 1, &1, sauda_kernel::Timestamp::from_secs(0));
    let first = jobs.enqueue(&db, new()).await.unwrap();
    let patient = WorkerSettings {
        grace: Duration::from_secs(5),
        ..settings()
    };
    let (stop, task) = start(&Worker::new(jobs.clone(), vec![Arc::new(slow)], patient));
    begun.notified().await;
    server.stop().unwrap();
    // The run ends while nobody can keep that.
    end.notify_one();
    until(async || jobs.job(&first).await.is_err(), LIMIT).await;
    server.restart().unwrap();
    let done = async |id: &JobId| jobs.job(id).await.is_ok_and(|job| job.state == JobState::Done);
    until(async || done(&first).await, Duration::from_secs(20)).await;
    assert_eq!(
        runs.load(Ordering::SeqCst),
        1,
        "its end was kept once the database was back"
    );
    let second = jobs.enqueue(&db, new()).await.unwrap();
    end.notify_one();
    until(async || done(&second).await, Duration::from_secs(20)).await;
    stop.cancel();
    task.await.unwrap();
    db.close().await;
}

#[tokio::test]
async fn what_a_run_says_is_written_beside_its_work_even_while_it_holds_the_pen() {
    for desk in desks().await {
        let db = desk.db.db().clone();
        let careful = Does::new(move |context| {
            let db = db.clone();
            Box::pin(async move {
                context.log("info", "one").await;
                context.progress(1, 2).await;
                let mut tx = db.write().await.unwrap();
                context.guard(&mut tx).await?;
                // Longer than a second: what was said would be written now.
                let longer = Duration::from_millis(1_200);
                let _ = tokio::time::timeout(longer, std::future::pending::<()>()).await;
                context.guard(&mut tx).await?;
                tx.commit().await.unwrap();
                context.progress(2, 2).await;
                Ok(Outcome::Done)
            })
        });
        let id = desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        let (stop, task) = start(&desk.worker(careful));
        is(&desk, &id, JobState::Done).await;
        let runs = desk.jobs.runs(&id).await.unwrap();
        assert_eq!(runs.len(), 1, "it was done in one go");
        assert_eq!(runs[0].progress, Some((2, 2)));
        stop.cancel();
        task.await.unwrap();
    }
}
