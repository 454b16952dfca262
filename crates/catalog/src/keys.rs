//! Keys of shops to the marketplace's official interface: sealed, shown by their end only.

use crate::{
    Catalog, CatalogError, NewNotice, Tone,
    model::{KeyState, ShopKey},
    notices, store,
};
use sauda_accounts::Scope;
use sauda_cluster::{BudgetKey, Limit, Permit};
use sauda_kernel::{MerchantId, ShopId, Span};
use sauda_market::{ApiToken, Egress, MarketError};
use sauda_store::Sealed;
use secrecy::SecretString;
use std::time::Duration;

/// A key ready to be used: with the way out of its shop.
#[derive(Debug, Clone)]
pub struct OpenKey {
    pub token: ApiToken,
    pub egress: Egress,
}

/// Calls of the official interface with one shop's key, whatever they are about: the room of orders spends the same budget.
pub const KEY_CALLS: Limit = Limit::per(4, Span::from_secs(1));
/// A person waits no longer than this for a permit.
const LONGEST_WAIT: Span = Span::from_secs(20);

/// The budget of calls with a shop's key.
pub fn key_calls(shop: &ShopId) -> BudgetKey {
    BudgetKey::new("order-calls", shop.as_str())
}

/// Shortest and longest key that makes sense, letters.
const LENGTH: std::ops::RangeInclusive<usize> = 16..=200;

impl Catalog {
    /// The key of a shop, as people see it.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn shop_key(&self, scope: &Scope, shop: &ShopId) -> Result<Option<ShopKey>, CatalogError> {
        self.shop(scope, shop).await?;
        Ok(store::keys::find(&self.db, shop).await?)
    }

    /// Keeps the key of a shop in the place of the one before.
    ///
    /// # Errors
    /// When it cannot be a key, or there is no such shop.
    pub async fn put_shop_key(&self, scope: &Scope, shop: &ShopId, typed: &str) -> Result<(), CatalogError> {
        self.shop(scope, shop).await?;
        let typed = typed.trim();
        let good = LENGTH.contains(&typed.len())
            && typed
                .bytes()
                .all(|letter| letter.is_ascii_alphanumeric() || b"+/=_-.".contains(&letter));
        if !good {
            return Err(CatalogError::Key(typed.chars().count()));
        }
        let sealed = self
            .vault
            .seal(&purpose(scope.merchant(), shop), typed.as_bytes())?;
        let end: String = typed.trim_end_matches('=').chars().rev().take(4).collect();
        let end: String = end.chars().rev().collect();
        store::keys::put(&self.db, scope, shop, &sealed.0, &end, self.clock.now()).await?;
        Ok(())
    }

    /// Forgets the key of a shop.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn forget_shop_key(&self, scope: &Scope, shop: &ShopId) -> Result<(), CatalogError> {
        self.shop(scope, shop).await?;
        store::keys::delete(&self.db, shop).await?;
        self.settle(&self.db, scope, notices::KEY_REFUSED, shop.as_str())
            .await
    }

    /// Opens the key of a shop for calls.
    ///
    /// # Errors
    /// When the shop has none.
    pub async fn open_shop_key(&self, scope: &Scope, shop: &ShopId) -> Result<OpenKey, CatalogError> {
        let shop = self.shop(scope, shop).await?;
        let sealed = store::keys::sealed(&self.db, &shop.id)
            .await?
            .ok_or(CatalogError::NoKey)?;
        let bytes = self
            .vault
            .open(&purpose(scope.merchant(), &shop.id), &Sealed(sealed))?;
        let text = String::from_utf8(bytes.to_vec()).map_err(|_| CatalogError::NoKey)?;
        Ok(OpenKey {
            token: ApiToken(SecretString::from(text)),
            egress: self.egress_of(scope, &shop).await?,
        })
    }

    /// Waits for the permit of one call with a shop's key.
    ///
    /// # Errors
    /// When the budget is spent for longer than anybody waits.
    pub(crate) async fn permit_key_call(&self, shop: &ShopId) -> Result<(), CatalogError> {
        let budget = key_calls(shop);
        let limit = self.clock.now().plus(LONGEST_WAIT);
        loop {
            let permit = self.cluster.take(&budget, &KEY_CALLS, 1).await;
            match permit.map_err(|error| CatalogError::Cluster(error.to_string()))? {
                Permit::Granted => return Ok(()),
                Permit::Refused { retry_at } if retry_at < limit => {
                    let wait = retry_at.since(self.clock.now()).to_std();
                    tokio::time::sleep(wait.max(Duration::from_millis(5))).await;
                }
                Permit::Refused { retry_at } => return Err(CatalogError::Budget(retry_at)),
            }
        }
    }

    /// Notes what a call with a shop's key came to, and that nothing more may be asked for a while when it was asked too much.
    ///
    /// # Errors
    /// When the database or the shared state does not answer.
    pub(crate) async fn heard_with_key<T>(
        &self,
        scope: &Scope,
        shop: &ShopId,
        answer: &Result<T, MarketError>,
    ) -> Result<(), CatalogError> {
        self.note_shop_key(scope, shop, answer.as_ref().err()).await?;
        if let Err(MarketError::Throttled { wait }) = answer {
            let until = self.clock.now().plus(*wait);
            let blocked = self.cluster.block(&key_calls(shop), until).await;
            blocked.map_err(|error| CatalogError::Cluster(error.to_string()))?;
        }
        Ok(())
    }

    /// Notes what a call with a shop's key came to: that it works, or that it does not any more. Other troubles say nothing of it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn note_shop_key(
        &self,
        scope: &Scope,
        shop: &ShopId,
        trouble: Option<&MarketError>,
    ) -> Result<(), CatalogError> {
        let state = match trouble {
            None => KeyState::Works,
            Some(MarketError::BadToken) => KeyState::Refused,
            Some(_) => return Ok(()),
        };
        if store::keys::set_state(&self.db, shop, state, self.clock.now()).await? == 0 {
            return Ok(());
        }
        if state == KeyState::Refused {
            let notice = NewNotice::new(notices::KEY_REFUSED, shop.as_str(), Tone::Bad)
                .shop(shop)
                .link("/settings/shops");
            self.tell(&self.db, scope, &notice).await
        } else {
            self.settle(&self.db, scope, notices::KEY_REFUSED, shop.as_str())
                .await
        }
    }
}

fn purpose(merchant: &MerchantId, shop: &ShopId) -> String {
    format!("merchant:{merchant}:shop:{shop}:key")
}
