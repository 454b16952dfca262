//! The step that asks buyers about doubtful sizes through whoever can ask. Waits some minutes for answers, never for the last one;
//! without anybody to ask there is no such step. An answer that only a person can take holds its order back.

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
/// Without any answer for so long the day goes on, and so it does when answers dribble in for longer than the second.
const PATIENCE: Span = Span::from_mins(10);
const AT_MOST: Span = Span::from_mins(30);
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
            return Ok(Verdict::Done);
        }
        let has_asked = self.ask_buyers(scope, run, step).await?;
        let has_heard = self.hear_buyers(scope, run, step).await?;
        let now = self.orders.clock.now();
        if has_asked || has_heard {
            days::moved(db, &run.id, step.step, now).await?;
        }
        if self.counts(run, step.step).await?.open() == 0 {
            return Ok(Verdict::Done);
        }
        let is_quiet = step.moved_at.is_some_and(|moved| now.since(moved) > PATIENCE);
        let is_long = step.began_at.is_some_and(|began| now.since(began) > AT_MOST);
        if (is_quiet && !has_asked && !has_heard) || is_long {
            // Whoever hears a later answer tells the order of it; the day does not wait.
            day_items::leave(db, &run.id, step.step, "no-answer", now).await?;
            return Ok(Verdict::Done);
        }
        Ok(Verdict::Wait(LOOK))
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
