//! What a person put off on Today: notices, and rows that are counted anew at each look. Refuses to forget: everything put off can be brought back.

use crate::{Catalog, CatalogError, Notice, store};
use sauda_accounts::Scope;
use sauda_kernel::{NoticeId, ShopId, Timestamp};

/// A row that is counted anew at each look, put off by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutOff {
    /// Which row: the word of its text.
    pub word: String,
    /// When it comes back; nothing: when a person brings it back.
    pub until: Option<Timestamp>,
}

impl Catalog {
    /// Puts a notice away: for good, or until a time.
    ///
    /// # Errors
    /// When there is no such notice.
    pub async fn put_away(
        &self,
        scope: &Scope,
        id: &NoticeId,
        until: Option<Timestamp>,
    ) -> Result<(), CatalogError> {
        let found = store::notices::put_away(&self.db, scope, id, until, self.clock.now()).await?;
        self.found_notice(found, id)
    }

    /// Notices that were put off and have not come back yet, with when they will; the first to come back first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn notices_put_off(
        &self,
        scope: &Scope,
        shop: &ShopId,
    ) -> Result<Vec<(Notice, Timestamp)>, CatalogError> {
        let mut off = store::notices::put_off(&self.db, scope, shop, self.clock.now()).await?;
        off.retain(|(notice, _)| {
            crate::service::right_for(&notice.word).is_none_or(|right| scope.may(right))
        });
        Ok(off)
    }

    /// Brings a notice back that was put off.
    ///
    /// # Errors
    /// When there is no such notice.
    pub async fn bring_back(&self, scope: &Scope, id: &NoticeId) -> Result<(), CatalogError> {
        let found = store::notices::bring_back(&self.db, scope, id).await?;
        self.found_notice(found, id)
    }

    /// Rows of a shop that are put off now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rows_put_off(&self, scope: &Scope, shop: &ShopId) -> Result<Vec<PutOff>, CatalogError> {
        Ok(store::put_off::list(&self.db, scope, shop, self.clock.now()).await?)
    }

    /// Puts a row off: until a time, or until a person brings it back. The last word counts.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn put_row_off(&self, scope: &Scope, shop: &ShopId, row: &PutOff) -> Result<(), CatalogError> {
        self.shop(scope, shop).await?;
        store::put_off::put(&self.db, scope, shop, row).await?;
        Ok(())
    }

    /// Brings a row back; one that was not put off stays as it is.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bring_row_back(&self, scope: &Scope, shop: &ShopId, word: &str) -> Result<(), CatalogError> {
        store::put_off::delete(&self.db, scope, shop, word).await?;
        Ok(())
    }

    fn found_notice(&self, found: u64, id: &NoticeId) -> Result<(), CatalogError> {
        if found == 0 {
            return Err(CatalogError::NotFound {
                what: "notice",
                id: id.to_string(),
            });
        }
        Ok(())
    }
}
