//! Statements about who sells on our cards: the card guard.

use sauda_kernel::{OfferId, ShopId, Tenge, Timestamp, WatchId};
use sauda_store::{On, Row, StoreError, Value, insert_rows, sql, sql_part};

/// A seller on a card in a city.
#[derive(Debug, Clone)]
pub struct CardSeller {
    pub merchant_uid: String,
    pub name: String,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    pub first_price: Tenge,
    pub last_price: Tenge,
    pub gone_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<CardSeller, StoreError> {
    Ok(CardSeller {
        merchant_uid: row.get("merchant_uid")?,
        name: row.get("name")?,
        first_at: row.get("first_at")?,
        last_at: row.get("last_at")?,
        first_price: row.get("first_price")?,
        last_price: row.get("last_price")?,
        gone_at: row.get("gone_at")?,
    })
}

/// Sellers of one watch.
pub(crate) async fn of_watch(on: impl Into<On<'_>>, watch: &WatchId) -> Result<Vec<CardSeller>, StoreError> {
    let rows = sql!(
        "SELECT merchant_uid, name, first_at, last_at, first_price, last_price, gone_at FROM sellers WHERE watch_id = $1 ORDER BY first_at DESC, merchant_uid"
    )
    .bind(watch)
    .all(on)
    .await?;
    rows.iter().map(read).collect()
}

/// Keeps who is on the card now.
pub(crate) async fn seen(on: impl Into<On<'_>>, seen: Vec<(WatchId, String, String, Tenge)>, now: Timestamp) -> Result<u64, StoreError> {
    if seen.is_empty() {
        return Ok(0);
    }
    let rows = seen
        .into_iter()
        .map(|(watch, uid, name, price)| {
            vec![Value::from(&watch), uid.into(), name.into(), now.into(), now.into(), price.into(), price.into()]
        })
        .collect();
    insert_rows(
        sql_part!("INSERT INTO sellers (watch_id, merchant_uid, name, first_at, last_at, first_price, last_price) VALUES "),
        rows,
        sql_part!(
            "ON CONFLICT (watch_id, merchant_uid) DO UPDATE SET name = excluded.name, last_at = excluded.last_at, \
             last_price = excluded.last_price, gone_at = NULL"
        ),
    )
    .run(on)
    .await
}

/// Marks those not in a whole read as gone.
pub(crate) async fn gone(on: impl Into<On<'_>>, watch: &WatchId, now: Timestamp) -> Result<u64, StoreError> {
    sql!("UPDATE sellers SET gone_at = $2 WHERE watch_id = $1 AND last_at < $2 AND gone_at IS NULL").bind(watch).bind(now).run(on).await
}

/// Who joined the cards of a shop since a moment, newest first, with one of the shop's offers on that card.
/// Sellers of a watch's first read were there before and do not count.
pub(crate) async fn joined(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<(OfferId, CardSeller)>, StoreError> {
    let rows = sql!(
        "SELECT p.offer_id, s.merchant_uid, s.name, s.first_at, s.last_at, s.first_price, s.last_price, s.gone_at \
         FROM sellers s JOIN places p ON p.watch_id = s.watch_id \
         WHERE p.shop_id = $1 AND s.first_at >= $2 \
         AND s.first_at > (SELECT MIN(o.first_at) FROM sellers o WHERE o.watch_id = s.watch_id) \
         ORDER BY s.first_at DESC, s.merchant_uid LIMIT $3"
    )
    .bind(shop)
    .bind(since)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter().map(|row| Ok((row.get("offer_id")?, read(row)?))).collect()
}
