//! Statements about raw answers kept for diagnosis.

use crate::model::{RawKept, RawMark};
use sauda_accounts::Scope;
use sauda_kernel::Timestamp;
use sauda_store::{On, Row, StoreError, Tx, sql};

pub(crate) async fn add(
    on: impl Into<On<'_>>,
    scope: &Scope,
    one: &RawMark,
    body: Vec<u8>,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO research_raws (merchant_id, id, at, about, subject, status, trouble, bytes, packed, body) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (merchant_id, id) DO NOTHING"
    )
    .bind(scope.merchant())
    .bind(&one.id)
    .bind(one.at)
    .bind(&one.about)
    .bind(&one.subject)
    .bind(one.status)
    .bind(one.trouble.as_deref())
    .bind(one.bytes)
    .bind(one.packed)
    .bind(body)
    .run(on)
    .await
}

fn read(row: &Row) -> Result<RawMark, StoreError> {
    Ok(RawMark {
        id: row.get("id")?,
        at: row.get("at")?,
        about: row.get("about")?,
        subject: row.get("subject")?,
        status: row.get("status")?,
        trouble: row.get("trouble")?,
        bytes: row.get("bytes")?,
        packed: row.get("packed")?,
    })
}

/// Newest first; those before a moment and an id alone when they are given; those that could not be used alone when asked.
pub(crate) async fn list(
    on: impl Into<On<'_>>,
    scope: &Scope,
    troubled: bool,
    after: Option<(Timestamp, &str)>,
    limit: i64,
) -> Result<Vec<RawMark>, StoreError> {
    sql!(
        "SELECT id, at, about, subject, status, trouble, bytes, packed FROM research_raws WHERE merchant_id = $1 \
         AND (CAST($2 AS BIGINT) IS NULL OR at < $2 OR (at = $2 AND id > $3)) \
         AND (CAST($4 AS BIGINT) = 0 OR trouble IS NOT NULL) ORDER BY at DESC, id LIMIT $5"
    )
    .bind(scope.merchant())
    .bind(after.map(|(at, _)| at))
    .bind(after.map_or("", |(_, id)| id))
    .bind(i64::from(troubled))
    .bind(limit)
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

pub(crate) async fn one(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &str,
) -> Result<Option<RawKept>, StoreError> {
    let row = sql!(
        "SELECT id, at, about, subject, status, trouble, bytes, packed, body FROM research_raws WHERE merchant_id = $1 AND id = $2"
    )
    .bind(scope.merchant())
    .bind(id)
    .optional(on)
    .await?;
    row.map(|row| {
        Ok(RawKept {
            mark: read(&row)?,
            body: row.get("body")?,
        })
    })
    .transpose()
}

/// How many are kept, and how much room they take.
pub(crate) async fn room(on: impl Into<On<'_>>, scope: &Scope) -> Result<(i64, i64), StoreError> {
    let row = sql!(
        "SELECT COUNT(*) AS count, CAST(COALESCE(SUM(packed), 0) AS BIGINT) AS packed FROM research_raws WHERE merchant_id = $1"
    )
    .bind(scope.merchant())
    .one(on)
    .await?;
    Ok((row.get("count")?, row.get("packed")?))
}

/// Deletes the oldest until so much room is free; how many went.
pub(crate) async fn make_room(tx: &mut Tx, scope: &Scope, mut wanted: i64) -> Result<u64, StoreError> {
    let mut gone = 0;
    while wanted > 0 {
        let row = sql!("SELECT id, packed FROM research_raws WHERE merchant_id = $1 ORDER BY at, id LIMIT 1")
            .bind(scope.merchant())
            .optional(&mut *tx)
            .await?;
        let Some(row) = row else { break };
        let (id, packed): (String, i64) = (row.get("id")?, row.get("packed")?);
        wanted -= packed;
        gone += sql!("DELETE FROM research_raws WHERE merchant_id = $1 AND id = $2")
            .bind(scope.merchant())
            .bind(id)
            .run(&mut *tx)
            .await?;
    }
    Ok(gone)
}

pub(crate) async fn forget(
    on: impl Into<On<'_>>,
    scope: &Scope,
    before: Timestamp,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM research_raws WHERE merchant_id = $1 AND at < $2")
        .bind(scope.merchant())
        .bind(before)
        .run(on)
        .await
}
