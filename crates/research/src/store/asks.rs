//! Statements about searches that somebody outside is asked for.

use crate::interest::Ask;
use sauda_accounts::Scope;
use sauda_kernel::Timestamp;
use sauda_store::{On, StoreError, sql};

pub(crate) async fn list(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<Ask>, StoreError> {
    sql!("SELECT query, asked_at, next_at, trouble FROM research_asks WHERE merchant_id = $1 ORDER BY query")
        .bind(scope.merchant())
        .all(on)
        .await?
        .iter()
        .map(|row| {
            Ok(Ask {
                query: row.get("query")?,
                asked_at: row.get("asked_at")?,
                next_at: row.get("next_at")?,
                trouble: row.get("trouble")?,
            })
        })
        .collect()
}

pub(crate) async fn add(
    on: impl Into<On<'_>>,
    scope: &Scope,
    query: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO research_asks (merchant_id, query, next_at) VALUES ($1, $2, $3) ON CONFLICT (merchant_id, query) DO NOTHING"
    )
    .bind(scope.merchant())
    .bind(query)
    .bind(now)
    .run(on)
    .await
}

pub(crate) async fn remove(on: impl Into<On<'_>>, scope: &Scope, query: &str) -> Result<u64, StoreError> {
    sql!("DELETE FROM research_asks WHERE merchant_id = $1 AND query = $2")
        .bind(scope.merchant())
        .bind(query)
        .run(on)
        .await
}

/// What came of a question.
pub(crate) async fn stand(
    on: impl Into<On<'_>>,
    scope: &Scope,
    query: &str,
    trouble: Option<&str>,
    now: Timestamp,
    next: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE research_asks SET asked_at = $3, next_at = $4, trouble = $5 WHERE merchant_id = $1 AND query = $2")
        .bind(scope.merchant())
        .bind(query)
        .bind(now)
        .bind(next)
        .bind(trouble)
        .run(on)
        .await
}

/// Nobody is asked before this.
pub(crate) async fn put_off(
    on: impl Into<On<'_>>,
    scope: &Scope,
    next: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE research_asks SET next_at = $2 WHERE merchant_id = $1 AND next_at < $2")
        .bind(scope.merchant())
        .bind(next)
        .run(on)
        .await
}
