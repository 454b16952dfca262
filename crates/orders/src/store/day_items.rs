//! Statements about orders in the steps of a run.

use crate::{
    model::{CommandState, DayStep, ItemState, Stage},
    store::unknown,
};
use sauda_kernel::{DayRunId, OrderCommandId, OrderId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Tx, Value, insert_rows, sql, sql_part};

/// How many orders of a step stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ItemCounts {
    pub waiting: i64,
    pub asked: i64,
    pub done: i64,
    pub trouble: i64,
    pub left: i64,
}

impl ItemCounts {
    pub const fn total(&self) -> i64 {
        self.waiting + self.asked + self.done + self.trouble + self.left
    }
    pub const fn open(&self) -> i64 {
        self.waiting + self.asked
    }
    fn add(&mut self, state: ItemState, count: i64) {
        match state {
            ItemState::Waiting => self.waiting += count,
            ItemState::Asked => self.asked += count,
            ItemState::Done => self.done += count,
            ItemState::Trouble => self.trouble += count,
            ItemState::Left => self.left += count,
        }
    }
}

/// An order in a step, as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayItem {
    pub step: DayStep,
    pub code: String,
    pub state: ItemState,
    /// Key of the text `day-item-<word>`.
    pub trouble: Option<String>,
    pub trouble_text: Option<String>,
    pub at: Timestamp,
}

/// An order that the marketplace was asked about, and what has come of it.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub order: OrderId,
    pub command: Option<CommandState>,
    pub trouble: Option<String>,
    pub text: Option<String>,
}

/// How an order comes to stand in a step.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settled<'a> {
    pub command: Option<&'a OrderCommandId>,
    pub trouble: Option<&'a str>,
    pub text: Option<&'a str>,
}

/// Puts orders into a step, or anew when they were not done there.
pub(crate) async fn put(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
    orders: &[(&OrderId, ItemState, Option<&str>)],
    now: Timestamp,
) -> Result<u64, StoreError> {
    if orders.is_empty() {
        return Ok(0);
    }
    let row = |(order, state, trouble): &(&OrderId, ItemState, Option<&str>)| {
        vec![
            run.into(),
            step.word().into(),
            (*order).into(),
            state.word().into(),
            (*trouble).into(),
            now.into(),
        ]
    };
    insert_rows(
        sql_part!("INSERT INTO day_items (run_id, step, order_id, state, trouble, at) VALUES "),
        orders.iter().map(row).collect(),
        sql_part!(
            "ON CONFLICT (run_id, step, order_id) DO UPDATE SET state = excluded.state, trouble = excluded.trouble, trouble_text = NULL, at = excluded.at"
        ),
    )
    .run(on)
    .await
}

/// Puts orders that stand at a stage into a step, but none whose buyer's answer waits for a person; what was done there stays done.
pub(crate) async fn put_stage(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
    stage: Stage,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO day_items (run_id, step, order_id, state, at) \
         SELECT i.run_id, CAST($2 AS TEXT), i.order_id, 'waiting', CAST($4 AS BIGINT) FROM day_items i JOIN orders o ON o.id = i.order_id \
         WHERE i.run_id = $1 AND i.step = 'check' AND i.state = 'done' AND o.stage = $3 \
         AND NOT EXISTS (SELECT 1 FROM day_items c WHERE c.run_id = i.run_id AND c.step = 'confirm' AND c.order_id = i.order_id AND c.state = 'trouble') \
         ON CONFLICT (run_id, step, order_id) DO UPDATE SET state = 'waiting', command_id = NULL, trouble = NULL, trouble_text = NULL, at = excluded.at \
         WHERE day_items.state IN ('trouble', 'left')"
    )
    .bind(run)
    .bind(step.word())
    .bind(stage.word())
    .bind(now)
    .run(on)
    .await
}

/// Puts the run's orders that are not packed yet into a step, also those that were done in it before.
pub(crate) async fn put_open(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO day_items (run_id, step, order_id, state, at) \
         SELECT i.run_id, CAST($2 AS TEXT), i.order_id, 'waiting', CAST($3 AS BIGINT) FROM day_items i JOIN orders o ON o.id = i.order_id \
         WHERE i.run_id = $1 AND i.step = 'check' AND i.state = 'done' AND o.stage IN ('new', 'pack') \
         ON CONFLICT (run_id, step, order_id) DO UPDATE SET state = 'waiting', trouble = NULL, trouble_text = NULL, at = excluded.at"
    )
    .bind(run)
    .bind(step.word())
    .bind(now)
    .run(on)
    .await
}

