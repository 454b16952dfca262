//! Sessions: only fingerprints of their cookies are here.

use super::{team, unknown, users};
use crate::{Awaiting, Preferences, Role, SessionRow, Visitor};
use sauda_kernel::{MerchantId, SessionId, Timestamp, UserId};
use sauda_store::{On, StoreError, sql};

pub(crate) struct NewSession<'a> {
    pub id: &'a SessionId,
    pub token_hash: &'a str,
    pub user: &'a UserId,
    pub merchant: &'a MerchantId,
    pub needs_code: bool,
    pub at: Timestamp,
    pub expires_at: Timestamp,
    pub visitor: &'a Visitor,
}

pub(crate) struct FullSession {
    pub id: SessionId,
    pub user: UserId,
    pub merchant: MerchantId,
    pub name: String,
    pub login: String,
    pub merchant_name: String,
    pub role: Role,
    pub preferences: Preferences,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub seen_at: Timestamp,
}

pub(crate) enum Found {
    Awaiting {
        awaiting: Awaiting,
        merchant: MerchantId,
    },
    Full(Box<FullSession>),
}

/// Longest kept text of a browser.
const DEVICE_LETTERS: usize = 300;
/// Longest kept address: an IPv6 address with a zone fits.
const ADDRESS_LETTERS: usize = 64;

fn cut(text: &str, letters: usize) -> String {
    text.chars()
        .filter(|letter| !letter.is_control())
        .take(letters)
        .collect()
}

pub(crate) async fn insert(on: impl Into<On<'_>>, new: &NewSession<'_>) -> Result<(), StoreError> {
    sql!("INSERT INTO sessions (id, token_hash, user_id, merchant_id, stage, created_at, expires_at, seen_at, address, device) VALUES ($1, $2, $3, $4, $5, $6, $7, $6, $8, $9)")
        .bind(new.id)
        .bind(new.token_hash)
        .bind(new.user)
        .bind(new.merchant)
        .bind(if new.needs_code { "code" } else { "full" })
        .bind(new.at)
        .bind(new.expires_at)
        .bind(cut(&new.visitor.address, ADDRESS_LETTERS))
        .bind(cut(&new.visitor.device, DEVICE_LETTERS))
        .run(on)
        .await
        .map(|_| ())
}

