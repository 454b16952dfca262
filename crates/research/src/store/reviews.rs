//! Statements about reviews of own cards, and about interest in searches.

use super::unknown;
use crate::{
    model::{KeptReview, TrendPoint},
    sentiment::Tone,
};
use sauda_accounts::Scope;
use sauda_kernel::Timestamp;
use sauda_store::{Db, On, Row, SqlBuilder, StoreError, Tx, insert_rows, sql, sql_part};
use std::collections::HashMap;

/// How far the reading of a card's reviews came.
#[derive(Debug, Clone)]
pub(crate) struct CardStand {
    pub read_at: Timestamp,
    /// Page to go on with; nothing when none is left.
    pub next_page: Option<i64>,
    /// They were read through once.
    pub is_full: bool,
}

pub(crate) async fn stands(
    on: impl Into<On<'_>>,
    scope: &Scope,
) -> Result<HashMap<String, CardStand>, StoreError> {
    sql!("SELECT card, read_at, next_page, is_full FROM research_review_cards WHERE merchant_id = $1")
        .bind(scope.merchant())
        .all(on)
        .await?
        .iter()
        .map(|row| {
            Ok((
                row.get("card")?,
                CardStand {
                    read_at: row.get("read_at")?,
                    next_page: row.get("next_page")?,
                    is_full: row.get("is_full")?,
                },
            ))
        })
        .collect()
}

/// What a card's reviews are worth in sum, and how far they are read.
#[derive(Debug, Clone)]
pub(crate) struct CardSum<'a> {
    pub card: &'a str,
    pub title: &'a str,
    pub rating_milli: Option<i64>,
    pub total: Option<i64>,
    pub next_page: Option<i64>,
    pub is_full: bool,
}

pub(crate) async fn put_card(
    on: impl Into<On<'_>>,
    scope: &Scope,
    one: &CardSum<'_>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO research_review_cards (merchant_id, card, title, rating_milli, total, read_at, next_page, is_full) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (merchant_id, card) DO UPDATE SET title = excluded.title, \
         rating_milli = excluded.rating_milli, total = excluded.total, read_at = excluded.read_at, \
         next_page = excluded.next_page, is_full = excluded.is_full"
    )
    .bind(scope.merchant())
    .bind(one.card)
    .bind(one.title)
    .bind(one.rating_milli)
    .bind(one.total)
    .bind(now)
    .bind(one.next_page)
    .bind(one.is_full)
    .run(on)
    .await
}