/// Puts orders whose size is doubtful or cannot be told into the step that asks; those that were asked stay as they are.
pub(crate) async fn put_doubtful(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO day_items (run_id, step, order_id, state, at) \
         SELECT i.run_id, 'confirm', i.order_id, 'waiting', CAST($2 AS BIGINT) FROM day_items i JOIN orders o ON o.id = i.order_id \
         WHERE i.run_id = $1 AND i.step = 'sizes' AND i.trouble IN ('size-differs', 'size-no-data') AND o.stage IN ('new', 'pack') \
         ON CONFLICT (run_id, step, order_id) DO UPDATE SET state = 'waiting', trouble = NULL, trouble_text = NULL, at = excluded.at \
         WHERE day_items.state IN ('trouble', 'left')"
    )
    .bind(run)
    .bind(now)
    .run(on)
    .await
}

/// How an order comes to stand, beside many others.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub order: OrderId,
    pub state: ItemState,
    pub trouble: Option<&'static str>,
    pub text: Option<String>,
}

/// Many orders come to stand in a step.
pub(crate) async fn stand(
    tx: &mut Tx,
    run: &DayRunId,
    step: DayStep,
    standings: &[Standing],
    now: Timestamp,
) -> Result<(), StoreError> {
    for part in standings.chunks(1_000) {
        let rows = part
            .iter()
            .map(|one| {
                vec![
                    run.into(),
                    step.word().into(),
                    (&one.order).into(),
                    one.state.word().into(),
                    Value::Text(one.trouble.map(str::to_owned)),
                    Value::Text(one.text.clone()),
                    now.into(),
                ]
            })
            .collect();
        insert_rows(
            sql_part!("INSERT INTO day_items (run_id, step, order_id, state, trouble, trouble_text, at) VALUES "),
            rows,
            sql_part!(
                "ON CONFLICT (run_id, step, order_id) DO UPDATE SET state = excluded.state, trouble = excluded.trouble, \
                 trouble_text = excluded.trouble_text, at = excluded.at"
            ),
        )
        .run(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Troubles of a step are over whose orders stand elsewhere by now.
pub(crate) async fn forgive(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
    stage: Stage,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE day_items SET state = 'left', trouble = 'moved-on', trouble_text = NULL, at = $4 WHERE run_id = $1 AND step = $2 AND state = 'trouble' \
         AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = day_items.order_id AND o.stage = $3)"
    )
    .bind(run)
    .bind(step.word())
    .bind(stage.word())
    .bind(now)
    .run(on)
    .await
}

/// Orders of a step that wait, with their numbers.
pub(crate) async fn waiting(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
    limit: i64,
) -> Result<Vec<(OrderId, String)>, StoreError> {
    let rows = sql!(
        "SELECT i.order_id, o.code FROM day_items i JOIN orders o ON o.id = i.order_id \
         WHERE i.run_id = $1 AND i.step = $2 AND i.state = 'waiting' ORDER BY o.due_at NULLS LAST, i.order_id LIMIT $3"
    )
    .bind(run)
    .bind(step.word())
    .bind(limit)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("order_id")?, row.get("code")?)))
        .collect()
}

/// Waiting orders of a step that have a waybill now.
pub(crate) async fn with_waybill(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
) -> Result<Vec<OrderId>, StoreError> {
    let rows = sql!(
        "SELECT i.order_id FROM day_items i WHERE i.run_id = $1 AND i.step = $2 AND i.state = 'waiting' \
         AND EXISTS (SELECT 1 FROM waybills w WHERE w.order_id = i.order_id) ORDER BY i.order_id"
    )
    .bind(run)
    .bind(step.word())
    .all(on)
    .await?;
    rows.iter().map(|row| row.get("order_id")).collect()
}

/// Waiting orders of a step that do not stand at a stage any more.
pub(crate) async fn moved_on(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
    stage: Stage,
) -> Result<Vec<OrderId>, StoreError> {
    let rows = sql!(
        "SELECT i.order_id FROM day_items i JOIN orders o ON o.id = i.order_id \
         WHERE i.run_id = $1 AND i.step = $2 AND i.state = 'waiting' AND o.stage <> $3 ORDER BY i.order_id"
    )
    .bind(run)
    .bind(step.word())
    .bind(stage.word())
    .all(on)
    .await?;
    rows.iter().map(|row| row.get("order_id")).collect()
}

