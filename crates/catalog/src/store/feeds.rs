//! Statements about price list feeds and who fetched them.

use crate::{
    model::{Feed, FeedFetch, FeedWay},
    store::unknown,
};
use sauda_accounts::Scope;
use sauda_kernel::{FeedFetchId, MerchantId, ShopId, Timestamp};
use sauda_store::{On, Row, StoreError, sql};

fn read(row: &Row) -> Result<Feed, StoreError> {
    let way: String = row.get("way")?;
    let hash: Option<String> = row.get("secret_hash")?;
    Ok(Feed {
        shop: row.get("shop_id")?,
        way: FeedWay::parse(&way).ok_or_else(|| unknown("way", way))?,
        has_address: hash.is_some(),
        rotated_at: row.get("rotated_at")?,
        rotated_by: row.get("rotated_by")?,
        etag: row.get("etag")?,
        changed_at: row.get("changed_at")?,
        good_rows: row.get("good_rows")?,
        good_at: row.get("good_at")?,
        agreed_rows: row.get("agreed_rows")?,
        held: row.get("held")?,
        held_at: row.get("held_at")?,
        version: row.get("version")?,
        products_point: row.get("products_point")?,
    })
}

pub(crate) async fn find(on: impl Into<On<'_>>, shop: &ShopId) -> Result<Option<Feed>, StoreError> {
    sql!(
        "SELECT shop_id, way, secret_hash, rotated_at, rotated_by, etag, changed_at, good_rows, good_at, agreed_rows, held, held_at, version, products_point \
         FROM feeds WHERE shop_id = $1"
    )
    .bind(shop)
    .optional(on)
    .await?
    .as_ref()
    .map(read)
    .transpose()
}

/// Whose list the address with this fingerprint is.
pub(crate) async fn by_hash(
    on: impl Into<On<'_>>,
    hash: &str,
) -> Result<Option<(MerchantId, ShopId)>, StoreError> {
    let row = sql!(
        "SELECT f.merchant_id, f.shop_id FROM feeds f JOIN shops s ON s.id = f.shop_id WHERE f.secret_hash = $1 AND s.removed_at IS NULL"
    )
    .bind(hash)
    .optional(on)
    .await?;
    row.map(|row| Ok((row.get("merchant_id")?, row.get("shop_id")?)))
        .transpose()
}

pub(crate) async fn sealed(on: impl Into<On<'_>>, shop: &ShopId) -> Result<Option<String>, StoreError> {
    let row = sql!("SELECT secret_sealed FROM feeds WHERE shop_id = $1")
        .bind(shop)
        .optional(on)
        .await?;
    Ok(row.map(|row| row.get("secret_sealed")).transpose()?.flatten())
}

/// Shops whose prices leave by the list alone.
pub(crate) async fn by_list_alone(on: impl Into<On<'_>>) -> Result<Vec<ShopId>, StoreError> {
    let rows = sql!("SELECT shop_id FROM feeds WHERE way = 'feed'")
        .all(on)
        .await?;
    rows.iter().map(|row| row.get("shop_id")).collect()
}

/// A new address in the place of the one before, which is dead from then on.
pub(crate) async fn put_address(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    hash: &str,
    sealed: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO feeds (shop_id, merchant_id, way, secret_hash, secret_sealed, rotated_at, rotated_by, version) \
         VALUES ($1, $2, 'cabinet', $3, $4, $5, $6, 1) ON CONFLICT (shop_id) DO UPDATE SET secret_hash = excluded.secret_hash, \
         secret_sealed = excluded.secret_sealed, rotated_at = excluded.rotated_at, rotated_by = excluded.rotated_by, version = feeds.version + 1"
    )
    .bind(shop)
    .bind(scope.merchant())
    .bind(hash)
    .bind(sealed)
    .bind(now)
    .bind(scope.actor_name())
    .run(on)
    .await
}

/// Lists products without an offer at a point, or no more; 0 when it is so already.
pub(crate) async fn set_products_point(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    point: Option<&str>,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO feeds (shop_id, merchant_id, way, version, products_point) VALUES ($1, $2, 'cabinet', 1, $3) \
         ON CONFLICT (shop_id) DO UPDATE SET products_point = excluded.products_point, version = feeds.version + 1 \
         WHERE COALESCE(feeds.products_point, '') <> COALESCE(excluded.products_point, '')"
    )
    .bind(shop)
    .bind(scope.merchant())
    .bind(point)
    .run(on)
    .await
}

