//! Statements that move a job from one state to another. Each repeats in its condition what it takes for granted.

use crate::{JobsError, NewJob};
use sauda_kernel::{JobId, MerchantId, RunId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Tx, Value, insert_rows, sql, sql_part};

/// Adds a job, or answers with the one that has the same key.
pub(crate) async fn insert(on: On<'_>, id: &JobId, job: &NewJob, now: Timestamp) -> Result<JobId, JobsError> {
    insert_named(on, id, job.name, job, now).await
}

/// The same for a job whose name comes from a schedule.
pub(crate) async fn insert_named(
    on: On<'_>,
    id: &JobId,
    name: &str,
    job: &NewJob,
    now: Timestamp,
) -> Result<JobId, JobsError> {
    let payload = job.payload.clone().map_err(|reason| JobsError::Payload {
        name: job.name,
        reason,
    })?;
    let row = sql!(
        "INSERT INTO jobs (id, name, version, payload, merchant_id, dedupe, state, priority, run_at, attempts, max_attempts, \
         cancelling, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8, 0, $9, FALSE, $10, $10) \
         ON CONFLICT (dedupe) WHERE dedupe IS NOT NULL AND state IN ('waiting', 'running') DO UPDATE SET \
         version = excluded.version, payload = excluded.payload, updated_at = excluded.updated_at, \
         run_at = CASE WHEN jobs.state = 'waiting' AND excluded.run_at < jobs.run_at THEN excluded.run_at ELSE jobs.run_at END, \
         again_at = CASE WHEN jobs.state = 'running' AND $11 AND (jobs.again_at IS NULL OR excluded.run_at < jobs.again_at) \
         THEN excluded.run_at ELSE jobs.again_at END RETURNING id"
    )
    .bind(id)
    .bind(name)
    .bind(job.version)
    .bind(payload)
    .bind(job.merchant.as_ref())
    .bind(job.dedupe.clone())
    .bind(job.priority)
    .bind(job.run_at)
    .bind(job.max_attempts)
    .bind(now)
    .bind(job.once_more)
    .one(on)
    .await?;
    Ok(row.get("id")?)
}

/// A job that this worker has just taken.
#[derive(Debug)]
pub(crate) struct Claimed {
    pub id: JobId,
    pub run: RunId,
    pub name: String,
    pub version: u32,
    pub payload: String,
    pub merchant: Option<MerchantId>,
    pub attempts: u32,
    pub max_attempts: u32,
    pub run_at: Timestamp,
}

fn claimed(row: &Row, run: RunId) -> Result<Claimed, StoreError> {
    Ok(Claimed {
        id: row.get("id")?,
        run,
        name: row.get("name")?,
        version: row.get("version")?,
        payload: row.get("payload")?,
        merchant: row.get("merchant_id")?,
        attempts: row.get("attempts")?,
        max_attempts: row.get("max_attempts")?,
        run_at: row.get("run_at")?,
    })
}

/// Who claims, and until when.
pub(crate) struct Claim<'a> {
    pub worker: &'a str,
    pub names: &'a [&'static str],
    pub now: Timestamp,
    pub until: Timestamp,
}

/// Takes due jobs, the most urgent first, and begins a run for each.
pub(crate) async fn claim(
    tx: &mut Tx,
    claim: &Claim<'_>,
    most: u32,
    new_run: &mut (dyn FnMut() -> RunId + Send),
) -> Result<Vec<Claimed>, StoreError> {
    // The list is made once, before the update: as a plain subquery PostgreSQL may run it again for each row and take more than
    // the limit.
    let mut text = SqlBuilder::new(sql_part!(
        "WITH due AS MATERIALIZED (SELECT id FROM jobs WHERE state = 'waiting' AND "
    ));
    text.push(sql_part!("run_at <= ? AND name IN "), [claim.now.into()]);
    text.push_list(claim.names.iter().map(|name| Value::from(*name)));
    text.push(
        sql_part!(" ORDER BY priority DESC, run_at, id LIMIT ? /*skip locked*/) "),
        [most.into()],
    );
    text.push(
        sql_part!(
            "UPDATE jobs SET state = 'running', attempts = attempts + 1, cancelling = FALSE, lease_owner = ?, lease_until = ?, \
             updated_at = ? WHERE id IN (SELECT id FROM due) AND state = 'waiting' AND run_at <= ? \
             RETURNING id, name, version, payload, merchant_id, attempts, max_attempts, run_at, priority"
        ),
        [claim.worker.into(), claim.until.into(), claim.now.into(), claim.now.into()],
    );
    let mut rows = Vec::new();
    for row in text.finish().lasting().all(&mut *tx).await? {
        let priority: i64 = row.get("priority")?;
        rows.push((std::cmp::Reverse(priority), claimed(&row, new_run())?));
    }
    // RETURNING promises no order.
    rows.sort_by(|(one_priority, one), (other_priority, other)| {
        (one_priority, one.run_at, &one.id).cmp(&(other_priority, other.run_at, &other.id))
    });
    let jobs: Vec<Claimed> = rows.into_iter().map(|(_, job)| job).collect();
    begin_runs(tx, claim, &jobs).await?;
    Ok(jobs)
}

