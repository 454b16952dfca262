//! The audit log: rows are added and read, never changed.

use crate::{AuditFilter, AuditRow};
use sauda_kernel::MerchantId;
use sauda_store::{On, Row, Sealed, SqlBuilder, StoreError, Tx, Value, sql, sql_part};

pub(crate) struct Head {
    pub seq: i64,
    pub seal: String,
    pub key: Sealed,
}

fn head(row: &Row) -> Result<Head, StoreError> {
    Ok(Head {
        seq: row.get("seq")?,
        seal: row.get("seal")?,
        key: Sealed(row.get("key_sealed")?),
    })
}

fn entry(row: &Row) -> Result<AuditRow, StoreError> {
    Ok(AuditRow {
        id: row.get("id")?,
        seq: row.get("seq")?,
        at: row.get("at")?,
        actor_kind: row.get("actor_kind")?,
        actor_id: row.get("actor_id")?,
        actor_name: row.get("actor_name")?,
        what: row.get("what")?,
        subject: row.get("subject")?,
        before: row.get("before_text")?,
        after: row.get("after_text")?,
        address: row.get("address")?,
        seal: row.get("seal")?,
    })
}

/// Reads the end of the log and holds it until the transaction ends, so that numbers have no gaps.
pub(crate) async fn hold_head(tx: &mut Tx, merchant: &MerchantId) -> Result<Option<Head>, StoreError> {
    let row = sql!("UPDATE audit_heads SET seq = seq WHERE merchant_id = $1 RETURNING seq, seal, key_sealed")
        .bind(merchant)
        .optional(tx)
        .await?;
    row.as_ref().map(head).transpose()
}

pub(crate) async fn insert_head(tx: &mut Tx, merchant: &MerchantId, key: &Sealed) -> Result<(), StoreError> {
    sql!("INSERT INTO audit_heads (merchant_id, seq, seal, key_sealed) VALUES ($1, 0, '', $2) ON CONFLICT (merchant_id) DO NOTHING").bind(merchant).bind(&key.0).run(tx).await.map(|_| ())
}

pub(crate) async fn update_head(
    tx: &mut Tx,
    merchant: &MerchantId,
    seq: i64,
    seal: &str,
) -> Result<(), StoreError> {
    sql!("UPDATE audit_heads SET seq = $2, seal = $3 WHERE merchant_id = $1")
        .bind(merchant)
        .bind(seq)
        .bind(seal)
        .run(tx)
        .await
        .map(|_| ())
}

pub(crate) async fn find_head(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
) -> Result<Option<Head>, StoreError> {
    let row = sql!("SELECT seq, seal, key_sealed FROM audit_heads WHERE merchant_id = $1")
        .bind(merchant)
        .optional(on)
        .await?;
    row.as_ref().map(head).transpose()
}

pub(crate) async fn insert(tx: &mut Tx, merchant: &MerchantId, row: &AuditRow) -> Result<(), StoreError> {
    sql!("INSERT INTO audit (id, merchant_id, seq, at, actor_kind, actor_id, actor_name, what, subject, before_text, after_text, address, seal) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
        .bind(&row.id)
        .bind(merchant)
        .bind(row.seq)
        .bind(row.at)
        .bind(&row.actor_kind)
        .bind(&row.actor_id)
        .bind(&row.actor_name)
        .bind(&row.what)
        .bind(&row.subject)
        .bind(row.before.clone())
        .bind(row.after.clone())
        .bind(row.address.clone())
        .bind(&row.seal)
        .run(tx)
        .await
        .map(|_| ())
}

/// Rows from the newest on, older than `below` when it is given.
pub(crate) async fn page(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    filter: &AuditFilter,
    below: Option<i64>,
    limit: i64,
) -> Result<Vec<AuditRow>, StoreError> {
    let mut text = SqlBuilder::new(sql_part!(
        "SELECT id, seq, at, actor_kind, actor_id, actor_name, what, subject, before_text, after_text, address, seal FROM audit WHERE "
    ));
    text.push(sql_part!("merchant_id = ?"), [Value::from(merchant)]);
    if let Some(actor) = &filter.actor {
        text.push(sql_part!(" AND actor_id = ?"), [Value::from(actor)]);
    }
    if let Some(what) = &filter.what {
        text.push(sql_part!(" AND what = ?"), [Value::from(what)]);
    }
    if let Some(subject) = &filter.subject {
        text.push(sql_part!(" AND subject = ?"), [Value::from(subject)]);
    }
    if let Some(from) = filter.from {
        text.push(sql_part!(" AND at >= ?"), [Value::from(from)]);
    }
    if let Some(until) = filter.until {
        text.push(sql_part!(" AND at < ?"), [Value::from(until)]);
    }
    if let Some(below) = below {
        text.push(sql_part!(" AND seq < ?"), [Value::from(below)]);
    }
    text.push(sql_part!(" ORDER BY seq DESC LIMIT ?"), [Value::from(limit)]);
    text.finish().all(on).await?.iter().map(entry).collect()
}

/// Rows in the order they were written, for the check of the whole log.
pub(crate) async fn oldest(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    above: i64,
    limit: i64,
) -> Result<Vec<AuditRow>, StoreError> {
    sql!("SELECT id, seq, at, actor_kind, actor_id, actor_name, what, subject, before_text, after_text, address, seal FROM audit WHERE merchant_id = $1 AND seq > $2 ORDER BY seq LIMIT $3")
        .bind(merchant)
        .bind(above)
        .bind(limit)
        .all(on)
        .await?
        .iter()
        .map(entry)
        .collect()
}

/// Which acts the log holds.
pub(crate) async fn words(on: impl Into<On<'_>>, merchant: &MerchantId) -> Result<Vec<String>, StoreError> {
    sql!("SELECT DISTINCT what FROM audit WHERE merchant_id = $1 ORDER BY what")
        .bind(merchant)
        .all(on)
        .await?
        .iter()
        .map(|row| row.get("what"))
        .collect()
}

/// Who acted: id and newest name.
pub(crate) async fn actors(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
) -> Result<Vec<(String, String)>, StoreError> {
    let rows = sql!("SELECT actor_id, MAX(actor_name) AS actor_name FROM audit WHERE merchant_id = $1 GROUP BY actor_id ORDER BY actor_id").bind(merchant).all(on).await?;
    rows.iter()
        .map(|row| Ok((row.get("actor_id")?, row.get("actor_name")?)))
        .collect()
}
