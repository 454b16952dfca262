//! Statements about those who asked for silence. Nothing but a person takes one away.

use sauda_accounts::Scope;
use sauda_kernel::{MessageId, Timestamp};
use sauda_store::{On, StoreError, sql};

/// Notes that somebody, by phone or by the channel's key, is not written to any more.
pub(crate) async fn add(
    on: impl Into<On<'_>>,
    scope: &Scope,
    who: &str,
    message: Option<&MessageId>,
    noted_by: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO message_silences (merchant_id, who, at, message_id, noted_by) VALUES ($1, $2, $3, CAST($4 AS TEXT), $5) \
         ON CONFLICT (merchant_id, who) DO NOTHING"
    )
    .bind(scope.merchant())
    .bind(who)
    .bind(now)
    .bind(message)
    .bind(noted_by)
    .run(on)
    .await
}

/// A person lifts the silence of somebody, by phone or by the channel's key; how many notes of it there were.
pub(crate) async fn lift(
    on: impl Into<On<'_>>,
    scope: &Scope,
    phone: Option<&str>,
    chat: Option<&str>,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM message_silences WHERE merchant_id = $1 AND (who = $2 OR who = $3)")
        .bind(scope.merchant())
        .bind(phone.unwrap_or("-"))
        .bind(chat.unwrap_or("-"))
        .run(on)
        .await
}

/// Whether somebody asked for silence, by phone or by the channel's key.
pub(crate) async fn is_silent(
    on: impl Into<On<'_>>,
    scope: &Scope,
    phone: Option<&str>,
    chat: Option<&str>,
) -> Result<bool, StoreError> {
    let row =
        sql!("SELECT COUNT(*) AS n FROM message_silences WHERE merchant_id = $1 AND (who = $2 OR who = $3)")
            .bind(scope.merchant())
            .bind(phone.unwrap_or("-"))
            .bind(chat.unwrap_or("-"))
            .one(on)
            .await?;
    Ok(row.get::<i64>("n")? > 0)
}
