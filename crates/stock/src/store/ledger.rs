//! Statements about balances and movements. Movements are only added to.

use super::{Among, pasts};
use crate::model::{Balance, Landed, Movement, MovementKind, NewMovement, day_of};
use sauda_accounts::Scope;
use sauda_kernel::{Money, MovementId, ProductId, Timestamp, WarehouseId};
use sauda_store::{On, Row, SqlBuilder, StoreError, Tx, Value, sql, sql_part};
use std::collections::BTreeMap;

fn balance(row: &Row) -> Result<Balance, StoreError> {
    Ok(Balance {
        product: row.get("product_id")?,
        warehouse: row.get("warehouse_id")?,
        on_hand: row.get("on_hand")?,
        reserved: row.get("reserved")?,
        told: row.get("told")?,
    })
}

/// Everything that lies somewhere.
pub(crate) async fn balances(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<Balance>, StoreError> {
    let rows = sql!(
        "SELECT product_id, warehouse_id, on_hand, reserved, told FROM stock_balances WHERE merchant_id = $1 ORDER BY product_id, warehouse_id"
    )
    .bind(scope.merchant())
    .many(on, &["product_id", "warehouse_id", "on_hand", "reserved", "told"])
    .await?;
    rows.iter().map(balance).collect()
}

pub(crate) async fn balances_of(
    on: impl Into<On<'_>>,
    scope: &Scope,
    product: &ProductId,
) -> Result<Vec<Balance>, StoreError> {
    let rows = sql!(
        "SELECT product_id, warehouse_id, on_hand, reserved, told FROM stock_balances WHERE merchant_id = $1 AND product_id = $2 ORDER BY warehouse_id"
    )
    .bind(scope.merchant())
    .bind(product)
    .all(on)
    .await?;
    rows.iter().map(balance).collect()
}

/// What lies of some products.
pub(crate) async fn balances_among(
    on: impl Into<On<'_>>,
    scope: &Scope,
    products: &[ProductId],
) -> Result<Vec<Balance>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT product_id, warehouse_id, on_hand, reserved, told FROM stock_balances"
    ));
    builder.push(
        sql_part!(" WHERE merchant_id = ? AND product_id IN "),
        [scope.merchant().into()],
    );
    builder.push_list(products.iter().map(Value::from));
    let rows = builder.finish().all(on).await?;
    rows.iter().map(balance).collect()
}

/// What lies of products from one to another.
pub(crate) async fn balances_between(
    on: impl Into<On<'_>>,
    scope: &Scope,
    (from, to): (&ProductId, &ProductId),
) -> Result<Vec<Balance>, StoreError> {
    let rows = sql!(
        "SELECT product_id, warehouse_id, on_hand, reserved, told FROM stock_balances \
         WHERE merchant_id = $1 AND product_id >= $2 AND product_id <= $3 ORDER BY product_id, warehouse_id"
    )
    .bind(scope.merchant())
    .bind(from)
    .bind(to)
    .all(on)
    .await?;
    rows.iter().map(balance).collect()
}

/// Pieces that came, or went with a minus, other than by orders: by product and day.
pub(crate) async fn came(
    on: impl Into<On<'_>>,
    scope: &Scope,
    among: Among<'_>,
) -> Result<BTreeMap<ProductId, BTreeMap<i64, i64>>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT product_id, quantity, at FROM stock_movements WHERE kind <> 'sale'"
    ));
    builder.push(sql_part!(" AND merchant_id = ?"), [scope.merchant().into()]);
    among.narrow(&mut builder);
    builder.push(sql_part!(" ORDER BY product_id, at"), []);
    let mut found: BTreeMap<ProductId, BTreeMap<i64, i64>> = BTreeMap::new();
    for row in &builder
        .finish()
        .many(on, &["product_id", "quantity", "at"])
        .await?
    {
        let (at, quantity): (Timestamp, i64) = (row.get("at")?, row.get("quantity")?);
        let day = found
            .entry(row.get("product_id")?)
            .or_default()
            .entry(day_of(at))
            .or_default();
        *day = day.saturating_add(quantity);
    }
    Ok(found)
}

/// Balances of which the shops know something else.
pub(crate) async fn untold(
    on: impl Into<On<'_>>,
    scope: &Scope,
    limit: i64,
) -> Result<Vec<Balance>, StoreError> {
    let rows = sql!(
        "SELECT product_id, warehouse_id, on_hand, reserved, told FROM stock_balances WHERE merchant_id = $1 \
         AND (told IS NULL OR told <> CASE WHEN on_hand > reserved THEN on_hand - reserved ELSE 0 END) ORDER BY product_id, warehouse_id LIMIT $2"
    )
    .bind(scope.merchant())
    .bind(limit)
    .all(on)
    .await?;
    rows.iter().map(balance).collect()
}

pub(crate) async fn told(on: impl Into<On<'_>>, balance: &Balance) -> Result<u64, StoreError> {
    sql!("UPDATE stock_balances SET told = $3 WHERE product_id = $1 AND warehouse_id = $2")
        .bind(&balance.product)
        .bind(&balance.warehouse)
        .bind(balance.free())
        .run(on)
        .await
}

