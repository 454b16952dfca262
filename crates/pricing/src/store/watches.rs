//! Statements about watches: which are due, who took them, what was learned.

use sauda_kernel::{ObservationId, ShopId, Timestamp, WatchId};
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, insert_rows, sql, sql_part};

/// A watch as it is claimed and written back.
#[derive(Debug, Clone)]
pub(crate) struct Watch {
    pub id: WatchId,
    pub marketplace: String,
    pub card: String,
    pub city_id: String,
    pub next_at: Option<Timestamp>,
    /// JSON of `plan::WatchStats`.
    pub stats: String,
    pub value_per_day: i64,
    pub checked_at: Option<Timestamp>,
    pub observation: Option<ObservationId>,
    pub fingerprint: Option<i64>,
    pub failures: i64,
    pub last_error: Option<String>,
}

fn read(row: &Row) -> Result<Watch, StoreError> {
    Ok(Watch {
        id: row.get("id")?,
        marketplace: row.get("marketplace")?,
        card: row.get("card")?,
        city_id: row.get("city_id")?,
        next_at: row.get("next_at")?,
        stats: row.get("stats")?,
        value_per_day: row.get("value_per_day")?,
        checked_at: row.get("checked_at")?,
        observation: row.get("observation_id")?,
        fingerprint: row.get("fingerprint")?,
        failures: row.get("failures")?,
        last_error: row.get("last_error")?,
    })
}

/// Takes due watches for this process, the longest overdue first; hurried ones are due since 1970. The condition is
/// repeated outside, so that two processes never take one watch. While taken, a watch is due at the end of its lease.
pub(crate) async fn claim(
    on: impl Into<On<'_>>,
    owner: &str,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Watch>, StoreError> {
    let rows = sql!(
        "WITH due AS MATERIALIZED (SELECT id FROM watches WHERE next_at <= $2 AND leased_until <= $2 ORDER BY next_at LIMIT $4/*skip locked*/) \
         UPDATE watches SET leased_until = $3, leased_by = $1, next_at = $3 WHERE id IN (SELECT id FROM due) AND next_at <= $2 AND leased_until <= $2 \
         RETURNING id, marketplace, card, city_id, next_at, stats, value_per_day, checked_at, observation_id, fingerprint, failures, last_error"
    )
    .bind(owner)
    .bind(now)
    .bind(until)
    .bind(limit)
    .all(on)
    .await?;
    let mut watches: Vec<Watch> = rows.iter().map(read).collect::<Result<_, _>>()?;
    watches.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(watches)
}

/// Writes watches back after a check, free for the next.
pub(crate) async fn save(on: impl Into<On<'_>>, watches: &[Watch]) -> Result<u64, StoreError> {
    if watches.is_empty() {
        return Ok(0);
    }
    let rows = watches
        .iter()
        .map(|watch| {
            vec![
                Value::from(&watch.id),
                Value::from(&watch.marketplace),
                Value::from(&watch.card),
                Value::from(&watch.city_id),
                watch.next_at.into(),
                Value::from(0_i64),
                Value::from(""),
                Value::from(&watch.stats),
                watch.value_per_day.into(),
                watch.checked_at.into(),
                watch.observation.as_ref().into(),
                watch.fingerprint.into(),
                watch.failures.into(),
                watch.last_error.as_deref().into(),
            ]
        })
        .collect();
    insert_rows(
        sql_part!(
            "INSERT INTO watches (id, marketplace, card, city_id, next_at, leased_until, leased_by, stats, value_per_day, checked_at, \
             observation_id, fingerprint, failures, last_error) VALUES "
        ),
        rows,
        sql_part!(
            "ON CONFLICT (id) DO UPDATE SET next_at = CASE WHEN watches.next_at = 1 THEN 1 ELSE excluded.next_at END, \
             leased_until = 0, leased_by = '', stats = excluded.stats, value_per_day = excluded.value_per_day, checked_at = excluded.checked_at, \
             observation_id = excluded.observation_id, fingerprint = excluded.fingerprint, failures = excluded.failures, \
             last_error = excluded.last_error"
        ),
    )
    .run(on)
    .await
}

/// Gives taken watches back unchecked, due at `next_at`.
pub(crate) async fn release(
    on: impl Into<On<'_>>,
    ids: &[WatchId],
    next_at: Timestamp,
) -> Result<u64, StoreError> {
    if ids.is_empty() {
        return Ok(0);
    }
    let mut builder = SqlBuilder::new(sql_part!(
        "UPDATE watches SET leased_until = 0, leased_by = '', next_at = "
    ));
    builder.push(sql_part!("? WHERE id IN "), [next_at.into()]);
    builder.push_list(ids.iter().map(Value::from));
    builder.finish().run(on).await
}

/// Takes back what any process had taken.
pub(crate) async fn release_all(on: impl Into<On<'_>>) -> Result<u64, StoreError> {
    sql!("UPDATE watches SET leased_until = 0, leased_by = '' WHERE leased_until > 0")
        .run(on)
        .await
}

/// Asks for a check before all others, also of watches that are being checked right now.
pub(crate) async fn hurry(on: impl Into<On<'_>>, ids: &[WatchId]) -> Result<u64, StoreError> {
    if ids.is_empty() {
        return Ok(0);
    }
    let mut builder = SqlBuilder::new(sql_part!(
        "UPDATE watches SET next_at = 1 WHERE next_at IS NOT NULL AND id IN "
    ));
    builder.push_list(ids.iter().map(Value::from));
    builder.finish().run(on).await
}

/// Due and planned load, for the planner and for people: (watches in use, due now, oldest due moment).
pub(crate) async fn load(
    on: impl Into<On<'_>>,
    now: Timestamp,
) -> Result<(i64, i64, Option<Timestamp>), StoreError> {
    let row = sql!(
        "SELECT COUNT(*) AS n, CAST(COALESCE(SUM(CASE WHEN next_at <= $1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS due, \
         MIN(next_at) AS oldest FROM watches WHERE next_at IS NOT NULL"
    )
    .bind(now)
    .one(on)
    .await?;
    Ok((row.get("n")?, row.get("due")?, row.get("oldest")?))
}

/// Adds watches that do not exist, and wakes those that sleep; those at work are left alone.
pub(crate) async fn ensure(
    on: impl Into<On<'_>>,
    wanted: Vec<(WatchId, String, String, String, Option<Timestamp>)>,
) -> Result<u64, StoreError> {
    if wanted.is_empty() {
        return Ok(0);
    }
    let rows = wanted
        .into_iter()
        .map(|(id, marketplace, card, city, first)| {
            vec![
                Value::from(&id),
                marketplace.into(),
                card.into(),
                city.into(),
                first.into(),
                Value::from(0_i64),
                Value::from(""),
                Value::from("{}"),
                Value::from(0_i64),
                Value::from(0_i64),
            ]
        })
        .collect();
    insert_rows(
        sql_part!(
            "INSERT INTO watches (id, marketplace, card, city_id, next_at, leased_until, leased_by, stats, value_per_day, failures) VALUES "
        ),
        rows,
        sql_part!("ON CONFLICT (marketplace, card, city_id) DO UPDATE SET next_at = COALESCE(watches.next_at, excluded.next_at)"),
    )
    .run(on)
    .await
}

/// (card, city) → watch of a marketplace, for the cards given.
pub(crate) async fn by_cards(
    on: impl Into<On<'_>>,
    marketplace: &str,
    cards: &[String],
) -> Result<Vec<(String, String, WatchId)>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT card, city_id, id FROM watches WHERE marketplace = "
    ));
    builder.push(sql_part!("? AND card IN "), [marketplace.into()]);
    builder.push_list(cards.iter().map(Value::from));
    builder
        .finish()
        .all(on)
        .await?
        .iter()
        .map(|row| Ok((row.get("card")?, row.get("city_id")?, row.get("id")?)))
        .collect()
}

