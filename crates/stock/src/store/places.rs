//! Statements about settings, warehouses and the points they serve.

use crate::model::{Costing, Promise, Settings, Warehouse};
use sauda_accounts::Scope;
use sauda_kernel::{MerchantId, ShopId, Timestamp, WarehouseId};
use sauda_store::{On, StoreError, Tx, sql};

pub(crate) async fn settings(on: impl Into<On<'_>>, scope: &Scope) -> Result<Option<Settings>, StoreError> {
    let row = sql!(
        "SELECT kept_since, refuses_negative, sends_stock, fill_bp, review_days, lead_days, most_days, costing, promise, order_cost, holding_bp FROM stock_settings WHERE merchant_id = $1"
    )
    .bind(scope.merchant())
    .optional(on)
    .await?;
    row.as_ref()
        .map(|row| {
            let costing: String = row.get("costing")?;
            let promise: String = row.get("promise")?;
            Ok(Settings {
                promise: Promise::parse(&promise).ok_or(StoreError::Meaning {
                    column: "promise",
                    value: promise,
                })?,
                order_cost: row.get("order_cost")?,
                holding_bp: row.get("holding_bp")?,
                costing: Costing::parse(&costing).ok_or(StoreError::Meaning {
                    column: "costing",
                    value: costing,
                })?,
                kept_since: row.get("kept_since")?,
                refuses_negative: row.get("refuses_negative")?,
                sends_stock: row.get("sends_stock")?,
                fill_bp: row.get("fill_bp")?,
                review_days: row.get("review_days")?,
                lead_days: row.get("lead_days")?,
                most_days: row.get("most_days")?,
            })
        })
        .transpose()
}

pub(crate) async fn put_settings(
    on: impl Into<On<'_>>,
    scope: &Scope,
    settings: &Settings,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO stock_settings (merchant_id, kept_since, refuses_negative, sends_stock, fill_bp, review_days, lead_days, most_days, costing, promise, order_cost, holding_bp) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (merchant_id) DO UPDATE SET kept_since = excluded.kept_since, \
         refuses_negative = excluded.refuses_negative, sends_stock = excluded.sends_stock, fill_bp = excluded.fill_bp, \
         review_days = excluded.review_days, lead_days = excluded.lead_days, most_days = excluded.most_days, costing = excluded.costing, \
         promise = excluded.promise, order_cost = excluded.order_cost, holding_bp = excluded.holding_bp"
    )
    .bind(scope.merchant())
    .bind(settings.kept_since)
    .bind(settings.refuses_negative)
    .bind(settings.sends_stock)
    .bind(settings.fill_bp)
    .bind(settings.review_days)
    .bind(settings.lead_days)
    .bind(settings.most_days)
    .bind(settings.costing.word())
    .bind(settings.promise.word())
    .bind(settings.order_cost)
    .bind(settings.holding_bp)
    .run(on)
    .await
}

/// Merchants whose shops are told what is free.
pub(crate) async fn telling(on: impl Into<On<'_>>) -> Result<Vec<MerchantId>, StoreError> {
    let rows = sql!("SELECT merchant_id FROM stock_settings WHERE sends_stock = $1 AND kept_since IS NOT NULL ORDER BY merchant_id")
        .bind(true)
        .all(on)
        .await?;
    rows.iter().map(|row| row.get("merchant_id")).collect()
}

pub(crate) async fn warehouses(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<Warehouse>, StoreError> {
    let rows =
        sql!("SELECT id, name, is_main FROM warehouses WHERE merchant_id = $1 ORDER BY created_at, id")
            .bind(scope.merchant())
            .all(on)
            .await?;
    rows.iter()
        .map(|row| {
            Ok(Warehouse {
                id: row.get("id")?,
                name: row.get("name")?,
                is_main: row.get("is_main")?,
            })
        })
        .collect()
}

/// Whoever changes what lies in the warehouses of a merchant does it alone until the end of the transaction: two that change many
/// products, each in its own order, would else wait for each other.
pub(crate) async fn hold(tx: &mut Tx, scope: &Scope) -> Result<(), StoreError> {
    sql!("SELECT id FROM warehouses WHERE merchant_id = $1 ORDER BY id/*held*/")
        .bind(scope.merchant())
        .all(tx)
        .await?;
    Ok(())
}

pub(crate) async fn add_warehouse(
    on: impl Into<On<'_>>,
    scope: &Scope,
    warehouse: &Warehouse,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO warehouses (id, merchant_id, name, is_main, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (merchant_id, name) DO NOTHING"
    )
    .bind(&warehouse.id)
    .bind(scope.merchant())
    .bind(&warehouse.name)
    .bind(warehouse.is_main)
    .bind(now)
    .run(on)
    .await
}

/// Points of shops and the warehouses they sell from.
pub(crate) async fn points(
    on: impl Into<On<'_>>,
    scope: &Scope,
) -> Result<Vec<(ShopId, String, WarehouseId)>, StoreError> {
    let rows = sql!(
        "SELECT shop_id, point_id, warehouse_id FROM warehouse_points WHERE merchant_id = $1 ORDER BY shop_id, point_id"
    )
    .bind(scope.merchant())
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok((
                row.get("shop_id")?,
                row.get("point_id")?,
                row.get("warehouse_id")?,
            ))
        })
        .collect()
}

pub(crate) async fn put_point(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    point: &str,
    warehouse: &WarehouseId,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO warehouse_points (shop_id, point_id, merchant_id, warehouse_id) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (shop_id, point_id) DO UPDATE SET warehouse_id = excluded.warehouse_id"
    )
    .bind(shop)
    .bind(point)
    .bind(scope.merchant())
    .bind(warehouse)
    .run(on)
    .await
}
