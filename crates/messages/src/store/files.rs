//! Statements about files that buyers sent: noted with their message, fetched, kept for their time.

use crate::{
    model::{FileState, MessageFile},
    store::unknown,
};
use sauda_accounts::Scope;
use sauda_kernel::{MerchantId, MessageId, MessageLineId, ShopId, TalkId, Timestamp};
use sauda_store::{On, Row, StoreError, sql};

/// A file that came.
pub(crate) struct NewFile<'a> {
    pub message: &'a MessageId,
    pub shop: &'a ShopId,
    pub talk: &'a TalkId,
    pub line: &'a MessageLineId,
    pub url: Option<&'a str>,
    pub mime: &'a str,
    pub name: &'a str,
    pub state: FileState,
    pub trouble: Option<&'a str>,
    pub at: Timestamp,
}

pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    scope: &Scope,
    file: &NewFile<'_>,
) -> Result<u64, StoreError> {
    let next_at = (file.state == FileState::Waiting).then_some(file.at);
    sql!(
        "INSERT INTO message_files (message_id, merchant_id, shop_id, talk_id, line_id, url, mime, file_name, state, trouble, tries, next_at, came_at) \
         VALUES ($1, $2, $3, $4, $5, CAST($6 AS TEXT), $7, $8, $9, CAST($10 AS TEXT), 0, CAST($11 AS BIGINT), $12) ON CONFLICT (message_id) DO NOTHING"
    )
    .bind(file.message)
    .bind(scope.merchant())
    .bind(file.shop)
    .bind(file.talk)
    .bind(file.line)
    .bind(file.url.filter(|_| file.state == FileState::Waiting))
    .bind(file.mime)
    .bind(file.name)
    .bind(file.state.word())
    .bind(file.trouble)
    .bind(next_at)
    .bind(file.at)
    .run(on)
    .await
}

/// A file to be fetched.
#[derive(Debug, Clone)]
pub(crate) struct Due {
    pub message: MessageId,
    pub merchant: MerchantId,
    pub shop: ShopId,
    pub line: MessageLineId,
    pub url: Option<String>,
    pub mime: String,
    pub name: String,
    pub tries: i64,
}

pub(crate) async fn due(on: impl Into<On<'_>>, now: Timestamp, limit: i64) -> Result<Vec<Due>, StoreError> {
    let rows = sql!(
        "SELECT message_id, merchant_id, shop_id, line_id, url, mime, file_name, tries FROM message_files WHERE next_at <= $1 \
         ORDER BY next_at, message_id LIMIT $2"
    )
    .bind(now)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Due {
                message: row.get("message_id")?,
                merchant: row.get("merchant_id")?,
                shop: row.get("shop_id")?,
                line: row.get("line_id")?,
                url: row.get("url")?,
                mime: row.get("mime")?,
                name: row.get("file_name")?,
                tries: row.get("tries")?,
            })
        })
        .collect()
}

/// Its bytes are here; 0 when it was erased meanwhile.
pub(crate) async fn kept(
    on: impl Into<On<'_>>,
    message: &MessageId,
    mime: &str,
    bytes: Vec<u8>,
) -> Result<u64, StoreError> {
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    sql!(
        "UPDATE message_files SET state = 'kept', mime = $2, bytes = $3, size_bytes = $4, url = NULL, next_at = NULL, trouble = NULL, tries = tries + 1 \
         WHERE message_id = $1 AND state = 'waiting'"
    )
    .bind(message)
    .bind(mime)
    .bind(bytes)
    .bind(size)
    .run(on)
    .await
}

/// It could not be fetched this time; without a next time it is over.
pub(crate) async fn not_kept(
    on: impl Into<On<'_>>,
    message: &MessageId,
    state: FileState,
    trouble: &str,
    next_at: Option<Timestamp>,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE message_files SET state = $2, trouble = $3, next_at = CAST($4 AS BIGINT), tries = tries + 1, \
         url = CASE WHEN CAST($4 AS BIGINT) IS NULL THEN NULL ELSE url END WHERE message_id = $1 AND state = 'waiting'"
    )
    .bind(message)
    .bind(state.word())
    .bind(trouble)
    .bind(next_at)
    .run(on)
    .await
}

fn read(row: &Row) -> Result<MessageFile, StoreError> {
    let state: String = row.get("state")?;
    Ok(MessageFile {
        message: row.get("message_id")?,
        state: FileState::parse(&state).ok_or_else(|| unknown("state", state))?,
        mime: row.get("mime")?,
        name: row.get("file_name")?,
        trouble: row.get("trouble")?,
        size_bytes: row.get("size_bytes")?,
        came_at: row.get("came_at")?,
    })
}

/// Files of a talk.
pub(crate) async fn of_talk(on: impl Into<On<'_>>, talk: &TalkId) -> Result<Vec<MessageFile>, StoreError> {
    let rows = sql!(
        "SELECT message_id, state, mime, file_name, trouble, size_bytes, came_at FROM message_files WHERE talk_id = $1 ORDER BY came_at, message_id"
    )
    .bind(talk)
    .all(on)
    .await?;
    rows.iter().map(read).collect()
}

/// A file of a shop with its bytes.
pub(crate) async fn bytes(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    message: &MessageId,
) -> Result<Option<(MessageFile, Option<Vec<u8>>)>, StoreError> {
    let row = sql!(
        "SELECT message_id, state, mime, file_name, trouble, size_bytes, came_at, bytes FROM message_files WHERE shop_id = $1 AND message_id = $2"
    )
    .bind(shop)
    .bind(message)
    .optional(on)
    .await?;
    row.map(|row| Ok((read(&row)?, row.get("bytes")?))).transpose()
}

/// Deletes the bytes of what came before a moment; how many files.
pub(crate) async fn expire(on: impl Into<On<'_>>, before: Timestamp) -> Result<u64, StoreError> {
    sql!("UPDATE message_files SET state = 'expired', bytes = NULL, file_name = '' WHERE state = 'kept' AND came_at < $1")
        .bind(before)
        .run(on)
        .await
}

/// Forgets the files of a talk.
pub(crate) async fn erase(on: impl Into<On<'_>>, talk: &TalkId) -> Result<u64, StoreError> {
    sql!("DELETE FROM message_files WHERE talk_id = $1")
        .bind(talk)
        .run(on)
        .await
}
