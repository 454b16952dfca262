//! Statements about addresses of letters: which ones were asked to be confirmed, and which ones are.

use sauda_kernel::{MerchantId, Timestamp, UserId};
use sauda_store::{On, StoreError, sql};

/// An address that somebody wants letters at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MailRow {
    pub user: UserId,
    pub address: String,
    pub asked_at: Timestamp,
    pub confirmed_at: Option<Timestamp>,
}

/// All addresses of a merchant's people.
pub(crate) async fn of(on: impl Into<On<'_>>, merchant: &MerchantId) -> Result<Vec<MailRow>, StoreError> {
    let rows = sql!(
        "SELECT user_id, address, asked_at, confirmed_at FROM team_mails WHERE merchant_id = $1 ORDER BY user_id, address"
    )
    .bind(merchant)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(MailRow {
                user: row.get("user_id")?,
                address: row.get("address")?,
                asked_at: row.get("asked_at")?,
                confirmed_at: row.get("confirmed_at")?,
            })
        })
        .collect()
}

/// A link is about to leave: its word, hashed. An older link of the address is worthless from now on.
pub(crate) async fn ask(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    user: &UserId,
    address: &str,
    word_hash: &str,
    (now, until): (Timestamp, Timestamp),
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO team_mails (merchant_id, user_id, address, word_hash, asked_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (merchant_id, user_id, address) DO UPDATE SET word_hash = excluded.word_hash, asked_at = excluded.asked_at, expires_at = excluded.expires_at"
    )
    .bind(merchant)
    .bind(user)
    .bind(address)
    .bind(word_hash)
    .bind(now)
    .bind(until)
    .run(on)
    .await
}

/// Uses the word of a link, once; the address that is confirmed by it.
pub(crate) async fn confirm(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    user: &UserId,
    word_hash: &str,
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    sql!(
        "UPDATE team_mails SET confirmed_at = COALESCE(confirmed_at, $4), word_hash = NULL \
         WHERE word_hash = $3 AND merchant_id = $1 AND user_id = $2 AND expires_at > $4 RETURNING address"
    )
    .bind(merchant)
    .bind(user)
    .bind(word_hash)
    .bind(now)
    .optional(on)
    .await?
    .map(|row| row.get("address"))
    .transpose()
}
