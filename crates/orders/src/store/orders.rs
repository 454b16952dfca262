//! Statements about orders.

use crate::{
    model::{Document, Order, Seen, Stage, View, Way},
    service::sold::{ended_at, ended_unseen},
    store::unknown,
};
use sauda_accounts::Scope;
use sauda_kernel::{OrderId, ShopId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, sql, sql_part};
use std::collections::HashMap;

/// Which orders a list shows, and from where on.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    pub view: View,
    /// Words that the number, buyer, goods, articles or town must have.
    pub search: Option<String>,
    /// Only what reaches the buyer like this.
    pub way: Option<Way>,
    /// Only what is due before.
    pub due_before: Option<Timestamp>,
    /// Only what was ordered then or later.
    pub since: Option<Timestamp>,
    pub after: Option<OrderCursor>,
    /// 1 to 500.
    pub limit: i64,
}

/// The last row of a page. Open orders are listed by what is due first, then by age; those that are over by the newest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderCursor {
    pub due_at: Timestamp,
    pub created_at: Timestamp,
    pub order: OrderId,
}

impl OrderCursor {
    /// As addresses carry it.
    pub fn encode(&self) -> String {
        format!(
            "{}.{}.{}",
            self.due_at.as_micros(),
            self.created_at.as_micros(),
            self.order
        )
    }

    /// Nothing for junk.
    pub fn decode(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        Some(Self {
            due_at: Timestamp::from_micros(parts.next()?.parse().ok()?),
            created_at: Timestamp::from_micros(parts.next()?.parse().ok()?),
            order: OrderId::parse(parts.next()?).ok()?,
        })
    }
}

/// How many orders stand where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StageCounts(pub Vec<(Stage, i64)>);

impl StageCounts {
    pub fn of(&self, view: View) -> i64 {
        self.0
            .iter()
            .filter(|(stage, _)| view.shows(*stage))
            .map(|(_, count)| count)
            .sum()
    }

    /// Those that come back or are asked to, and are not here yet.
    pub fn on_the_way_back(&self) -> i64 {
        let open = |stage: Stage| View::Back.shows(stage) && !stage.is_over();
        self.0
            .iter()
            .filter(|(stage, _)| open(*stage))
            .map(|(_, count)| count)
            .sum()
    }
}

/// Stands for "nothing is due" in the order of rows: after everything that is.
const NEVER: i64 = i64::MAX;

fn head() -> SqlBuilder {
    SqlBuilder::new(sql_part!(
        "SELECT id, shop_id, code, market_id, tab, status, stage, stage_since, due_at, total, created_at, town, buyer, phone, document, read_at FROM orders WHERE "
    ))
}

fn read(row: &Row) -> Result<Order, StoreError> {
    let stage: String = row.get("stage")?;
    let document: String = row.get("document")?;
    Ok(Order {
        id: row.get("id")?,
        shop: row.get("shop_id")?,
        stage_since: row.get("stage_since")?,
        read_at: row.get("read_at")?,
        seen: Seen {
            market_id: row.get("market_id")?,
            code: row.get("code")?,
            tab: row.get("tab")?,
            status: row.get("status")?,
            stage: Stage::parse(&stage).ok_or_else(|| unknown("stage", stage))?,
            due_at: row.get("due_at")?,
            total: row.get("total")?,
            created_at: row.get("created_at")?,
            town: row.get("town")?,
            buyer: row.get("buyer")?,
            phone: row.get("phone")?,
            document: serde_json::from_str::<Document>(&document)
                .map_err(|_| unknown("document", document))?,
        },
    })
}

pub(crate) async fn by_code(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    code: &str,
) -> Result<Option<Order>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!("shop_id = ? AND code = ?"), [shop.into(), code.into()]);
    builder
        .finish()
        .lasting()
        .optional(on)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

pub(crate) async fn by_codes(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    codes: &[&str],
) -> Result<Vec<Order>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!("shop_id = ? AND code IN "), [shop.into()]);
    builder.push_list(codes.iter().map(|code| Value::from(*code)));
    builder.finish().all(on).await?.iter().map(read).collect()
}

pub(crate) async fn by_ids(
    on: impl Into<On<'_>>,
    ids: &[OrderId],
) -> Result<HashMap<OrderId, Order>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!("id IN "), []);
    builder.push_list(ids.iter().map(Value::from));
    let rows = builder.finish().all(on).await?;
    rows.iter()
        .map(|row| read(row).map(|order| (order.id.clone(), order)))
        .collect()
}

