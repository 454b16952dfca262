//! Statements about what is said: recorded before it leaves, kept so that it can be shown anew.

use super::unknown;
use crate::team::kept::Delivered;
use crate::team::model::{Content, NewPost, PostId, PostState, Trouble, Way, What};
use sauda_kernel::{MerchantId, Timestamp, UserId};
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, sql, sql_part};
use std::collections::HashSet;

/// Something that is said.
#[derive(Debug, Clone)]
pub(crate) struct PostRow {
    pub id: PostId,
    pub merchant: MerchantId,
    pub user: Option<UserId>,
    pub way: Way,
    pub address: String,
    pub what: What,
    pub content: Content,
    pub tries: i64,
    pub sent_at: Option<Timestamp>,
    pub message: Option<i64>,
    pub shown: Option<String>,
}

fn read(row: &Row) -> Result<PostRow, StoreError> {
    let (way, event, content): (String, String, String) =
        (row.get("way")?, row.get("event")?, row.get("content")?);
    Ok(PostRow {
        id: row.get("id")?,
        merchant: row.get("merchant_id")?,
        user: row.get("user_id")?,
        way: Way::parse(&way).ok_or_else(|| unknown("way", way))?,
        address: row.get("address")?,
        what: What::parse(&event).ok_or_else(|| unknown("event", event))?,
        content: serde_json::from_str(&content).map_err(|_| unknown("content", content))?,
        tries: row.get("tries")?,
        sent_at: row.get("sent_at")?,
        message: row.get("message")?,
        shown: row.get("shown")?,
    })
}

fn head() -> SqlBuilder {
    SqlBuilder::new(sql_part!(
        "SELECT id, merchant_id, user_id, way, address, event, content, tries, sent_at, message, shown FROM team_posts WHERE "
    ))
}

/// Which of these keys were taken before.
pub(crate) async fn known(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    keys: &[&str],
) -> Result<HashSet<String>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("SELECT once_key FROM team_posts WHERE "));
    builder.push(sql_part!("merchant_id = ? AND once_key IN "), [merchant.into()]);
    builder.push_list(keys.iter().map(|key| Value::from(*key)));
    let rows = builder.finish().all(on).await?;
    rows.iter().map(|row| row.get("once_key")).collect()
}

/// Records something to be said; 0 when it was before.
pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    id: &PostId,
    new: &NewPost,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO team_posts (id, merchant_id, user_id, way, address, event, once_key, content, state, tries, next_at, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', 0, $9, $10) ON CONFLICT (merchant_id, once_key) DO NOTHING"
    )
    .bind(id)
    .bind(&new.merchant)
    .bind(new.user.as_ref())
    .bind(new.way.word())
    .bind(&new.address)
    .bind(new.what.word())
    .bind(&new.once)
    .bind(serde_json::to_string(&new.content).unwrap_or_default())
    .bind(new.at)
    .bind(now)
    .run(on)
    .await
}

/// What is to be said now, the longest due first.
pub(crate) async fn due(
    on: impl Into<On<'_>>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<PostRow>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("next_at <= ? AND state = 'queued' ORDER BY next_at, id LIMIT ?"),
        [now.into(), limit.into()],
    );
    builder
        .finish()
        .lasting()
        .all(on)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// What was said and may have to show something else now.
pub(crate) async fn to_look_at(
    on: impl Into<On<'_>>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<PostRow>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("look_at <= ? AND state = 'sent' ORDER BY look_at, id LIMIT ?"),
        [now.into(), limit.into()],
    );
    builder
        .finish()
        .lasting()
        .all(on)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Takes something for sending; 0 when another process has it.
pub(crate) async fn claim(on: impl Into<On<'_>>, id: &PostId, until: Timestamp) -> Result<u64, StoreError> {
    sql!("UPDATE team_posts SET state = 'sending', tries = tries + 1, next_at = $2 WHERE id = $1 AND state = 'queued'")
        .bind(id)
        .bind(until)
        .run(on)
        .await
}

