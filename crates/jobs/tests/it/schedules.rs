//! Schedules: declared, due once, caught up once, paused, asked by hand.

use crate::desk::{Desk, Does, WORK, desks};
use sauda_jobs::{JobFilter, Outcome, ScheduleSpec, WorkingHours};
use sauda_kernel::{Clock as _, Id, MerchantId, Span, Timestamp};

const HOURLY: &str = "test.work.hourly";

fn hourly() -> ScheduleSpec {
    ScheduleSpec::every(HOURLY, WORK, Span::from_hours(1))
}

/// Runs what is due; how many jobs that were.
async fn ran(desk: &Desk) -> u64 {
    desk.worker(Does::ends(Ok(Outcome::Done)))
        .run_until_idle()
        .await
        .unwrap()
        .done
}

#[tokio::test]
async fn a_schedule_asks_once_per_period_and_catches_up_once() {
    for desk in desks().await {
        let start = desk.clock.now();
        desk.jobs.declare(&[hourly()]).await.unwrap();
        assert_eq!(ran(&desk).await, 1);
        assert_eq!(ran(&desk).await, 0);
        desk.clock.push(Span::from_hours(1));
        assert_eq!(ran(&desk).await, 1);
        // Five and a half hours asleep: one run, then in step again.
        desk.clock.set(start.plus(Span::from_mins(390)));
        assert_eq!(ran(&desk).await, 1);
        assert_eq!(ran(&desk).await, 0);
        let schedules = desk.jobs.schedules(None).await.unwrap();
        assert_eq!(schedules[0].next_at, start.plus(Span::from_hours(7)));
        assert_eq!(schedules[0].last_at, Some(start.plus(Span::from_mins(390))));
        assert_eq!(schedules[0].last_state, Some(sauda_jobs::JobState::Done));
        assert_eq!(schedules[0].timing, "every 3600s");
    }
}

#[tokio::test]
async fn a_slow_job_is_not_asked_for_twice() {
    for desk in desks().await {
        desk.jobs.declare(&[hourly()]).await.unwrap();
        for _ in 0..4 {
            desk.jobs.run_due_schedules().await.unwrap();
            desk.clock.push(Span::from_hours(1));
        }
        assert_eq!(desk.jobs.list(&JobFilter::default()).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_pause_outlives_a_restart_and_nothing_is_caught_up_after_it() {
    for desk in desks().await {
        desk.jobs.declare(&[hourly()]).await.unwrap();
        assert_eq!(ran(&desk).await, 1);
        desk.jobs.set_schedule_paused(HOURLY, true).await.unwrap();
        desk.jobs.declare(&[hourly()]).await.unwrap();
        desk.clock.push(Span::from_mins(630));
        assert_eq!(ran(&desk).await, 0);
        let id = desk.jobs.run_schedule_now(HOURLY).await.unwrap();
        assert_eq!(ran(&desk).await, 1);
        assert_eq!(
            desk.jobs.schedules(None).await.unwrap()[0].last_job.as_ref(),
            Some(&id)
        );
        desk.jobs.set_schedule_paused(HOURLY, false).await.unwrap();
        assert_eq!(ran(&desk).await, 0);
        desk.clock.push(Span::from_mins(30));
        assert_eq!(ran(&desk).await, 1);
        assert!(desk.jobs.set_schedule_paused("test.none", true).await.is_err());
    }
}

#[tokio::test]
async fn what_is_no_longer_declared_goes_and_a_changed_time_counts_anew() {
    for desk in desks().await {
        desk.jobs
            .declare(&[hourly(), ScheduleSpec::cron("test.nightly", WORK, "0 3 * * *")])
            .await
            .unwrap();
        let night = Timestamp::from_almaty(2026, 11, 21, 3, 0, 0).unwrap();
        assert_eq!(desk.jobs.schedules(None).await.unwrap()[0].next_at, night);
        let office = WorkingHours::daily(9 * 60, 18 * 60);
        desk.jobs
            .declare(&[ScheduleSpec::cron("test.nightly", WORK, "*/30 * * * *").within(office)])
            .await
            .unwrap();
        let schedules = desk.jobs.schedules(None).await.unwrap();
        assert_eq!(schedules.len(), 1);
        assert_eq!(
            schedules[0].next_at,
            Timestamp::from_almaty(2026, 11, 20, 12, 30, 0).unwrap()
        );
        let error = desk
            .jobs
            .declare(&[ScheduleSpec::cron("bad", WORK, "61 * * * *")])
            .await
            .unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("the schedule bad has the time \"cron 61 * * * *\": "),
            "{error}"
        );
        assert_eq!(
            desk.jobs.schedules(None).await.unwrap(),
            schedules,
            "a refused declaration changes nothing"
        );
    }
}

#[tokio::test]
async fn merchants_have_schedules_of_their_own_spread_over_the_period() {
    for desk in desks().await {
        let merchants: Vec<MerchantId> = (1..=3_u8)
            .map(|number| Id::from_parts(desk.clock.now(), [number; 10]))
            .collect();
        let mut tx = desk.db.write().await.unwrap();
        for merchant in &merchants {
            desk.jobs
                .declare_for(&mut tx, merchant, &[hourly()])
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        desk.jobs.declare(&[]).await.unwrap();
        let mut due: Vec<Timestamp> = desk
            .jobs
            .schedules(None)
            .await
            .unwrap()
            .iter()
            .map(|one| one.next_at)
            .collect();
        due.sort();
        due.dedup();
        assert_eq!(due.len(), 3);
        assert!(
            due.iter()
                .all(|at| *at < desk.clock.now().plus(Span::from_hours(1)))
        );
        desk.clock.push(Span::from_hours(1));
        assert_eq!(ran(&desk).await, 3);
        let filter = JobFilter {
            merchant: Some(merchants[1].clone()),
            ..JobFilter::default()
        };
        assert_eq!(desk.jobs.list(&filter).await.unwrap().len(), 1);
        desk.jobs
            .forget_schedule(desk.db.db(), HOURLY, &merchants[0])
            .await
            .unwrap();
        assert_eq!(desk.jobs.schedules(Some(&merchants[0])).await.unwrap(), []);
        assert_eq!(desk.jobs.schedules(None).await.unwrap().len(), 2);
    }
}
