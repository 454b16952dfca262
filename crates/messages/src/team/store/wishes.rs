//! Statements about what people want to hear, when and where.

use super::unknown;
use crate::team::model::{Manners, What, Wish};
use sauda_kernel::{MerchantId, UserId};
use sauda_store::{On, Row, StoreError, sql};

fn minute(row: &Row, column: &'static str) -> Result<Option<u32>, StoreError> {
    let value: Option<i64> = row.get(column)?;
    value
        .map(|value| {
            u32::try_from(value)
                .ok()
                .filter(|minute| *minute < 1_440)
                .ok_or_else(|| unknown(column, value.to_string()))
        })
        .transpose()
}

/// What everybody of a merchant said about what they want to hear.
pub(crate) async fn of(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
) -> Result<Vec<(UserId, What, Wish)>, StoreError> {
    let rows = sql!(
        "SELECT user_id, event, by_telegram, by_mail, by_screen FROM team_wishes WHERE merchant_id = $1 ORDER BY user_id, event"
    )
    .bind(merchant)
    .all(on)
    .await?;
    let mut wishes = Vec::new();
    for row in &rows {
        let event: String = row.get("event")?;
        // A word of a newer program is left alone.
        if let Some(what) = What::parse(&event) {
            let wish = Wish {
                by_telegram: row.get("by_telegram")?,
                by_mail: row.get("by_mail")?,
                by_screen: row.get("by_screen")?,
            };
            wishes.push((row.get("user_id")?, what, wish));
        }
    }
    Ok(wishes)
}

pub(crate) async fn put(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    user: &UserId,
    what: What,
    wish: Wish,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO team_wishes (merchant_id, user_id, event, by_telegram, by_mail, by_screen) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (merchant_id, user_id, event) DO UPDATE SET by_telegram = excluded.by_telegram, by_mail = excluded.by_mail, by_screen = excluded.by_screen"
    )
    .bind(merchant)
    .bind(user)
    .bind(what.word())
    .bind(wish.by_telegram)
    .bind(wish.by_mail)
    .bind(wish.by_screen)
    .run(on)
    .await
}

pub(crate) async fn manners(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
) -> Result<Vec<(UserId, Manners)>, StoreError> {
    let rows = sql!(
        "SELECT user_id, quiet_from, quiet_until, report_at, mail FROM team_manners WHERE merchant_id = $1 ORDER BY user_id"
    )
    .bind(merchant)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            let manners = Manners {
                quiet: minute(row, "quiet_from")?.zip(minute(row, "quiet_until")?),
                report_at: minute(row, "report_at")?.unwrap_or_default(),
                mail: row.get("mail")?,
            };
            Ok((row.get("user_id")?, manners))
        })
        .collect()
}

pub(crate) async fn put_manners(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    user: &UserId,
    manners: &Manners,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO team_manners (merchant_id, user_id, quiet_from, quiet_until, report_at, mail) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (merchant_id, user_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, \
         report_at = excluded.report_at, mail = excluded.mail"
    )
    .bind(merchant)
    .bind(user)
    .bind(manners.quiet.map(|(from, _)| i64::from(from)))
    .bind(manners.quiet.map(|(_, until)| i64::from(until)))
    .bind(i64::from(manners.report_at))
    .bind(&manners.mail)
    .run(on)
    .await
}
