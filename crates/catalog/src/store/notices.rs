//! Statements about what people are told.

use crate::{
    model::{NewNotice, Notice, Tone},
    store::unknown,
};
use sauda_accounts::Scope;
use sauda_kernel::{NoticeId, ShopId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, sql, sql_part};

fn read(row: &Row) -> Result<Notice, StoreError> {
    let tone: String = row.get("tone")?;
    let args: String = row.get("args")?;
    Ok(Notice {
        id: row.get("id")?,
        shop: row.get("shop_id")?,
        word: row.get("word")?,
        subject: row.get("subject")?,
        args: serde_json::from_str(&args).map_err(|_| unknown("args", args))?,
        tone: Tone::parse(&tone).ok_or_else(|| unknown("tone", tone))?,
        link: row.get("link")?,
        times: row.get("times")?,
        created_at: row.get("created_at")?,
        last_at: row.get("last_at")?,
    })
}

pub(crate) async fn raise(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &NoticeId,
    new: &NewNotice,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let args = serde_json::to_string(&new.args).unwrap_or_else(|_| "{}".to_owned());
    sql!(
        "INSERT INTO notices (id, merchant_id, shop_id, word, subject, args, tone, link, times, created_at, last_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9) \
         ON CONFLICT (merchant_id, word, subject) WHERE resolved_at IS NULL \
         DO UPDATE SET times = notices.times + 1, last_at = excluded.last_at, args = excluded.args, tone = excluded.tone"
    )
    .bind(id)
    .bind(scope.merchant())
    .bind(new.shop.as_ref())
    .bind(new.word)
    .bind(&new.subject)
    .bind(args)
    .bind(new.tone.word())
    .bind(new.link.as_deref())
    .bind(now)
    .run(on)
    .await
}

pub(crate) async fn resolve(
    on: impl Into<On<'_>>,
    scope: &Scope,
    word: &str,
    subject: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE notices SET resolved_at = $4 WHERE merchant_id = $1 AND word = $2 AND subject = $3 AND resolved_at IS NULL")
        .bind(scope.merchant())
        .bind(word)
        .bind(subject)
        .bind(now)
        .run(on)
        .await
}

pub(crate) async fn resolve_all(
    on: impl Into<On<'_>>,
    scope: &Scope,
    words: &[&str],
    subjects: &[String],
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("UPDATE notices SET "));
    builder.push(
        sql_part!("resolved_at = ? WHERE merchant_id = ? AND resolved_at IS NULL AND word IN "),
        [now.into(), scope.merchant().into()],
    );
    builder.push_list(words.iter().map(|word| Value::from(*word)));
    builder.push(sql_part!(" AND subject IN "), []);
    builder.push_list(subjects.iter().map(Value::from));
    builder.finish().run(on).await
}

/// A person puts a notice away: for good, or until a time.
pub(crate) async fn put_away(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &NoticeId,
    until: Option<Timestamp>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    match until {
        Some(until) => {
            sql!("UPDATE notices SET snoozed_until = $3 WHERE merchant_id = $1 AND id = $2")
                .bind(scope.merchant())
                .bind(id)
                .bind(until)
                .run(on)
                .await
        }
        None => {
            sql!("UPDATE notices SET resolved_at = $3 WHERE merchant_id = $1 AND id = $2")
                .bind(scope.merchant())
                .bind(id)
                .bind(now)
                .run(on)
                .await
        }
    }
}

/// Open notices of a shop and of no shop, worst first, then newest.
pub(crate) async fn open(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: Option<&ShopId>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Notice>, StoreError> {
    sql!(
        "SELECT id, shop_id, word, subject, args, tone, link, times, created_at, last_at FROM notices \
         WHERE merchant_id = $1 AND resolved_at IS NULL AND (snoozed_until IS NULL OR snoozed_until <= $3) \
         AND (CAST($2 AS TEXT) IS NULL OR shop_id IS NULL OR shop_id = $2) \
         ORDER BY CASE tone WHEN 'bad' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END, last_at DESC, id LIMIT $4"
    )
    .bind(scope.merchant())
    .bind(shop)
    .bind(now)
    .bind(limit)
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Notices of a shop and of no shop that spoke since a moment, mended or not, worst first, then newest.
pub(crate) async fn since(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: Option<&ShopId>,
    from: Timestamp,
    limit: i64,
) -> Result<Vec<Notice>, StoreError> {
    sql!(
        "SELECT id, shop_id, word, subject, args, tone, link, times, created_at, last_at FROM notices \
         WHERE merchant_id = $1 AND last_at >= $3 AND (CAST($2 AS TEXT) IS NULL OR shop_id IS NULL OR shop_id = $2) \
         ORDER BY CASE tone WHEN 'bad' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END, last_at DESC, id LIMIT $4"
    )
    .bind(scope.merchant())
    .bind(shop)
    .bind(from)
    .bind(limit)
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Open notices of a shop and of no shop that are put off at a moment, with when they come back.
pub(crate) async fn put_off(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    now: Timestamp,
) -> Result<Vec<(Notice, Timestamp)>, StoreError> {
    sql!(
        "SELECT id, shop_id, word, subject, args, tone, link, times, created_at, last_at, snoozed_until FROM notices \
         WHERE merchant_id = $1 AND resolved_at IS NULL AND snoozed_until > $3 AND (shop_id IS NULL OR shop_id = $2) \
         ORDER BY snoozed_until, id LIMIT 100"
    )
    .bind(scope.merchant())
    .bind(shop)
    .bind(now)
    .all(on)
    .await?
    .iter()
    .map(|row| Ok((read(row)?, row.get("snoozed_until")?)))
    .collect()
}

/// A notice that was put off is open again.
pub(crate) async fn bring_back(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &NoticeId,
) -> Result<u64, StoreError> {
    sql!("UPDATE notices SET snoozed_until = NULL WHERE merchant_id = $1 AND id = $2 AND resolved_at IS NULL")
        .bind(scope.merchant())
        .bind(id)
        .run(on)
        .await
}
