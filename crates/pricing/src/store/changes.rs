//! Statements about price changes on their way to the marketplace.

use crate::{model::MoveKind, store::unknown};
use sauda_kernel::{CallId, ChangeId, DecisionId, MerchantId, OfferId, ShopId, Span, Tenge, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, insert_rows, sql, sql_part};

/// How far a change came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeState {
    /// Wished, not sent.
    Desired,
    /// Recorded as being sent: after a crash nobody knows whether it was.
    Sending,
    /// The marketplace took it and gave a job number.
    Accepted,
    /// Sent, the answer is unclear: read back.
    Unclear,
    /// The cabinet shows the price.
    InCabinet,
    /// Buyers see the price.
    OnStorefront,
    /// Accepted, but never applied.
    Lost,
    /// The marketplace said no.
    Refused,
    /// A newer wish took its place before it was sent.
    Superseded,
}

impl ChangeState {
    pub const ALL: [Self; 9] = [
        Self::Desired,
        Self::Sending,
        Self::Accepted,
        Self::Unclear,
        Self::InCabinet,
        Self::OnStorefront,
        Self::Lost,
        Self::Refused,
        Self::Superseded,
    ];
    pub const fn word(self) -> &'static str {
        match self {
            Self::Desired => "desired",
            Self::Sending => "sending",
            Self::Accepted => "accepted",
            Self::Unclear => "unclear",
            Self::InCabinet => "in_cabinet",
            Self::OnStorefront => "on_storefront",
            Self::Lost => "lost",
            Self::Refused => "refused",
            Self::Superseded => "superseded",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
    /// Sent and not yet known to be in the cabinet.
    pub const fn in_flight(self) -> bool {
        matches!(self, Self::Sending | Self::Accepted | Self::Unclear)
    }
}

/// One change.
#[derive(Debug, Clone)]
pub struct Change {
    pub id: ChangeId,
    pub merchant: MerchantId,
    pub shop: ShopId,
    pub offer: OfferId,
    pub city_id: String,
    pub decision: Option<DecisionId>,
    pub from: Option<Tenge>,
    pub to: Tenge,
    pub floor: Tenge,
    /// Expected gain a day, whole tenge.
    pub gain: i64,
    /// Kind of move and the rival that it answers.
    pub kind: MoveKind,
    pub rival_uid: Option<String>,
    pub wanted_by: String,
    pub state: ChangeState,
    pub trouble: Option<String>,
    pub attempts: i64,
    pub call: Option<CallId>,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    pub accepted_at: Option<Timestamp>,
    pub cabinet_at: Option<Timestamp>,
    pub storefront_at: Option<Timestamp>,
    pub look_at: Option<Timestamp>,
    pub caused_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<Change, StoreError> {
    let state: String = row.get("state")?;
    let kind: String = row.get("kind")?;
    Ok(Change {
        id: row.get("id")?,
        merchant: row.get("merchant_id")?,
        shop: row.get("shop_id")?,
        offer: row.get("offer_id")?,
        city_id: row.get("city_id")?,
        decision: row.get("decision_id")?,
        from: row.get("price_from")?,
        to: row.get("price_to")?,
        floor: row.get("floor_price")?,
        gain: row.get("gain")?,
        kind: parse_kind(&kind).ok_or_else(|| unknown("kind", kind))?,
        rival_uid: row.get("rival_uid")?,
        wanted_by: row.get("wanted_by")?,
        state: ChangeState::parse(&state).ok_or_else(|| unknown("state", state))?,
        trouble: row.get("trouble")?,
        attempts: row.get("attempts")?,
        call: row.get("call_id")?,
        created_at: row.get("created_at")?,
        sent_at: row.get("sent_at")?,
        accepted_at: row.get("accepted_at")?,
        cabinet_at: row.get("cabinet_at")?,
        storefront_at: row.get("storefront_at")?,
        look_at: row.get("look_at")?,
        caused_at: row.get("caused_at")?,
    })
}

const fn kind_word(kind: MoveKind) -> &'static str {
    match kind {
        MoveKind::Undercut => "undercut",
        MoveKind::StepBack => "step_back",
        MoveKind::Other => "other",
    }
}

fn parse_kind(word: &str) -> Option<MoveKind> {
    [MoveKind::Undercut, MoveKind::StepBack, MoveKind::Other]
        .into_iter()
        .find(|kind| kind_word(*kind) == word)
}

fn head() -> SqlBuilder {
    SqlBuilder::new(sql_part!(
        "SELECT id, merchant_id, shop_id, offer_id, city_id, decision_id, price_from, price_to, floor_price, gain, kind, rival_uid, wanted_by, state, trouble, \
         attempts, call_id, created_at, sent_at, accepted_at, cabinet_at, storefront_at, look_at, caused_at FROM changes WHERE "
    ))
}

/// Changes of the last 14 days that rules remember, and open ones, oldest first.
pub(crate) async fn recent(
    on: impl Into<On<'_>>,
    offers: &[OfferId],
    now: Timestamp,
) -> Result<Vec<Change>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("state <> 'superseded' AND (created_at > ? OR (kind = 'step_back' AND created_at > ?)) AND offer_id IN "),
        [now.minus(Span::from_days(2)).into(), now.minus(Span::from_days(14)).into()],
    );
    builder.push_list(offers.iter().map(Value::from));
    builder.push(sql_part!(" ORDER BY created_at, id"), []);
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// Open wishes of a shop: most worth first.
pub(crate) async fn desired(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    limit: i64,
) -> Result<Vec<Change>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!(
            "shop_id = ? AND state = 'desired' AND NOT EXISTS (SELECT 1 FROM changes f WHERE f.shop_id = changes.shop_id \
             AND f.state IN ('sending', 'accepted', 'unclear') AND f.offer_id = changes.offer_id) ORDER BY gain DESC, created_at, id LIMIT ?"
        ),
        [shop.into(), limit.into()],
    );
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// Changes that are to be looked at now.
pub(crate) async fn to_look_at(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Change>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("shop_id = ? AND state IN ('sending', 'accepted', 'unclear') AND look_at <= ? ORDER BY look_at, id LIMIT ?"),
        [shop.into(), now.into(), limit.into()],
    );
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// When something of a shop is next to be looked at, and how many wishes wait.
pub(crate) async fn pending(
    on: impl Into<On<'_>>,
    shop: &ShopId,
) -> Result<(i64, i64, Option<Timestamp>), StoreError> {
    let row = sql!(
        "SELECT CAST(COALESCE(SUM(CASE WHEN state = 'desired' THEN 1 ELSE 0 END), 0) AS BIGINT) AS desired, \
         CAST(COALESCE(SUM(CASE WHEN state = 'desired' THEN 0 ELSE 1 END), 0) AS BIGINT) AS flying, \
         MIN(CASE WHEN state = 'desired' THEN NULL ELSE look_at END) AS look_at \
         FROM changes WHERE shop_id = $1 AND state IN ('desired', 'sending', 'accepted', 'unclear')"
    )
    .bind(shop)
    .one(on)
    .await?;
    Ok((row.get("desired")?, row.get("flying")?, row.get("look_at")?))
}

