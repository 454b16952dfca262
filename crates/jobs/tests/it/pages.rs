//! What people see: lists, runs, lines, what is stuck, what is forgotten.

use crate::desk::{Desk, Does, WORK, desks};
use sauda_jobs::{JobFilter, JobState, LogLevel, NewJob, Outcome, RunState};
use sauda_kernel::{Clock as _, Id, JobId, MerchantId, Span};
use std::sync::Arc;
use tokio::sync::Notify;

async fn ids(desk: &Desk, filter: JobFilter) -> Vec<JobId> {
    desk.jobs
        .list(&filter)
        .await
        .unwrap()
        .into_iter()
        .map(|job| job.id)
        .collect()
}

#[tokio::test]
async fn jobs_are_found_by_state_merchant_name_and_words_page_by_page() {
    for desk in desks().await {
        let merchant: MerchantId = Id::from_parts(desk.clock.now(), [1; 10]);
        let mut made = Vec::new();
        for number in 0..5 {
            let job = NewJob::new(WORK, 1, &format!("card {number}"), desk.clock.now());
            let job = if number == 3 {
                job.merchant(&merchant).dedupe("sync:100%_A")
            } else {
                job
            };
            made.push(desk.jobs.enqueue(desk.db.db(), job).await.unwrap());
        }
        let other = desk
            .jobs
            .enqueue(desk.db.db(), NewJob::new("other.work", 1, &1, desk.clock.now()))
            .await
            .unwrap();
        desk.jobs.cancel(&made[0]).await.unwrap();
        made.reverse();
        let by_name = JobFilter {
            name: Some(WORK.to_owned()),
            ..JobFilter::default()
        };
        let first = ids(
            &desk,
            JobFilter {
                limit: 2,
                ..by_name.clone()
            },
        )
        .await;
        assert_eq!(first, made[..2]);
        let second = ids(
            &desk,
            JobFilter {
                limit: 2,
                before: first.last().cloned(),
                ..by_name
            },
        )
        .await;
        assert_eq!(second, made[2..4]);
        let cancelled = JobFilter {
            state: Some(JobState::Cancelled),
            ..JobFilter::default()
        };
        assert_eq!(ids(&desk, cancelled).await, made[4..]);
        assert_eq!(
            ids(
                &desk,
                JobFilter {
                    merchant: Some(merchant),
                    ..JobFilter::default()
                }
            )
            .await,
            made[1..2]
        );
        for (words, found) in [
            ("CARD 2", &made[2..3]),
            ("0%_a", &made[1..2]),
            ("other.", &[other][..]),
            ("%", &made[1..2]),
            ("none", &[][..]),
        ] {
            let search = JobFilter {
                search: Some(words.to_owned()),
                ..JobFilter::default()
            };
            assert_eq!(ids(&desk, search).await, found, "{words}");
        }
        let counts = desk.jobs.counts().await.unwrap();
        let counts: Vec<_> = counts
            .iter()
            .map(|count| (count.name.as_str(), count.state, count.jobs))
            .collect();
        assert_eq!(
            counts,
            [("other.work", JobState::Waiting, 1), (WORK, JobState::Waiting, 4)]
        );
        desk.clock.push(Span::from_secs(90));
        assert_eq!(desk.jobs.oldest_wait().await.unwrap(), Span::from_secs(90));
    }
}

#[tokio::test]
async fn a_run_tells_its_steps_lines_and_progress() {
    for desk in desks().await {
        let worker = desk.worker(Does::new(|context| {
            Box::pin(async move {
                context.step("read").await;
                context.log("info", "Прочитано 40 страниц").await;
                context.log(LogLevel::Debug, "detail").await;
                context.step("save").await;
                context.log("warn", "two rows refused").await;
                context.progress(38, 40).await;
                for _ in 0..6_000 {
                    context.log("debug", "chatter").await;
                }
                Ok(Outcome::Done)
            })
        }));
        let id = desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        worker.run_until_idle().await.unwrap();
        let run = desk.jobs.runs(&id).await.unwrap().remove(0);
        assert_eq!(
            (run.state, run.step.as_deref(), run.progress),
            (RunState::Done, Some("save"), Some((38, 40)))
        );
        assert_eq!(run.worker, worker.owner());
        let texts = async |least, after, search| {
            let lines = desk.jobs.lines(&run.id, after, least, search).await.unwrap();
            lines.into_iter().map(|line| line.text).collect::<Vec<_>>()
        };
        assert_eq!(
            texts(LogLevel::Info, 0, None).await,
            ["read", "Прочитано 40 страниц", "save", "two rows refused"]
        );
        assert_eq!(texts(LogLevel::Warn, 1, None).await, ["save", "two rows refused"]);
        assert_eq!(
            texts(LogLevel::Info, 0, Some("ПРОЧИТАНО")).await,
            ["Прочитано 40 страниц"]
        );
        assert_eq!(
            texts(LogLevel::Debug, 4_998, None).await,
            ["chatter", "more was said than is kept"]
        );
    }
}

#[tokio::test]
async fn a_run_much_longer_than_its_like_is_stuck() {
    for desk in desks().await {
        let clock = desk.clock.clone();
        let usual = desk.worker(Does::new(move |_| {
            clock.push(Span::from_secs(20));
            Box::pin(async { Ok(Outcome::Done) })
        }));
        for _ in 0..3 {
            desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        }
        usual.run_until_idle().await.unwrap();
        let begun = Arc::new(Notify::new());
        let tell = begun.clone();
        let endless = desk.worker(Does::new(move |_| {
            tell.notify_one();
            Box::pin(std::future::pending())
        }));
        let id = desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        let task = tokio::spawn(async move { endless.run_until_idle().await });
        begun.notified().await;
        desk.clock.push(Span::from_secs(60));
        assert_eq!(desk.jobs.stuck().await.unwrap(), []);
        desk.clock.push(Span::from_secs(1));
        let stuck = desk.jobs.stuck().await.unwrap();
        assert_eq!(stuck.len(), 1);
        assert_eq!(
            (&stuck[0].run.job, stuck[0].takes, stuck[0].usual),
            (&id, Span::from_secs(61), Span::from_secs(20))
        );
        task.abort();
    }
}
