//! Statements about which days there are, and what cards are called.

use sauda_accounts::Scope;
use sauda_kernel::Timestamp;
use sauda_store::{On, StoreError, sql};
use std::collections::HashMap;

/// Days of a source, or of all, that lie open or packed, by source and day.
pub(crate) async fn days(
    on: impl Into<On<'_>>,
    scope: &Scope,
    source: Option<&str>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<(String, Timestamp)>, StoreError> {
    sql!(
        "SELECT source_id, day FROM research_rows WHERE merchant_id = $1 AND (CAST($2 AS TEXT) IS NULL OR source_id = $2) \
         AND day >= $3 AND day <= $4 GROUP BY source_id, day \
         UNION SELECT source_id, day FROM research_archives WHERE merchant_id = $1 AND (CAST($2 AS TEXT) IS NULL OR source_id = $2) \
         AND day >= $3 AND day <= $4 ORDER BY source_id, day"
    )
    .bind(scope.merchant())
    .bind(source)
    .bind(from)
    .bind(to)
    .all(on)
    .await?
    .iter()
    .map(|row| Ok((row.get("source_id")?, row.get("day")?)))
    .collect()
}

/// Title and brand of every card that a source ever had.
pub(crate) async fn names(
    on: impl Into<On<'_>>,
    scope: &Scope,
    source: &str,
) -> Result<HashMap<String, (String, Option<String>)>, StoreError> {
    sql!("SELECT card, title, brand FROM research_cards WHERE merchant_id = $1 AND source_id = $2")
        .bind(scope.merchant())
        .bind(source)
        .all(on)
        .await?
        .iter()
        .map(|row| Ok((row.get("card")?, (row.get("title")?, row.get("brand")?))))
        .collect()
}

/// What one card was worth on the shelf of every source, oldest first: days that lie open.
pub(crate) async fn card_history(
    on: impl Into<On<'_>>,
    scope: &Scope,
    card: &str,
    from: Timestamp,
) -> Result<Vec<crate::model::CardPoint>, StoreError> {
    sql!(
        "SELECT source_id, at, place, price, rating_milli, reviews FROM research_rows \
         WHERE merchant_id = $1 AND card = $2 AND day >= $3 ORDER BY at, source_id"
    )
    .bind(scope.merchant())
    .bind(card)
    .bind(from)
    .all(on)
    .await?
    .iter()
    .map(|row| {
        Ok(crate::model::CardPoint {
            source: row.get("source_id")?,
            at: row.get("at")?,
            place: row.get("place")?,
            price: row.get("price")?,
            rating_milli: row.get("rating_milli")?,
            reviews: row.get("reviews")?,
        })
    })
    .collect()
}
