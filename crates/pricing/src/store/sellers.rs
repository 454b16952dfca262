//! Statements about who sells on our cards: the card guard.

use sauda_accounts::Scope;
use sauda_kernel::{OfferId, ShopId, Tenge, Timestamp, WatchId};
use sauda_store::{On, Row, Sql, SqlBuilder, StoreError, Value, insert_rows, sql, sql_part};

/// A seller on a card in a city.
#[derive(Debug, Clone)]
pub struct CardSeller {
    pub merchant_uid: String,
    pub name: String,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    pub first_price: Tenge,
    pub last_price: Tenge,
    pub gone_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<CardSeller, StoreError> {
    Ok(CardSeller {
        merchant_uid: row.get("merchant_uid")?,
        name: row.get("name")?,
        first_at: row.get("first_at")?,
        last_at: row.get("last_at")?,
        first_price: row.get("first_price")?,
        last_price: row.get("last_price")?,
        gone_at: row.get("gone_at")?,
    })
}

/// Sellers of one watch.
pub(crate) async fn of_watch(on: impl Into<On<'_>>, watch: &WatchId) -> Result<Vec<CardSeller>, StoreError> {
    let rows = sql!(
        "SELECT s.merchant_uid, s.name, s.first_at, \
         CASE WHEN s.gone_at IS NULL THEN COALESCE(w.checked_at, s.last_at) ELSE s.last_at END AS last_at, s.first_price, s.last_price, s.gone_at \
         FROM sellers s JOIN watches w ON w.id = s.watch_id WHERE s.watch_id = $1 ORDER BY s.first_at DESC, s.merchant_uid"
    )
    .bind(watch)
    .all(on)
    .await?;
    rows.iter().map(read).collect()
}

/// Keeps who is on the card now.
pub(crate) async fn seen(
    on: impl Into<On<'_>>,
    seen: Vec<(WatchId, String, String, Tenge)>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    if seen.is_empty() {
        return Ok(0);
    }
    let rows = seen
        .into_iter()
        .map(|(watch, uid, name, price)| {
            vec![
                Value::from(&watch),
                uid.into(),
                name.into(),
                now.into(),
                now.into(),
                price.into(),
                price.into(),
            ]
        })
        .collect();
    insert_rows(
        sql_part!("INSERT INTO sellers (watch_id, merchant_uid, name, first_at, last_at, first_price, last_price) VALUES "),
        rows,
        sql_part!(
            "ON CONFLICT (watch_id, merchant_uid) DO UPDATE SET name = excluded.name, last_at = excluded.last_at, \
             last_price = excluded.last_price, gone_at = NULL"
        ),
    )
    .run(on)
    .await
}

/// Marks those who left between two whole reads as gone.
pub(crate) async fn left(
    on: impl Into<On<'_>>,
    watch: &WatchId,
    uids: &[String],
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("UPDATE sellers SET gone_at = "));
    builder.push(
        sql_part!("? WHERE watch_id = ? AND gone_at IS NULL AND merchant_uid IN "),
        [now.into(), Value::from(watch)],
    );
    builder.push_list(uids.iter().map(Value::from));
    builder.finish().run(on).await
}

/// Marks those not in a whole read as gone, when the read before is not known whole.
pub(crate) async fn gone(on: impl Into<On<'_>>, watch: &WatchId, now: Timestamp) -> Result<u64, StoreError> {
    sql!("UPDATE sellers SET gone_at = $2 WHERE watch_id = $1 AND last_at < $2 AND gone_at IS NULL")
        .bind(watch)
        .bind(now)
        .run(on)
        .await
}

/// Who joined the cards of a shop since a moment, newest first, with one of the shop's offers on that card.
/// Sellers of a watch's first read were there before and do not count.
pub(crate) async fn joined(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<(OfferId, CardSeller)>, StoreError> {
    let rows = sql!(
        "SELECT p.offer_id, s.merchant_uid, s.name, s.first_at, s.last_at, s.first_price, s.last_price, s.gone_at \
         FROM sellers s JOIN places p ON p.watch_id = s.watch_id \
         WHERE p.shop_id = $1 AND s.first_at >= $2 \
         AND s.first_at > (SELECT MIN(o.first_at) FROM sellers o WHERE o.watch_id = s.watch_id) \
         ORDER BY s.first_at DESC, s.merchant_uid LIMIT $3"
    )
    .bind(shop)
    .bind(since)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("offer_id")?, read(row)?)))
        .collect()
}

/// A part of the card guard's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GuestView {
    /// Joined lately, still there, and nobody has said that it was seen.
    #[default]
    New,
    /// On the card now.
    Now,
    /// Was there and is not any more.
    Left,
}

impl GuestView {
    pub const ALL: [Self; 3] = [Self::New, Self::Now, Self::Left];

    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Now => "now",
            Self::Left => "left",
        }
    }
    /// Unknown words mean the first view: addresses are forgiving.
    pub fn parse(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|view| view.word() == word)
            .unwrap_or_default()
    }
}

