//! Statements about prices that people fix in single cities.

use crate::model::CityPrice;
use sauda_accounts::Scope;
use sauda_kernel::{OfferId, ShopId, Tenge, Timestamp};
use sauda_store::{On, SqlBuilder, StoreError, Value, sql, sql_part};
use std::collections::HashMap;

/// Fixes a price in a city in the place of the one before.
pub(crate) async fn put(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    offer: &OfferId,
    city: &str,
    price: Tenge,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO city_prices (offer_id, city_id, merchant_id, shop_id, price, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (offer_id, city_id) DO UPDATE SET price = excluded.price, set_by = excluded.set_by, set_at = excluded.set_at"
    )
    .bind(offer)
    .bind(city)
    .bind(scope.merchant())
    .bind(shop)
    .bind(price)
    .bind(scope.actor_name())
    .bind(now)
    .run(on)
    .await
}

/// Lets a price in a city go.
pub(crate) async fn delete(
    on: impl Into<On<'_>>,
    scope: &Scope,
    offer: &OfferId,
    city: &str,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM city_prices WHERE merchant_id = $1 AND offer_id = $2 AND city_id = $3")
        .bind(scope.merchant())
        .bind(offer)
        .bind(city)
        .run(on)
        .await
}

/// Prices fixed in cities of a shop, by city and article.
pub(crate) async fn list(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
) -> Result<Vec<CityPrice>, StoreError> {
    let rows = sql!(
        "SELECT c.offer_id, c.city_id, c.price, c.set_by, c.set_at, o.sku, o.title FROM city_prices c JOIN offers o ON o.id = c.offer_id \
         WHERE c.merchant_id = $1 AND c.shop_id = $2 ORDER BY c.city_id, o.sku"
    )
    .bind(scope.merchant())
    .bind(shop)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(CityPrice {
                offer: row.get("offer_id")?,
                sku: row.get("sku")?,
                title: row.get("title")?,
                city_id: row.get("city_id")?,
                price: row.get("price")?,
                set_by: row.get("set_by")?,
                set_at: row.get("set_at")?,
            })
        })
        .collect()
}

/// Prices fixed for these offers; at most 1 000 offers at once.
pub(crate) async fn of_offers(
    on: impl Into<On<'_>>,
    offers: &[OfferId],
) -> Result<HashMap<(OfferId, String), Tenge>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT offer_id, city_id, price FROM city_prices WHERE offer_id IN "
    ));
    builder.push_list(offers.iter().map(Value::from));
    let rows = builder.finish().all(on).await?;
    rows.iter()
        .map(|row| Ok(((row.get("offer_id")?, row.get("city_id")?), row.get("price")?)))
        .collect()
}
