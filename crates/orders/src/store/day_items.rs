//! How orders come to stand in the steps of a run.

use crate::{
    model::{CommandState, DayStep, ItemState, Stage},
    store::unknown,
};
use sauda_kernel::{DayRunId, OrderCommandId, OrderId, Timestamp};
use sauda_store::{On, SqlBuilder, StoreError, Tx, Value, insert_rows, sql, sql_part};

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

/// Puts orders that stand at a stage into a step, but none whose buyer is asked about the size or whose answer waits for a person;
/// what was done there stays done.
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
         AND NOT EXISTS (SELECT 1 FROM day_items c WHERE c.run_id = i.run_id AND c.step = 'confirm' AND c.order_id = i.order_id AND c.state IN ('waiting', 'asked', 'trouble')) \
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

/// Steps of a run in which an order had no paper.
pub(crate) async fn without_paper(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    order: &OrderId,
) -> Result<Vec<DayStep>, StoreError> {
    let rows = sql!(
        "SELECT step FROM day_items WHERE run_id = $1 AND step IN ('waybills', 'papers') AND order_id = $2 AND state = 'trouble' \
         AND trouble = 'no-waybill' ORDER BY step"
    )
    .bind(run)
    .bind(order)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            let step: String = row.get("step")?;
            DayStep::parse(&step).ok_or_else(|| unknown("step", step))
        })
        .collect()
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

/// What is still open in a step and due before a moment is left for this run.
pub(crate) async fn leave_due(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    (step, before): (DayStep, Timestamp),
    why: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE day_items SET state = 'left', trouble = $3, at = $4 WHERE run_id = $1 AND step = $2 AND state IN ('waiting', 'asked') \
         AND EXISTS (SELECT 1 FROM orders o WHERE o.id = day_items.order_id AND o.due_at < $5)"
    )
    .bind(run)
    .bind(step.word())
    .bind(why)
    .bind(now)
    .bind(before)
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