/// One page; one row more than asked tells that there is a further one.
pub(crate) async fn list(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    filter: &OrderFilter,
) -> Result<Vec<Order>, StoreError> {
    let mut builder = head();
    narrow(&mut builder, shop, filter);
    if let Some(after) = &filter.after {
        if filter.view.is_over() {
            builder.push(
                sql_part!(" AND (created_at < ? OR (created_at = ? AND id > ?))"),
                [
                    after.created_at.into(),
                    after.created_at.into(),
                    (&after.order).into(),
                ],
            );
        } else {
            builder.push(
                sql_part!(
                    " AND (COALESCE(due_at, CAST(? AS BIGINT)) > ? OR (COALESCE(due_at, CAST(? AS BIGINT)) = ? AND (created_at > ? OR (created_at = ? AND id > ?))))"
                ),
                [
                    NEVER.into(),
                    after.due_at.into(),
                    NEVER.into(),
                    after.due_at.into(),
                    after.created_at.into(),
                    after.created_at.into(),
                    (&after.order).into(),
                ],
            );
        }
    }
    if filter.view.is_over() {
        builder.push(
            sql_part!(" ORDER BY created_at DESC, id LIMIT ?"),
            [filter.limit.into()],
        );
    } else {
        builder.push(
            sql_part!(" ORDER BY COALESCE(due_at, CAST(? AS BIGINT)), created_at, id LIMIT ?"),
            [NEVER.into(), filter.limit.into()],
        );
    }
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// Where a list goes on after a row.
pub(crate) fn cursor(order: &Order) -> OrderCursor {
    OrderCursor {
        due_at: order.seen.due_at.unwrap_or(Timestamp::from_micros(NEVER)),
        created_at: order.seen.created_at,
        order: order.id.clone(),
    }
}

pub(crate) async fn count(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    filter: &OrderFilter,
) -> Result<i64, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("SELECT COUNT(*) AS n FROM orders WHERE "));
    narrow(&mut builder, shop, filter);
    builder.finish().one(on).await?.get("n")
}

fn narrow(builder: &mut SqlBuilder, shop: &ShopId, filter: &OrderFilter) {
    builder.push(sql_part!("shop_id = ?"), [shop.into()]);
    if filter.view != View::All {
        builder.push(sql_part!(" AND stage IN "), []);
        builder.push_list(filter.view.stages().map(|stage| stage.word().into()));
    }
    if let Some(way) = filter.way {
        builder.push(sql_part!(" AND way = ?"), [way.word().into()]);
    }
    if let Some(before) = filter.due_before {
        builder.push(sql_part!(" AND due_at < ?"), [before.into()]);
    }
    if let Some(since) = filter.since {
        builder.push(sql_part!(" AND created_at >= ?"), [since.into()]);
    }
    let words = filter.search.as_deref().unwrap_or_default();
    for word in sauda_catalog::fold(&[words])
        .split(' ')
        .filter(|word| !word.is_empty())
    {
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        builder.push(
            sql_part!(" AND fold LIKE ? ESCAPE '\\'"),
            [Value::from(format!("%{escaped}%"))],
        );
    }
}

pub(crate) async fn counts(on: impl Into<On<'_>>, shop: &ShopId) -> Result<StageCounts, StoreError> {
    let rows =
        sql!("SELECT stage, COUNT(*) AS n FROM orders WHERE shop_id = $1 GROUP BY stage ORDER BY stage")
            .bind(shop)
            .all(on)
            .await?;
    rows.iter()
        .map(|row| {
            let word: String = row.get("stage")?;
            let stage = Stage::parse(&word).ok_or_else(|| unknown("stage", word))?;
            Ok((stage, row.get("n")?))
        })
        .collect::<Result<_, _>>()
        .map(StageCounts)
}

