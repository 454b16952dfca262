//! Statements about templates. Versions are only added.

use sauda_kernel::{ShopId, Timestamp};
use sauda_store::{On, Row, StoreError, sql};

/// One version of a template, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateText {
    pub key: String,
    /// 0 for the text that stands until a shop writes its own.
    pub version: i64,
    /// Empty for those that stand for what they are about.
    pub name: String,
    pub ru: String,
    pub kk: String,
    pub changed_by: String,
    pub changed_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<TemplateText, StoreError> {
    Ok(TemplateText {
        key: row.get("key")?,
        version: row.get("version")?,
        name: row.get("name")?,
        ru: row.get("ru")?,
        kk: row.get("kk")?,
        changed_by: row.get("changed_by")?,
        changed_at: row.get("changed_at")?,
    })
}

/// The newest version of each template of a shop.
pub(crate) async fn list(on: impl Into<On<'_>>, shop: &ShopId) -> Result<Vec<TemplateText>, StoreError> {
    sql!(
        "SELECT t.key, t.version, t.name, t.ru, t.kk, t.changed_by, t.changed_at FROM message_templates t WHERE t.shop_id = $1 \
         AND t.version = (SELECT MAX(n.version) FROM message_templates n WHERE n.shop_id = t.shop_id AND n.key = t.key) ORDER BY t.key"
    )
    .bind(shop)
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Keeps a version; 0 when somebody kept it first.
pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    text: &TemplateText,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO message_templates (shop_id, key, version, name, ru, kk, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (shop_id, key, version) DO NOTHING"
    )
    .bind(shop)
    .bind(&text.key)
    .bind(text.version)
    .bind(&text.name)
    .bind(&text.ru)
    .bind(&text.kk)
    .bind(&text.changed_by)
    .bind(now)
    .run(on)
    .await
}
