//! Statements that keep the tables small and mend what a clock that was put back would delay.

use sauda_kernel::{Span, Timestamp};
use sauda_store::{Db, StoreError, sql};

/// Rows that one transaction deletes.
const PART: i64 = 500;

/// Jobs whose row was written in the future keep the distance between writing and due time: the clock was put back.
pub(crate) async fn mend_times(db: &Db, now: Timestamp, slack: Span) -> Result<u64, StoreError> {
    sql!(
        "UPDATE jobs SET run_at = run_at - (updated_at - $1), lease_until = lease_until - (updated_at - $1), updated_at = $1 \
         WHERE state IN ('waiting', 'running') AND updated_at > $2"
    )
    .bind(now)
    .bind(now.plus(slack))
    .run(db)
    .await
}

/// Deletes finished jobs with their runs and lines, and old runs of jobs that live on; how many rows went.
pub(crate) async fn forget(
    db: &Db,
    done_before: Timestamp,
    kept_before: Timestamp,
) -> Result<u64, StoreError> {
    let mut tx = db.write().await?;
    let mut gone = sql!(
        "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE (state = 'done' AND updated_at < $1) \
         OR (state IN ('parked', 'cancelled') AND updated_at < $2) ORDER BY id LIMIT $3)"
    )
    .bind(done_before)
    .bind(kept_before)
    .bind(PART)
    .run(&mut tx)
    .await?;
    gone += sql!("DELETE FROM runs WHERE id IN (SELECT id FROM runs WHERE finished_at IS NOT NULL AND finished_at < $1 ORDER BY finished_at LIMIT $2)")
        .bind(kept_before)
        .bind(PART)
        .run(&mut tx)
        .await?;
    tx.commit().await?;
    Ok(gone)
}