/// A seller on the card of one of the shop's offers.
#[derive(Debug, Clone)]
pub struct Guest {
    pub offer: OfferId,
    pub seller: CardSeller,
    /// Our own price there.
    pub own: Option<Tenge>,
    pub is_new: bool,
    /// Already there when the card was first read: nobody knows since when.
    pub was_before: bool,
}

/// How many each view has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GuestCounts {
    pub new: i64,
    pub now: i64,
    pub left: i64,
}

/// One list of the card guard, newest first. `own` are the owner's shops, which are no guests.
#[expect(
    clippy::too_many_arguments,
    reason = "one page of one list: each is a different bound of it"
)]
pub(crate) async fn guests(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    city: &str,
    own: &[String],
    view: GuestView,
    since: Timestamp,
    skip: i64,
    limit: i64,
) -> Result<Vec<Guest>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT p.offer_id, p.price, s.merchant_uid, s.name, s.first_at, s.last_at, s.first_price, s.last_price, s.gone_at, \
         CAST(CASE WHEN "
    ));
    is_new(&mut builder, since);
    builder.push(
        sql_part!(" THEN 1 ELSE 0 END AS BIGINT) AS fresh, CAST(CASE WHEN s.first_at > "),
        [],
    );
    builder.push(FIRST_READ, []);
    builder.push(sql_part!(" THEN 0 ELSE 1 END AS BIGINT) AS before"), []);
    from(&mut builder, shop, city, own);
    match view {
        GuestView::New => {
            builder.push(sql_part!(" AND "), []);
            is_new(&mut builder, since);
            builder.push(
                sql_part!(" ORDER BY s.first_at DESC, p.offer_id, s.merchant_uid"),
                [],
            );
        }
        GuestView::Now => {
            builder.push(
                sql_part!(" AND s.gone_at IS NULL ORDER BY s.first_at DESC, p.offer_id, s.merchant_uid"),
                [],
            );
        }
        GuestView::Left => {
            builder.push(
                sql_part!(" AND s.gone_at IS NOT NULL ORDER BY s.gone_at DESC, p.offer_id, s.merchant_uid"),
                [],
            );
        }
    }
    builder.push(sql_part!(" LIMIT ? OFFSET ?"), [limit.into(), skip.into()]);
    let rows = builder.finish().all(on).await?;
    rows.iter()
        .map(|row| {
            Ok(Guest {
                offer: row.get("offer_id")?,
                own: row.get("price")?,
                is_new: row.get::<i64>("fresh")? == 1,
                was_before: row.get::<i64>("before")? == 1,
                seller: read(row)?,
            })
        })
        .collect()
}

/// When the card of a seller was first read: who was seen then was there before.
const FIRST_READ: Sql = sql_part!("(SELECT MIN(o.first_at) FROM sellers o WHERE o.watch_id = s.watch_id)");

/// Joined after the first read of the watch and since a moment, still there, not marked as seen.
fn is_new(builder: &mut SqlBuilder, since: Timestamp) {
    builder.push(
        sql_part!("s.gone_at IS NULL AND m.seen_at IS NULL AND s.first_at >= ? AND s.first_at > "),
        [since.into()],
    );
    builder.push(FIRST_READ, []);
}

fn from(builder: &mut SqlBuilder, shop: &ShopId, city: &str, own: &[String]) {
    builder.push(
        sql_part!(
            " FROM places p JOIN sellers s ON s.watch_id = p.watch_id \
             LEFT JOIN seen_sellers m ON m.offer_id = p.offer_id AND m.merchant_uid = s.merchant_uid \
             WHERE p.shop_id = ? AND p.city_id = ? AND s.merchant_uid NOT IN "
        ),
        [shop.into(), city.into()],
    );
    builder.push_list(
        own.iter()
            .map(|uid| Value::from(uid.as_str()))
            .chain([Value::from("")]),
    );
}

/// How many each view has.
pub(crate) async fn guest_counts(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    city: &str,
    own: &[String],
    since: Timestamp,
) -> Result<GuestCounts, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT COUNT(s.gone_at) AS gone, COUNT(*) AS n, COUNT(CASE WHEN "
    ));
    is_new(&mut builder, since);
    builder.push(sql_part!(" THEN 1 END) AS fresh"), []);
    from(&mut builder, shop, city, own);
    let row = builder.finish().one(on).await?;
    let (all, left): (i64, i64) = (row.get("n")?, row.get("gone")?);
    Ok(GuestCounts {
        new: row.get("fresh")?,
        now: all - left,
        left,
    })
}

/// Notes that a person has seen a newcomer.
pub(crate) async fn mark_seen(
    on: impl Into<On<'_>>,
    scope: &Scope,
    offer: &OfferId,
    uid: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO seen_sellers (offer_id, merchant_uid, merchant_id, seen_by, seen_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (offer_id, merchant_uid) DO NOTHING"
    )
    .bind(offer)
    .bind(uid)
    .bind(scope.merchant())
    .bind(scope.actor_name())
    .bind(now)
    .run(on)
    .await
}
