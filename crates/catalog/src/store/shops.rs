//! Statements about shops, their points and cities.

use crate::{
    model::{AccessState, Shop, ShopCity, ShopPoint},
    store::unknown,
};
use sauda_accounts::Scope;
use sauda_kernel::{AccessId, MerchantId, ShopId, Timestamp};
use sauda_store::{On, Row, StoreError, sql};

fn read(row: &Row) -> Result<Shop, StoreError> {
    let state: Option<String> = row.get("access_state")?;
    let access_state = match state {
        Some(word) => Some(AccessState::parse(&word).ok_or_else(|| unknown("state", word))?),
        None => None,
    };
    Ok(Shop {
        id: row.get("id")?,
        merchant: row.get("merchant_id")?,
        access: row.get("access_id")?,
        marketplace: row.get("marketplace")?,
        uid: row.get("uid")?,
        slug: row.get("slug")?,
        name: row.get("name")?,
        main_city: row.get("main_city")?,
        synced_at: row.get("synced_at")?,
        sync_error: row.get("sync_error")?,
        egress: row.get("egress")?,
        access_state,
        access_until: row.get("access_until")?,
        contact_at: row.get("contact_at")?,
    })
}

pub(crate) async fn list(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<Shop>, StoreError> {
    sql!(
        "SELECT s.id, s.merchant_id, s.access_id, s.marketplace, s.uid, s.slug, s.name, s.main_city, s.synced_at, s.sync_error, s.egress, \
         a.state AS access_state, a.state_until AS access_until, a.contact_at \
         FROM shops s LEFT JOIN accesses a ON a.id = s.access_id \
         WHERE s.merchant_id = $1 AND s.removed_at IS NULL ORDER BY s.created_at, s.id"
    )
    .bind(scope.merchant())
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

pub(crate) async fn find(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ShopId,
) -> Result<Option<Shop>, StoreError> {
    sql!(
        "SELECT s.id, s.merchant_id, s.access_id, s.marketplace, s.uid, s.slug, s.name, s.main_city, s.synced_at, s.sync_error, s.egress, \
         a.state AS access_state, a.state_until AS access_until, a.contact_at \
         FROM shops s LEFT JOIN accesses a ON a.id = s.access_id \
         WHERE s.merchant_id = $1 AND s.id = $2 AND s.removed_at IS NULL"
    )
    .bind(scope.merchant())
    .bind(id)
    .optional(on)
    .await?
    .as_ref()
    .map(read)
    .transpose()
}

/// All shops of the installation, for work that the program does by itself.
pub(crate) async fn all(on: impl Into<On<'_>>) -> Result<Vec<Shop>, StoreError> {
    sql!(
        "SELECT s.id, s.merchant_id, s.access_id, s.marketplace, s.uid, s.slug, s.name, s.main_city, s.synced_at, s.sync_error, s.egress, \
         a.state AS access_state, a.state_until AS access_until, a.contact_at \
         FROM shops s LEFT JOIN accesses a ON a.id = s.access_id WHERE s.removed_at IS NULL ORDER BY s.id"
    )
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

pub(crate) async fn merchant_of(
    on: impl Into<On<'_>>,
    id: &ShopId,
) -> Result<Option<MerchantId>, StoreError> {
    let row = sql!("SELECT merchant_id FROM shops WHERE id = $1")
        .bind(id)
        .optional(on)
        .await?;
    row.map(|row| row.get("merchant_id")).transpose()
}

/// A shop to be kept.
pub(crate) struct NewShop<'a> {
    pub id: &'a ShopId,
    pub access: Option<&'a AccessId>,
    pub marketplace: &'a str,
    pub uid: &'a str,
    pub slug: &'a str,
    pub name: &'a str,
    pub now: Timestamp,
}

/// Adds a shop, or brings a removed or known one back under this access; answers its id.
pub(crate) async fn upsert(
    on: impl Into<On<'_>>,
    scope: &Scope,
    new: &NewShop<'_>,
) -> Result<ShopId, StoreError> {
    sql!(
        "INSERT INTO shops (id, merchant_id, access_id, marketplace, uid, slug, name, egress, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'direct', $8) \
         ON CONFLICT (merchant_id, marketplace, uid) DO UPDATE SET access_id = excluded.access_id, name = excluded.name, removed_at = NULL \
         RETURNING id"
    )
    .bind(new.id)
    .bind(scope.merchant())
    .bind(new.access)
    .bind(new.marketplace)
    .bind(new.uid)
    .bind(new.slug)
    .bind(new.name)
    .bind(new.now)
    .one(on)
    .await?
    .get("id")
}

pub(crate) async fn remove(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ShopId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE shops SET removed_at = $3 WHERE merchant_id = $1 AND id = $2 AND removed_at IS NULL")
        .bind(scope.merchant())
        .bind(id)
        .bind(now)
        .run(on)
        .await
}

pub(crate) async fn set_profile(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ShopId,
    name: &str,
    main_city: Option<&str>,
) -> Result<u64, StoreError> {
    sql!("UPDATE shops SET name = $3, main_city = COALESCE(main_city, $4) WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .bind(name)
        .bind(main_city)
        .run(on)
        .await
}

pub(crate) async fn set_egress(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ShopId,
    egress: &str,
) -> Result<u64, StoreError> {
    sql!("UPDATE shops SET egress = $3 WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .bind(egress)
        .run(on)
        .await
}

pub(crate) async fn set_synced(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ShopId,
    at: Option<Timestamp>,
    error: Option<&str>,
) -> Result<u64, StoreError> {
    sql!("UPDATE shops SET synced_at = COALESCE($3, synced_at), sync_error = $4 WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .bind(at)
        .bind(error)
        .run(on)
        .await
}

pub(crate) async fn points(on: impl Into<On<'_>>, shop: &ShopId) -> Result<Vec<ShopPoint>, StoreError> {
    let rows = sql!(
        "SELECT id, code, name, enabled, city_id, gone_at FROM points WHERE shop_id = $1 ORDER BY code, id"
    )
    .bind(shop)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(ShopPoint {
                id: row.get("id")?,
                code: row.get("code")?,
                name: row.get("name")?,
                enabled: row.get("enabled")?,
                city_id: row.get("city_id")?,
                gone_at: row.get("gone_at")?,
            })
        })
        .collect()
}

pub(crate) async fn upsert_point(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    point: &sauda_market::Point,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO points (shop_id, id, code, name, enabled, city_id, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (shop_id, id) DO UPDATE SET code = excluded.code, name = excluded.name, enabled = excluded.enabled, \
         city_id = excluded.city_id, gone_at = NULL"
    )
    .bind(shop)
    .bind(&point.id)
    .bind(&point.code)
    .bind(&point.name)
    .bind(point.enabled)
    .bind(point.city_id.as_deref())
    .bind(now)
    .run(on)
    .await
}

pub(crate) async fn point_gone(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    point: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE points SET gone_at = $3 WHERE shop_id = $1 AND id = $2 AND gone_at IS NULL")
        .bind(shop)
        .bind(point)
        .bind(now)
        .run(on)
        .await
}

pub(crate) async fn cities(on: impl Into<On<'_>>, shop: &ShopId) -> Result<Vec<ShopCity>, StoreError> {
    let rows = sql!(
        "SELECT city_id, name, watched, gone_at FROM shop_cities WHERE shop_id = $1 ORDER BY seen_at, city_id"
    )
    .bind(shop)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(ShopCity {
                city_id: row.get("city_id")?,
                name: row.get("name")?,
                watched: row.get("watched")?,
                gone_at: row.get("gone_at")?,
            })
        })
        .collect()
}

pub(crate) async fn upsert_city(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    city: &str,
    name: &str,
    watched: bool,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO shop_cities (shop_id, city_id, name, watched, seen_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (shop_id, city_id) DO UPDATE SET name = excluded.name, gone_at = NULL"
    )
    .bind(shop)
    .bind(city)
    .bind(name)
    .bind(watched)
    .bind(now)
    .run(on)
    .await
}

pub(crate) async fn city_gone(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    city: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE shop_cities SET gone_at = $3 WHERE shop_id = $1 AND city_id = $2 AND gone_at IS NULL")
        .bind(shop)
        .bind(city)
        .bind(now)
        .run(on)
        .await
}

pub(crate) async fn set_city_watched(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    city: &str,
    watched: bool,
) -> Result<u64, StoreError> {
    sql!("UPDATE shop_cities SET watched = $3 WHERE shop_id = $1 AND city_id = $2")
        .bind(shop)
        .bind(city)
        .bind(watched)
        .run(on)
        .await
}