/// Words as they are searched for: small letters, `ё` as `е`, one space between words.
pub(crate) fn folded(text: &str) -> String {
    text.to_lowercase()
        .replace('\u{451}', "\u{435}")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Folds words of reviews that came before words were folded.
pub(crate) async fn fold_some(db: &Db, scope: &Scope, most: i64) -> Result<(), StoreError> {
    let rows =
        sql!("SELECT card, id, text FROM research_reviews WHERE merchant_id = $1 AND fold IS NULL LIMIT $2")
            .bind(scope.merchant())
            .bind(most)
            .all(db)
            .await?;
    if rows.is_empty() {
        return Ok(());
    }
    let mut tx = db.write().await?;
    for row in rows {
        let (card, id, text): (String, String, String) = (row.get("card")?, row.get("id")?, row.get("text")?);
        sql!("UPDATE research_reviews SET fold = $4 WHERE merchant_id = $1 AND card = $2 AND id = $3")
            .bind(scope.merchant())
            .bind(card)
            .bind(id)
            .bind(folded(&text))
            .run(&mut tx)
            .await?;
    }
    tx.commit().await
}

/// Adds reviews that are not known yet; how many those are.
pub(crate) async fn add(tx: &mut Tx, scope: &Scope, reviews: &[KeptReview]) -> Result<u64, StoreError> {
    if reviews.is_empty() {
        return Ok(0);
    }
    let values = reviews.iter().map(|one| {
        let aspects: std::collections::BTreeMap<&str, &str> = one
            .aspects
            .iter()
            .map(|(aspect, tone)| (aspect.as_str(), tone.as_str()))
            .collect();
        vec![
            scope.merchant().into(),
            (&one.card).into(),
            (&one.id).into(),
            one.at.into(),
            one.stars.into(),
            (&one.text).into(),
            one.seller.clone().into(),
            one.tone.word().into(),
            one.positive_milli.into(),
            serde_json::to_string(&aspects).unwrap_or_default().into(),
            one.read_at.into(),
            folded(&one.text).into(),
        ]
    });
    insert_rows(
        sql_part!(
            "INSERT INTO research_reviews (merchant_id, card, id, at, stars, text, seller, tone, positive, aspects, read_at, fold) VALUES "
        ),
        values.collect(),
        sql_part!("ON CONFLICT (merchant_id, card, id) DO NOTHING"),
    )
    .run(tx)
    .await
}

fn read(row: &Row) -> Result<KeptReview, StoreError> {
    let tone: String = row.get("tone")?;
    let aspects: String = row.get("aspects")?;
    let told: std::collections::BTreeMap<String, String> =
        serde_json::from_str(&aspects).map_err(|_| unknown("aspects", aspects))?;
    Ok(KeptReview {
        card: row.get("card")?,
        title: row.get("title")?,
        id: row.get("id")?,
        at: row.get("at")?,
        stars: row.get("stars")?,
        text: row.get("text")?,
        seller: row.get("seller")?,
        tone: Tone::parse(&tone).ok_or_else(|| unknown("tone", tone))?,
        positive_milli: row.get("positive")?,
        aspects: told.into_iter().collect(),
        read_at: row.get("read_at")?,
    })
}

/// Which reviews are wanted.
#[derive(Debug, Clone, Default)]
pub struct ReviewFilter {
    pub tone: Option<Tone>,
    /// 1 to 5.
    pub stars: Option<i64>,
    pub card: Option<String>,
    /// Words that stand in the review, in any spelling of small and large letters.
    pub words: String,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Only those that come after this one in the list: its day and id.
    pub after: Option<(Option<Timestamp>, String)>,
}

/// Puts the wishes of a filter behind a statement; the tone apart, so that tones can be counted.
fn narrow(query: &mut SqlBuilder, filter: &ReviewFilter) {
    if let Some(stars) = filter.stars {
        query.push(sql_part!(" AND r.stars = ?"), [stars.into()]);
    }
    if let Some(card) = &filter.card {
        query.push(sql_part!(" AND r.card = ?"), [card.into()]);
    }
    if let Some(from) = filter.from {
        query.push(sql_part!(" AND r.at >= ?"), [from.into()]);
    }
    for word in folded(&filter.words)
        .split(' ')
        .filter(|word| !word.is_empty())
        .take(8)
    {
        let escaped = word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        query.push(
            sql_part!(" AND r.fold LIKE ? ESCAPE '!'"),
            [format!("%{escaped}%").into()],
        );
    }
}

/// Newest reviews; those without a day last.
pub(crate) async fn list(
    on: impl Into<On<'_>>,
    scope: &Scope,
    filter: &ReviewFilter,
    limit: i64,
) -> Result<Vec<KeptReview>, StoreError> {
    let mut query = SqlBuilder::new(sql_part!(
        "SELECT r.card, c.title, r.id, r.at, r.stars, r.text, r.seller, r.tone, r.positive, r.aspects, r.read_at \
         FROM research_reviews r JOIN research_review_cards c ON c.merchant_id = r.merchant_id AND c.card = r.card \
         WHERE r.merchant_id = "
    ));
    query.push(sql_part!("?"), [scope.merchant().into()]);
    narrow(&mut query, filter);
    if let Some(tone) = filter.tone {
        query.push(sql_part!(" AND r.tone = ?"), [tone.word().into()]);
    }
    match &filter.after {
        Some((Some(at), id)) => {
            query.push(
                sql_part!(" AND (r.at < ? OR (r.at = ? AND r.id > ?) OR r.at IS NULL)"),
                [(*at).into(), (*at).into(), id.into()],
            );
        }
        Some((None, id)) => {
            query.push(sql_part!(" AND r.at IS NULL AND r.id > ?"), [id.into()]);
        }
        None => {}
    }
    query.push(
        sql_part!(" ORDER BY r.at DESC NULLS LAST, r.id LIMIT ?"),
        [limit.into()],
    );
    query.finish().all(on).await?.iter().map(read).collect()
}

/// How many reviews have each tone, whatever tone the filter wants.
pub(crate) async fn counts(
    on: impl Into<On<'_>>,
    scope: &Scope,
    filter: &ReviewFilter,
) -> Result<Vec<(Tone, i64)>, StoreError> {
    let mut query = SqlBuilder::new(sql_part!(
        "SELECT r.tone, COUNT(*) AS count FROM research_reviews r WHERE r.merchant_id = "
    ));
    query.push(sql_part!("?"), [scope.merchant().into()]);
    narrow(&mut query, filter);
    query.push(sql_part!(" GROUP BY r.tone ORDER BY r.tone"), []);
    query
        .finish()
        .all(on)
        .await?
        .iter()
        .map(|row| {
            let tone: String = row.get("tone")?;
            Ok((
                Tone::parse(&tone).ok_or_else(|| unknown("tone", tone))?,
                row.get("count")?,
            ))
        })
        .collect()
}

/// Reviews of each day since a moment, oldest first: day, how many, how many of them with one or two stars.
pub(crate) async fn by_day(
    on: impl Into<On<'_>>,
    scope: &Scope,
    filter: &ReviewFilter,
    from: Timestamp,
) -> Result<Vec<(Timestamp, i64, i64)>, StoreError> {
    let mut query = SqlBuilder::new(sql_part!(
        "SELECT r.at, COUNT(*) AS count, CAST(SUM(CASE WHEN r.stars <= 2 THEN 1 ELSE 0 END) AS BIGINT) AS bad \
         FROM research_reviews r WHERE r.merchant_id = "
    ));
    query.push(
        sql_part!("? AND r.at >= ?"),
        [scope.merchant().into(), from.into()],
    );
    narrow(&mut query, filter);
    if let Some(tone) = filter.tone {
        query.push(sql_part!(" AND r.tone = ?"), [tone.word().into()]);
    }
    query.push(sql_part!(" GROUP BY r.at ORDER BY r.at"), []);
    query
        .finish()
        .all(on)
        .await?
        .iter()
        .map(|row| Ok((row.get("at")?, row.get("count")?, row.get("bad")?)))
        .collect()
}

/// Cards whose reviews are read: card, title, promised, kept.
pub(crate) async fn cards(
    on: impl Into<On<'_>>,
    scope: &Scope,
) -> Result<Vec<crate::model::ReviewedCard>, StoreError> {
    sql!(
        "SELECT c.card, c.title, c.rating_milli, c.total, c.next_page, COUNT(r.id) AS kept FROM research_review_cards c \
         LEFT JOIN research_reviews r ON r.merchant_id = c.merchant_id AND r.card = c.card WHERE c.merchant_id = $1 \
         GROUP BY c.card, c.title, c.rating_milli, c.total, c.next_page ORDER BY c.title, c.card"
    )
    .bind(scope.merchant())
    .all(on)
    .await?
    .iter()
    .map(|row| {
        let next_page: Option<i64> = row.get("next_page")?;
        Ok(crate::model::ReviewedCard {
            card: row.get("card")?,
            title: row.get("title")?,
            rating_milli: row.get("rating_milli")?,
            total: row.get("total")?,
            kept: row.get("kept")?,
            is_reading: next_page.is_some(),
        })
    })
    .collect()
}

pub(crate) async fn put_trends(
    tx: &mut Tx,
    scope: &Scope,
    points: &[TrendPoint],
    now: Timestamp,
    origin: &str,
) -> Result<(), StoreError> {
    for part in points.chunks(200) {
        let values = part.iter().map(|point| {
            vec![
                scope.merchant().into(),
                (&point.query).into(),
                point.day.into(),
                point.value.into(),
                now.into(),
                origin.into(),
            ]
        });
        insert_rows(
            sql_part!("INSERT INTO research_trends (merchant_id, query, day, value, file_at, origin) VALUES "),
            values.collect(),
            sql_part!(
                "ON CONFLICT (merchant_id, query, day) DO UPDATE SET value = excluded.value, file_at = excluded.file_at, \
                 origin = excluded.origin"
            ),
        )
        .run(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Forgets a query before a newer file of it comes: values of two files are not comparable.
pub(crate) async fn forget_trend(
    on: impl Into<On<'_>>,
    scope: &Scope,
    query: &str,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM research_trends WHERE merchant_id = $1 AND query = $2")
        .bind(scope.merchant())
        .bind(query)
        .run(on)
        .await
}

pub(crate) async fn trends(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<TrendPoint>, StoreError> {
    sql!("SELECT query, day, value FROM research_trends WHERE merchant_id = $1 ORDER BY query, day")
        .bind(scope.merchant())
        .all(on)
        .await?
        .iter()
        .map(|row| {
            Ok(TrendPoint {
                query: row.get("query")?,
                day: row.get("day")?,
                value: row.get("value")?,
            })
        })
        .collect()
}
