//! Statements about keys of shops to the marketplace's official interface.

use crate::{
    model::{KeyState, ShopKey},
    store::unknown,
};
use sauda_accounts::Scope;
use sauda_kernel::{ShopId, Timestamp};
use sauda_store::{On, StoreError, sql};

pub(crate) async fn find(on: impl Into<On<'_>>, shop: &ShopId) -> Result<Option<ShopKey>, StoreError> {
    let row =
        sql!("SELECT key_end, state, state_since, given_by, given_at FROM shop_keys WHERE shop_id = $1")
            .bind(shop)
            .optional(on)
            .await?;
    row.map(|row| {
        let state: String = row.get("state")?;
        Ok(ShopKey {
            end: row.get("key_end")?,
            state: KeyState::parse(&state).ok_or_else(|| unknown("state", state))?,
            state_since: row.get("state_since")?,
            given_by: row.get("given_by")?,
            given_at: row.get("given_at")?,
        })
    })
    .transpose()
}

pub(crate) async fn sealed(on: impl Into<On<'_>>, shop: &ShopId) -> Result<Option<String>, StoreError> {
    sql!("SELECT key_sealed FROM shop_keys WHERE shop_id = $1")
        .bind(shop)
        .optional(on)
        .await?
        .map(|row| row.get("key_sealed"))
        .transpose()
}

pub(crate) async fn put(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    sealed: &str,
    end: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO shop_keys (shop_id, merchant_id, key_sealed, key_end, state, state_since, given_by, given_at) \
         VALUES ($1, $2, $3, $4, 'new', $5, $6, $5) ON CONFLICT (shop_id) DO UPDATE SET key_sealed = excluded.key_sealed, \
         key_end = excluded.key_end, state = excluded.state, state_since = excluded.state_since, given_by = excluded.given_by, given_at = excluded.given_at"
    )
    .bind(shop)
    .bind(scope.merchant())
    .bind(sealed)
    .bind(end)
    .bind(now)
    .bind(scope.actor_name())
    .run(on)
    .await
}

/// Notes another state; 0 when it is in it already.
pub(crate) async fn set_state(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    state: KeyState,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE shop_keys SET state = $2, state_since = $3 WHERE shop_id = $1 AND state <> $2")
        .bind(shop)
        .bind(state.word())
        .bind(now)
        .run(on)
        .await
}

pub(crate) async fn delete(on: impl Into<On<'_>>, shop: &ShopId) -> Result<u64, StoreError> {
    sql!("DELETE FROM shop_keys WHERE shop_id = $1")
        .bind(shop)
        .run(on)
        .await
}
