//! Statements about imports of products: files, progress, and what undoing needs.

use crate::{
    model::{ImportKind, ImportState, ProductImport},
    store::unknown,
    table::{Mend, Mended},
};
use sauda_accounts::Scope;
use sauda_kernel::{ImportId, ProductId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Tx, Value, insert_rows, sql, sql_part};

fn read(row: &Row) -> Result<ProductImport, StoreError> {
    let (kind, state): (String, String) = (row.get("kind")?, row.get("state")?);
    Ok(ProductImport {
        id: row.get("id")?,
        kind: ImportKind::parse(&kind).ok_or_else(|| unknown("kind", kind))?,
        title: row.get("title")?,
        file_bytes: row.get("file_bytes")?,
        sheet: row.get("sheet")?,
        mapping: row.get("mapping")?,
        state: ImportState::parse(&state).ok_or_else(|| unknown("state", state))?,
        version: row.get("version")?,
        total: row.get("total")?,
        created: row.get("created")?,
        changed: row.get("changed")?,
        unchanged: row.get("unchanged")?,
        skipped: row.get("skipped")?,
        put_back: row.get("put_back")?,
        kept: row.get("kept")?,
        by: row.get("made_by")?,
        at: row.get("made_at")?,
        done_at: row.get("done_at")?,
        undone_at: row.get("undone_at")?,
    })
}

pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    scope: &Scope,
    new: &ProductImport,
    packed: Option<Vec<u8>>,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO product_imports (id, merchant_id, kind, title, file, file_bytes, sheet, mapping, state, total, created, changed, \
         unchanged, skipped, put_back, kept, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, 0, $11, 0, 0, $12, $13)"
    )
    .bind(&new.id)
    .bind(scope.merchant())
    .bind(new.kind.word())
    .bind(&new.title)
    .bind(packed)
    .bind(new.file_bytes)
    .bind(new.sheet.as_deref())
    .bind(&new.mapping)
    .bind(new.state.word())
    .bind(new.total)
    .bind(new.skipped)
    .bind(&new.by)
    .bind(new.at)
    .run(on)
    .await
}

pub(crate) async fn find(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ImportId,
) -> Result<Option<ProductImport>, StoreError> {
    let row = sql!(
        "SELECT id, kind, title, file_bytes, sheet, mapping, state, version, total, created, changed, unchanged, skipped, put_back, kept, made_by, \
         made_at, done_at, undone_at FROM product_imports WHERE merchant_id = $1 AND id = $2"
    )
    .bind(scope.merchant())
    .bind(id)
    .optional(on)
    .await?;
    row.as_ref().map(read).transpose()
}

/// What was written or is being written, newest first.
pub(crate) async fn list(
    on: impl Into<On<'_>>,
    scope: &Scope,
    limit: i64,
) -> Result<Vec<ProductImport>, StoreError> {
    let rows = sql!(
        "SELECT id, kind, title, file_bytes, sheet, mapping, state, version, total, created, changed, unchanged, skipped, put_back, kept, made_by, \
         made_at, done_at, undone_at FROM product_imports WHERE merchant_id = $1 AND state <> 'loaded' ORDER BY made_at DESC, id LIMIT $2"
    )
    .bind(scope.merchant())
    .bind(limit)
    .all(on)
    .await?;
    rows.iter().map(read).collect()
}

/// The compressed file; `None` once it was let go.
pub(crate) async fn file(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ImportId,
) -> Result<Option<Vec<u8>>, StoreError> {
    let row = sql!("SELECT file FROM product_imports WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .optional(on)
        .await?;
    match row {
        Some(row) => row.get("file"),
        None => Ok(None),
    }
}

/// Notes the chosen columns and sheet of a file that was not written.
pub(crate) async fn set_mapping(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ImportId,
    mapping: &str,
) -> Result<u64, StoreError> {
    sql!("UPDATE product_imports SET mapping = $3, version = version + 1 WHERE merchant_id = $1 AND id = $2 AND state = 'loaded'")
        .bind(scope.merchant())
        .bind(id)
        .bind(mapping)
        .run(on)
        .await
}

/// Notes that rows of a file that was not written are mended; 0 when it was written.
pub(crate) async fn touch(on: impl Into<On<'_>>, scope: &Scope, id: &ImportId) -> Result<u64, StoreError> {
    sql!("UPDATE product_imports SET version = version + 1 WHERE merchant_id = $1 AND id = $2 AND state = 'loaded'")
        .bind(scope.merchant())
        .bind(id)
        .run(on)
        .await
}

/// Begins to write, once, and only what was checked as it is.
pub(crate) async fn begin(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ImportId,
    version: i64,
    total: i64,
    skipped: i64,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE product_imports SET state = 'going', total = $4, skipped = $5 \
         WHERE merchant_id = $1 AND id = $2 AND state = 'loaded' AND version = $3"
    )
    .bind(scope.merchant())
    .bind(id)
    .bind(version)
    .bind(total)
    .bind(skipped)
    .run(on)
    .await
}

