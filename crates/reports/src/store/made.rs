//! Statements about reports that were made.

use super::{
    plans::{recipients_of, words_of},
    unknown,
};
use crate::Findings;
use crate::timed::{Frequency, Made, MadeId, MadeState, PlanId, PlanKind, Unsent};
use sauda_accounts::{Language, Scope};
use sauda_kernel::{JobId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, sql, sql_part};

fn read(row: &Row) -> Result<Made, StoreError> {
    let (kind, frequency, language): (String, String, String) =
        (row.get("kind")?, row.get("frequency")?, row.get("language")?);
    let (recipients, unsent, state): (String, String, String) =
        (row.get("recipients")?, row.get("unsent")?, row.get("state")?);
    let findings: Option<String> = row.get("findings")?;
    Ok(Made {
        id: row.get("id")?,
        merchant: row.get("merchant_id")?,
        plan: row.get("plan_id")?,
        name: row.get("name")?,
        kind: PlanKind::parse(&kind).ok_or_else(|| unknown("kind", kind))?,
        frequency: Frequency::parse(&frequency).ok_or_else(|| unknown("frequency", frequency))?,
        shop: row.get("shop_id")?,
        recipients: recipients_of(&recipients)?,
        language: Language::parse(&language).ok_or_else(|| unknown("language", language))?,
        pictures: row.get("pictures")?,
        state: match state.as_str() {
            "making" => MadeState::Making,
            "made" => MadeState::Made,
            _ => return Err(unknown("state", state)),
        },
        by: row.get("by_name")?,
        due_at: row.get("due_at")?,
        from_at: row.get("from_at")?,
        job: row.get("job_id")?,
        findings: findings
            .map(|text| serde_json::from_str::<Findings>(&text).map_err(|_| unknown("findings", text)))
            .transpose()?,
        unsent: serde_json::from_str::<Vec<Unsent>>(&unsent).map_err(|_| unknown("unsent", unsent))?,
        created_at: row.get("created_at")?,
        made_at: row.get("made_at")?,
    })
}

/// Notes a report that is to be made; 0 when its period has one.
pub(crate) async fn insert(on: impl Into<On<'_>>, made: &Made, once: &str) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO report_made (id, merchant_id, plan_id, once_key, name, kind, frequency, shop_id, recipients, language, pictures, state, \
         by_name, due_at, from_at, unsent, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'making', $12, $13, $14, '[]', $15) ON CONFLICT (plan_id, once_key) DO NOTHING"
    )
    .bind(&made.id)
    .bind(&made.merchant)
    .bind(&made.plan)
    .bind(once)
    .bind(&made.name)
    .bind(made.kind.word())
    .bind(made.frequency.word())
    .bind(made.shop.as_ref())
    .bind(words_of(&made.recipients))
    .bind(made.language.word())
    .bind(made.pictures)
    .bind(&made.by)
    .bind(made.due_at)
    .bind(made.from_at)
    .bind(made.created_at)
    .run(on)
    .await
}

pub(crate) async fn set_job(on: impl Into<On<'_>>, id: &MadeId, job: &JobId) -> Result<u64, StoreError> {
    sql!("UPDATE report_made SET job_id = $2 WHERE id = $1")
        .bind(id)
        .bind(job)
        .run(on)
        .await
}

/// Keeps what was found; 0 when it was kept before.
pub(crate) async fn keep(
    on: impl Into<On<'_>>,
    id: &MadeId,
    findings: &Findings,
    unsent: &[Unsent],
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE report_made SET state = 'made', findings = $2, unsent = $3, made_at = $4 WHERE id = $1 AND state = 'making'"
    )
    .bind(id)
    .bind(serde_json::to_string(findings).unwrap_or_default())
    .bind(serde_json::to_string(unsent).unwrap_or_else(|_| "[]".to_owned()))
    .bind(now)
    .run(on)
    .await
}

fn head() -> SqlBuilder {
    SqlBuilder::new(sql_part!(
        "SELECT id, merchant_id, plan_id, name, kind, frequency, shop_id, recipients, language, pictures, state, by_name, due_at, from_at, \
         job_id, findings, unsent, created_at, made_at FROM report_made WHERE "
    ))
}

/// One report of the merchant.
pub(crate) async fn find(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &MadeId,
) -> Result<Option<Made>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("merchant_id = ? AND id = ?"),
        [scope.merchant().into(), id.into()],
    );
    builder
        .finish()
        .lasting()
        .optional(on)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// The report of a plan under a key.
pub(crate) async fn of_once(
    on: impl Into<On<'_>>,
    plan: &PlanId,
    once: &str,
) -> Result<Option<Made>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("plan_id = ? AND once_key = ?"),
        [plan.into(), once.into()],
    );
    builder
        .finish()
        .lasting()
        .optional(on)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Which reports to list, newest first.
#[derive(Debug, Clone, Default)]
pub struct MadeFilter {
    /// Only these kinds.
    pub kinds: Vec<PlanKind>,
    pub plan: Option<PlanId>,
    /// Only reports older than this one: the last of the page before.
    pub before: Option<MadeId>,
    pub limit: i64,
}

/// Reports of the merchant, newest first.
pub(crate) async fn list(
    on: impl Into<On<'_>>,
    scope: &Scope,
    filter: &MadeFilter,
) -> Result<Vec<Made>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("merchant_id = ? AND kind IN "),
        [scope.merchant().into()],
    );
    builder.push_list(filter.kinds.iter().map(|kind| Value::from(kind.word())));
    if let Some(plan) = &filter.plan {
        builder.push(sql_part!(" AND plan_id = ?"), [plan.into()]);
    }
    if let Some(before) = &filter.before {
        builder.push(sql_part!(" AND id < ?"), [before.into()]);
    }
    builder.push(sql_part!(" ORDER BY id DESC LIMIT ?"), [filter.limit.into()]);
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// Reports that are old enough are forgotten.
pub(crate) async fn forget(on: impl Into<On<'_>>, before: Timestamp) -> Result<u64, StoreError> {
    sql!("DELETE FROM report_made WHERE created_at < $1")
        .bind(before)
        .run(on)
        .await
}
