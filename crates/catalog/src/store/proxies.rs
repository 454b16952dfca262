//! Statements about proxies and their health.

use crate::model::Proxy;
use sauda_accounts::Scope;
use sauda_kernel::{ProxyId, Timestamp};
use sauda_store::{On, Row, StoreError, sql};

fn read(row: &Row) -> Result<Proxy, StoreError> {
    Ok(Proxy {
        id: row.get("id")?,
        name: row.get("name")?,
        enabled: row.get("enabled")?,
        successes: row.get("successes")?,
        failures: row.get("failures")?,
        streak: row.get("streak")?,
        benched_until: row.get("benched_until")?,
        last_error: row.get("last_error")?,
        latency_ms: row.get("latency_ms")?,
        used_at: row.get("used_at")?,
    })
}

pub(crate) async fn list(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<Proxy>, StoreError> {
    sql!(
        "SELECT id, name, enabled, successes, failures, streak, benched_until, last_error, latency_ms, used_at \
         FROM proxies WHERE merchant_id = $1 ORDER BY name, id"
    )
    .bind(scope.merchant())
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ProxyId,
    name: &str,
    sealed: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO proxies (id, merchant_id, url_sealed, name, enabled, successes, failures, streak, created_at) \
         VALUES ($1, $2, $3, $4, $5, 0, 0, 0, $6) \
         ON CONFLICT (merchant_id, name) DO UPDATE SET url_sealed = excluded.url_sealed, enabled = excluded.enabled, streak = 0, benched_until = NULL"
    )
    .bind(id)
    .bind(scope.merchant())
    .bind(sealed)
    .bind(name)
    .bind(true)
    .bind(now)
    .run(on)
    .await
}

pub(crate) async fn delete(on: impl Into<On<'_>>, scope: &Scope, id: &ProxyId) -> Result<u64, StoreError> {
    sql!("DELETE FROM proxies WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .run(on)
        .await
}

pub(crate) async fn set_enabled(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ProxyId,
    enabled: bool,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE proxies SET enabled = $3, streak = 0, benched_until = NULL WHERE merchant_id = $1 AND id = $2"
    )
    .bind(scope.merchant())
    .bind(id)
    .bind(enabled)
    .run(on)
    .await
}

/// Sealed addresses of the proxies that may be used now, over all merchants.
pub(crate) async fn usable(
    on: impl Into<On<'_>>,
    now: Timestamp,
) -> Result<Vec<(String, ProxyId, String)>, StoreError> {
    let rows = sql!(
        "SELECT merchant_id, id, url_sealed FROM proxies WHERE enabled = $1 AND (benched_until IS NULL OR benched_until <= $2) ORDER BY id"
    )
    .bind(true)
    .bind(now)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("merchant_id")?, row.get("id")?, row.get("url_sealed")?)))
        .collect()
}

pub(crate) async fn record_success(
    on: impl Into<On<'_>>,
    id: &ProxyId,
    times: i64,
    latency_ms: i64,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE proxies SET successes = successes + $2, streak = 0, benched_until = NULL, used_at = $4, \
         latency_ms = (COALESCE(latency_ms, $3) * 7 + $3) / 8 WHERE id = $1"
    )
    .bind(id)
    .bind(times)
    .bind(latency_ms)
    .bind(now)
    .run(on)
    .await
}

pub(crate) async fn record_failure(
    on: impl Into<On<'_>>,
    id: &ProxyId,
    error: &str,
    benched_until: Option<Timestamp>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE proxies SET failures = failures + 1, streak = streak + 1, last_error = $2, benched_until = $3, used_at = $4 WHERE id = $1")
        .bind(id)
        .bind(error)
        .bind(benched_until)
        .bind(now)
        .run(on)
        .await
}

/// The sealed address of one proxy.
pub(crate) async fn sealed(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ProxyId,
) -> Result<Option<String>, StoreError> {
    let row = sql!("SELECT url_sealed FROM proxies WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .optional(on)
        .await?;
    row.as_ref().map(|row| row.get("url_sealed")).transpose()
}
