//! One run of one job, from its claim to the record of how it ended.

use super::{Inner, error_chain};
use crate::{
    Handler, JobContext, JobError, Outcome, Policy, RunState,
    handler::{Next, after},
    store::{
        self,
        jobs::{Claimed, Count, Fate},
    },
};
use futures::FutureExt as _;
use sauda_kernel::{Kind, Timestamp};
use sauda_store::StoreError;
use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// How a run ended, for whoever counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    Done,
    Again,
    Failed,
    Parked,
    /// Somebody else has the job by now, or the process stops.
    Lost,
}

pub(super) struct Task {
    worker: Arc<Inner>,
    handler: Arc<dyn Handler>,
    job: Claimed,
    stop: CancellationToken,
}

/// Where the job goes, how the run is recorded, and why.
struct Verdict {
    fate: Fate,
    state: RunState,
    error: Option<(String, String)>,
    ended: Ended,
}

impl Task {
    /// `None` when the run is not held here, which cannot be for a job that was just claimed.
    pub fn new(worker: Arc<Inner>, job: Claimed) -> Option<Self> {
        let handler = worker.handlers.get(job.name.as_str())?.clone();
        let stop = worker.held().get(&job.run)?.stop.clone();
        Some(Self {
            worker,
            handler,
            job,
            stop,
        })
    }

    pub async fn run(self) -> Ended {
        let started = Instant::now();
        let context = JobContext {
            db: self.worker.jobs.db.clone(),
            clock: self.worker.jobs.clock.clone(),
            job: self.job.id.clone(),
            run: self.job.run.clone(),
            name: self.job.name.clone(),
            version: self.job.version,
            payload: self.job.payload.clone(),
            merchant: self.job.merchant.clone(),
            attempt: self.job.attempts,
            stop: self.stop.clone(),
            said: std::sync::Mutex::default(),
        };
        let policy = self.handler.policy();
        let outcome = self.attempt(&context, &policy).await;
        let ended = match outcome {
            Some(outcome) => self.record(&context, outcome, &policy).await,
            None => Ended::Lost,
        };
        self.worker.held().remove(&self.job.run);
        self.measure(started.elapsed(), ended);
        ended
    }

    /// Runs the handler within its time and its lease; `None` when the lease cannot be held any longer.
    async fn attempt(&self, context: &JobContext, policy: &Policy) -> Option<Result<Outcome, JobError>> {
        // A panic is a bug of the handler, not of the worker.
        let work = AssertUnwindSafe(self.handler.run(context)).catch_unwind();
        let limit = tokio::time::sleep(policy.time_limit.to_std());
        tokio::select! {
            biased;
            ended = work => Some(ended.unwrap_or_else(|panic| Err(JobError::new(Kind::Bug, "job-panic", panic_text(&*panic))))),
            () = limit => {
                let text = format!("cut off after {} s", policy.time_limit.as_secs());
                Some(Err(JobError::new(Kind::Bug, "job-time-limit", text)))
            }
            () = self.lease_lost() => {
                tracing::error!(job.id = %self.job.id, job.name = self.job.name, "job {} is cut off: its lease could not be renewed", self.job.id);
                None
            }
            // Beside the work, not instead of it: the work may hold the pen that this waits for.
            never = context.keep_writing() => match never {},
        }
    }

    /// Comes true when the lease may have passed: another worker may begin, so this one must not go on.
    async fn lease_lost(&self) {
        loop {
            let Some(sure_until) = self.worker.held().get(&self.job.run).map(|held| held.sure_until) else {
                return;
            };
            if sure_until <= Instant::now() {
                return;
            }
            tokio::time::sleep_until(sure_until).await;
        }
    }

