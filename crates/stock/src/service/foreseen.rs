//! What was forecast, for pages, programs and the price bot. Refuses to count.

use super::{Stock, not_found};
use crate::{
    StockError,
    foresee::{Foreseen, PriceEffect, PriceSaid},
    model::day_of,
    store::forecasts,
};
use sauda_accounts::Scope;
use sauda_kernel::{OfferId, ProductId};
use std::collections::BTreeMap;

/// Days whose mean says what a day sells.
const WEEKS: i64 = 28;

/// What is expected of an offer's product at the price its forecast goes by, and what another price does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfferDemand {
    /// Thousandths of a piece a day.
    pub daily_milli: i64,
    pub effect: PriceEffect,
}

impl Stock {
    /// The forecast that is kept of a product, fresh or not.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn foreseen(&self, scope: &Scope, product: &ProductId) -> Result<Option<Foreseen>, StockError> {
        Ok(forecasts::find(&self.db, scope, product).await?)
    }

    /// The same, refused where there is none.
    ///
    /// # Errors
    /// When there is no such product, or nothing was counted of it yet.
    pub async fn forecast(&self, scope: &Scope, product: &ProductId) -> Result<Foreseen, StockError> {
        self.product(scope, product).await?;
        let found = self.foreseen(scope, product).await?;
        found.ok_or_else(|| not_found("forecast", product.as_str()))
    }

    /// The forecast of the product that an offer sells, fresh or not.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn foreseen_of_offer(
        &self,
        scope: &Scope,
        offer: &OfferId,
    ) -> Result<Option<Foreseen>, StockError> {
        let goods = self
            .catalog
            .goods_sold(scope, std::slice::from_ref(offer), &[])
            .await?;
        match goods.of(Some(offer), "") {
            Some(product) => self.foreseen(scope, &product.id).await,
            None => Ok(None),
        }
    }

    /// What the price of these products does, where something can be said.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn price_effects(
        &self,
        scope: &Scope,
        products: &[ProductId],
    ) -> Result<BTreeMap<ProductId, PriceEffect>, StockError> {
        let found = self.with_effects(scope, products).await?;
        let effect = |(product, told): (ProductId, Foreseen)| match told.price {
            PriceSaid::Known(effect) => Some((product, effect)),
            PriceSaid::Nothing | PriceSaid::NotEnough(_) => None,
        };
        Ok(found.into_iter().filter_map(effect).collect())
    }

    async fn with_effects(
        &self,
        scope: &Scope,
        products: &[ProductId],
    ) -> Result<BTreeMap<ProductId, Foreseen>, StockError> {
        let (Some(first), Some(last)) = (products.iter().min(), products.iter().max()) else {
            return Ok(BTreeMap::new());
        };
        let mut found = forecasts::effects(&self.db, scope, (first, last)).await?;
        found.retain(|product, _| products.contains(product));
        Ok(found)
    }

    /// Demand of the products that these offers sell, where a fresh forecast knows what their price does.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn offer_demand(
        &self,
        scope: &Scope,
        offers: &[OfferId],
    ) -> Result<BTreeMap<OfferId, OfferDemand>, StockError> {
        let goods = self.catalog.goods_sold(scope, offers, &[]).await?;
        let sold: Vec<(&OfferId, &ProductId)> = offers
            .iter()
            .filter_map(|offer| Some((offer, &goods.of(Some(offer), "")?.id)))
            .collect();
        let products: Vec<ProductId> = sold.iter().map(|(_, product)| (*product).clone()).collect();
        let known = self.with_effects(scope, &products).await?;
        let today = day_of(self.clock.now());
        let demand = |(offer, product): (&OfferId, &ProductId)| {
            let told = known.get(product).filter(|told| told.is_fresh(today))?;
            let PriceSaid::Known(effect) = told.price else {
                return None;
            };
            let daily_milli = told.expected_milli(today, WEEKS) / WEEKS;
            Some((offer.clone(), OfferDemand { daily_milli, effect }))
        };
        Ok(sold.into_iter().filter_map(demand).collect())
    }
}
