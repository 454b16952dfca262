//! Statements about reviews of own cards, and about interest in searches.

use super::unknown;
use crate::{
    model::{KeptReview, TrendPoint},
    sentiment::Tone,
};
use sauda_accounts::Scope;
use sauda_kernel::Timestamp;
use sauda_store::{On, Row, StoreError, Tx, insert_rows, sql, sql_part};

/// When each card was read last.
pub(crate) async fn read_at(
    on: impl Into<On<'_>>,
    scope: &Scope,
) -> Result<Vec<(String, Timestamp)>, StoreError> {
    sql!("SELECT card, read_at FROM research_review_cards WHERE merchant_id = $1")
        .bind(scope.merchant())
        .all(on)
        .await?
        .iter()
        .map(|row| Ok((row.get("card")?, row.get("read_at")?)))
        .collect()
}

/// What a card's reviews are worth in sum.
#[derive(Debug, Clone)]
pub(crate) struct CardSum<'a> {
    pub card: &'a str,
    pub title: &'a str,
    pub rating_milli: Option<i64>,
    pub total: Option<i64>,
}

pub(crate) async fn put_card(
    on: impl Into<On<'_>>,
    scope: &Scope,
    one: &CardSum<'_>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO research_review_cards (merchant_id, card, title, rating_milli, total, read_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (merchant_id, card) DO UPDATE SET title = excluded.title, rating_milli = excluded.rating_milli, \
         total = excluded.total, read_at = excluded.read_at"
    )
    .bind(scope.merchant())
    .bind(one.card)
    .bind(one.title)
    .bind(one.rating_milli)
    .bind(one.total)
    .bind(now)
    .run(on)
    .await
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
        ]
    });
    insert_rows(
        sql_part!(
            "INSERT INTO research_reviews (merchant_id, card, id, at, stars, text, seller, tone, positive, aspects, read_at) VALUES "
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

/// Newest reviews, of one tone or of every one.
pub(crate) async fn list(
    on: impl Into<On<'_>>,
    scope: &Scope,
    tone: Option<Tone>,
    limit: i64,
) -> Result<Vec<KeptReview>, StoreError> {
    sql!(
        "SELECT r.card, c.title, r.id, r.at, r.stars, r.text, r.seller, r.tone, r.positive, r.aspects, r.read_at \
         FROM research_reviews r JOIN research_review_cards c ON c.merchant_id = r.merchant_id AND c.card = r.card \
         WHERE r.merchant_id = $1 AND (CAST($2 AS TEXT) IS NULL OR r.tone = $2) ORDER BY r.at DESC NULLS LAST, r.id LIMIT $3"
    )
    .bind(scope.merchant())
    .bind(tone.map(Tone::word))
    .bind(limit)
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// How many reviews have each tone.
pub(crate) async fn counts(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<(Tone, i64)>, StoreError> {
    sql!("SELECT tone, COUNT(*) AS count FROM research_reviews WHERE merchant_id = $1 GROUP BY tone ORDER BY tone")
        .bind(scope.merchant())
        .all(on)
        .await?
        .iter()
        .map(|row| {
            let tone: String = row.get("tone")?;
            Ok((Tone::parse(&tone).ok_or_else(|| unknown("tone", tone))?, row.get("count")?))
        })
        .collect()
}

pub(crate) async fn put_trends(
    tx: &mut Tx,
    scope: &Scope,
    points: &[TrendPoint],
    now: Timestamp,
) -> Result<(), StoreError> {
    for part in points.chunks(200) {
        let values = part.iter().map(|point| {
            vec![
                scope.merchant().into(),
                (&point.query).into(),
                point.day.into(),
                point.value.into(),
                now.into(),
            ]
        });
        insert_rows(
            sql_part!("INSERT INTO research_trends (merchant_id, query, day, value, file_at) VALUES "),
            values.collect(),
            sql_part!(
                "ON CONFLICT (merchant_id, query, day) DO UPDATE SET value = excluded.value, file_at = excluded.file_at"
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