/// What was being sent by a process that died: nobody knows whether it arrived.
pub(crate) async fn give_up(on: impl Into<On<'_>>, now: Timestamp) -> Result<u64, StoreError> {
    sql!(
        "UPDATE team_posts SET state = 'unclear', next_at = NULL, trouble = 'crashed' WHERE state = 'sending' AND next_at <= $1"
    )
    .bind(now)
    .run(on)
    .await
}

pub(crate) async fn put_off(on: impl Into<On<'_>>, id: &PostId, at: Timestamp) -> Result<u64, StoreError> {
    sql!("UPDATE team_posts SET state = 'queued', next_at = $2 WHERE id = $1 AND state IN ('queued', 'sending')")
        .bind(id)
        .bind(at)
        .run(on)
        .await
}

/// Everything for an address waits.
pub(crate) async fn put_off_address(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    way: Way,
    address: &str,
    until: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE team_posts SET next_at = $4 WHERE merchant_id = $1 AND way = $2 AND address = $3 AND state = 'queued' AND next_at < $4"
    )
    .bind(merchant)
    .bind(way.word())
    .bind(address)
    .bind(until)
    .run(on)
    .await
}

/// The channel took it.
pub(crate) struct Taken<'a> {
    pub message: Option<i64>,
    pub shown: &'a str,
    pub look_at: Option<Timestamp>,
}

pub(crate) async fn sent(
    on: impl Into<On<'_>>,
    id: &PostId,
    taken: &Taken<'_>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE team_posts SET state = 'sent', next_at = NULL, sent_at = $2, message = $3, shown = $4, look_at = $5, trouble = NULL, trouble_text = NULL \
         WHERE id = $1"
    )
    .bind(id)
    .bind(now)
    .bind(taken.message)
    .bind(taken.shown)
    .bind(taken.look_at)
    .run(on)
    .await
}

/// It will not be said (again).
pub(crate) async fn over(
    on: impl Into<On<'_>>,
    id: &PostId,
    state: PostState,
    trouble: &str,
    text: Option<&str>,
) -> Result<u64, StoreError> {
    sql!("UPDATE team_posts SET state = $2, next_at = NULL, look_at = NULL, trouble = $3, trouble_text = $4 WHERE id = $1")
        .bind(id)
        .bind(state.word())
        .bind(trouble)
        .bind(text)
        .run(on)
        .await
}

/// Nothing more is said to an address.
pub(crate) async fn close_address(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    way: Way,
    address: &str,
    trouble: &str,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE team_posts SET state = CASE WHEN state = 'queued' THEN 'failed' ELSE state END, next_at = CASE WHEN state = 'queued' THEN NULL ELSE next_at END, \
         look_at = NULL, trouble = CASE WHEN state = 'queued' THEN CAST($4 AS TEXT) ELSE trouble END \
         WHERE merchant_id = $1 AND way = $2 AND address = $3 AND state IN ('queued', 'sent')"
    )
    .bind(merchant)
    .bind(way.word())
    .bind(address)
    .bind(trouble)
    .run(on)
    .await
}

/// A group has another number now.
pub(crate) async fn move_address(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    from: &str,
    to: &str,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE team_posts SET address = $3, look_at = NULL WHERE merchant_id = $1 AND address = $2 AND way = 'telegram'"
    )
    .bind(merchant)
    .bind(from)
    .bind(to)
    .run(on)
    .await
}

/// When to look at it again, and what it shows now.
pub(crate) async fn looked(
    on: impl Into<On<'_>>,
    id: &PostId,
    shown: &str,
    look_at: Option<Timestamp>,
) -> Result<u64, StoreError> {
    sql!("UPDATE team_posts SET shown = $2, look_at = $3 WHERE id = $1")
        .bind(id)
        .bind(shown)
        .bind(look_at)
        .run(on)
        .await
}

/// Takes a message for showing it anew; 0 when another process shows something else meanwhile.
pub(crate) async fn claim_look(
    on: impl Into<On<'_>>,
    id: &PostId,
    shown: &str,
    until: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE team_posts SET look_at = $3 WHERE id = $1 AND COALESCE(shown, '') = $2 AND state = 'sent' AND look_at < $3"
    )
    .bind(id)
    .bind(shown)
    .bind(until)
    .run(on)
    .await
}

