//! Makes the marketplace match what is wished: a reconciler a shop, spending the change budget on what is worth most.
//! Every call is recorded before it is sent; an unclear answer is read back, never repeated blindly.

mod budget;
mod ready;
mod send;

pub use budget::PUSH_LIMIT;

use crate::{
    Pricing, PricingError,
    engine::confirm,
    store::changes::{self, Change},
};
use budget::budget;
use futures::{StreamExt, stream};
use ready::by_offer;
use sauda_accounts::Scope;
use sauda_catalog::{Cabinet, CatalogError};
use sauda_cluster::{Limit, Permit};
use sauda_kernel::{MerchantId, OfferId, ShopId, Span};
use sauda_market::{MarketError, PriceChange};
use tokio_util::sync::CancellationToken;

/// A process that dies while pushing frees the shop after this.
const LEASE: Span = Span::from_secs(60);
/// A permit that comes within this is waited for.
const LONGEST_WAIT: Span = Span::from_secs(2);
/// So often in a row, before other shops of the login have their turn.
const MOST_WAITS: u32 = 4;
/// Wishes taken at once.
const MOST: i64 = 200;

/// What one turn did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PushReport {
    pub sent: usize,
    pub accepted: usize,
    pub unclear: usize,
    pub dropped: usize,
    pub looked_at: usize,
}

/// Pushes wishes of all shops.
pub struct Pusher {
    pricing: Pricing,
    owner: String,
    limit: Limit,
}

/// What an offer's turn comes to.
enum Turn {
    Send(PriceChange, Vec<Change>),
    /// Nothing is left to send.
    Nothing,
    /// The budget is spent for longer than a moment.
    NoBudget,
}

enum Next {
    Go,
    Stop,
}

impl Pusher {
    pub fn new(pricing: Pricing, owner: impl Into<String>, limit: Limit) -> Self {
        Self {
            pricing,
            owner: owner.into(),
            limit,
        }
    }

