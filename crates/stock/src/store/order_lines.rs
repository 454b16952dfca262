//! Statements about lines of orders as the stock follows them.

use super::{Among, pasts};
use crate::{
    foresee::past::Sold,
    model::{LineState, OrderStock},
};
use sauda_accounts::Scope;
use sauda_kernel::{Money, OrderId, ProductId, WarehouseId};
use sauda_store::{On, SqlBuilder, StoreError, Tx, sql, sql_part};
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
    pub(crate) unit_price: Option<Money>,
}

pub(crate) async fn of(
    on: impl Into<On<'_>>,
    scope: &Scope,
    order: &OrderId,
) -> Result<Vec<Followed>, StoreError> {
    let rows = sql!(
        "SELECT line, product_id, warehouse_id, quantity, state, code, unit_price FROM stock_order_lines WHERE merchant_id = $1 AND order_id = $2 ORDER BY line"
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
                unit_price: row.get("unit_price")?,
            })
        })
        .collect()
}

/// Keeps a line; past days of its product may be others now.
pub(crate) async fn put(
    tx: &mut Tx,
    scope: &Scope,
    order: &OrderStock,
    line: &Followed,
    day: i64,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO stock_order_lines (order_id, line, merchant_id, product_id, warehouse_id, quantity, day, code, state, unit_price) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (order_id, line) DO UPDATE SET product_id = excluded.product_id, \
         warehouse_id = excluded.warehouse_id, quantity = excluded.quantity, state = excluded.state, \
         unit_price = excluded.unit_price"
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
    .bind(line.unit_price)
    .run(&mut *tx)
    .await?;
    pasts::touch(tx, scope, &line.product).await
}

pub(crate) async fn set_state(
    tx: &mut Tx,
    scope: &Scope,
    order: &OrderId,
    line: &Followed,
    state: LineState,
) -> Result<u64, StoreError> {
    sql!("UPDATE stock_order_lines SET state = $3 WHERE order_id = $1 AND line = $2")
        .bind(order)
        .bind(line.line)
        .bind(state.word())
        .run(&mut *tx)
        .await?;
    pasts::touch(tx, scope, &line.product).await
}

/// Days of a product by day, with what was sold on them.
pub(crate) type SoldDays = BTreeMap<ProductId, BTreeMap<i64, Sold>>;

/// Pieces asked for by product and day since a day; cancelled ones do not count.
pub(crate) async fn sold(
    on: impl Into<On<'_>>,
    scope: &Scope,
    since: i64,
    among: Among<'_>,
) -> Result<SoldDays, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT product_id, day, CAST(SUM(quantity) AS BIGINT) AS units, \
         CAST(SUM(CASE WHEN state IN ('held', 'shipped', 'returned') THEN quantity ELSE 0 END) AS BIGINT) AS moved \
         FROM stock_order_lines WHERE state <> 'freed'"
    ));
    builder.push(sql_part!(" AND merchant_id = ?"), [scope.merchant().into()]);
    builder.push(sql_part!(" AND day >= ?"), [since.into()]);
    among.narrow(&mut builder);
    builder.push(
        sql_part!(" GROUP BY product_id, day ORDER BY product_id, day"),
        [],
    );
    let mut found = SoldDays::new();
    let columns = &["product_id", "day", "units", "moved"];
    for row in &builder.finish().many(on, columns).await? {
        let sold = Sold {
            units: row.get("units")?,
            moved: row.get("moved")?,
        };
        found
            .entry(row.get("product_id")?)
            .or_default()
            .insert(row.get("day")?, sold);
    }
    Ok(found)
}

/// What pieces were sold for, with how many, by product and day, of products from one to another.
pub(crate) async fn prices(
    on: impl Into<On<'_>>,
    scope: &Scope,
    since: i64,
    (from, to): (&ProductId, &ProductId),
) -> Result<Vec<(ProductId, i64, Money, i64)>, StoreError> {
    let rows = sql!(
        "SELECT product_id, day, unit_price, CAST(SUM(quantity) AS BIGINT) AS units FROM stock_order_lines \
         WHERE merchant_id = $1 AND day >= $2 AND product_id >= $3 AND product_id <= $4 AND unit_price > 0 AND state <> 'freed' \
         GROUP BY product_id, day, unit_price ORDER BY product_id, day, unit_price"
    )
    .bind(scope.merchant())
    .bind(since)
    .bind(from)
    .bind(to)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok((
                row.get("product_id")?,
                row.get("day")?,
                row.get("unit_price")?,
                row.get("units")?,
            ))
        })
        .collect()
}

/// What each product sold since a day: the first day it did, and pieces.
pub(crate) async fn sums(
    on: impl Into<On<'_>>,
    scope: &Scope,
    since: i64,
) -> Result<Vec<(ProductId, i64, i64)>, StoreError> {
    let rows = sql!(
        "SELECT product_id, MIN(day) AS day, CAST(SUM(quantity) AS BIGINT) AS units FROM stock_order_lines \
         WHERE merchant_id = $1 AND day >= $2 AND state <> 'freed' GROUP BY product_id ORDER BY product_id"
    )
    .bind(scope.merchant())
    .bind(since)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("product_id")?, row.get("day")?, row.get("units")?)))
        .collect()
}

/// The first day of which any order is known.
pub(crate) async fn first_day(on: impl Into<On<'_>>, scope: &Scope) -> Result<Option<i64>, StoreError> {
    let row = sql!("SELECT MIN(day) AS day FROM stock_order_lines WHERE merchant_id = $1")
        .bind(scope.merchant())
        .optional(on)
        .await?;
    row.map_or(Ok(None), |row| row.get("day"))
}
