//! Links that set a new password.

use sauda_kernel::{Timestamp, UserId};
use sauda_store::{On, StoreError, sql};

/// A new link replaces the older ones of the person.
pub(crate) async fn delete_of_user(on: impl Into<On<'_>>, user: &UserId) -> Result<u64, StoreError> {
    sql!("DELETE FROM reset_links WHERE user_id = $1")
        .bind(user)
        .run(on)
        .await
}

pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    token_hash: &str,
    user: &UserId,
    at: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    sql!("INSERT INTO reset_links (token_hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(token_hash)
        .bind(user)
        .bind(at)
        .bind(expires_at)
        .run(on)
        .await
        .map(|_| ())
}

pub(crate) async fn find(
    on: impl Into<On<'_>>,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<UserId>, StoreError> {
    let row = sql!("SELECT user_id FROM reset_links WHERE token_hash = $1 AND expires_at > $2")
        .bind(token_hash)
        .bind(now)
        .optional(on)
        .await?;
    row.map(|row| row.get("user_id")).transpose()
}

/// Uses the link up; false when it was used meanwhile.
pub(crate) async fn delete(on: impl Into<On<'_>>, token_hash: &str) -> Result<bool, StoreError> {
    Ok(sql!("DELETE FROM reset_links WHERE token_hash = $1")
        .bind(token_hash)
        .run(on)
        .await?
        == 1)
}

pub(crate) async fn delete_ended(on: impl Into<On<'_>>, now: Timestamp) -> Result<u64, StoreError> {
    sql!("DELETE FROM reset_links WHERE expires_at <= $1")
        .bind(now)
        .run(on)
        .await
}
