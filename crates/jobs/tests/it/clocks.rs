//! A clock that jumps harms nothing.

use crate::desk::{Does, WORK, desks};
use sauda_jobs::{Outcome, ScheduleSpec};
use sauda_kernel::{Clock as _, Span};

#[tokio::test]
async fn work_asked_for_before_the_clock_was_put_back_runs_in_time() {
    for desk in desks().await {
        let worker = desk.worker(Does::ends(Ok(Outcome::Done)));
        desk.jobs
            .declare(&[ScheduleSpec::every("test.often", WORK, Span::from_mins(10))])
            .await
            .unwrap();
        worker.run_until_idle().await.unwrap();
        let in_a_minute = desk.clock.now().plus(Span::from_mins(1));
        desk.jobs.enqueue(desk.db.db(), desk.job()).await.unwrap();
        let later = desk
            .jobs
            .enqueue(desk.db.db(), desk.job().at(in_a_minute))
            .await
            .unwrap();
        desk.clock.push(Span::from_days(-2));
        desk.jobs.mend_times().await.unwrap();
        assert_eq!(
            worker.run_until_idle().await.unwrap().done,
            1,
            "what was due is due"
        );
        assert_eq!(
            desk.jobs.job(&later).await.unwrap().run_at,
            desk.clock.now().plus(Span::from_mins(1))
        );
        assert_eq!(
            desk.jobs.schedules(None).await.unwrap()[0].next_at,
            desk.clock.now().plus(Span::from_mins(10))
        );
        desk.clock.push(Span::from_mins(10));
        assert_eq!(worker.run_until_idle().await.unwrap().done, 2);
    }
}

#[tokio::test]
async fn a_clock_that_jumps_ahead_makes_no_burst() {
    for desk in desks().await {
        let worker = desk.worker(Does::ends(Ok(Outcome::Done)));
        desk.jobs
            .declare(&[ScheduleSpec::every("test.often", WORK, Span::from_mins(1))])
            .await
            .unwrap();
        worker.run_until_idle().await.unwrap();
        desk.clock.push(Span::from_days(400));
        assert_eq!(worker.run_until_idle().await.unwrap().done, 1);
    }
}
