//! Statements about what buyers said of themselves and how pieces sat.

use crate::{
    fit::{FitSource, FitWord, LineOutcome, Measures},
    store::unknown,
};
use sauda_accounts::Scope;
use sauda_kernel::{OrderId, ShopId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Tx, Value, sql, sql_part};
use std::collections::HashMap;

fn read_measures(row: &Row) -> Result<Measures, StoreError> {
    let body: String = row.get("body")?;
    Ok(Measures {
        body: serde_json::from_str(&body).map_err(|_| unknown("body", body))?,
        by: row.get("by_name")?,
        at: row.get("at")?,
    })
}

/// What these buyers said of themselves.
pub(crate) async fn measures(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    buyers: &[&str],
) -> Result<HashMap<String, Measures>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT buyer, body, by_name, at FROM fit_measures WHERE "
    ));
    builder.push(sql_part!("shop_id = ? AND buyer IN "), [shop.into()]);
    builder.push_list(buyers.iter().map(|buyer| Value::from(*buyer)));
    let rows = builder.finish().all(on).await?;
    rows.iter()
        .map(|row| Ok((row.get("buyer")?, read_measures(row)?)))
        .collect()
}

pub(crate) async fn put_measures(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    buyer: &str,
    order: &OrderId,
    measures: &Measures,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO fit_measures (shop_id, buyer, merchant_id, order_id, body, by_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (shop_id, buyer) DO UPDATE SET order_id = excluded.order_id, body = excluded.body, by_name = excluded.by_name, at = excluded.at"
    )
    .bind(shop)
    .bind(buyer)
    .bind(scope.merchant())
    .bind(order)
    .bind(serde_json::to_string(&measures.body).unwrap_or_default())
    .bind(&measures.by)
    .bind(measures.at)
    .run(on)
    .await
}

pub(crate) async fn erase_measures(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    buyer: &str,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM fit_measures WHERE shop_id = $1 AND buyer = $2")
        .bind(shop)
        .bind(buyer)
        .run(on)
        .await
}

/// An outcome with the piece it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub order: OrderId,
    pub line: i64,
    pub buyer: String,
    pub item: String,
    pub brand: Option<String>,
    pub category: Option<String>,
    pub gender: Option<String>,
    pub system: Option<String>,
    pub body: Option<String>,
    pub said: LineOutcome,
    pub seq: i64,
}

fn read(row: &Row) -> Result<Outcome, StoreError> {
    let (fit, source): (String, String) = (row.get("fit")?, row.get("source")?);
    Ok(Outcome {
        order: row.get("order_id")?,
        line: row.get("line")?,
        buyer: row.get("buyer")?,
        item: row.get("item")?,
        brand: row.get("brand")?,
        category: row.get("category")?,
        gender: row.get("gender")?,
        system: row.get("system")?,
        body: row.get("body")?,
        said: LineOutcome {
            size: row.get("size")?,
            fit: FitWord::parse(&fit).ok_or_else(|| unknown("fit", fit))?,
            source: FitSource::parse(&source).ok_or_else(|| unknown("source", source))?,
            by: row.get("by_name")?,
            at: row.get("at")?,
        },
        seq: row.get("seq")?,
    })
}

fn head() -> SqlBuilder {
    SqlBuilder::new(sql_part!(
        "SELECT order_id, line, buyer, item, brand, category, gender, system, body, size, fit, source, by_name, at, seq FROM fit_outcomes WHERE "
    ))
}

/// Numbers of a shop's outcomes: the last one, the one from which on everything is learned anew, the tables that hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Numbers {
    pub seq: i64,
    pub rebuilt: i64,
}

pub(crate) async fn numbers(
    on: impl Into<On<'_>>,
    shop: &ShopId,
) -> Result<(Numbers, Option<sauda_kernel::FitTablesId>), StoreError> {
    let row = sql!("SELECT seq, rebuilt, tables_id FROM fit_shops WHERE shop_id = $1")
        .bind(shop)
        .optional(on)
        .await?;
    row.map_or(Ok((Numbers::default(), None)), |row| {
        let numbers = Numbers {
            seq: row.get("seq")?,
            rebuilt: row.get("rebuilt")?,
        };
        let tables: Option<String> = row.get("tables_id")?;
        let tables = tables
            .map(|id| sauda_kernel::FitTablesId::parse(&id).map_err(|_| unknown("tables_id", id.clone())));
        Ok((numbers, tables.transpose()?))
    })
}

/// The next number of a shop's outcomes; with `anew` everything is learned from the beginning.
async fn next(tx: &mut Tx, scope: &Scope, shop: &ShopId, anew: bool) -> Result<i64, StoreError> {
    sql!(
        "INSERT INTO fit_shops (shop_id, merchant_id, seq, rebuilt, tables_id) VALUES ($1, $2, 1, CASE WHEN CAST($3 AS BIGINT) = 1 THEN 1 ELSE 0 END, NULL) \
         ON CONFLICT (shop_id) DO UPDATE SET seq = fit_shops.seq + 1, rebuilt = CASE WHEN CAST($3 AS BIGINT) = 1 THEN fit_shops.seq + 1 ELSE fit_shops.rebuilt END \
         RETURNING seq"
    )
    .bind(shop)
    .bind(scope.merchant())
    .bind(i64::from(anew))
    .one(&mut *tx)
    .await?
    .get("seq")
}

