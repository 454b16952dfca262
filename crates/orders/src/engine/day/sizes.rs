//! The step that advises sizes: five hundred orders in one go. An order without data is no trouble, another size than the bought
//! one is only told; nothing here stops a day.

use super::{DayKeeper, Verdict};
use crate::{
    OrdersError,
    fit::{Batch, LineFit, NoAdvice},
    model::{DayStep, ItemState, Order},
    store::{
        day_items::{self, Standing},
        days::{self, DayRun, RunStep},
        orders,
    },
};
use sauda_accounts::Scope;
use sauda_kernel::Span;

/// Orders that are advised in one go.
const TOGETHER: i64 = 500;

impl DayKeeper {
    pub(super) async fn begin_sizes(&self, scope: &Scope, run: &DayRun) -> Result<(), OrdersError> {
        let now = self.orders.clock.now();
        day_items::put_open(&self.orders.db, &run.id, DayStep::Sizes, now).await?;
        // What came back or stayed since the last time teaches this one.
        self.orders.judge(scope, &run.shop).await?;
        Ok(())
    }

    pub(super) async fn sizes(
        &self,
        scope: &Scope,
        run: &DayRun,
        step: &RunStep,
    ) -> Result<Verdict, OrdersError> {
        let db = &self.orders.db;
        let waiting = day_items::waiting(db, &run.id, step.step, TOGETHER).await?;
        if waiting.is_empty() {
            return Ok(Verdict::Done);
        }
        let codes: Vec<&str> = waiting.iter().map(|(_, code)| code.as_str()).collect();
        let orders = orders::by_codes(db, &run.shop, &codes).await?;
        let batch = self.orders.advise_orders(scope, &run.shop, &orders).await?;
        let now = self.orders.clock.now();
        let mut standings: Vec<Standing> = orders.iter().map(|order| standing(&batch, order)).collect();
        // An order that is gone has nothing to be advised.
        standings.extend(
            waiting
                .into_iter()
                .filter(|(id, _)| !orders.iter().any(|order| order.id == *id))
                .map(|(order, _)| Standing {
                    order,
                    state: ItemState::Left,
                    trouble: Some("moved-on"),
                    text: None,
                }),
        );
        let mut tx = db.write().await?;
        day_items::stand(&mut tx, &run.id, step.step, &standings, now).await?;
        days::moved(&mut tx, &run.id, step.step, now).await?;
        tx.commit().await?;
        Ok(Verdict::Wait(Span::ZERO))
    }
}

fn standing(batch: &Batch, order: &Order) -> Standing {
    let fits = batch.fits.get(&order.id).map_or(&[][..], Vec::as_slice);
    let (state, trouble, text) = match fits {
        [] => {
            let why = batch.none.get(&order.id).copied().unwrap_or(NoAdvice::NoSize);
            (ItemState::Left, Some(why.word()), None)
        }
        fits => match told(fits) {
            Some(text) => (ItemState::Done, Some("size-differs"), Some(text)),
            None if fits.iter().all(|fit| fit.size().is_none()) => {
                (ItemState::Left, Some("size-no-data"), None)
            }
            None => (ItemState::Done, None, None),
        },
    };
    Standing {
        order: order.id.clone(),
        state,
        trouble,
        text,
    }
}

/// The bought and the advised size of each line that differs.
fn told(fits: &[LineFit]) -> Option<String> {
    let lines: Vec<String> = fits
        .iter()
        .filter(|fit| fit.differs())
        .map(|fit| format!("{} → {}", fit.asked, fit.size().unwrap_or_default()))
        .collect();
    (!lines.is_empty()).then(|| lines.join(", "))
}
