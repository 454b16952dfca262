//! Statements about advices of sizes and corrections of them: both are only added to, until a buyer is erased.

use crate::{
    fit::{Correction, LineFit},
    store::unknown,
};
use sauda_accounts::Scope;
use sauda_kernel::{FitAdviceId, FitCorrectionId, OrderId, ShopId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Tx, Value, insert_rows, sql, sql_part};
use std::collections::HashMap;

/// Advices in one statement: fifteen values each.
const ROWS: usize = 500;

/// An advice to be kept.
pub(crate) struct NewAdvice {
    pub id: FitAdviceId,
    pub order: OrderId,
    pub buyer: String,
    pub fit: LineFit,
    /// What was known, JSON.
    pub question: String,
}

pub(crate) async fn insert(
    tx: &mut Tx,
    scope: &Scope,
    shop: &ShopId,
    advices: &[NewAdvice],
) -> Result<(), StoreError> {
    for part in advices.chunks(ROWS) {
        let rows = part
            .iter()
            .map(|new| {
                vec![
                    (&new.id).into(),
                    scope.merchant().into(),
                    shop.into(),
                    (&new.order).into(),
                    new.fit.line.into(),
                    Value::from(&new.buyer),
                    Value::from(&new.fit.item),
                    Value::from(&new.fit.asked),
                    new.fit.advice.size.clone().into(),
                    new.fit.percent().into(),
                    Value::from(serde_json::to_string(&new.fit.advice).unwrap_or_default()),
                    Value::from(&new.question),
                    Value::from(&new.fit.model),
                    new.fit.lessons.into(),
                    new.fit.at.into(),
                ]
            })
            .collect();
        insert_rows(
            sql_part!(
                "INSERT INTO fit_advices (id, merchant_id, shop_id, order_id, line, buyer, item, asked, size, percent, advice, question, model, lessons, at) VALUES "
            ),
            rows,
            sql_part!(""),
        )
        .run(&mut *tx)
        .await?;
    }
    Ok(())
}

/// The newest advice of each line of these orders, in the order of lines.
pub(crate) async fn newest(
    on: impl Into<On<'_>>,
    orders: &[OrderId],
) -> Result<HashMap<OrderId, Vec<LineFit>>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT order_id, line, item, asked, advice, model, lessons, at FROM fit_advices WHERE order_id IN "
    ));
    builder.push_list(orders.iter().map(Value::from));
    builder.push(sql_part!(" ORDER BY order_id, line, at, id"), []);
    let mut found: HashMap<OrderId, Vec<LineFit>> = HashMap::new();
    for row in &builder.finish().all(on).await? {
        let fit = read(row)?;
        let of = found.entry(row.get("order_id")?).or_default();
        match of.last_mut().filter(|last| last.line == fit.line) {
            Some(last) => *last = fit,
            None => of.push(fit),
        }
    }
    Ok(found)
}

fn read(row: &Row) -> Result<LineFit, StoreError> {
    let advice: String = row.get("advice")?;
    Ok(LineFit {
        line: row.get("line")?,
        asked: row.get("asked")?,
        item: row.get("item")?,
        advice: serde_json::from_str(&advice).map_err(|_| unknown("advice", advice))?,
        model: row.get("model")?,
        lessons: row.get("lessons")?,
        at: row.get("at")?,
        correction: None,
        outcome: None,
    })
}

pub(crate) async fn insert_correction(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    id: &FitCorrectionId,
    buyer: &str,
    correction: &Correction,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO fit_corrections (id, merchant_id, shop_id, order_id, line, buyer, item, from_size, to_size, why, by_name, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    )
    .bind(id)
    .bind(scope.merchant())
    .bind(shop)
    .bind(&correction.order)
    .bind(correction.line)
    .bind(buyer)
    .bind(&correction.item)
    .bind(&correction.from)
    .bind(&correction.to)
    .bind(&correction.why)
    .bind(&correction.by)
    .bind(correction.at)
    .run(on)
    .await
}

fn read_correction(row: &Row) -> Result<Correction, StoreError> {
    Ok(Correction {
        order: row.get("order_id")?,
        line: row.get("line")?,
        item: row.get("item")?,
        from: row.get("from_size")?,
        to: row.get("to_size")?,
        why: row.get("why")?,
        by: row.get("by_name")?,
        at: row.get("at")?,
    })
}

/// The newest correction of each line of these orders.
pub(crate) async fn corrections(
    on: impl Into<On<'_>>,
    orders: &[OrderId],
) -> Result<HashMap<(OrderId, i64), Correction>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT order_id, line, item, from_size, to_size, why, by_name, at FROM fit_corrections WHERE order_id IN "
    ));
    builder.push_list(orders.iter().map(Value::from));
    builder.push(sql_part!(" ORDER BY order_id, line, at, id"), []);
    let rows = builder.finish().all(on).await?;
    rows.iter()
        .map(|row| {
            let correction = read_correction(row)?;
            Ok(((correction.order.clone(), correction.line), correction))
        })
        .collect()
}

