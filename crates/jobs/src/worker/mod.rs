//! The worker: takes due jobs under a lease, runs their handlers, keeps the leases alive, and stops in good order.

mod claim;
mod run_one;
mod upkeep;

use crate::{Handler, Jobs, JobsError, jobs::WORK};
use claim::Watchlist;
use run_one::{Ended, Task};
use sauda_kernel::{RunId, Span, Timestamp};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{task::JoinSet, time::Instant};
use tokio_util::sync::CancellationToken;

/// How a worker works.
#[derive(Debug, Clone)]
pub struct WorkerSettings {
    /// Begins its name; the process and a random end are added.
    pub name: String,
    /// Jobs at once.
    pub concurrency: u32,
    /// How often it looks when nobody wakes it.
    pub poll: Duration,
    /// A job whose worker gave no sign of life for so long is taken over.
    pub lease: Span,
    /// A passed lease must be seen unchanged for so long on this process's own steady clock before the job is taken over:
    /// a wall clock that jumps, or a machine that slept, takes nothing from the living. At least a third of the lease.
    pub grace: Duration,
    /// At a stop running jobs may go on for so long; then they are cut off and given back.
    pub stop_within: Duration,
    /// Finished jobs and their runs are kept for so long, failed ones for `keep_failed`.
    pub keep_done: Span,
    pub keep_failed: Span,
}

impl Default for WorkerSettings {
    fn default() -> Self {
        Self {
            name: "worker".to_owned(),
            concurrency: 8,
            poll: Duration::from_millis(500),
            lease: Span::from_secs(45),
            grace: Duration::from_secs(20),
            stop_within: Duration::from_secs(8),
            keep_done: Span::from_days(3),
            keep_failed: Span::from_days(30),
        }
    }
}

/// What `run_until_idle` did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Idle {
    pub done: u64,
    pub again: u64,
    pub failed: u64,
    pub parked: u64,
}

/// Runs jobs with the handlers it was given; jobs of other names it leaves alone.
#[derive(Clone)]
pub struct Worker {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub jobs: Jobs,
    pub handlers: HashMap<&'static str, Arc<dyn Handler>>,
    pub names: Vec<&'static str>,
    pub settings: WorkerSettings,
    /// Name that leases are held under: never used twice.
    pub owner: String,
    /// Runs that go on here, to be told to stop.
    pub running: Mutex<HashMap<RunId, Held>>,
}

/// A run that goes on here.
pub(crate) struct Held {
    pub stop: CancellationToken,
    /// Until when the lease surely lasts, on the steady clock.
    pub sure_until: Instant,
    pub cancelled: bool,
}

