//! The postman: hears what came, tells what orders want told, sends what is due. Sends once: it is recorded before it leaves, and
//! looked for when its answer was lost.

mod fetch;
mod hear;
mod look;
mod missed;
mod send;
mod size_answers;
mod tell;

pub use size_answers::{ByWhatsapp, LateAnswers};

use crate::{Messages, MessagesError};
use sauda_cluster::Lease;
use sauda_kernel::{Span, Timestamp};
use tokio_util::sync::CancellationToken;

/// A process that dies frees a line after this.
const LEASE: Span = Span::from_secs(90);
/// Between two turns.
const REST: Span = Span::from_millis(500);
/// Events that are over are kept so long.
const KEPT: Span = Span::from_days(14);
/// How often old events are forgotten.
const SWEEP: Span = Span::from_hours(6);

/// What one turn did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PostReport {
    /// Events that were taken up.
    pub heard: usize,
    /// Files of buyers that were fetched.
    pub fetched: usize,
    /// Messages that orders wanted.
    pub told: usize,
    /// Messages that left.
    pub sent: usize,
    /// Messages that were looked for.
    pub looked_for: usize,
    /// Messages that came while nobody listened.
    pub missed: usize,
}

/// Works on messages of all shops.
pub struct Postman {
    messages: Messages,
    owner: String,
}

impl Postman {
    pub fn new(messages: Messages, owner: impl Into<String>) -> Self {
        Self {
            messages,
            owner: owner.into(),
        }
    }

    /// Runs until told to stop; a call under way is finished and recorded first.
    pub async fn run(&self, stop: CancellationToken) {
        let mut swept = Timestamp::from_micros(0);
        let mut has_begun = false;
        while !stop.is_cancelled() {
            let now = self.messages.clock.now();
            let sweep = now.since(swept) >= SWEEP;
            let worked = async {
                if !has_begun {
                    self.begin().await?;
                }
                if sweep {
                    self.sweep(now).await?;
                }
                self.turn(&stop).await
            };
            let wait = match worked.await {
                Ok(_) => {
                    has_begun = true;
                    REST
                }
                Err(error) => {
                    tracing::warn!(
                        error = sauda_kernel::chain(&error),
                        "messages wait: something does not answer"
                    );
                    Span::from_secs(2)
                }
            };
            if sweep {
                swept = now;
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(wait.to_std()) => {}
            }
        }
    }

    /// One turn: what came first, as it may silence what is queued.
    ///
    /// # Errors
    /// When the database or the shared state does not answer.
    pub async fn turn(&self, stop: &CancellationToken) -> Result<PostReport, MessagesError> {
        let mut report = PostReport {
            heard: self.hear_all().await?,
            ..PostReport::default()
        };
        report.fetched = self.fetch_all().await?;
        self.look_at_lines().await?;
        report.missed = self.catch_up_all().await?;
        report.told = self.tell_all().await?;
        if !stop.is_cancelled() {
            self.send_all(stop, &mut report).await?;
        }
        Ok(report)
    }

    /// Forgets what is kept for a time only.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sweep(&self, now: Timestamp) -> Result<(), MessagesError> {
        let db = &self.messages.db;
        crate::store::events::forget(db, now.minus(KEPT)).await?;
        crate::store::files::expire(db, now.minus(fetch::KEPT)).await?;
        Ok(())
    }

    async fn lease(&self, name: &str) -> Result<Option<Lease>, MessagesError> {
        self.messages
            .cluster
            .lease(name, &self.owner, LEASE)
            .await
            .map_err(cluster_down)
    }

    async fn holds(&self, lease: &Lease) -> Result<bool, MessagesError> {
        let held = self.messages.cluster.renew(lease, LEASE).await;
        Ok(held.map_err(cluster_down)?.is_some())
    }

    async fn release(&self, lease: &Lease) -> Result<(), MessagesError> {
        self.messages.cluster.release(lease).await.map_err(cluster_down)
    }
}

fn cluster_down(error: impl std::fmt::Display) -> MessagesError {
    MessagesError::Cluster(error.to_string())
}
