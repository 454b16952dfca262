//! Statements that show the queue to people and to meters.

use crate::{JobFilter, JobState, JobView, QueueCount};
use sauda_kernel::JobId;
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, sql, sql_part};

pub(crate) fn state(word: String) -> Result<JobState, StoreError> {
    JobState::parse(&word).ok_or(StoreError::Meaning {
        column: "jobs.state",
        value: word,
    })
}

fn read(row: &Row) -> Result<JobView, StoreError> {
    Ok(JobView {
        id: row.get("id")?,
        name: row.get("name")?,
        version: row.get("version")?,
        payload: row.get("payload")?,
        merchant: row.get("merchant_id")?,
        dedupe: row.get("dedupe")?,
        state: state(row.get("state")?)?,
        priority: row.get("priority")?,
        run_at: row.get("run_at")?,
        attempts: row.get("attempts")?,
        max_attempts: row.get("max_attempts")?,
        run: row.get("run_id")?,
        cancelling: row.get("cancelling")?,
        error_code: row.get("error_code")?,
        error_text: row.get("error_text")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

pub(crate) async fn find(on: impl Into<On<'_>>, id: &JobId) -> Result<Option<JobView>, StoreError> {
    sql!(
        "SELECT id, name, version, payload, merchant_id, dedupe, state, priority, run_at, attempts, max_attempts, run_id, cancelling, \
         error_code, error_text, created_at, updated_at FROM jobs WHERE id = $1"
    )
    .bind(id)
    .optional(on)
    .await?
    .as_ref()
    .map(read)
    .transpose()
}

pub(crate) async fn list(on: impl Into<On<'_>>, filter: &JobFilter) -> Result<Vec<JobView>, StoreError> {
    let mut text = SqlBuilder::new(sql_part!(
        "SELECT id, name, version, payload, merchant_id, dedupe, state, priority, run_at, attempts, max_attempts, run_id, cancelling, \
         error_code, error_text, created_at, updated_at FROM jobs WHERE id > ''"
    ));
    if let Some(state) = filter.state {
        text.push(sql_part!(" AND state = ?"), [state.word().into()]);
    }
    if let Some(merchant) = &filter.merchant {
        text.push(sql_part!(" AND merchant_id = ?"), [merchant.into()]);
    }
    if let Some(name) = &filter.name {
        text.push(sql_part!(" AND name = ?"), [name.into()]);
    }
    if let Some(before) = &filter.before {
        text.push(sql_part!(" AND id < ?"), [before.into()]);
    }
    if let Some(search) = filter
        .search
        .as_deref()
        .map(str::trim)
        .filter(|search| !search.is_empty())
    {
        let escaped: String = search
            .to_ascii_lowercase()
            .chars()
            .flat_map(|letter| {
                matches!(letter, '%' | '_' | '!')
                    .then_some('!')
                    .into_iter()
                    .chain([letter])
            })
            .collect();
        let like = Value::from(format!("%{escaped}%"));
        text.push(
            sql_part!(
                " AND (LOWER(name) LIKE ? ESCAPE '!' OR id LIKE ? ESCAPE '!' OR LOWER(COALESCE(dedupe, '')) LIKE ? ESCAPE '!' \
                 OR LOWER(payload) LIKE ? ESCAPE '!' OR LOWER(COALESCE(error_text, '')) LIKE ? ESCAPE '!')"
            ),
            std::iter::repeat_n(like, 5),
        );
    }
    let limit = if filter.limit == 0 {
        50
    } else {
        filter.limit.min(200)
    };
    text.push(sql_part!(" ORDER BY id DESC LIMIT ?"), [limit.into()]);
    text.finish().all(on).await?.iter().map(read).collect()
}

/// Jobs by name and state, finished ones left out.
pub(crate) async fn counts(on: impl Into<On<'_>>) -> Result<Vec<QueueCount>, StoreError> {
    let rows = sql!(
        "SELECT name, state, COUNT(*) AS jobs, MIN(run_at) AS oldest FROM jobs WHERE state IN ('waiting', 'running', 'parked') \
         GROUP BY name, state ORDER BY name, state"
    )
    .all(on)
    .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let jobs: i64 = row.get("jobs")?;
        all.push(QueueCount {
            name: row.get("name")?,
            state: state(row.get("state")?)?,
            jobs: u64::try_from(jobs).unwrap_or(0),
            oldest_run_at: row.get("oldest")?,
        });
    }
    Ok(all)
}