/// What has come of what was asked.
pub(crate) async fn asked(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
) -> Result<Vec<Asked>, StoreError> {
    let rows = sql!(
        "SELECT i.order_id, c.state AS command_state, c.trouble, c.trouble_text FROM day_items i \
         LEFT JOIN order_commands c ON c.id = i.command_id WHERE i.run_id = $1 AND i.step = $2 AND i.state = 'asked' ORDER BY i.order_id"
    )
    .bind(run)
    .bind(step.word())
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            let command: Option<String> = row.get("command_state")?;
            Ok(Asked {
                order: row.get("order_id")?,
                command: command
                    .map(|word| CommandState::parse(&word).ok_or_else(|| unknown("state", word)))
                    .transpose()?,
                trouble: row.get("trouble")?,
                text: row.get("trouble_text")?,
            })
        })
        .collect()
}

/// An order comes to stand in a step.
pub(crate) async fn settle(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
    order: &OrderId,
    state: ItemState,
    settled: &Settled<'_>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE day_items SET state = $4, command_id = COALESCE($5, command_id), trouble = $6, trouble_text = $7, at = $8 \
         WHERE run_id = $1 AND step = $2 AND order_id = $3"
    )
    .bind(run)
    .bind(step.word())
    .bind(order)
    .bind(state.word())
    .bind(settled.command)
    .bind(settled.trouble)
    .bind(settled.text)
    .bind(now)
    .run(on)
    .await
}

/// Orders come to stand in a step in one way.
pub(crate) async fn settle_all(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
    orders: &[OrderId],
    (state, trouble): (ItemState, Option<&str>),
    now: Timestamp,
) -> Result<u64, StoreError> {
    if orders.is_empty() {
        return Ok(0);
    }
    let mut builder = SqlBuilder::new(sql_part!("UPDATE day_items SET "));
    builder.push(
        sql_part!(
            "state = ?, trouble = ?, trouble_text = NULL, at = ? WHERE run_id = ? AND step = ? AND order_id IN "
        ),
        [
            state.word().into(),
            trouble.into(),
            now.into(),
            run.into(),
            step.word().into(),
        ],
    );
    builder.push_list(orders.iter().map(Value::from));
    builder.finish().run(on).await
}

/// What is still open in a step is given up for this run.
pub(crate) async fn give_up(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
    trouble: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE day_items SET state = 'trouble', trouble = $3, at = $4 WHERE run_id = $1 AND step = $2 AND state IN ('waiting', 'asked')"
    )
    .bind(run)
    .bind(step.word())
    .bind(trouble)
    .bind(now)
    .run(on)
    .await
}

/// What is still open in a step is left for this run, which is no trouble.
pub(crate) async fn leave(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
    why: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE day_items SET state = 'left', trouble = $3, at = $4 WHERE run_id = $1 AND step = $2 AND state IN ('waiting', 'asked')"
    )
    .bind(run)
    .bind(step.word())
    .bind(why)
    .bind(now)
    .run(on)
    .await
}

/// Orders of a step that stand in a way, with their numbers.
pub(crate) async fn in_state(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
    state: ItemState,
) -> Result<Vec<(OrderId, String)>, StoreError> {
    let rows = sql!(
        "SELECT i.order_id, o.code FROM day_items i JOIN orders o ON o.id = i.order_id \
         WHERE i.run_id = $1 AND i.step = $2 AND i.state = $3 ORDER BY i.order_id"
    )
    .bind(run)
    .bind(step.word())
    .bind(state.word())
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("order_id")?, row.get("code")?)))
        .collect()
}

/// How many orders of a step have which word beside them.
pub(crate) async fn words(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = sql!(
        "SELECT trouble, COUNT(*) AS n FROM day_items WHERE run_id = $1 AND step = $2 AND trouble IS NOT NULL GROUP BY trouble ORDER BY trouble"
    )
    .bind(run)
    .bind(step.word())
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("trouble")?, row.get("n")?)))
        .collect()
}

/// Orders that were done with a remark, the oldest first.
pub(crate) async fn remarks(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    limit: i64,
) -> Result<Vec<DayItem>, StoreError> {
    sql!(
        "SELECT i.step, o.code, i.state, i.trouble, i.trouble_text, i.at FROM day_items i JOIN orders o ON o.id = i.order_id \
         WHERE i.run_id = $1 AND i.state = 'done' AND i.trouble IS NOT NULL ORDER BY i.at, i.order_id, i.step LIMIT $2"
    )
    .bind(run)
    .bind(limit)
    .all(on)
    .await?
    .iter()
    .map(item)
    .collect()
}

