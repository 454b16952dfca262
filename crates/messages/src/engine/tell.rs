//! Follows orders and records what they want told, each once. What happened before a person switched it on is never told.

use super::Postman;
use crate::{
    Messages, MessagesError,
    model::{Message, ShopSettings, event_facts},
    service::writing::{About, buyer_phone},
    store::{shops, silences},
    trigger::{self, OrderFacts, Trigger},
};
use sauda_accounts::Scope;
use sauda_kernel::{Failure as _, Kind, OrderEventId, Span, Timestamp};
use sauda_orders::{Happened, OrderView, Orders};
use std::collections::BTreeSet;

/// Name of the place up to which orders were read.
const PLACE: &str = "orders";
/// What is noted by two processes at once may become visible in another order: so much is read again.
const OVERLAP: Span = Span::from_secs(15);
const TOGETHER: i64 = 500;

impl Postman {
    /// Records what orders want told; how much was new.
    pub(super) async fn tell_all(&self) -> Result<usize, MessagesError> {
        let messages = &self.messages;
        let now = messages.clock.now();
        let Some(lease) = self.lease("messages:tell").await? else {
            return Ok(0);
        };
        let worked = async {
            let mark = shops::mark(&messages.db, PLACE).await?;
            let Some(mark) = mark.and_then(|mark| OrderEventId::parse(&mark).ok()) else {
                shops::put_mark(&messages.db, PLACE, Orders::place_at(now).as_str()).await?;
                return Ok(0);
            };
            let mut place = mark.clone().min(Orders::place_at(now.minus(OVERLAP)));
            let mut told = 0;
            loop {
                let happened = messages.orders.happened_since(&place, TOGETHER).await?;
                let all = i64::try_from(happened.len()).unwrap_or(0);
                for one in &happened {
                    place = place.max(one.place.clone());
                }
                for one in distinct(&happened) {
                    told += messages.tell_of(one, now).await?;
                }
                if place > mark {
                    shops::put_mark(&messages.db, PLACE, place.as_str()).await?;
                }
                if all < TOGETHER || !self.holds(&lease).await? {
                    return Ok(told);
                }
            }
        };
        let worked = worked.await;
        self.release(&lease).await?;
        worked
    }
}

/// Each order once.
fn distinct(happened: &[Happened]) -> Vec<&Happened> {
    let mut seen = BTreeSet::new();
    happened
        .iter()
        .filter(|one| seen.insert((one.shop.as_str(), one.code.as_str())))
        .collect()
}

impl Messages {
    async fn tell_of(&self, one: &Happened, now: Timestamp) -> Result<usize, MessagesError> {
        let settings = self.settings_of(&one.shop).await?;
        if settings.line.is_none() || !settings.tells() {
            return Ok(0);
        }
        let scope = Scope::system(one.merchant.clone(), "orders that are told of");
        let view = match self.orders.view(&scope, &one.shop, &one.code).await {
            Ok(view) => view,
            // The shop was removed meanwhile.
            Err(error) if error.kind() == Kind::NotFound => return Ok(0),
            Err(error) => return Err(error.into()),
        };
        let facts = self.facts(&scope, &view).await?;
        let mut told = 0;
        for due in trigger::due(&settings.rules(), &facts, now) {
            if !is_news(&settings, due.trigger, due.event) {
                continue;
            }
            let about = About {
                trigger: due.trigger,
                at: due.at,
                once: &due.key,
                size: "",
            };
            match self.tell(&scope, &view, &about).await {
                Ok((_, is_new)) => told += usize::from(is_new),
                // Nobody to write to, or nothing to say: the next order is no worse for it.
                Err(
                    error @ (MessagesError::NoPhone { .. }
                    | MessagesError::Silent
                    | MessagesError::Render(_)
                    | MessagesError::Template(_)),
                ) => {
                    tracing::debug!(shop.id = %one.shop, order.code = one.code, %error, "an order is not told of");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(told)
    }

    async fn facts(&self, scope: &Scope, view: &OrderView) -> Result<OrderFacts, MessagesError> {
        let phone = buyer_phone(view);
        let digits = phone.as_ref().map(sauda_channel::Phone::digits);
        let silent = match digits {
            Some(digits) => silences::is_silent(&self.db, scope, Some(digits), None).await?,
            None => false,
        };
        let code = view.order.seen.code.as_str();
        let answers = self.answers(scope, &view.order.shop, &[code]).await?;
        let answered = answers.get(code).is_some_and(|answer| answer.reply.is_some());
        Ok(event_facts(view, silent, answered))
    }

    /// Whether a message that waits is still true: the order may have gone on, been cancelled, or the trigger switched off.
    pub(super) async fn is_true(
        &self,
        scope: &Scope,
        message: &Message,
        now: Timestamp,
    ) -> Result<bool, MessagesError> {
        let (Some(about), Some(code)) = (&message.about, &message.order_code) else {
            return Ok(true);
        };
        let Some(trigger) = Trigger::parse(about) else {
            return Ok(true);
        };
        let view = match self.orders.view(scope, &message.shop, code).await {
            Ok(view) => view,
            Err(error) if error.kind() == Kind::NotFound => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        let facts = self.facts(scope, &view).await?;
        if trigger == Trigger::SizeConfirmation {
            // It may have been asked for an order that is not accepted yet.
            return Ok(!facts.is_cancelled && facts.is_with_shop());
        }
        let settings = self.settings_of(&message.shop).await?;
        let due = trigger::due(&settings.rules(), &facts, now);
        Ok(due.iter().any(|due| due.key == message.once))
    }
}

fn is_news(settings: &ShopSettings, trigger: Trigger, event: Timestamp) -> bool {
    settings.trigger(trigger).is_some_and(|one| event >= one.since)
}
