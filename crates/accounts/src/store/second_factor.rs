//! Shared secrets of code apps, and recovery codes.

use sauda_kernel::{Timestamp, UserId};
use sauda_store::{On, Sealed, StoreError, Value, insert_rows, sql, sql_part};

pub(crate) struct FactorRow {
    pub secret: Sealed,
    pub confirmed_at: Option<Timestamp>,
    pub last_step: i64,
}

pub(crate) async fn find(on: impl Into<On<'_>>, user: &UserId) -> Result<Option<FactorRow>, StoreError> {
    let row = sql!("SELECT secret_sealed, confirmed_at, last_step FROM second_factors WHERE user_id = $1")
        .bind(user)
        .optional(on)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(FactorRow {
        secret: Sealed(row.get("secret_sealed")?),
        confirmed_at: row.get("confirmed_at")?,
        last_step: row.get("last_step")?,
    }))
}

/// Begins or begins anew; false when it is on already.
pub(crate) async fn begin(on: impl Into<On<'_>>, user: &UserId, secret: &Sealed) -> Result<bool, StoreError> {
    let begun = sql!("INSERT INTO second_factors (user_id, secret_sealed, last_step) VALUES ($1, $2, 0) ON CONFLICT (user_id) DO UPDATE SET secret_sealed = excluded.secret_sealed, last_step = 0 WHERE second_factors.confirmed_at IS NULL")
        .bind(user)
        .bind(&secret.0)
        .run(on)
        .await?;
    Ok(begun == 1)
}

/// Uses up a time step; false when this or a newer one was used meanwhile.
pub(crate) async fn use_step(on: impl Into<On<'_>>, user: &UserId, step: i64) -> Result<bool, StoreError> {
    Ok(
        sql!("UPDATE second_factors SET last_step = $2 WHERE user_id = $1 AND last_step < $2")
            .bind(user)
            .bind(step)
            .run(on)
            .await?
            == 1,
    )
}

pub(crate) async fn confirm(on: impl Into<On<'_>>, user: &UserId, at: Timestamp) -> Result<bool, StoreError> {
    Ok(
        sql!("UPDATE second_factors SET confirmed_at = $2 WHERE user_id = $1 AND confirmed_at IS NULL")
            .bind(user)
            .bind(at)
            .run(on)
            .await?
            == 1,
    )
}

pub(crate) async fn delete(on: impl Into<On<'_>>, user: &UserId) -> Result<u64, StoreError> {
    sql!("DELETE FROM second_factors WHERE user_id = $1")
        .bind(user)
        .run(on)
        .await
}

pub(crate) async fn delete_codes(on: impl Into<On<'_>>, user: &UserId) -> Result<u64, StoreError> {
    sql!("DELETE FROM recovery_codes WHERE user_id = $1")
        .bind(user)
        .run(on)
        .await
}

pub(crate) async fn insert_codes(
    on: impl Into<On<'_>>,
    user: &UserId,
    hashes: Vec<String>,
) -> Result<(), StoreError> {
    let rows = hashes
        .into_iter()
        .map(|hash| vec![Value::from(user), Value::from(hash)])
        .collect();
    insert_rows(
        sql_part!("INSERT INTO recovery_codes (user_id, code_hash) VALUES "),
        rows,
        sql_part!(""),
    )
    .run(on)
    .await
    .map(|_| ())
}

/// Uses up a code; false when there is none such, or it was used.
pub(crate) async fn use_code(
    on: impl Into<On<'_>>,
    user: &UserId,
    hash: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let used = sql!(
        "UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL"
    )
    .bind(user)
    .bind(hash)
    .bind(at)
    .run(on)
    .await?;
    Ok(used == 1)
}

pub(crate) async fn count_codes(on: impl Into<On<'_>>, user: &UserId) -> Result<u32, StoreError> {
    sql!("SELECT COUNT(*) AS good FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL")
        .bind(user)
        .one(on)
        .await?
        .get("good")
}
