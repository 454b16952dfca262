//! Statements about reports that are made by themselves.

use super::unknown;
use crate::timed::{Claim, Frequency, NewPlan, Plan, PlanId, PlanKind, Recipient};
use sauda_accounts::{Language, Scope};
use sauda_kernel::Timestamp;
use sauda_store::{On, Row, StoreError, sql};

pub(crate) fn words_of(recipients: &[Recipient]) -> String {
    let words: Vec<String> = recipients.iter().map(Recipient::word).collect();
    serde_json::to_string(&words).unwrap_or_else(|_| "[]".to_owned())
}

pub(crate) fn recipients_of(text: &str) -> Result<Vec<Recipient>, StoreError> {
    let words: Vec<String> = serde_json::from_str(text).map_err(|_| unknown("recipients", text))?;
    words
        .iter()
        .map(|word| Recipient::parse(word).ok_or_else(|| unknown("recipients", word)))
        .collect()
}

fn small(row: &Row, column: &'static str) -> Result<u32, StoreError> {
    let value: i64 = row.get(column)?;
    u32::try_from(value).map_err(|_| unknown(column, value.to_string()))
}

fn read(row: &Row) -> Result<Plan, StoreError> {
    let (kind, frequency, language): (String, String, String) =
        (row.get("kind")?, row.get("frequency")?, row.get("language")?);
    let recipients: String = row.get("recipients")?;
    Ok(Plan {
        id: row.get("id")?,
        merchant: row.get("merchant_id")?,
        wish: NewPlan {
            name: row.get("name")?,
            kind: PlanKind::parse(&kind).ok_or_else(|| unknown("kind", kind))?,
            shop: row.get("shop_id")?,
            frequency: Frequency::parse(&frequency).ok_or_else(|| unknown("frequency", frequency))?,
            day: small(row, "day")?,
            minute: small(row, "minute")?,
            recipients: recipients_of(&recipients)?,
            language: Language::parse(&language).ok_or_else(|| unknown("language", language))?,
            pictures: row.get("pictures")?,
        },
        anchor: row.get("anchor_at")?,
        is_paused: row.get("paused")?,
        from_file: row.get("from_file")?,
        next_at: row.get("next_at")?,
        last_due_at: row.get("last_due_at")?,
        by: row.get("by_name")?,
        created_at: row.get("created_at")?,
    })
}

/// Every plan of the merchant, by name.
pub(crate) async fn list(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<Plan>, StoreError> {
    sql!(
        "SELECT id, merchant_id, name, kind, shop_id, frequency, day, minute, anchor_at, recipients, language, pictures, paused, from_file, \
         next_at, last_due_at, by_name, created_at FROM report_plans WHERE merchant_id = $1 ORDER BY name, id"
    )
    .bind(scope.merchant())
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Plans of everybody that are due, the longest due first.
pub(crate) async fn due(on: impl Into<On<'_>>, now: Timestamp, limit: i64) -> Result<Vec<Plan>, StoreError> {
    sql!(
        "SELECT id, merchant_id, name, kind, shop_id, frequency, day, minute, anchor_at, recipients, language, pictures, paused, from_file, \
         next_at, last_due_at, by_name, created_at FROM report_plans WHERE next_at <= $1 AND NOT paused ORDER BY next_at, id LIMIT $2"
    )
    .bind(now)
    .bind(limit)
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Adds a plan; 0 when the merchant has one of this name.
pub(crate) async fn insert(on: impl Into<On<'_>>, plan: &Plan) -> Result<u64, StoreError> {
    let wish = &plan.wish;
    sql!(
        "INSERT INTO report_plans (id, merchant_id, name, kind, shop_id, frequency, day, minute, anchor_at, recipients, language, pictures, \
         paused, from_file, next_at, last_due_at, by_name, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) ON CONFLICT (merchant_id, name) DO NOTHING"
    )
    .bind(&plan.id)
    .bind(&plan.merchant)
    .bind(wish.name.trim())
    .bind(wish.kind.word())
    .bind(wish.shop.as_ref())
    .bind(wish.frequency.word())
    .bind(wish.day)
    .bind(wish.minute)
    .bind(plan.anchor)
    .bind(words_of(&wish.recipients))
    .bind(wish.language.word())
    .bind(wish.pictures)
    .bind(plan.is_paused)
    .bind(plan.from_file)
    .bind(plan.next_at)
    .bind(plan.last_due_at)
    .bind(&plan.by)
    .bind(plan.created_at)
    .run(on)
    .await
}

/// Changes what a plan is; its pause stays.
pub(crate) async fn change(on: impl Into<On<'_>>, plan: &Plan) -> Result<u64, StoreError> {
    let wish = &plan.wish;
    sql!(
        "UPDATE report_plans SET name = $3, kind = $4, shop_id = $5, frequency = $6, day = $7, minute = $8, anchor_at = $9, recipients = $10, \
         language = $11, pictures = $12, from_file = $13, next_at = $14 WHERE merchant_id = $1 AND id = $2"
    )
    .bind(&plan.merchant)
    .bind(&plan.id)
    .bind(wish.name.trim())
    .bind(wish.kind.word())
    .bind(wish.shop.as_ref())
    .bind(wish.frequency.word())
    .bind(wish.day)
    .bind(wish.minute)
    .bind(plan.anchor)
    .bind(words_of(&wish.recipients))
    .bind(wish.language.word())
    .bind(wish.pictures)
    .bind(plan.from_file)
    .bind(plan.next_at)
    .run(on)
    .await
}

/// Switches a plan off or on; when it is switched on nothing of the pause is made up for.
pub(crate) async fn pause(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &PlanId,
    is_paused: bool,
    next_at: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE report_plans SET paused = $3, next_at = $4 WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .bind(is_paused)
        .bind(next_at)
        .run(on)
        .await
}

/// Takes a period; 0 when another process has it, or the plan was changed or paused meanwhile.
pub(crate) async fn claim(on: impl Into<On<'_>>, plan: &Plan, claim: &Claim) -> Result<u64, StoreError> {
    sql!(
        "UPDATE report_plans SET next_at = $3, last_due_at = $4 WHERE id = $1 AND next_at = $2 AND NOT paused"
    )
    .bind(&plan.id)
    .bind(plan.next_at)
    .bind(claim.next)
    .bind(claim.due)
    .run(on)
    .await
}

pub(crate) async fn delete(on: impl Into<On<'_>>, scope: &Scope, id: &PlanId) -> Result<u64, StoreError> {
    sql!("DELETE FROM report_plans WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .run(on)
        .await
}