pub(crate) async fn counts(
    on: impl Into<On<'_>>,
    run: &DayRunId,
) -> Result<Vec<(DayStep, ItemCounts)>, StoreError> {
    let rows = sql!(
        "SELECT step, state, COUNT(*) AS n FROM day_items WHERE run_id = $1 GROUP BY step, state ORDER BY step"
    )
    .bind(run)
    .all(on)
    .await?;
    let mut counts: Vec<(DayStep, ItemCounts)> = Vec::new();
    for row in &rows {
        let (step, state): (String, String) = (row.get("step")?, row.get("state")?);
        let step = DayStep::parse(&step).ok_or_else(|| unknown("step", step))?;
        let state = ItemState::parse(&state).ok_or_else(|| unknown("state", state))?;
        let count: i64 = row.get("n")?;
        match counts.iter_mut().find(|(known, _)| *known == step) {
            Some((_, sum)) => sum.add(state, count),
            None => {
                let mut sum = ItemCounts::default();
                sum.add(state, count);
                counts.push((step, sum));
            }
        }
    }
    Ok(counts)
}

/// How many orders of one step stand how.
pub(crate) async fn counts_of(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    step: DayStep,
) -> Result<ItemCounts, StoreError> {
    let rows =
        sql!("SELECT state, COUNT(*) AS n FROM day_items WHERE run_id = $1 AND step = $2 GROUP BY state")
            .bind(run)
            .bind(step.word())
            .all(on)
            .await?;
    let mut counts = ItemCounts::default();
    for row in &rows {
        let state: String = row.get("state")?;
        let state = ItemState::parse(&state).ok_or_else(|| unknown("state", state))?;
        counts.add(state, row.get("n")?);
    }
    Ok(counts)
}

/// How many orders of a run have a trouble in any step.
pub(crate) async fn troubled(on: impl Into<On<'_>>, run: &DayRunId) -> Result<i64, StoreError> {
    sql!("SELECT COUNT(DISTINCT order_id) AS n FROM day_items WHERE run_id = $1 AND state = 'trouble'")
        .bind(run)
        .one(on)
        .await?
        .get("n")
}

/// The last things that happened in a run, the newest first.
pub(crate) async fn last(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    limit: i64,
) -> Result<Vec<DayItem>, StoreError> {
    sql!(
        "SELECT i.step, o.code, i.state, i.trouble, i.trouble_text, i.at FROM day_items i JOIN orders o ON o.id = i.order_id \
         WHERE i.run_id = $1 AND i.state <> 'waiting' ORDER BY i.at DESC, i.order_id, i.step LIMIT $2"
    )
    .bind(run)
    .bind(limit)
    .all(on)
    .await?
    .iter()
    .map(item)
    .collect()
}

/// Orders of a run that stand in a way, the oldest first.
pub(crate) async fn of_state(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    state: ItemState,
    limit: i64,
) -> Result<Vec<DayItem>, StoreError> {
    sql!(
        "SELECT i.step, o.code, i.state, i.trouble, i.trouble_text, i.at FROM day_items i JOIN orders o ON o.id = i.order_id \
         WHERE i.run_id = $1 AND i.state = $2 ORDER BY i.at, i.order_id, i.step LIMIT $3"
    )
    .bind(run)
    .bind(state.word())
    .bind(limit)
    .all(on)
    .await?
    .iter()
    .map(item)
    .collect()
}

fn item(row: &Row) -> Result<DayItem, StoreError> {
    let (step, state): (String, String) = (row.get("step")?, row.get("state")?);
    Ok(DayItem {
        step: DayStep::parse(&step).ok_or_else(|| unknown("step", step))?,
        code: row.get("code")?,
        state: ItemState::parse(&state).ok_or_else(|| unknown("state", state))?,
        trouble: row.get("trouble")?,
        trouble_text: row.get("trouble_text")?,
        at: row.get("at")?,
    })
}

/// Numbers of the orders of a run that are ready to be handed over and have their papers.
pub(crate) async fn papers(on: impl Into<On<'_>>, run: &DayRunId) -> Result<Vec<String>, StoreError> {
    let rows = sql!(
        "SELECT o.code FROM day_items i JOIN orders o ON o.id = i.order_id \
         WHERE i.run_id = $1 AND i.step = 'papers' AND i.state = 'done' ORDER BY o.code"
    )
    .bind(run)
    .all(on)
    .await?;
    rows.iter().map(|row| row.get("code")).collect()
}

/// Offers that a run's orders are of.
pub(crate) async fn offers(
    on: impl Into<On<'_>>,
    run: &DayRunId,
) -> Result<Vec<sauda_kernel::OfferId>, StoreError> {
    let rows = sql!(
        "SELECT DISTINCT l.offer_id FROM day_items i JOIN order_lines l ON l.order_id = i.order_id \
         WHERE i.run_id = $1 AND i.step = 'check' AND l.offer_id IS NOT NULL ORDER BY l.offer_id"
    )
    .bind(run)
    .all(on)
    .await?;
    rows.iter().map(|row| row.get("offer_id")).collect()
}
