//! Statements about offers and their own prices per city.

use crate::model::{CatalogOffer, OfferCity, StoredAvailability};
use sauda_accounts::Scope;
use sauda_kernel::{OfferId, ShopId, Tenge, Timestamp};
use sauda_store::{Db, On, Row, SqlBuilder, StoreError, Value, insert_rows, sql, sql_part};
use std::collections::HashMap;

fn read(row: &Row) -> Result<CatalogOffer, StoreError> {
    let availabilities: String = row.get("availabilities")?;
    let parsed: Vec<StoredAvailability> =
        serde_json::from_str(&availabilities).map_err(|_| StoreError::Meaning {
            column: "availabilities",
            value: availabilities,
        })?;
    Ok(CatalogOffer {
        id: row.get("id")?,
        merchant: row.get("merchant_id")?,
        shop: row.get("shop_id")?,
        sku: row.get("sku")?,
        card: row.get("card")?,
        title: row.get("title")?,
        brand: row.get("brand")?,
        category: row.get("category")?,
        image_url: row.get("image_url")?,
        card_url: row.get("card_url")?,
        on_sale: row.get("on_sale")?,
        price: row.get("price")?,
        stock: row.get("stock")?,
        errors: row.get("errors")?,
        settling_until: row.get("settling_until")?,
        availabilities: parsed,
        seen_at: row.get("seen_at")?,
        gone_at: row.get("gone_at")?,
        hidden_at: row.get("hidden_at")?,
    })
}

pub(crate) async fn find(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &OfferId,
) -> Result<Option<CatalogOffer>, StoreError> {
    sql!(
        "SELECT id, merchant_id, shop_id, sku, card, title, brand, category, image_url, card_url, on_sale, price, stock, errors, \
         settling_until, availabilities, seen_at, gone_at, hidden_at FROM offers WHERE merchant_id = $1 AND id = $2"
    )
    .bind(scope.merchant())
    .bind(id)
    .optional(on)
    .await?
    .as_ref()
    .map(read)
    .transpose()
}

/// Offers by their ids, whoever they belong to: for the checks that shops share.
pub(crate) async fn by_ids(on: impl Into<On<'_>>, ids: &[OfferId]) -> Result<Vec<CatalogOffer>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT id, merchant_id, shop_id, sku, card, title, brand, category, image_url, card_url, on_sale, price, stock, errors, \
         settling_until, availabilities, seen_at, gone_at, hidden_at FROM offers WHERE id IN "
    ));
    builder.push_list(ids.iter().map(Value::from));
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// (sku → id) of every offer of a shop, gone ones too.
pub(crate) async fn ids_by_sku(
    on: impl Into<On<'_>>,
    shop: &ShopId,
) -> Result<HashMap<String, OfferId>, StoreError> {
    let rows = sql!("SELECT sku, id FROM offers WHERE shop_id = $1")
        .bind(shop)
        .all(on)
        .await?;
    rows.iter()
        .map(|row| Ok((row.get("sku")?, row.get("id")?)))
        .collect()
}

pub(crate) async fn cities(on: impl Into<On<'_>>, offer: &OfferId) -> Result<Vec<OfferCity>, StoreError> {
    let rows = sql!("SELECT city_id, price, seen_at FROM offer_cities WHERE offer_id = $1 ORDER BY city_id")
        .bind(offer)
        .all(on)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(OfferCity {
                city_id: row.get("city_id")?,
                price: row.get("price")?,
                seen_at: row.get("seen_at")?,
            })
        })
        .collect()
}

/// One offer as read from the cabinet, ready to be kept.
pub(crate) struct Seen<'a> {
    pub id: OfferId,
    pub offer: &'a sauda_market::OwnOffer,
    pub fold: String,
    pub stock: Option<i64>,
    pub availabilities: String,
}

