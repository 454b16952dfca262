//! Statements of the sender: what is due, what is taken, what came of it. A message is taken by one sender only.

use super::messages::{head, read};
use crate::model::{Message, MessageState};
use sauda_kernel::{MessageId, MessageLineId, Timestamp};
use sauda_store::{On, StoreError, sql, sql_part};

/// Lines with something to send or to look for now.
pub(crate) async fn busy_lines(
    on: impl Into<On<'_>>,
    now: Timestamp,
) -> Result<Vec<MessageLineId>, StoreError> {
    let rows = sql!(
        "SELECT DISTINCT l.id FROM message_lines l JOIN message_shops s ON s.line_id = l.id JOIN messages m ON m.shop_id = s.shop_id \
         WHERE l.removed_at IS NULL AND m.next_at <= $1 AND (m.state <> 'queued' OR l.send_at IS NULL OR l.send_at <= $1)"
    )
    .bind(now)
    .all(on)
    .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// The next message of a line: answers of people before what is told by itself, then who waits longest.
pub(crate) async fn next(
    on: impl Into<On<'_>>,
    line: &MessageLineId,
    now: Timestamp,
) -> Result<Option<Message>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!(
            "state = 'queued' AND next_at <= ? AND shop_id IN (SELECT s.shop_id FROM message_shops s WHERE s.line_id = ?) \
             ORDER BY CASE WHEN about IS NULL THEN 0 ELSE 1 END, next_at, id LIMIT 1"
        ),
        [now.into(), line.into()],
    );
    builder
        .finish()
        .lasting()
        .optional(on)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Messages that may have left by a line and are to be looked for now.
pub(crate) async fn to_look_for(
    on: impl Into<On<'_>>,
    line: &MessageLineId,
    now: Timestamp,
) -> Result<Vec<Message>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("state = 'sending' AND line_id = ? AND next_at <= ? ORDER BY next_at, id LIMIT 20"),
        [line.into(), now.into()],
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

/// Takes a queued message to be sent, unless its reader asked for silence; 0 when somebody else has it. A process that dies leaves it
/// to be looked for.
pub(crate) async fn take(
    on: impl Into<On<'_>>,
    id: &MessageId,
    line: &MessageLineId,
    reserved: Option<&str>,
    now: Timestamp,
    look_at: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE messages SET state = 'sending', line_id = $2, reserved_id = COALESCE(reserved_id, CAST($3 AS TEXT)), sent_at = $4, next_at = $5, \
         tries = tries + 1, looks = 0 WHERE id = $1 AND state = 'queued' AND NOT EXISTS (SELECT 1 FROM message_talks t JOIN message_silences s \
         ON s.merchant_id = t.merchant_id AND (s.who = t.phone OR s.who = t.chat) WHERE t.id = messages.talk_id)"
    )
    .bind(id)
    .bind(line)
    .bind(reserved)
    .bind(now)
    .bind(look_at)
    .run(on)
    .await
}

/// How a message goes on from where this process knows it; 0 rows when another took it further.
pub(crate) struct Step<'a> {
    pub state: MessageState,
    pub next_at: Option<Timestamp>,
    pub channel_id: Option<&'a str>,
    pub looks: i64,
    pub trouble: Option<&'a str>,
    pub trouble_text: Option<&'a str>,
}

pub(crate) async fn step(
    on: impl Into<On<'_>>,
    id: &MessageId,
    from: MessageState,
    step: &Step<'_>,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE messages SET state = $3, next_at = CAST($4 AS BIGINT), channel_id = COALESCE(CAST($5 AS TEXT), channel_id), looks = $6, trouble = $7, trouble_text = $8 \
         WHERE id = $1 AND state = $2"
    )
    .bind(id)
    .bind(from.word())
    .bind(step.state.word())
    .bind(step.next_at)
    .bind(step.channel_id)
    .bind(step.looks)
    .bind(step.trouble)
    .bind(step.trouble_text)
    .run(on)
    .await
}

/// It surely did not leave: it waits again, and its try does not count against the day.
pub(crate) async fn unsent(
    on: impl Into<On<'_>>,
    id: &MessageId,
    next_at: Timestamp,
    trouble: (&str, &str),
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE messages SET state = 'queued', next_at = $2, sent_at = NULL, trouble = $3, trouble_text = $4 WHERE id = $1 AND state = 'sending'"
    )
    .bind(id)
    .bind(next_at)
    .bind(trouble.0)
    .bind(trouble.1)
    .run(on)
    .await
}

/// When a line sent or tried since a moment, the earliest first.
pub(crate) async fn sent_since(
    on: impl Into<On<'_>>,
    line: &MessageLineId,
    since: Timestamp,
) -> Result<Vec<Timestamp>, StoreError> {
    let rows = sql!(
        "SELECT sent_at FROM messages WHERE line_id = $1 AND sent_at >= $2 AND is_ours ORDER BY sent_at"
    )
    .bind(line)
    .bind(since)
    .all(on)
    .await?;
    rows.iter().map(|row| row.get("sent_at")).collect()
}

/// How many people a line wrote to since a moment, how many of them answered, how many asked for silence.
pub(crate) async fn answered_since(
    on: impl Into<On<'_>>,
    line: &MessageLineId,
    since: Timestamp,
) -> Result<(i64, i64, i64), StoreError> {
    let row = sql!(
        "SELECT COUNT(*) AS written, \
         CAST(COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM messages r WHERE r.talk_id = t.id AND NOT r.is_ours AND r.created_at >= $2) THEN 1 ELSE 0 END), 0) AS BIGINT) AS answered, \
         CAST(COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM message_silences s WHERE s.merchant_id = t.merchant_id AND s.at >= $2 AND (s.who = t.phone OR s.who = t.chat)) THEN 1 ELSE 0 END), 0) AS BIGINT) AS silent \
         FROM message_talks t WHERE EXISTS (SELECT 1 FROM messages m WHERE m.talk_id = t.id AND m.line_id = $1 AND m.is_ours AND m.sent_at >= $2)"
    )
    .bind(line)
    .bind(since)
    .one(on)
    .await?;
    Ok((row.get("written")?, row.get("answered")?, row.get("silent")?))
}

/// How many messages wait for a line.
pub(crate) async fn waiting(on: impl Into<On<'_>>, line: &MessageLineId) -> Result<i64, StoreError> {
    sql!(
        "SELECT COUNT(*) AS n FROM messages WHERE state = 'queued' AND next_at IS NOT NULL AND shop_id IN (SELECT s.shop_id FROM message_shops s WHERE s.line_id = $1)"
    )
    .bind(line)
    .one(on)
    .await?
    .get("n")
}
