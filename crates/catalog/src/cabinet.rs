//! A shop's cabinet, ready to be called: session, way out, the shop's own id, budgets asked first.

use crate::{Catalog, CatalogError};
use sauda_accounts::Scope;
use sauda_cluster::{BudgetKey, Limit, Permit};
use sauda_kernel::{AccessId, ShopId, Span};
use sauda_market::{Egress, MarketError, Session};

/// What calls to the cabinet need.
#[derive(Debug, Clone)]
pub struct Cabinet {
    pub access: AccessId,
    pub uid: String,
    pub session: Session,
    pub egress: Egress,
}

/// No limit on cabinet reads was met at 1/s and with six readers at once; we keep to four a second an account.
pub const CABINET_READS: Limit = Limit::per(4, Span::from_secs(1));

impl Catalog {
    /// Opens the cabinet of a shop.
    ///
    /// # Errors
    /// When the shop has no access or its session has ended.
    pub async fn cabinet(&self, scope: &Scope, shop: &ShopId) -> Result<Cabinet, CatalogError> {
        let shop = self.shop(scope, shop).await?;
        let access = shop.access.clone().ok_or(CatalogError::NoAccess)?;
        let session = self.session(scope, &access).await?;
        let egress = self.egress_of(scope, &shop).await?;
        Ok(Cabinet {
            access,
            uid: shop.uid,
            session,
            egress,
        })
    }

    /// Asks for one read of a cabinet.
    ///
    /// # Errors
    /// `Budget` with the time to try again, or when the shared state does not answer.
    pub async fn permit_cabinet_read(&self, access: &AccessId) -> Result<(), CatalogError> {
        let key = BudgetKey::new("cabinet-reads", access.as_str());
        match self
            .cluster
            .take(&key, &CABINET_READS, 1)
            .await
            .map_err(|error| CatalogError::Cluster(error.to_string()))?
        {
            Permit::Granted => Ok(()),
            Permit::Refused { retry_at } => Err(CatalogError::Budget(retry_at)),
        }
    }

    /// Waits for a permit to read a cabinet, at most a minute.
    ///
    /// # Errors
    /// When there is none within a minute, or the shared state does not answer.
    pub async fn wait_cabinet_read(&self, access: &AccessId) -> Result<(), CatalogError> {
        let limit = self.clock.now().plus(Span::from_mins(1));
        loop {
            match self.permit_cabinet_read(access).await {
                Err(CatalogError::Budget(retry_at)) if retry_at < limit => {
                    tokio::time::sleep(
                        retry_at
                            .since(self.clock.now())
                            .to_std()
                            .max(std::time::Duration::from_millis(5)),
                    )
                    .await;
                }
                other => return other,
            }
        }
    }

    /// Notes how a cabinet call went: contact, or what the failure means for the login. Gives the answer back.
    ///
    /// # Errors
    /// The failure itself, or the database's.
    pub async fn heard<T>(
        &self,
        scope: &Scope,
        cabinet: &Cabinet,
        answer: Result<T, MarketError>,
    ) -> Result<T, CatalogError> {
        match answer {
            Ok(value) => {
                let now = self.clock.now();
                crate::store::accesses::touch(&self.db, &cabinet.access, now, now.minus(Span::from_mins(1)))
                    .await?;
                Ok(value)
            }
            Err(error) => {
                self.report(scope, &cabinet.access, &error).await?;
                Err(error.into())
            }
        }
    }
}
