//! Statements about orders to suppliers.

use crate::model::{BatchCost, CostKind, PaidIn, Purchase, PurchaseLine, PurchaseState};
use sauda_accounts::Scope;
use sauda_economics::landed::SpreadBy;
use sauda_kernel::{ProductId, PurchaseId, SupplierId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Tx, Value, insert_rows, sql, sql_part};
use std::collections::BTreeMap;

fn purchase(row: &Row) -> Result<Purchase, StoreError> {
    let state: String = row.get("state")?;
    let currency: Option<String> = row.get("currency")?;
    let rate: Option<i64> = row.get("rate")?;
    let paid_in = currency.zip(rate);
    Ok(Purchase {
        id: row.get("id")?,
        number: row.get("number")?,
        supplier: row.get("supplier_id")?,
        warehouse: row.get("warehouse_id")?,
        state: PurchaseState::parse(&state).unwrap_or(PurchaseState::Draft),
        expected_at: row.get("expected_at")?,
        extra_cost: row.get("extra_cost")?,
        made_by: row.get("made_by")?,
        created_at: row.get("created_at")?,
        sent_at: row.get("sent_at")?,
        received_at: row.get("received_at")?,
        vat_bp: row.get("vat_bp")?,
        paid_in: paid_in.map(|(currency, rate)| PaidIn { currency, rate }),
        lines: Vec::new(),
        costs: Vec::new(),
    })
}

/// Newest first, with their lines; one of them when it is named.
pub(crate) async fn list(
    on: impl Into<On<'_>> + Copy,
    scope: &Scope,
    id: Option<&PurchaseId>,
    limit: i64,
) -> Result<Vec<Purchase>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT id, number, supplier_id, warehouse_id, state, expected_at, extra_cost, made_by, created_at, sent_at, received_at, vat_bp, currency, rate \
         FROM purchase_orders WHERE "
    ));
    builder.push(sql_part!("merchant_id = ?"), [scope.merchant().into()]);
    if let Some(id) = id {
        builder.push(sql_part!(" AND id = ?"), [id.into()]);
    }
    builder.push(sql_part!(" ORDER BY number DESC LIMIT ?"), [Value::from(limit)]);
    let rows = builder.finish().all(on).await?;
    let mut found: Vec<Purchase> = rows.iter().map(purchase).collect::<Result<_, _>>()?;
    if found.is_empty() {
        return Ok(found);
    }
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT purchase_id, product_id, ordered, received, price, unit_cost, landed FROM purchase_lines WHERE purchase_id IN "
    ));
    builder.push_list(found.iter().map(|one| Value::from(&one.id)));
    builder.push(sql_part!(" ORDER BY purchase_id, product_id"), []);
    let mut lines: BTreeMap<PurchaseId, Vec<PurchaseLine>> = BTreeMap::new();
    for row in &builder.finish().all(on).await? {
        lines
            .entry(row.get("purchase_id")?)
            .or_default()
            .push(PurchaseLine {
                product: row.get("product_id")?,
                ordered: row.get("ordered")?,
                received: row.get("received")?,
                price: row.get("price")?,
                unit_cost: row.get("unit_cost")?,
                landed: row.get("landed")?,
            });
    }
    let mut costs = costs(on, &found).await?;
    for one in &mut found {
        one.lines = lines.remove(&one.id).unwrap_or_default();
        one.costs = costs.remove(&one.id).unwrap_or_default();
    }
    Ok(found)
}

async fn costs(
    on: impl Into<On<'_>>,
    of: &[Purchase],
) -> Result<BTreeMap<PurchaseId, Vec<BatchCost>>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT purchase_id, kind, sum, spread, vat_bp FROM purchase_costs WHERE purchase_id IN "
    ));
    builder.push_list(of.iter().map(|one| Value::from(&one.id)));
    builder.push(sql_part!(" ORDER BY purchase_id, kind"), []);
    let mut found: BTreeMap<PurchaseId, Vec<BatchCost>> = BTreeMap::new();
    for row in &builder.finish().all(on).await? {
        let (kind, spread): (String, String) = (row.get("kind")?, row.get("spread")?);
        let unknown = |column, value: &str| StoreError::Meaning {
            column,
            value: value.to_owned(),
        };
        found.entry(row.get("purchase_id")?).or_default().push(BatchCost {
            kind: CostKind::parse(&kind).ok_or_else(|| unknown("kind", &kind))?,
            sum: row.get("sum")?,
            by: SpreadBy::parse(&spread).ok_or_else(|| unknown("spread", &spread))?,
            vat_bp: row.get("vat_bp")?,
        });
    }
    Ok(found)
}