/// A message of the bot is looked at now: somebody pressed something in it.
pub(crate) async fn look_at_message(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    address: &str,
    message: i64,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE team_posts SET look_at = $4 WHERE merchant_id = $1 AND address = $2 AND message = $3 AND way = 'telegram' AND state = 'sent'"
    )
    .bind(merchant)
    .bind(address)
    .bind(message)
    .bind(now)
    .run(on)
    .await
}

/// What could not be said since a moment, newest first; what was overtaken by life is none.
pub(crate) async fn troubles(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Trouble>, StoreError> {
    let rows = sql!(
        "SELECT user_id, way, event, state, trouble, trouble_text, made_at FROM team_posts \
         WHERE merchant_id = $1 AND made_at >= $2 AND state IN ('failed', 'unclear', 'queued') AND trouble IS NOT NULL AND trouble <> 'outdated' \
         ORDER BY made_at DESC, id DESC LIMIT $3"
    )
    .bind(merchant)
    .bind(since)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            let (way, event, state): (String, String, String) =
                (row.get("way")?, row.get("event")?, row.get("state")?);
            Ok(Trouble {
                at: row.get("made_at")?,
                way: Way::parse(&way).ok_or_else(|| unknown("way", way))?,
                what: What::parse(&event).ok_or_else(|| unknown("event", event))?,
                state: PostState::parse(&state).ok_or_else(|| unknown("state", state))?,
                word: row.get("trouble")?,
                text: row.get("trouble_text")?,
                user: row.get("user_id")?,
            })
        })
        .collect()
}

/// How far everything came whose key begins so, oldest first.
pub(crate) async fn beginning(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    head: &str,
) -> Result<Vec<Delivered>, StoreError> {
    // The sign after the colon: keys of this head lie between.
    let behind = format!("{};", head.trim_end_matches(':'));
    sql!(
        "SELECT way, address, state, sent_at, trouble FROM team_posts \
         WHERE merchant_id = $1 AND once_key >= $2 AND once_key < $3 ORDER BY made_at, id LIMIT 200"
    )
    .bind(merchant)
    .bind(head)
    .bind(behind)
    .all(on)
    .await?
    .iter()
    .map(|row| {
        let (way, state): (String, String) = (row.get("way")?, row.get("state")?);
        Ok(Delivered {
            way: Way::parse(&way).ok_or_else(|| unknown("way", way))?,
            address: row.get("address")?,
            state: PostState::parse(&state).ok_or_else(|| unknown("state", state))?,
            at: row.get("sent_at")?,
            trouble: row.get("trouble")?,
        })
    })
    .collect()
}

/// Why it waits, for people who look.
pub(crate) async fn note(
    on: impl Into<On<'_>>,
    id: &PostId,
    trouble: &str,
    text: Option<&str>,
) -> Result<u64, StoreError> {
    sql!("UPDATE team_posts SET trouble = $2, trouble_text = $3 WHERE id = $1")
        .bind(id)
        .bind(trouble)
        .bind(text)
        .run(on)
        .await
}

/// How many wait, and how many were said since a moment.
pub(crate) async fn counts(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    since: Timestamp,
) -> Result<(i64, i64), StoreError> {
    let row = sql!(
        "SELECT CAST(COALESCE(SUM(CASE WHEN state = 'queued' THEN 1 ELSE 0 END), 0) AS BIGINT) AS waiting, \
         CAST(COALESCE(SUM(CASE WHEN state = 'sent' AND sent_at >= $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS said \
         FROM team_posts WHERE merchant_id = $1 AND made_at >= $3"
    )
    .bind(merchant)
    .bind(since)
    .bind(since.minus(sauda_kernel::Span::from_days(2)))
    .one(on)
    .await?;
    Ok((row.get("waiting")?, row.get("said")?))
}

/// What was said long ago is forgotten.
pub(crate) async fn forget(on: impl Into<On<'_>>, before: Timestamp) -> Result<u64, StoreError> {
    sql!("DELETE FROM team_posts WHERE made_at < $1 AND state NOT IN ('queued', 'sending')")
        .bind(before)
        .run(on)
        .await
}
