//! Statements about days on which goods are promoted.

use crate::model::Promotion;
use sauda_accounts::Scope;
use sauda_kernel::ProductId;
use sauda_store::{On, StoreError, Tx, sql};

/// Of everything, and of single products: those that end on this day or later, by product and day.
pub(crate) async fn list(
    on: impl Into<On<'_>>,
    scope: &Scope,
    since: i64,
) -> Result<Vec<Promotion>, StoreError> {
    let rows = sql!(
        "SELECT product_id, from_day, to_day, made_by FROM stock_promotions WHERE merchant_id = $1 AND to_day >= $2 ORDER BY product_id, from_day"
    )
    .bind(scope.merchant())
    .bind(since)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            let product: String = row.get("product_id")?;
            Ok(Promotion {
                product: if product.is_empty() {
                    None
                } else {
                    Some(row.get("product_id")?)
                },
                from_day: row.get("from_day")?,
                to_day: row.get("to_day")?,
                made_by: row.get("made_by")?,
            })
        })
        .collect()
}

/// Keeps a promotion; one that began on the same day is replaced.
pub(crate) async fn put(tx: &mut Tx, scope: &Scope, promotion: &Promotion) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO stock_promotions (merchant_id, product_id, from_day, to_day, made_by) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (merchant_id, product_id, from_day) DO UPDATE SET to_day = excluded.to_day, made_by = excluded.made_by"
    )
    .bind(scope.merchant())
    .bind(promotion.product.as_ref().map_or("", ProductId::as_str))
    .bind(promotion.from_day)
    .bind(promotion.to_day)
    .bind(&promotion.made_by)
    .run(tx)
    .await
}

pub(crate) async fn remove(
    tx: &mut Tx,
    scope: &Scope,
    product: Option<&ProductId>,
    from_day: i64,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM stock_promotions WHERE merchant_id = $1 AND product_id = $2 AND from_day = $3")
        .bind(scope.merchant())
        .bind(product.map_or("", ProductId::as_str))
        .bind(from_day)
        .run(tx)
        .await
}
