//! The address of a list and the way prices leave: made, changed and switched by people. Refuses to keep the word of an address unsealed.

use super::{Feeds, document::hex, may_manage};
use crate::{CatalogError, Feed, FeedFetch, FeedWay, store::feeds};
use sauda_accounts::Scope;
use sauda_kernel::ShopId;
use sauda_store::Sealed;
use sha2::{Digest as _, Sha256};

/// Random bytes of the word in an address: 160 bits.
const WORD_BYTES: usize = 20;
/// Fetches that people are shown.
const SHOWN: i64 = 50;

impl Feeds {
    /// The feed of a shop; a blank one when nobody set it up.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn feed(&self, scope: &Scope, shop: &ShopId) -> Result<Feed, CatalogError> {
        self.catalog.shop(scope, shop).await?;
        let feed = feeds::find(&self.catalog.db, shop).await?;
        Ok(feed.unwrap_or_else(|| Feed::blank(shop)))
    }

    /// The word in the address, for those who may see it.
    ///
    /// # Errors
    /// When there is no such shop, or the word cannot be unsealed.
    pub async fn word(&self, scope: &Scope, shop: &ShopId) -> Result<Option<String>, CatalogError> {
        may_manage(scope)?;
        self.catalog.shop(scope, shop).await?;
        let Some(sealed) = feeds::sealed(&self.catalog.db, shop).await? else {
            return Ok(None);
        };
        let bytes = self.catalog.vault.open(&purpose(scope, shop), &Sealed(sealed))?;
        Ok(String::from_utf8(bytes.to_vec()).ok())
    }

    /// Who fetched the list, newest first.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn fetches(&self, scope: &Scope, shop: &ShopId) -> Result<Vec<FeedFetch>, CatalogError> {
        self.catalog.shop(scope, shop).await?;
        Ok(feeds::fetches(&self.catalog.db, shop, SHOWN).await?)
    }

    /// Makes an address, or another one: the one before is dead at once. The first address switches the list on beside the cabinet.
    ///
    /// # Errors
    /// When there is no such shop, or the caller may not.
    pub async fn rotate(&self, scope: &Scope, shop: &ShopId) -> Result<Feed, CatalogError> {
        may_manage(scope)?;
        let before = self.feed(scope, shop).await?;
        let mut bytes = [0_u8; WORD_BYTES];
        getrandom::fill(&mut bytes).map_err(|error| CatalogError::Cluster(error.to_string()))?;
        let word = hex(&bytes);
        let sealed = self.catalog.vault.seal(&purpose(scope, shop), word.as_bytes())?;
        let now = self.catalog.clock.now();
        let mut tx = self.catalog.db.write().await?;
        feeds::put_address(&mut tx, scope, shop, &fingerprint(&word), &sealed.0, now).await?;
        if !before.has_address && before.way == FeedWay::Cabinet {
            feeds::set_way(&mut tx, scope, shop, FeedWay::Both).await?;
        }
        let what = if before.has_address {
            "feed.rotated"
        } else {
            "feed.made"
        };
        self.audit(&mut tx, scope, what, shop.as_str(), None, None)
            .await?;
        tx.commit().await?;
        self.feed(scope, shop).await
    }

    /// Switches how prices leave. The list alone or beside the cabinet needs an address; one is made when there is none.
    ///
    /// # Errors
    /// When there is no such shop, or the caller may not.
    pub async fn set_way(&self, scope: &Scope, shop: &ShopId, way: FeedWay) -> Result<Feed, CatalogError> {
        may_manage(scope)?;
        let mut before = self.feed(scope, shop).await?;
        if way != FeedWay::Cabinet && !before.has_address {
            before = self.rotate(scope, shop).await?;
        }
        let mut tx = self.catalog.db.write().await?;
        if feeds::set_way(&mut tx, scope, shop, way).await? > 0 {
            let words = (before.way.word().to_owned(), way.word().to_owned());
            self.audit(
                &mut tx,
                scope,
                "feed.way",
                shop.as_str(),
                Some(words.0),
                Some(words.1),
            )
            .await?;
        }
        tx.commit().await?;
        self.feed(scope, shop).await
    }

    /// Has products that no offer of the shop sells join its list as goods of a point, so that the marketplace makes offers of them; or
    /// no more. Products without a price or a number of pieces stay out and are named.
    ///
    /// # Errors
    /// When the shop has no such point that works, or the caller may not.
    pub async fn list_products(
        &self,
        scope: &Scope,
        shop: &ShopId,
        point: Option<&str>,
    ) -> Result<Feed, CatalogError> {
        may_manage(scope)?;
        let before = self.feed(scope, shop).await?;
        if let Some(point) = point {
            let points = self.catalog.points(scope, shop).await?;
            let works = |one: &crate::ShopPoint| one.id == point && one.enabled && one.gone_at.is_none();
            if !points.iter().any(works) {
                return Err(CatalogError::NotFound {
                    what: "point",
                    id: point.to_owned(),
                });
            }
        }
        let mut tx = self.catalog.db.write().await?;
        if feeds::set_products_point(&mut tx, scope, shop, point).await? > 0 {
            let after = point.map(str::to_owned);
            self.audit(
                &mut tx,
                scope,
                "feed.products",
                shop.as_str(),
                before.products_point,
                after,
            )
            .await?;
        }
        tx.commit().await?;
        self.feed(scope, shop).await
    }

    /// A person agrees that the list has become so small.
    ///
    /// # Errors
    /// When another number of offers would leave by now than the person saw.
    pub async fn agree(&self, scope: &Scope, shop: &ShopId, seen_rows: i64) -> Result<Feed, CatalogError> {
        may_manage(scope)?;
        let check = self.check(scope, shop).await?;
        if check.counts.rows != seen_rows {
            return Err(CatalogError::ListChanged {
                seen: seen_rows,
                now: check.counts.rows,
            });
        }
        let mut tx = self.catalog.db.write().await?;
        feeds::agree(&mut tx, shop, seen_rows).await?;
        let after = Some(seen_rows.to_string());
        self.audit(&mut tx, scope, "feed.agreed", shop.as_str(), None, after)
            .await?;
        tx.commit().await?;
        self.feed(scope, shop).await
    }

    /// Shops whose prices leave by the list alone: nothing is pushed through their cabinet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn by_list_alone(&self) -> Result<Vec<ShopId>, CatalogError> {
        self.catalog.by_list_alone().await
    }
}

impl crate::Catalog {
    /// Shops whose prices leave by the list alone: nothing is pushed through their cabinet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn by_list_alone(&self) -> Result<Vec<ShopId>, CatalogError> {
        Ok(feeds::by_list_alone(&self.db).await?)
    }

    /// How prices of a shop leave, and until when its list is fetched next by habit; no moment when it never was.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn way_of(
        &self,
        shop: &ShopId,
    ) -> Result<(FeedWay, Option<sauda_kernel::Timestamp>), CatalogError> {
        let Some(feed) = feeds::find(&self.db, shop).await? else {
            return Ok((FeedWay::Cabinet, None));
        };
        let next = feed.good_at.map(|at| at.plus(super::FETCHED_EVERY));
        Ok((feed.way, next.filter(|next| *next > self.clock.now())))
    }
}

fn purpose(scope: &Scope, shop: &ShopId) -> String {
    format!("merchant:{}:shop:{shop}:feed", scope.merchant())
}

/// What is kept instead of the word. Whatever is asked with takes the same work.
pub(super) fn fingerprint(word: &str) -> String {
    hex(&Sha256::digest(word.as_bytes()))
}