/// Orders that are not over and were read before a moment, longest ago first: the marketplace did not list them.
pub(crate) async fn unread(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<String>, StoreError> {
    let rows = sql!(
        "SELECT code FROM orders WHERE shop_id = $1 AND stage NOT IN ('done', 'returned', 'cancelled') AND read_at < $2 ORDER BY read_at, id LIMIT $3"
    )
    .bind(shop)
    .bind(before)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter().map(|row| row.get("code")).collect()
}

/// When the oldest order was made that is not over.
pub(crate) async fn oldest_open(
    on: impl Into<On<'_>>,
    shop: &ShopId,
) -> Result<Option<Timestamp>, StoreError> {
    sql!(
        "SELECT MIN(created_at) AS at FROM orders WHERE shop_id = $1 AND stage NOT IN ('done', 'returned', 'cancelled')"
    )
    .bind(shop)
    .one(on)
    .await?
    .get("at")
}

/// Parcels that are ready, of orders made between two moments.
pub(crate) async fn ready_between(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    (since, until): (Timestamp, Timestamp),
) -> Result<i64, StoreError> {
    sql!("SELECT COUNT(*) AS n FROM orders WHERE shop_id = $1 AND created_at >= $2 AND created_at <= $3 AND stage = 'hand_over'")
        .bind(shop)
        .bind(since)
        .bind(until)
        .one(on)
        .await?
        .get("n")
}

/// Orders that are not over, of those made between two moments.
pub(crate) async fn open_between(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    (since, until): (Timestamp, Timestamp),
) -> Result<i64, StoreError> {
    sql!("SELECT COUNT(*) AS n FROM orders WHERE shop_id = $1 AND created_at >= $2 AND created_at <= $3 AND stage NOT IN ('done', 'returned', 'cancelled')")
        .bind(shop)
        .bind(since)
        .bind(until)
        .one(on)
        .await?
        .get("n")
}

/// Orders whose waybill is waited for.
pub(crate) async fn to_look_at(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Order>, StoreError> {
    let mut builder = head();
    builder.push(
        // Neighbours in time: one list of the marketplace shows them all, and few others.
        sql_part!("shop_id = ? AND look_at <= ? ORDER BY created_at, id LIMIT ?"),
        [shop.into(), now.into(), limit.into()],
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

/// Parcels that are ready are looked at for their waybills: whether one is stored is seen then.
pub(crate) async fn look_for_waybills(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE orders SET look_at = $2, looks = 0 WHERE shop_id = $1 AND stage = 'hand_over'")
        .bind(shop)
        .bind(now)
        .run(on)
        .await
}

/// No waybill of the shop is looked for any more.
pub(crate) async fn stop_looking(on: impl Into<On<'_>>, shop: &ShopId) -> Result<u64, StoreError> {
    sql!("UPDATE orders SET look_at = NULL WHERE shop_id = $1 AND look_at IS NOT NULL")
        .bind(shop)
        .run(on)
        .await
}

/// No waybill of the shop is looked for before.
pub(crate) async fn put_off(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    until: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE orders SET look_at = $2 WHERE shop_id = $1 AND look_at < $2")
        .bind(shop)
        .bind(until)
        .run(on)
        .await
}

/// Parcels whose waybill was not there are looked at again: the first four times `soon`, then up to the twelfth `later`, in the
/// end `at_last`.
pub(crate) async fn look_later(
    on: impl Into<On<'_>>,
    ids: &[OrderId],
    [soon, later, at_last]: [Timestamp; 3],
) -> Result<u64, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("UPDATE orders SET "));
    builder.push(
        sql_part!(
            "look_at = CASE WHEN looks < 4 THEN CAST(? AS BIGINT) WHEN looks < 12 THEN CAST(? AS BIGINT) ELSE CAST(? AS BIGINT) END, \
             looks = looks + 1 WHERE id IN "
        ),
        [soon.into(), later.into(), at_last.into()],
    );
    builder.push_list(ids.iter().map(Value::from));
    builder.finish().run(on).await
}

/// Those among them that were looked at just so often.
pub(crate) async fn looked_at(
    on: impl Into<On<'_>>,
    ids: &[OrderId],
    looks: i64,
) -> Result<Vec<(OrderId, String)>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("SELECT id, code FROM orders WHERE "));
    builder.push(sql_part!("looks = ? AND id IN "), [looks.into()]);
    builder.push_list(ids.iter().map(Value::from));
    builder.push(sql_part!(" ORDER BY id"), []);
    let rows = builder.finish().all(on).await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.get("code")?)))
        .collect()
}

/// Its waybill is not looked for any more.
pub(crate) async fn look_no_more(on: impl Into<On<'_>>, id: &OrderId) -> Result<u64, StoreError> {
    sql!("UPDATE orders SET look_at = NULL, looks = 0 WHERE id = $1")
        .bind(id)
        .run(on)
        .await
}

