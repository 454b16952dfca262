//! Sums over the orders of a shop: what a report of a day says.

use sauda_kernel::{Money, OfferId, ShopId, Timestamp};
use sauda_store::{On, StoreError, sql};

/// How many orders came since a moment, and what they cost together.
pub(crate) async fn came(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    since: Timestamp,
) -> Result<(i64, Money), StoreError> {
    let row = sql!(
        "SELECT COUNT(*) AS n, CAST(COALESCE(SUM(total), 0) AS BIGINT) AS sum FROM orders WHERE shop_id = $1 AND created_at >= $2"
    )
    .bind(shop)
    .bind(since)
    .one(on)
    .await?;
    Ok((row.get("n")?, row.get("sum")?))
}

/// How many orders of a shop something happened to since a moment.
pub(crate) async fn happened(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    word: &str,
    since: Timestamp,
) -> Result<i64, StoreError> {
    sql!(
        "SELECT COUNT(DISTINCT e.order_id) AS n FROM order_events e JOIN orders o ON o.id = e.order_id \
         WHERE o.shop_id = $1 AND e.word = $2 AND e.at >= $3"
    )
    .bind(shop)
    .bind(word)
    .bind(since)
    .one(on)
    .await?
    .get("n")
}

/// How many open orders of a shop are past their time.
pub(crate) async fn late(on: impl Into<On<'_>>, shop: &ShopId, now: Timestamp) -> Result<i64, StoreError> {
    sql!(
        "SELECT COUNT(*) AS n FROM orders WHERE shop_id = $1 AND due_at < $2 AND stage NOT IN ('done', 'returned', 'cancelled')"
    )
    .bind(shop)
    .bind(now)
    .one(on)
    .await?
    .get("n")
}

/// Offers of a shop that were ordered since a moment.
pub(crate) async fn ordered(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    since: Timestamp,
) -> Result<Vec<OfferId>, StoreError> {
    let rows = sql!(
        "SELECT DISTINCT l.offer_id FROM order_lines l JOIN orders o ON o.id = l.order_id \
         WHERE o.shop_id = $1 AND o.created_at >= $2 AND l.offer_id IS NOT NULL ORDER BY l.offer_id"
    )
    .bind(shop)
    .bind(since)
    .all(on)
    .await?;
    rows.iter().map(|row| row.get("offer_id")).collect()
}