/// Adds or refreshes a batch of offers.
pub(crate) async fn upsert(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    seen: &[Seen<'_>],
    now: Timestamp,
) -> Result<u64, StoreError> {
    let rows = seen
        .iter()
        .map(|one| {
            vec![
                Value::from(&one.id),
                scope.merchant().into(),
                shop.into(),
                Value::from(&one.offer.sku),
                one.offer.card.as_deref().into(),
                Value::from(&one.offer.title),
                one.offer.brand.as_deref().into(),
                one.offer.category.as_deref().into(),
                one.offer.image_url.as_deref().into(),
                one.offer.card_url.as_deref().into(),
                Value::from(&one.fold),
                one.offer.on_sale.into(),
                one.offer.price.into(),
                one.stock.into(),
                one.offer.errors.join(",").into(),
                one.offer.settling_until.into(),
                Value::from(&one.availabilities),
                now.into(),
                now.into(),
            ]
        })
        .collect();
    insert_rows(
        sql_part!(
            "INSERT INTO offers (id, merchant_id, shop_id, sku, card, title, brand, category, image_url, card_url, fold, on_sale, price, stock, \
             errors, settling_until, availabilities, created_at, seen_at) VALUES "
        ),
        rows,
        sql_part!(
            "ON CONFLICT (shop_id, sku) DO UPDATE SET card = excluded.card, title = excluded.title, brand = excluded.brand, \
             category = excluded.category, image_url = excluded.image_url, card_url = excluded.card_url, fold = excluded.fold, \
             on_sale = excluded.on_sale, price = excluded.price, stock = excluded.stock, errors = excluded.errors, \
             settling_until = excluded.settling_until, availabilities = excluded.availabilities, seen_at = excluded.seen_at, gone_at = NULL"
        ),
    )
    .run(on)
    .await
}

/// Keeps own prices per city.
pub(crate) async fn upsert_cities(
    on: impl Into<On<'_>>,
    prices: Vec<(OfferId, String, Tenge)>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    if prices.is_empty() {
        return Ok(0);
    }
    let rows = prices
        .into_iter()
        .map(|(id, city, price)| vec![Value::from(&id), city.into(), price.into(), now.into()])
        .collect();
    insert_rows(
        sql_part!("INSERT INTO offer_cities (offer_id, city_id, price, seen_at) VALUES "),
        rows,
        sql_part!(
            "ON CONFLICT (offer_id, city_id) DO UPDATE SET price = excluded.price, seen_at = excluded.seen_at"
        ),
    )
    .run(on)
    .await
}

/// Marks what was not seen in a whole reading that began at `since` as gone; answers how many.
pub(crate) async fn mark_gone(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    since: Timestamp,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE offers SET gone_at = $3 WHERE shop_id = $1 AND seen_at < $2 AND gone_at IS NULL")
        .bind(shop)
        .bind(since)
        .bind(now)
        .run(on)
        .await
}

pub(crate) async fn set_hidden(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &OfferId,
    at: Option<Timestamp>,
) -> Result<u64, StoreError> {
    sql!("UPDATE offers SET hidden_at = $3 WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .bind(at)
        .run(on)
        .await
}

pub(crate) async fn count(on: impl Into<On<'_>>, shop: &ShopId) -> Result<i64, StoreError> {
    sql!("SELECT COUNT(*) AS n FROM offers WHERE shop_id = $1 AND gone_at IS NULL")
        .bind(shop)
        .one(on)
        .await?
        .get("n")
}

/// A card that some offer of the merchant stands on.
pub(crate) async fn any_card(on: impl Into<On<'_>>, scope: &Scope) -> Result<Option<String>, StoreError> {
    let row = sql!(
        "SELECT card FROM offers WHERE merchant_id = $1 AND card IS NOT NULL AND gone_at IS NULL LIMIT 1"
    )
    .bind(scope.merchant())
    .optional(on)
    .await?;
    row.as_ref().map(|row| row.get("card")).transpose()
}

/// Offers of a shop that stand on a card.
pub(crate) async fn ids_by_card(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    card: &str,
) -> Result<Vec<OfferId>, StoreError> {
    let rows = sql!("SELECT id FROM offers WHERE shop_id = $1 AND card = $2 AND gone_at IS NULL ORDER BY id")
        .bind(shop)
        .bind(card)
        .all(on)
        .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// Cards after one that the merchant stands on, in their order, with the name and the lowest of its prices there.
pub(crate) async fn own_cards(
    on: impl Into<On<'_>>,
    scope: &Scope,
    after: &str,
    limit: i64,
) -> Result<Vec<(String, String, Option<Tenge>)>, StoreError> {
    sql!(
        "SELECT card, MIN(title) AS title, MIN(price) AS price FROM offers \
         WHERE merchant_id = $1 AND card > $2 AND gone_at IS NULL AND hidden_at IS NULL GROUP BY card ORDER BY card LIMIT $3"
    )
    .bind(scope.merchant())
    .bind(after)
    .bind(limit)
    .all(on)
    .await?
    .iter()
    .map(|row| Ok((row.get("card")?, row.get("title")?, row.get("price")?)))
    .collect()
}

/// Cards asked about at once.
const CARDS: usize = 5_000;

/// Which of these cards the merchant stands on, and the lowest of its prices there.
pub(crate) async fn own_prices(
    db: &Db,
    scope: &Scope,
    cards: &[&str],
) -> Result<HashMap<String, Option<Tenge>>, StoreError> {
    let mut found = HashMap::new();
    for part in cards.chunks(CARDS) {
        let mut builder = SqlBuilder::new(sql_part!(
            "SELECT card, MIN(price) AS price FROM offers WHERE gone_at IS NULL AND hidden_at IS NULL "
        ));
        builder.push(
            sql_part!("AND merchant_id = ? AND card IN "),
            [scope.merchant().into()],
        );
        builder.push_list(part.iter().map(|card| Value::from(*card)));
        builder.push(sql_part!(" GROUP BY card"), []);
        for row in builder.finish().all(db).await? {
            found.insert(row.get("card")?, row.get("price")?);
        }
    }
    Ok(found)
}

pub(crate) async fn own_card_count(on: impl Into<On<'_>>, scope: &Scope) -> Result<i64, StoreError> {
    sql!(
        "SELECT COUNT(DISTINCT card) AS n FROM offers WHERE merchant_id = $1 AND card IS NOT NULL AND gone_at IS NULL AND hidden_at IS NULL"
    )
    .bind(scope.merchant())
    .one(on)
    .await?
    .get("n")
}
