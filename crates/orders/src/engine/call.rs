//! Calls with the key of a shop: each has its permit, and what it says of the key is noted.

use crate::{Orders, OrdersError};
use sauda_accounts::Scope;
use sauda_catalog::OpenKey;
use sauda_cluster::{BudgetKey, Limit, Permit};
use sauda_kernel::{ShopId, Span};
use sauda_market::MarketError;
use std::time::Duration;

/// The official interface has no published limit; three to five a second are lived with. We keep to four a second a key.
pub const DESK_CALLS: Limit = Limit::per(4, Span::from_secs(1));
/// A permit that does not come within this is not waited for.
const LONGEST_WAIT: Span = Span::from_secs(20);

/// The open key of a shop.
pub(super) struct Key<'a> {
    pub orders: &'a Orders,
    pub scope: &'a Scope,
    pub shop: &'a ShopId,
    open: OpenKey,
}

impl<'a> Key<'a> {
    pub async fn open(orders: &'a Orders, scope: &'a Scope, shop: &'a ShopId) -> Result<Self, OrdersError> {
        Ok(Self {
            orders,
            scope,
            shop,
            open: orders.catalog.open_shop_key(scope, shop).await?,
        })
    }

    pub const fn token(&self) -> &sauda_market::ApiToken {
        &self.open.token
    }
    pub const fn via(&self) -> &sauda_market::Egress {
        &self.open.egress
    }

    /// Waits for the permit of one call.
    pub async fn permit(&self) -> Result<(), OrdersError> {
        let key = BudgetKey::new("order-calls", self.shop.as_str());
        let limit = self.orders.clock.now().plus(LONGEST_WAIT);
        loop {
            let permit = self
                .orders
                .cluster
                .take(&key, &DESK_CALLS, 1)
                .await
                .map_err(|error| OrdersError::Cluster(error.to_string()))?;
            match permit {
                Permit::Granted => return Ok(()),
                Permit::Refused { retry_at } if retry_at < limit => {
                    let wait = retry_at.since(self.orders.clock.now()).to_std();
                    tokio::time::sleep(wait.max(Duration::from_millis(5))).await;
                }
                Permit::Refused { retry_at } => {
                    let wait = retry_at.since(self.orders.clock.now());
                    return Err(MarketError::Throttled { wait }.into());
                }
            }
        }
    }

    /// Notes what a call says of the key. Gives its answer back.
    pub async fn heard<T>(
        &self,
        answer: Result<T, MarketError>,
    ) -> Result<Result<T, MarketError>, OrdersError> {
        self.orders
            .catalog
            .note_shop_key(self.scope, self.shop, answer.as_ref().err())
            .await?;
        if let Err(MarketError::Throttled { wait }) = &answer {
            let until = self.orders.clock.now().plus(*wait);
            self.orders
                .cluster
                .block(&BudgetKey::new("order-calls", self.shop.as_str()), until)
                .await
                .map_err(|error| OrdersError::Cluster(error.to_string()))?;
        }
        Ok(answer)
    }
}
