//! The door of pricing for edges and later rooms.

mod ask;
mod backtest;
mod board;
mod bulk;
mod cities;
pub(crate) mod costs;
mod guard;
mod import;
pub(crate) mod offers;
mod pause;
mod rules;
mod standing;
mod types;
mod uploads;
mod view;

pub use backtest::OfferBacktest;
pub use bulk::{BulkAct, BulkJob, BulkPreview, BulkSample, Formula, Refusal, Selection};
pub use import::{ImportDone, ShopOffers};
pub use offers::OfferPatch;
pub use rules::{EconomicsByTime, Past};
pub use standing::Standings;
pub use types::{
    NamedRule, OfferRule, Pause, PauseSubject, RuleState, ShopMode, ShopSettings, strategy_word,
};
pub use uploads::{OpenUpload, upload_limits};
pub use view::{FeedLine, FirstLook, OfferView, ShopPulse};

use crate::{PricingError, board::TextShelf};
use sauda_accounts::{Accounts, AuditEntry, Scope};
use sauda_catalog::Catalog;
use sauda_cluster::Cluster;
use sauda_jobs::Jobs;
use sauda_kernel::{Clock, Id, IdKind, Ids, ShopId};
use sauda_stock::Stock;
use sauda_store::{Db, Tx};
use std::sync::Arc;

/// Everything pricing needs. Cheap to clone.
#[derive(Clone)]
pub struct Pricing {
    pub(crate) db: Db,
    pub(crate) cluster: Cluster,
    pub(crate) accounts: Accounts,
    pub(crate) catalog: Catalog,
    pub(crate) jobs: Jobs,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
    pub(crate) texts: TextShelf,
    pub(crate) stock: Option<Stock>,
}

impl Pricing {
    pub fn new(
        db: Db,
        cluster: Cluster,
        accounts: Accounts,
        catalog: Catalog,
        jobs: Jobs,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Self {
        Self {
            db,
            cluster,
            accounts,
            catalog,
            jobs,
            clock,
            ids,
            texts: TextShelf::default(),
            stock: None,
        }
    }

    /// With a stock whose forecasts say what a price sells; without one the strategy for profit holds to what it is told.
    #[must_use]
    pub fn with_stock(self, stock: Stock) -> Self {
        Self {
            stock: Some(stock),
            ..self
        }
    }

    pub fn catalog(&self) -> &Catalog {
        &self.catalog
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
        before: Option<String>,
        after: Option<String>,
    ) -> Result<(), PricingError> {
        self.accounts
            .audit(
                tx,
                scope,
                AuditEntry {
                    what,
                    subject: subject.to_owned(),
                    before,
                    after,
                    address: None,
                },
            )
            .await
            .map_err(PricingError::Accounts)?;
        Ok(())
    }

    /// Tells open pages of a shop that something changed.
    pub(crate) async fn signal(&self, shop: &ShopId, what: &str) {
        if let Err(error) = self.cluster.publish(&format!("prices:{shop}"), what).await {
            tracing::debug!(%error, "a signal was not delivered; pages refresh by themselves");
        }
    }
}
