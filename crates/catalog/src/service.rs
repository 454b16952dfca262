//! The door of the catalogue for edges and later rooms.

use crate::{
    CatalogError, NewNotice,
    model::{Access, CatalogOffer, Notice, OfferCity, Proxy, Shop, ShopCity, ShopPoint},
    store,
};
use sauda_accounts::{Right, Scope};
use sauda_cluster::Cluster;
use sauda_jobs::Jobs;
use sauda_kernel::{AccessId, Clock, Id, Ids, MerchantId, OfferId, ProxyId, ShopId, Tenge, Timestamp};
use sauda_market::Marketplace;
use sauda_store::{Db, On, Vault};
use std::{collections::HashMap, sync::Arc};

/// Everything the catalogue needs. Cheap to clone.
#[derive(Clone)]
pub struct Catalog {
    pub(crate) db: Db,
    pub(crate) cluster: Cluster,
    pub(crate) jobs: Jobs,
    pub(crate) market: Arc<dyn Marketplace>,
    pub(crate) vault: Vault,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
}

impl Catalog {
    pub fn new(
        db: Db,
        cluster: Cluster,
        jobs: Jobs,
        market: Arc<dyn Marketplace>,
        vault: Vault,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Self {
        Self {
            db,
            cluster,
            jobs,
            market,
            vault,
            clock,
            ids,
        }
    }

    /// The marketplace behind this catalogue.
    pub fn market(&self) -> &Arc<dyn Marketplace> {
        &self.market
    }

    pub(crate) fn id<K: sauda_kernel::IdKind>(&self) -> Id<K> {
        Id::new(&*self.clock, &*self.ids)
    }

    /// Shops of the merchant, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn shops(&self, scope: &Scope) -> Result<Vec<Shop>, CatalogError> {
        Ok(store::shops::list(&self.db, scope).await?)
    }

    /// # Errors
    /// When there is no such shop of this merchant.
    pub async fn shop(&self, scope: &Scope, id: &ShopId) -> Result<Shop, CatalogError> {
        store::shops::find(&self.db, scope, id)
            .await?
            .ok_or_else(|| CatalogError::NotFound {
                what: "shop",
                id: id.to_string(),
            })
    }

    /// The shop with this word in its address.
    ///
    /// # Errors
    /// When there is no such shop of this merchant.
    pub async fn shop_by_slug(&self, scope: &Scope, slug: &str) -> Result<Shop, CatalogError> {
        let shops = self.shops(scope).await?;
        shops
            .into_iter()
            .find(|shop| shop.slug == slug)
            .ok_or_else(|| CatalogError::NotFound {
                what: "shop",
                id: slug.to_owned(),
            })
    }

