//! Statements about what people say of points and preorders, in place of what the marketplace says.

use crate::model::{OfferPoint, PointNote, Preorder, StoredAvailability};
use sauda_accounts::Scope;
use sauda_kernel::{OfferId, ShopId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, sql, sql_part};
use std::collections::BTreeMap;

/// Puts a person's word over what the marketplace says of a point; a point that it does not know of is added.
pub(crate) fn say(
    places: &mut Vec<StoredAvailability>,
    point: String,
    available: Option<bool>,
    stock: Option<i64>,
) {
    if let Some(place) = places.iter_mut().find(|place| place.point_id == point) {
        place.available = available.unwrap_or(place.available);
        if stock.is_some() {
            place.stock = stock;
            place.stock_enabled = Some(true);
        }
    } else if available.is_some() || stock.is_some() {
        places.push(StoredAvailability {
            point_id: point,
            available: available.unwrap_or(false),
            stock,
            preorder_days: None,
            stock_enabled: Some(stock.is_some()),
        });
    }
}

/// What people said of points of these offers.
pub(crate) async fn of_offers(
    on: impl Into<On<'_>>,
    offers: &[OfferId],
) -> Result<Vec<OfferPoint>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT offer_id, point_id, available, stock FROM offer_points WHERE offer_id IN "
    ));
    builder.push_list(offers.iter().map(Value::from));
    builder.push(sql_part!(" ORDER BY offer_id, point_id"), []);
    let rows = builder.finish().all(on).await?;
    rows.iter()
        .map(|row| {
            Ok(OfferPoint {
                offer: row.get("offer_id")?,
                point_id: row.get("point_id")?,
                available: row.get("available")?,
                stock: row.get("stock")?,
            })
        })
        .collect()
}

pub(crate) async fn put(
    on: impl Into<On<'_>>,
    scope: &Scope,
    said: &OfferPoint,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO offer_points (offer_id, point_id, merchant_id, available, stock, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (offer_id, point_id) DO UPDATE SET available = excluded.available, stock = excluded.stock, set_by = excluded.set_by, \
         set_at = excluded.set_at"
    )
    .bind(&said.offer)
    .bind(&said.point_id)
    .bind(scope.merchant())
    .bind(said.available)
    .bind(said.stock)
    .bind(scope.actor_name())
    .bind(now)
    .run(on)
    .await
}

/// Back to what the marketplace says.
pub(crate) async fn forget(
    on: impl Into<On<'_>>,
    scope: &Scope,
    offer: &OfferId,
    point: &str,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM offer_points WHERE merchant_id = $1 AND offer_id = $2 AND point_id = $3")
        .bind(scope.merchant())
        .bind(offer)
        .bind(point)
        .run(on)
        .await
}

fn preorder(row: &Row) -> Result<Preorder, StoreError> {
    Ok(Preorder {
        offer: row.get("offer_id")?,
        days: row.get("days")?,
        ends_at: row.get("ends_at")?,
        most: row.get("most")?,
        set_by: row.get("set_by")?,
        set_at: row.get("set_at")?,
    })
}

/// Preorders of a shop, newest first, ended ones too.
pub(crate) async fn preorders(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    limit: i64,
) -> Result<Vec<Preorder>, StoreError> {
    let rows = sql!(
        "SELECT offer_id, days, ends_at, most, set_by, set_at FROM preorders WHERE merchant_id = $1 AND shop_id = $2 \
         ORDER BY set_at DESC, offer_id LIMIT $3"
    )
    .bind(scope.merchant())
    .bind(shop)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter().map(preorder).collect()
}

/// The preorder of an offer.
pub(crate) async fn preorder_of(
    on: impl Into<On<'_>>,
    offer: &OfferId,
) -> Result<Option<Preorder>, StoreError> {
    let row = sql!("SELECT offer_id, days, ends_at, most, set_by, set_at FROM preorders WHERE offer_id = $1")
        .bind(offer)
        .optional(on)
        .await?;
    row.as_ref().map(preorder).transpose()
}

pub(crate) async fn put_preorder(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    wanted: &Preorder,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO preorders (offer_id, merchant_id, shop_id, days, ends_at, most, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (offer_id) DO UPDATE SET days = excluded.days, ends_at = excluded.ends_at, most = excluded.most, \
         set_by = excluded.set_by, set_at = excluded.set_at"
    )
    .bind(&wanted.offer)
    .bind(scope.merchant())
    .bind(shop)
    .bind(wanted.days)
    .bind(wanted.ends_at)
    .bind(wanted.most)
    .bind(&wanted.set_by)
    .bind(wanted.set_at)
    .run(on)
    .await
}

pub(crate) async fn end_preorder(
    on: impl Into<On<'_>>,
    scope: &Scope,
    offer: &OfferId,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM preorders WHERE merchant_id = $1 AND offer_id = $2")
        .bind(scope.merchant())
        .bind(offer)
        .run(on)
        .await
}

pub(crate) async fn notes(
    on: impl Into<On<'_>>,
    shop: &ShopId,
) -> Result<BTreeMap<String, PointNote>, StoreError> {
    let rows =
        sql!("SELECT point_id, address, hours, cut_off_minute, shelves FROM point_notes WHERE shop_id = $1")
            .bind(shop)
            .all(on)
            .await?;
    rows.iter()
        .map(|row| {
            let note = PointNote {
                address: row.get("address")?,
                hours: row.get("hours")?,
                cut_off_minute: row.get("cut_off_minute")?,
                shelves: row.get("shelves")?,
            };
            Ok((row.get("point_id")?, note))
        })
        .collect()
}

pub(crate) async fn put_note(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    point: &str,
    note: &PointNote,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO point_notes (shop_id, point_id, address, hours, cut_off_minute, shelves, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (shop_id, point_id) DO UPDATE SET address = excluded.address, hours = excluded.hours, \
         cut_off_minute = excluded.cut_off_minute, shelves = excluded.shelves, set_by = excluded.set_by, set_at = excluded.set_at"
    )
    .bind(shop)
    .bind(point)
    .bind(&note.address)
    .bind(&note.hours)
    .bind(note.cut_off_minute)
    .bind(&note.shelves)
    .bind(scope.actor_name())
    .bind(now)
    .run(on)
    .await
}