/// Keeps how a line sat; whether it was: not when that was known already, or a person said otherwise and this is no person.
pub(crate) async fn put(
    tx: &mut Tx,
    scope: &Scope,
    shop: &ShopId,
    outcome: &Outcome,
) -> Result<bool, StoreError> {
    // The number first: it makes others who tell of this shop wait until this is told.
    let seq = next(tx, scope, shop, false).await?;
    let known = of_order(&mut *tx, std::slice::from_ref(&outcome.order)).await?;
    let known = known.get(&(outcome.order.clone(), outcome.line));
    if let Some(known) = known {
        let same = (&known.said.size, known.said.fit) == (&outcome.said.size, outcome.said.fit);
        let weaker = known.said.source == FitSource::Person && outcome.said.source != FitSource::Person;
        if weaker || (same && known.said.source == outcome.said.source) {
            return Ok(false);
        }
    }
    // What was learned cannot be unlearned: a changed outcome begins the lessons anew.
    let seq = if known.is_some() {
        next(tx, scope, shop, true).await?
    } else {
        seq
    };
    sql!(
        "INSERT INTO fit_outcomes (order_id, line, merchant_id, shop_id, buyer, item, brand, category, gender, system, size, fit, source, body, by_name, at, seq) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) \
         ON CONFLICT (order_id, line) DO UPDATE SET size = excluded.size, fit = excluded.fit, source = excluded.source, body = excluded.body, \
         by_name = excluded.by_name, at = excluded.at, seq = excluded.seq"
    )
    .bind(&outcome.order)
    .bind(outcome.line)
    .bind(scope.merchant())
    .bind(shop)
    .bind(&outcome.buyer)
    .bind(&outcome.item)
    .bind(outcome.brand.clone())
    .bind(outcome.category.clone())
    .bind(outcome.gender.clone())
    .bind(outcome.system.clone())
    .bind(&outcome.said.size)
    .bind(outcome.said.fit.word())
    .bind(outcome.said.source.word())
    .bind(outcome.body.clone())
    .bind(&outcome.said.by)
    .bind(outcome.said.at)
    .bind(seq)
    .run(&mut *tx)
    .await?;
    Ok(true)
}

/// Outcomes of a shop after a number, oldest first.
pub(crate) async fn after(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    seq: i64,
    limit: i64,
) -> Result<Vec<Outcome>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("shop_id = ? AND seq > ? ORDER BY seq LIMIT ?"),
        [shop.into(), seq.into(), limit.into()],
    );
    let rows = builder.finish().lasting().all(on).await?;
    rows.iter().map(read).collect()
}

/// Outcomes of these orders by line.
pub(crate) async fn of_order(
    on: impl Into<On<'_>>,
    orders: &[OrderId],
) -> Result<HashMap<(OrderId, i64), Outcome>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!("order_id IN "), []);
    builder.push_list(orders.iter().map(Value::from));
    let rows = builder.finish().all(on).await?;
    rows.iter()
        .map(|row| {
            let outcome = read(row)?;
            Ok(((outcome.order.clone(), outcome.line), outcome))
        })
        .collect()
}

/// Outcomes of these buyers, oldest first.
pub(crate) async fn of_buyers(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    buyers: &[&str],
) -> Result<HashMap<String, Vec<Outcome>>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!("shop_id = ? AND buyer IN "), [shop.into()]);
    builder.push_list(buyers.iter().map(|buyer| Value::from(*buyer)));
    builder.push(sql_part!(" ORDER BY buyer, seq"), []);
    let mut found: HashMap<String, Vec<Outcome>> = HashMap::new();
    for row in &builder.finish().all(on).await? {
        let outcome = read(row)?;
        found.entry(outcome.buyer.clone()).or_default().push(outcome);
    }
    Ok(found)
}

/// Outcomes of a buyer stay as numbers without a person.
pub(crate) async fn erase_outcomes(
    tx: &mut Tx,
    scope: &Scope,
    shop: &ShopId,
    buyer: &str,
) -> Result<u64, StoreError> {
    let erased = sql!("UPDATE fit_outcomes SET buyer = '', body = NULL WHERE shop_id = $1 AND buyer = $2")
        .bind(shop)
        .bind(buyer)
        .run(&mut *tx)
        .await?;
    if erased > 0 {
        next(tx, scope, shop, true).await?;
    }
    Ok(erased)
}

/// Orders that are over, had an advice and of which it is not known how they sat: those that were handed out before a moment, and
/// those that came back.
pub(crate) async fn to_judge(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    kept_before: Timestamp,
    limit: i64,
) -> Result<Vec<String>, StoreError> {
    let rows = sql!(
        "SELECT o.code FROM orders o WHERE o.shop_id = $1 AND ((o.stage = 'done' AND o.stage_since <= $2) OR o.stage = 'returned') \
         AND EXISTS (SELECT 1 FROM fit_advices a WHERE a.order_id = o.id) AND NOT EXISTS (SELECT 1 FROM fit_outcomes u WHERE u.order_id = o.id) \
         ORDER BY o.stage_since, o.id LIMIT $3"
    )
    .bind(shop)
    .bind(kept_before)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter().map(|row| row.get("code")).collect()
}
