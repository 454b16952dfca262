//! Statements that keep what was seen and decided: observations, decisions, points of the price history.

use crate::{
    model::{Observation, Receipt},
    store::unknown,
};
use sauda_kernel::{DecisionId, MerchantId, ObservationId, OfferId, ShopId, Tenge, Timestamp, WatchId};
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, insert_rows, sql, sql_part};
use std::{cell::RefCell, collections::HashMap};

/// Level 1 is enough: receipts and ladders are short texts with much repetition.
const ZSTD_LEVEL: i32 = 1;

/// No document of ours is larger.
const MOST_BYTES: usize = 16 << 20;

thread_local! {
    // Making one of these costs more than using it.
    static PACKER: RefCell<Option<zstd::bulk::Compressor<'static>>> =
        RefCell::new(zstd::bulk::Compressor::new(ZSTD_LEVEL).ok());
    static UNPACKER: RefCell<Option<zstd::bulk::Decompressor<'static>>> =
        RefCell::new(zstd::bulk::Decompressor::new().ok());
}

pub(crate) fn pack(text: &[u8]) -> Result<Vec<u8>, StoreError> {
    PACKER
        .with_borrow_mut(|packer| match packer {
            Some(packer) => packer.compress(text).ok(),
            None => zstd::bulk::compress(text, ZSTD_LEVEL).ok(),
        })
        .ok_or_else(|| unknown("packed", "unwritable"))
}

pub(crate) fn unpack(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    let damaged = || unknown("packed", "damaged");
    // The frame says how long its content is: no more room is taken than that.
    let length = match zstd::zstd_safe::get_frame_content_size(bytes) {
        Ok(Some(length)) => usize::try_from(length).unwrap_or(usize::MAX),
        _ => MOST_BYTES,
    };
    if length > MOST_BYTES {
        return Err(damaged());
    }
    UNPACKER
        .with_borrow_mut(|unpacker| match unpacker {
            Some(unpacker) => unpacker.decompress(bytes, length),
            None => zstd::bulk::decompress(bytes, length),
        })
        .map_err(|_| damaged())
}

/// An observation to be kept.
pub(crate) struct NewObservation {
    pub id: ObservationId,
    pub watch: WatchId,
    pub packed: Vec<u8>,
    pub at: Timestamp,
    pub complete: bool,
    pub total: i64,
}

pub(crate) async fn insert_observations(
    on: impl Into<On<'_>>,
    new: Vec<NewObservation>,
) -> Result<u64, StoreError> {
    if new.is_empty() {
        return Ok(0);
    }
    let rows = new
        .into_iter()
        .map(|one| {
            vec![
                Value::from(&one.id),
                Value::from(&one.watch),
                one.at.into(),
                one.at.into(),
                one.complete.into(),
                one.total.into(),
                one.packed.into(),
            ]
        })
        .collect();
    insert_rows(
        sql_part!(
            "INSERT INTO observations (id, watch_id, seen_from, seen_to, complete, total, offers) VALUES "
        ),
        rows,
        sql_part!(""),
    )
    .run(on)
    .await
}

/// The same market was seen again.
pub(crate) async fn seen_again(
    on: impl Into<On<'_>>,
    ids: &[ObservationId],
    at: Timestamp,
) -> Result<u64, StoreError> {
    if ids.is_empty() {
        return Ok(0);
    }
    let mut builder = SqlBuilder::new(sql_part!("UPDATE observations SET seen_to = "));
    builder.push(sql_part!("? WHERE id IN "), [at.into()]);
    builder.push_list(ids.iter().map(Value::from));
    builder.finish().run(on).await
}

/// A stored observation and when it was last seen so.
#[derive(Debug, Clone)]
pub(crate) struct StoredObservation {
    pub to: Timestamp,
    pub observation: Observation,
}

fn read_observation(row: &Row) -> Result<StoredObservation, StoreError> {
    let packed: Vec<u8> = row.get("offers")?;
    let text = unpack(&packed)?;
    Ok(StoredObservation {
        to: row.get("seen_to")?,
        observation: serde_json::from_slice(&text).map_err(|_| unknown("offers", "damaged"))?,
    })
}

/// Observations by id. One that cannot be read any more is left out: whoever asks does without.
pub(crate) async fn observations(
    on: impl Into<On<'_>>,
    ids: &[&ObservationId],
) -> Result<HashMap<ObservationId, Observation>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT id, seen_to, offers FROM observations WHERE id IN "
    ));
    builder.push_list(ids.iter().map(|id| Value::from(*id)));
    let mut found = HashMap::new();
    for row in builder.finish().all(on).await? {
        if let Ok(stored) = read_observation(&row) {
            found.insert(row.get("id")?, stored.observation);
        }
    }
    Ok(found)
}

/// The newest observation of a watch.
pub(crate) async fn newest(
    on: impl Into<On<'_>>,
    watch: &WatchId,
) -> Result<Option<StoredObservation>, StoreError> {
    sql!("SELECT seen_to, offers FROM observations WHERE watch_id = $1 ORDER BY seen_from DESC LIMIT 1")
        .bind(watch)
        .optional(on)
        .await?
        .as_ref()
        .map(read_observation)
        .transpose()
}

