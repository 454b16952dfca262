//! Requests that were answered, so that a repeated one gets the same answer.

use sauda_kernel::Timestamp;
use sauda_store::{On, Sealed, StoreError, Tx, sql};

pub(crate) struct HeldRow {
    pub request_hash: String,
    pub holder: String,
    pub started_at: Timestamp,
    /// Status, content type and sealed body, once answered.
    pub answer: Option<(u32, String, Sealed)>,
    pub expires_at: Timestamp,
}

/// The row of a key, made when there is none, held until the transaction ends.
pub(crate) async fn hold(
    tx: &mut Tx,
    id: &str,
    request_hash: &str,
    holder: &str,
    at: Timestamp,
    expires_at: Timestamp,
) -> Result<HeldRow, StoreError> {
    sql!("INSERT INTO idempotency (id, request_hash, holder, started_at, expires_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING")
        .bind(id)
        .bind(request_hash)
        .bind(holder)
        .bind(at)
        .bind(expires_at)
        .run(&mut *tx)
        .await?;
    let row = sql!("UPDATE idempotency SET holder = holder WHERE id = $1 RETURNING request_hash, holder, started_at, status, content_type, body_sealed, expires_at").bind(id).one(tx).await?;
    let (status, kind, body): (Option<i64>, Option<String>, Option<String>) = (
        row.get("status")?,
        row.get("content_type")?,
        row.get("body_sealed")?,
    );
    let answer = match (status.and_then(|status| u32::try_from(status).ok()), kind, body) {
        (Some(status), Some(kind), Some(body)) => Some((status, kind, Sealed(body))),
        _ => None,
    };
    Ok(HeldRow {
        request_hash: row.get("request_hash")?,
        holder: row.get("holder")?,
        started_at: row.get("started_at")?,
        answer,
        expires_at: row.get("expires_at")?,
    })
}

/// A stale row is taken over by a new attempt.
pub(crate) async fn take_over(
    tx: &mut Tx,
    id: &str,
    request_hash: &str,
    holder: &str,
    at: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    sql!("UPDATE idempotency SET request_hash = $2, holder = $3, started_at = $4, expires_at = $5, status = NULL, content_type = NULL, body_sealed = NULL WHERE id = $1")
        .bind(id)
        .bind(request_hash)
        .bind(holder)
        .bind(at)
        .bind(expires_at)
        .run(tx)
        .await
        .map(|_| ())
}

pub(crate) async fn update_answer(
    on: impl Into<On<'_>>,
    id: &str,
    holder: &str,
    status: u32,
    content_type: &str,
    body: &Sealed,
) -> Result<u64, StoreError> {
    sql!("UPDATE idempotency SET status = $3, content_type = $4, body_sealed = $5 WHERE id = $1 AND holder = $2")
        .bind(id)
        .bind(holder)
        .bind(status)
        .bind(content_type)
        .bind(&body.0)
        .run(on)
        .await
}

pub(crate) async fn delete(on: impl Into<On<'_>>, id: &str, holder: &str) -> Result<u64, StoreError> {
    sql!("DELETE FROM idempotency WHERE id = $1 AND holder = $2")
        .bind(id)
        .bind(holder)
        .run(on)
        .await
}

pub(crate) async fn delete_ended(on: impl Into<On<'_>>, now: Timestamp) -> Result<u64, StoreError> {
    sql!("DELETE FROM idempotency WHERE expires_at <= $1")
        .bind(now)
        .run(on)
        .await
}
