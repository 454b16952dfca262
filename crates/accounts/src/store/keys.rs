//! Keys of the JSON API: only their fingerprints are here.

use super::team;
use crate::{ApiKey, NewKey, Right, Role, Scope};
use sauda_kernel::{ApiKeyId, MerchantId, Timestamp, UserId};
use sauda_store::{On, StoreError, sql};

pub(crate) struct FoundKey {
    pub id: ApiKeyId,
    pub merchant: MerchantId,
    pub name: String,
    pub rights: Vec<Right>,
    /// What its maker is now.
    pub maker_role: Role,
    pub used_at: Option<Timestamp>,
}

fn words(rights: &[Right]) -> String {
    rights
        .iter()
        .map(|right| right.word())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Words that this version does not know give no right.
fn rights(words: &str) -> Vec<Right> {
    words.split(' ').filter_map(Right::parse).collect()
}

pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    scope: &Scope,
    maker: &UserId,
    id: &ApiKeyId,
    (token_hash, hint): (&str, &str),
    new: &NewKey,
    at: Timestamp,
) -> Result<(), StoreError> {
    sql!("INSERT INTO api_keys (id, merchant_id, user_id, name, token_hash, hint, rights, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(id)
        .bind(scope.merchant())
        .bind(maker)
        .bind(&new.name)
        .bind(token_hash)
        .bind(hint)
        .bind(words(&new.rights))
        .bind(at)
        .bind(new.expires_at)
        .run(on)
        .await
        .map(|_| ())
}

/// A key that works: not revoked, not too old, its maker still in the team.
pub(crate) async fn find(
    on: impl Into<On<'_>>,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<FoundKey>, StoreError> {
    let row = sql!("SELECT k.id, k.merchant_id, k.name, k.rights, k.used_at, m.role FROM api_keys k JOIN memberships m ON m.merchant_id = k.merchant_id AND m.user_id = k.user_id WHERE k.token_hash = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2)")
        .bind(token_hash)
        .bind(now)
        .optional(on)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let listed: String = row.get("rights")?;
    Ok(Some(FoundKey {
        id: row.get("id")?,
        merchant: row.get("merchant_id")?,
        name: row.get("name")?,
        rights: rights(&listed),
        maker_role: team::role(&row)?,
        used_at: row.get("used_at")?,
    }))
}

pub(crate) async fn touch(on: impl Into<On<'_>>, id: &ApiKeyId, at: Timestamp) -> Result<(), StoreError> {
    sql!("UPDATE api_keys SET used_at = $2 WHERE id = $1")
        .bind(id)
        .bind(at)
        .run(on)
        .await
        .map(|_| ())
}

pub(crate) async fn list(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<ApiKey>, StoreError> {
    let rows = sql!("SELECT k.id, k.name, k.hint, k.rights, k.created_at, k.used_at, k.expires_at, k.revoked_at, u.name AS made_by FROM api_keys k JOIN users u ON u.id = k.user_id WHERE k.merchant_id = $1 ORDER BY k.id DESC LIMIT 500")
        .bind(scope.merchant())
        .all(on)
        .await?;
    let mut all = Vec::new();
    for row in &rows {
        let listed: String = row.get("rights")?;
        all.push(ApiKey {
            id: row.get("id")?,
            name: row.get("name")?,
            hint: row.get("hint")?,
            rights: rights(&listed),
            made_by: row.get("made_by")?,
            created_at: row.get("created_at")?,
            used_at: row.get("used_at")?,
            expires_at: row.get("expires_at")?,
            revoked_at: row.get("revoked_at")?,
        });
    }
    Ok(all)
}

pub(crate) async fn revoke(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ApiKeyId,
    at: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE api_keys SET revoked_at = $3 WHERE merchant_id = $1 AND id = $2 AND revoked_at IS NULL")
        .bind(scope.merchant())
        .bind(id)
        .bind(at)
        .run(on)
        .await
}

/// Keys of a person who leaves the team end for good, also if the person comes back.
pub(crate) async fn revoke_of_member(
    on: impl Into<On<'_>>,
    scope: &Scope,
    user: &UserId,
    at: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE api_keys SET revoked_at = $3 WHERE merchant_id = $1 AND user_id = $2 AND revoked_at IS NULL")
        .bind(scope.merchant())
        .bind(user)
        .bind(at)
        .run(on)
        .await
}
