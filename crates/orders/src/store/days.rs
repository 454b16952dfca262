//! Statements about runs of the day, their steps and the settings of a shop's day.

use crate::{
    model::{DayReport, DaySettings, DayState, DayStep, ItemState, StepState},
    store::unknown,
};
use sauda_accounts::Scope;
use sauda_kernel::{DayRunId, MerchantId, OrderId, ShopId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, sql, sql_part};
use std::collections::HashMap;

/// A run of the day.
#[derive(Debug, Clone, PartialEq)]
pub struct DayRun {
    pub id: DayRunId,
    pub merchant: MerchantId,
    pub shop: ShopId,
    pub state: DayState,
    /// Name of the person; empty for the schedule.
    pub started_by: String,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    /// Key of the text `day-trouble-<word>`.
    pub trouble: Option<String>,
    pub report: Option<DayReport>,
}

/// A step of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunStep {
    pub step: DayStep,
    pub state: StepState,
    pub began_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// When something moved in it last.
    pub moved_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<DayRun, StoreError> {
    let state: String = row.get("state")?;
    let report: Option<String> = row.get("report")?;
    Ok(DayRun {
        id: row.get("id")?,
        merchant: row.get("merchant_id")?,
        shop: row.get("shop_id")?,
        state: DayState::parse(&state).ok_or_else(|| unknown("state", state))?,
        started_by: row.get("started_by")?,
        started_at: row.get("started_at")?,
        ended_at: row.get("ended_at")?,
        trouble: row.get("trouble")?,
        report: report
            .map(|text| serde_json::from_str(&text).map_err(|_| unknown("report", text)))
            .transpose()?,
    })
}

/// Records a run; 0 when the shop has an open one.
pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    id: &DayRunId,
    by: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO day_runs (id, merchant_id, shop_id, guard, state, started_by, started_at, next_at) \
         VALUES ($1, $2, $3, 'open', 'running', $4, $5, $5) ON CONFLICT (shop_id, guard) DO NOTHING"
    )
    .bind(id)
    .bind(scope.merchant())
    .bind(shop)
    .bind(by)
    .bind(now)
    .run(on)
    .await
}

pub(crate) async fn insert_step(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    place: i64,
    step: DayStep,
    state: StepState,
) -> Result<u64, StoreError> {
    sql!("INSERT INTO day_steps (run_id, place, step, state) VALUES ($1, $2, $3, $4)")
        .bind(run)
        .bind(place)
        .bind(step.word())
        .bind(state.word())
        .run(on)
        .await
}

pub(crate) async fn find(on: impl Into<On<'_>>, id: &DayRunId) -> Result<Option<DayRun>, StoreError> {
    sql!(
        "SELECT id, merchant_id, shop_id, state, started_by, started_at, ended_at, trouble, report FROM day_runs WHERE id = $1"
    )
    .bind(id)
    .optional(on)
    .await?
    .as_ref()
    .map(read)
    .transpose()
}

/// Runs of a shop, the newest first.
pub(crate) async fn of(on: impl Into<On<'_>>, shop: &ShopId, limit: i64) -> Result<Vec<DayRun>, StoreError> {
    sql!(
        "SELECT id, merchant_id, shop_id, state, started_by, started_at, ended_at, trouble, report FROM day_runs \
         WHERE shop_id = $1 ORDER BY started_at DESC, id DESC LIMIT $2"
    )
    .bind(shop)
    .bind(limit)
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Runs that want to be worked on now.
pub(crate) async fn due(on: impl Into<On<'_>>, now: Timestamp) -> Result<Vec<DayRun>, StoreError> {
    sql!(
        "SELECT id, merchant_id, shop_id, state, started_by, started_at, ended_at, trouble, report FROM day_runs \
         WHERE next_at <= $1 ORDER BY next_at, id LIMIT 100"
    )
    .bind(now)
    .all(on)
    .await?
    .iter()
    .map(read)
    .collect()
}

pub(crate) async fn steps(on: impl Into<On<'_>>, run: &DayRunId) -> Result<Vec<RunStep>, StoreError> {
    let rows = sql!(
        "SELECT step, state, began_at, ended_at, moved_at FROM day_steps WHERE run_id = $1 ORDER BY place"
    )
    .bind(run)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            let (step, state): (String, String) = (row.get("step")?, row.get("state")?);
            Ok(RunStep {
                step: DayStep::parse(&step).ok_or_else(|| unknown("step", step))?,
                state: StepState::parse(&state).ok_or_else(|| unknown("state", state))?,
                began_at: row.get("began_at")?,
                ended_at: row.get("ended_at")?,
                moved_at: row.get("moved_at")?,
            })
        })
        .collect()
}

