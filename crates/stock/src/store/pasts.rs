//! Statements about what follows from past days. A stamp tells what was counted before those days changed; who counted meanwhile
//! keeps nothing.

use crate::reorder::Digest;
use sauda_accounts::Scope;
use sauda_kernel::ProductId;
use sauda_store::{On, SqlBuilder, StoreError, Tx, Value, insert_rows, sql, sql_part};
use std::collections::BTreeMap;

/// Rows of one statement.
const PART: usize = 1_000;

/// What is kept of a product.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Past {
    pub(crate) stamp: i64,
    /// What holds for the day that was asked for; none when it is to be counted.
    pub(crate) digest: Option<Digest>,
}

/// Until when days were looked at, and from when orders were known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) day: i64,
    pub(crate) first_day: i64,
}

/// Of all products that ever had an order or were counted, or of one.
pub(crate) async fn all(
    on: impl Into<On<'_>>,
    scope: &Scope,
    span: Span,
    one: Option<&ProductId>,
) -> Result<BTreeMap<ProductId, Past>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT product_id, stamp, day, first_day, said FROM stock_pasts WHERE "
    ));
    builder.push(sql_part!("merchant_id = ?"), [scope.merchant().into()]);
    if let Some(product) = one {
        builder.push(sql_part!(" AND product_id = ?"), [product.into()]);
    }
    builder.push(sql_part!(" ORDER BY product_id"), []);
    let columns = &["product_id", "stamp", "day", "first_day", "said"];
    let rows = builder.finish().many(on, columns).await?;
    rows.iter()
        .map(|row| {
            let (day, first_day): (Option<i64>, Option<i64>) = (row.get("day")?, row.get("first_day")?);
            let holds = day == Some(span.day) && first_day == Some(span.first_day);
            let said: Option<String> = row.get("said")?;
            let past = Past {
                stamp: row.get("stamp")?,
                digest: said.filter(|_| holds).as_deref().and_then(Digest::parse),
            };
            Ok((row.get("product_id")?, past))
        })
        .collect()
}

/// How often past days of each of these products changed; nothing of those that never did.
pub(crate) async fn stamps(
    on: impl Into<On<'_>> + Copy,
    scope: &Scope,
    products: &[&ProductId],
) -> Result<BTreeMap<ProductId, i64>, StoreError> {
    let mut found = BTreeMap::new();
    for part in products.chunks(500) {
        let mut builder = SqlBuilder::new(sql_part!("SELECT product_id, stamp FROM stock_pasts WHERE "));
        builder.push(
            sql_part!("merchant_id = ? AND product_id IN "),
            [scope.merchant().into()],
        );
        builder.push_list(part.iter().map(|product| Value::from(*product)));
        for row in &builder.finish().many(on, &["product_id", "stamp"]).await? {
            found.insert(row.get("product_id")?, row.get("stamp")?);
        }
    }
    Ok(found)
}

/// Keeps what was counted, where nothing changed since the stamp.
pub(crate) async fn keep(
    tx: &mut Tx,
    scope: &Scope,
    span: Span,
    counted: &[(ProductId, i64, Digest)],
) -> Result<(), StoreError> {
    for part in counted.chunks(PART) {
        let rows = part.iter().map(|(product, stamp, digest)| {
            vec![
                Value::from(scope.merchant()),
                Value::from(product),
                Value::from(*stamp),
                Value::from(span.day),
                Value::from(span.first_day),
                Value::from(digest.text()),
            ]
        });
        let head = sql_part!(
            "INSERT INTO stock_pasts (merchant_id, product_id, stamp, day, first_day, said) VALUES "
        );
        let tail = sql_part!(
            "ON CONFLICT (merchant_id, product_id) DO UPDATE SET day = excluded.day, first_day = excluded.first_day, said = excluded.said \
             WHERE stock_pasts.stamp = excluded.stamp"
        );
        insert_rows(head, rows.collect(), tail).run(&mut *tx).await?;
    }
    Ok(())
}

/// Past days of a product changed: what was counted of them holds no more.
pub(crate) async fn touch(tx: &mut Tx, scope: &Scope, product: &ProductId) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO stock_pasts (merchant_id, product_id, stamp) VALUES ($1, $2, 1) \
         ON CONFLICT (merchant_id, product_id) DO UPDATE SET stamp = stock_pasts.stamp + 1, day = NULL, said = NULL"
    )
    .bind(scope.merchant())
    .bind(product)
    .run(tx)
    .await
}
