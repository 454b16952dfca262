//! The clerk: works on the orders of all shops that have a key. Every call has its permit, no transaction is open meanwhile.

mod call;
mod day;
mod keep;
mod look;
mod read;
mod returns;
mod send;
mod stock;
mod waybill;

use crate::{
    Orders, OrdersError,
    store::{commands, orders, reading},
};
use call::Key;
use futures::{StreamExt, stream};
use sauda_accounts::Scope;
use sauda_catalog::CatalogError;
use sauda_cluster::{Lease, Limit};
use sauda_kernel::{MerchantId, ShopId, Span};
use sauda_market::MarketError;
use tokio_util::sync::CancellationToken;

pub use call::DESK_CALLS;
pub use day::DayKeeper;
pub(crate) use day::STOPPED;
pub use returns::ReturnsKeeper;

/// A process that dies frees the shop after this; each call holds it anew.
const LEASE: Span = Span::from_secs(90);
/// How long one turn of a shop takes up commands and waybills; the rest has the next turn.
const TURN: Span = Span::from_secs(45);

/// What one turn did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClerkReport {
    pub sent: usize,
    pub looked_at: usize,
    pub waybills: usize,
    pub read: usize,
    pub changed: usize,
    /// Orders in lists that could not be understood.
    pub refused: usize,
}

/// Works on orders of all shops.
pub struct Clerk {
    orders: Orders,
    owner: String,
    limit: Limit,
}

impl Clerk {
    pub fn new(orders: Orders, owner: impl Into<String>) -> Self {
        Self {
            orders,
            owner: owner.into(),
            limit: DESK_CALLS,
        }
    }

    /// With another limit of calls for a key.
    #[must_use]
    pub fn with_limit(self, limit: Limit) -> Self {
        Self { limit, ..self }
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
            sum.refused += report.refused;
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
        let worked = self.work(&scope, &shop, &lease, stop, &mut report).await;
        cluster.release(&lease).await.map_err(fail)?;
        if report.sent + report.waybills + report.changed > 0 {
            self.orders.signal(&shop).await;
        }
        match worked {
            Ok(()) => Ok(report),
            // A shop that was removed, or whose key was: nothing is done for it by itself any more.
            Err(OrdersError::Catalog(CatalogError::NoKey | CatalogError::NotFound { .. })) => {
                let mut tx = self.orders.db.write().await?;
                self.orders.stop(&mut tx, &shop).await?;
                tx.commit().await?;
                Ok(report)
            }
            // Another process has the shop now.
            Err(OrdersError::LeaseLost) => Ok(report),
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
        lease: &Lease,
        stop: &CancellationToken,
        report: &mut ClerkReport,
    ) -> Result<(), OrdersError> {
        let key = Key::open(&self.orders, scope, shop, lease, &self.limit).await?;
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
        let until = now.plus(wait);
        reading::failed(&self.orders.db, shop, error.word(), now, until).await?;
        if let MarketError::Throttled { .. } = error {
            commands::put_off(&self.orders.db, shop, until).await?;
            orders::put_off(&self.orders.db, shop, until).await?;
        }
        tracing::info!(shop.id = %shop, merchant.id = %scope.merchant(), error = %error, "orders could not be read");
        Ok(())
    }
}