/// A step begins, or begins anew.
pub(crate) async fn begin_step(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE day_steps SET state = 'running', began_at = $3, moved_at = $3, ended_at = NULL WHERE run_id = $1 AND step = $2 AND state = 'waiting'"
    )
    .bind(run)
    .bind(step.word())
    .bind(now)
    .run(on)
    .await
}

pub(crate) async fn end_step(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
    state: StepState,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE day_steps SET state = $3, ended_at = $4 WHERE run_id = $1 AND step = $2 AND state IN ('waiting', 'running')"
    )
    .bind(run)
    .bind(step.word())
    .bind(state.word())
    .bind(now)
    .run(on)
    .await
}

/// A step is to be done again.
pub(crate) async fn again(on: impl Into<On<'_>>, run: &DayRunId, step: DayStep) -> Result<u64, StoreError> {
    sql!("UPDATE day_steps SET state = 'waiting', ended_at = NULL WHERE run_id = $1 AND step = $2")
        .bind(run)
        .bind(step.word())
        .run(on)
        .await
}

/// What comes after the question about sizes and was begun is to be done again, for orders that waited for their buyers.
pub(crate) async fn again_for_held(on: impl Into<On<'_>>, run: &DayRunId) -> Result<u64, StoreError> {
    sql!(
        "UPDATE day_steps SET state = 'waiting', ended_at = NULL WHERE run_id = $1 AND state IN ('running', 'done') \
         AND step IN ('accept', 'assemble', 'waybills', 'papers', 'stock', 'statuses', 'report')"
    )
    .bind(run)
    .run(on)
    .await
}

/// Something moved in a step; a step that waits for the outside has its patience from here on.
pub(crate) async fn moved(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE day_steps SET moved_at = $3 WHERE run_id = $1 AND step = $2")
        .bind(run)
        .bind(step.word())
        .bind(now)
        .run(on)
        .await
}

/// How a run stands from now on, if it stood as this process knows it; 0 when somebody changed that.
pub(crate) async fn turn_to(
    on: impl Into<On<'_>>,
    run: &DayRun,
    state: DayState,
    next_at: Option<Timestamp>,
    trouble: Option<&str>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let over = state.is_over();
    sql!(
        "UPDATE day_runs SET state = $2, next_at = $3, trouble = $4, ended_at = $5, guard = CASE WHEN CAST($5 AS BIGINT) IS NULL THEN 'open' ELSE id END \
         WHERE id = $1 AND state = $6"
    )
    .bind(&run.id)
    .bind(state.word())
    .bind(next_at)
    .bind(trouble)
    .bind(over.then_some(now))
    .bind(run.state.word())
    .run(on)
    .await
}

/// When a running run is worked on again.
pub(crate) async fn wait(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    next_at: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE day_runs SET next_at = $2 WHERE id = $1 AND state = 'running'")
        .bind(run)
        .bind(next_at)
        .run(on)
        .await
}

pub(crate) async fn report(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    report: &DayReport,
) -> Result<u64, StoreError> {
    sql!("UPDATE day_runs SET report = $2 WHERE id = $1")
        .bind(run)
        .bind(serde_json::to_string(report).unwrap_or_default())
        .run(on)
        .await
}

pub(crate) async fn settings(
    on: impl Into<On<'_>>,
    shop: &ShopId,
) -> Result<Option<DaySettings>, StoreError> {
    sql!("SELECT skips, starts_at, weekdays, low_stock FROM day_settings WHERE shop_id = $1")
        .bind(shop)
        .optional(on)
        .await?
        .as_ref()
        .map(read_settings)
        .transpose()
}

fn read_settings(row: &Row) -> Result<DaySettings, StoreError> {
    let (skips, weekdays): (String, String) = (row.get("skips")?, row.get("weekdays")?);
    Ok(DaySettings {
        skips: skips.split(',').filter_map(DayStep::parse).collect(),
        starts_at: row.get("starts_at")?,
        weekdays: weekdays.chars().filter_map(|day| day.to_digit(10)).collect(),
        low_stock: row.get("low_stock")?,
    })
}

