//! The clerk: works on the orders of all shops that have a key. Every call has its permit, no transaction is open meanwhile.

mod call;
mod keep;
mod look;
mod read;
mod send;
mod waybill;

use crate::{Orders, OrdersError, store::commands};
use call::Key;
use futures::{StreamExt, stream};
use sauda_accounts::Scope;
use sauda_catalog::CatalogError;
use sauda_kernel::{MerchantId, ShopId, Span};
use sauda_market::MarketError;
use tokio_util::sync::CancellationToken;

pub use call::DESK_CALLS;

/// A process that dies frees the shop after this.
const LEASE: Span = Span::from_mins(3);

/// What one turn did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClerkReport {
    pub sent: usize,
    pub looked_at: usize,
    pub waybills: usize,
    pub read: usize,
    pub changed: usize,
}

/// Works on orders of all shops.
pub struct Clerk {
    orders: Orders,
    owner: String,
}

impl Clerk {
    pub fn new(orders: Orders, owner: impl Into<String>) -> Self {
        Self {
            orders,
            owner: owner.into(),
        }
    }

    /// Runs until told to stop; a call under way is finished and recorded first.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let wait = match self.turn(&stop).await {
                Ok(_) => Span::from_millis(300),
                Err(error) => {
                    tracing::warn!(
                        error = sauda_kernel::chain(&error),
                        "orders wait: something does not answer"
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

    /// One turn over the shops that have something to do now.
    ///
    /// # Errors
    /// When the database or the shared state does not answer.
    pub async fn turn(&self, stop: &CancellationToken) -> Result<ClerkReport, OrdersError> {
        let busy = commands::busy_shops(&self.orders.db, self.orders.clock.now()).await?;
        let reports: Vec<Result<ClerkReport, OrdersError>> = stream::iter(busy)
            .map(|(merchant, shop)| self.shop_turn(merchant, shop, stop))
            .buffer_unordered(16)
            .collect()
            .await;
        let mut sum = ClerkReport::default();
        for report in reports {
            let report = report?;
            sum.sent += report.sent;
            sum.looked_at += report.looked_at;
            sum.waybills += report.waybills;
            sum.read += report.read;
            sum.changed += report.changed;
        }
        Ok(sum)
    }

    async fn shop_turn(
        &self,
        merchant: MerchantId,
        shop: ShopId,
        stop: &CancellationToken,
    ) -> Result<ClerkReport, OrdersError> {
        let cluster = &self.orders.cluster;
        let fail = |error: sauda_cluster::ClusterError| OrdersError::Cluster(error.to_string());
        let Some(lease) = cluster
            .lease(&format!("orders:{shop}"), &self.owner, LEASE)
            .await
            .map_err(fail)?
        else {
            return Ok(ClerkReport::default());
        };
        let scope = Scope::system(merchant, "orders");
        let mut report = ClerkReport::default();
        let worked = self.work(&scope, &shop, stop, &mut report).await;
        cluster.release(&lease).await.map_err(fail)?;
        if report.sent + report.waybills + report.changed > 0 {
            self.orders.signal(&shop).await;
        }
        match worked {
            Ok(()) => Ok(report),
            // One shop without a working key, or a marketplace that does not answer it: it has its own next time.
            Err(OrdersError::Catalog(CatalogError::NoKey | CatalogError::NotFound { .. })) => {
                crate::store::reading::stop(&self.orders.db, &shop).await?;
                Ok(report)
            }
            Err(OrdersError::Market(error)) => {
                self.put_off(&scope, &shop, &error).await?;
                Ok(report)
            }
            Err(error) => Err(error),
        }
    }

    /// Commands first, then waybills, then reading: people wait for the first.
    async fn work(
        &self,
        scope: &Scope,
        shop: &ShopId,
        stop: &CancellationToken,
        report: &mut ClerkReport,
    ) -> Result<(), OrdersError> {
        let key = Key::open(&self.orders, scope, shop).await?;
        self.commands(&key, stop, report).await?;
        self.waybills(&key, stop, report).await?;
        if !stop.is_cancelled() {
            self.reading(&key, stop, report).await?;
        }
        Ok(())
    }

    /// The marketplace did not answer a reading: the shop has its turn again later, and the page says why.
    async fn put_off(&self, scope: &Scope, shop: &ShopId, error: &MarketError) -> Result<(), OrdersError> {
        let now = self.orders.clock.now();
        let wait = match error {
            MarketError::Throttled { wait } => *wait,
            MarketError::BadToken => Span::from_mins(30),
            _ => Span::from_mins(2),
        };
        crate::store::reading::failed(&self.orders.db, shop, error.word(), now, now.plus(wait)).await?;
        tracing::info!(shop.id = %shop, merchant.id = %scope.merchant(), error = %error, "orders could not be read");
        Ok(())
    }
}
