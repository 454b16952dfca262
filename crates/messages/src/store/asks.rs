//! Statements about questions of sizes and their answers.

use crate::{
    model::{Ask, AskValues, MessageState, SizeAnswer, reply_kind, reply_word},
    store::unknown,
    understand::ReplyKind,
};
use sauda_kernel::{MerchantId, ShopId, TalkId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, sql, sql_part};

fn reply(row: &Row) -> Result<(Option<ReplyKind>, Option<AskValues>), StoreError> {
    let (kind, values): (Option<String>, Option<String>) = (row.get("reply")?, row.get("reply_values")?);
    let kind = kind
        .map(|word| reply_kind(&word).ok_or_else(|| unknown("reply", word)))
        .transpose()?;
    let values = values
        .map(|values| serde_json::from_str(&values).map_err(|_| unknown("reply_values", values)))
        .transpose()?;
    Ok((kind, values))
}

/// Keeps a question; 0 when this order was asked already.
pub(crate) async fn insert(on: impl Into<On<'_>>, shop: &ShopId, ask: &Ask) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO message_asks (shop_id, order_code, talk_id, message_id, size, asked_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (shop_id, order_code) DO NOTHING"
    )
    .bind(shop)
    .bind(&ask.order_code)
    .bind(&ask.talk)
    .bind(&ask.message)
    .bind(&ask.size)
    .bind(ask.asked_at)
    .run(on)
    .await
}

/// The newest question of a talk that left us.
pub(crate) async fn last_of(on: impl Into<On<'_>>, talk: &TalkId) -> Result<Option<Ask>, StoreError> {
    let row = sql!(
        "SELECT a.order_code, a.talk_id, a.message_id, a.size, a.asked_at, a.reply, a.reply_values, a.replied_at FROM message_asks a \
         JOIN messages m ON m.id = a.message_id WHERE a.talk_id = $1 AND m.sent_at IS NOT NULL ORDER BY m.sent_at DESC, a.order_code LIMIT 1"
    )
    .bind(talk)
    .optional(on)
    .await?;
    row.as_ref()
        .map(|row| {
            let (kind, values) = reply(row)?;
            Ok(Ask {
                order_code: row.get("order_code")?,
                talk: row.get("talk_id")?,
                message: row.get("message_id")?,
                size: row.get("size")?,
                asked_at: row.get("asked_at")?,
                reply: kind,
                values,
                replied_at: row.get("replied_at")?,
            })
        })
        .transpose()
}

/// Keeps the answer to a question; a later one takes the place of an earlier.
pub(crate) async fn answer(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    order: &str,
    kind: ReplyKind,
    values: &AskValues,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE message_asks SET reply = $3, reply_values = $4, replied_at = $5 WHERE shop_id = $1 AND order_code = $2")
        .bind(shop)
        .bind(order)
        .bind(reply_word(kind))
        .bind(serde_json::to_string(values).unwrap_or_default())
        .bind(now)
        .run(on)
        .await
}

/// An answer whose order may not know it yet.
#[derive(Debug, Clone)]
pub struct Untold {
    pub merchant: MerchantId,
    pub shop: ShopId,
    pub order_code: String,
    pub answer: SizeAnswer,
}

/// Answers since a moment that orders were not told of, the oldest first.
pub(crate) async fn untold(
    on: impl Into<On<'_>>,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Untold>, StoreError> {
    let rows = sql!(
        "SELECT m.merchant_id, a.shop_id, a.order_code, a.size, a.asked_at, a.reply, a.reply_values, a.replied_at, m.state FROM message_asks a \
         JOIN messages m ON m.id = a.message_id WHERE a.replied_at >= $1 AND (a.taken_at IS NULL OR a.taken_at < a.replied_at) \
         AND a.reply IS NOT NULL ORDER BY a.replied_at, a.shop_id, a.order_code LIMIT $2"
    )
    .bind(since)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Untold {
                merchant: row.get("merchant_id")?,
                shop: row.get("shop_id")?,
                order_code: row.get("order_code")?,
                answer: size_answer(row)?,
            })
        })
        .collect()
}

/// An order was told of the answer of a moment.
pub(crate) async fn told(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    order: &str,
    replied_at: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE message_asks SET taken_at = $3 WHERE shop_id = $1 AND order_code = $2")
        .bind(shop)
        .bind(order)
        .bind(replied_at)
        .run(on)
        .await
}

/// Forgets the words of the answers of a talk.
pub(crate) async fn erase(on: impl Into<On<'_>>, talk: &TalkId) -> Result<u64, StoreError> {
    sql!("UPDATE message_asks SET reply_values = NULL WHERE talk_id = $1")
        .bind(talk)
        .run(on)
        .await
}

fn size_answer(row: &Row) -> Result<SizeAnswer, StoreError> {
    let state: String = row.get("state")?;
    let state = MessageState::parse(&state).ok_or_else(|| unknown("state", state))?;
    let (kind, values) = reply(row)?;
    Ok(SizeAnswer {
        asked_at: row.get("asked_at")?,
        is_sent: matches!(
            state,
            MessageState::Sent | MessageState::Delivered | MessageState::Read
        ),
        is_dead: matches!(
            state,
            MessageState::Failed | MessageState::Cancelled | MessageState::Unclear
        ),
        size: row.get("size")?,
        reply: kind,
        values,
        replied_at: row.get("replied_at")?,
    })
}

/// What is known of these orders, by their number.
pub(crate) async fn of_orders(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    codes: &[&str],
) -> Result<Vec<(String, SizeAnswer)>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT a.order_code, a.size, a.asked_at, a.reply, a.reply_values, a.replied_at, m.state FROM message_asks a \
         JOIN messages m ON m.id = a.message_id WHERE "
    ));
    builder.push(sql_part!("a.shop_id = ? AND a.order_code IN "), [shop.into()]);
    builder.push_list(codes.iter().map(|code| Value::from(*code)));
    builder
        .finish()
        .all(on)
        .await?
        .iter()
        .map(|row| Ok((row.get("order_code")?, size_answer(row)?)))
        .collect()
}
