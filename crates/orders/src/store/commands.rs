//! Statements about commands: recorded before they are sent, read back after.

use crate::{
    model::{Act, CommandState},
    store::unknown,
};
use sauda_accounts::Scope;
use sauda_kernel::{MerchantId, OrderCommandId, OrderId, ShopId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, sql, sql_part};

/// Something asked for with an order, and how far it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    pub id: OrderCommandId,
    pub order: OrderId,
    pub act: Act,
    pub state: CommandState,
    /// Name of the person; empty for the program.
    pub asked_by: String,
    pub asked_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    pub tries: i64,
    pub trouble: Option<String>,
    pub trouble_text: Option<String>,
}

fn head() -> SqlBuilder {
    SqlBuilder::new(sql_part!(
        "SELECT id, order_id, act, state, asked_by, asked_at, sent_at, tries, trouble, trouble_text FROM order_commands WHERE "
    ))
}

fn read(row: &Row) -> Result<Command, StoreError> {
    let (act, state): (String, String) = (row.get("act")?, row.get("state")?);
    Ok(Command {
        id: row.get("id")?,
        order: row.get("order_id")?,
        act: serde_json::from_str(&act).map_err(|_| unknown("act", act))?,
        state: CommandState::parse(&state).ok_or_else(|| unknown("state", state))?,
        asked_by: row.get("asked_by")?,
        asked_at: row.get("asked_at")?,
        sent_at: row.get("sent_at")?,
        tries: row.get("tries")?,
        trouble: row.get("trouble")?,
        trouble_text: row.get("trouble_text")?,
    })
}

/// Records a command; 0 when another is under way for this order.
pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    command: &Command,
) -> Result<u64, StoreError> {
    let kind = command.act.kind();
    sql!(
        "INSERT INTO order_commands (id, merchant_id, shop_id, order_id, act, kind, guard, state, asked_by, asked_at, next_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'recorded', $8, $9, $9) ON CONFLICT (order_id, guard) DO NOTHING"
    )
    .bind(&command.id)
    .bind(scope.merchant())
    .bind(shop)
    .bind(&command.order)
    .bind(serde_json::to_string(&command.act).unwrap_or_default())
    .bind(kind.word())
    .bind(kind.guard())
    .bind(&command.asked_by)
    .bind(command.asked_at)
    .run(on)
    .await
}

/// The command that stands in the way of another.
pub(crate) async fn guarding(
    on: impl Into<On<'_>>,
    order: &OrderId,
    guard: &str,
) -> Result<Option<Command>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("order_id = ? AND guard = ?"),
        [order.into(), guard.into()],
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

/// Commands of an order, oldest first.
pub(crate) async fn of(on: impl Into<On<'_>>, order: &OrderId) -> Result<Vec<Command>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!("order_id = ? ORDER BY asked_at, id"), [order.into()]);
    builder
        .finish()
        .lasting()
        .all(on)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Commands of orders that are under way.
pub(crate) async fn open_of(on: impl Into<On<'_>>, orders: &[OrderId]) -> Result<Vec<Command>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("state IN ('recorded', 'sending', 'taken', 'unclear') AND order_id IN "),
        [],
    );
    builder.push_list(orders.iter().map(sauda_store::Value::from));
    builder.push(sql_part!(" ORDER BY asked_at, id"), []);
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// Commands of a shop that are to be sent now: those of people first, then the longest waiting.
pub(crate) async fn to_send(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Command>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!(
            // In the order of its index, and no sum of a column is in one: ten thousand commands are not sorted for forty.
            "shop_id = ? AND next_at + 0 <= ? AND state = 'recorded' ORDER BY CASE WHEN asked_by = '' THEN 1 ELSE 0 END, next_at, id LIMIT ?"
        ),
        [shop.into(), now.into(), limit.into()],
    );
    let rows = builder.finish().lasting().all(on).await?;
    rows.iter().map(read).collect()
}

/// Commands of a shop whose orders are to be looked at now, the longest waiting first.
pub(crate) async fn to_look_at(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Command>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("shop_id = ? AND next_at <= ? AND state <> 'recorded' ORDER BY next_at, id LIMIT ?"),
        [shop.into(), now.into(), limit.into()],
    );
    let rows = builder.finish().lasting().all(on).await?;
    rows.iter().map(read).collect()
}

