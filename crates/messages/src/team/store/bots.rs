//! Statements about bots and how far their updates were heard.

use sauda_kernel::{MerchantId, Timestamp};
use sauda_store::{On, Row, StoreError, sql};

/// A merchant's bot.
#[derive(Debug, Clone)]
pub(crate) struct BotRow {
    pub merchant: MerchantId,
    pub id: i64,
    pub sealed: String,
    pub name: String,
    pub user_name: String,
    pub next: Option<i64>,
    pub trouble: Option<String>,
    pub state_since: Timestamp,
    pub heard_at: Option<Timestamp>,
    pub connected_by: String,
    pub connected_at: Timestamp,
}

fn read(row: &Row) -> Result<BotRow, StoreError> {
    Ok(BotRow {
        merchant: row.get("merchant_id")?,
        id: row.get("bot_number")?,
        sealed: row.get("token_sealed")?,
        name: row.get("name")?,
        user_name: row.get("user_name")?,
        next: row.get("next_update")?,
        trouble: row.get("trouble")?,
        state_since: row.get("state_since")?,
        heard_at: row.get("heard_at")?,
        connected_by: row.get("connected_by")?,
        connected_at: row.get("connected_at")?,
    })
}

pub(crate) async fn find(on: impl Into<On<'_>>, merchant: &MerchantId) -> Result<Option<BotRow>, StoreError> {
    sql!(
        "SELECT merchant_id, bot_number, token_sealed, name, user_name, next_update, trouble, state_since, heard_at, connected_by, connected_at \
         FROM team_bots WHERE merchant_id = $1"
    )
    .bind(merchant)
    .optional(on)
    .await?
    .as_ref()
    .map(read)
    .transpose()
}

pub(crate) async fn all(on: impl Into<On<'_>>) -> Result<Vec<BotRow>, StoreError> {
    sql!(
        "SELECT merchant_id, bot_number, token_sealed, name, user_name, next_update, trouble, state_since, heard_at, connected_by, connected_at \
         FROM team_bots ORDER BY merchant_id"
    )
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Whose bot it is.
pub(crate) async fn owner(on: impl Into<On<'_>>, bot: i64) -> Result<Option<MerchantId>, StoreError> {
    sql!("SELECT merchant_id FROM team_bots WHERE bot_number = $1")
        .bind(bot)
        .optional(on)
        .await?
        .map(|row| row.get("merchant_id"))
        .transpose()
}

/// Keeps a bot in the place of the one before; what was heard of the same bot stays heard.
pub(crate) async fn put(on: impl Into<On<'_>>, bot: &BotRow) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO team_bots (merchant_id, bot_number, token_sealed, name, user_name, next_update, trouble, state_since, heard_at, connected_by, connected_at) \
         VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, NULL, $8, $7) ON CONFLICT (merchant_id) DO UPDATE SET \
         next_update = CASE WHEN team_bots.bot_number = excluded.bot_number THEN team_bots.next_update ELSE NULL END, \
         bot_number = excluded.bot_number, token_sealed = excluded.token_sealed, name = excluded.name, user_name = excluded.user_name, trouble = NULL, \
         state_since = excluded.state_since, heard_at = NULL, connected_by = excluded.connected_by, connected_at = excluded.connected_at"
    )
    .bind(&bot.merchant)
    .bind(bot.id)
    .bind(&bot.sealed)
    .bind(&bot.name)
    .bind(&bot.user_name)
    .bind(bot.next)
    .bind(bot.connected_at)
    .bind(&bot.connected_by)
    .run(on)
    .await
}

pub(crate) async fn delete(on: impl Into<On<'_>>, merchant: &MerchantId) -> Result<u64, StoreError> {
    sql!("DELETE FROM team_bots WHERE merchant_id = $1")
        .bind(merchant)
        .run(on)
        .await
}

/// Notes how a bot does; 0 when it is known to.
pub(crate) async fn set_trouble(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    trouble: Option<&str>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE team_bots SET trouble = $2, state_since = $3 WHERE merchant_id = $1 AND COALESCE(trouble, '') <> COALESCE(CAST($2 AS TEXT), '')"
    )
    .bind(merchant)
    .bind(trouble)
    .bind(now)
    .run(on)
    .await
}

pub(crate) async fn heard(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE team_bots SET heard_at = $2 WHERE merchant_id = $1")
        .bind(merchant)
        .bind(now)
        .run(on)
        .await
}

/// An update is dealt with; 0 when it was before, or the bot is another now.
pub(crate) async fn pass(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    bot: i64,
    update: i64,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE team_bots SET next_update = $3 WHERE merchant_id = $1 AND bot_number = $2 AND (next_update IS NULL OR next_update < $3)"
    )
    .bind(merchant)
    .bind(bot)
    .bind(update.saturating_add(1))
    .run(on)
    .await
}