impl Worker {
    pub fn new(jobs: Jobs, handlers: Vec<Arc<dyn Handler>>, settings: WorkerSettings) -> Self {
        let handlers: HashMap<&'static str, Arc<dyn Handler>> = handlers
            .into_iter()
            .map(|handler| (handler.name(), handler))
            .collect();
        let mut names: Vec<&'static str> = handlers.keys().copied().collect();
        names.sort_unstable();
        let own: RunId = sauda_kernel::Id::new(&*jobs.clock, &sauda_kernel::SystemIds);
        let owner = format!("{}-{}-{own}", settings.name, std::process::id());
        let inner = Inner {
            jobs,
            handlers,
            names,
            settings,
            owner,
            running: Mutex::default(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// The name that runs show.
    pub fn owner(&self) -> &str {
        &self.inner.owner
    }

    /// Works until `stop`; then takes nothing new, lets what runs end for a while, and gives the rest back.
    /// A database that does not answer is waited for.
    pub async fn run(&self, stop: CancellationToken) {
        let beat = tokio::spawn(upkeep::beat(self.inner.clone()));
        let care = tokio::spawn(upkeep::care(self.inner.clone(), stop.clone()));
        let mut tasks = JoinSet::new();
        self.serve(&stop, &mut tasks).await;
        self.wind_up(&mut tasks).await;
        care.abort();
        beat.abort();
    }

    async fn serve(&self, stop: &CancellationToken, tasks: &mut JoinSet<Ended>) {
        let mut signals = self.inner.jobs.cluster.subscribe();
        let mut watchlist = Watchlist::default();
        let mut trouble = Duration::ZERO;
        while !stop.is_cancelled() {
            let mut full = false;
            match self.take(tasks, &mut watchlist).await {
                Ok(all) => {
                    full = all;
                    trouble = Duration::ZERO;
                }
                Err(error) => {
                    trouble = (trouble * 2).clamp(Duration::from_millis(250), Duration::from_secs(10));
                    tracing::warn!(error = %error_chain(&error), retry_ms = u64::try_from(trouble.as_millis()).unwrap_or(u64::MAX), "the queue cannot be read");
                }
            }
            let mut hear = true;
            loop {
                tokio::select! {
                    biased;
                    () = stop.cancelled() => return,
                    Some(_) = tasks.join_next(), if !tasks.is_empty() => {
                        while tasks.try_join_next().is_some() {}
                        // A free place is only worth a look when there was more than could be taken.
                        if full { break }
                    }
                    signal = signals.next(), if hear && !full => match signal {
                        Some(signal) if signal.topic == WORK || signal.topic == sauda_cluster::Signal::GAP => break,
                        Some(_) => {}
                        None => hear = false,
                    },
                    () = tokio::time::sleep(self.inner.settings.poll.max(trouble)) => break,
                }
            }
        }
    }

    /// Begins as many due jobs as there are free places; whether there may be more.
    async fn take(&self, tasks: &mut JoinSet<Ended>, watchlist: &mut Watchlist) -> Result<bool, JobsError> {
        let running = u32::try_from(tasks.len()).unwrap_or(u32::MAX);
        let free = self.inner.settings.concurrency.saturating_sub(running);
        if free == 0 {
            return Ok(true);
        }
        let claimed = self.inner.claim(free, watchlist).await?;
        let full = u32::try_from(claimed.len()).unwrap_or(u32::MAX) >= free;
        for job in claimed {
            if let Some(task) = Task::new(self.inner.clone(), job) {
                tasks.spawn(task.run());
            }
        }
        Ok(full)
    }

    /// Lets running jobs end, then cuts them off and gives them back.
    async fn wind_up(&self, tasks: &mut JoinSet<Ended>) {
        for held in self.inner.held().values() {
            held.stop.cancel();
        }
        let patience = self.inner.settings.stop_within;
        let all_ended = tokio::time::timeout(patience, async { while tasks.join_next().await.is_some() {} })
            .await
            .is_ok();
        if !all_ended {
            tracing::info!(
                jobs = tasks.len(),
                "jobs that did not end in time are cut off and given back"
            );
        }
        tasks.shutdown().await;
        match tokio::time::timeout(Duration::from_secs(2), self.inner.release()).await {
            Ok(Ok(0)) => {}
            Ok(Ok(count)) => tracing::info!(count, "jobs were given back"),
            Ok(Err(error)) => {
                tracing::warn!(error = %error_chain(&error), "leases could not be given back and will pass by themselves")
            }
            Err(_) => tracing::warn!("leases could not be given back in time and will pass by themselves"),
        }
    }

    /// Runs everything that is due, and what that asks for, one after another, until nothing is due. For tests and for tools:
    /// schedules are asked too when they are due.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn run_until_idle(&self) -> Result<Idle, JobsError> {
        let mut idle = Idle::default();
        let mut watchlist = Watchlist::default();
        loop {
            self.inner.jobs.run_due_schedules().await?;
            let claimed = self.inner.claim(1, &mut watchlist).await?;
            if claimed.is_empty() {
                return Ok(idle);
            }
            for job in claimed {
                let Some(task) = Task::new(self.inner.clone(), job) else {
                    continue;
                };
                match task.run().await {
                    Ended::Done => idle.done += 1,
                    Ended::Again => idle.again += 1,
                    Ended::Failed => idle.failed += 1,
                    Ended::Parked => idle.parked += 1,
                    Ended::Lost => {}
                }
            }
        }
    }
}

impl Inner {
    pub(crate) fn held(&self) -> std::sync::MutexGuard<'_, HashMap<RunId, Held>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.jobs.clock.now()
    }

    async fn release(&self) -> Result<u64, JobsError> {
        let mut tx = self.jobs.db.write().await?;
        let released = crate::store::jobs::release(&mut tx, &self.owner, self.now()).await?;
        tx.commit().await?;
        Ok(released)
    }
}

/// An error with its causes, for logs.
pub(crate) fn error_chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