/// Takes over a job whose worker gave no sign of life; `None` when it gave one meanwhile. The lost run is closed.
pub(crate) async fn take_over(
    tx: &mut Tx,
    claim: &Claim<'_>,
    expired: &Expired,
    run: RunId,
) -> Result<Option<Claimed>, StoreError> {
    let row = sql!(
        "UPDATE jobs SET attempts = attempts + 1, lease_owner = $1, lease_until = $2, updated_at = $3 \
         WHERE id = $4 AND state = 'running' AND run_id = $5 AND lease_until = $6 \
         RETURNING id, name, version, payload, merchant_id, attempts, max_attempts, run_at"
    )
    .bind(claim.worker)
    .bind(claim.until)
    .bind(claim.now)
    .bind(&expired.job)
    .bind(&expired.run)
    .bind(expired.lease_until)
    .optional(&mut *tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let job = claimed(&row, run)?;
    lose_run(tx, &expired.run, claim.now).await?;
    begin_runs(tx, claim, std::slice::from_ref(&job)).await?;
    Ok(Some(job))
}

/// Parks a job whose worker died as often as the job may be tried.
pub(crate) async fn park_expired(tx: &mut Tx, expired: &Expired, now: Timestamp) -> Result<bool, StoreError> {
    let parked = sql!(
        "UPDATE jobs SET state = 'parked', lease_owner = NULL, lease_until = NULL, again_at = NULL, error_code = 'job-worker-died', \
         error_text = 'the worker died while it ran', updated_at = $1 \
         WHERE id = $2 AND state = 'running' AND run_id = $3 AND lease_until = $4"
    )
    .bind(now)
    .bind(&expired.job)
    .bind(&expired.run)
    .bind(expired.lease_until)
    .run(&mut *tx)
    .await?;
    if parked == 1 {
        lose_run(tx, &expired.run, now).await?;
    }
    Ok(parked == 1)
}

async fn lose_run(tx: &mut Tx, run: &RunId, now: Timestamp) -> Result<(), StoreError> {
    sql!("UPDATE runs SET state = 'lost', finished_at = $1 WHERE id = $2 AND state = 'running'")
        .bind(now)
        .bind(run)
        .run(tx)
        .await
        .map(|_| ())
}

async fn begin_runs(tx: &mut Tx, claim: &Claim<'_>, jobs: &[Claimed]) -> Result<(), StoreError> {
    if jobs.is_empty() {
        return Ok(());
    }
    let rows = jobs
        .iter()
        .map(|job| {
            vec![
                Value::from(&job.run),
                Value::from(&job.id),
                Value::from(&job.name),
                job.attempts.into(),
                claim.worker.into(),
                "running".into(),
                claim.now.into(),
            ]
        })
        .collect();
    insert_rows(
        sql_part!("INSERT INTO runs (id, job_id, name, attempt, worker, state, started_at) VALUES "),
        rows,
        sql_part!(""),
    )
    .lasting()
    .run(&mut *tx)
    .await?;
    for job in jobs {
        sql!("UPDATE jobs SET run_id = $1 WHERE id = $2")
            .bind(&job.run)
            .bind(&job.id)
            .run(&mut *tx)
            .await?;
    }
    Ok(())
}

/// A running job whose lease has passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expired {
    pub job: JobId,
    pub run: RunId,
    pub lease_until: Timestamp,
    pub exhausted: bool,
}

pub(crate) async fn expired(
    on: impl Into<On<'_>>,
    names: &[&'static str],
    now: Timestamp,
) -> Result<Vec<Expired>, StoreError> {
    let mut text = SqlBuilder::new(sql_part!(
        "SELECT id, run_id, lease_until, attempts, max_attempts FROM jobs WHERE state = 'running' AND "
    ));
    text.push(sql_part!("lease_until <= ? AND name IN "), [now.into()]);
    text.push_list(names.iter().map(|name| Value::from(*name)));
    text.push(sql_part!(" ORDER BY lease_until, id LIMIT 500"), []);
    let mut all = Vec::new();
    for row in text.finish().lasting().all(on).await? {
        let (attempts, most): (u32, u32) = (row.get("attempts")?, row.get("max_attempts")?);
        all.push(Expired {
            job: row.get("id")?,
            run: row.get("run_id")?,
            lease_until: row.get("lease_until")?,
            exhausted: attempts >= most,
        });
    }
    Ok(all)
}

/// Gives the jobs of a worker another term; the ones it still holds, and whether a person wants each to stop.
pub(crate) async fn beat(
    on: impl Into<On<'_>>,
    worker: &str,
    until: Timestamp,
    now: Timestamp,
) -> Result<Vec<(RunId, bool)>, StoreError> {
    let rows = sql!("UPDATE jobs SET lease_until = $1, updated_at = $2 WHERE lease_owner = $3 AND state = 'running' RETURNING run_id, cancelling")
        .bind(until)
        .bind(now)
        .bind(worker)
        .all(on)
        .await?;
    rows.iter()
        .map(|row| Ok((row.get("run_id")?, row.get("cancelling")?)))
        .collect()
}

/// Whether this run still holds its job. Locks the row until the transaction ends.
pub(crate) async fn holds(tx: &mut Tx, job: &JobId, run: &RunId) -> Result<bool, StoreError> {
    let held =
        sql!("UPDATE jobs SET lease_owner = lease_owner WHERE id = $1 AND run_id = $2 AND state = 'running'")
            .bind(job)
            .bind(run)
            .run(tx)
            .await?;
    Ok(held == 1)
}

/// Where a job goes after its run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    Done,
    /// Waits again; `fresh` forgets the attempts made so far, `uncounted` forgets this one.
    Wait {
        at: Timestamp,
        count: Count,
    },
    Park,
    Cancel,
}

