//! What reads the market by itself: categories, reviews of own cards, archives, summaries. Refuses to exceed the read budget.

mod begin;
mod collect;
mod keep;
mod raws;
mod reviews;
mod watch;

pub use begin::{BEGIN_JOB, BeginJob};
pub use collect::{COLLECT_JOB, CollectJob};
pub use keep::{KEEP_JOB, KeepJob};
pub use reviews::{REVIEWS_JOB, ReviewsJob};

use crate::{Research, ResearchError};
use sauda_accounts::Scope;
use sauda_catalog::EgressPick;
use sauda_cluster::{BudgetKey, Permit};
use sauda_kernel::{Span, Timestamp};
use sauda_market::{Egress, MarketError};

/// A permit that comes within this is waited for; a later one ends the run, which goes on then.
const PATIENCE: Span = Span::from_secs(2);
/// How often a permit is asked for in a row: price checks may be faster.
const TRIES: u32 = 20;

/// What asking the storefront came to.
pub(crate) enum Asked<T> {
    Told(T),
    /// Not now: a budget is spent, or the marketplace wants to be left alone.
    Later(Timestamp),
    /// The marketplace answered, and not with what was asked for.
    Failed(MarketError),
}

impl Research {
    /// What an answer of the storefront means for the next question; its way out is noted.
    pub(crate) async fn heard<T>(
        &self,
        way: &EgressPick,
        began: Timestamp,
        answer: Result<T, MarketError>,
    ) -> Result<Asked<T>, ResearchError> {
        match answer {
            Ok(told) => {
                let took = self.clock.now().since(began).as_millis();
                self.catalog.proxy_answered(way, 1, took).await?;
                Ok(Asked::Told(told))
            }
            Err(error) => {
                self.catalog.proxy_failed(way, &error, 1).await?;
                let wait = match &error {
                    MarketError::Blocked { .. } => Span::from_secs(15),
                    MarketError::Throttled { wait } => *wait,
                    _ => return Ok(Asked::Failed(error)),
                };
                let until = self.clock.now().plus(wait);
                let key = BudgetKey::new("storefront-reads", way.egress.name());
                self.cluster.block(&key, until).await.map_err(cluster)?;
                Ok(Asked::Later(until))
            }
        }
    }

    /// Asks the storefront once, when a permit comes; what it answered is kept as it came, when that is wished.
    pub(crate) async fn ask<T>(
        &self,
        scope: &Scope,
        subject: &str,
        question: impl AsyncFnOnce(&Egress) -> Result<T, MarketError>,
    ) -> Result<Asked<T>, ResearchError> {
        let way = match self.permit().await? {
            Ok(way) => way,
            Err(at) => return Ok(Asked::Later(at)),
        };
        let began = self.clock.now();
        let answer = self.overhear(scope, subject, question(&way.egress)).await?;
        self.heard(&way, began, answer).await
    }

    /// The first way out that has a permit, or when one will. No transaction is open meanwhile.
    pub(crate) async fn permit(&self) -> Result<Result<EgressPick, Timestamp>, ResearchError> {
        let ways = self.catalog.ways_out().await?;
        let mut soonest = self.clock.now().plus(PATIENCE);
        for _ in 0..TRIES {
            let mut next: Option<Timestamp> = None;
            for way in &ways {
                let key = BudgetKey::new("storefront-reads", way.egress.name());
                match self.cluster.take(&key, &self.limit, 1).await.map_err(cluster)? {
                    Permit::Granted => return Ok(Ok(way.clone())),
                    Permit::Refused { retry_at } => {
                        next = Some(next.map_or(retry_at, |known| known.min(retry_at)));
                    }
                }
            }
            let now = self.clock.now();
            soonest = next.unwrap_or_else(|| now.plus(PATIENCE));
            if soonest.since(now) > PATIENCE {
                break;
            }
            tokio::time::sleep(soonest.since(now).to_std()).await;
            if self.clock.now() < soonest {
                // A clock that stands brings no permit, however long one waits.
                break;
            }
        }
        Ok(Err(soonest))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
fn cluster(error: sauda_cluster::ClusterError) -> ResearchError {
    ResearchError::Cluster(error.to_string())
}
