//! Statements about what buyers send back.

use crate::{
    model::{Condition, ReturnDocument, ReturnMark, ReturnView, Returned},
    store::unknown,
};
use sauda_accounts::Scope;
use sauda_kernel::{MerchantId, ReturnId, ShopId, Timestamp};
use sauda_market::RefundTab;
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, sql, sql_part};

/// Stands for "until no moment" in the order of rows: after every moment.
const NEVER: i64 = i64::MAX;

/// Which returns a list shows, and from where on.
#[derive(Debug, Clone, Default)]
pub struct ReturnFilter {
    pub view: ReturnView,
    /// Words that the number, order, article, buyer or reason must have.
    pub search: Option<String>,
    pub after: Option<(Timestamp, ReturnId)>,
    /// 1 to 1 000.
    pub limit: i64,
}

/// How far the reading of a shop's returns is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnReading {
    pub merchant: MerchantId,
    pub shop: ShopId,
    pub read_at: Option<Timestamp>,
    pub trouble: Option<String>,
}

fn head() -> SqlBuilder {
    SqlBuilder::new(sql_part!(
        "SELECT id, shop_id, market_id, number, order_code, tab, until_at, document, first_at, seen_at, details_at, mark, marked_by, marked_at, goods FROM returns WHERE "
    ))
}

fn read(row: &Row) -> Result<Returned, StoreError> {
    let (tab, mark, document): (String, String, String) =
        (row.get("tab")?, row.get("mark")?, row.get("document")?);
    Ok(Returned {
        id: row.get("id")?,
        shop: row.get("shop_id")?,
        market_id: row.get("market_id")?,
        number: row.get("number")?,
        order_code: row.get("order_code")?,
        tab: RefundTab::parse(&tab).ok_or_else(|| unknown("tab", tab))?,
        until_at: row.get("until_at")?,
        document: serde_json::from_str::<ReturnDocument>(&document)
            .map_err(|_| unknown("document", document))?,
        first_at: row.get("first_at")?,
        seen_at: row.get("seen_at")?,
        details_at: row.get("details_at")?,
        mark: ReturnMark::parse(&mark).ok_or_else(|| unknown("mark", mark))?,
        marked_by: row.get("marked_by")?,
        marked_at: row.get("marked_at")?,
        condition: row
            .get::<Option<String>>("goods")?
            .and_then(|word| Condition::parse(&word)),
    })
}

pub(crate) async fn by_market_ids(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    ids: &[&str],
) -> Result<Vec<Returned>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!("shop_id = ? AND market_id IN "), [shop.into()]);
    builder.push_list(ids.iter().map(|id| Value::from(*id)));
    builder.finish().all(on).await?.iter().map(read).collect()
}

pub(crate) async fn find(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    id: &ReturnId,
) -> Result<Option<Returned>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!("shop_id = ? AND id = ?"), [shop.into(), id.into()]);
    builder
        .finish()
        .lasting()
        .optional(on)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Returns of an order, the newest first.
pub(crate) async fn of_order(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    code: &str,
) -> Result<Vec<Returned>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("shop_id = ? AND order_code = ? ORDER BY first_at DESC, id"),
        [shop.into(), code.into()],
    );
    builder
        .finish()
        .lasting()
        .all(on)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// One page, what has to be done first at the top.
