//! Statements about calls that change a price: recorded before they are sent.

use sauda_kernel::{AccessId, CallId, MerchantId, OfferId, ShopId, Timestamp};
use sauda_store::{On, StoreError, sql};

pub(crate) struct NewCall<'a> {
    pub id: &'a CallId,
    pub merchant: &'a MerchantId,
    pub shop: &'a ShopId,
    pub access: &'a AccessId,
    pub offer: &'a OfferId,
    pub now: Timestamp,
}

pub(crate) async fn insert(on: impl Into<On<'_>>, call: &NewCall<'_>) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO calls (id, merchant_id, shop_id, access_id, offer_id, sent_at, state) VALUES ($1, $2, $3, $4, $5, $6, 'sending')"
    )
    .bind(call.id)
    .bind(call.merchant)
    .bind(call.shop)
    .bind(call.access)
    .bind(call.offer)
    .bind(call.now)
    .run(on)
    .await
}

pub(crate) async fn answered(
    on: impl Into<On<'_>>,
    id: &CallId,
    state: &str,
    job: Option<&str>,
    trouble: Option<&str>,
) -> Result<u64, StoreError> {
    sql!("UPDATE calls SET state = $2, job = $3, trouble = $4 WHERE id = $1")
        .bind(id)
        .bind(state)
        .bind(job)
        .bind(trouble)
        .run(on)
        .await
}

/// When calls of a login were sent since a moment: what its change budget has spent, for restoring it after a restart.
pub(crate) async fn spent_since(
    on: impl Into<On<'_>>,
    since: Timestamp,
) -> Result<Vec<(AccessId, Timestamp)>, StoreError> {
    let rows = sql!(
        "SELECT access_id, sent_at FROM calls WHERE sent_at > $1 AND state <> 'not_sent' ORDER BY sent_at"
    )
    .bind(since)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("access_id")?, row.get("sent_at")?)))
        .collect()
}

/// When the marketplace last told a login to stop, since a moment.
pub(crate) async fn stopped_since(
    on: impl Into<On<'_>>,
    since: Timestamp,
) -> Result<Vec<(AccessId, Timestamp)>, StoreError> {
    let rows = sql!(
        "SELECT access_id, MAX(sent_at) AS at FROM calls WHERE sent_at > $1 AND trouble = 'throttled' GROUP BY access_id"
    )
    .bind(since)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("access_id")?, row.get("at")?)))
        .collect()
}
