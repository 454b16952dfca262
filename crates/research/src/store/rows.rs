//! Statements about snapshots: rows, sellers, sums, archives.

use crate::model::{SellerRow, ShelfRow, Snapshot};
use sauda_accounts::Scope;
use sauda_kernel::Timestamp;
use sauda_store::{On, Row, StoreError, Tx, Value, insert_rows, sql, sql_part};

/// Adds what one page showed; a card that moved meanwhile keeps its first place.
pub(crate) async fn add(
    tx: &mut Tx,
    scope: &Scope,
    source: &str,
    at: Timestamp,
    rows: &[ShelfRow],
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let day = at.local_midnight();
    let head = |source: &str| -> Vec<Value> { vec![scope.merchant().into(), source.into()] };
    let shelf = rows.iter().map(|row| {
        let mut values = head(source);
        values.extend([
            day.into(),
            at.into(),
            (&row.card).into(),
            row.place.into(),
            row.price.into(),
            row.rating_milli.into(),
            row.reviews.into(),
        ]);
        values
    });
    insert_rows(
        sql_part!(
            "INSERT INTO research_rows (merchant_id, source_id, day, at, card, place, price, rating_milli, reviews) VALUES "
        ),
        shelf.collect(),
        sql_part!("ON CONFLICT (merchant_id, source_id, day, at, card) DO NOTHING"),
    )
    .run(&mut *tx)
    .await?;
    let mut seen = std::collections::BTreeSet::new();
    let cards = rows.iter().filter(|row| seen.insert(&row.card)).map(|row| {
        let mut values = head(source);
        values.extend([
            (&row.card).into(),
            (&row.title).into(),
            row.brand.clone().into(),
            row.url.clone().into(),
            at.into(),
            at.into(),
        ]);
        values
    });
    insert_rows(
        sql_part!(
            "INSERT INTO research_cards (merchant_id, source_id, card, title, brand, url, first_at, last_at) VALUES "
        ),
        cards.collect(),
        sql_part!(
            "ON CONFLICT (merchant_id, source_id, card) DO UPDATE SET title = excluded.title, brand = excluded.brand, \
             url = excluded.url, last_at = excluded.last_at"
        ),
    )
    .run(&mut *tx)
    .await?;
    Ok(())
}

fn shelf_row(row: &Row) -> Result<ShelfRow, StoreError> {
    Ok(ShelfRow {
        card: row.get("card")?,
        title: row.get("title")?,
        brand: row.get("brand")?,
        url: row.get("url")?,
        place: row.get("place")?,
        price: row.get("price")?,
        rating_milli: row.get("rating_milli")?,
        reviews: row.get("reviews")?,
        first_at: row.get("first_at")?,
    })
}

fn seller_row(row: &Row) -> Result<SellerRow, StoreError> {
    Ok(SellerRow {
        card: row.get("card")?,
        seller: row.get("seller")?,
        name: row.get("name")?,
        price: row.get("price")?,
        place: row.get("place")?,
    })
}

fn snapshot(row: &Row) -> Result<Snapshot, StoreError> {
    Ok(Snapshot {
        at: row.get("at")?,
        cards: row.get("cards")?,
        total: row.get("total")?,
        is_whole: row.get("is_whole")?,
        low: row.get("low")?,
        middle: row.get("middle")?,
        high: row.get("high")?,
        fresh: row.get("fresh")?,
        gone: row.get("gone")?,
        grown: row.get("grown")?,
        sellers: row.get("sellers")?,
    })
}

/// Cards of a snapshot as buyers see them.
pub(crate) async fn of(
    on: impl Into<On<'_>>,
    scope: &Scope,
    source: &str,
    at: Timestamp,
) -> Result<Vec<ShelfRow>, StoreError> {
    sql!(
        "SELECT r.card, c.title, c.brand, c.url, r.place, r.price, r.rating_milli, r.reviews, c.first_at FROM research_rows r \
         JOIN research_cards c ON c.merchant_id = r.merchant_id AND c.source_id = r.source_id AND c.card = r.card \
         WHERE r.merchant_id = $1 AND r.source_id = $2 AND r.day = $3 AND r.at = $4 ORDER BY r.place, r.card"
    )
    .bind(scope.merchant())
    .bind(source)
    .bind(at.local_midnight())
    .bind(at)
    .all(on)
    .await?
    .iter()
    .map(shelf_row)
    .collect()
}

pub(crate) async fn add_sellers(
    tx: &mut Tx,
    scope: &Scope,
    source: &str,
    at: Timestamp,
    rows: &[SellerRow],
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let values = rows.iter().map(|row| {
        vec![
            scope.merchant().into(),
            source.into(),
            at.local_midnight().into(),
            at.into(),
            (&row.card).into(),
            (&row.seller).into(),
            (&row.name).into(),
            row.price.into(),
            row.place.into(),
        ]
    });
    insert_rows(
        sql_part!(
            "INSERT INTO research_offers (merchant_id, source_id, day, at, card, seller, name, price, place) VALUES "
        ),
        values.collect(),
        sql_part!("ON CONFLICT (merchant_id, source_id, day, at, card, seller) DO NOTHING"),
    )
    .run(tx)
    .await?;
    Ok(())
}

