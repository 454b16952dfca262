//! Statements that keep places in step with the catalogue, and the history within its age.

use sauda_kernel::{OfferId, ShopId, Timestamp};
use sauda_store::{On, SqlBuilder, StoreError, Value, sql, sql_part};

/// An offer of the catalogue with what a place needs. Read only: the table is the catalogue's.
#[derive(Debug, Clone)]
pub(crate) struct OfferSeed {
    pub offer: OfferId,
    pub card: Option<String>,
    pub fold: String,
    pub category: Option<String>,
    pub on_sale: bool,
    pub stock: Option<i64>,
    pub city_id: String,
    pub city_price: Option<sauda_kernel::Tenge>,
}

/// Every (offer, watched city) of a shop that should have a place, after a cursor, ordered by offer.
pub(crate) async fn seeds(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    after: &str,
    limit: i64,
) -> Result<Vec<OfferSeed>, StoreError> {
    let rows = sql!(
        "SELECT o.id, o.card, o.fold, o.category, o.on_sale, o.stock, c.city_id, p.price AS city_price \
         FROM offers o JOIN shop_cities c ON c.shop_id = o.shop_id \
         LEFT JOIN offer_cities p ON p.offer_id = o.id AND p.city_id = c.city_id \
         WHERE o.shop_id = $1 AND o.gone_at IS NULL AND o.hidden_at IS NULL AND c.watched = $2 AND c.gone_at IS NULL \
         AND o.id > $3 AND o.id <= COALESCE((SELECT MAX(id) FROM (SELECT id FROM offers WHERE shop_id = $1 AND id > $3 ORDER BY id LIMIT $4) AS part), $3) \
         ORDER BY o.id, c.city_id"
    )
    .bind(shop)
    .bind(true)
    .bind(after)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(OfferSeed {
                offer: row.get("id")?,
                card: row.get("card")?,
                fold: row.get("fold")?,
                category: row.get("category")?,
                on_sale: row.get("on_sale")?,
                stock: row.get("stock")?,
                city_id: row.get("city_id")?,
                city_price: row.get("city_price")?,
            })
        })
        .collect()
}

/// The last offer id of the next part of a shop; `None` when there is no more.
pub(crate) async fn next_part(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    after: &str,
    limit: i64,
) -> Result<Option<String>, StoreError> {
    let row = sql!("SELECT MAX(id) AS last FROM (SELECT id FROM offers WHERE shop_id = $1 AND id > $2 ORDER BY id LIMIT $3) AS part")
        .bind(shop)
        .bind(after)
        .bind(limit)
        .one(on)
        .await?;
    row.get("last")
}

/// Notes, in the transaction that changes them, that the texts of a shop's places are other ones.
pub(crate) async fn texts_changed(on: impl Into<On<'_>>, shop: &ShopId) -> Result<u64, StoreError> {
    sql!("INSERT INTO place_texts (shop_id, version) VALUES ($1, 1) ON CONFLICT (shop_id) DO UPDATE SET version = place_texts.version + 1")
        .bind(shop)
        .run(on)
        .await
}

/// Removes places whose offer left the cabinet, was hidden, or whose city is not watched any more.
pub(crate) async fn drop_stale_places(on: impl Into<On<'_>>, shop: &ShopId) -> Result<u64, StoreError> {
    sql!(
        "DELETE FROM places WHERE shop_id = $1 AND (\
         NOT EXISTS (SELECT 1 FROM offers o WHERE o.id = places.offer_id AND o.gone_at IS NULL AND o.hidden_at IS NULL) \
         OR NOT EXISTS (SELECT 1 FROM shop_cities c WHERE c.shop_id = places.shop_id AND c.city_id = places.city_id AND c.watched = $2 AND c.gone_at IS NULL))"
    )
    .bind(shop)
    .bind(true)
    .run(on)
    .await
}

/// Removes every place of a removed shop.
pub(crate) async fn drop_shop(on: impl Into<On<'_>>, shop: &ShopId) -> Result<u64, StoreError> {
    sql!("DELETE FROM places WHERE shop_id = $1")
        .bind(shop)
        .run(on)
        .await
}

/// Forgets history older than its age, a part at a time so that nobody waits: answers how many rows went.
pub(crate) async fn forget(
    on_db: &sauda_store::Db,
    observations: Timestamp,
    decisions: Timestamp,
    points: Timestamp,
) -> Result<u64, StoreError> {
    let mut gone = 0;
    gone += sql!(
        "DELETE FROM observations WHERE id IN (SELECT id FROM observations o WHERE o.seen_to < $1 \
         AND NOT EXISTS (SELECT 1 FROM watches w WHERE w.observation_id = o.id) LIMIT 5000)"
    )
    .bind(observations)
    .run(on_db)
    .await?;
    gone += sql!("DELETE FROM decisions WHERE id IN (SELECT id FROM decisions WHERE at < $1 LIMIT 5000)")
        .bind(decisions)
        .run(on_db)
        .await?;
    gone += sql!(
        "DELETE FROM changes WHERE id IN (SELECT id FROM changes WHERE created_at < $1 AND state IN ('on_storefront', 'lost', 'refused', 'superseded') LIMIT 5000)"
    )
    .bind(decisions)
    .run(on_db)
    .await?;
    // What a large change did can be looked up as long as decisions can.
    gone += sql!(
        "DELETE FROM bulk_parts WHERE bulk_id IN (SELECT b.id FROM bulks b WHERE b.made_at < $1 AND b.finished_at IS NOT NULL \
         AND EXISTS (SELECT 1 FROM bulk_parts p WHERE p.bulk_id = b.id) LIMIT 50)"
    )
    .bind(decisions)
    .run(on_db)
    .await?;
    gone += sql!("DELETE FROM calls WHERE id IN (SELECT id FROM calls WHERE sent_at < $1 AND state <> 'sending' LIMIT 5000)").bind(decisions).run(on_db).await?;
    gone += sql!(
        "DELETE FROM price_points WHERE at < $1 AND (offer_id, city_id) IN (SELECT offer_id, city_id FROM price_points WHERE at < $1 LIMIT 500)"
    )
    .bind(points)
    .run(on_db)
    .await?;
    Ok(gone)
}

