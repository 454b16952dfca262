//! Statements about uploads of new cards.

use crate::{
    model::{CardUpload, CardUploadRow, CardUploadState},
    store::unknown,
};
use sauda_accounts::Scope;
use sauda_kernel::{CardUploadId, ShopId, Timestamp};
use sauda_store::{On, Row, StoreError, Value, insert_rows, sql, sql_part};

fn read(row: &Row) -> Result<CardUpload, StoreError> {
    let state: String = row.get("state")?;
    Ok(CardUpload {
        id: row.get("id")?,
        shop: row.get("shop_id")?,
        cards: row.get("cards")?,
        state: CardUploadState::parse(&state).ok_or_else(|| unknown("state", state))?,
        code: row.get("code")?,
        trouble: row.get("trouble")?,
        told: row.get("told")?,
        polls: row.get("polls")?,
        made_by: row.get("made_by")?,
        made_at: row.get("made_at")?,
        done_at: row.get("done_at")?,
        rows: Vec::new(),
    })
}

/// An upload to be kept.
pub(crate) struct NewUpload<'a> {
    pub id: &'a CardUploadId,
    pub shop: &'a ShopId,
    /// Compressed.
    pub document: Vec<u8>,
    pub rows: &'a [CardUploadRow],
    pub now: Timestamp,
}

pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    scope: &Scope,
    new: NewUpload<'_>,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO card_uploads (id, merchant_id, shop_id, document, cards, state, polls, made_by, made_at) \
         VALUES ($1, $2, $3, $4, $5, 'recorded', 0, $6, $7)"
    )
    .bind(new.id)
    .bind(scope.merchant())
    .bind(new.shop)
    .bind(new.document)
    .bind(i64::try_from(new.rows.len()).unwrap_or(i64::MAX))
    .bind(scope.actor_name())
    .bind(new.now)
    .run(on)
    .await
}

pub(crate) async fn insert_rows_of(
    on: impl Into<On<'_>>,
    id: &CardUploadId,
    rows: &[CardUploadRow],
) -> Result<u64, StoreError> {
    let rows = rows
        .iter()
        .map(|row| vec![Value::from(id), Value::from(&row.sku), Value::from(&row.product)])
        .collect();
    insert_rows(
        sql_part!("INSERT INTO card_upload_rows (upload_id, sku, product_id) VALUES "),
        rows,
        sql_part!(""),
    )
    .run(on)
    .await
}

pub(crate) async fn find(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &CardUploadId,
) -> Result<Option<CardUpload>, StoreError> {
    sql!(
        "SELECT id, shop_id, cards, state, code, trouble, told, polls, made_by, made_at, done_at FROM card_uploads \
         WHERE merchant_id = $1 AND id = $2"
    )
    .bind(scope.merchant())
    .bind(id)
    .optional(on)
    .await?
    .as_ref()
    .map(read)
    .transpose()
}

pub(crate) async fn document(on: impl Into<On<'_>>, id: &CardUploadId) -> Result<Vec<u8>, StoreError> {
    sql!("SELECT document FROM card_uploads WHERE id = $1")
        .bind(id)
        .one(on)
        .await?
        .get("document")
}

/// Uploads of a shop, newest first.
pub(crate) async fn list(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    limit: i64,
) -> Result<Vec<CardUpload>, StoreError> {
    sql!(
        "SELECT id, shop_id, cards, state, code, trouble, told, polls, made_by, made_at, done_at FROM card_uploads \
         WHERE merchant_id = $1 AND shop_id = $2 ORDER BY made_at DESC, id DESC LIMIT $3"
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

pub(crate) async fn rows(on: impl Into<On<'_>>, id: &CardUploadId) -> Result<Vec<CardUploadRow>, StoreError> {
    let rows =
        sql!("SELECT sku, product_id, state, told FROM card_upload_rows WHERE upload_id = $1 ORDER BY sku")
            .bind(id)
            .all(on)
            .await?;
    rows.iter()
        .map(|row| {
            Ok(CardUploadRow {
                sku: row.get("sku")?,
                product: row.get("product_id")?,
                state: row.get("state")?,
                told: row.get("told")?,
            })
        })
        .collect()
}

/// Moves an upload on; 0 when it is not in that state any more.
#[expect(clippy::too_many_arguments, reason = "one statement moves an upload on")]
pub(crate) async fn advance(
    on: impl Into<On<'_>>,
    id: &CardUploadId,
    from: CardUploadState,
    to: CardUploadState,
    code: Option<&str>,
    trouble: Option<&str>,
    told: Option<&str>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE card_uploads SET state = $3, code = COALESCE($4, code), trouble = $5, told = COALESCE($6, told), \
         sent_at = CASE WHEN $3 = 'sending' THEN $7 ELSE sent_at END, done_at = CASE WHEN $3 IN ('done', 'refused') THEN $7 ELSE done_at END \
         WHERE id = $1 AND state = $2"
    )
    .bind(id)
    .bind(from.word())
    .bind(to.word())
    .bind(code)
    .bind(trouble)
    .bind(told)
    .bind(now)
    .run(on)
    .await
}

/// It was asked once more how far the marketplace is.
pub(crate) async fn polled(
    on: impl Into<On<'_>>,
    id: &CardUploadId,
    told: Option<&str>,
) -> Result<u64, StoreError> {
    sql!("UPDATE card_uploads SET polls = polls + 1, told = COALESCE($2, told) WHERE id = $1")
        .bind(id)
        .bind(told)
        .run(on)
        .await
}

pub(crate) async fn set_row(
    on: impl Into<On<'_>>,
    id: &CardUploadId,
    sku: &str,
    state: &str,
    told: Option<&str>,
) -> Result<u64, StoreError> {
    sql!("UPDATE card_upload_rows SET state = $3, told = $4 WHERE upload_id = $1 AND sku = $2")
        .bind(id)
        .bind(sku)
        .bind(state)
        .bind(told)
        .run(on)
        .await
}