/// The session of a cookie, when it has not ended and its person still belongs to its team.
pub(crate) async fn find(
    on: impl Into<On<'_>>,
    token_hash: &str,
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Option<Found>, StoreError> {
    let row = sql!("SELECT s.id, s.user_id, s.merchant_id, s.stage, s.created_at, s.expires_at, s.seen_at, u.name, u.login, u.language, u.theme, u.shortcuts, m.role, r.name AS merchant_name FROM sessions s JOIN users u ON u.id = s.user_id JOIN memberships m ON m.merchant_id = s.merchant_id AND m.user_id = s.user_id JOIN merchants r ON r.id = s.merchant_id WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.seen_at > $3")
        .bind(token_hash)
        .bind(now)
        .bind(idle_since)
        .optional(on)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (id, user, merchant) = (row.get("id")?, row.get("user_id")?, row.get("merchant_id")?);
    let (preferences, expires_at) = (users::preferences(&row)?, row.get("expires_at")?);
    let stage: String = row.get("stage")?;
    match stage.as_str() {
        "code" => {
            let awaiting = Awaiting {
                id,
                user,
                expires_at,
                language: preferences.language,
            };
            Ok(Some(Found::Awaiting { awaiting, merchant }))
        }
        "full" => Ok(Some(Found::Full(Box::new(FullSession {
            id,
            user,
            merchant,
            name: row.get("name")?,
            login: row.get("login")?,
            merchant_name: row.get("merchant_name")?,
            role: team::role(&row)?,
            preferences,
            created_at: row.get("created_at")?,
            expires_at,
            seen_at: row.get("seen_at")?,
        })))),
        _ => Err(unknown("stage", stage)),
    }
}

pub(crate) async fn touch(
    on: impl Into<On<'_>>,
    id: &SessionId,
    at: Timestamp,
    address: &str,
) -> Result<(), StoreError> {
    sql!("UPDATE sessions SET seen_at = $2, address = $3 WHERE id = $1 AND seen_at < $2")
        .bind(id)
        .bind(at)
        .bind(cut(address, ADDRESS_LETTERS))
        .run(on)
        .await
        .map(|_| ())
}

/// Gives the session a new cookie; false when it ended meanwhile.
pub(crate) async fn rotate(
    on: impl Into<On<'_>>,
    id: &SessionId,
    token_hash: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(
        sql!("UPDATE sessions SET token_hash = $2, seen_at = $3 WHERE id = $1 AND stage = 'full'")
            .bind(id)
            .bind(token_hash)
            .bind(at)
            .run(on)
            .await?
            == 1,
    )
}

/// The second factor was right: the session opens, with a new cookie; false when it ended meanwhile.
pub(crate) async fn promote(
    on: impl Into<On<'_>>,
    id: &SessionId,
    token_hash: &str,
    at: Timestamp,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let opened = sql!("UPDATE sessions SET stage = 'full', token_hash = $2, created_at = $3, seen_at = $3, expires_at = $4 WHERE id = $1 AND stage = 'code'")
        .bind(id)
        .bind(token_hash)
        .bind(at)
        .bind(expires_at)
        .run(on)
        .await?;
    Ok(opened == 1)
}

pub(crate) async fn update_merchant(
    on: impl Into<On<'_>>,
    id: &SessionId,
    merchant: &MerchantId,
) -> Result<(), StoreError> {
    sql!("UPDATE sessions SET merchant_id = $2 WHERE id = $1")
        .bind(id)
        .bind(merchant)
        .run(on)
        .await
        .map(|_| ())
}

pub(crate) async fn list(
    on: impl Into<On<'_>>,
    user: &UserId,
    current: &SessionId,
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Vec<SessionRow>, StoreError> {
    let rows = sql!("SELECT id, address, device, created_at, seen_at, expires_at FROM sessions WHERE user_id = $1 AND stage = 'full' AND expires_at > $2 AND seen_at > $3 ORDER BY seen_at DESC, id")
        .bind(user)
        .bind(now)
        .bind(idle_since)
        .all(on)
        .await?;
    let mut all = Vec::new();
    for row in &rows {
        let id: SessionId = row.get("id")?;
        all.push(SessionRow {
            current: id == *current,
            id,
            device: row.get("device")?,
            address: row.get("address")?,
            created_at: row.get("created_at")?,
            seen_at: row.get("seen_at")?,
            expires_at: row.get("expires_at")?,
        });
    }
    Ok(all)
}

pub(crate) async fn delete_by_token(on: impl Into<On<'_>>, token_hash: &str) -> Result<u64, StoreError> {
    sql!("DELETE FROM sessions WHERE token_hash = $1")
        .bind(token_hash)
        .run(on)
        .await
}

pub(crate) async fn delete(on: impl Into<On<'_>>, user: &UserId, id: &SessionId) -> Result<u64, StoreError> {
    sql!("DELETE FROM sessions WHERE user_id = $1 AND id = $2")
        .bind(user)
        .bind(id)
        .run(on)
        .await
}

pub(crate) async fn delete_others(
    on: impl Into<On<'_>>,
    user: &UserId,
    keep: &SessionId,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM sessions WHERE user_id = $1 AND id <> $2")
        .bind(user)
        .bind(keep)
        .run(on)
        .await
}

pub(crate) async fn delete_of_user(on: impl Into<On<'_>>, user: &UserId) -> Result<u64, StoreError> {
    sql!("DELETE FROM sessions WHERE user_id = $1")
        .bind(user)
        .run(on)
        .await
}

pub(crate) async fn delete_of_member(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    user: &UserId,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM sessions WHERE merchant_id = $1 AND user_id = $2")
        .bind(merchant)
        .bind(user)
        .run(on)
        .await
}

pub(crate) async fn delete_ended(
    on: impl Into<On<'_>>,
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM sessions WHERE expires_at <= $1 OR seen_at <= $2")
        .bind(now)
        .bind(idle_since)
        .run(on)
        .await
}
