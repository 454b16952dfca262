//! Statements about how far the counting of forecasts is, one row a merchant.

use crate::service::ForeseeRun;
use sauda_accounts::Scope;
use sauda_kernel::{MerchantId, ProductId, Timestamp};
use sauda_store::{On, StoreError, Tx, sql};

pub(crate) async fn find(on: impl Into<On<'_>>, scope: &Scope) -> Result<Option<ForeseeRun>, StoreError> {
    let row = sql!(
        "SELECT started_at, asked_by, last_product, done, total, finished_at FROM stock_forecast_runs WHERE merchant_id = $1"
    )
    .bind(scope.merchant())
    .optional(on)
    .await?;
    row.map(|row| {
        Ok(ForeseeRun {
            started_at: row.get("started_at")?,
            asked_by: row.get("asked_by")?,
            last_product: row.get("last_product")?,
            done: row.get("done")?,
            total: row.get("total")?,
            finished_at: row.get("finished_at")?,
        })
    })
    .transpose()
}

/// Begins anew.
pub(crate) async fn begin(
    tx: &mut Tx,
    scope: &Scope,
    asked_by: &str,
    total: i64,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO stock_forecast_runs (merchant_id, started_at, asked_by, last_product, done, total, finished_at) \
         VALUES ($1, $2, $3, '', 0, $4, NULL) ON CONFLICT (merchant_id) DO UPDATE SET started_at = excluded.started_at, \
         asked_by = excluded.asked_by, last_product = '', done = 0, total = excluded.total, finished_at = NULL"
    )
    .bind(scope.merchant())
    .bind(now)
    .bind(asked_by)
    .bind(total)
    .run(tx)
    .await
}

/// Goes on from where it was seen; nothing when somebody else went on from there.
pub(crate) async fn went_on(
    tx: &mut Tx,
    scope: &Scope,
    was: &ForeseeRun,
    last_product: &str,
    counted: i64,
    finished_at: Option<Timestamp>,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE stock_forecast_runs SET last_product = $4, done = done + CAST($5 AS BIGINT), \
         total = CASE WHEN CAST($6 AS BIGINT) IS NULL THEN total ELSE done + CAST($5 AS BIGINT) END, finished_at = $6 \
         WHERE merchant_id = $1 AND started_at = $2 AND last_product = $3 AND finished_at IS NULL"
    )
    .bind(scope.merchant())
    .bind(was.started_at)
    .bind(&was.last_product)
    .bind(last_product)
    .bind(counted)
    .bind(finished_at)
    .run(tx)
    .await
}

/// Merchants of whom any order is known.
pub(crate) async fn merchants(on: impl Into<On<'_>>) -> Result<Vec<MerchantId>, StoreError> {
    let rows = sql!("SELECT DISTINCT merchant_id FROM stock_order_lines ORDER BY merchant_id")
        .all(on)
        .await?;
    rows.iter().map(|row| row.get("merchant_id")).collect()
}

/// Products that were sold since a day or lie somewhere: how many.
pub(crate) async fn countable(on: impl Into<On<'_>>, scope: &Scope, since: i64) -> Result<i64, StoreError> {
    let row = sql!(
        "SELECT COUNT(*) AS many FROM (SELECT product_id FROM stock_order_lines WHERE merchant_id = $1 AND day >= $2 \
         UNION SELECT product_id FROM stock_balances WHERE merchant_id = $1) known"
    )
    .bind(scope.merchant())
    .bind(since)
    .one(on)
    .await?;
    row.get("many")
}

/// The next of them after one.
pub(crate) async fn next(
    on: impl Into<On<'_>>,
    scope: &Scope,
    since: i64,
    after: &str,
    limit: i64,
) -> Result<Vec<ProductId>, StoreError> {
    let rows = sql!(
        "SELECT product_id FROM (SELECT product_id FROM stock_order_lines WHERE merchant_id = $1 AND day >= $2 AND product_id > $3 \
         UNION SELECT product_id FROM stock_balances WHERE merchant_id = $1 AND product_id > $3) known \
         ORDER BY product_id LIMIT $4"
    )
    .bind(scope.merchant())
    .bind(since)
    .bind(after)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter().map(|row| row.get("product_id")).collect()
}