/// How many offers of a shop have places.
pub(crate) async fn placed(on: impl Into<On<'_>>, shop: &ShopId) -> Result<u64, StoreError> {
    let row = sql!("SELECT COUNT(DISTINCT offer_id) AS n FROM places WHERE shop_id = $1")
        .bind(shop)
        .one(on)
        .await?;
    Ok(u64::try_from(row.get::<i64>("n")?).unwrap_or(0))
}

/// Offers of a shop that have places, after an id.
pub(crate) async fn placed_after(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    after: &str,
    limit: usize,
) -> Result<Vec<OfferId>, StoreError> {
    let rows = sql!(
        "SELECT DISTINCT offer_id FROM places WHERE shop_id = $1 AND offer_id > $2 ORDER BY offer_id LIMIT $3"
    )
    .bind(shop)
    .bind(after)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .all(on)
    .await?;
    rows.iter().map(|row| row.get("offer_id")).collect()
}

/// Offers of a shop that use one of these filters, for watches of a card.
pub(crate) async fn watches_of(
    on: impl Into<On<'_>>,
    offers: &[OfferId],
) -> Result<Vec<sauda_kernel::WatchId>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT DISTINCT watch_id FROM places WHERE offer_id IN "
    ));
    builder.push_list(offers.iter().map(Value::from));
    builder
        .finish()
        .all(on)
        .await?
        .iter()
        .map(|row| row.get("watch_id"))
        .collect()
}

/// Places of a shop, those on sale, and those on sale whose card was read.
pub(crate) async fn first_look(on: impl Into<On<'_>>, shop: &ShopId) -> Result<(i64, i64, i64), StoreError> {
    let row = sql!(
        "SELECT COUNT(*) AS n, COUNT(CASE WHEN state <> 'off_sale' THEN 1 END) AS selling, \
         COUNT(CASE WHEN state NOT IN ('off_sale', 'waiting') THEN 1 END) AS seen FROM places WHERE shop_id = $1"
    )
    .bind(shop)
    .one(on)
    .await?;
    Ok((row.get("n")?, row.get("selling")?, row.get("seen")?))
}

/// Makes or refreshes places from the catalogue. A place that the storefront shows keeps its own price.
pub(crate) async fn place(
    on: impl Into<On<'_>>,
    scope: &sauda_accounts::Scope,
    shop: &ShopId,
    rows: Vec<(OfferSeed, sauda_kernel::WatchId)>,
) -> Result<u64, StoreError> {
    if rows.is_empty() {
        return Ok(0);
    }
    let values = rows
        .into_iter()
        .map(|(seed, watch)| {
            vec![
                Value::from(&seed.offer),
                seed.city_id.into(),
                scope.merchant().into(),
                shop.into(),
                Value::from(&watch),
                seed.fold.into(),
                seed.city_price.into(),
                if seed.on_sale { "waiting" } else { "off_sale" }.into(),
                Value::from(""),
                Value::from("standard"),
                seed.category.into(),
                seed.stock.into(),
            ]
        })
        .collect();
    sauda_store::insert_rows(
        sql_part!(
            "INSERT INTO places (offer_id, city_id, merchant_id, shop_id, watch_id, fold, price, state, reason, strategy, category, stock) VALUES "
        ),
        values,
        sql_part!(
            "ON CONFLICT (offer_id, city_id) DO UPDATE SET watch_id = excluded.watch_id, fold = excluded.fold, category = excluded.category, \
             stock = excluded.stock, price = CASE WHEN places.place IS NULL THEN excluded.price ELSE places.price END, \
             state = CASE WHEN excluded.state = 'off_sale' THEN 'off_sale' WHEN places.state = 'off_sale' THEN 'waiting' ELSE places.state END"
        ),
    )
    .run(on)
    .await
}

/// Places of offers that use a rule: the longest known first.
pub(crate) async fn places_of_rule(
    on: impl Into<On<'_>>,
    scope: &sauda_accounts::Scope,
    rule: &sauda_kernel::RuleId,
    limit: i64,
) -> Result<Vec<(OfferId, String)>, StoreError> {
    let rows = sql!(
        "SELECT p.offer_id, p.city_id FROM places p JOIN offer_rules r ON r.offer_id = p.offer_id \
         WHERE r.merchant_id = $1 AND r.rule_id = $2 AND p.checked_at IS NOT NULL ORDER BY p.offer_id, p.city_id LIMIT $3"
    )
    .bind(scope.merchant())
    .bind(rule)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("offer_id")?, row.get("city_id")?)))
        .collect()
}
