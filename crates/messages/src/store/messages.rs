//! Statements about messages as people see them: kept once, listed, moved forward by the channel's news.

use crate::{
    model::{Message, MessageState},
    store::unknown,
};
use sauda_accounts::Scope;
use sauda_kernel::{MessageId, MessageLineId, ShopId, TalkId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, sql, sql_part};

pub(super) fn head() -> SqlBuilder {
    SqlBuilder::new(sql_part!(
        "SELECT id, shop_id, talk_id, is_ours, state, once_key, body, media, order_code, about, template, written_by, created_at, due_at, \
         reserved_id, sent_at, delivered_at, read_at, tries, looks, trouble, trouble_text FROM messages WHERE "
    ))
}

pub(super) fn read(row: &Row) -> Result<Message, StoreError> {
    let state: String = row.get("state")?;
    let media: Option<String> = row.get("media")?;
    Ok(Message {
        id: row.get("id")?,
        shop: row.get("shop_id")?,
        talk: row.get("talk_id")?,
        is_ours: row.get("is_ours")?,
        state: MessageState::parse(&state).ok_or_else(|| unknown("state", state))?,
        once: row.get("once_key")?,
        body: row.get("body")?,
        media: media
            .map(|media| serde_json::from_str(&media).map_err(|_| unknown("media", media)))
            .transpose()?,
        order_code: row.get("order_code")?,
        about: row.get("about")?,
        template: row.get("template")?,
        written_by: row.get("written_by")?,
        created_at: row.get("created_at")?,
        due_at: row.get("due_at")?,
        reserved_id: row.get("reserved_id")?,
        sent_at: row.get("sent_at")?,
        delivered_at: row.get("delivered_at")?,
        read_at: row.get("read_at")?,
        tries: row.get("tries")?,
        looks: row.get("looks")?,
        trouble: row.get("trouble")?,
        trouble_text: row.get("trouble_text")?,
    })
}

/// Keeps a message; 0 when there is one under its once-key already. What is queued is taken up when it is due.
pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    scope: &Scope,
    message: &Message,
    line: Option<&MessageLineId>,
    channel_id: Option<&str>,
) -> Result<u64, StoreError> {
    let next_at = (message.state == MessageState::Queued).then_some(message.due_at);
    let media = message
        .media
        .as_ref()
        .map(|media| serde_json::to_string(media).unwrap_or_default());
    sql!(
        "INSERT INTO messages (id, merchant_id, shop_id, talk_id, line_id, is_ours, state, once_key, body, media, order_code, about, template, \
         written_by, created_at, due_at, next_at, channel_id, sent_at) \
         VALUES ($1, $2, $3, $4, CAST($5 AS TEXT), $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) ON CONFLICT (once_key) DO NOTHING"
    )
    .bind(&message.id)
    .bind(scope.merchant())
    .bind(&message.shop)
    .bind(&message.talk)
    .bind(line)
    .bind(message.is_ours)
    .bind(message.state.word())
    .bind(&message.once)
    .bind(&message.body)
    .bind(media)
    .bind(message.order_code.as_deref())
    .bind(message.about.as_deref())
    .bind(message.template.as_deref())
    .bind(&message.written_by)
    .bind(message.created_at)
    .bind(message.due_at)
    .bind(next_at)
    .bind(channel_id)
    .bind(message.sent_at)
    .run(on)
    .await
}

pub(crate) async fn find(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    id: &MessageId,
) -> Result<Option<Message>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!("shop_id = ? AND id = ?"), [shop.into(), id.into()]);
    builder
        .finish()
        .lasting()
        .optional(on)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

pub(crate) async fn by_once(on: impl Into<On<'_>>, once: &str) -> Result<Option<Message>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!("once_key = ?"), [once.into()]);
    builder
        .finish()
        .lasting()
        .optional(on)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// The last messages of a talk, oldest first.
pub(crate) async fn of_talk(
    on: impl Into<On<'_>>,
    talk: &TalkId,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("talk_id = ? ORDER BY created_at DESC, id DESC LIMIT ?"),
        [talk.into(), limit.clamp(1, 500).into()],
    );
    let mut all: Vec<Message> = builder
        .finish()
        .lasting()
        .all(on)
        .await?
        .iter()
        .map(read)
        .collect::<Result<_, _>>()?;
    all.reverse();
    Ok(all)
}