    /// Runs until told to stop; a call under way is finished and recorded first.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let wait = match self.turn(&stop).await {
                Ok(report) if report.sent > 0 => Span::from_millis(50),
                Ok(_) => Span::from_millis(400),
                Err(error) => {
                    tracing::warn!(
                        error = sauda_kernel::chain(&error),
                        "price changes wait: something does not answer"
                    );
                    Span::from_secs(2)
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(wait.to_std()) => {}
            }
        }
    }

    /// One turn over the shops that have something to send or to look at.
    ///
    /// # Errors
    /// When the database or the shared state does not answer.
    pub async fn turn(&self, stop: &CancellationToken) -> Result<PushReport, PricingError> {
        let busy = changes::busy_shops(&self.pricing.db, self.pricing.clock.now()).await?;
        if busy.is_empty() {
            return Ok(PushReport::default());
        }
        self.restore_budgets().await?;
        let by_list = self.pricing.catalog.by_list_alone().await?;
        let reports: Vec<Result<PushReport, PricingError>> = stream::iter(busy)
            .map(|(merchant, shop)| {
                let by_list = by_list.contains(&shop);
                self.shop_turn(merchant, shop, by_list, stop)
            })
            .buffer_unordered(16)
            .collect()
            .await;
        let mut sum = PushReport::default();
        for report in reports {
            let report = report?;
            sum.sent += report.sent;
            sum.accepted += report.accepted;
            sum.unclear += report.unclear;
            sum.dropped += report.dropped;
            sum.looked_at += report.looked_at;
        }
        Ok(sum)
    }

    async fn shop_turn(
        &self,
        merchant: MerchantId,
        shop: ShopId,
        by_list: bool,
        stop: &CancellationToken,
    ) -> Result<PushReport, PricingError> {
        // Its wishes wait for the marketplace to fetch the list; only what left is looked at.
        if by_list && !confirm::is_due(&self.pricing, &shop).await? {
            return Ok(PushReport::default());
        }
        let cluster = &self.pricing.cluster;
        let fail = |error: sauda_cluster::ClusterError| PricingError::Cluster(error.to_string());
        let Some(lease) = cluster
            .lease(&format!("push:{shop}"), &self.owner, LEASE)
            .await
            .map_err(fail)?
        else {
            return Ok(PushReport::default());
        };
        let scope = Scope::system(merchant, "price push");
        let report = if by_list {
            self.look_only(&scope, &shop).await
        } else {
            self.work(&scope, &shop, stop, &lease).await
        };
        cluster.release(&lease).await.map_err(fail)?;
        match report {
            // A shop without a session waits for its person; the others go on.
            Err(PricingError::Catalog(
                CatalogError::NoAccess | CatalogError::Market(MarketError::SessionEnded),
            )) => Ok(PushReport::default()),
            other => other,
        }
    }

    async fn look_only(&self, scope: &Scope, shop: &ShopId) -> Result<PushReport, PricingError> {
        Ok(PushReport {
            looked_at: confirm::look(&self.pricing, scope, shop).await?,
            ..PushReport::default()
        })
    }

    async fn work(
        &self,
        scope: &Scope,
        shop: &ShopId,
        stop: &CancellationToken,
        lease: &sauda_cluster::Lease,
    ) -> Result<PushReport, PricingError> {
        let mut report = PushReport {
            looked_at: confirm::look(&self.pricing, scope, shop).await?,
            ..PushReport::default()
        };
        let desired = changes::desired(&self.pricing.db, shop, MOST).await?;
        if desired.is_empty() {
            return Ok(report);
        }
        let cabinet = self.pricing.catalog.cabinet(scope, shop).await?;
        for (offer, wishes) in by_offer(desired) {
            if stop.is_cancelled() {
                break;
            }
            let (change, wishes) = match self
                .permitted(scope, shop, &cabinet, &offer, wishes, &mut report)
                .await?
            {
                Turn::Send(change, wishes) => (change, wishes),
                Turn::Nothing => continue,
                Turn::NoBudget => break,
            };
            let renewed = self
                .pricing
                .cluster
                .renew(lease, LEASE)
                .await
                .map_err(|error| PricingError::Cluster(error.to_string()))?;
            if renewed.is_none() {
                // Another process has the shop now.
                break;
            }
            if let Next::Stop = self
                .send(scope, shop, &cabinet, &offer, change, wishes, &mut report)
                .await?
            {
                break;
            }
        }
        if report.sent + report.dropped > 0 {
            self.pricing.signal(shop, "changes").await;
        }
        Ok(report)
    }

    /// The call for an offer and the permit to make it. Waits for a permit that comes soon, and judges again after the wait:
    /// the best wish keeps its turn, and somebody may have paused it meanwhile.
    async fn permitted(
        &self,
        scope: &Scope,
        shop: &ShopId,
        cabinet: &Cabinet,
        offer: &OfferId,
        mut wishes: Vec<Change>,
        report: &mut PushReport,
    ) -> Result<Turn, PricingError> {
        for _ in 0..MOST_WAITS {
            let Some((change, left)) = self.ready(scope, shop, cabinet, offer, wishes, report).await? else {
                return Ok(Turn::Nothing);
            };
            let permit = self
                .pricing
                .cluster
                .take(&budget(cabinet.access.as_str()), &self.limit, 1)
                .await
                .map_err(|error| PricingError::Cluster(error.to_string()))?;
            match permit {
                Permit::Granted => return Ok(Turn::Send(change, left)),
                Permit::Refused { retry_at } => {
                    let wait = retry_at.since(self.pricing.clock.now());
                    if wait > LONGEST_WAIT {
                        return Ok(Turn::NoBudget);
                    }
                    tokio::time::sleep(wait.to_std()).await;
                    wishes = left;
                }
            }
        }
        Ok(Turn::NoBudget)
    }
}