pub(crate) async fn list(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    filter: &ReturnFilter,
) -> Result<Vec<Returned>, StoreError> {
    let mut builder = head();
    narrow(&mut builder, shop, filter);
    if let Some((until, id)) = &filter.after {
        builder.push(
            sql_part!(
                " AND (COALESCE(until_at, CAST(? AS BIGINT)) > ? OR (COALESCE(until_at, CAST(? AS BIGINT)) = ? AND id < ?))"
            ),
            [
                NEVER.into(),
                (*until).into(),
                NEVER.into(),
                (*until).into(),
                id.into(),
            ],
        );
    }
    builder.push(
        sql_part!(" ORDER BY COALESCE(until_at, CAST(? AS BIGINT)), id DESC LIMIT ?"),
        [NEVER.into(), filter.limit.into()],
    );
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// Where a list goes on after a row.
pub(crate) fn cursor(row: &Returned) -> (Timestamp, ReturnId) {
    (
        row.until_at.unwrap_or(Timestamp::from_micros(NEVER)),
        row.id.clone(),
    )
}

fn narrow(builder: &mut SqlBuilder, shop: &ShopId, filter: &ReturnFilter) {
    builder.push(sql_part!("shop_id = ?"), [shop.into()]);
    if filter.view != ReturnView::All {
        // (tab, mark) pairs that the view shows, so that the rule stands in one place.
        builder.push(sql_part!(" AND (1 = 0"), []);
        for tab in RefundTab::ALL {
            for mark in ReturnMark::ALL {
                if filter.view.shows(tab, mark) {
                    builder.push(
                        sql_part!(" OR (tab = ? AND mark = ?)"),
                        [tab.word().into(), mark.word().into()],
                    );
                }
            }
        }
        builder.push(sql_part!(")"), []);
    }
    for word in sauda_catalog::fold(&[filter.search.as_deref().unwrap_or_default()])
        .split(' ')
        .filter(|word| !word.is_empty())
    {
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        builder.push(
            sql_part!(" AND fold LIKE ? ESCAPE '\\'"),
            [Value::from(format!("%{escaped}%"))],
        );
    }
}

/// How many returns stand where, by tab and mark.
pub(crate) async fn counts(
    on: impl Into<On<'_>>,
    shop: &ShopId,
) -> Result<Vec<(RefundTab, ReturnMark, i64)>, StoreError> {
    let rows = sql!(
        "SELECT tab, mark, COUNT(*) AS n FROM returns WHERE shop_id = $1 GROUP BY tab, mark ORDER BY tab, mark"
    )
    .bind(shop)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            let (tab, mark): (String, String) = (row.get("tab")?, row.get("mark")?);
            Ok((
                RefundTab::parse(&tab).ok_or_else(|| unknown("tab", tab))?,
                ReturnMark::parse(&mark).ok_or_else(|| unknown("mark", mark))?,
                row.get("n")?,
            ))
        })
        .collect()
}

/// Why goods were sent back since a moment. A return that was over when it was first read came long before: it counts from the
/// end of its order, and not at all where that is unknown.
pub(crate) async fn reasons(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    since: Timestamp,
) -> Result<Vec<String>, StoreError> {
    let rows = sql!(
        "SELECT r.document FROM returns r LEFT JOIN orders o ON o.shop_id = r.shop_id AND o.code = r.order_code \
         WHERE r.shop_id = $1 AND r.first_at >= $2 AND (r.tab <> 'closed' OR o.ended_at >= $2)"
    )
    .bind(shop)
    .bind(since)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            let text: String = row.get("document")?;
            let document: ReturnDocument =
                serde_json::from_str(&text).map_err(|_| unknown("document", text))?;
            Ok(document.reason.unwrap_or_default())
        })
        .collect()
}

/// Keeps what the marketplace tells of a return; what people did with it stays.
pub(crate) async fn keep(
    on: impl Into<On<'_>>,
    scope: &Scope,
    row: &Returned,
    fold: &str,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO returns (id, merchant_id, shop_id, market_id, number, order_code, tab, until_at, document, fold, first_at, seen_at, details_at, mark, marked_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'none', '') \
         ON CONFLICT (shop_id, market_id) DO UPDATE SET number = excluded.number, order_code = excluded.order_code, tab = excluded.tab, \
         until_at = excluded.until_at, document = excluded.document, fold = excluded.fold, seen_at = excluded.seen_at, details_at = excluded.details_at"
    )
    .bind(&row.id)
    .bind(scope.merchant())
    .bind(&row.shop)
    .bind(&row.market_id)
    .bind(&row.number)
    .bind(&row.order_code)
    .bind(row.tab.word())
    .bind(row.until_at)
    .bind(serde_json::to_string(&row.document).unwrap_or_default())
    .bind(fold)
    .bind(row.first_at)
    .bind(row.seen_at)
    .bind(row.details_at)
    .run(on)
    .await
}

