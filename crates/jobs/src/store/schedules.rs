//! Statements about schedules.

use crate::{ScheduleView, store::lists::state};
use sauda_kernel::{JobId, MerchantId, Timestamp};
use sauda_store::{On, StoreError, sql};

/// A schedule as it is declared.
pub(crate) struct Declared<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub merchant: Option<&'a MerchantId>,
    pub job: &'a str,
    pub version: u32,
    pub payload: &'a str,
    pub timing: &'a str,
    pub priority: i32,
    pub next_at: Timestamp,
    pub now: Timestamp,
}

/// Adds a schedule; one that is there keeps its switch, and its next time unless the timing has changed.
pub(crate) async fn declare(on: impl Into<On<'_>>, new: &Declared<'_>) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO schedules (id, name, merchant_id, job, version, payload, timing, priority, paused, next_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, FALSE, $9, $10) ON CONFLICT (id) DO UPDATE SET job = excluded.job, \
         version = excluded.version, payload = excluded.payload, priority = excluded.priority, updated_at = excluded.updated_at, \
         next_at = CASE WHEN schedules.timing = excluded.timing THEN schedules.next_at ELSE excluded.next_at END, timing = excluded.timing"
    )
    .bind(new.id)
    .bind(new.name)
    .bind(new.merchant)
    .bind(new.job)
    .bind(new.version)
    .bind(new.payload)
    .bind(new.timing)
    .bind(new.priority)
    .bind(new.next_at)
    .bind(new.now)
    .run(on)
    .await
    .map(|_| ())
}

/// A schedule that is due.
#[derive(Debug)]
pub(crate) struct Due {
    pub id: String,
    pub merchant: Option<MerchantId>,
    pub job: String,
    pub version: u32,
    pub payload: String,
    pub timing: String,
    pub priority: i32,
    pub next_at: Timestamp,
}

pub(crate) async fn due(on: impl Into<On<'_>>, now: Timestamp) -> Result<Vec<Due>, StoreError> {
    let rows = sql!(
        "SELECT id, merchant_id, job, version, payload, timing, priority, next_at FROM schedules WHERE NOT paused AND next_at <= $1 \
         ORDER BY next_at, id LIMIT 200"
    )
    .bind(now)
    .all(on)
    .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        all.push(Due {
            id: row.get("id")?,
            merchant: row.get("merchant_id")?,
            job: row.get("job")?,
            version: row.get("version")?,
            payload: row.get("payload")?,
            timing: row.get("timing")?,
            priority: row.get("priority")?,
            next_at: row.get("next_at")?,
        });
    }
    Ok(all)
}

/// Moves a schedule on; false when another process did it first.
pub(crate) async fn advance(
    on: impl Into<On<'_>>,
    due: &Due,
    next_at: Timestamp,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let moved = sql!("UPDATE schedules SET next_at = $1, last_at = $2, updated_at = $2 WHERE id = $3 AND next_at = $4 AND NOT paused")
        .bind(next_at)
        .bind(now)
        .bind(&due.id)
        .bind(due.next_at)
        .run(on)
        .await?;
    Ok(moved == 1)
}

pub(crate) async fn set_last_job(on: impl Into<On<'_>>, id: &str, job: &JobId) -> Result<(), StoreError> {
    sql!("UPDATE schedules SET last_job_id = $1 WHERE id = $2")
        .bind(job)
        .bind(id)
        .run(on)
        .await
        .map(|_| ())
}

/// Switches a schedule; when it is switched on its next time is given anew, so that nothing missed in the pause is caught up.
pub(crate) async fn set_paused(
    on: impl Into<On<'_>>,
    id: &str,
    paused: bool,
    next_at: Timestamp,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE schedules SET paused = $1, next_at = $2, updated_at = $3 WHERE id = $4")
        .bind(paused)
        .bind(next_at)
        .bind(now)
        .bind(id)
        .run(on)
        .await
}

pub(crate) async fn find(on: impl Into<On<'_>>, id: &str) -> Result<Option<Due>, StoreError> {
    let row = sql!("SELECT id, merchant_id, job, version, payload, timing, priority, next_at FROM schedules WHERE id = $1")
        .bind(id)
        .optional(on)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Due {
        id: row.get("id")?,
        merchant: row.get("merchant_id")?,
        job: row.get("job")?,
        version: row.get("version")?,
        payload: row.get("payload")?,
        timing: row.get("timing")?,
        priority: row.get("priority")?,
        next_at: row.get("next_at")?,
    }))
}

/// Schedules of the installation, or of one merchant, by name.
pub(crate) async fn list(
    on: impl Into<On<'_>>,
    merchant: Option<&MerchantId>,
) -> Result<Vec<ScheduleView>, StoreError> {
    let rows = sql!(
        "SELECT s.id, s.name, s.merchant_id, s.job, s.timing, s.paused, s.next_at, s.last_at, s.last_job_id, j.state AS last_state \
         FROM schedules s LEFT JOIN jobs j ON j.id = s.last_job_id \
         WHERE CAST($1 AS TEXT) IS NULL OR s.merchant_id = $1 ORDER BY s.name, s.id LIMIT 1000"
    )
    .bind(merchant)
    .all(on)
    .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let last_state: Option<String> = row.get("last_state")?;
        all.push(ScheduleView {
            id: row.get("id")?,
            name: row.get("name")?,
            merchant: row.get("merchant_id")?,
            job: row.get("job")?,
            timing: row.get("timing")?,
            paused: row.get("paused")?,
            next_at: row.get("next_at")?,
            last_at: row.get("last_at")?,
            last_job: row.get("last_job_id")?,
            last_state: last_state.map(state).transpose()?,
        });
    }
    Ok(all)
}

pub(crate) async fn forget(on: impl Into<On<'_>>, id: &str) -> Result<u64, StoreError> {
    sql!("DELETE FROM schedules WHERE id = $1").bind(id).run(on).await
}

/// Ids of the installation's own schedules.
pub(crate) async fn global_ids(on: impl Into<On<'_>>) -> Result<Vec<String>, StoreError> {
    sql!("SELECT id FROM schedules WHERE merchant_id IS NULL ORDER BY id")
        .all(on)
        .await?
        .iter()
        .map(|row| row.get("id"))
        .collect()
}

/// Schedules whose row was written in the future: the clock was put back.
pub(crate) async fn from_the_future(
    on: impl Into<On<'_>>,
    now: Timestamp,
) -> Result<Vec<(String, String)>, StoreError> {
    let rows = sql!("SELECT id, timing FROM schedules WHERE updated_at > $1 ORDER BY id LIMIT 1000")
        .bind(now)
        .all(on)
        .await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.get("timing")?)))
        .collect()
}

pub(crate) async fn set_next(
    on: impl Into<On<'_>>,
    id: &str,
    next_at: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    sql!("UPDATE schedules SET next_at = $1, updated_at = $2 WHERE id = $3")
        .bind(next_at)
        .bind(now)
        .bind(id)
        .run(on)
        .await
        .map(|_| ())
}
