//! Statements about bulk changes and their undo.

use crate::store::records::{pack, unpack};
use sauda_accounts::Scope;
use sauda_kernel::{BulkId, ShopId, Timestamp};
use sauda_store::{On, Row, StoreError, sql};

/// A bulk change as it is kept.
#[derive(Debug, Clone)]
pub struct Bulk {
    pub id: BulkId,
    pub shop: ShopId,
    pub act: String,
    pub by: String,
    pub at: Timestamp,
    pub changed: i64,
    pub unchanged: i64,
    pub refused: i64,
    pub undo_until: Timestamp,
    pub undone_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<Bulk, StoreError> {
    Ok(Bulk {
        id: row.get("id")?,
        shop: row.get("shop_id")?,
        act: row.get("act")?,
        by: row.get("made_by")?,
        at: row.get("made_at")?,
        changed: row.get("changed")?,
        unchanged: row.get("unchanged")?,
        refused: row.get("refused")?,
        undo_until: row.get("undo_until")?,
        undone_at: row.get("undone_at")?,
    })
}

pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    scope: &Scope,
    bulk: &Bulk,
    before: &[u8],
    refusals: &[u8],
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO bulks (id, merchant_id, shop_id, act, made_by, made_at, changed, unchanged, refused, before, refusals, undo_until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    )
    .bind(&bulk.id)
    .bind(scope.merchant())
    .bind(&bulk.shop)
    .bind(&bulk.act)
    .bind(&bulk.by)
    .bind(bulk.at)
    .bind(bulk.changed)
    .bind(bulk.unchanged)
    .bind(bulk.refused)
    .bind(pack(before)?)
    .bind(pack(refusals)?)
    .bind(bulk.undo_until)
    .run(on)
    .await
}

/// A bulk change with what to put back and what was refused.
pub(crate) async fn find(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &BulkId,
) -> Result<Option<(Bulk, Vec<u8>, Vec<u8>)>, StoreError> {
    let row = sql!(
        "SELECT id, shop_id, act, made_by, made_at, changed, unchanged, refused, before, refusals, undo_until, undone_at FROM bulks \
         WHERE merchant_id = $1 AND id = $2"
    )
    .bind(scope.merchant())
    .bind(id)
    .optional(on)
    .await?;
    row.map(|row| {
        Ok((
            read(&row)?,
            unpack(&row.get::<Vec<u8>>("before")?)?,
            unpack(&row.get::<Vec<u8>>("refusals")?)?,
        ))
    })
    .transpose()
}

/// Marks as undone, once.
pub(crate) async fn undone(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &BulkId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE bulks SET undone_at = $3 WHERE merchant_id = $1 AND id = $2 AND undone_at IS NULL AND undo_until > $3")
        .bind(scope.merchant())
        .bind(id)
        .bind(now)
        .run(on)
        .await
}
