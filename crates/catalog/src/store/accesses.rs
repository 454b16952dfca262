//! Statements about marketplace logins and their sessions.

use crate::{
    model::{Access, AccessState, LoginKind},
    store::unknown,
};
use sauda_accounts::Scope;
use sauda_kernel::{AccessId, Timestamp};
use sauda_store::{On, Row, StoreError, sql};

fn read(row: &Row) -> Result<Access, StoreError> {
    let kind: String = row.get("login_kind")?;
    let state: String = row.get("state")?;
    Ok(Access {
        id: row.get("id")?,
        merchant: row.get("merchant_id")?,
        marketplace: row.get("marketplace")?,
        login_kind: LoginKind::parse(&kind).ok_or_else(|| unknown("login_kind", kind))?,
        login_masked: row.get("login_masked")?,
        state: AccessState::parse(&state).ok_or_else(|| unknown("state", state))?,
        state_since: row.get("state_since")?,
        state_until: row.get("state_until")?,
        pending_hint: row.get("pending_hint")?,
        contact_at: row.get("contact_at")?,
    })
}

/// What is stored when a sign-in begins.
pub(crate) struct NewAccess<'a> {
    pub id: &'a AccessId,
    pub marketplace: &'a str,
    pub kind: LoginKind,
    pub fold: &'a str,
    pub masked: &'a str,
    pub sealed: &'a str,
    pub now: Timestamp,
}

pub(crate) async fn upsert(
    on: impl Into<On<'_>>,
    scope: &Scope,
    new: &NewAccess<'_>,
) -> Result<AccessId, StoreError> {
    sql!(
        "INSERT INTO accesses (id, merchant_id, marketplace, login_kind, login_fold, login_masked, login_sealed, state, state_since, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'new', $8, $8) \
         ON CONFLICT (merchant_id, marketplace, login_fold) DO UPDATE SET login_sealed = excluded.login_sealed \
         RETURNING id"
    )
    .bind(new.id)
    .bind(scope.merchant())
    .bind(new.marketplace)
    .bind(new.kind.word())
    .bind(new.fold)
    .bind(new.masked)
    .bind(new.sealed)
    .bind(new.now)
    .one(on)
    .await?
    .get("id")
}

pub(crate) async fn find(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &AccessId,
) -> Result<Option<Access>, StoreError> {
    sql!(
        "SELECT id, merchant_id, marketplace, login_kind, login_masked, state, state_since, state_until, pending_hint, contact_at \
         FROM accesses WHERE merchant_id = $1 AND id = $2"
    )
    .bind(scope.merchant())
    .bind(id)
    .optional(on)
    .await?
    .as_ref()
    .map(read)
    .transpose()
}

pub(crate) async fn list(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<Access>, StoreError> {
    sql!(
        "SELECT id, merchant_id, marketplace, login_kind, login_masked, state, state_since, state_until, pending_hint, contact_at \
         FROM accesses WHERE merchant_id = $1 ORDER BY created_at, id"
    )
    .bind(scope.merchant())
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// The sealed parts: login, session, pending sign-in.
pub(crate) struct Secrets {
    pub login: String,
    pub session: Option<String>,
    pub pending: Option<String>,
}

pub(crate) async fn secrets(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &AccessId,
) -> Result<Option<Secrets>, StoreError> {
    let row = sql!(
        "SELECT login_sealed, session_sealed, pending_sealed FROM accesses WHERE merchant_id = $1 AND id = $2"
    )
    .bind(scope.merchant())
    .bind(id)
    .optional(on)
    .await?;
    row.map(|row| {
        Ok(Secrets {
            login: row.get("login_sealed")?,
            session: row.get("session_sealed")?,
            pending: row.get("pending_sealed")?,
        })
    })
    .transpose()
}

pub(crate) async fn set_pending(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &AccessId,
    pending: &str,
    hint: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE accesses SET pending_sealed = $3, pending_hint = $4, state = 'needs_code', state_since = $5, state_until = NULL \
         WHERE merchant_id = $1 AND id = $2"
    )
    .bind(scope.merchant())
    .bind(id)
    .bind(pending)
    .bind(hint)
    .bind(now)
    .run(on)
    .await
}

pub(crate) async fn set_session(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &AccessId,
    session: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE accesses SET session_sealed = $3, pending_sealed = NULL, pending_hint = NULL, state = 'connected', state_since = $4, \
         state_until = NULL, contact_at = $4 WHERE merchant_id = $1 AND id = $2"
    )
    .bind(scope.merchant())
    .bind(id)
    .bind(session)
    .bind(now)
    .run(on)
    .await
}

/// Moves to a state, only if it is another one; the number of rows says whether it was news.
pub(crate) async fn set_state(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &AccessId,
    state: AccessState,
    until: Option<Timestamp>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE accesses SET state = $3, state_until = $4, state_since = $5 \
         WHERE merchant_id = $1 AND id = $2 AND (state <> $3 OR COALESCE(state_until, 0) <> COALESCE($4, 0))"
    )
    .bind(scope.merchant())
    .bind(id)
    .bind(state.word())
    .bind(until)
    .bind(now)
    .run(on)
    .await
}

/// The session answered: written at most once a minute.
pub(crate) async fn touch(
    on: impl Into<On<'_>>,
    id: &AccessId,
    now: Timestamp,
    before: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE accesses SET contact_at = $2 WHERE id = $1 AND (contact_at IS NULL OR contact_at < $3)")
        .bind(id)
        .bind(now)
        .bind(before)
        .run(on)
        .await
}

pub(crate) async fn forget(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &AccessId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE accesses SET session_sealed = NULL, pending_sealed = NULL, pending_hint = NULL, state = 'session_ended', state_since = $3 \
         WHERE merchant_id = $1 AND id = $2"
    )
    .bind(scope.merchant())
    .bind(id)
    .bind(now)
    .run(on)
    .await
}

pub(crate) async fn login_fold(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &AccessId,
) -> Result<Option<String>, StoreError> {
    let row = sql!("SELECT login_fold FROM accesses WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .optional(on)
        .await?;
    row.map(|row| row.get("login_fold")).transpose()
}