/// Notes what somebody did; 0 when another was faster.
pub(crate) async fn mark(
    on: impl Into<On<'_>>,
    row: &Returned,
    mark: ReturnMark,
    by: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE returns SET mark = $3, marked_by = $4, marked_at = $5 WHERE id = $1 AND mark = $2")
        .bind(&row.id)
        .bind(row.mark.word())
        .bind(mark.word())
        .bind(by)
        .bind(now)
        .run(on)
        .await
}

/// Notes in what condition the goods of a return came back; 0 when nobody has them any more.
pub(crate) async fn note_goods(
    on: impl Into<On<'_>>,
    row: &Returned,
    condition: Condition,
) -> Result<u64, StoreError> {
    sql!("UPDATE returns SET goods = $2 WHERE id = $1 AND mark <> 'none'")
        .bind(&row.id)
        .bind(condition.word())
        .run(on)
        .await
}

/// Begins to read a shop's returns; nothing when that has begun.
pub(crate) async fn begin(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    shop: &ShopId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO return_reading (shop_id, merchant_id, next_at) VALUES ($1, $2, $3) ON CONFLICT (shop_id) DO NOTHING"
    )
    .bind(shop)
    .bind(merchant)
    .bind(now)
    .run(on)
    .await
}

/// Reads them now.
pub(crate) async fn hurry(on: impl Into<On<'_>>, shop: &ShopId, now: Timestamp) -> Result<u64, StoreError> {
    sql!("UPDATE return_reading SET next_at = $2 WHERE shop_id = $1")
        .bind(shop)
        .bind(now)
        .run(on)
        .await
}

pub(crate) async fn reading(
    on: impl Into<On<'_>>,
    shop: &ShopId,
) -> Result<Option<ReturnReading>, StoreError> {
    sql!("SELECT merchant_id, shop_id, read_at, trouble FROM return_reading WHERE shop_id = $1")
        .bind(shop)
        .optional(on)
        .await?
        .as_ref()
        .map(reading_of)
        .transpose()
}

/// Shops whose returns are to be read.
pub(crate) async fn due(on: impl Into<On<'_>>, now: Timestamp) -> Result<Vec<ReturnReading>, StoreError> {
    sql!(
        "SELECT merchant_id, shop_id, read_at, trouble FROM return_reading WHERE next_at <= $1 ORDER BY next_at, shop_id LIMIT 100"
    )
    .bind(now)
    .all(on)
    .await?
    .iter()
    .map(reading_of)
    .collect()
}

fn reading_of(row: &Row) -> Result<ReturnReading, StoreError> {
    Ok(ReturnReading {
        merchant: row.get("merchant_id")?,
        shop: row.get("shop_id")?,
        read_at: row.get("read_at")?,
        trouble: row.get("trouble")?,
    })
}

/// A reading went well, or did not.
pub(crate) async fn read_until(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    read_at: Option<Timestamp>,
    trouble: Option<&str>,
    next_at: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE return_reading SET read_at = COALESCE($2, read_at), trouble = $3, next_at = $4 WHERE shop_id = $1"
    )
    .bind(shop)
    .bind(read_at)
    .bind(trouble)
    .bind(next_at)
    .run(on)
    .await
}

/// The shop has no cabinet any more.
pub(crate) async fn end(on: impl Into<On<'_>>, shop: &ShopId) -> Result<u64, StoreError> {
    sql!("DELETE FROM return_reading WHERE shop_id = $1")
        .bind(shop)
        .run(on)
        .await
}
