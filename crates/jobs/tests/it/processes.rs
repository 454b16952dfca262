//! Worker processes that are killed: every job is done, none runs twice at once, on both engines.

use crate::desk::{Does, WORK, settings};
use sauda_cluster::Cluster;
use sauda_jobs::{JobFilter, JobState, Jobs, NewJob, Outcome, Worker, WorkerSettings};
use sauda_kernel::{Clock as _, JobId, Span, SystemClock, SystemIds};
use sauda_store::Db;
use sauda_testkit::{engines, until};
use std::{
    collections::HashMap,
    io::{Read as _, Write as _},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio_util::sync::CancellationToken;

const JOBS: usize = 3_000;
const CONCURRENCY: u32 = 8;

fn open(db: Db) -> Jobs {
    Jobs::new(
        db,
        Cluster::memory(Arc::new(SystemClock)),
        Arc::new(SystemClock),
        Arc::new(SystemIds),
    )
}

/// Not a test of its own: the program of a worker process. Works until its standard input ends.
#[test]
fn worker_process() {
    let (Ok(url), Ok(folder)) = (
        std::env::var("SAUDA_TEST_WORKER_URL"),
        std::env::var("SAUDA_TEST_WORKER_FOLDER"),
    ) else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let jobs = open(Db::open(&url).await.unwrap());
        let path = Path::new(&folder).join(std::process::id().to_string());
        let log = Arc::new(Mutex::new(std::fs::File::create(path).unwrap()));
        let note = move |word: &str, job: &JobId| {
            let line = format!("{word} {job} {}\n", SystemClock.now().as_micros());
            log.lock().unwrap().write_all(line.as_bytes()).unwrap();
        };
        let note = Arc::new(note);
        let handler = Does::new(move |context| {
            let note = note.clone();
            Box::pin(async move {
                note("begin", context.job());
                tokio::time::sleep(Duration::from_millis(2)).await;
                note("end", context.job());
                Ok(Outcome::Done)
            })
        });
        let quick = WorkerSettings {
            concurrency: CONCURRENCY,
            poll: Duration::from_millis(100),
            lease: Span::from_secs(3),
            grace: Duration::from_secs(1),
            ..settings()
        };
        let worker = Worker::new(jobs, vec![Arc::new(handler)], quick);
        let stop = CancellationToken::new();
        let token = stop.clone();
        std::thread::spawn(move || {
            let _ = std::io::stdin().read_to_end(&mut Vec::new());
            token.cancel();
        });
        worker.run(stop).await;
    });
}

fn start(url: &str, folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["processes::worker_process", "--exact", "--nocapture"])
        .env("SAUDA_TEST_WORKER_URL", url)
        .env("SAUDA_TEST_WORKER_FOLDER", folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// Times of one process: begin and end of each job, in micros; no end for a job that it died in.
fn effects(folder: &Path, process: u32) -> Vec<(String, i64, Option<i64>)> {
    let text = std::fs::read_to_string(folder.join(process.to_string())).unwrap_or_default();
    let mut all: Vec<(String, i64, Option<i64>)> = Vec::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let at: i64 = words[2].parse().unwrap();
        if words[0] == "begin" {
            all.push((words[1].to_owned(), at, None));
        } else {
            all.iter_mut()
                .rev()
                .find(|(job, _, end)| job == words[1] && end.is_none())
                .unwrap()
                .2 = Some(at);
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_thousand_jobs_survive_the_death_of_two_of_four_workers() {
    for db in engines().await {
        let folder = tempfile::tempdir().unwrap();
        let jobs = open(db.db().clone());
        let mut tx = db.write().await.unwrap();
        for number in 0..JOBS {
            jobs.enqueue(&mut tx, NewJob::new(WORK, 1, &number, SystemClock.now()))
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        let start_of_work = Instant::now();
        let mut workers: Vec<Child> = (0..4).map(|_| start(db.url(), folder.path())).collect();
        let finished = async |wanted: usize| {
            let left = jobs
                .counts()
                .await
                .unwrap()
                .iter()
                .map(|count| count.jobs)
                .sum::<u64>();
            JOBS - usize::try_from(left).unwrap() >= wanted
        };
        let mut died: HashMap<u32, i64> = HashMap::new();
        for (place, when) in [(0, JOBS / 5), (1, JOBS / 2)] {
            until(async || finished(when).await, Duration::from_secs(60)).await;
            workers[place].kill().unwrap();
            workers[place].wait().unwrap();
            died.insert(workers[place].id(), SystemClock.now().as_micros());
        }
        until(async || finished(JOBS).await, Duration::from_secs(60)).await;
        println!("{:?}: {JOBS} jobs in {:?}", db.engine(), start_of_work.elapsed());
        for worker in &mut workers[2..] {
            drop(worker.stdin.take());
            assert!(worker.wait().unwrap().success());
        }

        let mut by_job: HashMap<String, Vec<(i64, i64)>> = HashMap::new();
        let mut begun = 0;
        for worker in &workers {
            for (job, begin, end) in effects(folder.path(), worker.id()) {
                begun += 1;
                let end = end.unwrap_or_else(|| died[&worker.id()]);
                by_job.entry(job).or_default().push((begin, end));
            }
        }
        assert_eq!(by_job.len(), JOBS, "every job was begun");
        for (job, times) in &mut by_job {
            times.sort_unstable();
            assert!(
                times.windows(2).all(|pair| pair[0].1 <= pair[1].0),
                "job {job} ran twice at once: {times:?}"
            );
        }
        assert!(
            begun <= JOBS + 2 * usize::try_from(CONCURRENCY).unwrap(),
            "only what the dead held ran again: {begun}"
        );
        let parked = JobFilter {
            state: Some(JobState::Parked),
            ..JobFilter::default()
        };
        assert_eq!(jobs.list(&parked).await.unwrap(), []);
    }
}