/// The waybills of these orders are looked for anew.
pub(crate) async fn look_first(
    on: impl Into<On<'_>>,
    ids: &[OrderId],
    at: Timestamp,
) -> Result<u64, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("UPDATE orders SET "));
    builder.push(sql_part!("look_at = ?, looks = 0 WHERE id IN "), [at.into()]);
    builder.push_list(ids.iter().map(Value::from));
    builder.finish().run(on).await
}

pub(crate) struct NewOrder<'a> {
    pub id: &'a OrderId,
    pub scope: &'a Scope,
    pub shop: &'a ShopId,
    pub seen: &'a Seen,
    pub fold: &'a str,
    pub now: Timestamp,
}

/// Keeps an order that was not here; 0 when another process was faster.
pub(crate) async fn insert(on: impl Into<On<'_>>, new: &NewOrder<'_>) -> Result<u64, StoreError> {
    let seen = new.seen;
    sql!(
        "INSERT INTO orders (id, merchant_id, shop_id, code, market_id, tab, status, stage, stage_since, due_at, total, created_at, town, buyer, phone, document, fold, read_at, way, ended_at, delivery_paid) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $9, $18, $19, $20) ON CONFLICT (shop_id, code) DO NOTHING"
    )
    .bind(new.id)
    .bind(new.scope.merchant())
    .bind(new.shop)
    .bind(&seen.code)
    .bind(&seen.market_id)
    .bind(&seen.tab)
    .bind(&seen.status)
    .bind(seen.stage.word())
    .bind(new.now)
    .bind(seen.due_at)
    .bind(seen.total)
    .bind(seen.created_at)
    .bind(&seen.town)
    .bind(&seen.buyer)
    .bind(&seen.phone)
    .bind(text(&seen.document))
    .bind(new.fold)
    .bind(Way::of(&seen.document).word())
    .bind(if seen.stage.is_over() {
        ended_unseen(new.now, seen.created_at, seen.document.planned_delivery_at)
    } else {
        new.now
    })
    .bind(seen.document.delivery_cost_for_seller)
    .run(on)
    .await
}

/// What the marketplace says now; `stage_since` as it stays or becomes. The end of an order moves with its stage only.
pub(crate) async fn update(
    on: impl Into<On<'_>>,
    id: &OrderId,
    seen: &Seen,
    fold: &str,
    stage_since: Timestamp,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE orders SET market_id = $2, tab = $3, status = $4, stage = $5, stage_since = $6, due_at = $7, total = $8, town = $9, buyer = $10, \
         phone = $11, document = $12, fold = $13, read_at = $14, way = $15, \
         ended_at = CASE WHEN stage = $5 THEN ended_at ELSE $16 END, delivery_paid = $17 WHERE id = $1"
    )
    .bind(id)
    .bind(&seen.market_id)
    .bind(&seen.tab)
    .bind(&seen.status)
    .bind(seen.stage.word())
    .bind(stage_since)
    .bind(seen.due_at)
    .bind(seen.total)
    .bind(&seen.town)
    .bind(&seen.buyer)
    .bind(&seen.phone)
    .bind(text(&seen.document))
    .bind(fold)
    .bind(now)
    .bind(Way::of(&seen.document).word())
    .bind(ended_at(
        stage_since,
        seen.created_at,
        seen.document.planned_delivery_at,
    ))
    .bind(seen.document.delivery_cost_for_seller)
    .run(on)
    .await
}

/// An order is found by these words.
pub(crate) async fn find_by(on: impl Into<On<'_>>, id: &OrderId, fold: &str) -> Result<u64, StoreError> {
    sql!("UPDATE orders SET fold = $2 WHERE id = $1")
        .bind(id)
        .bind(fold)
        .run(on)
        .await
}

/// The marketplace says the same of these orders as before.
pub(crate) async fn read_again(
    on: impl Into<On<'_>>,
    ids: &[OrderId],
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("UPDATE orders SET "));
    builder.push(sql_part!("read_at = ? WHERE id IN "), [now.into()]);
    builder.push_list(ids.iter().map(Value::from));
    builder.finish().run(on).await
}

fn text(document: &Document) -> String {
    serde_json::to_string(document).unwrap_or_default()
}