/// Writes what was paid for the whole of an order.
pub(crate) async fn put_costs(
    tx: &mut Tx,
    scope: &Scope,
    id: &PurchaseId,
    costs: &[BatchCost],
) -> Result<(), StoreError> {
    for cost in costs {
        sql!(
            "INSERT INTO purchase_costs (purchase_id, kind, merchant_id, sum, spread, vat_bp) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (purchase_id, kind) DO UPDATE SET sum = excluded.sum, spread = excluded.spread, vat_bp = excluded.vat_bp"
        )
        .bind(id)
        .bind(cost.kind.word())
        .bind(scope.merchant())
        .bind(cost.sum)
        .bind(cost.by.word())
        .bind(cost.vat_bp)
        .run(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Changes whom a draft is for and what it is paid in; nothing when it is no draft any more.
pub(crate) async fn set_head(
    tx: &mut Tx,
    scope: &Scope,
    id: &PurchaseId,
    supplier: Option<&SupplierId>,
    vat_bp: i64,
    paid_in: Option<&PaidIn>,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE purchase_orders SET supplier_id = $3, vat_bp = $4, currency = $5, rate = $6 \
         WHERE merchant_id = $1 AND id = $2 AND state = 'draft'"
    )
    .bind(scope.merchant())
    .bind(id)
    .bind(supplier)
    .bind(vat_bp)
    .bind(paid_in.map(|paid| paid.currency.as_str()))
    .bind(paid_in.map(|paid| paid.rate))
    .run(tx)
    .await
}

/// Writes a draft under the next number.
pub(crate) async fn insert(tx: &mut Tx, scope: &Scope, new: &Purchase) -> Result<i64, StoreError> {
    let row = sql!(
        "INSERT INTO purchase_orders (id, merchant_id, number, supplier_id, warehouse_id, state, expected_at, extra_cost, made_by, created_at, vat_bp, currency, rate) \
         SELECT $1, $2, COALESCE(MAX(number), 0) + 1, $3, $4, 'draft', CAST($5 AS BIGINT), CAST($6 AS BIGINT), CAST($7 AS TEXT), CAST($8 AS BIGINT), CAST($9 AS BIGINT), CAST($10 AS TEXT), CAST($11 AS BIGINT) \
         FROM purchase_orders WHERE merchant_id = $2 RETURNING number"
    )
    .bind(&new.id)
    .bind(scope.merchant())
    .bind(new.supplier.as_ref())
    .bind(&new.warehouse)
    .bind(new.expected_at)
    .bind(new.extra_cost)
    .bind(&new.made_by)
    .bind(new.created_at)
    .bind(new.vat_bp)
    .bind(new.paid_in.as_ref().map(|paid| paid.currency.as_str()))
    .bind(new.paid_in.as_ref().map(|paid| paid.rate))
    .one(tx)
    .await?;
    row.get("number")
}

/// Puts these lines in the place of those of a draft.
pub(crate) async fn put_lines(
    tx: &mut Tx,
    scope: &Scope,
    id: &PurchaseId,
    lines: &[PurchaseLine],
) -> Result<(), StoreError> {
    sql!("DELETE FROM purchase_lines WHERE purchase_id = $1")
        .bind(id)
        .run(&mut *tx)
        .await?;
    let rows: Vec<Vec<Value>> = lines
        .iter()
        .map(|line| {
            vec![
                id.into(),
                Value::from(&line.product),
                scope.merchant().into(),
                line.ordered.into(),
                line.price.into(),
                line.unit_cost.into(),
            ]
        })
        .collect();
    for rows in rows.chunks(500) {
        insert_rows(
            sql_part!("INSERT INTO purchase_lines (purchase_id, product_id, merchant_id, ordered, price, unit_cost) VALUES "),
            rows.to_vec(),
            sql_part!(""),
        )
        .run(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Moves an order on; nothing when it stands elsewhere by now.
pub(crate) async fn set_state(
    tx: &mut Tx,
    scope: &Scope,
    was: &Purchase,
    state: PurchaseState,
    expected_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE purchase_orders SET state = $4, expected_at = $5, \
         sent_at = CASE WHEN CAST($4 AS TEXT) = 'sent' THEN $6 ELSE sent_at END, \
         received_at = CASE WHEN CAST($4 AS TEXT) = 'received' THEN $6 ELSE received_at END \
         WHERE merchant_id = $1 AND id = $2 AND state = $3"
    )
    .bind(scope.merchant())
    .bind(&was.id)
    .bind(was.state.word())
    .bind(state.word())
    .bind(expected_at)
    .bind(now)
    .run(tx)
    .await
}

/// The sum of its costs, and the rate of the day on which it came.
pub(crate) async fn set_paid(
    tx: &mut Tx,
    scope: &Scope,
    id: &PurchaseId,
    extra: sauda_kernel::Money,
    rate: Option<i64>,
) -> Result<u64, StoreError> {
    sql!("UPDATE purchase_orders SET extra_cost = $3, rate = $4 WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .bind(extra)
        .bind(rate)
        .run(tx)
        .await
}

/// What came of a line, at what price, and what it cost on the shelf.
pub(crate) async fn set_received(
    tx: &mut Tx,
    id: &PurchaseId,
    line: &PurchaseLine,
) -> Result<u64, StoreError> {
    sql!("UPDATE purchase_lines SET received = $3, price = $4, unit_cost = $5, landed = $6 WHERE purchase_id = $1 AND product_id = $2")
        .bind(id)
        .bind(&line.product)
        .bind(line.received)
        .bind(line.price)
        .bind(line.unit_cost)
        .bind(line.landed)
        .run(tx)
        .await
}

/// Pieces that are ordered and not here, by product, and when the first of them are expected.
pub(crate) async fn coming(
    on: impl Into<On<'_>>,
    scope: &Scope,
) -> Result<BTreeMap<ProductId, (i64, Option<Timestamp>)>, StoreError> {
    let rows = sql!(
        "SELECT l.product_id, CAST(SUM(l.ordered) AS BIGINT) AS units, MIN(o.expected_at) AS first_at FROM purchase_lines l JOIN purchase_orders o ON o.id = l.purchase_id \
         WHERE l.merchant_id = $1 AND o.state IN ('sent', 'on_the_way') GROUP BY l.product_id ORDER BY l.product_id"
    )
    .bind(scope.merchant())
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("product_id")?, (row.get("units")?, row.get("first_at")?))))
        .collect()
}
