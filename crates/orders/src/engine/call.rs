//! Calls with the key of a shop: each has its permit, and what it says of the key is noted.

use super::{LEASE, TURN, keep::Articles};
use crate::{Orders, OrdersError};
use sauda_accounts::Scope;
use sauda_catalog::{KEY_CALLS, OpenKey, key_calls};
use sauda_cluster::{Lease, Limit, Permit};
use sauda_kernel::{ShopId, Span, Timestamp};
use sauda_market::MarketError;
use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tokio::sync::OnceCell;

/// The official interface has no published limit; three to five a second are lived with. We keep to four a second a key.
pub const DESK_CALLS: Limit = KEY_CALLS;
/// A permit that does not come within this is not waited for.
const LONGEST_WAIT: Span = Span::from_secs(20);

/// The open key of a shop.
pub(super) struct Key<'a> {
    pub orders: &'a Orders,
    pub scope: &'a Scope,
    pub shop: &'a ShopId,
    open: OpenKey,
    lease: &'a Lease,
    limit: &'a Limit,
    opened_at: Timestamp,
    articles: OnceCell<Articles>,
    /// It was noted that the key works.
    works: AtomicBool,
}

impl<'a> Key<'a> {
    pub async fn open(
        orders: &'a Orders,
        scope: &'a Scope,
        shop: &'a ShopId,
        lease: &'a Lease,
        limit: &'a Limit,
    ) -> Result<Self, OrdersError> {
        Ok(Self {
            orders,
            scope,
            shop,
            open: orders.catalog.open_shop_key(scope, shop).await?,
            lease,
            limit,
            opened_at: orders.clock.now(),
            articles: OnceCell::new(),
            works: AtomicBool::new(false),
        })
    }

    pub const fn token(&self) -> &sauda_market::ApiToken {
        &self.open.token
    }
    pub const fn via(&self) -> &sauda_market::Egress {
        &self.open.egress
    }

    /// The turn of the shop has lasted long enough: others wait.
    pub fn is_tired(&self) -> bool {
        self.orders.clock.now().since(self.opened_at) > TURN
    }

    /// Which offer has which article; read once a turn.
    pub async fn articles(&self) -> Result<&Articles, OrdersError> {
        self.articles
            .get_or_try_init(async || {
                Ok(self
                    .orders
                    .catalog
                    .offer_ids_by_sku(self.scope, self.shop)
                    .await?)
            })
            .await
    }

    /// Holds the shop for another while and waits for the permit of one call.
    pub async fn permit(&self) -> Result<(), OrdersError> {
        let held = self
            .orders
            .cluster
            .renew(self.lease, LEASE)
            .await
            .map_err(|error| OrdersError::Cluster(error.to_string()))?;
        if held.is_none() {
            return Err(OrdersError::LeaseLost);
        }
        let key = key_calls(self.shop);
        let limit = self.orders.clock.now().plus(LONGEST_WAIT);
        loop {
            let permit = self
                .orders
                .cluster
                .take(&key, self.limit, 1)
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
        // That the key works is noted once a turn.
        if answer.is_err() || !self.works.swap(true, Ordering::Relaxed) {
            let trouble = answer.as_ref().err();
            self.works.store(trouble.is_none(), Ordering::Relaxed);
            self.orders
                .catalog
                .note_shop_key(self.scope, self.shop, trouble)
                .await?;
        }
        if let Err(MarketError::Throttled { wait }) = &answer {
            let until = self.orders.clock.now().plus(*wait);
            self.orders
                .cluster
                .block(&key_calls(self.shop), until)
                .await
                .map_err(|error| OrdersError::Cluster(error.to_string()))?;
        }
        Ok(answer)
    }
}
