//! The price list that the marketplace fetches: written from offers at the moment it is asked for, whole or not at all. Refuses to serve an old one.

mod address;
mod build;
pub(crate) mod document;
pub(crate) mod facts;
mod goods;
pub(crate) mod hold;
pub(crate) mod judge;
mod serve;
mod wished;

pub use build::{FeedCheck, FeedRow, FeedRows, RowsWanted};
pub use document::Counts as FeedCounts;
pub use facts::{FeedGoods, RowReason};
pub use goods::OfferPlaces;
pub use hold::Held;
pub use judge::PREORDER_DAYS;
pub use serve::{FeedAnswer, FeedList, Fetcher, RETRY_AFTER};
pub use wished::{NoWishes, WishedPrice, WishedPrices};

use crate::{Catalog, CatalogError};
use sauda_accounts::{Accounts, AuditEntry, Right, Scope};
use sauda_store::Tx;
use std::sync::Arc;

/// The marketplace fetches a list as often as this, when it changed.
pub const FETCHED_EVERY: sauda_kernel::Span = sauda_kernel::Span::from_mins(60);

/// The door of price list feeds. Cheap to clone.
#[derive(Clone)]
pub struct Feeds {
    pub(crate) catalog: Catalog,
    pub(crate) accounts: Accounts,
    pub(crate) wishes: Arc<dyn WishedPrices>,
}

impl Feeds {
    pub fn new(catalog: Catalog, accounts: Accounts, wishes: Arc<dyn WishedPrices>) -> Self {
        Self {
            catalog,
            accounts,
            wishes,
        }
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
    ) -> Result<(), CatalogError> {
        let entry = AuditEntry {
            what,
            subject: subject.to_owned(),
            before,
            after,
            address: None,
        };
        let written = self.accounts.audit(tx, scope, entry).await;
        written.map(|_| ()).map_err(CatalogError::Accounts)
    }
}

/// # Errors
/// When the caller may not change the catalogue.
pub(crate) fn may_manage(scope: &Scope) -> Result<(), CatalogError> {
    scope
        .require(Right::ManageCatalog)
        .map_err(CatalogError::Accounts)
}
