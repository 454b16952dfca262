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
use sauda_catalog::CatalogError;
use sauda_kernel::{OrderId, Span};

/// Orders that are asked for in one go.
const TOGETHER: i64 = 100;
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
        let mut has_moved = false;
        let waiting = day_items::waiting(db, &run.id, step.step, TOGETHER).await?;
        let asked_for = waiting.len();
        for (order, code) in waiting {
            match self.ask_one(scope, run, step.step, &order, &code, &act).await? {
                Some(moved) => has_moved |= moved,
                None => return Ok(Verdict::Stop("no-key")),
            }
        }
        for asked in day_items::asked(db, &run.id, step.step).await? {
            has_moved |= self.hear(run, step.step, &asked).await?;
        }
        let now = self.orders.clock.now();
        if has_moved {
            days::moved(db, &run.id, step.step, now).await?;
        }
        let counts = self.counts(run, step.step).await?;
        if counts.open() == 0 {
            return Ok(Verdict::Done);
        }
        let is_much = i64::try_from(asked_for).unwrap_or(0) == TOGETHER;
        if has_moved && is_much && counts.waiting > 0 {
            return Ok(Verdict::Wait(Span::ZERO));
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

    /// Records the command for one order. Nothing when the shop has no key; otherwise whether the order moved.
    async fn ask_one(
        &self,
        scope: &Scope,
        run: &DayRun,
        step: DayStep,
        order: &OrderId,
        code: &str,
        act: &Act,
    ) -> Result<Option<bool>, OrdersError> {
        let (state, command, trouble) = match self.orders.ask(scope, &run.shop, code, act.clone()).await {
            Ok(command) => (ItemState::Asked, Some(command.id), None),
            // Somebody asked for something: the order is looked at again when that is over.
            Err(OrdersError::Asked { .. }) => return Ok(Some(false)),
            Err(OrdersError::NotNow { why, .. }) => {
                let seen = orders::by_id(&self.orders.db, order).await?;
                match (seen, why) {
                    (Some(order), _) if act.is_done_in(&order.seen) => (ItemState::Done, None, None),
                    (_, NotNow::Stage(_)) => (ItemState::Left, None, Some("moved-on")),
                    _ => (ItemState::Trouble, None, Some("refused")),
                }
            }
            Err(OrdersError::Catalog(CatalogError::NoKey)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let settled = Settled {
            command: command.as_ref(),
            trouble,
            text: None,
        };
        let now = self.orders.clock.now();
        day_items::settle(&self.orders.db, &run.id, step, order, state, &settled, now).await?;
        Ok(Some(true))
    }

    /// Notes what has come of one order's command; whether anything has.
    async fn hear(&self, run: &DayRun, step: DayStep, asked: &Asked) -> Result<bool, OrdersError> {
        let (state, trouble) = match asked.command {
            Some(CommandState::Done) => (ItemState::Done, None),
            Some(CommandState::Refused) => match asked.trouble.as_deref() {
                Some("order_over") => (ItemState::Left, Some("moved-on")),
                _ if asked.text.is_some() => (ItemState::Trouble, Some("refused")),
                _ => (ItemState::Trouble, Some("unsent")),
            },
            Some(CommandState::Unseen) => (ItemState::Trouble, Some("unseen")),
            Some(
                CommandState::Recorded | CommandState::Sending | CommandState::Taken | CommandState::Unclear,
            ) => return Ok(false),
            // The order is looked at again from the beginning.
            None => (ItemState::Waiting, None),
        };
        let settled = Settled {
            command: None,
            trouble,
            text: asked.text.as_deref().filter(|_| state == ItemState::Trouble),
        };
        let now = self.orders.clock.now();
        day_items::settle(&self.orders.db, &run.id, step, &asked.order, state, &settled, now).await?;
        Ok(true)
    }
}