    /// Cards that the merchant stands on, with the name and the lowest of its prices there: in parts, those after one in their
    /// order, since a merchant may have a hundred thousand.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn own_cards_after(
        &self,
        scope: &Scope,
        after: &str,
        limit: i64,
    ) -> Result<Vec<(String, String, Option<Tenge>)>, CatalogError> {
        Ok(store::offers::own_cards(&self.db, scope, after, limit).await?)
    }

    /// Which of these cards the merchant stands on, and the lowest of its prices there.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn own_prices(
        &self,
        scope: &Scope,
        cards: &[&str],
    ) -> Result<HashMap<String, Option<Tenge>>, CatalogError> {
        Ok(store::offers::own_prices(&self.db, scope, cards).await?)
    }

    /// How many cards the merchant stands on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn own_card_count(&self, scope: &Scope) -> Result<i64, CatalogError> {
        Ok(store::offers::own_card_count(&self.db, scope).await?)
    }

    /// Every shop of the installation: for loops that work for all.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn all_shops(&self) -> Result<Vec<Shop>, CatalogError> {
        Ok(store::shops::all(&self.db).await?)
    }

    /// Whose shop it is.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn merchant_of(&self, shop: &ShopId) -> Result<MerchantId, CatalogError> {
        store::shops::merchant_of(&self.db, shop)
            .await?
            .ok_or_else(|| CatalogError::NotFound {
                what: "shop",
                id: shop.to_string(),
            })
    }

    /// Stops working for a shop and hides it; its history stays.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn remove_shop(&self, scope: &Scope, id: &ShopId) -> Result<(), CatalogError> {
        let mut tx = self.db.write().await?;
        if store::shops::remove(&mut tx, scope, id, self.clock.now()).await? == 0 {
            return Err(CatalogError::NotFound {
                what: "shop",
                id: id.to_string(),
            });
        }
        store::keys::delete(&mut tx, id).await?;
        self.announce(&mut tx, scope, id).await?;
        tx.commit().await?;
        Ok(())
    }

    /// # Errors
    /// When the database does not answer.
    pub async fn points(&self, scope: &Scope, shop: &ShopId) -> Result<Vec<ShopPoint>, CatalogError> {
        self.shop(scope, shop).await?;
        Ok(store::shops::points(&self.db, shop).await?)
    }

    /// # Errors
    /// When the database does not answer.
    pub async fn cities(&self, scope: &Scope, shop: &ShopId) -> Result<Vec<ShopCity>, CatalogError> {
        self.shop(scope, shop).await?;
        Ok(store::shops::cities(&self.db, shop).await?)
    }

    /// Lets the price bot work in a city, or not.
    ///
    /// # Errors
    /// When the shop has no such city.
    pub async fn watch_city(
        &self,
        scope: &Scope,
        shop: &ShopId,
        city: &str,
        watched: bool,
    ) -> Result<(), CatalogError> {
        self.shop(scope, shop).await?;
        let mut tx = self.db.write().await?;
        if store::shops::set_city_watched(&mut tx, shop, city, watched).await? == 0 {
            return Err(CatalogError::NotFound {
                what: "city",
                id: city.to_owned(),
            });
        }
        self.announce(&mut tx, scope, shop).await?;
        tx.commit().await?;
        Ok(())
    }

    /// # Errors
    /// When there is no such offer of this merchant.
    pub async fn offer(&self, scope: &Scope, id: &OfferId) -> Result<CatalogOffer, CatalogError> {
        store::offers::find(&self.db, scope, id)
            .await?
            .ok_or_else(|| CatalogError::NotFound {
                what: "offer",
                id: id.to_string(),
            })
    }

    /// Offers by ids, whoever they belong to: for work that shops share.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn offers_by_ids(&self, ids: &[OfferId]) -> Result<Vec<CatalogOffer>, CatalogError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        Ok(store::offers::by_ids(&self.db, ids).await?)
    }

    /// Offer ids by SKU, gone offers too.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn offer_ids_by_sku(
        &self,
        scope: &Scope,
        shop: &ShopId,
    ) -> Result<std::collections::HashMap<String, OfferId>, CatalogError> {
        self.shop(scope, shop).await?;
        Ok(store::offers::ids_by_sku(&self.db, shop).await?)
    }

    /// Offers of a shop that stand on a card of the marketplace.
    ///
    /// # Errors
    /// When the shop is not the merchant's.
    pub async fn offer_ids_by_card(
        &self,
        scope: &Scope,
        shop: &ShopId,
        card: &str,
    ) -> Result<Vec<OfferId>, CatalogError> {
        self.shop(scope, shop).await?;
        Ok(store::offers::ids_by_card(&self.db, shop, card).await?)
    }

    /// Own prices of an offer per city, as the cabinet showed them last.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn offer_cities(&self, offer: &OfferId) -> Result<Vec<OfferCity>, CatalogError> {
        Ok(store::offers::cities(&self.db, offer).await?)
    }

    /// How many offers a shop has in the cabinet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn offer_count(&self, shop: &ShopId) -> Result<i64, CatalogError> {
        Ok(store::offers::count(&self.db, shop).await?)
    }

    /// Hides an offer from lists and from the bot, or shows it again.
    ///
    /// # Errors
    /// When there is no such offer.
    pub async fn hide_offer(&self, scope: &Scope, id: &OfferId, hidden: bool) -> Result<(), CatalogError> {
        let offer = self.offer(scope, id).await?;
        let mut tx = self.db.write().await?;
        store::offers::set_hidden(&mut tx, scope, id, hidden.then(|| self.clock.now())).await?;
        self.announce(&mut tx, scope, &offer.shop).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Logins of the merchant with the state of their sessions.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn accesses(&self, scope: &Scope) -> Result<Vec<Access>, CatalogError> {
        Ok(store::accesses::list(&self.db, scope).await?)
    }

    /// # Errors
    /// When there is no such login of this merchant.
    pub async fn access(&self, scope: &Scope, id: &AccessId) -> Result<Access, CatalogError> {
        store::accesses::find(&self.db, scope, id)
            .await?
            .ok_or_else(|| CatalogError::NotFound {
                what: "access",
                id: id.to_string(),
            })
    }

    /// # Errors
    /// When the database does not answer.
    pub async fn proxies(&self, scope: &Scope) -> Result<Vec<Proxy>, CatalogError> {
        Ok(store::proxies::list(&self.db, scope).await?)
    }

    /// # Errors
    /// When there is no such proxy.
    pub async fn remove_proxy(&self, scope: &Scope, id: &ProxyId) -> Result<(), CatalogError> {
        if store::proxies::delete(&self.db, scope, id).await? == 0 {
            return Err(CatalogError::NotFound {
                what: "proxy",
                id: id.to_string(),
            });
        }
        Ok(())
    }

    /// # Errors
    /// When there is no such proxy.
    pub async fn enable_proxy(&self, scope: &Scope, id: &ProxyId, enabled: bool) -> Result<(), CatalogError> {
        if store::proxies::set_enabled(&self.db, scope, id, enabled).await? == 0 {
            return Err(CatalogError::NotFound {
                what: "proxy",
                id: id.to_string(),
            });
        }
        Ok(())
    }

    /// Open notices of a shop (and of no shop) that concern this person, worst first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn notices(
        &self,
        scope: &Scope,
        shop: Option<&ShopId>,
        limit: i64,
    ) -> Result<Vec<Notice>, CatalogError> {
        let mut open = store::notices::open(&self.db, scope, shop, self.clock.now(), limit).await?;
        open.retain(|notice| right_for(&notice.word).is_none_or(|right| scope.may(right)));
        Ok(open)
    }

    /// Notices of a shop (and of no shop) that spoke since a moment and concern this person, mended or not, worst first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn notices_since(
        &self,
        scope: &Scope,
        shop: Option<&ShopId>,
        from: Timestamp,
        limit: i64,
    ) -> Result<Vec<Notice>, CatalogError> {
        let mut all = store::notices::since(&self.db, scope, shop, from, limit).await?;
        all.retain(|notice| right_for(&notice.word).is_none_or(|right| scope.may(right)));
        Ok(all)
    }

    /// Tells the merchant something, inside the caller's transaction.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tell(
        &self,
        on: impl Into<On<'_>>,
        scope: &Scope,
        notice: &NewNotice,
    ) -> Result<(), CatalogError> {
        store::notices::raise(on, scope, &self.id(), notice, self.clock.now()).await?;
        Ok(())
    }

    /// Says that something told before is no longer so.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn settle(
        &self,
        on: impl Into<On<'_>>,
        scope: &Scope,
        word: &str,
        subject: &str,
    ) -> Result<(), CatalogError> {
        store::notices::resolve(on, scope, word, subject, self.clock.now()).await?;
        Ok(())
    }

    /// What some notices told of these subjects is over; inside the caller's transaction when it has one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn settle_all(
        &self,
        on: impl Into<On<'_>>,
        scope: &Scope,
        words: &[&str],
        subjects: &[String],
    ) -> Result<(), CatalogError> {
        if !subjects.is_empty() {
            store::notices::resolve_all(on, scope, words, subjects, self.clock.now()).await?;
        }
        Ok(())
    }

    /// The cabinet shows a new own price in a city; inside the caller's transaction.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn note_price(
        &self,
        on: impl Into<On<'_>>,
        offer: &OfferId,
        city: &str,
        price: sauda_kernel::Tenge,
    ) -> Result<(), CatalogError> {
        store::offers::upsert_cities(
            on,
            vec![(offer.clone(), city.to_owned(), price)],
            self.clock.now(),
        )
        .await?;
        Ok(())
    }
}

/// Notices of orders are for those who work on them.
pub(crate) fn right_for(word: &str) -> Option<Right> {
    ["order", "waybill"]
        .iter()
        .any(|of| word.starts_with(of))
        .then_some(Right::ViewOrders)
}
