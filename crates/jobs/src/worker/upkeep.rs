//! What a worker does beside running jobs: signs of life, schedules, meters, forgetting, mending times.

use super::{Inner, error_chain};
use crate::{JobState, schedule::next_of, store};
use sauda_kernel::{RunId, Span};
use std::{collections::HashSet, sync::Arc, time::Duration};
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

/// A row written so far ahead of now was written before the clock was put back.
const AHEAD: Span = Span::from_secs(60);

/// Gives signs of life until it is aborted. What the database no longer counts as ours is told to stop.
pub(super) async fn beat(worker: Arc<Inner>) {
    // Three signs within the time after which another worker would take over.
    let every = (worker.settings.lease.to_std() / 4)
        .min(worker.settings.grace / 3)
        .max(Duration::from_millis(20));
    let mut ticks = tokio::time::interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let mine: HashSet<RunId> = worker.held().keys().cloned().collect();
        if mine.is_empty() {
            continue;
        }
        let asked = Instant::now();
        let now = worker.now();
        match store::jobs::beat(
            &worker.jobs.db,
            &worker.owner,
            now.plus(worker.settings.lease),
            now,
        )
        .await
        {
            Ok(alive) => {
                let mut held = worker.held();
                for (run, cancelling) in &alive {
                    if let Some(held) = held.get_mut(run) {
                        held.sure_until = asked + worker.settings.lease.to_std();
                        if *cancelling {
                            held.cancelled = true;
                            held.stop.cancel();
                        }
                    }
                }
                // Held before the question and not in the answer: ended meanwhile, or taken over. The latter must stop.
                for run in mine
                    .iter()
                    .filter(|run| !alive.iter().any(|(alive, _)| alive == *run))
                {
                    if let Some(held) = held.get(run) {
                        held.stop.cancel();
                    }
                }
            }
            Err(error) => tracing::warn!(error = %error_chain(&error), "a sign of life could not be given"),
        }
    }
}

/// Asks for due schedules every second, and does the slow chores every half minute.
pub(super) async fn care(worker: Arc<Inner>, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut chores: Option<Instant> = None;
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        if chores.is_none_or(|last| last.elapsed() >= Duration::from_secs(30)) {
            chores = Some(Instant::now());
            if let Err(error) = worker.chores().await {
                tracing::warn!(error = %error_chain(&error), "the upkeep of the queue must wait");
            }
        }
        if let Err(error) = worker.jobs.run_due_schedules().await {
            tracing::warn!(error = %error_chain(&error), "due schedules must wait");
        }
    }
}

impl Inner {
    pub(super) async fn chores(&self) -> Result<(), crate::JobsError> {
        self.jobs.mend_times().await?;
        self.jobs.measure().await?;
        let now = self.now();
        while store::upkeep::forget(
            &self.jobs.db,
            now.minus(self.settings.keep_done),
            now.minus(self.settings.keep_failed),
        )
        .await?
            >= 500
        {}
        Ok(())
    }
}

impl crate::Jobs {
    /// After the clock was put back: jobs, leases and schedules whose rows were written in the future come nearer by as much.
    /// Workers do this by themselves.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn mend_times(&self) -> Result<(), crate::JobsError> {
        let now = self.clock.now();
        let mended = store::upkeep::mend_times(&self.db, now, AHEAD).await?;
        if mended > 0 {
            tracing::warn!(
                jobs = mended,
                "the clock was put back: due times were moved with it"
            );
        }
        for (id, timing) in store::schedules::from_the_future(&self.db, now.plus(AHEAD)).await? {
            store::schedules::set_next(&self.db, &id, next_of(&timing, now, now), now).await?;
        }
        Ok(())
    }

    async fn measure(&self) -> Result<(), crate::JobsError> {
        let now = self.clock.now();
        let mut oldest = Span::ZERO;
        let mut totals = [
            (JobState::Waiting, 0_u64),
            (JobState::Running, 0),
            (JobState::Parked, 0),
        ];
        for count in store::lists::counts(&self.db).await? {
            if count.state == JobState::Waiting {
                oldest = oldest.max(now.since(count.oldest_run_at));
            }
            for (_, total) in totals.iter_mut().filter(|(state, _)| *state == count.state) {
                *total += count.jobs;
            }
        }
        for (state, total) in totals {
            metrics::gauge!("sauda_jobs", "state" => state.word())
                .set(u32::try_from(total).unwrap_or(u32::MAX));
        }
        metrics::gauge!("sauda_jobs_oldest_wait_seconds")
            .set(u32::try_from(oldest.as_secs()).unwrap_or(u32::MAX));
        Ok(())
    }
}