/// Messages of a shop, the newest first, from one on.
pub(crate) async fn of_shop(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    before: Option<&MessageId>,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!("shop_id = ?"), [shop.into()]);
    if let Some(before) = before {
        builder.push(sql_part!(" AND id < ?"), [before.into()]);
    }
    builder.push(
        sql_part!(" ORDER BY id DESC LIMIT ?"),
        [limit.clamp(1, 500).into()],
    );
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// What is to leave, the next first.
pub(crate) async fn waiting(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("shop_id = ? AND next_at IS NOT NULL ORDER BY next_at, id LIMIT ?"),
        [shop.into(), limit.clamp(1, 500).into()],
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

/// Our message of the channel's id, or of the id that was reserved for it.
pub(crate) async fn by_channel(
    on: impl Into<On<'_>>,
    line: &MessageLineId,
    part: &str,
) -> Result<Option<Message>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("line_id = ? AND (channel_id = ? OR reserved_id = ?) ORDER BY id LIMIT 1"),
        [line.into(), part.into(), part.into()],
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

/// The channel's news of a message; 0 rows when somebody moved it meanwhile.
pub(crate) async fn move_on(
    on: impl Into<On<'_>>,
    message: &Message,
    to: MessageState,
    channel_id: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE messages SET state = $3, channel_id = $4, next_at = NULL, trouble = CASE WHEN $3 = 'failed' THEN 'not_delivered' ELSE NULL END, trouble_text = NULL, \
         sent_at = COALESCE(sent_at, $5), delivered_at = CASE WHEN $3 IN ('delivered', 'read') THEN COALESCE(delivered_at, $5) ELSE delivered_at END, \
         read_at = CASE WHEN $3 = 'read' THEN COALESCE(read_at, $5) ELSE read_at END WHERE id = $1 AND state = $2"
    )
    .bind(&message.id)
    .bind(message.state.word())
    .bind(to.word())
    .bind(channel_id)
    .bind(now)
    .run(on)
    .await
}

/// Takes back what has not left; 0 when it has.
pub(crate) async fn cancel(on: impl Into<On<'_>>, id: &MessageId, trouble: &str) -> Result<u64, StoreError> {
    sql!("UPDATE messages SET state = 'cancelled', next_at = NULL, trouble = $2 WHERE id = $1 AND state = 'queued'")
        .bind(id)
        .bind(trouble)
        .run(on)
        .await
}

/// Takes back everything of a talk that has not left.
pub(crate) async fn cancel_all(
    on: impl Into<On<'_>>,
    talk: &TalkId,
    trouble: &str,
) -> Result<u64, StoreError> {
    sql!("UPDATE messages SET state = 'cancelled', next_at = NULL, trouble = $2 WHERE talk_id = $1 AND state = 'queued'")
        .bind(talk)
        .bind(trouble)
        .run(on)
        .await
}

/// Takes back everything of a shop about something that has not left.
pub(crate) async fn cancel_about(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    about: &str,
) -> Result<u64, StoreError> {
    sql!("UPDATE messages SET state = 'cancelled', next_at = NULL, trouble = 'switched_off' WHERE shop_id = $1 AND about = $2 AND state = 'queued'")
        .bind(shop)
        .bind(about)
        .run(on)
        .await
}

/// The buyer wrote other words, or took them back.
pub(crate) async fn reword(
    on: impl Into<On<'_>>,
    line: &MessageLineId,
    part: &str,
    body: &str,
) -> Result<u64, StoreError> {
    sql!("UPDATE messages SET body = $3 WHERE line_id = $1 AND channel_id = $2 AND NOT is_ours")
        .bind(line)
        .bind(part)
        .bind(body)
        .run(on)
        .await
}

/// Forgets the words of a talk.
pub(crate) async fn erase(on: impl Into<On<'_>>, talk: &TalkId) -> Result<u64, StoreError> {
    sql!("UPDATE messages SET body = '', media = NULL, trouble_text = NULL WHERE talk_id = $1")
        .bind(talk)
        .run(on)
        .await
}

/// Messages to buyers that did not leave or did not arrive, written since a moment, the newest first.
pub(crate) async fn undelivered_since(
    on: impl Into<On<'_>>,
    scope: &Scope,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!(
            "merchant_id = ? AND state IN ('failed', 'unclear') AND created_at >= ? ORDER BY created_at DESC, id LIMIT ?"
        ),
        [scope.merchant().into(), since.into(), limit.into()],
    );
    builder.finish().all(on).await?.iter().map(read).collect()
}
