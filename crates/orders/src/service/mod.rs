//! The door of the orders for edges and later rooms.

mod acts;
pub mod changes;
pub mod day;
pub mod failed;
pub mod figures;
mod keys;
pub mod list;
mod picks;
pub mod returned;
pub mod share;
pub mod sold;
pub mod view;

use crate::{
    OrdersError, Papers,
    fit::{Askers, Lessons, Nobody},
    model::Order,
    papers::Outside,
    store::orders,
};
use sauda_accounts::{Accounts, AuditEntry, Scope};
use sauda_catalog::Catalog;
use sauda_cluster::Cluster;
use sauda_kernel::{Clock, Id, IdKind, Ids, ShopId};
use sauda_market::OrderDesk;
use sauda_stock::Stock;
use sauda_store::{Db, Tx};
use std::sync::Arc;

/// Everything orders need. Cheap to clone.
#[derive(Clone)]
pub struct Orders {
    pub(crate) db: Db,
    pub(crate) cluster: Cluster,
    pub(crate) accounts: Accounts,
    pub(crate) catalog: Catalog,
    pub(crate) desk: Arc<dyn OrderDesk>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
    pub(crate) papers: Arc<dyn Papers>,
    /// Numbers of devices may be told: how that is done was never recorded, so it is off unless somebody switches it on.
    pub(crate) tells_imei: bool,
    pub(crate) askers: Arc<dyn Askers>,
    pub(crate) lessons: Lessons,
    /// Follows what orders do to what lies in the warehouse; without it nothing is followed.
    pub(crate) stock: Option<Stock>,
}

impl Orders {
    pub fn new(
        db: Db,
        cluster: Cluster,
        accounts: Accounts,
        catalog: Catalog,
        desk: Arc<dyn OrderDesk>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Self {
        Self {
            db,
            cluster,
            accounts,
            catalog,
            desk,
            clock,
            ids,
            papers: Arc::new(Outside),
            tells_imei: false,
            askers: Arc::new(Nobody),
            lessons: Lessons::default(),
            stock: None,
        }
    }

    /// With better eyes for papers.
    #[must_use]
    pub fn with_papers(self, papers: Arc<dyn Papers>) -> Self {
        Self { papers, ..self }
    }

    /// With numbers of devices told to the marketplace.
    #[must_use]
    pub fn with_imei(self, tells_imei: bool) -> Self {
        Self { tells_imei, ..self }
    }

    /// With a stock that follows orders.
    #[must_use]
    pub fn with_stock(self, stock: Stock) -> Self {
        Self {
            stock: Some(stock),
            ..self
        }
    }

    /// Whether numbers of devices are told to the marketplace.
    pub const fn tells_imei(&self) -> bool {
        self.tells_imei
    }

    /// With somebody who asks buyers about doubtful sizes; without, the day leaves that step out.
    #[must_use]
    pub fn with_askers(self, askers: Arc<dyn Askers>) -> Self {
        Self { askers, ..self }
    }

    pub(crate) fn id<K: IdKind>(&self) -> Id<K> {
        Id::new(&*self.clock, &*self.ids)
    }

    /// Writes to the audit log in the caller's transaction.
    pub(crate) async fn audit(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        what: &'static str,
        subject: &str,
        after: Option<String>,
    ) -> Result<(), OrdersError> {
        self.accounts
            .audit(
                tx,
                scope,
                AuditEntry {
                    what,
                    subject: subject.to_owned(),
                    before: None,
                    after,
                    address: None,
                },
            )
            .await
            .map_err(OrdersError::Accounts)?;
        Ok(())
    }

    /// Tells open pages of a shop that orders changed.
    pub(crate) async fn signal(&self, shop: &ShopId) {
        if let Err(error) = self.cluster.publish(&format!("orders:{shop}"), "changed").await {
            tracing::debug!(%error, "a signal was not delivered; pages refresh by themselves");
        }
    }

    /// An order by the number that people know.
    pub(crate) async fn find(&self, scope: &Scope, shop: &ShopId, code: &str) -> Result<Order, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        orders::by_code(&self.db, shop, code)
            .await?
            .ok_or_else(|| OrdersError::NotFound {
                code: code.to_owned(),
            })
    }
}