pub(crate) async fn sellers(
    on: impl Into<On<'_>>,
    scope: &Scope,
    source: &str,
    at: Timestamp,
) -> Result<Vec<SellerRow>, StoreError> {
    sql!(
        "SELECT card, seller, name, price, place FROM research_offers \
         WHERE merchant_id = $1 AND source_id = $2 AND day = $3 AND at = $4 ORDER BY card, place, seller"
    )
    .bind(scope.merchant())
    .bind(source)
    .bind(at.local_midnight())
    .bind(at)
    .all(on)
    .await?
    .iter()
    .map(seller_row)
    .collect()
}

pub(crate) async fn put_snapshot(
    on: impl Into<On<'_>>,
    scope: &Scope,
    source: &str,
    one: &Snapshot,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO research_snapshots (merchant_id, source_id, at, cards, total, is_whole, low, middle, high, fresh, gone, grown, \
         sellers) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
         ON CONFLICT (merchant_id, source_id, at) DO NOTHING"
    )
    .bind(scope.merchant())
    .bind(source)
    .bind(one.at)
    .bind(one.cards)
    .bind(one.total)
    .bind(one.is_whole)
    .bind(one.low)
    .bind(one.middle)
    .bind(one.high)
    .bind(one.fresh)
    .bind(one.gone)
    .bind(one.grown)
    .bind(one.sellers)
    .run(on)
    .await
}

/// The newest snapshots of a source, newest first.
pub(crate) async fn snapshots(
    on: impl Into<On<'_>>,
    scope: &Scope,
    source: &str,
    limit: i64,
) -> Result<Vec<Snapshot>, StoreError> {
    sql!(
        "SELECT at, cards, total, is_whole, low, middle, high, fresh, gone, grown, sellers FROM research_snapshots \
         WHERE merchant_id = $1 AND source_id = $2 ORDER BY at DESC LIMIT $3"
    )
    .bind(scope.merchant())
    .bind(source)
    .bind(limit)
    .all(on)
    .await?
    .iter()
    .map(snapshot)
    .collect()
}

/// Days of a merchant that lie open and began before a moment, oldest first.
pub(crate) async fn open_days(
    on: impl Into<On<'_>>,
    scope: &Scope,
    before: Timestamp,
) -> Result<Vec<(String, Timestamp)>, StoreError> {
    sql!(
        "SELECT source_id, day FROM research_rows WHERE merchant_id = $1 AND day < $2 GROUP BY source_id, day ORDER BY day, source_id"
    )
    .bind(scope.merchant())
    .bind(before)
    .all(on)
    .await?
    .iter()
    .map(|row| Ok((row.get("source_id")?, row.get("day")?)))
    .collect()
}

/// Every row of a day with its snapshot, in the order of both.
pub(crate) async fn day(
    on: impl Into<On<'_>>,
    scope: &Scope,
    source: &str,
    day: Timestamp,
) -> Result<Vec<(Timestamp, ShelfRow)>, StoreError> {
    sql!(
        "SELECT r.at, r.card, c.title, c.brand, c.url, r.place, r.price, r.rating_milli, r.reviews, c.first_at FROM research_rows r \
         JOIN research_cards c ON c.merchant_id = r.merchant_id AND c.source_id = r.source_id AND c.card = r.card \
         WHERE r.merchant_id = $1 AND r.source_id = $2 AND r.day = $3 ORDER BY r.at, r.place, r.card"
    )
    .bind(scope.merchant())
    .bind(source)
    .bind(day)
    .all(on)
    .await?
    .iter()
    .map(|row| Ok((row.get("at")?, shelf_row(row)?)))
    .collect()
}

/// Puts a packed day in the place of its rows.
pub(crate) async fn archive(
    tx: &mut Tx,
    scope: &Scope,
    source: &str,
    day: Timestamp,
    count: i64,
    body: Vec<u8>,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO research_archives (merchant_id, source_id, day, count, body) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (merchant_id, source_id, day) DO NOTHING"
    )
    .bind(scope.merchant())
    .bind(source)
    .bind(day)
    .bind(count)
    .bind(body)
    .run(&mut *tx)
    .await?;
    sql!("DELETE FROM research_rows WHERE merchant_id = $1 AND source_id = $2 AND day = $3")
        .bind(scope.merchant())
        .bind(source)
        .bind(day)
        .run(&mut *tx)
        .await?;
    sql!("DELETE FROM research_offers WHERE merchant_id = $1 AND source_id = $2 AND day = $3")
        .bind(scope.merchant())
        .bind(source)
        .bind(day)
        .run(&mut *tx)
        .await?;
    Ok(())
}

pub(crate) async fn archived(
    on: impl Into<On<'_>>,
    scope: &Scope,
    source: &str,
    day: Timestamp,
) -> Result<Option<Vec<u8>>, StoreError> {
    let row =
        sql!("SELECT body FROM research_archives WHERE merchant_id = $1 AND source_id = $2 AND day = $3")
            .bind(scope.merchant())
            .bind(source)
            .bind(day)
            .optional(on)
            .await?;
    row.as_ref().map(|row| row.get("body")).transpose()
}

pub(crate) async fn forget_archives(
    on: impl Into<On<'_>>,
    scope: &Scope,
    before: Timestamp,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM research_archives WHERE merchant_id = $1 AND day < $2")
        .bind(scope.merchant())
        .bind(before)
        .run(on)
        .await
}