/// Shops with commands or waybills that want something done now.
pub(crate) async fn busy_shops(
    on: impl Into<On<'_>>,
    now: Timestamp,
) -> Result<Vec<(MerchantId, ShopId)>, StoreError> {
    let rows = sql!(
        "SELECT r.merchant_id, r.shop_id FROM order_reading r WHERE r.next_at <= $1 \
         OR EXISTS (SELECT 1 FROM order_commands c WHERE c.shop_id = r.shop_id AND c.next_at <= $1) \
         OR EXISTS (SELECT 1 FROM orders o WHERE o.shop_id = r.shop_id AND o.look_at <= $1) ORDER BY r.shop_id"
    )
    .bind(now)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("merchant_id")?, row.get("shop_id")?)))
        .collect()
}

/// Takes a recorded command to be sent; 0 when somebody else has it. A process that dies leaves it to be looked at.
pub(crate) async fn sending(
    on: impl Into<On<'_>>,
    id: &OrderCommandId,
    now: Timestamp,
    look_at: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE order_commands SET state = 'sending', sent_at = $2, next_at = $3, tries = 0 WHERE id = $1 AND state = 'recorded'"
    )
    .bind(id)
    .bind(now)
    .bind(look_at)
    .run(on)
    .await
}

/// How a command goes on from where this process knows it; 0 rows when another took it further. `None` for `next_at` means that it is over: another may be asked for.
pub(crate) struct Step<'a> {
    pub state: CommandState,
    pub next_at: Option<Timestamp>,
    pub tries: i64,
    pub trouble: Option<&'a str>,
    pub trouble_text: Option<&'a str>,
}

pub(crate) async fn step(
    on: impl Into<On<'_>>,
    command: &Command,
    step: &Step<'_>,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE order_commands SET state = $2, next_at = CAST($3 AS BIGINT), tries = $4, trouble = $5, trouble_text = $6, \
         guard = CASE WHEN CAST($3 AS BIGINT) IS NULL THEN id ELSE guard END WHERE id = $1 AND state = $7"
    )
    .bind(&command.id)
    .bind(step.state.word())
    .bind(step.next_at)
    .bind(step.tries)
    .bind(step.trouble)
    .bind(step.trouble_text)
    .bind(command.state.word())
    .run(on)
    .await
}

/// The last sending did nothing: the command was sent when it was before.
pub(crate) async fn unsent(on: impl Into<On<'_>>, command: &Command) -> Result<u64, StoreError> {
    sql!("UPDATE order_commands SET sent_at = $2 WHERE id = $1 AND state = 'recorded'")
        .bind(&command.id)
        .bind(command.sent_at)
        .run(on)
        .await
}

/// Commands of a shop that are under way.
pub(crate) async fn open_in(on: impl Into<On<'_>>, shop: &ShopId) -> Result<Vec<Command>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!(
            "shop_id = ? AND state IN ('recorded', 'sending', 'taken', 'unclear') ORDER BY asked_at, id"
        ),
        [shop.into()],
    );
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// The shop is not worked for any more: what was not sent is over, what was is left to people.
pub(crate) async fn end_all(on: impl Into<On<'_>>, shop: &ShopId) -> Result<u64, StoreError> {
    sql!(
        "UPDATE order_commands SET state = CASE WHEN state = 'recorded' THEN 'refused' ELSE 'unseen' END, guard = id, next_at = NULL, trouble = 'no_key' \
         WHERE shop_id = $1 AND state IN ('recorded', 'sending', 'taken', 'unclear')"
    )
    .bind(shop)
    .run(on)
    .await
}

/// The marketplace wants to be left alone for a while: nothing of the shop is due before.
pub(crate) async fn put_off(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    until: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE order_commands SET next_at = $2 WHERE shop_id = $1 AND next_at < $2")
        .bind(shop)
        .bind(until)
        .run(on)
        .await
}

/// Commands of a merchant that the marketplace refused or that were never seen done, asked for since a moment, the newest first:
/// number of the order, shop, and the command.
pub(crate) async fn failed_since(
    on: impl Into<On<'_>>,
    scope: &Scope,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<(String, ShopId, Command)>, StoreError> {
    let rows = sql!(
        "SELECT c.id, c.order_id, c.act, c.state, c.asked_by, c.asked_at, c.sent_at, c.tries, c.trouble, c.trouble_text, c.shop_id, o.code \
         FROM order_commands c JOIN orders o ON o.id = c.order_id WHERE c.merchant_id = $1 AND c.state IN ('refused', 'unseen') \
         AND c.asked_at >= $2 ORDER BY c.asked_at DESC, c.id LIMIT $3"
    )
    .bind(scope.merchant())
    .bind(since)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("code")?, row.get("shop_id")?, read(row)?)))
        .collect()
}
