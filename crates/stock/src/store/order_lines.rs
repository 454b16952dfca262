//! Statements about lines of orders as the stock follows them.

use crate::model::{LineState, OrderStock};
use sauda_accounts::Scope;
use sauda_kernel::{OrderId, ProductId, WarehouseId};
use sauda_store::{On, StoreError, Tx, sql};
use std::collections::BTreeMap;

/// A line that is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Followed {
    pub(crate) line: i64,
    pub(crate) product: ProductId,
    pub(crate) warehouse: WarehouseId,
    pub(crate) quantity: i64,
    pub(crate) state: LineState,
    pub(crate) code: String,
}

pub(crate) async fn of(
    on: impl Into<On<'_>>,
    scope: &Scope,
    order: &OrderId,
) -> Result<Vec<Followed>, StoreError> {
    let rows = sql!(
        "SELECT line, product_id, warehouse_id, quantity, state, code FROM stock_order_lines WHERE merchant_id = $1 AND order_id = $2 ORDER BY line"
    )
    .bind(scope.merchant())
    .bind(order)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            let state: String = row.get("state")?;
            Ok(Followed {
                line: row.get("line")?,
                product: row.get("product_id")?,
                warehouse: row.get("warehouse_id")?,
                quantity: row.get("quantity")?,
                state: LineState::parse(&state).unwrap_or(LineState::Seen),
                code: row.get("code")?,
            })
        })
        .collect()
}

pub(crate) async fn put(
    tx: &mut Tx,
    scope: &Scope,
    order: &OrderStock,
    line: &Followed,
    day: i64,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO stock_order_lines (order_id, line, merchant_id, product_id, warehouse_id, quantity, day, code, state) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (order_id, line) DO UPDATE SET product_id = excluded.product_id, \
         warehouse_id = excluded.warehouse_id, quantity = excluded.quantity, state = excluded.state"
    )
    .bind(&order.order)
    .bind(line.line)
    .bind(scope.merchant())
    .bind(&line.product)
    .bind(&line.warehouse)
    .bind(line.quantity)
    .bind(day)
    .bind(&order.code)
    .bind(line.state.word())
    .run(tx)
    .await
}

pub(crate) async fn set_state(
    tx: &mut Tx,
    order: &OrderId,
    line: i64,
    state: LineState,
) -> Result<u64, StoreError> {
    sql!("UPDATE stock_order_lines SET state = $3 WHERE order_id = $1 AND line = $2")
        .bind(order)
        .bind(line)
        .bind(state.word())
        .run(tx)
        .await
}

/// Pieces asked for by product and day since a day; cancelled ones do not count.
pub(crate) async fn sold(
    on: impl Into<On<'_>>,
    scope: &Scope,
    since: i64,
) -> Result<BTreeMap<ProductId, BTreeMap<i64, i64>>, StoreError> {
    let rows = sql!(
        "SELECT product_id, day, CAST(SUM(quantity) AS BIGINT) AS units FROM stock_order_lines WHERE merchant_id = $1 AND day >= $2 \
         AND state <> 'freed' GROUP BY product_id, day ORDER BY product_id, day"
    )
    .bind(scope.merchant())
    .bind(since)
    .all(on)
    .await?;
    let mut found: BTreeMap<ProductId, BTreeMap<i64, i64>> = BTreeMap::new();
    for row in &rows {
        found
            .entry(row.get("product_id")?)
            .or_default()
            .insert(row.get("day")?, row.get("units")?);
    }
    Ok(found)
}

/// The first day of which any order is known.
pub(crate) async fn first_day(on: impl Into<On<'_>>, scope: &Scope) -> Result<Option<i64>, StoreError> {
    let row = sql!("SELECT MIN(day) AS day FROM stock_order_lines WHERE merchant_id = $1")
        .bind(scope.merchant())
        .optional(on)
        .await?;
    row.map_or(Ok(None), |row| row.get("day"))
}
