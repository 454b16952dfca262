//! Prices that people fix in single cities; refuses to know a floor: the room of prices asks for it before it keeps one here.

use crate::{Catalog, CatalogError, model::CityPrice, store::city_prices};
use sauda_accounts::Scope;
use sauda_kernel::{OfferId, ShopId, Tenge};
use sauda_store::Tx;
use std::collections::HashMap;

impl Catalog {
    /// Prices fixed in cities of a shop, by city and article.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn city_prices(&self, scope: &Scope, shop: &ShopId) -> Result<Vec<CityPrice>, CatalogError> {
        self.shop(scope, shop).await?;
        Ok(city_prices::list(&self.db, scope, shop).await?)
    }

    /// Prices fixed for these offers, by city.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn city_prices_of(
        &self,
        offers: &[OfferId],
    ) -> Result<HashMap<(OfferId, String), Tenge>, CatalogError> {
        let mut found = HashMap::new();
        for part in offers.chunks(1_000) {
            found.extend(city_prices::of_offers(&self.db, part).await?);
        }
        Ok(found)
    }

    /// Keeps a price that was held against the floor, or lets one go, in the caller's transaction; 0 when there was none to let go.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keep_city_price(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        place: (&ShopId, &OfferId, &str),
        price: Option<Tenge>,
    ) -> Result<u64, CatalogError> {
        let (shop, offer, city) = place;
        Ok(match price {
            Some(price) => {
                city_prices::put(&mut *tx, scope, shop, offer, city, price, self.clock.now()).await?
            }
            None => city_prices::delete(&mut *tx, scope, offer, city).await?,
        })
    }
}