/// What one part came to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PartDone {
    pub created: i64,
    pub changed: i64,
    pub unchanged: i64,
}

/// Adds a part to the progress; 0 when somebody else has done it: the transaction must be given up then.
pub(crate) async fn did_part(
    on: impl Into<On<'_>>,
    id: &ImportId,
    done_before: i64,
    part: PartDone,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE product_imports SET created = created + $3, changed = changed + $4, unchanged = unchanged + $5 \
         WHERE id = $1 AND state = 'going' AND created + changed + unchanged = $2"
    )
    .bind(id)
    .bind(done_before)
    .bind(part.created)
    .bind(part.changed)
    .bind(part.unchanged)
    .run(on)
    .await
}

/// Marks as through; 0 when it was before.
pub(crate) async fn finish(on: impl Into<On<'_>>, id: &ImportId, now: Timestamp) -> Result<u64, StoreError> {
    sql!("UPDATE product_imports SET state = 'done', done_at = $2 WHERE id = $1 AND state = 'going'")
        .bind(id)
        .bind(now)
        .run(on)
        .await
}

/// Begins to put back, once, and not what is older than `since`.
pub(crate) async fn begin_undo(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ImportId,
    since: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE product_imports SET state = 'undoing' WHERE merchant_id = $1 AND id = $2 AND state = 'done' AND done_at >= $3"
    )
    .bind(scope.merchant())
    .bind(id)
    .bind(since)
    .run(on)
    .await
}

/// What putting back one part came to.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PartUndone {
    pub put_back: i64,
    pub kept: i64,
}

/// Adds a part to the progress; 0 when somebody else has done it: the transaction must be given up then.
pub(crate) async fn undid_part(
    on: impl Into<On<'_>>,
    id: &ImportId,
    done_before: i64,
    part: PartUndone,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE product_imports SET put_back = put_back + $3, kept = kept + $4 \
         WHERE id = $1 AND state = 'undoing' AND put_back + kept = $2"
    )
    .bind(id)
    .bind(done_before)
    .bind(part.put_back)
    .bind(part.kept)
    .run(on)
    .await
}

pub(crate) async fn finish_undo(
    on: impl Into<On<'_>>,
    id: &ImportId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE product_imports SET state = 'undone', undone_at = $2 WHERE id = $1 AND state = 'undoing'")
        .bind(id)
        .bind(now)
        .run(on)
        .await
}

/// What a product was before an import.
#[derive(Debug, Clone)]
pub(crate) struct Before {
    pub product: ProductId,
    /// JSON; `None` when the import made the product.
    pub before: Option<String>,
    /// Its version after the import.
    pub version: i64,
}

/// Keeps what products were; at most 5 000 at once.
pub(crate) async fn keep_before(
    on: impl Into<On<'_>>,
    id: &ImportId,
    rows: Vec<Before>,
) -> Result<u64, StoreError> {
    if rows.is_empty() {
        return Ok(0);
    }
    let rows = rows
        .into_iter()
        .map(|row| {
            vec![
                id.into(),
                Value::from(&row.product),
                row.before.into(),
                row.version.into(),
            ]
        })
        .collect();
    insert_rows(
        sql_part!("INSERT INTO product_import_rows (import_id, product_id, before, version) VALUES "),
        rows,
        sql_part!("ON CONFLICT (import_id, product_id) DO NOTHING"),
    )
    .run(on)
    .await
}

/// The next products to put back.
pub(crate) async fn to_undo(
    on: impl Into<On<'_>>,
    id: &ImportId,
    limit: i64,
) -> Result<Vec<Before>, StoreError> {
    let rows = sql!(
        "SELECT product_id, before, version FROM product_import_rows WHERE import_id = $1 AND kept_sku IS NULL ORDER BY product_id LIMIT $2"
    )
    .bind(id)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Before {
                product: row.get("product_id")?,
                before: row.get("before")?,
                version: row.get("version")?,
            })
        })
        .collect()
}

/// Forgets what was put back.
pub(crate) async fn forget_before(
    on: impl Into<On<'_>>,
    id: &ImportId,
    products: &[ProductId],
) -> Result<u64, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("DELETE FROM product_import_rows WHERE "));
    builder.push(sql_part!("import_id = ? AND product_id IN "), [id.into()]);
    builder.push_list(products.iter().map(Value::from));
    builder.finish().run(on).await
}

