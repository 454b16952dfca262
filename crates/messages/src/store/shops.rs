//! Statements about settings of shops, and the place up to which orders were read.

use crate::{
    model::{self, ShopSettings},
    store::unknown,
};
use sauda_kernel::{MerchantId, MessageLineId, ShopId, Timestamp};
use sauda_store::{On, Row, StoreError, sql};

fn read(row: &Row) -> Result<ShopSettings, StoreError> {
    let (limits, triggers): (String, String) = (row.get("limits")?, row.get("triggers")?);
    model::read_settings(row.get("line_id")?, &limits, &triggers)
        .ok_or_else(|| unknown("limits or triggers", format!("{limits} {triggers}")))
}

pub(crate) async fn find(on: impl Into<On<'_>>, shop: &ShopId) -> Result<Option<ShopSettings>, StoreError> {
    sql!("SELECT line_id, limits, triggers FROM message_shops WHERE shop_id = $1")
        .bind(shop)
        .optional(on)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

pub(crate) async fn put(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    shop: &ShopId,
    settings: &ShopSettings,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let (limits, triggers) = model::write_settings(settings);
    sql!(
        "INSERT INTO message_shops (shop_id, merchant_id, line_id, limits, triggers, changed_at) VALUES ($1, $2, CAST($3 AS TEXT), $4, $5, $6) \
         ON CONFLICT (shop_id) DO UPDATE SET line_id = excluded.line_id, limits = excluded.limits, triggers = excluded.triggers, changed_at = excluded.changed_at"
    )
    .bind(shop)
    .bind(merchant)
    .bind(settings.line.as_ref())
    .bind(limits)
    .bind(triggers)
    .bind(now)
    .run(on)
    .await
}

/// Shops that write by a line, oldest setting first.
pub(crate) async fn of_line(on: impl Into<On<'_>>, line: &MessageLineId) -> Result<Vec<ShopId>, StoreError> {
    sql!("SELECT shop_id FROM message_shops WHERE line_id = $1 ORDER BY shop_id")
        .bind(line)
        .all(on)
        .await?
        .iter()
        .map(|row| row.get("shop_id"))
        .collect()
}

/// No shop writes by a line any more.
pub(crate) async fn forget_line(on: impl Into<On<'_>>, line: &MessageLineId) -> Result<u64, StoreError> {
    sql!("UPDATE message_shops SET line_id = NULL WHERE line_id = $1")
        .bind(line)
        .run(on)
        .await
}

/// Up to where something was read.
pub(crate) async fn mark(on: impl Into<On<'_>>, name: &str) -> Result<Option<String>, StoreError> {
    let row = sql!("SELECT place FROM message_marks WHERE name = $1")
        .bind(name)
        .optional(on)
        .await?;
    row.as_ref().map(|row| row.get("place")).transpose()
}

pub(crate) async fn put_mark(on: impl Into<On<'_>>, name: &str, place: &str) -> Result<u64, StoreError> {
    sql!("INSERT INTO message_marks (name, place) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET place = excluded.place")
        .bind(name)
        .bind(place)
        .run(on)
        .await
}