/// Shops that have wishes or something to look at.
pub(crate) async fn busy_shops(
    on: impl Into<On<'_>>,
    now: Timestamp,
) -> Result<Vec<(MerchantId, ShopId)>, StoreError> {
    let rows = sql!(
        "SELECT DISTINCT merchant_id, shop_id FROM changes WHERE state = 'desired' \
         OR (state IN ('sending', 'accepted', 'unclear') AND look_at <= $1)"
    )
    .bind(now)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("merchant_id")?, row.get("shop_id")?)))
        .collect()
}

/// Takes back wishes that were not sent: a newer one comes, or the reason is gone.
pub(crate) async fn supersede(on: impl Into<On<'_>>, offer: &OfferId, city: &str) -> Result<u64, StoreError> {
    sql!("UPDATE changes SET state = 'superseded' WHERE offer_id = $1 AND city_id = $2 AND state = 'desired'")
        .bind(offer)
        .bind(city)
        .run(on)
        .await
}

/// Takes back every unsent wish of a shop: it was paused, switched off or removed.
pub(crate) async fn supersede_shop(on: impl Into<On<'_>>, shop: &ShopId) -> Result<u64, StoreError> {
    sql!("UPDATE changes SET state = 'superseded' WHERE shop_id = $1 AND state = 'desired'")
        .bind(shop)
        .run(on)
        .await
}

pub(crate) async fn insert(on: impl Into<On<'_>>, changes: &[Change]) -> Result<u64, StoreError> {
    if changes.is_empty() {
        return Ok(0);
    }
    let rows = changes
        .iter()
        .map(|change| {
            vec![
                Value::from(&change.id),
                Value::from(&change.merchant),
                Value::from(&change.shop),
                Value::from(&change.offer),
                Value::from(&change.city_id),
                change.decision.as_ref().into(),
                change.from.into(),
                change.to.into(),
                change.floor.into(),
                change.gain.into(),
                kind_word(change.kind).into(),
                change.rival_uid.as_deref().into(),
                Value::from(&change.wanted_by),
                change.state.word().into(),
                change.attempts.into(),
                change.created_at.into(),
                change.caused_at.into(),
            ]
        })
        .collect();
    insert_rows(
        sql_part!(
            "INSERT INTO changes (id, merchant_id, shop_id, offer_id, city_id, decision_id, price_from, price_to, floor_price, gain, kind, rival_uid, wanted_by, \
             state, attempts, created_at, caused_at) VALUES "
        ),
        rows,
        sql_part!(""),
    )
    .run(on)
    .await
}

