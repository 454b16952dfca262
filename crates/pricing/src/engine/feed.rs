//! Decided prices as the price list carries them: judged at the moment it is written, recorded before it leaves. Refuses to send it.

use crate::{
    Pricing, PricingError,
    engine::subject::Subject,
    service::costs::Counting,
    store::{
        changes::{self, Change, ChangeState},
        context,
    },
};
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_catalog::{CatalogError, CatalogOffer, FeedWay, WishedPrice, WishedPrices};
use sauda_kernel::{Failure, OfferId, ProductId, ShopId, Span, Tenge};
use sauda_store::Tx;
use std::collections::{BTreeMap, HashMap};

/// A list that broke off while it left is fetched again before this; then it is looked at what became of its prices.
const SURELY_FETCHED: Span = Span::from_mins(70);
/// The first look at what arrived.
const FIRST_LOOK: Span = Span::from_mins(2);
/// Wishes named in one statement.
const AT_ONCE: usize = 500;

#[async_trait]
impl WishedPrices for Pricing {
    async fn wished(
        &self,
        scope: &Scope,
        shop: &ShopId,
        way: FeedWay,
        offers: &[OfferId],
    ) -> Result<Vec<WishedPrice>, CatalogError> {
        self.wished_of(scope, shop, way, offers).await.map_err(outside)
    }

    async fn floors(
        &self,
        scope: &Scope,
        shop: &ShopId,
        products: &[ProductId],
    ) -> Result<Vec<Option<Tenge>>, CatalogError> {
        let settings = self.shop_settings(scope, shop).await.map_err(outside)?;
        let Some(stock) = &self.stock else {
            return Ok(vec![None; products.len()]);
        };
        let failed = |error| outside(PricingError::Stock(error));
        let known = stock.products_goods(scope, products).await.map_err(failed)?;
        let rates = stock.offers_goods(scope, &[]).await.map_err(failed)?;
        let counting = Counting {
            goods: &rates,
            economics: &settings.economics,
            now: self.clock.now(),
        };
        let floor = |product| counting.floor_of_goods("", known.get(product)?);
        Ok(products.iter().map(floor).collect())
    }

    async fn leaving(&self, tx: &mut Tx, marks: &[String]) -> Result<(), CatalogError> {
        let now = self.clock.now();
        for part in marks.chunks(AT_ONCE) {
            changes::outdated(&mut *tx, part).await?;
            changes::leaving(&mut *tx, part, now, now.plus(SURELY_FETCHED)).await?;
        }
        Ok(())
    }

    async fn arrived(&self, tx: &mut Tx, marks: &[String]) -> Result<(), CatalogError> {
        let now = self.clock.now();
        for part in marks.chunks(AT_ONCE) {
            changes::arrived(&mut *tx, part, now, now.plus(FIRST_LOOK)).await?;
        }
        Ok(())
    }
}

fn outside(error: PricingError) -> CatalogError {
    match error {
        PricingError::Store(error) => error.into(),
        PricingError::Catalog(error) => error,
        other => {
            let code = other.public().first().map_or("bug", |public| public.code);
            tracing::warn!(
                error = sauda_kernel::chain(&other),
                "decided prices cannot be read for the price list"
            );
            CatalogError::Cluster(code.to_owned())
        }
    }
}

impl Pricing {
    async fn wished_of(
        &self,
        scope: &Scope,
        shop: &ShopId,
        way: FeedWay,
        offers: &[OfferId],
    ) -> Result<Vec<WishedPrice>, PricingError> {
        let open = changes::open_of(&self.db, offers).await?;
        let by_list = way == FeedWay::Feed;
        let mut chosen: BTreeMap<(OfferId, String), WishedPrice> = BTreeMap::new();
        // Oldest first: what was sent later stands over what was sent before.
        for change in open.iter().filter(|change| change.state.in_flight()) {
            let again = by_list && change.call.is_none() && change.state == ChangeState::Sending;
            let key = (change.offer.clone(), change.city_id.clone());
            chosen.insert(key, wish(change, again));
        }
        if by_list {
            let desired: Vec<&Change> = open
                .iter()
                .filter(|change| change.state == ChangeState::Desired)
                .collect();
            for change in self.sendable(scope, shop, desired).await? {
                let key = (change.offer.clone(), change.city_id.clone());
                chosen.insert(key, wish(change, true));
            }
        }
        Ok(chosen.into_values().collect())
    }

    /// Wishes that may leave by the settings of this moment: not paused, not under the floor, not above the ceiling.
    async fn sendable<'c>(
        &self,
        scope: &Scope,
        shop: &ShopId,
        wishes: Vec<&'c Change>,
    ) -> Result<Vec<&'c Change>, PricingError> {
        if wishes.is_empty() {
            return Ok(Vec::new());
        }
        let now = self.clock.now();
        let mut ids: Vec<OfferId> = wishes.iter().map(|wish| wish.offer.clone()).collect();
        ids.dedup();
        let places = context::of_offers(&self.db, &ids).await?;
        let loaded = self.load_places(places, now).await?;
        let found: HashMap<OfferId, CatalogOffer> = self
            .catalog
            .offers_by_ids(&ids)
            .await?
            .into_iter()
            .map(|offer| (offer.id.clone(), offer))
            .collect();
        let shops = HashMap::from([(shop.clone(), self.catalog.shop(scope, shop).await?)]);
        let mut kept = Vec::with_capacity(wishes.len());
        for wish in wishes {
            let place = loaded
                .places
                .iter()
                .find(|place| place.row.offer == wish.offer && place.row.city_id == wish.city_id);
            let subject = match place {
                Some(place) => Subject::of(place, &loaded, &found, &shops, now)?,
                None => None,
            };
            if subject.is_some_and(|subject| subject.lets_out(wish.to)) {
                kept.push(wish);
            }
        }
        Ok(kept)
    }
}

fn wish(change: &Change, marked: bool) -> WishedPrice {
    WishedPrice {
        offer: change.offer.clone(),
        city_id: change.city_id.clone(),
        price: change.to,
        mark: marked.then(|| change.id.to_string()),
    }
}
