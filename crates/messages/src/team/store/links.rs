//! Statements about links of chats and their one-time codes.

use super::unknown;
use crate::team::model::LinkId;
use sauda_accounts::Language;
use sauda_kernel::{MerchantId, Timestamp, UserId};
use sauda_store::{On, Row, StoreError, sql};

/// A chat that is linked, or was.
#[derive(Debug, Clone)]
pub(crate) struct LinkRow {
    pub id: LinkId,
    pub merchant: MerchantId,
    pub user: UserId,
    pub chat: i64,
    pub person: i64,
    pub person_name: String,
    pub language: Language,
    pub linked_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub ended_why: Option<String>,
}

impl LinkRow {
    pub const fn is_group(&self) -> bool {
        self.chat < 0
    }
}

fn read(row: &Row) -> Result<LinkRow, StoreError> {
    let language: String = row.get("language")?;
    Ok(LinkRow {
        id: row.get("id")?,
        merchant: row.get("merchant_id")?,
        user: row.get("user_id")?,
        chat: row.get("chat")?,
        person: row.get("person")?,
        person_name: row.get("person_name")?,
        language: Language::parse(&language).ok_or_else(|| unknown("language", language))?,
        linked_at: row.get("linked_at")?,
        ended_at: row.get("ended_at")?,
        ended_why: row.get("ended_why")?,
    })
}

/// Links of a merchant that are open, oldest first.
pub(crate) async fn open(on: impl Into<On<'_>>, merchant: &MerchantId) -> Result<Vec<LinkRow>, StoreError> {
    sql!(
        "SELECT id, merchant_id, user_id, chat, person, person_name, language, linked_at, ended_at, ended_why FROM team_links \
         WHERE merchant_id = $1 AND guard = 'open' ORDER BY linked_at, id"
    )
    .bind(merchant)
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Links that ended by themselves since a moment, newest first.
pub(crate) async fn ended(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    since: Timestamp,
) -> Result<Vec<LinkRow>, StoreError> {
    sql!(
        "SELECT id, merchant_id, user_id, chat, person, person_name, language, linked_at, ended_at, ended_why FROM team_links \
         WHERE merchant_id = $1 AND ended_at >= $2 ORDER BY ended_at DESC, id LIMIT 50"
    )
    .bind(merchant)
    .bind(since)
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// The open link of a chat.
pub(crate) async fn of_chat(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    chat: i64,
) -> Result<Option<LinkRow>, StoreError> {
    sql!(
        "SELECT id, merchant_id, user_id, chat, person, person_name, language, linked_at, ended_at, ended_why FROM team_links \
         WHERE merchant_id = $1 AND chat = $2 AND guard = 'open'"
    )
    .bind(merchant)
    .bind(chat)
    .optional(on)
    .await?
    .as_ref()
    .map(read)
    .transpose()
}

pub(crate) async fn insert(on: impl Into<On<'_>>, link: &LinkRow) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO team_links (id, merchant_id, user_id, chat, person, person_name, language, linked_at, guard) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open') ON CONFLICT (merchant_id, chat, guard) DO NOTHING"
    )
    .bind(&link.id)
    .bind(&link.merchant)
    .bind(&link.user)
    .bind(link.chat)
    .bind(link.person)
    .bind(&link.person_name)
    .bind(link.language.word())
    .bind(link.linked_at)
    .run(on)
    .await
}

/// Ends one link; 0 when it is over.
pub(crate) async fn end(
    on: impl Into<On<'_>>,
    id: &LinkId,
    why: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE team_links SET ended_at = $2, ended_why = $3, guard = id WHERE id = $1 AND guard = 'open'")
        .bind(id)
        .bind(now)
        .bind(why)
        .run(on)
        .await
}

/// Ends every open link of a merchant.
pub(crate) async fn end_all(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    why: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE team_links SET ended_at = $2, ended_why = $3, guard = id WHERE merchant_id = $1 AND guard = 'open'"
    )
    .bind(merchant)
    .bind(now)
    .bind(why)
    .run(on)
    .await
}

/// A group has another number now.
pub(crate) async fn move_chat(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    from: i64,
    to: i64,
) -> Result<u64, StoreError> {
    sql!("UPDATE team_links SET chat = $3 WHERE merchant_id = $1 AND chat = $2 AND guard = 'open'")
        .bind(merchant)
        .bind(from)
        .bind(to)
        .run(on)
        .await
}

pub(crate) async fn insert_code(
    on: impl Into<On<'_>>,
    hash: &str,
    merchant: &MerchantId,
    user: &UserId,
    expires_at: Timestamp,
) -> Result<u64, StoreError> {
    sql!("INSERT INTO team_codes (code_hash, merchant_id, user_id, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(hash)
        .bind(merchant)
        .bind(user)
        .bind(expires_at)
        .run(on)
        .await
}

/// Uses a code: whose it is, once, while it lasts.
pub(crate) async fn use_code(
    on: impl Into<On<'_>>,
    hash: &str,
    merchant: &MerchantId,
    now: Timestamp,
) -> Result<Option<UserId>, StoreError> {
    sql!(
        "UPDATE team_codes SET used_at = $3 WHERE code_hash = $1 AND merchant_id = $2 AND used_at IS NULL AND expires_at > $3 RETURNING user_id"
    )
    .bind(hash)
    .bind(merchant)
    .bind(now)
    .optional(on)
    .await?
    .map(|row| row.get("user_id"))
    .transpose()
}

/// No earlier code of a person works any more.
pub(crate) async fn spoil_codes(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    user: &UserId,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM team_codes WHERE merchant_id = $1 AND user_id = $2")
        .bind(merchant)
        .bind(user)
        .run(on)
        .await
}

pub(crate) async fn forget_codes(on: impl Into<On<'_>>, before: Timestamp) -> Result<u64, StoreError> {
    sql!("DELETE FROM team_codes WHERE expires_at < $1")
        .bind(before)
        .run(on)
        .await
}