/// What becomes of the attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Count {
    Fresh,
    Uncounted,
    Kept,
}

/// Ends the run's hold on its job; false when another worker holds it by now. A job that was asked for again while it ran, and
/// went well, waits once more.
pub(crate) async fn settle(
    tx: &mut Tx,
    job: &JobId,
    run: &RunId,
    fate: &Fate,
    error: Option<(&str, &str)>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let (state, at, attempts) = match fate {
        Fate::Done => ("done", None, 0),
        Fate::Wait {
            at,
            count: Count::Fresh,
        } => ("waiting", Some(*at), 0),
        Fate::Wait {
            at,
            count: Count::Uncounted,
        } => ("waiting", Some(*at), -1),
        Fate::Wait {
            at,
            count: Count::Kept,
        } => ("waiting", Some(*at), 1),
        Fate::Park => ("parked", None, 1),
        Fate::Cancel => ("cancelled", None, 1),
    };
    let touched = sql!(
        "UPDATE jobs SET \
         state = CASE WHEN $1 = 'done' AND again_at IS NOT NULL THEN 'waiting' ELSE $1 END, \
         run_at = CASE WHEN $1 = 'done' AND again_at IS NOT NULL THEN again_at ELSE COALESCE($2, run_at) END, \
         attempts = CASE WHEN $3 = 0 THEN 0 WHEN $3 < 0 AND attempts > 0 THEN attempts - 1 ELSE attempts END, \
         lease_owner = NULL, lease_until = NULL, again_at = NULL, cancelling = FALSE, error_code = $4, error_text = $5, updated_at = $6 \
         WHERE id = $7 AND run_id = $8 AND state = 'running'"
    )
    .bind(state)
    .bind(at)
    .bind(attempts)
    .bind(error.map(|(code, _)| code))
    .bind(error.map(|(_, text)| text))
    .bind(now)
    .bind(job)
    .bind(run)
    .run(tx)
    .await?;
    Ok(touched == 1)
}

/// Gives back all jobs of a worker that stops; they wait at once and the attempt does not count.
pub(crate) async fn release(tx: &mut Tx, worker: &str, now: Timestamp) -> Result<u64, StoreError> {
    sql!(
        "UPDATE runs SET state = 'released', finished_at = $1 WHERE state = 'running' AND worker = $2 \
         AND id IN (SELECT run_id FROM jobs WHERE lease_owner = $2 AND state = 'running')"
    )
    .bind(now)
    .bind(worker)
    .run(&mut *tx)
    .await?;
    sql!(
        "UPDATE jobs SET state = 'waiting', run_at = $1, lease_owner = NULL, lease_until = NULL, again_at = NULL, updated_at = $1, \
         attempts = CASE WHEN attempts > 0 THEN attempts - 1 ELSE 0 END WHERE lease_owner = $2 AND state = 'running'"
    )
    .bind(now)
    .bind(worker)
    .run(tx)
    .await
}

/// Puts a job that does not run back to waiting, as new.
pub(crate) async fn replay(on: impl Into<On<'_>>, id: &JobId, now: Timestamp) -> Result<u64, StoreError> {
    sql!(
        "UPDATE jobs SET state = 'waiting', run_at = $1, attempts = 0, cancelling = FALSE, updated_at = $1 \
         WHERE id = $2 AND state IN ('done', 'parked', 'cancelled')"
    )
    .bind(now)
    .bind(id)
    .run(on)
    .await
}

pub(crate) async fn set_run_at(
    on: impl Into<On<'_>>,
    id: &JobId,
    at: Timestamp,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE jobs SET state = 'waiting', run_at = $1, attempts = CASE WHEN state = 'parked' THEN 0 ELSE attempts END, updated_at = $2 \
          WHERE id = $3 AND state IN ('waiting', 'parked')")
    .bind(at)
    .bind(now)
    .bind(id)
    .run(on)
    .await
}

pub(crate) async fn cancel(on: impl Into<On<'_>>, id: &JobId, now: Timestamp) -> Result<u64, StoreError> {
    sql!(
        "UPDATE jobs SET cancelling = (state = 'running'), \
         state = CASE WHEN state = 'running' THEN 'running' ELSE 'cancelled' END, updated_at = $1 \
         WHERE id = $2 AND state IN ('waiting', 'running', 'parked')"
    )
    .bind(now)
    .bind(id)
    .run(on)
    .await
}
