//! A buyer's answer about a size that came after the day went on: the order is told of it once, and people when it matters. Refuses to undo
//! what was packed.

use crate::{
    Orders, OrdersError,
    fit::{Answer, Correction, Said, people::who},
    model::{DayStep, ItemState, Order, Stage},
    store::{
        day_items::{self, Settled},
        days,
        events::Event,
    },
};
use sauda_accounts::Scope;
use sauda_catalog::{NewNotice, Tone};
use sauda_kernel::{OrderId, ShopId, Span};
use std::collections::HashMap;

/// The notice about another size that a buyer wants.
const NOTICE: &str = "size-answer";

/// A person decided what the answer left open.
const DECIDED: &str = "size-decided";

/// Runs that may have asked.
const ASKED: Span = Span::from_days(14);

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// The order knows it now.
    Taken,
    /// A day that goes on takes it by itself: ask again later.
    InDay,
    /// The day took it, or it changes nothing: the order is over, or gone.
    Nothing,
}

impl Orders {
    /// Tells an order what its buyer answered, when no day that goes on does. The same answer told again is the caller's to
    /// leave out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tell_answer(
        &self,
        scope: &Scope,
        shop: &ShopId,
        code: &str,
        answer: &Answer,
    ) -> Result<Told, OrdersError> {
        let order = match self.find(scope, shop, code).await {
            Ok(order) => order,
            Err(OrdersError::NotFound { .. }) => return Ok(Told::Nothing),
            Err(error) => return Err(error),
        };
        let since = self.clock.now().minus(ASKED);
        let asked = days::newest_of(&self.db, shop, since, &order.id, DayStep::Confirm).await?;
        if let Some(item) = &asked {
            if item.goes_on && matches!(item.state, ItemState::Waiting | ItemState::Asked) {
                return Ok(Told::InDay);
            }
            if item.state == ItemState::Done && item.at >= answer.at {
                return Ok(Told::Nothing);
            }
        }
        // What nobody understands waits in the talk; it holds an order only while its day goes on.
        if answer.said == Said::Unclear && !asked.as_ref().is_some_and(|item| item.goes_on) {
            return Ok(Told::Nothing);
        }
        let (state, word, text) = self.take_answer(scope, shop, code, answer).await?;
        if let Some(item) = &asked {
            let settled = Settled {
                command: None,
                trouble: Some(word),
                text: text.as_deref(),
            };
            let now = self.clock.now();
            day_items::settle(
                &self.db,
                &item.run,
                DayStep::Confirm,
                &order.id,
                state,
                &settled,
                now,
            )
            .await?;
        }
        self.tell_people(scope, shop, &order, &answer.said, state).await?;
        self.signal(shop).await;
        Ok(Told::Taken)
    }

    /// Holds the order back, unless a size was chosen for it since the answer.
    async fn leave_to_people(
        &self,
        answer: &Answer,
        word: &'static str,
        text: Option<String>,
    ) -> Result<(ItemState, &'static str, Option<String>), OrdersError> {
        let fits = self.fits(std::slice::from_ref(&answer.order)).await?;
        let mut corrections = fits.values().flatten().filter_map(|fit| fit.correction.as_ref());
        let is_later =
            |correction: &Correction| correction.order == answer.order && correction.at >= answer.at;
        let is_decided = corrections.any(is_later);
        Ok(if is_decided {
            (ItemState::Done, DECIDED, None)
        } else {
            (ItemState::Trouble, word, text)
        })
    }

    /// A size was chosen: the order is held no more by an answer that was left to people.
    pub(super) async fn decided(
        &self,
        scope: &Scope,
        shop: &ShopId,
        order: &Order,
    ) -> Result<(), OrdersError> {
        let now = self.clock.now();
        let asked = days::newest_of(&self.db, shop, now.minus(ASKED), &order.id, DayStep::Confirm).await?;
        let Some(item) = asked.filter(|item| item.state == ItemState::Trouble) else {
            return Ok(());
        };
        let settled = Settled {
            trouble: Some(DECIDED),
            ..Settled::default()
        };
        let mut tx = self.db.write().await?;
        let (run, step) = (&item.run, DayStep::Confirm);
        day_items::settle(&mut tx, run, step, &order.id, ItemState::Done, &settled, now).await?;
        self.catalog
            .settle(&mut tx, scope, NOTICE, order.id.as_str())
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// What came of asking the buyers of these orders about a size, a word: `asked`, `later` (asked when buyers may be written to), `kept`, `changed`, `measured`,
    /// `silent` (no answer came), `refused`, `other` (larger or smaller) or `odd` (nobody understands it). Nothing for orders that nobody asked about.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn size_answers(
        &self,
        scope: &Scope,
        shop: &ShopId,
        orders: &[OrderId],
    ) -> Result<HashMap<OrderId, &'static str>, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        let since = self.clock.now().minus(ASKED);
        let mut found = HashMap::new();
        for part in orders.chunks(500) {
            let answers = days::newest_answers(&self.db, shop, since, part).await?;
            found.extend(
                answers
                    .into_iter()
                    .filter_map(|(order, (state, word))| Some((order, answer_word(state, word.as_deref())?))),
            );
        }
        Ok(found)
    }

    /// Takes an answer into the order: how it stands in a step that asks, its word, and what was said.
    pub(crate) async fn take_answer(
        &self,
        scope: &Scope,
        shop: &ShopId,
        code: &str,
        answer: &Answer,
    ) -> Result<(ItemState, &'static str, Option<String>), OrdersError> {
        let (taken, word, text) = match &answer.said {
            Said::Keep => {
                self.keep_bought(scope, shop, code).await?;
                return Ok((ItemState::Done, "size-kept", None));
            }
            Said::Refuse => return self.leave_to_people(answer, "buyer-refused", None).await,
            Said::Unclear => return self.leave_to_people(answer, "buyer-unclear", None).await,
            Said::Steps(steps) => {
                let steps = Some(format!("{steps:+}"));
                return self.leave_to_people(answer, "buyer-steps", steps).await;
            }
            Said::Take { line, size } => {
                let taken = self.correct(scope, shop, code, *line, size, "").await;
                (taken, "size-changed", Some(size.clone()))
            }
            Said::Measures(body) => {
                let taken = self.put_measures(scope, shop, code, body.clone()).await;
                (taken, "size-measured", None)
            }
        };
        match taken {
            Ok(_) => Ok((ItemState::Done, word, text)),
            Err(OrdersError::FitWrong(_)) => Ok((ItemState::Trouble, "answer-odd", text)),
            Err(error) => Err(error),
        }
    }

    /// A buyer who keeps the bought size takes back what was said of the order before.
    async fn keep_bought(&self, scope: &Scope, shop: &ShopId, code: &str) -> Result<(), OrdersError> {
        let order = self.find(scope, shop, code).await?;
        let fits = self.fits(std::slice::from_ref(&order.id)).await?;
        for fit in fits.get(&order.id).into_iter().flatten() {
            if fit.agreed().is_some() {
                match self.correct(scope, shop, code, fit.line, &fit.asked, "").await {
                    // Goods that lost their size since have nothing to be taken back.
                    Ok(_) | Err(OrdersError::FitWrong(_)) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(())
    }

    /// The history tells of every answer, a notice only of what somebody has to do: another size, or an answer that nobody understands.
    async fn tell_people(
        &self,
        scope: &Scope,
        shop: &ShopId,
        order: &Order,
        said: &Said,
        state: ItemState,
    ) -> Result<(), OrdersError> {
        let code = &order.seen.code;
        let (what, size) = match said {
            Said::Keep => ("keep", ""),
            Said::Take { size, .. } => ("take", size.as_str()),
            Said::Measures(_) => ("measures", ""),
            Said::Refuse => ("refuse", ""),
            Said::Steps(_) => ("steps", ""),
            Said::Unclear => ("unclear", ""),
        };
        let mut tx = self.db.write().await?;
        let event = Event::new(self.clock.now(), who(scope), "size-answered")
            .arg("what", what)
            .arg("size", size);
        self.say(&mut tx, scope, order, event).await?;
        let is_packed = !matches!(order.seen.stage, Stage::New | Stage::Pack);
        let is_over = matches!(order.seen.stage, Stage::Done | Stage::Returned | Stage::Cancelled);
        let is_odd = state == ItemState::Trouble;
        let is_asking = !size.is_empty() || is_odd;
        if is_asking && !is_over {
            let (what, link) = match (is_odd, is_packed) {
                (true, _) if matches!(what, "refuse" | "steps" | "unclear") => {
                    (what, format!("/messages/orders/{code}"))
                }
                (true, _) => ("odd", format!("/messages/orders/{code}")),
                (false, true) => ("packed", format!("/orders/{code}")),
                (false, false) => ("open", format!("/orders/{code}")),
            };
            let notice = NewNotice::new(NOTICE, order.id.as_str(), Tone::Warn)
                .shop(shop)
                .arg("code", code)
                .arg("size", size)
                .arg("what", what)
                .link(&link);
            self.catalog.tell(&mut tx, scope, &notice).await?;
        } else if !is_asking {
            self.catalog
                .settle(&mut tx, scope, NOTICE, order.id.as_str())
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

fn answer_word(state: ItemState, word: Option<&str>) -> Option<&'static str> {
    match (state, word.unwrap_or_default()) {
        (ItemState::Asked, _) => Some("asked"),
        (ItemState::Done, "size-kept") => Some("kept"),
        (ItemState::Done, "size-changed") => Some("changed"),
        (ItemState::Done, "size-measured") => Some("measured"),
        (ItemState::Left, "no-answer") => Some("silent"),
        (ItemState::Left, "asked-later") => Some("later"),
        (ItemState::Trouble, "buyer-refused") => Some("refused"),
        (ItemState::Trouble, "buyer-steps") => Some("other"),
        (ItemState::Trouble, _) => Some("odd"),
        _ => None,
    }
}
