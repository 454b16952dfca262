//! Statements about rows of Today that a person put off.

use crate::put_off::PutOff;
use sauda_accounts::Scope;
use sauda_kernel::{ShopId, Timestamp};
use sauda_store::{On, StoreError, sql};

pub(crate) async fn put(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    row: &PutOff,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO put_off (merchant_id, shop_id, word, until) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (merchant_id, shop_id, word) DO UPDATE SET until = excluded.until"
    )
    .bind(scope.merchant())
    .bind(shop)
    .bind(&row.word)
    .bind(row.until)
    .run(on)
    .await
}

pub(crate) async fn delete(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    word: &str,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM put_off WHERE merchant_id = $1 AND shop_id = $2 AND word = $3")
        .bind(scope.merchant())
        .bind(shop)
        .bind(word)
        .run(on)
        .await
}

/// Rows that are put off at a moment.
pub(crate) async fn list(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    now: Timestamp,
) -> Result<Vec<PutOff>, StoreError> {
    sql!(
        "SELECT word, until FROM put_off WHERE merchant_id = $1 AND shop_id = $2 AND (until IS NULL OR until > $3) ORDER BY word"
    )
    .bind(scope.merchant())
    .bind(shop)
    .bind(now)
    .all(on)
    .await?
    .iter()
    .map(|row| {
        Ok(PutOff {
            word: row.get("word")?,
            until: row.get("until")?,
        })
    })
    .collect()
}
