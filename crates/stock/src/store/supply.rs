//! Statements about suppliers, how products are bought, and days that do not speak.

use crate::{
    model::{Supplier, Supply},
    reorder::Break,
};
use sauda_accounts::Scope;
use sauda_kernel::{ProductId, SupplierId, Timestamp};
use sauda_store::{On, Query, Row, Sql, SqlBuilder, StoreError, Tx, Value, sql, sql_part};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) async fn suppliers(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<Supplier>, StoreError> {
    let rows = sql!(
        "SELECT id, name, phone, lead_days, lead_spread_tenths, weekdays, days_off, email, vat_bp, gone_at FROM suppliers WHERE merchant_id = $1 ORDER BY name, id"
    )
    .bind(scope.merchant())
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            let days_off: String = row.get("days_off")?;
            let gone_at: Option<Timestamp> = row.get("gone_at")?;
            Ok(Supplier {
                id: row.get("id")?,
                name: row.get("name")?,
                phone: row.get("phone")?,
                lead_days: row.get("lead_days")?,
                lead_spread_tenths: row.get("lead_spread_tenths")?,
                weekdays: row.get("weekdays")?,
                days_off: days_off.split_whitespace().map(str::to_owned).collect(),
                email: row.get("email")?,
                vat_bp: row.get("vat_bp")?,
                is_gone: gone_at.is_some(),
            })
        })
        .collect()
}

/// Room that a piece takes, and the rate of value added tax inside its supplier's prices, of some products.
pub(crate) async fn of_products(
    on: impl Into<On<'_>> + Copy,
    scope: &Scope,
    products: &[ProductId],
) -> Result<BTreeMap<ProductId, (Option<i64>, i64)>, StoreError> {
    let mut found = BTreeMap::new();
    for part in products.chunks(500) {
        let mut builder = SqlBuilder::new(sql_part!(
            "SELECT p.product_id, p.volume_cm3, COALESCE(s.vat_bp, 0) AS vat_bp FROM product_supply p LEFT JOIN suppliers s ON s.id = p.supplier_id WHERE "
        ));
        builder.push(
            // No index is on an expression: by their ids, not through everything that the merchant has.
            sql_part!("p.merchant_id || '' = ? AND p.product_id IN "),
            [scope.merchant().into()],
        );
        builder.push_list(part.iter().map(Value::from));
        for row in &builder.finish().all(on).await? {
            found.insert(
                row.get("product_id")?,
                (row.get("volume_cm3")?, row.get("vat_bp")?),
            );
        }
    }
    Ok(found)
}

/// Keeps a supplier; none is kept when another one has the name.
pub(crate) async fn put_supplier(
    on: impl Into<On<'_>>,
    scope: &Scope,
    supplier: &Supplier,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO suppliers (id, merchant_id, name, phone, lead_days, lead_spread_tenths, weekdays, days_off, created_at, email, vat_bp) \
         SELECT $1, $2, CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS BIGINT), CAST($6 AS BIGINT), CAST($7 AS BIGINT), CAST($8 AS TEXT), CAST($9 AS BIGINT), CAST($10 AS TEXT), CAST($11 AS BIGINT) \
         WHERE NOT EXISTS (SELECT 1 FROM suppliers WHERE merchant_id = $2 AND name = CAST($3 AS TEXT) AND id <> $1) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, phone = excluded.phone, lead_days = excluded.lead_days, \
         lead_spread_tenths = excluded.lead_spread_tenths, weekdays = excluded.weekdays, days_off = excluded.days_off, \
         email = excluded.email, vat_bp = excluded.vat_bp, gone_at = NULL"
    )
    .bind(&supplier.id)
    .bind(scope.merchant())
    .bind(&supplier.name)
    .bind(&supplier.phone)
    .bind(supplier.lead_days)
    .bind(supplier.lead_spread_tenths)
    .bind(supplier.weekdays)
    .bind(supplier.days_off.join(" "))
    .bind(now)
    .bind(&supplier.email)
    .bind(supplier.vat_bp)
    .run(on)
    .await
}

/// Puts a supplier away; products are bought from nobody then. Nothing when it is away already.
pub(crate) async fn put_supplier_away(
    tx: &mut Tx,
    scope: &Scope,
    id: &SupplierId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE product_supply SET supplier_id = NULL WHERE merchant_id = $1 AND supplier_id = $2")
        .bind(scope.merchant())
        .bind(id)
        .run(&mut *tx)
        .await?;
    sql!("UPDATE suppliers SET gone_at = $3 WHERE merchant_id = $1 AND id = $2 AND gone_at IS NULL")
        .bind(scope.merchant())
        .bind(id)
        .bind(now)
        .run(tx)
        .await
}

const SUPPLY: [&str; 7] = [
    "product_id",
    "supplier_id",
    "least",
    "pack",
    "rate_milli",
    "skip_until",
    "volume_cm3",
];