/// The newest correction of these buyers for each piece.
pub(crate) async fn corrections_of_buyers(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    buyers: &[&str],
) -> Result<HashMap<(String, String), Correction>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT buyer, order_id, line, item, from_size, to_size, why, by_name, at FROM fit_corrections WHERE "
    ));
    builder.push(sql_part!("shop_id = ? AND buyer IN "), [shop.into()]);
    builder.push_list(buyers.iter().map(|buyer| Value::from(*buyer)));
    builder.push(sql_part!(" ORDER BY buyer, at, id"), []);
    let rows = builder.finish().all(on).await?;
    rows.iter()
        .map(|row| {
            let correction = read_correction(row)?;
            Ok(((row.get("buyer")?, correction.item.clone()), correction))
        })
        .collect()
}

/// The last corrections of a shop with the numbers of their orders, the newest first.
pub(crate) async fn last_corrections(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<(String, Correction)>, StoreError> {
    let rows = sql!(
        "SELECT o.code, c.order_id, c.line, c.item, c.from_size, c.to_size, c.why, c.by_name, c.at FROM fit_corrections c \
         JOIN orders o ON o.id = c.order_id WHERE c.shop_id = $1 AND c.at >= $2 ORDER BY c.at DESC, c.id DESC LIMIT $3"
    )
    .bind(shop)
    .bind(since)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("code")?, read_correction(row)?)))
        .collect()
}

/// Numbers of orders that are not packed yet, were made since a moment and have no advice: newest first.
pub(crate) async fn unadvised(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<String>, StoreError> {
    let rows = sql!(
        "SELECT o.code FROM orders o WHERE o.shop_id = $1 AND o.created_at >= $2 AND o.stage IN ('new', 'sign', 'pack', 'preorder') \
         AND NOT EXISTS (SELECT 1 FROM fit_advices a WHERE a.order_id = o.id) ORDER BY o.created_at DESC, o.id LIMIT $3"
    )
    .bind(shop)
    .bind(since)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter().map(|row| row.get("code")).collect()
}

/// What a page of quality counts: the newest advice of each line since a moment, with how it sat.
pub(crate) struct Judged {
    pub code: String,
    pub line: i64,
    pub item: String,
    pub asked: String,
    pub size: Option<String>,
    pub percent: Option<i64>,
    pub at: Timestamp,
    pub had: Option<String>,
    pub fit: Option<String>,
    pub source: Option<String>,
}

pub(crate) async fn judged(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Judged>, StoreError> {
    let rows = sql!(
        "SELECT o.code, a.line, a.item, a.asked, a.size, a.percent, a.at, u.size AS had, u.fit, u.source FROM fit_advices a \
         JOIN orders o ON o.id = a.order_id LEFT JOIN fit_outcomes u ON u.order_id = a.order_id AND u.line = a.line \
         WHERE a.shop_id = $1 AND a.at >= $2 AND NOT EXISTS (SELECT 1 FROM fit_advices n WHERE n.order_id = a.order_id AND n.line = a.line \
         AND (n.at > a.at OR (n.at = a.at AND n.id > a.id))) ORDER BY a.at DESC, a.id DESC LIMIT $3"
    )
    .bind(shop)
    .bind(since)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Judged {
                code: row.get("code")?,
                line: row.get("line")?,
                item: row.get("item")?,
                asked: row.get("asked")?,
                size: row.get("size")?,
                percent: row.get("percent")?,
                at: row.get("at")?,
                had: row.get("had")?,
                fit: row.get("fit")?,
                source: row.get("source")?,
            })
        })
        .collect()
}

/// Advices of a buyer, to be written anew without what was known of the body.
pub(crate) async fn of_buyer(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    buyer: &str,
) -> Result<Vec<(FitAdviceId, String)>, StoreError> {
    let rows = sql!("SELECT id, advice FROM fit_advices WHERE shop_id = $1 AND buyer = $2 ORDER BY id")
        .bind(shop)
        .bind(buyer)
        .all(on)
        .await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.get("advice")?)))
        .collect()
}

/// What was known of the body is forgotten.
pub(crate) async fn erase(on: impl Into<On<'_>>, id: &FitAdviceId, advice: &str) -> Result<u64, StoreError> {
    sql!("UPDATE fit_advices SET buyer = '', question = '{}', advice = $2 WHERE id = $1")
        .bind(id)
        .bind(advice)
        .run(on)
        .await
}

pub(crate) async fn erase_corrections(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    buyer: &str,
) -> Result<u64, StoreError> {
    sql!("UPDATE fit_corrections SET buyer = '' WHERE shop_id = $1 AND buyer = $2")
        .bind(shop)
        .bind(buyer)
        .run(on)
        .await
}
