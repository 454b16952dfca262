//! What is told of the orders in the steps of a run: how many stand how, which of them, and what they need.

use crate::{
    model::{DayStep, ItemState},
    store::unknown,
};
use sauda_kernel::{DayRunId, OfferId, Timestamp};
use sauda_store::{On, Row, StoreError, sql};

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

/// How many orders of a run have a trouble in any step.
pub(crate) async fn troubled(on: impl Into<On<'_>>, run: &DayRunId) -> Result<i64, StoreError> {
    sql!("SELECT COUNT(DISTINCT order_id) AS n FROM day_items WHERE run_id = $1 AND state = 'trouble'")
        .bind(run)
        .one(on)
        .await?
        .get("n")
}

/// Orders that were done with a remark, the oldest first; a size that the buyer keeps is none.
pub(crate) async fn remarks(
    on: impl Into<On<'_>>,
    run: &DayRunId,
    limit: i64,
) -> Result<Vec<DayItem>, StoreError> {
    sql!(
        "SELECT i.step, o.code, i.state, i.trouble, i.trouble_text, i.at FROM day_items i JOIN orders o ON o.id = i.order_id \
         WHERE i.run_id = $1 AND i.state = 'done' AND i.trouble IS NOT NULL AND i.trouble <> 'size-kept' ORDER BY i.at, i.order_id, i.step LIMIT $2"
    )
    .bind(run)
    .bind(limit)
    .all(on)
    .await?
    .iter()
    .map(item)
    .collect()
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
pub(crate) async fn offers(on: impl Into<On<'_>>, run: &DayRunId) -> Result<Vec<OfferId>, StoreError> {
    let rows = sql!(
        "SELECT DISTINCT l.offer_id FROM day_items i JOIN order_lines l ON l.order_id = i.order_id \
         WHERE i.run_id = $1 AND i.step = 'check' AND l.offer_id IS NOT NULL ORDER BY l.offer_id"
    )
    .bind(run)
    .all(on)
    .await?;
    rows.iter().map(|row| row.get("offer_id")).collect()
}