/// Observations of a watch since a moment, oldest first; at most `limit`.
pub(crate) async fn observations_since(
    on: impl Into<On<'_>>,
    watch: &WatchId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<StoredObservation>, StoreError> {
    sql!("SELECT seen_to, offers FROM observations WHERE watch_id = $1 AND seen_to >= $2 ORDER BY seen_from LIMIT $3")
        .bind(watch)
        .bind(since)
        .bind(limit)
        .all(on)
        .await?
        .iter()
        .map(read_observation)
        .collect()
}

/// A decision to be kept.
pub(crate) struct NewDecision {
    pub id: DecisionId,
    pub merchant: MerchantId,
    pub shop: ShopId,
    pub offer: OfferId,
    pub city_id: String,
    pub at: Timestamp,
    pub outcome: &'static str,
    pub reason: String,
    pub before: Option<Tenge>,
    pub after: Option<Tenge>,
    pub dry_run: bool,
    pub receipt: Vec<u8>,
    pub observation: Option<ObservationId>,
}

pub(crate) async fn insert_decisions(
    on: impl Into<On<'_>>,
    new: Vec<NewDecision>,
) -> Result<u64, StoreError> {
    if new.is_empty() {
        return Ok(0);
    }
    let rows = new
        .into_iter()
        .map(|one| {
            vec![
                Value::from(&one.id),
                Value::from(&one.merchant),
                Value::from(&one.shop),
                Value::from(&one.offer),
                one.city_id.into(),
                one.at.into(),
                one.outcome.into(),
                one.reason.into(),
                one.before.into(),
                one.after.into(),
                one.dry_run.into(),
                one.receipt.into(),
                one.observation.as_ref().into(),
            ]
        })
        .collect();
    insert_rows(
        sql_part!(
            "INSERT INTO decisions (id, merchant_id, shop_id, offer_id, city_id, at, outcome, reason, price_before, price_after, dry_run, receipt, \
             observation_id) VALUES "
        ),
        rows,
        sql_part!(""),
    )
    .run(on)
    .await
}

/// A kept decision with its receipt.
#[derive(Debug, Clone)]
pub struct KeptDecision {
    pub id: DecisionId,
    pub shop: ShopId,
    pub offer: OfferId,
    pub city_id: String,
    pub at: Timestamp,
    /// `set`, `hold` or `ask`.
    pub outcome: String,
    pub reason: String,
    pub before: Option<Tenge>,
    pub after: Option<Tenge>,
    pub dry_run: bool,
    pub receipt: Receipt,
    /// For `ask`: `yes`, `no`, `stale`; `None` while open.
    pub answer: Option<String>,
}

fn read_decision(row: &Row) -> Result<KeptDecision, StoreError> {
    let packed: Vec<u8> = row.get("receipt")?;
    let text = unpack(&packed)?;
    Ok(KeptDecision {
        id: row.get("id")?,
        shop: row.get("shop_id")?,
        offer: row.get("offer_id")?,
        city_id: row.get("city_id")?,
        at: row.get("at")?,
        outcome: row.get("outcome")?,
        reason: row.get("reason")?,
        before: row.get("price_before")?,
        after: row.get("price_after")?,
        dry_run: row.get("dry_run")?,
        receipt: serde_json::from_slice(&text).map_err(|_| unknown("receipt", "damaged"))?,
        answer: row.get("answer")?,
    })
}

pub(crate) async fn decision(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    id: &DecisionId,
) -> Result<Option<KeptDecision>, StoreError> {
    sql!(
        "SELECT id, shop_id, offer_id, city_id, at, outcome, reason, price_before, price_after, dry_run, receipt, answer \
         FROM decisions WHERE merchant_id = $1 AND id = $2"
    )
    .bind(merchant)
    .bind(id)
    .optional(on)
    .await?
    .as_ref()
    .map(read_decision)
    .transpose()
}

/// Decisions of an offer in a city, newest first; only those that set or asked when `moves_only`.
pub(crate) async fn decisions(
    on: impl Into<On<'_>>,
    offer: &OfferId,
    city: &str,
    moves_only: bool,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<KeptDecision>, StoreError> {
    sql!(
        "SELECT id, shop_id, offer_id, city_id, at, outcome, reason, price_before, price_after, dry_run, receipt, answer FROM decisions \
         WHERE offer_id = $1 AND city_id = $2 AND at < $3 AND ($4 = 0 OR outcome <> 'hold') ORDER BY at DESC, id DESC LIMIT $5"
    )
    .bind(offer)
    .bind(city)
    .bind(before)
    .bind(i64::from(moves_only))
    .bind(limit)
    .all(on)
    .await?
    .iter()
    .map(read_decision)
    .collect()
}

/// A person answered a question, or it became stale. 0 rows when it was answered before.
pub(crate) async fn answer(on: impl Into<On<'_>>, id: &DecisionId, answer: &str) -> Result<u64, StoreError> {
    sql!("UPDATE decisions SET answer = $2 WHERE id = $1 AND outcome = 'ask' AND answer IS NULL")
        .bind(id)
        .bind(answer)
        .run(on)
        .await
}

/// One point of the price history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricePoint {
    pub at: Timestamp,
    pub own: Option<Tenge>,
    pub rival: Option<Tenge>,
    pub floor: Option<Tenge>,
    pub place: Option<i64>,
    pub sellers: Option<i64>,
}

pub(crate) async fn insert_points(
    on: impl Into<On<'_>>,
    points: Vec<(OfferId, String, PricePoint)>,
) -> Result<u64, StoreError> {
    if points.is_empty() {
        return Ok(0);
    }
    let rows = points
        .into_iter()
        .map(|(offer, city, point)| {
            vec![
                Value::from(&offer),
                city.into(),
                point.at.into(),
                point.own.into(),
                point.rival.into(),
                point.floor.into(),
                point.place.into(),
                point.sellers.into(),
            ]
        })
        .collect();
    insert_rows(
        sql_part!("INSERT INTO price_points (offer_id, city_id, at, own, rival, floor_price, place, sellers) VALUES "),
        rows,
        sql_part!(
            "ON CONFLICT (offer_id, city_id, at) DO UPDATE SET own = excluded.own, rival = excluded.rival, \
             floor_price = excluded.floor_price, place = excluded.place, sellers = excluded.sellers"
        ),
    )
    .run(on)
    .await
}

/// The history of an offer in a city since a moment, oldest first, with the point that was in force at the moment.
pub(crate) async fn points(
    on: impl Into<On<'_>>,
    offer: &OfferId,
    city: &str,
    since: Timestamp,
) -> Result<Vec<PricePoint>, StoreError> {
    let rows = sql!(
        "SELECT at, own, rival, floor_price, place, sellers FROM price_points WHERE offer_id = $1 AND city_id = $2 \
         AND at >= COALESCE((SELECT MAX(at) FROM price_points WHERE offer_id = $1 AND city_id = $2 AND at <= $3), $3) ORDER BY at LIMIT 20000"
    )
    .bind(offer)
    .bind(city)
    .bind(since)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(PricePoint {
                at: row.get("at")?,
                own: row.get("own")?,
                rival: row.get("rival")?,
                floor: row.get("floor_price")?,
                place: row.get("place")?,
                sellers: row.get("sellers")?,
            })
        })
        .collect()
}

