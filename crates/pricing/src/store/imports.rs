//! Statements about files of limits and costs that people bring.

use sauda_accounts::Scope;
use sauda_kernel::{BulkId, ImportId, ShopId, Timestamp};
use sauda_store::{On, Row, StoreError, sql};

/// A file as it is kept.
#[derive(Debug, Clone)]
pub struct Upload {
    pub id: ImportId,
    pub shop: ShopId,
    /// Its name as it was sent.
    pub file_name: String,
    /// Length in bytes.
    pub file_bytes: i64,
    /// Which column is which field; empty until enough is known.
    pub mapping: String,
    /// Rows whose minimum loses money were wanted so.
    pub confirmed: bool,
    /// Rows that were not applied.
    pub skipped: i64,
    pub by: String,
    pub at: Timestamp,
    /// The bulk change that came of it.
    pub bulk: Option<BulkId>,
}

fn read(row: &Row) -> Result<Upload, StoreError> {
    Ok(Upload {
        id: row.get("id")?,
        shop: row.get("shop_id")?,
        file_name: row.get("file_name")?,
        file_bytes: row.get("file_bytes")?,
        mapping: row.get("mapping")?,
        confirmed: row.get("confirmed")?,
        skipped: row.get("skipped")?,
        by: row.get("made_by")?,
        at: row.get("made_at")?,
        bulk: row.get("bulk_id")?,
    })
}

pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    scope: &Scope,
    new: &Upload,
    packed: Vec<u8>,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO imports (id, merchant_id, shop_id, file_name, file, file_bytes, mapping, confirmed, skipped, made_by, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10)"
    )
    .bind(&new.id)
    .bind(scope.merchant())
    .bind(&new.shop)
    .bind(&new.file_name)
    .bind(packed)
    .bind(new.file_bytes)
    .bind(&new.mapping)
    .bind(new.confirmed)
    .bind(&new.by)
    .bind(new.at)
    .run(on)
    .await
}

pub(crate) async fn find(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ImportId,
) -> Result<Option<Upload>, StoreError> {
    sql!(
        "SELECT id, shop_id, file_name, file_bytes, mapping, confirmed, skipped, made_by, made_at, bulk_id FROM imports WHERE merchant_id = $1 AND id = $2"
    )
    .bind(scope.merchant())
    .bind(id)
    .optional(on)
    .await?
    .as_ref()
    .map(read)
    .transpose()
}

/// The compressed file; `None` once it was let go.
pub(crate) async fn file(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ImportId,
) -> Result<Option<Vec<u8>>, StoreError> {
    let row = sql!("SELECT file FROM imports WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .optional(on)
        .await?;
    match row {
        Some(row) => row.get("file"),
        None => Ok(None),
    }
}

/// Files of a shop that were applied, newest first.
pub(crate) async fn applied(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    limit: i64,
) -> Result<Vec<Upload>, StoreError> {
    sql!(
        "SELECT id, shop_id, file_name, file_bytes, mapping, confirmed, skipped, made_by, made_at, bulk_id FROM imports \
         WHERE merchant_id = $1 AND shop_id = $2 AND bulk_id IS NOT NULL ORDER BY made_at DESC, id LIMIT $3"
    )
    .bind(scope.merchant())
    .bind(shop)
    .bind(limit)
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Notes the chosen columns of a file that was not applied.
pub(crate) async fn set_mapping(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ImportId,
    mapping: &str,
) -> Result<u64, StoreError> {
    sql!("UPDATE imports SET mapping = $3 WHERE merchant_id = $1 AND id = $2 AND bulk_id IS NULL")
        .bind(scope.merchant())
        .bind(id)
        .bind(mapping)
        .run(on)
        .await
}

/// Marks as applied, once.
pub(crate) async fn set_applied(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ImportId,
    bulk: &BulkId,
    confirmed: bool,
    skipped: i64,
) -> Result<u64, StoreError> {
    sql!("UPDATE imports SET bulk_id = $3, confirmed = $4, skipped = $5 WHERE merchant_id = $1 AND id = $2 AND bulk_id IS NULL")
        .bind(scope.merchant())
        .bind(id)
        .bind(bulk)
        .bind(confirmed)
        .bind(skipped)
        .run(on)
        .await
}

/// Lets old files go, and all but the newest `keep` of this merchant; what is known about them stays.
pub(crate) async fn let_go(
    on: &mut sauda_store::Tx,
    scope: &Scope,
    before: Timestamp,
    keep: i64,
) -> Result<(), StoreError> {
    sql!("UPDATE imports SET file = NULL WHERE made_at < $1 AND file IS NOT NULL")
        .bind(before)
        .run(&mut *on)
        .await?;
    sql!(
        "UPDATE imports SET file = NULL WHERE merchant_id = $1 AND file IS NOT NULL AND id NOT IN \
         (SELECT n.id FROM imports n WHERE n.merchant_id = $1 ORDER BY n.made_at DESC, n.id DESC LIMIT $2)"
    )
    .bind(scope.merchant())
    .bind(keep)
    .run(&mut *on)
    .await?;
    Ok(())
}

/// The mapping that was chosen last for files of a shape.
pub(crate) async fn shape(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shape: &str,
) -> Result<Option<String>, StoreError> {
    let row = sql!("SELECT mapping FROM import_shapes WHERE merchant_id = $1 AND shape = $2")
        .bind(scope.merchant())
        .bind(shape)
        .optional(on)
        .await?;
    row.map(|row| row.get("mapping")).transpose()
}

pub(crate) async fn remember_shape(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shape: &str,
    mapping: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO import_shapes (merchant_id, shape, mapping, chosen_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (merchant_id, shape) DO UPDATE SET mapping = excluded.mapping, chosen_at = excluded.chosen_at"
    )
    .bind(scope.merchant())
    .bind(shape)
    .bind(mapping)
    .bind(now)
    .run(on)
    .await
}
