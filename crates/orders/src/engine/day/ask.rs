//! Steps that ask the marketplace for something with each order: accept, declare ready. One order's trouble is its own.

use super::{DayKeeper, Verdict};
use crate::{
    OrdersError,
    model::{Act, CommandState, DayStep, ItemState, NotNow, Stage},
    store::{
        day_items::{self, Asked, Settled},
        days::{self, DayRun, RunStep},
        orders,
    },
};
use sauda_accounts::Scope;
use sauda_kernel::{OrderId, Span};

/// Orders that are asked for in one go.
const TOGETHER: i64 = 200;
/// A step in which nothing moved for so long goes on without what is left; if nothing was done in it at all, the run stops.
const PATIENCE: Span = Span::from_mins(2);
/// How often it is looked what came of it: seldom when there is much.
const LOOK: Span = Span::from_millis(500);
const LOOK_OF_MANY: Span = Span::from_secs(3);
const MANY: i64 = 500;

/// At which stage the orders stand that a step works on.
pub(super) const fn stage_of(step: DayStep) -> Option<Stage> {
    match step {
        DayStep::Accept => Some(Stage::New),
        DayStep::Assemble => Some(Stage::Pack),
        DayStep::Waybills | DayStep::Papers => Some(Stage::HandOver),
        DayStep::Fetch
        | DayStep::Check
        | DayStep::Sizes
        | DayStep::Confirm
        | DayStep::Stock
        | DayStep::Statuses
        | DayStep::Report => None,
    }
}

const fn act_of(step: DayStep) -> Option<Act> {
    match step {
        DayStep::Accept => Some(Act::Accept),
        DayStep::Assemble => Some(Act::Assemble { parcels: 1 }),
        _ => None,
    }
}

impl DayKeeper {
    pub(super) async fn ask(
        &self,
        scope: &Scope,
        run: &DayRun,
        step: &RunStep,
    ) -> Result<Verdict, OrdersError> {
        let (Some(act), db) = (act_of(step.step), &self.orders.db) else {
            return Ok(Verdict::Done);
        };
        let waiting = day_items::waiting(db, &run.id, step.step, TOGETHER).await?;
        let asked_for = waiting.len();
        if asked_for > 0 && self.orders.catalog.shop_key(scope, &run.shop).await?.is_none() {
            return Ok(Verdict::Stop("no-key"));
        }
        let is_much = i64::try_from(asked_for).unwrap_or(0) == TOGETHER;
        let mut has_moved = self.ask_all(scope, run, step.step, &waiting, &act).await?;
        // What came of the first hundreds is heard when the last is asked.
        let goes_on = has_moved && is_much;
        if !goes_on {
            has_moved |= self.hear_all(run, step.step).await?;
        }
        let now = self.orders.clock.now();
        if has_moved {
            days::moved(db, &run.id, step.step, now).await?;
        }
        if goes_on {
            return Ok(Verdict::Wait(Span::ZERO));
        }
        let counts = self.counts(run, step.step).await?;
        if counts.open() == 0 {
            return Ok(Verdict::Done);
        }
        if !has_moved && step.moved_at.is_some_and(|moved| now.since(moved) > PATIENCE) {
            if counts.done == 0 && counts.total() > 1 {
                return Ok(Verdict::Stop("silent"));
            }
            day_items::give_up(db, &run.id, step.step, "slow", now).await?;
            return Ok(Verdict::Done);
        }
        Ok(Verdict::Wait(if counts.open() > MANY {
            LOOK_OF_MANY
        } else {
            LOOK
        }))
    }

    /// Records the commands for some orders in one transaction; whether any order moved.
    async fn ask_all(
        &self,
        scope: &Scope,
        run: &DayRun,
        step: DayStep,
        waiting: &[(OrderId, String)],
        act: &Act,
    ) -> Result<bool, OrdersError> {
        if waiting.is_empty() {
            return Ok(false);
        }
        let (now, mut has_moved) = (self.orders.clock.now(), false);
        let ids: Vec<OrderId> = waiting.iter().map(|(id, _)| id.clone()).collect();
        let mut tx = self.orders.db.write().await?;
        let orders = orders::by_ids(&mut tx, &ids).await?;
        for (id, _) in waiting {
            let Some(order) = orders.get(id) else { continue };
            let recorded = match act.check(&order.seen) {
                Ok(()) => self.orders.record(&mut tx, scope, order, act.clone()).await,
                Err(why) => Err(OrdersError::NotNow { act: act.kind(), why }),
            };
            let (state, command, trouble) = match recorded {
                Ok(command) => (ItemState::Asked, Some(command.id), None),
                // Somebody asked for something: the order is looked at again when that is over.
                Err(OrdersError::Asked { .. }) => continue,
                Err(OrdersError::NotNow { .. }) if act.is_done_in(&order.seen) => {
                    (ItemState::Done, None, None)
                }
                Err(OrdersError::NotNow {
                    why: NotNow::Stage(_),
                    ..
                }) => (ItemState::Left, None, Some("moved-on")),
                Err(OrdersError::NotNow { .. }) => (ItemState::Trouble, None, Some("refused")),
                Err(error) => return Err(error),
            };
            let settled = Settled {
                command: command.as_ref(),
                trouble,
                text: None,
            };
            day_items::settle(&mut tx, &run.id, step, id, state, &settled, now).await?;
            has_moved = true;
        }
        tx.commit().await?;
        self.orders.signal(&run.shop).await;
        Ok(has_moved)
    }

    /// Notes what has come of the commands of a step; whether anything has.
    async fn hear_all(&self, run: &DayRun, step: DayStep) -> Result<bool, OrdersError> {
        let now = self.orders.clock.now();
        let asked = day_items::asked(&self.orders.db, &run.id, step).await?;
        let (mut done, mut others) = (Vec::new(), Vec::new());
        for asked in &asked {
            match outcome(asked) {
                Some((ItemState::Done, _)) => done.push(asked.order.clone()),
                Some((state, trouble)) => others.push((asked, state, trouble)),
                None => {}
            }
        }
        if done.is_empty() && others.is_empty() {
            return Ok(false);
        }
        let mut tx = self.orders.db.write().await?;
        day_items::settle_all(&mut tx, &run.id, step, &done, (ItemState::Done, None), now).await?;
        for (asked, state, trouble) in others {
            let settled = Settled {
                command: None,
                trouble,
                text: asked.text.as_deref().filter(|_| state == ItemState::Trouble),
            };
            day_items::settle(&mut tx, &run.id, step, &asked.order, state, &settled, now).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}

/// How an order stands in a step by what has come of its command; nothing while that is under way.
fn outcome(asked: &Asked) -> Option<(ItemState, Option<&'static str>)> {
    Some(match asked.command {
        Some(CommandState::Done) => (ItemState::Done, None),
        Some(CommandState::Refused) => match asked.trouble.as_deref() {
            Some("order_over") => (ItemState::Left, Some("moved-on")),
            _ if asked.text.is_some() => (ItemState::Trouble, Some("refused")),
            _ => (ItemState::Trouble, Some("unsent")),
        },
        Some(CommandState::Unseen) => (ItemState::Trouble, Some("unseen")),
        Some(
            CommandState::Recorded | CommandState::Sending | CommandState::Taken | CommandState::Unclear,
        ) => return None,
        // The order is looked at again from the beginning.
        None => (ItemState::Waiting, None),
    })
}
