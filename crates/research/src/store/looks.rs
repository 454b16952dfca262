//! Statements about cards that were looked at.

use crate::look::CardSeen;
use sauda_accounts::Scope;
use sauda_kernel::Timestamp;
use sauda_store::{On, StoreError, sql};

pub(crate) async fn find(
    on: impl Into<On<'_>>,
    scope: &Scope,
    card: &str,
    city: &str,
) -> Result<Option<CardSeen>, StoreError> {
    let row = sql!(
        "SELECT card, title, path, price, at FROM research_looks WHERE merchant_id = $1 AND card = $2 AND city = $3"
    )
    .bind(scope.merchant())
    .bind(card)
    .bind(city)
    .optional(on)
    .await?;
    row.map(|row| {
        let path: String = row.get("path")?;
        Ok(CardSeen {
            card: row.get("card")?,
            title: row.get("title")?,
            path: serde_json::from_str(&path).unwrap_or_default(),
            price: row.get("price")?,
            at: row.get("at")?,
        })
    })
    .transpose()
}

pub(crate) async fn put(
    on: impl Into<On<'_>>,
    scope: &Scope,
    city: &str,
    seen: &CardSeen,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO research_looks (merchant_id, card, city, title, path, price, at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (merchant_id, card, city) DO UPDATE SET title = excluded.title, path = excluded.path, price = excluded.price, at = excluded.at"
    )
    .bind(scope.merchant())
    .bind(&seen.card)
    .bind(city)
    .bind(&seen.title)
    .bind(serde_json::to_string(&seen.path).unwrap_or_default())
    .bind(seen.price)
    .bind(seen.at)
    .run(on)
    .await
}

pub(crate) async fn forget(
    on: impl Into<On<'_>>,
    scope: &Scope,
    before: Timestamp,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM research_looks WHERE merchant_id = $1 AND at < $2")
        .bind(scope.merchant())
        .bind(before)
        .run(on)
        .await
}
