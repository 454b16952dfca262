//! An order that ended, written as the room of orders keeps it.

use sauda_accounts::Scope;
use sauda_kernel::{OrderId, ShopId, Timestamp};
use sauda_store::{Db, sql};

/// One line of so many pieces for so many tenge, at the marketplace's own price a piece; `stage` is `done` or `returned`.
pub async fn sold(
    db: &Db,
    (scope, shop): (&Scope, &ShopId),
    (order, code, stage): (&OrderId, &str, &str),
    (sku, quantity, tenge): (&str, i64, i64),
    now: Timestamp,
) {
    sql!(
        "INSERT INTO orders (id, merchant_id, shop_id, code, market_id, tab, status, stage, stage_since, total, created_at, town, buyer, phone, document, fold, read_at, way, ended_at) \
         VALUES ($1, $2, $3, $4, $4, 'ARCHIVE', 'COMPLETED', $5, $6, $7, $6, '', '', '', '{}', '', $6, 'kaspi', $6)"
    )
    .bind(order)
    .bind(scope.merchant())
    .bind(shop)
    .bind(code)
    .bind(stage)
    .bind(now)
    .bind(tenge * 100)
    .run(db)
    .await
    .unwrap();
    sql!(
        "INSERT INTO order_lines (order_id, line, market_id, sku, name, quantity, price, total) VALUES ($1, 0, $2, $3, $3, $4, $5, $6)"
    )
    .bind(order)
    .bind(code)
    .bind(sku)
    .bind(quantity)
    .bind(tenge * 100 / quantity)
    .bind(tenge * 100)
    .run(db)
    .await
    .unwrap();
}
