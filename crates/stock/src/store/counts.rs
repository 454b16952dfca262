//! Statements about stock-taking.

use crate::model::{CountLine, Counting};
use sauda_accounts::Scope;
use sauda_kernel::{CountingId, Timestamp};
use sauda_store::{On, StoreError, Tx, sql};

/// Newest first.
pub(crate) async fn list(
    on: impl Into<On<'_>>,
    scope: &Scope,
    limit: i64,
) -> Result<Vec<Counting>, StoreError> {
    let rows = sql!(
        "SELECT id, warehouse_id, state, made_by, created_at, closed_at FROM stock_counts WHERE merchant_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2"
    )
    .bind(scope.merchant())
    .bind(limit)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            let state: String = row.get("state")?;
            Ok(Counting {
                id: row.get("id")?,
                warehouse: row.get("warehouse_id")?,
                is_open: state == "open",
                made_by: row.get("made_by")?,
                created_at: row.get("created_at")?,
                closed_at: row.get("closed_at")?,
            })
        })
        .collect()
}

pub(crate) async fn insert(on: impl Into<On<'_>>, scope: &Scope, new: &Counting) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO stock_counts (id, merchant_id, warehouse_id, state, made_by, created_at) VALUES ($1, $2, $3, 'open', $4, $5)"
    )
    .bind(&new.id)
    .bind(scope.merchant())
    .bind(&new.warehouse)
    .bind(&new.made_by)
    .bind(new.created_at)
    .run(on)
    .await
}

/// Nothing when it is over.
pub(crate) async fn close(
    tx: &mut Tx,
    scope: &Scope,
    id: &CountingId,
    state: &'static str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE stock_counts SET state = $3, closed_at = $4 WHERE merchant_id = $1 AND id = $2 AND state = 'open'")
        .bind(scope.merchant())
        .bind(id)
        .bind(state)
        .bind(now)
        .run(tx)
        .await
}

pub(crate) async fn put_line(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &CountingId,
    line: &CountLine,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO stock_count_lines (count_id, product_id, expected, counted, counted_by) \
         SELECT id, CAST($3 AS TEXT), CAST($4 AS BIGINT), CAST($5 AS BIGINT), CAST($6 AS TEXT) FROM stock_counts WHERE merchant_id = $1 AND id = $2 AND state = 'open' \
         ON CONFLICT (count_id, product_id) DO UPDATE SET expected = excluded.expected, counted = excluded.counted, counted_by = excluded.counted_by"
    )
    .bind(scope.merchant())
    .bind(id)
    .bind(&line.product)
    .bind(line.expected)
    .bind(line.counted)
    .bind(&line.counted_by)
    .run(on)
    .await
}

pub(crate) async fn lines(on: impl Into<On<'_>>, id: &CountingId) -> Result<Vec<CountLine>, StoreError> {
    let rows = sql!("SELECT product_id, expected, counted, counted_by FROM stock_count_lines WHERE count_id = $1 ORDER BY product_id")
        .bind(id)
        .all(on)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(CountLine {
                product: row.get("product_id")?,
                expected: row.get("expected")?,
                counted: row.get("counted")?,
                counted_by: row.get("counted_by")?,
            })
        })
        .collect()
}
