//! Statements about the tables of money.

use super::{Calculation, OwnRate, RateKind, Taxpayer};
use crate::rates::{Day, Regime};
use sauda_accounts::Scope;
use sauda_kernel::{BasisPoints, CalculationId, OwnRateId};
use sauda_store::{On, Row, StoreError, Tx, sql};

fn unknown(column: &'static str, value: String) -> StoreError {
    StoreError::Meaning { column, value }
}

pub(super) async fn calculations(
    on: impl Into<On<'_>>,
    scope: &Scope,
) -> Result<Vec<Calculation>, StoreError> {
    let rows = sql!(
        "SELECT id, title, query, favourite, made_by, made_at FROM money_calculations WHERE merchant_id = $1 \
         ORDER BY favourite DESC, made_at DESC, id DESC"
    )
    .bind(scope.merchant())
    .all(on)
    .await?;
    let read = |row: &Row| {
        Ok(Calculation {
            id: row.get("id")?,
            title: row.get("title")?,
            query: row.get("query")?,
            is_favourite: row.get("favourite")?,
            made_by: row.get("made_by")?,
            made_at: row.get("made_at")?,
        })
    };
    rows.iter().map(read).collect()
}

pub(super) async fn count_calculations(on: impl Into<On<'_>>, scope: &Scope) -> Result<i64, StoreError> {
    sql!("SELECT COUNT(*) AS n FROM money_calculations WHERE merchant_id = $1")
        .bind(scope.merchant())
        .one(on)
        .await?
        .get("n")
}

pub(super) async fn insert_calculation(
    on: impl Into<On<'_>>,
    scope: &Scope,
    kept: &Calculation,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO money_calculations (id, merchant_id, title, query, favourite, made_by, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    )
    .bind(&kept.id)
    .bind(scope.merchant())
    .bind(&kept.title)
    .bind(&kept.query)
    .bind(kept.is_favourite)
    .bind(&kept.made_by)
    .bind(kept.made_at)
    .run(on)
    .await
}

pub(super) async fn rename(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &CalculationId,
    title: &str,
) -> Result<u64, StoreError> {
    sql!("UPDATE money_calculations SET title = $3 WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .bind(title)
        .run(on)
        .await
}

pub(super) async fn favour(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &CalculationId,
    is_favourite: bool,
) -> Result<u64, StoreError> {
    sql!("UPDATE money_calculations SET favourite = $3 WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .bind(is_favourite)
        .run(on)
        .await
}

pub(super) async fn delete_calculation(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &CalculationId,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM money_calculations WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .run(on)
        .await
}

pub(super) async fn rates(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<OwnRate>, StoreError> {
    let rows = sql!(
        "SELECT id, kind, subject, value, from_day, source, note, set_by, set_at FROM money_rates WHERE merchant_id = $1 \
         ORDER BY from_day DESC, id DESC"
    )
    .bind(scope.merchant())
    .all(on)
    .await?;
    let read = |row: &Row| {
        let kind: String = row.get("kind")?;
        Ok(OwnRate {
            id: row.get("id")?,
            kind: RateKind::parse(&kind).ok_or_else(|| unknown("kind", kind))?,
            subject: row.get("subject")?,
            value: row.get("value")?,
            from_day: row.get("from_day")?,
            source: row.get("source")?,
            note: row.get("note")?,
            set_by: row.get("set_by")?,
            set_at: row.get("set_at")?,
        })
    };
    rows.iter().map(read).collect()
}

/// The id under which the rate stands: its own, or that of the one it corrects.
pub(super) async fn put_rate(tx: &mut Tx, scope: &Scope, rate: &OwnRate) -> Result<OwnRateId, StoreError> {
    sql!(
        "INSERT INTO money_rates (id, merchant_id, kind, subject, value, from_day, source, note, set_by, set_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (merchant_id, kind, subject, from_day) DO UPDATE SET value = excluded.value, source = excluded.source, \
         note = excluded.note, set_by = excluded.set_by, set_at = excluded.set_at RETURNING id"
    )
    .bind(&rate.id)
    .bind(scope.merchant())
    .bind(rate.kind.word())
    .bind(&rate.subject)
    .bind(rate.value)
    .bind(&rate.from_day)
    .bind(&rate.source)
    .bind(&rate.note)
    .bind(&rate.set_by)
    .bind(rate.set_at)
    .one(tx)
    .await?
    .get("id")
}

pub(super) async fn delete_rate(tx: &mut Tx, scope: &Scope, id: &OwnRateId) -> Result<u64, StoreError> {
    sql!("DELETE FROM money_rates WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(id)
        .run(tx)
        .await
}

pub(super) async fn taxpayers(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<Taxpayer>, StoreError> {
    let rows = sql!(
        "SELECT from_day, regime, place, rate, vat_payer, set_by, set_at FROM money_taxpayers WHERE merchant_id = $1 ORDER BY from_day DESC"
    )
    .bind(scope.merchant())
    .all(on)
    .await?;
    let read = |row: &Row| {
        let (from, regime): (String, String) = (row.get("from_day")?, row.get("regime")?);
        let (place, rate): (String, Option<i64>) = (row.get("place")?, row.get("rate")?);
        Ok(Taxpayer {
            from: match from.as_str() {
                "" => None,
                day => Some(Day::parse(day).ok_or_else(|| unknown("from_day", from.clone()))?),
            },
            regime: Regime::ALL
                .into_iter()
                .find(|known| known.word() == regime)
                .ok_or_else(|| unknown("regime", regime))?,
            place: Some(place).filter(|place| !place.is_empty()),
            rate: rate.and_then(|rate| i32::try_from(rate).ok()).map(BasisPoints),
            is_vat_payer: row.get("vat_payer")?,
            set_by: row.get("set_by")?,
            set_at: row.get("set_at")?,
        })
    };
    rows.iter().map(read).collect()
}

pub(super) async fn put_taxpayer(tx: &mut Tx, scope: &Scope, taxpayer: &Taxpayer) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO money_taxpayers (merchant_id, from_day, regime, place, rate, vat_payer, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (merchant_id, from_day) DO UPDATE SET regime = excluded.regime, place = excluded.place, rate = excluded.rate, \
         vat_payer = excluded.vat_payer, set_by = excluded.set_by, set_at = excluded.set_at"
    )
    .bind(scope.merchant())
    .bind(taxpayer.from.map_or_else(String::new, |day| day.to_string()))
    .bind(taxpayer.regime.word())
    .bind(taxpayer.place.as_deref().unwrap_or(""))
    .bind(taxpayer.rate.map(|rate| i64::from(rate.0)))
    .bind(taxpayer.is_vat_payer)
    .bind(&taxpayer.set_by)
    .bind(taxpayer.set_at)
    .run(tx)
    .await
}

pub(super) async fn delete_taxpayer(tx: &mut Tx, scope: &Scope, from: &str) -> Result<u64, StoreError> {
    sql!("DELETE FROM money_taxpayers WHERE merchant_id = $1 AND from_day = $2")
        .bind(scope.merchant())
        .bind(from)
        .run(tx)
        .await
}
