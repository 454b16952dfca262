//! A queue on each engine, a pushed clock, and handlers made of closures.

use async_trait::async_trait;
use futures::future::BoxFuture;
use sauda_cluster::Cluster;
use sauda_jobs::{Handler, JobContext, JobError, Jobs, NewJob, Outcome, Policy, Worker, WorkerSettings};
use sauda_kernel::{Clock as _, Span};
use sauda_testkit::{CountedIds, PushedClock, TestDb, engines, frozen_clock};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

pub const WORK: &str = "test.work";

pub struct Desk {
    pub db: TestDb,
    pub jobs: Jobs,
    pub clock: PushedClock,
}

/// One desk per engine.
pub async fn desks() -> Vec<Desk> {
    engines()
        .await
        .into_iter()
        .map(|db| {
            let clock = frozen_clock();
            let cluster = Cluster::memory(Arc::new(clock.clone()));
            let jobs = Jobs::new(
                db.db().clone(),
                cluster,
                Arc::new(clock.clone()),
                Arc::new(CountedIds::default()),
            );
            Desk { db, jobs, clock }
        })
        .collect()
}

impl Desk {
    pub fn job(&self) -> NewJob {
        NewJob::new(WORK, 1, &serde_json::json!({}), self.clock.now())
    }

    pub fn worker(&self, handler: Does) -> Worker {
        Worker::new(self.jobs.clone(), vec![Arc::new(handler)], settings())
    }
}

/// A worker that takes passed leases over at once.
pub fn settings() -> WorkerSettings {
    WorkerSettings {
        poll: Duration::from_millis(10),
        lease: Span::from_secs(60),
        grace: Duration::ZERO,
        stop_within: Duration::from_millis(300),
        ..WorkerSettings::default()
    }
}

type Work = Box<dyn for<'a> Fn(&'a JobContext) -> BoxFuture<'a, Result<Outcome, JobError>> + Send + Sync>;

/// A handler of `WORK` made of a closure.
pub struct Does {
    work: Work,
    policy: Policy,
}

impl Does {
    pub fn new(
        work: impl for<'a> Fn(&'a JobContext) -> BoxFuture<'a, Result<Outcome, JobError>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            work: Box::new(work),
            policy: Policy::default(),
        }
    }

    /// Ends at once, the same way each time.
    pub fn ends(outcome: Result<Outcome, JobError>) -> Self {
        Self::new(move |_| {
            let outcome = outcome.clone();
            Box::pin(async move { outcome })
        })
    }

    /// Notes the payload of each run.
    pub fn notes(log: &Arc<Mutex<Vec<String>>>) -> Self {
        let log = log.clone();
        Self::new(move |context| {
            let text: serde_json::Value = context.payload().unwrap();
            log.lock().unwrap().push(text.to_string());
            Box::pin(async { Ok(Outcome::Done) })
        })
    }

    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }
}

#[async_trait]
impl Handler for Does {
    fn name(&self) -> &'static str {
        WORK
    }
    fn policy(&self) -> Policy {
        self.policy
    }
    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        (self.work)(context).await
    }
}
