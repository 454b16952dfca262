//! Statements about events of lines: kept as they came before they are answered, taken up after.

use sauda_kernel::{MessageLineId, Timestamp};
use sauda_store::{On, StoreError, sql};

/// An event that waits to be taken up.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub line: MessageLineId,
    pub event: String,
    pub body: String,
    pub tries: i64,
}

/// Keeps an event; 0 when it came before.
pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    line: &MessageLineId,
    event: &str,
    body: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO message_events (line_id, event_id, body, received_at, next_at) VALUES ($1, $2, $3, $4, $4) ON CONFLICT (line_id, event_id) DO NOTHING"
    )
    .bind(line)
    .bind(event)
    .bind(body)
    .bind(now)
    .run(on)
    .await
}

/// Events that want to be taken up now, in the order they came.
pub(crate) async fn due(on: impl Into<On<'_>>, now: Timestamp, limit: i64) -> Result<Vec<Kept>, StoreError> {
    let rows = sql!(
        "SELECT line_id, event_id, body, tries FROM message_events WHERE next_at <= $1 ORDER BY received_at, event_id LIMIT $2"
    )
    .bind(now)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Kept {
                line: row.get("line_id")?,
                event: row.get("event_id")?,
                body: row.get("body")?,
                tries: row.get("tries")?,
            })
        })
        .collect()
}

/// What became of an event: over, or taken up again later.
pub(crate) async fn step(
    on: impl Into<On<'_>>,
    kept: &Kept,
    next_at: Option<Timestamp>,
    trouble: Option<&str>,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE message_events SET next_at = CAST($3 AS BIGINT), tries = tries + 1, trouble = $4 WHERE line_id = $1 AND event_id = $2"
    )
    .bind(&kept.line)
    .bind(&kept.event)
    .bind(next_at)
    .bind(trouble)
    .run(on)
    .await
}

/// Forgets events that are over and came before.
pub(crate) async fn forget(on: impl Into<On<'_>>, before: Timestamp) -> Result<u64, StoreError> {
    sql!("DELETE FROM message_events WHERE received_at < $1 AND next_at IS NULL")
        .bind(before)
        .run(on)
        .await
}
