//! Sums over the orders of a shop: what a report of a day says.

use crate::{
    model::{Document, Stage, Way},
    service::sold::SoldLine,
    store::unknown,
};
use sauda_kernel::{Money, OfferId, ShopId, Timestamp};
use sauda_store::{Db, On, Row, StoreError, sql};

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

/// How many open orders of a shop show no whole phone. A whole one is `+7` and ten digits that are not all zero.
pub(crate) async fn hidden_phones(on: impl Into<On<'_>>, shop: &ShopId) -> Result<i64, StoreError> {
    sql!(
        "SELECT COUNT(*) AS n FROM orders WHERE shop_id = $1 AND stage NOT IN ('done', 'returned', 'cancelled') \
         AND NOT (LENGTH(phone) = 12 AND TRIM(phone, '+0123456789') = '' AND phone <> '+70000000000')"
    )
    .bind(shop)
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

/// What buyers received and kept in a span, by hours: when the first of each came, and what its goods cost. No hour lies in two days of Almaty.
pub(crate) async fn received(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<(Timestamp, Money)>, StoreError> {
    let rows = sql!(
        "SELECT MIN(o.ended_at) AS ended_at, CAST(SUM(l.total) AS BIGINT) AS total FROM orders o JOIN order_lines l ON l.order_id = o.id \
         WHERE o.shop_id = $1 AND o.stage = 'done' AND o.stage IN ('done', 'returned') AND o.ended_at >= $2 AND o.ended_at < $3 \
         GROUP BY o.ended_at / 3600000000 ORDER BY MIN(o.ended_at)"
    )
    .bind(shop)
    .bind(from)
    .bind(until)
    .many(on, &["ended_at", "total"])
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("ended_at")?, row.get("total")?)))
        .collect()
}

const SOLD: [&str; 14] = [
    "id",
    "code",
    "stage",
    "ended_at",
    "way",
    "delivery_paid",
    "order_total",
    "line",
    "sku",
    "name",
    "quantity",
    "total",
    "offer_id",
    "grams",
];

/// Lines of orders that ended with the buyer, or came back, in a span.
pub(crate) async fn sold(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    from: Timestamp,
    until: Timestamp,
    most: i64,
) -> Result<Vec<SoldLine>, StoreError> {
    let rows = sql!(
        "SELECT o.id, o.code, o.stage, o.ended_at, o.way, o.delivery_paid, o.total AS order_total, l.line, l.sku, l.name, l.quantity, l.total, l.offer_id, l.grams \
         FROM orders o JOIN order_lines l ON l.order_id = o.id \
         WHERE o.shop_id = $1 AND o.stage IN ('done', 'returned') AND o.ended_at >= $2 AND o.ended_at < $3 \
         ORDER BY o.ended_at, o.id, l.line LIMIT $4"
    )
    .bind(shop)
    .bind(from)
    .bind(until)
    .bind(most)
    .many(on, &SOLD)
    .await?;
    rows.iter()
        .map(|row| {
            let (stage, way): (String, String) = (row.get("stage")?, row.get("way")?);
            Ok(SoldLine {
                order: row.get("id")?,
                code: row.get("code")?,
                at: row.get("ended_at")?,
                delivery_paid: row.get("delivery_paid")?,
                is_express: Way::parse(&way) == Some(Way::Express),
                is_returned: stage == Stage::Returned.word(),
                order_total: row.get("order_total")?,
                line: row.get("line")?,
                sku: row.get("sku")?,
                name: row.get("name")?,
                quantity: row.get("quantity")?,
                total: row.get("total")?,
                offer: row.get("offer_id")?,
                grams: row.get("grams")?,
            })
        })
        .collect()
}

/// All orders since a moment, and those among them that the seller cancelled.
pub(crate) async fn cancelled_share(
    db: &Db,
    shop: &ShopId,
    since: Timestamp,
) -> Result<(i64, Vec<Document>), StoreError> {
    let all: i64 = sql!("SELECT COUNT(*) AS n FROM orders WHERE shop_id = $1 AND created_at >= $2")
        .bind(shop)
        .bind(since)
        .one(db)
        .await?
        .get("n")?;
    let rows = sql!(
        "SELECT document FROM orders WHERE shop_id = $1 AND created_at >= $2 AND stage IN ('cancelled', 'coming_back')"
    )
    .bind(shop)
    .bind(since)
    .all(db)
    .await?;
    Ok((all, documents(&rows)?))
}

/// What is told of the orders since a moment that left the seller.
pub(crate) async fn handed_over(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    since: Timestamp,
) -> Result<Vec<Document>, StoreError> {
    let rows = sql!(
        "SELECT document FROM orders WHERE shop_id = $1 AND created_at >= $2 AND stage IN ('on_way', 'coming_back', 'return_asked', 'done', 'returned')"
    )
    .bind(shop)
    .bind(since)
    .all(on)
    .await?;
    documents(&rows)
}

fn documents(rows: &[Row]) -> Result<Vec<Document>, StoreError> {
    rows.iter()
        .map(|row| {
            let text: String = row.get("document")?;
            serde_json::from_str(&text).map_err(|_| unknown("document", text))
        })
        .collect()
}
