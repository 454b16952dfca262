//! Tallies of sign-in attempts.

use crate::lockout::Tally;
use sauda_kernel::Timestamp;
use sauda_store::{On, StoreError, Tx, sql};

/// Reads a tally and holds its row until the transaction ends, so that attempts of the same moment are all counted.
pub(crate) async fn hold(tx: &mut Tx, kind: &'static str, subject: &str) -> Result<Tally, StoreError> {
    sql!("INSERT INTO sign_in_failures (kind, subject, failures, failed_at, locked_until) VALUES ($1, $2, 0, 0, 0) ON CONFLICT (kind, subject) DO NOTHING")
        .bind(kind)
        .bind(subject)
        .run(&mut *tx)
        .await?;
    let row = sql!("UPDATE sign_in_failures SET failures = failures WHERE kind = $1 AND subject = $2 RETURNING failures, failed_at, locked_until")
        .bind(kind)
        .bind(subject)
        .one(tx)
        .await?;
    Ok(Tally {
        failures: row.get("failures")?,
        failed_at: row.get("failed_at")?,
        locked_until: row.get("locked_until")?,
    })
}

pub(crate) async fn update(
    on: impl Into<On<'_>>,
    kind: &'static str,
    subject: &str,
    tally: Tally,
) -> Result<(), StoreError> {
    sql!("UPDATE sign_in_failures SET failures = $3, failed_at = $4, locked_until = $5 WHERE kind = $1 AND subject = $2")
        .bind(kind)
        .bind(subject)
        .bind(tally.failures)
        .bind(tally.failed_at)
        .bind(tally.locked_until)
        .run(on)
        .await
        .map(|_| ())
}

/// The attempt was right: its login starts anew.
pub(crate) async fn delete(
    on: impl Into<On<'_>>,
    kind: &'static str,
    subject: &str,
) -> Result<(), StoreError> {
    sql!("DELETE FROM sign_in_failures WHERE kind = $1 AND subject = $2")
        .bind(kind)
        .bind(subject)
        .run(on)
        .await
        .map(|_| ())
}

/// The attempt was right: it does not count against its address, but earlier ones do.
pub(crate) async fn forgive_one(
    on: impl Into<On<'_>>,
    kind: &'static str,
    subject: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    sql!("UPDATE sign_in_failures SET failures = failures - 1, locked_until = $3 WHERE kind = $1 AND subject = $2 AND failures > 0")
        .bind(kind)
        .bind(subject)
        .bind(at)
        .run(on)
        .await
        .map(|_| ())
}

pub(crate) async fn delete_before(on: impl Into<On<'_>>, at: Timestamp) -> Result<u64, StoreError> {
    sql!("DELETE FROM sign_in_failures WHERE failed_at < $1")
        .bind(at)
        .run(on)
        .await
}