fn supply(row: &Row) -> Result<Supply, StoreError> {
    Ok(Supply {
        product: row.get("product_id")?,
        supplier: row.get("supplier_id")?,
        least: row.get("least")?,
        pack: row.get("pack")?,
        rate_milli: row.get("rate_milli")?,
        skip_until: row.get("skip_until")?,
        volume_cm3: row.get("volume_cm3")?,
        breaks: Vec::new(),
    })
}

fn of_merchant(head: Sql, scope: &Scope, one: Option<&ProductId>) -> Query {
    let mut builder = SqlBuilder::new(head);
    builder.push(sql_part!("merchant_id = ?"), [scope.merchant().into()]);
    if let Some(product) = one {
        builder.push(sql_part!(" AND product_id = ?"), [product.into()]);
    }
    // Steps of a price rise in quantity: the primary key of both tables begins with the product.
    builder.push(sql_part!(" ORDER BY 1, 2"), []);
    builder.finish()
}

/// How products are bought: all that somebody said something of, or one of them.
pub(crate) async fn all(
    on: impl Into<On<'_>> + Copy,
    scope: &Scope,
    one: Option<&ProductId>,
) -> Result<BTreeMap<ProductId, Supply>, StoreError> {
    let rows = of_merchant(
        sql_part!(
            "SELECT product_id, supplier_id, least, pack, rate_milli, skip_until, volume_cm3 FROM product_supply WHERE "
        ),
        scope,
        one,
    )
    .many(on, &SUPPLY)
    .await?;
    let mut found: BTreeMap<ProductId, Supply> = rows
        .iter()
        .map(|row| supply(row).map(|one| (one.product.clone(), one)))
        .collect::<Result<_, StoreError>>()?;
    let head = sql_part!("SELECT product_id, from_pieces, price FROM product_price_breaks WHERE ");
    let columns = &["product_id", "from_pieces", "price"];
    let rows = of_merchant(head, scope, one).many(on, columns).await?;
    for row in &rows {
        let product: ProductId = row.get("product_id")?;
        let step = Break {
            from: row.get("from_pieces")?,
            price: row.get("price")?,
        };
        found
            .entry(product.clone())
            .or_insert_with(|| Supply::blank(product))
            .breaks
            .push(step);
    }
    Ok(found)
}

pub(crate) async fn put(tx: &mut Tx, scope: &Scope, supply: &Supply) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO product_supply (product_id, merchant_id, supplier_id, least, pack, rate_milli, skip_until, volume_cm3) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (product_id) DO UPDATE SET supplier_id = excluded.supplier_id, least = excluded.least, pack = excluded.pack, \
         rate_milli = excluded.rate_milli, skip_until = excluded.skip_until, volume_cm3 = excluded.volume_cm3"
    )
    .bind(&supply.product)
    .bind(scope.merchant())
    .bind(supply.supplier.as_ref())
    .bind(supply.least)
    .bind(supply.pack)
    .bind(supply.rate_milli)
    .bind(supply.skip_until)
    .bind(supply.volume_cm3)
    .run(&mut *tx)
    .await?;
    sql!("DELETE FROM product_price_breaks WHERE merchant_id = $1 AND product_id = $2")
        .bind(scope.merchant())
        .bind(&supply.product)
        .run(&mut *tx)
        .await?;
    for step in &supply.breaks {
        sql!("INSERT INTO product_price_breaks (product_id, from_pieces, merchant_id, price) VALUES ($1, $2, $3, $4)")
            .bind(&supply.product)
            .bind(step.from)
            .bind(scope.merchant())
            .bind(step.price)
            .run(&mut *tx)
            .await?;
    }
    Ok(())
}

/// Days that do not speak for the coming ones.
pub(crate) async fn one_offs(
    on: impl Into<On<'_>>,
    scope: &Scope,
) -> Result<BTreeMap<ProductId, BTreeSet<i64>>, StoreError> {
    let rows =
        sql!("SELECT product_id, day FROM stock_one_offs WHERE merchant_id = $1 ORDER BY product_id, day")
            .bind(scope.merchant())
            .all(on)
            .await?;
    let mut found: BTreeMap<ProductId, BTreeSet<i64>> = BTreeMap::new();
    for row in &rows {
        found
            .entry(row.get("product_id")?)
            .or_default()
            .insert(row.get("day")?);
    }
    Ok(found)
}

pub(crate) async fn mark_one_off(
    on: impl Into<On<'_>>,
    scope: &Scope,
    product: &ProductId,
    day: i64,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO stock_one_offs (product_id, day, merchant_id, made_by) VALUES ($1, $2, $3, $4) ON CONFLICT (product_id, day) DO NOTHING"
    )
    .bind(product)
    .bind(day)
    .bind(scope.merchant())
    .bind(scope.actor_name())
    .run(on)
    .await
}

pub(crate) async fn unmark_one_off(
    on: impl Into<On<'_>>,
    scope: &Scope,
    product: &ProductId,
    day: i64,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM stock_one_offs WHERE merchant_id = $1 AND product_id = $2 AND day = $3")
        .bind(scope.merchant())
        .bind(product)
        .bind(day)
        .run(on)
        .await
}