/// Changes a balance in place; what it is now.
pub(crate) async fn change(
    tx: &mut Tx,
    scope: &Scope,
    product: &ProductId,
    warehouse: &WarehouseId,
    on_hand: i64,
    reserved: i64,
) -> Result<Balance, StoreError> {
    let row = sql!(
        "INSERT INTO stock_balances (product_id, warehouse_id, merchant_id, on_hand, reserved) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (product_id, warehouse_id) DO UPDATE SET on_hand = stock_balances.on_hand + excluded.on_hand, \
         reserved = stock_balances.reserved + excluded.reserved \
         RETURNING product_id, warehouse_id, on_hand, reserved, told"
    )
    .bind(product)
    .bind(warehouse)
    .bind(scope.merchant())
    .bind(on_hand)
    .bind(reserved)
    .one(tx)
    .await?;
    balance(&row)
}

/// Whether this was written before.
pub(crate) async fn is_written(tx: &mut Tx, scope: &Scope, once_key: &str) -> Result<bool, StoreError> {
    let row = sql!("SELECT id FROM stock_movements WHERE merchant_id = $1 AND once_key = $2")
        .bind(scope.merchant())
        .bind(once_key)
        .optional(tx)
        .await?;
    Ok(row.is_some())
}

/// Adds a movement; past days of its product may be others now.
pub(crate) async fn add(
    tx: &mut Tx,
    scope: &Scope,
    id: &MovementId,
    new: &NewMovement,
    balance: i64,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO stock_movements (id, merchant_id, product_id, warehouse_id, kind, quantity, balance, unit_cost, at, made_by, reason, \
         document, once_key, cost, vat) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (merchant_id, once_key) DO NOTHING"
    )
    .bind(id)
    .bind(scope.merchant())
    .bind(&new.product)
    .bind(&new.warehouse)
    .bind(new.kind.word())
    .bind(new.quantity)
    .bind(balance)
    .bind(new.unit_cost)
    .bind(now)
    .bind(scope.actor_name())
    .bind(&new.reason)
    .bind(&new.document)
    .bind(&new.once_key)
    .bind(new.landed.map(|landed| landed.cost))
    .bind(new.landed.map(|landed| landed.vat))
    .run(&mut *tx)
    .await?;
    pasts::touch(tx, scope, &new.product).await
}

fn movement(row: &Row) -> Result<Movement, StoreError> {
    let kind: String = row.get("kind")?;
    Ok(Movement {
        id: row.get("id")?,
        product: row.get("product_id")?,
        warehouse: row.get("warehouse_id")?,
        kind: MovementKind::parse(&kind).unwrap_or(MovementKind::Correction),
        quantity: row.get("quantity")?,
        balance: row.get("balance")?,
        unit_cost: row.get("unit_cost")?,
        at: row.get("at")?,
        made_by: row.get("made_by")?,
        reason: row.get("reason")?,
        document: row.get("document")?,
    })
}

/// Movements, newest first; of one product when it is named, and before an id.
pub(crate) async fn movements(
    on: impl Into<On<'_>>,
    scope: &Scope,
    product: Option<&ProductId>,
    before: Option<&MovementId>,
    limit: i64,
) -> Result<Vec<Movement>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT id, product_id, warehouse_id, kind, quantity, balance, unit_cost, at, made_by, reason, document FROM stock_movements WHERE "
    ));
    builder.push(sql_part!("merchant_id = ?"), [scope.merchant().into()]);
    if let Some(product) = product {
        builder.push(sql_part!(" AND product_id = ?"), [product.into()]);
    }
    if let Some(before) = before {
        builder.push(sql_part!(" AND id < ?"), [before.into()]);
    }
    builder.push(sql_part!(" ORDER BY id DESC LIMIT ?"), [Value::from(limit)]);
    builder.finish().all(on).await?.iter().map(movement).collect()
}

/// A movement as layers need it, with its product, moment and id.
#[derive(Debug, Clone)]
pub(crate) struct Costed {
    pub(crate) product: ProductId,
    pub(crate) quantity: i64,
    pub(crate) at: Timestamp,
    pub(crate) id: MovementId,
    pub(crate) once_key: String,
    pub(crate) unit_cost: Option<Money>,
    pub(crate) landed: Option<Landed>,
}

const COSTED: [&str; 8] = [
    "product_id",
    "id",
    "quantity",
    "at",
    "once_key",
    "unit_cost",
    "cost",
    "vat",
];

/// Movements of these products in the order of time; transfers change no cost.
pub(crate) async fn costed(
    on: impl Into<On<'_>> + Copy,
    scope: &Scope,
    products: &[ProductId],
) -> Result<Vec<Costed>, StoreError> {
    let mut found = Vec::new();
    for part in products.chunks(500) {
        let mut builder = SqlBuilder::new(sql_part!(
            "SELECT product_id, id, quantity, at, once_key, unit_cost, cost, vat FROM stock_movements WHERE "
        ));
        builder.push(sql_part!("merchant_id = ?"), [scope.merchant().into()]);
        builder.push(sql_part!(" AND kind <> 'transfer' AND product_id IN "), []);
        builder.push_list(part.iter().map(Value::from));
        builder.push(sql_part!(" ORDER BY product_id, at, id"), []);
        for row in &builder.finish().many(on, &COSTED).await? {
            let cost: Option<Money> = row.get("cost")?;
            let vat: Option<Money> = row.get("vat")?;
            found.push(Costed {
                product: row.get("product_id")?,
                quantity: row.get("quantity")?,
                at: row.get("at")?,
                id: row.get("id")?,
                once_key: row.get("once_key")?,
                unit_cost: row.get("unit_cost")?,
                landed: cost.map(|cost| Landed {
                    cost,
                    vat: vat.unwrap_or_default(),
                }),
            });
        }
    }
    Ok(found)
}
