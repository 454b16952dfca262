//! Statements about what is read, how, and of whom a person wants to hear.

use super::unknown;
use crate::model::{NewSource, Report, Settings, Source, SourceKind, SourceState, Tracked};
use sauda_accounts::Scope;
use sauda_store::{On, Row, StoreError, sql};

pub(crate) async fn settings(on: impl Into<On<'_>>, scope: &Scope) -> Result<Option<Settings>, StoreError> {
    let row = sql!(
        "SELECT times, keep_days, archive_days, report, report_minute, told_at, reviews, review_limit, raw_days, live_trends \
         FROM research_settings WHERE merchant_id = $1"
    )
    .bind(scope.merchant())
    .optional(on)
    .await?;
    row.as_ref().map(read_settings).transpose()
}

fn read_settings(row: &Row) -> Result<Settings, StoreError> {
    let times: String = row.get("times")?;
    let report: String = row.get("report")?;
    let minute: i64 = row.get("report_minute")?;
    Ok(Settings {
        times: times
            .split(',')
            .map(|time| time.parse().map_err(|_| unknown("times", time.to_owned())))
            .collect::<Result<_, _>>()?,
        keep_days: row.get("keep_days")?,
        archive_days: row.get("archive_days")?,
        report: Report::parse(&report).ok_or_else(|| unknown("report", report))?,
        report_minute: u32::try_from(minute).map_err(|_| unknown("report_minute", minute.to_string()))?,
        told_at: row.get("told_at")?,
        reviews: row.get("reviews")?,
        review_limit: row.get("review_limit")?,
        raw_days: row.get("raw_days")?,
        live_trends: row.get("live_trends")?,
    })
}

pub(crate) async fn put_settings(
    on: impl Into<On<'_>>,
    scope: &Scope,
    settings: &Settings,
) -> Result<u64, StoreError> {
    let times: Vec<String> = settings.times.iter().map(u32::to_string).collect();
    sql!(
        "INSERT INTO research_settings (merchant_id, times, keep_days, archive_days, report, report_minute, told_at, reviews, \
         review_limit, raw_days, live_trends) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (merchant_id) DO UPDATE SET times = excluded.times, \
         keep_days = excluded.keep_days, archive_days = excluded.archive_days, report = excluded.report, \
         report_minute = excluded.report_minute, told_at = excluded.told_at, reviews = excluded.reviews, \
         review_limit = excluded.review_limit, raw_days = excluded.raw_days, live_trends = excluded.live_trends"
    )
    .bind(scope.merchant())
    .bind(times.join(","))
    .bind(settings.keep_days)
    .bind(settings.archive_days)
    .bind(settings.report.word())
    .bind(settings.report_minute)
    .bind(settings.told_at)
    .bind(settings.reviews)
    .bind(settings.review_limit)
    .bind(settings.raw_days)
    .bind(settings.live_trends)
    .run(on)
    .await
}

fn read(row: &Row) -> Result<Source, StoreError> {
    let kind: String = row.get("kind")?;
    let state: String = row.get("state")?;
    Ok(Source {
        id: row.get("id")?,
        wish: NewSource {
            kind: SourceKind::parse(&kind).ok_or_else(|| unknown("kind", kind))?,
            word: row.get("word")?,
            title: row.get("title")?,
            city_id: row.get("city_id")?,
            pages: row.get("pages")?,
            most: row.get("most")?,
            sellers_of: row.get("sellers_of")?,
        },
        paused: row.get("paused")?,
        from_file: row.get("from_file")?,
        state: SourceState::parse(&state).ok_or_else(|| unknown("state", state))?,
        trouble: row.get("trouble")?,
        begun_at: row.get("begun_at")?,
        next_page: row.get("next_page")?,
        next_card: row.get("next_card")?,
        total: row.get("total")?,
        tries: row.get("tries")?,
        holes: row.get("holes")?,
        tried_at: row.get("tried_at")?,
        read_at: row.get("read_at")?,
    })
}