/// Notes that a product was left as it is.
pub(crate) async fn note_kept(
    on: impl Into<On<'_>>,
    id: &ImportId,
    product: &ProductId,
    sku: &str,
) -> Result<u64, StoreError> {
    sql!("UPDATE product_import_rows SET kept_sku = $3 WHERE import_id = $1 AND product_id = $2")
        .bind(id)
        .bind(product)
        .bind(sku)
        .run(on)
        .await
}

/// Articles of products that were not put back.
pub(crate) async fn kept_skus(
    on: impl Into<On<'_>>,
    id: &ImportId,
    limit: i64,
) -> Result<Vec<String>, StoreError> {
    let rows = sql!(
        "SELECT kept_sku FROM product_import_rows WHERE import_id = $1 AND kept_sku IS NOT NULL ORDER BY kept_sku LIMIT $2"
    )
    .bind(id)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter().map(|row| row.get("kept_sku")).collect()
}

/// Lets go what can no longer be used: files and kept states older than `before`, and all but the newest files of this merchant.
pub(crate) async fn let_go(
    on: &mut Tx,
    scope: &Scope,
    before: Timestamp,
    keep: i64,
) -> Result<(), StoreError> {
    sql!(
        "DELETE FROM product_import_rows WHERE kept_sku IS NULL AND import_id IN \
         (SELECT id FROM product_imports WHERE merchant_id = $1 AND state = 'done' AND done_at < $2)"
    )
    .bind(scope.merchant())
    .bind(before)
    .run(&mut *on)
    .await?;
    sql!(
        "UPDATE product_imports SET file = NULL WHERE merchant_id = $1 AND file IS NOT NULL AND made_at < $2"
    )
    .bind(scope.merchant())
    .bind(before)
    .run(&mut *on)
    .await?;
    sql!(
        "DELETE FROM product_import_mends WHERE import_id IN \
         (SELECT id FROM product_imports WHERE merchant_id = $1 AND made_at < $2)"
    )
    .bind(scope.merchant())
    .bind(before)
    .run(&mut *on)
    .await?;
    sql!(
        "UPDATE product_imports SET file = NULL WHERE merchant_id = $1 AND file IS NOT NULL AND state IN ('loaded', 'done', 'undone') AND id NOT IN \
         (SELECT n.id FROM product_imports n WHERE n.merchant_id = $1 ORDER BY n.made_at DESC, n.id DESC LIMIT $2)"
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
    let row = sql!("SELECT mapping FROM product_import_shapes WHERE merchant_id = $1 AND shape = $2")
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
        "INSERT INTO product_import_shapes (merchant_id, shape, mapping, chosen_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (merchant_id, shape) DO UPDATE SET mapping = excluded.mapping, chosen_at = excluded.chosen_at"
    )
    .bind(scope.merchant())
    .bind(shape)
    .bind(mapping)
    .bind(now)
    .run(on)
    .await
}

/// The mended cells and left-out rows of a file, by row and column.
pub(crate) async fn mends(on: impl Into<On<'_>>, id: &ImportId) -> Result<Vec<Mend>, StoreError> {
    let rows = sql!(
        "SELECT row_number, column_number, text FROM product_import_mends WHERE import_id = $1 ORDER BY row_number, column_number"
    )
    .bind(id)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            let (number, column): (i64, i64) = (row.get("row_number")?, row.get("column_number")?);
            let odd = || unknown("row_number", number.to_string());
            Ok(Mend {
                row: u32::try_from(number).map_err(|_| odd())?,
                what: match usize::try_from(column) {
                    Ok(column) => Mended::Cell {
                        column,
                        text: row.get("text")?,
                    },
                    Err(_) => Mended::LeftOut,
                },
            })
        })
        .collect()
}

/// Stands for the whole row where a mend names a column.
const WHOLE_ROW: i64 = -1;

/// Keeps these mends of a file and no others.
pub(crate) async fn put_mends(on: &mut Tx, id: &ImportId, mends: &[Mend]) -> Result<(), StoreError> {
    sql!("DELETE FROM product_import_mends WHERE import_id = $1")
        .bind(id)
        .run(&mut *on)
        .await?;
    for part in mends.chunks(1_000) {
        let rows = part.iter().map(|mend| {
            let (column, text) = match &mend.what {
                Mended::Cell { column, text } => (i64::try_from(*column).unwrap_or(i64::MAX), text.as_str()),
                Mended::LeftOut => (WHOLE_ROW, ""),
            };
            vec![
                id.into(),
                Value::from(i64::from(mend.row)),
                column.into(),
                Value::from(text),
            ]
        });
        insert_rows(
            sql_part!(
                "INSERT INTO product_import_mends (import_id, row_number, column_number, text) VALUES "
            ),
            rows.collect(),
            sql_part!(""),
        )
        .run(&mut *on)
        .await?;
    }
    Ok(())
}
