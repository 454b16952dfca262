//! The price of an offer fixed in one city: held against the floor before it is kept. Refuses to send it: the next decision does.

use super::rules::check_price;
use crate::{Pricing, PricingError};
use sauda_accounts::Scope;
use sauda_kernel::{OfferId, Tenge};

impl Pricing {
    /// Fixes the price of an offer in a city, or leaves it to the bot again. The bot then holds it there as a pinned price; the other
    /// cities are as before.
    ///
    /// # Errors
    /// When there is no such offer or city, nothing is fixed there, or the price is impossible or under the floor.
    pub async fn fix_city_price(
        &self,
        scope: &Scope,
        id: &OfferId,
        city: &str,
        price: Option<Tenge>,
    ) -> Result<(), PricingError> {
        let offer = self.catalog.offer(scope, id).await?;
        let cities = self.catalog.cities(scope, &offer.shop).await?;
        let not_found = || PricingError::NotFound {
            what: "city",
            id: city.to_owned(),
        };
        if !cities.iter().any(|known| known.city_id == city) {
            return Err(not_found());
        }
        check_price("price", price)?;
        if let Some(price) = price {
            let floor = self.lowest_of(scope, &offer).await?;
            if price < floor {
                return Err(PricingError::BelowFloor { price, floor });
            }
        }
        let mut tx = self.db.write().await?;
        let place = (&offer.shop, id, city);
        if self.catalog.keep_city_price(&mut tx, scope, place, price).await? == 0 {
            return Err(not_found());
        }
        let said = price.map_or_else(|| "–".to_owned(), |price| price.to_string());
        self.audit(
            &mut tx,
            scope,
            "offer.city_price",
            id.as_str(),
            None,
            Some(format!("{city}: {said}")),
        )
        .await?;
        tx.commit().await?;
        self.check_offers_now(std::slice::from_ref(id)).await?;
        self.signal(&offer.shop, id.as_str()).await;
        Ok(())
    }

    /// The lowest price that settings and costs of an offer allow now; zero when there is none at all.
    async fn lowest_of(
        &self,
        scope: &Scope,
        offer: &sauda_catalog::CatalogOffer,
    ) -> Result<Tenge, PricingError> {
        let now = self.clock.now();
        let own = self.rule_of(offer).await?;
        let settings = self.shop_settings(scope, &offer.shop).await?;
        let named = match &own.rule {
            Some(rule) => Some(self.rule(scope, rule).await?),
            None => None,
        };
        let (rule, _) = own.effective(&settings, named.as_ref(), now);
        let cost = match self.cost_of(scope, offer, own.cost, &settings.economics).await? {
            Some(cost) => Some(sauda_economics::floor(&cost.parts)?),
            None => None,
        };
        let by_rule = rule.min.max(rule.store_minimum);
        Ok(by_rule.max(cost).unwrap_or(Tenge::ZERO))
    }
}