/// Every source of the merchant, by name.
pub(crate) async fn list(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<Source>, StoreError> {
    sql!(
        "SELECT id, kind, word, title, city_id, pages, most, sellers_of, paused, from_file, state, trouble, begun_at, next_page, \
         next_card, total, tries, holes, tried_at, read_at FROM research_sources WHERE merchant_id = $1 ORDER BY word, id"
    )
    .bind(scope.merchant())
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Adds a source, or changes how deep a known one is read.
pub(crate) async fn put(
    on: impl Into<On<'_>>,
    scope: &Scope,
    wish: &NewSource,
    from_file: bool,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO research_sources (merchant_id, id, kind, word, title, city_id, pages, most, sellers_of, paused, from_file, \
         state, next_page, next_card) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'new', 0, 0) \
         ON CONFLICT (merchant_id, id) DO UPDATE SET title = excluded.title, pages = excluded.pages, most = excluded.most, \
         sellers_of = excluded.sellers_of, from_file = excluded.from_file"
    )
    .bind(scope.merchant())
    .bind(wish.id())
    .bind(wish.kind.word())
    .bind(wish.word.trim())
    .bind(wish.title.trim())
    .bind(&wish.city_id)
    .bind(wish.pages)
    .bind(wish.most)
    .bind(wish.sellers_of)
    .bind(false)
    .bind(from_file)
    .run(on)
    .await
}

pub(crate) async fn pause(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &str,
    paused: bool,
) -> Result<u64, StoreError> {
    sql!("UPDATE research_sources SET paused = $3 WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .bind(paused)
        .run(on)
        .await
}

pub(crate) async fn delete(on: impl Into<On<'_>>, scope: &Scope, id: &str) -> Result<u64, StoreError> {
    sql!("DELETE FROM research_sources WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .run(on)
        .await
}

/// Where the reading of a source stands now.
pub(crate) async fn stand(on: impl Into<On<'_>>, scope: &Scope, source: &Source) -> Result<u64, StoreError> {
    sql!(
        "UPDATE research_sources SET state = $3, trouble = $4, begun_at = $5, next_page = $6, next_card = $7, total = $8, \
         tried_at = $9, read_at = $10, tries = $11, holes = $12 WHERE merchant_id = $1 AND id = $2"
    )
    .bind(scope.merchant())
    .bind(&source.id)
    .bind(source.state.word())
    .bind(source.trouble.as_deref())
    .bind(source.begun_at)
    .bind(source.next_page)
    .bind(source.next_card)
    .bind(source.total)
    .bind(source.tried_at)
    .bind(source.read_at)
    .bind(source.tries)
    .bind(source.holes)
    .run(on)
    .await
}

/// A person wants it read now.
pub(crate) async fn want(on: impl Into<On<'_>>, scope: &Scope, id: Option<&str>) -> Result<u64, StoreError> {
    sql!(
        "UPDATE research_sources SET state = 'reading' WHERE merchant_id = $1 AND (CAST($2 AS TEXT) IS NULL OR id = $2) \
         AND state <> 'reading' AND paused = $3"
    )
    .bind(scope.merchant())
    .bind(id)
    .bind(false)
    .run(on)
    .await
}

pub(crate) async fn tracked(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<Tracked>, StoreError> {
    sql!("SELECT kind, word, title, since, by_name FROM research_tracked WHERE merchant_id = $1 ORDER BY kind, title, word")
        .bind(scope.merchant())
        .all(on)
        .await?
        .iter()
        .map(|row| {
            let kind: String = row.get("kind")?;
            Ok(Tracked {
                is_seller: kind == "seller",
                word: row.get("word")?,
                title: row.get("title")?,
                since: row.get("since")?,
                by: row.get("by_name")?,
            })
        })
        .collect()
}

pub(crate) async fn track(on: impl Into<On<'_>>, scope: &Scope, one: &Tracked) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO research_tracked (merchant_id, kind, word, title, since, by_name) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (merchant_id, kind, word) DO NOTHING"
    )
    .bind(scope.merchant())
    .bind(if one.is_seller { "seller" } else { "card" })
    .bind(&one.word)
    .bind(&one.title)
    .bind(one.since)
    .bind(&one.by)
    .run(on)
    .await
}

pub(crate) async fn untrack(
    on: impl Into<On<'_>>,
    scope: &Scope,
    is_seller: bool,
    word: &str,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM research_tracked WHERE merchant_id = $1 AND kind = $2 AND word = $3")
        .bind(scope.merchant())
        .bind(if is_seller { "seller" } else { "card" })
        .bind(word)
        .run(on)
        .await
}
