//! The step that asks buyers about doubtful sizes through whoever can ask. Waits some minutes for answers, never for the last one,
//! past an order's time, or for a question that leaves in the morning; the orders of others go on meanwhile. Without anybody to ask
//! there is no such step. An answer that only a person can take holds its order back.

use super::{DayKeeper, Verdict};
use crate::{
    OrdersError,
    fit::AskOutcome,
    model::ItemState,
    store::{
        day_items::{self, Settled},
        days::{self, DayRun, RunStep},
    },
};
use sauda_accounts::Scope;
use sauda_kernel::{OrderId, Span};

/// Buyers that are asked in one go.
const TOGETHER: i64 = 100;
/// Without any answer for so long the day goes on, and so it does when answers dribble in for longer than the last. A number
/// writes to one buyer after another: each who is asked adds the second.
const PATIENCE: Span = Span::from_mins(10);
const EACH: Span = Span::from_secs(45);
const AT_MOST: Span = Span::from_mins(45);
/// An order that is due sooner waits for no answer.
const IN_TIME: Span = Span::from_mins(20);
const LOOK: Span = Span::from_secs(5);

impl DayKeeper {
    pub(super) async fn confirm(
        &self,
        scope: &Scope,
        run: &DayRun,
        step: &RunStep,
    ) -> Result<Verdict, OrdersError> {
        let db = &self.orders.db;
        if !self.orders.askers.is_there() {
            // Nobody asks: no order may wait for it.
            day_items::leave(db, &run.id, step.step, "no-line", self.orders.clock.now()).await?;
            return Ok(Verdict::Done);
        }
        let has_asked = self.ask_buyers(scope, run, step).await?;
        let has_heard = self.hear_buyers(scope, run, step).await?;
        let now = self.orders.clock.now();
        if has_asked || has_heard {
            days::moved(db, &run.id, step.step, now).await?;
        }
        let open = self.counts(run, step.step).await?.open();
        if open == 0 {
            return Ok(Verdict::Done);
        }
        self.let_due_go(run, step).await?;
        let patience = PATIENCE.as_secs() + EACH.as_secs() * open;
        let is_quiet = step
            .moved_at
            .is_some_and(|moved| now.since(moved) > Span::from_secs(patience));
        let is_long = step.began_at.is_some_and(|began| now.since(began) > AT_MOST);
        if (is_quiet && !has_asked && !has_heard) || is_long {
            // Whoever hears a later answer tells the order of it; the day does not wait.
            day_items::leave(db, &run.id, step.step, "no-answer", now).await?;
            return Ok(Verdict::Done);
        }
        Ok(Verdict::Wait(LOOK))
    }

    /// Orders whose time runs out go on without an answer.
    async fn let_due_go(&self, run: &DayRun, step: &RunStep) -> Result<(), OrdersError> {
        let now = self.orders.clock.now();
        let mut tx = self.orders.db.write().await?;
        let due = (step.step, now.plus(IN_TIME));
        if day_items::leave_due(&mut tx, &run.id, due, "no-answer", now).await? > 0 {
            days::again_for_held(&mut tx, &run.id).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn ask_buyers(&self, scope: &Scope, run: &DayRun, step: &RunStep) -> Result<bool, OrdersError> {
        let db = &self.orders.db;
        let waiting = day_items::waiting(db, &run.id, step.step, TOGETHER).await?;
        let ids: Vec<OrderId> = waiting.into_iter().map(|(id, _)| id).collect();
        let fits = self.orders.fits(&ids).await?;
        let mut has_moved = false;
        for order in &ids {
            let lines = fits.get(order).map_or(&[][..], Vec::as_slice);
            let key = format!("{}:{order}", run.id);
            let asked = self.orders.askers.ask(scope, &run.shop, order, &key, lines).await;
            let (state, trouble) = match asked {
                Ok(AskOutcome::Asked) => (ItemState::Asked, None),
                Ok(AskOutcome::Later) => (ItemState::Left, Some("asked-later")),
                Ok(AskOutcome::NoPhone) => (ItemState::Left, Some("no-phone")),
                Ok(AskOutcome::NoLine) => (ItemState::Left, Some("no-line")),
                Ok(AskOutcome::Silent) => (ItemState::Left, Some("silent-buyer")),
                Err(error) => {
                    tracing::info!(order.id = %order, error, "a buyer could not be asked about a size");
                    continue;
                }
            };
            let settled = Settled {
                trouble,
                ..Settled::default()
            };
            let now = self.orders.clock.now();
            day_items::settle(db, &run.id, step.step, order, state, &settled, now).await?;
            has_moved = true;
        }
        Ok(has_moved)
    }

    async fn hear_buyers(&self, scope: &Scope, run: &DayRun, step: &RunStep) -> Result<bool, OrdersError> {
        let db = &self.orders.db;
        let asked = day_items::in_state(db, &run.id, step.step, ItemState::Asked).await?;
        if asked.is_empty() {
            return Ok(false);
        }
        let ids: Vec<OrderId> = asked.iter().map(|(id, _)| id.clone()).collect();
        let answers = match self.orders.askers.answers(scope, &run.shop, &ids).await {
            Ok(answers) => answers,
            Err(error) => {
                tracing::info!(shop.id = %run.shop, error, "answers about sizes cannot be heard");
                return Ok(false);
            }
        };
        let mut has_moved = false;
        for answer in answers {
            let Some((_, code)) = asked.iter().find(|(id, _)| *id == answer.order) else {
                continue;
            };
            let (state, word, text) = self.orders.take_answer(scope, &run.shop, code, &answer).await?;
            let settled = Settled {
                trouble: Some(word),
                text: text.as_deref(),
                command: None,
            };
            let now = self.orders.clock.now();
            day_items::settle(db, &run.id, step.step, &answer.order, state, &settled, now).await?;
            has_moved = true;
        }
        Ok(has_moved)
    }
}