/// The changes of one call are being sent. Only those still wished are taken: the number says whether all were.
pub(crate) async fn sending(
    on: impl Into<On<'_>>,
    ids: &[ChangeId],
    call: &CallId,
    now: Timestamp,
    look_at: Timestamp,
) -> Result<u64, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "UPDATE changes SET state = 'sending', attempts = attempts + 1, call_id = "
    ));
    builder.push(
        sql_part!("?, sent_at = ?, look_at = ? WHERE state = 'desired' AND id IN "),
        [call.into(), now.into(), look_at.into()],
    );
    builder.push_list(ids.iter().map(Value::from));
    builder.finish().run(on).await
}

/// What the answer to a call means for its changes.
pub(crate) async fn answered(
    on: impl Into<On<'_>>,
    call: &CallId,
    state: ChangeState,
    trouble: Option<&str>,
    now: Timestamp,
    look_at: Option<Timestamp>,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE changes SET state = $2, trouble = $3, look_at = $4, accepted_at = CASE WHEN $2 = 'accepted' THEN $5 ELSE accepted_at END \
         WHERE call_id = $1 AND state = 'sending'"
    )
    .bind(call)
    .bind(state.word())
    .bind(trouble)
    .bind(look_at)
    .bind(now)
    .run(on)
    .await
}

/// Moves one change from one state to another; 0 rows when it is not in that state any more.
pub(crate) async fn advance(
    on: impl Into<On<'_>>,
    id: &ChangeId,
    from: ChangeState,
    to: ChangeState,
    trouble: Option<&str>,
    now: Timestamp,
    look_at: Option<Timestamp>,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE changes SET state = $3, trouble = $4, look_at = $5, cabinet_at = CASE WHEN $3 = 'in_cabinet' THEN $6 ELSE cabinet_at END \
         WHERE id = $1 AND state = $2"
    )
    .bind(id)
    .bind(from.word())
    .bind(to.word())
    .bind(trouble)
    .bind(look_at)
    .bind(now)
    .run(on)
    .await
}

/// Looks again later.
pub(crate) async fn look_later(
    on: impl Into<On<'_>>,
    id: &ChangeId,
    look_at: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE changes SET look_at = $2 WHERE id = $1")
        .bind(id)
        .bind(look_at)
        .run(on)
        .await
}

/// Buyers see these changes.
pub(crate) async fn on_storefront(
    on: impl Into<On<'_>>,
    ids: &[ChangeId],
    seen_at: Timestamp,
) -> Result<u64, StoreError> {
    if ids.is_empty() {
        return Ok(0);
    }
    let mut builder = SqlBuilder::new(sql_part!(
        "UPDATE changes SET state = 'on_storefront', look_at = NULL, trouble = NULL, storefront_at = "
    ));
    builder.push(
        sql_part!("?, cabinet_at = COALESCE(cabinet_at, ?) WHERE state IN ('sending', 'accepted', 'unclear', 'in_cabinet', 'lost') AND id IN "),
        [seen_at.into(), seen_at.into()],
    );
    builder.push_list(ids.iter().map(Value::from));
    builder.finish().run(on).await
}

/// Changes of an offer, newest first, for its page.
pub(crate) async fn of_offer(
    on: impl Into<On<'_>>,
    offer: &OfferId,
    city: &str,
    limit: i64,
) -> Result<Vec<Change>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!(
            "offer_id = ? AND city_id = ? AND state <> 'superseded' ORDER BY created_at DESC, id DESC LIMIT ?"
        ),
        [offer.into(), city.into(), limit.into()],
    );
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// The change that a decision led to.
pub(crate) async fn of_decision(
    on: impl Into<On<'_>>,
    decision: &DecisionId,
) -> Result<Option<Change>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("decision_id = ? ORDER BY created_at DESC LIMIT 1"),
        [decision.into()],
    );
    builder
        .finish()
        .optional(on)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// What prices of a shop did since a moment, newest first.