/// Another way for prices to leave; 0 when it is that way already.
pub(crate) async fn set_way(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    way: FeedWay,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO feeds (shop_id, merchant_id, way, version) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (shop_id) DO UPDATE SET way = excluded.way, version = feeds.version + 1 WHERE feeds.way <> excluded.way"
    )
    .bind(shop)
    .bind(scope.merchant())
    .bind(way.word())
    .run(on)
    .await
}

/// A person agrees to a list of so many rows.
pub(crate) async fn agree(on: impl Into<On<'_>>, shop: &ShopId, rows: i64) -> Result<u64, StoreError> {
    sql!("UPDATE feeds SET agreed_rows = $2 WHERE shop_id = $1")
        .bind(shop)
        .bind(rows)
        .run(on)
        .await
}

/// Notes what the newest list is; 0 when it is that already.
pub(crate) async fn set_content(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    etag: &str,
    at: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE feeds SET etag = $2, changed_at = $3 WHERE shop_id = $1 AND (etag IS NULL OR etag <> $2)")
        .bind(shop)
        .bind(etag)
        .bind(at)
        .run(on)
        .await
}

/// A list left whole.
pub(crate) async fn set_good(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    rows: i64,
    at: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE feeds SET good_rows = $2, good_at = $3, agreed_rows = NULL WHERE shop_id = $1")
        .bind(shop)
        .bind(rows)
        .bind(at)
        .run(on)
        .await
}

/// The list is held from now on; 0 when it is held for the same reason already.
pub(crate) async fn hold(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    word: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE feeds SET held = $2, held_at = COALESCE(held_at, $3) WHERE shop_id = $1 AND (held IS NULL OR held <> $2)"
    )
    .bind(shop)
    .bind(word)
    .bind(now)
    .run(on)
    .await
}

/// The list is held no more; 0 when it was not.
pub(crate) async fn mend(on: impl Into<On<'_>>, shop: &ShopId) -> Result<u64, StoreError> {
    sql!("UPDATE feeds SET held = NULL, held_at = NULL WHERE shop_id = $1 AND held IS NOT NULL")
        .bind(shop)
        .run(on)
        .await
}

pub(crate) async fn insert_fetch(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    fetch: &FeedFetch,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO feed_fetches (id, shop_id, at, address, agent, status, rows_in, rows_out, whole, held, took_ms) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    )
    .bind(&fetch.id)
    .bind(shop)
    .bind(fetch.at)
    .bind(&fetch.address)
    .bind(&fetch.agent)
    .bind(fetch.status)
    .bind(fetch.rows_in)
    .bind(fetch.rows_out)
    .bind(fetch.whole)
    .bind(fetch.held.as_deref())
    .bind(fetch.took_ms)
    .run(on)
    .await
}

pub(crate) async fn fetched_whole(on: impl Into<On<'_>>, fetch: &FeedFetchId) -> Result<u64, StoreError> {
    sql!("UPDATE feed_fetches SET whole = $2 WHERE id = $1")
        .bind(fetch)
        .bind(true)
        .run(on)
        .await
}

/// Fetches, newest first.
pub(crate) async fn fetches(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    limit: i64,
) -> Result<Vec<FeedFetch>, StoreError> {
    let rows = sql!(
        "SELECT id, at, address, agent, status, rows_in, rows_out, whole, held, took_ms FROM feed_fetches \
         WHERE shop_id = $1 ORDER BY at DESC, id DESC LIMIT $2"
    )
    .bind(shop)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(FeedFetch {
                id: row.get("id")?,
                at: row.get("at")?,
                address: row.get("address")?,
                agent: row.get("agent")?,
                status: row.get("status")?,
                rows_in: row.get("rows_in")?,
                rows_out: row.get("rows_out")?,
                whole: row.get("whole")?,
                held: row.get("held")?,
                took_ms: row.get("took_ms")?,
            })
        })
        .collect()
}

/// Forgets fetches before a moment.
pub(crate) async fn forget_fetches(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    before: Timestamp,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM feed_fetches WHERE shop_id = $1 AND at < $2")
        .bind(shop)
        .bind(before)
        .run(on)
        .await
}