/// Since when an offer stood where in a city.
#[derive(Debug, Clone)]
pub(crate) struct Stood {
    pub(crate) offer: OfferId,
    pub(crate) city: String,
    pub(crate) at: Timestamp,
    /// None: it was not seen on the storefront.
    pub(crate) place: Option<i64>,
}

/// The places of some offers since a moment: by offer, city and time.
pub(crate) async fn stood(
    on: impl Into<On<'_>>,
    offers: &[OfferId],
    since: Timestamp,
) -> Result<Vec<Stood>, StoreError> {
    if offers.is_empty() {
        return Ok(Vec::new());
    }
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT offer_id, city_id, at, place FROM price_points WHERE "
    ));
    builder.push(sql_part!("at >= ? AND offer_id IN "), [since.into()]);
    builder.push_list(offers.iter().map(Value::from));
    builder.push(sql_part!(" ORDER BY offer_id, city_id, at"), []);
    let rows = builder
        .finish()
        .many(on, &["offer_id", "city_id", "at", "place"])
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Stood {
                offer: row.get("offer_id")?,
                city: row.get("city_id")?,
                at: row.get("at")?,
                place: row.get("place")?,
            })
        })
        .collect()
}

/// Open questions of a shop, newest first. A newer decision about the same place makes an older question void.
pub(crate) async fn questions(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    limit: i64,
) -> Result<Vec<KeptDecision>, StoreError> {
    sql!(
        "SELECT d.id, d.shop_id, d.offer_id, d.city_id, d.at, d.outcome, d.reason, d.price_before, d.price_after, d.dry_run, d.receipt, d.answer \
         FROM places p JOIN decisions d ON d.id = p.decision_id \
         WHERE p.shop_id = $1 AND p.state = 'asks' AND d.outcome = 'ask' AND d.answer IS NULL ORDER BY d.at DESC, d.id LIMIT $2"
    )
    .bind(shop)
    .bind(limit)
    .all(on)
    .await?
    .iter()
    .map(read_decision)
    .collect()
}

/// When the market of a shop was first seen, by some of its places.
pub(crate) async fn first_seen(
    on: impl Into<On<'_>>,
    shop: &sauda_kernel::ShopId,
) -> Result<Option<Timestamp>, StoreError> {
    sql!(
        "SELECT MIN(seen.first_at) AS first_at FROM (SELECT (SELECT MIN(o.seen_from) FROM observations o WHERE o.watch_id = p.watch_id) \
         AS first_at FROM places p WHERE p.shop_id = $1 LIMIT 200) seen"
    )
    .bind(shop)
    .one(on)
    .await?
    .get("first_at")
}