pub(crate) async fn feed(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Change>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("shop_id = ? AND state <> 'superseded' AND created_at >= ? ORDER BY created_at DESC, id DESC LIMIT ?"),
        [shop.into(), since.into(), limit.into()],
    );
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// Changes sent since midnight, and the mean seconds from what caused a change to buyers seeing it, over the last day.
pub(crate) async fn day(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    midnight: Timestamp,
    since: Timestamp,
) -> Result<(i64, Option<i64>), StoreError> {
    let row = sql!(
        "SELECT CAST(COALESCE(SUM(CASE WHEN sent_at >= $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS today, \
         CAST(AVG(CASE WHEN storefront_at IS NOT NULL AND caused_at IS NOT NULL THEN (storefront_at - caused_at) / 1000000 ELSE NULL END) AS BIGINT) AS reaction \
         FROM changes WHERE shop_id = $1 AND sent_at IS NOT NULL AND created_at >= $3"
    )
    .bind(shop)
    .bind(midnight)
    .bind(since)
    .one(on)
    .await?;
    Ok((row.get("today")?, row.get("reaction")?))
}

/// How many changes were sent on each local day since a moment: (microseconds of the day's midnight, count).
pub(crate) async fn by_day(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    since: Timestamp,
) -> Result<Vec<(Timestamp, i64)>, StoreError> {
    let midnight = since.local_midnight();
    let rows = sql!(
        "SELECT (sent_at - $2) / 86400000000 AS day, COUNT(*) AS n FROM changes WHERE shop_id = $1 AND sent_at >= $2 \
         GROUP BY (sent_at - $2) / 86400000000 ORDER BY (sent_at - $2) / 86400000000"
    )
    .bind(shop)
    .bind(midnight)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((midnight.plus(Span::from_days(row.get("day")?)), row.get("n")?)))
        .collect()
}

/// Wishes and what is on its way, of these offers, oldest first.
pub(crate) async fn open_of(on: impl Into<On<'_>>, offers: &[OfferId]) -> Result<Vec<Change>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("state IN ('desired', 'sending', 'accepted', 'unclear') AND offer_id IN "),
        [],
    );
    builder.push_list(offers.iter().map(Value::from));
    builder.push(sql_part!(" ORDER BY created_at, id"), []);
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// A price list with these wishes begins to leave.
pub(crate) async fn leaving(
    on: impl Into<On<'_>>,
    ids: &[String],
    now: Timestamp,
    look_at: Timestamp,
) -> Result<u64, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "UPDATE changes SET state = 'sending', attempts = attempts + 1, sent_at = "
    ));
    builder.push(
        sql_part!("?, look_at = ? WHERE state = 'desired' AND id IN "),
        [now.into(), look_at.into()],
    );
    builder.push_list(ids.iter().map(Value::from));
    builder.finish().run(on).await
}

/// What an earlier list carried is not waited for any more where a newer wish leaves.
pub(crate) async fn outdated(on: impl Into<On<'_>>, ids: &[String]) -> Result<u64, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "UPDATE changes SET state = 'superseded', look_at = NULL WHERE call_id IS NULL AND state IN ('sending', 'accepted') \
         AND EXISTS (SELECT 1 FROM changes n WHERE n.offer_id = changes.offer_id AND n.city_id = changes.city_id \
         AND n.created_at > changes.created_at AND n.id IN "
    ));
    builder.push_list(ids.iter().map(Value::from));
    builder.push(sql_part!(")"), []);
    builder.finish().run(on).await
}

/// A price list with these wishes was handed over whole.
pub(crate) async fn arrived(
    on: impl Into<On<'_>>,
    ids: &[String],
    now: Timestamp,
    look_at: Timestamp,
) -> Result<u64, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "UPDATE changes SET state = 'accepted', trouble = NULL, accepted_at = "
    ));
    builder.push(
        sql_part!("?, look_at = ? WHERE state = 'sending' AND call_id IS NULL AND id IN "),
        [now.into(), look_at.into()],
    );
    builder.push_list(ids.iter().map(Value::from));
    builder.finish().run(on).await
}

/// Prices of these changes that left by the price list.
pub(crate) async fn by_list(
    on: impl Into<On<'_>>,
    ids: &[ChangeId],
) -> Result<Vec<(OfferId, String, Tenge)>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT offer_id, city_id, price_to FROM changes WHERE call_id IS NULL AND id IN "
    ));
    builder.push_list(ids.iter().map(Value::from));
    let rows = builder.finish().all(on).await?;
    rows.iter()
        .map(|row| Ok((row.get("offer_id")?, row.get("city_id")?, row.get("price_to")?)))
        .collect()
}
