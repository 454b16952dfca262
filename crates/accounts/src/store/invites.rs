//! Invitations by link.

use super::team;
use crate::{Invite, InviteState, Role, Scope};
use sauda_kernel::{InviteId, MerchantId, Timestamp, UserId};
use sauda_store::{On, StoreError, sql};

pub(crate) struct NewInvite<'a> {
    pub id: &'a InviteId,
    pub token_hash: &'a str,
    pub role: Role,
    pub note: &'a str,
    pub at: Timestamp,
    pub expires_at: Timestamp,
}

pub(crate) struct OpenInvite {
    pub id: InviteId,
    pub merchant: MerchantId,
    pub merchant_name: String,
    pub made_by: String,
    pub role: Role,
    pub expires_at: Timestamp,
}

pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    scope: &Scope,
    new: &NewInvite<'_>,
) -> Result<(), StoreError> {
    sql!("INSERT INTO invites (id, merchant_id, token_hash, role, note, made_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(new.id)
        .bind(scope.merchant())
        .bind(new.token_hash)
        .bind(new.role.word())
        .bind(new.note)
        .bind(scope.actor_name())
        .bind(new.at)
        .bind(new.expires_at)
        .run(on)
        .await
        .map(|_| ())
}

pub(crate) async fn list(
    on: impl Into<On<'_>>,
    scope: &Scope,
    now: Timestamp,
) -> Result<Vec<Invite>, StoreError> {
    let rows = sql!("SELECT id, role, note, made_by, created_at, expires_at, used_at, revoked_at FROM invites WHERE merchant_id = $1 ORDER BY created_at DESC, id DESC LIMIT 200")
        .bind(scope.merchant())
        .all(on)
        .await?;
    let mut all = Vec::new();
    for row in &rows {
        let (used, revoked): (Option<Timestamp>, Option<Timestamp>) =
            (row.get("used_at")?, row.get("revoked_at")?);
        let expires_at: Timestamp = row.get("expires_at")?;
        let state = match (used, revoked) {
            (Some(_), _) => InviteState::Used,
            (None, Some(_)) => InviteState::Revoked,
            (None, None) if expires_at <= now => InviteState::Expired,
            (None, None) => InviteState::Open,
        };
        all.push(Invite {
            id: row.get("id")?,
            role: team::role(row)?,
            note: row.get("note")?,
            made_by: row.get("made_by")?,
            created_at: row.get("created_at")?,
            expires_at,
            state,
        });
    }
    Ok(all)
}

/// The open invitation of a link.
pub(crate) async fn find_open(
    on: impl Into<On<'_>>,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<OpenInvite>, StoreError> {
    let row = sql!("SELECT i.id, i.merchant_id, i.role, i.made_by, i.expires_at, r.name AS merchant_name FROM invites i JOIN merchants r ON r.id = i.merchant_id WHERE i.token_hash = $1 AND i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $2")
        .bind(token_hash)
        .bind(now)
        .optional(on)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(OpenInvite {
        id: row.get("id")?,
        merchant: row.get("merchant_id")?,
        merchant_name: row.get("merchant_name")?,
        made_by: row.get("made_by")?,
        role: team::role(&row)?,
        expires_at: row.get("expires_at")?,
    }))
}

/// Uses an invitation up; false when it was used or revoked meanwhile.
pub(crate) async fn use_up(
    on: impl Into<On<'_>>,
    id: &InviteId,
    user: &UserId,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let used = sql!("UPDATE invites SET used_at = $3, used_by = $2 WHERE id = $1 AND used_at IS NULL AND revoked_at IS NULL").bind(id).bind(user).bind(at).run(on).await?;
    Ok(used == 1)
}

pub(crate) async fn revoke(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &InviteId,
    at: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE invites SET revoked_at = $3 WHERE merchant_id = $1 AND id = $2 AND used_at IS NULL AND revoked_at IS NULL").bind(scope.merchant()).bind(id).bind(at).run(on).await
}