pub(crate) async fn put_settings(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    settings: &DaySettings,
) -> Result<u64, StoreError> {
    let skips: Vec<&str> = settings.skips.iter().map(|step| step.word()).collect();
    let weekdays: String = settings.weekdays.iter().map(u32::to_string).collect();
    sql!(
        "INSERT INTO day_settings (shop_id, merchant_id, skips, starts_at, weekdays, last_on, low_stock) VALUES ($1, $2, $3, $4, $5, '', $6) \
         ON CONFLICT (shop_id) DO UPDATE SET skips = excluded.skips, starts_at = excluded.starts_at, weekdays = excluded.weekdays, low_stock = excluded.low_stock"
    )
    .bind(shop)
    .bind(scope.merchant())
    .bind(skips.join(","))
    .bind(settings.starts_at)
    .bind(weekdays)
    .bind(settings.low_stock)
    .run(on)
    .await
}

/// Shops whose day is to start by itself now: their minute has come and they have not had it on this day.
pub(crate) async fn to_start(
    on: impl Into<On<'_>>,
    minute: i64,
    weekday: u32,
    today: &str,
) -> Result<Vec<(MerchantId, ShopId)>, StoreError> {
    let rows = sql!(
        "SELECT merchant_id, shop_id FROM day_settings WHERE starts_at <= $1 AND last_on <> $2 AND weekdays LIKE $3 ORDER BY shop_id"
    )
    .bind(minute)
    .bind(today)
    .bind(format!("%{weekday}%"))
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("merchant_id")?, row.get("shop_id")?)))
        .collect()
}

/// Takes the start of a day; 0 when another process has it.
pub(crate) async fn take_start(on: impl Into<On<'_>>, shop: &ShopId, today: &str) -> Result<u64, StoreError> {
    sql!("UPDATE day_settings SET last_on = $2 WHERE shop_id = $1 AND last_on <> $2")
        .bind(shop)
        .bind(today)
        .run(on)
        .await
}

/// An order in the newest run that had it in a step.
#[derive(Debug, Clone)]
pub(crate) struct Newest {
    pub run: DayRunId,
    /// The run goes on, or is only held.
    pub goes_on: bool,
    pub state: ItemState,
    pub at: Timestamp,
}

pub(crate) async fn newest_of(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    since: Timestamp,
    order: &OrderId,
    step: DayStep,
) -> Result<Option<Newest>, StoreError> {
    let row = sql!(
        "SELECT i.run_id, i.state, i.at, r.state AS run_state FROM day_runs r JOIN day_items i ON i.run_id = r.id AND i.step = $3 AND i.order_id = $4 \
         WHERE r.shop_id = $1 AND r.started_at >= $2 ORDER BY r.started_at DESC, r.id DESC LIMIT 1"
    )
    .bind(shop)
    .bind(since)
    .bind(step.word())
    .bind(order)
    .optional(on)
    .await?;
    row.map(|row| {
        let (state, run_state): (String, String) = (row.get("state")?, row.get("run_state")?);
        Ok(Newest {
            run: row.get("run_id")?,
            goes_on: matches!(run_state.as_str(), "running" | "paused"),
            state: ItemState::parse(&state).ok_or_else(|| unknown("state", state))?,
            at: row.get("at")?,
        })
    })
    .transpose()
}

/// How these orders stand in the step that asks buyers, with the word beside them; of several runs the newest counts.
pub(crate) async fn newest_answers(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    since: Timestamp,
    orders: &[OrderId],
) -> Result<HashMap<OrderId, (ItemState, Option<String>)>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT i.order_id, i.state, i.trouble FROM day_runs r JOIN day_items i ON i.run_id = r.id AND i.step = 'confirm' WHERE "
    ));
    builder.push(
        sql_part!("r.shop_id = ? AND r.started_at >= ? AND i.order_id IN "),
        [shop.into(), since.into()],
    );
    builder.push_list(orders.iter().map(Value::from));
    builder.push(sql_part!(" ORDER BY r.started_at, r.id, i.order_id"), []);
    let rows = builder.finish().all(on).await?;
    rows.iter()
        .map(|row| {
            let state: String = row.get("state")?;
            let state = ItemState::parse(&state).ok_or_else(|| unknown("state", state))?;
            Ok((row.get("order_id")?, (state, row.get("trouble")?)))
        })
        .collect()
}
