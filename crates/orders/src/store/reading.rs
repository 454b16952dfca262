//! Statements about how far the reading of a shop's orders is.

use sauda_accounts::Scope;
use sauda_kernel::{ShopId, Span, Timestamp};
use sauda_store::{On, Row, StoreError, sql};

/// How far back orders are read.
pub(crate) const HISTORY: Span = Span::from_days(365);

/// How far the reading of a shop's orders is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub next_at: Timestamp,
    /// Minutes between readings now; 0 when somebody wants it read at once.
    pub pace_min: i64,
    pub read_at: Option<Timestamp>,
    /// Everything created since then was read.
    pub back_to: Option<Timestamp>,
    /// When what is over was read last for late news.
    pub archive_at: Option<Timestamp>,
    /// How far back history goes.
    pub back_until: Timestamp,
    pub trouble: Option<String>,
    pub trouble_since: Option<Timestamp>,
}

impl Reading {
    /// History is read as far back as it goes.
    pub fn is_whole(&self) -> bool {
        self.back_to.is_some_and(|back_to| back_to <= self.back_until)
    }
}

fn read(row: &Row) -> Result<Reading, StoreError> {
    Ok(Reading {
        next_at: row.get("next_at")?,
        pace_min: row.get("pace_min")?,
        read_at: row.get("read_at")?,
        back_to: row.get("back_to")?,
        archive_at: row.get("archive_at")?,
        back_until: row.get("back_until")?,
        trouble: row.get("trouble")?,
        trouble_since: row.get("trouble_since")?,
    })
}

pub(crate) async fn find(on: impl Into<On<'_>>, shop: &ShopId) -> Result<Option<Reading>, StoreError> {
    sql!(
        "SELECT next_at, pace_min, read_at, back_to, archive_at, back_until, trouble, trouble_since FROM order_reading WHERE shop_id = $1"
    )
    .bind(shop)
    .optional(on)
    .await?
    .as_ref()
    .map(read)
    .transpose()
}

/// Begins to read a shop's orders, or reads them at once when that has begun. What was in the way before is to be seen anew.
pub(crate) async fn begin(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    now: Timestamp,
    back_until: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO order_reading (shop_id, merchant_id, next_at, pace_min, back_until) VALUES ($1, $2, $3, 0, $4) \
         ON CONFLICT (shop_id) DO UPDATE SET next_at = excluded.next_at, pace_min = 0, trouble = NULL, trouble_since = NULL"
    )
    .bind(shop)
    .bind(scope.merchant())
    .bind(now)
    .bind(back_until)
    .run(on)
    .await
}

/// Stops reading a shop's orders; how far it came stays.
pub(crate) async fn stop(on: impl Into<On<'_>>, shop: &ShopId) -> Result<u64, StoreError> {
    sql!("UPDATE order_reading SET next_at = 9223372036854775807 WHERE shop_id = $1")
        .bind(shop)
        .run(on)
        .await
}

/// The shop was read. Who asked for another reading meanwhile gets it: then the time of the next stays as they set it.
pub(crate) async fn done(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    before: &Reading,
    read_at: Timestamp,
    next_at: Timestamp,
    pace_min: i64,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE order_reading SET read_at = $2, next_at = CASE WHEN next_at = $5 THEN $3 ELSE next_at END, \
         pace_min = CASE WHEN next_at = $5 THEN $4 ELSE pace_min END, trouble = NULL, trouble_since = NULL WHERE shop_id = $1"
    )
    .bind(shop)
    .bind(read_at)
    .bind(next_at)
    .bind(pace_min)
    .bind(before.next_at)
    .run(on)
    .await
}

/// What is over was read for late news.
pub(crate) async fn looked_over(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE order_reading SET archive_at = $2 WHERE shop_id = $1")
        .bind(shop)
        .bind(now)
        .run(on)
        .await
}

pub(crate) async fn went_back(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    back_to: Timestamp,
    next_at: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE order_reading SET back_to = $2, next_at = $3 WHERE shop_id = $1")
        .bind(shop)
        .bind(back_to)
        .bind(next_at)
        .run(on)
        .await
}

pub(crate) async fn failed(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    trouble: &str,
    now: Timestamp,
    next_at: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE order_reading SET trouble = $2, trouble_since = COALESCE(trouble_since, $3), next_at = $4 WHERE shop_id = $1"
    )
    .bind(shop)
    .bind(trouble)
    .bind(now)
    .bind(next_at)
    .run(on)
    .await
}
