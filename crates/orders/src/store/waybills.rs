//! Statements about waybills: stored once, read for ever.

use sauda_kernel::{OrderId, ShopId, Timestamp};
use sauda_store::{On, SqlBuilder, StoreError, Value, sql, sql_part};

/// A stored waybill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waybill {
    pub number: String,
    pub stored_at: Timestamp,
    /// Bytes.
    pub size: i64,
}

pub(crate) async fn of(on: impl Into<On<'_>>, order: &OrderId) -> Result<Vec<Waybill>, StoreError> {
    let rows = sql!(
        "SELECT number, stored_at, CAST(LENGTH(pdf) AS BIGINT) AS size FROM waybills WHERE order_id = $1 ORDER BY stored_at, number"
    )
    .bind(order)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Waybill {
                number: row.get("number")?,
                stored_at: row.get("stored_at")?,
                size: row.get("size")?,
            })
        })
        .collect()
}

/// A paper of an order by its number, or the newest.
pub(crate) async fn paper(
    on: impl Into<On<'_>>,
    order: &OrderId,
    number: Option<&str>,
) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    sql!(
        "SELECT number, pdf FROM waybills WHERE order_id = $1 AND (CAST($2 AS TEXT) IS NULL OR number = $2) ORDER BY stored_at DESC, number LIMIT 1"
    )
        .bind(order)
        .bind(number)
        .optional(on)
        .await?
        .map(|row| Ok((row.get("number")?, row.get("pdf")?)))
        .transpose()
}

pub(crate) async fn has(on: impl Into<On<'_>>, order: &OrderId, number: &str) -> Result<bool, StoreError> {
    Ok(
        sql!("SELECT 1 AS one FROM waybills WHERE order_id = $1 AND number = $2")
            .bind(order)
            .bind(number)
            .optional(on)
            .await?
            .is_some(),
    )
}

/// Stores a paper; 0 when it is here already.
pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    order: &OrderId,
    number: &str,
    pdf: Vec<u8>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO waybills (order_id, number, pdf, stored_at) VALUES ($1, $2, $3, $4) ON CONFLICT (order_id, number) DO NOTHING"
    )
    .bind(order)
    .bind(number)
    .bind(pdf)
    .bind(now)
    .run(on)
    .await
}

/// Which of these orders of a shop have a paper.
pub(crate) async fn with_paper(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    codes: &[&str],
) -> Result<Vec<String>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT o.code FROM orders o WHERE EXISTS (SELECT 1 FROM waybills w WHERE w.order_id = o.id) AND "
    ));
    builder.push(sql_part!("o.shop_id = ? AND o.code IN "), [shop.into()]);
    builder.push_list(codes.iter().map(|code| Value::from(*code)));
    builder
        .finish()
        .all(on)
        .await?
        .iter()
        .map(|row| row.get("code"))
        .collect()
}