/// Puts watches to sleep that feed no place any more.
pub(crate) async fn sleep_unused(on: impl Into<On<'_>>) -> Result<u64, StoreError> {
    sql!(
        "UPDATE watches SET next_at = NULL WHERE next_at IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM places p WHERE p.watch_id = watches.id AND p.state <> 'off_sale')"
    )
    .run(on)
    .await
}

/// Watches of a shop's offers, for "check now".
pub(crate) async fn of_shop(on: impl Into<On<'_>>, shop: &ShopId) -> Result<Vec<WatchId>, StoreError> {
    let rows = sql!("SELECT DISTINCT watch_id FROM places WHERE shop_id = $1")
        .bind(shop)
        .all(on)
        .await?;
    rows.iter().map(|row| row.get("watch_id")).collect()
}

/// When the storefront last answered for a shop.
pub(crate) async fn last_contact(
    on: impl Into<On<'_>>,
    shop: &ShopId,
) -> Result<Option<Timestamp>, StoreError> {
    sql!("SELECT MAX(checked_at) AS at FROM places WHERE shop_id = $1")
        .bind(shop)
        .one(on)
        .await?
        .get("at")
}

/// Offers of a shop whose storefront was not heard of since a moment.
pub(crate) async fn silent_since(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<sauda_kernel::OfferId>, StoreError> {
    let rows = sql!("SELECT DISTINCT offer_id FROM places WHERE shop_id = $1 AND checked_at < $2 AND state <> 'off_sale' ORDER BY offer_id LIMIT $3")
        .bind(shop)
        .bind(since)
        .bind(limit)
        .all(on)
        .await?;
    rows.iter().map(|row| row.get("offer_id")).collect()
}

/// The watch that feeds an offer in a city.
pub(crate) async fn of_place(
    on: impl Into<On<'_>>,
    offer: &sauda_kernel::OfferId,
    city: &str,
) -> Result<Option<WatchId>, StoreError> {
    let row = sql!("SELECT watch_id FROM places WHERE offer_id = $1 AND city_id = $2")
        .bind(offer)
        .bind(city)
        .optional(on)
        .await?;
    row.map(|row| row.get("watch_id")).transpose()
}

/// Statistics and value of the watches that are due next.
pub(crate) async fn sample(on: impl Into<On<'_>>, limit: i64) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = sql!("SELECT stats, value_per_day FROM watches WHERE next_at IS NOT NULL AND checked_at IS NOT NULL ORDER BY next_at LIMIT $1")
        .bind(limit)
        .all(on)
        .await?;
    rows.iter()
        .map(|row| Ok((row.get("stats")?, row.get("value_per_day")?)))
        .collect()
}

pub(crate) async fn knowledge(on: impl Into<On<'_>>, name: &str) -> Result<Option<String>, StoreError> {
    let row = sql!("SELECT value FROM knowledge WHERE name = $1")
        .bind(name)
        .optional(on)
        .await?;
    row.map(|row| row.get("value")).transpose()
}

pub(crate) async fn keep_knowledge(
    on: impl Into<On<'_>>,
    name: &str,
    value: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("INSERT INTO knowledge (name, value, updated_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at")
        .bind(name)
        .bind(value)
        .bind(now)
        .run(on)
        .await
}