    async fn record(
        &self,
        context: &JobContext,
        outcome: Result<Outcome, JobError>,
        policy: &Policy,
    ) -> Ended {
        let verdict = self.verdict(outcome, policy);
        if let Some((code, text)) = &verdict.error {
            tracing::info!(job.id = %self.job.id, job.name = self.job.name, code, text, "a run of job {} failed", self.job.id);
            context.log("error", text).await;
        }
        let mut pause = Duration::from_millis(50);
        loop {
            match self.write(context, &verdict).await {
                Ok(true) => return verdict.ended,
                Ok(false) => {
                    tracing::warn!(job.id = %self.job.id, "the end of a run of job {} came after another worker had taken it over", self.job.id);
                    return Ended::Lost;
                }
                Err(error) => {
                    let sure = self
                        .worker
                        .held()
                        .get(&self.job.run)
                        .is_some_and(|held| held.sure_until > Instant::now() + pause);
                    if !sure {
                        tracing::error!(job.id = %self.job.id, error = %error_chain(&error), "the end of a run of job {} could not be kept: it will run again", self.job.id);
                        return Ended::Lost;
                    }
                }
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(1));
        }
    }

    async fn write(&self, context: &JobContext, verdict: &Verdict) -> Result<bool, StoreError> {
        let said = context.unwritten();
        let written = self.write_once(verdict, &said).await;
        if written.is_err() {
            let mut now = context.said();
            now.lines = said.lines;
            now.moved = true;
        }
        written
    }

    async fn write_once(&self, verdict: &Verdict, said: &crate::context::Said) -> Result<bool, StoreError> {
        let now = self.worker.now();
        let error = verdict
            .error
            .as_ref()
            .map(|(code, text)| (code.as_str(), text.as_str()));
        let mut tx = self.worker.jobs.db.write().await?;
        let ours =
            store::jobs::settle(&mut tx, &self.job.id, &self.job.run, &verdict.fate, error, now).await?;
        store::runs::say(&mut tx, &self.job.run, said).await?;
        store::runs::finish(
            &mut tx,
            &self.job.run,
            if ours { verdict.state } else { RunState::Lost },
            error,
            now,
        )
        .await?;
        tx.commit().await?;
        Ok(ours)
    }

    fn verdict(&self, outcome: Result<Outcome, JobError>, policy: &Policy) -> Verdict {
        let now = self.worker.now();
        let cancelled = self
            .worker
            .held()
            .get(&self.job.run)
            .is_some_and(|held| held.cancelled);
        let (fate, state, error, ended) = match outcome {
            Ok(Outcome::Done) => (Fate::Done, RunState::Done, None, Ended::Done),
            _ if cancelled => (Fate::Cancel, RunState::Cancelled, None, Ended::Failed),
            Ok(Outcome::Again(at)) => (
                Fate::Wait {
                    at,
                    count: Count::Fresh,
                },
                RunState::Again,
                None,
                Ended::Again,
            ),
            Err(error) => {
                let (fate, ended) = self.fate_of(&error, policy, now);
                (fate, RunState::Failed, Some((error.code, error.text)), ended)
            }
        };
        Verdict {
            fate,
            state,
            error,
            ended,
        }
    }

    fn fate_of(&self, error: &JobError, policy: &Policy, now: Timestamp) -> (Fate, Ended) {
        let bits = self.worker.jobs.ids.next();
        let chance = u16::from_be_bytes([bits[8], bits[9]]);
        match after(
            error.kind,
            self.job.attempts,
            self.job.max_attempts,
            policy,
            chance,
        ) {
            Next::Retry(wait) => (
                Fate::Wait {
                    at: now.plus(wait),
                    count: Count::Kept,
                },
                Ended::Failed,
            ),
            Next::Postpone(wait) => (
                Fate::Wait {
                    at: now.plus(wait),
                    count: Count::Uncounted,
                },
                Ended::Again,
            ),
            Next::Park => (Fate::Park, Ended::Parked),
        }
    }

    fn measure(&self, took: Duration, ended: Ended) {
        let outcome = match ended {
            Ended::Done => "done",
            Ended::Again => "again",
            Ended::Failed => "failed",
            Ended::Parked => "parked",
            Ended::Lost => "lost",
        };
        let name = self.handler.name();
        metrics::histogram!("sauda_job_seconds", "job" => name, "outcome" => outcome).record(took);
        metrics::counter!("sauda_job_runs_total", "job" => name, "outcome" => outcome).increment(1);
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned());
    format!("the handler panicked: {}", words.unwrap_or_default())
}
