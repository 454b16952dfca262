//! Keys of shops to the marketplace's official interface: sealed, shown by their end only.

use crate::{
    Catalog, CatalogError, NewNotice, Tone,
    model::{KeyState, ShopKey},
    notices, store,
};
use sauda_accounts::Scope;
use sauda_kernel::{MerchantId, ShopId};
use sauda_market::{ApiToken, Egress, MarketError};
use sauda_store::Sealed;
use secrecy::SecretString;

/// A key ready to be used: with the way out of its shop.
#[derive(Debug, Clone)]
pub struct OpenKey {
    pub token: ApiToken,
    pub egress: Egress,
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
