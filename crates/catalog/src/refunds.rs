//! Returns of a shop from its cabinet, under the cabinet's budget. Keeps none: the orders room does.

use crate::{Catalog, CatalogError};
use sauda_accounts::Scope;
use sauda_kernel::ShopId;
use sauda_market::{Refund, RefundDetails, RefundPage, RefundTab};

impl Catalog {
    /// One page (from 0) of a shop's returns.
    ///
    /// # Errors
    /// When the shop has no access, its session has ended, or the cabinet does not answer.
    pub async fn cabinet_refunds(
        &self,
        scope: &Scope,
        shop: &ShopId,
        tab: RefundTab,
        page: u32,
    ) -> Result<RefundPage, CatalogError> {
        let cabinet = self.cabinet(scope, shop).await?;
        self.wait_cabinet_read(&cabinet.access).await?;
        let answer = self
            .market
            .refunds(&cabinet.egress, &cabinet.session, &cabinet.uid, tab, page)
            .await;
        self.heard(scope, &cabinet, answer).await
    }

    /// One return with its steps.
    ///
    /// # Errors
    /// The same.
    pub async fn cabinet_refund(
        &self,
        scope: &Scope,
        shop: &ShopId,
        refund: &Refund,
    ) -> Result<RefundDetails, CatalogError> {
        let cabinet = self.cabinet(scope, shop).await?;
        self.wait_cabinet_read(&cabinet.access).await?;
        let answer = self
            .market
            .refund(&cabinet.egress, &cabinet.session, &cabinet.uid, refund)
            .await;
        self.heard(scope, &cabinet, answer).await
    }
}
