//! Reads back what a command did: the order shows it, or it does not, and then people are told.

use super::{Clerk, call::Key, send::UNSEEN};
use crate::{
    OrdersError,
    model::{CommandState, Order, Seen},
    store::commands::{self, Command, Step},
};
use sauda_kernel::{Span, Timestamp};
use sauda_market::MarketError;

/// Looks before a command counts as unseen: ten minutes in all.
const MOST_LOOKS: i64 = 10;
/// Looks that themselves fail count less: half an hour in all.
const MOST_FAILED_LOOKS: i64 = 25;
/// Looks at an unclear answer before what may be repeated is sent again.
const LOOKS_BEFORE_REPEATING: i64 = 3;
/// How long after it was asked for a command is repeated; later only people do that.
const REPEATED_FOR: Span = Span::from_mins(2);

impl Clerk {
    /// Whether the command is seen to be done; how it goes on otherwise is kept.
    pub(super) async fn look(
        &self,
        key: &Key<'_>,
        command: &Command,
        order: Option<&Order>,
        fresh: Option<Timestamp>,
    ) -> Result<bool, OrdersError> {
        let Some(order) = order else {
            self.finish(key, command, CommandState::Unseen, None, None)
                .await?;
            return Ok(false);
        };
        match self.seen_now(key, order, fresh).await? {
            Ok(seen) if self.is_done(command, &seen).await? => return Ok(true),
            Ok(seen) => self.judge(key, command, &seen).await?,
            Err(error) => {
                tracing::debug!(order.code = order.seen.code, error = %error, "an order could not be read back");
                if command.tries + 1 >= MOST_FAILED_LOOKS {
                    self.unseen(key, command, &order.seen.code).await?;
                } else {
                    self.look_later(command, command.state).await?;
                }
            }
        }
        Ok(false)
    }

    /// The order as the marketplace shows it now, kept; what was read since `fresh` is new enough.
    pub(super) async fn seen_now(
        &self,
        key: &Key<'_>,
        order: &Order,
        fresh: Option<Timestamp>,
    ) -> Result<Result<Seen, MarketError>, OrdersError> {
        if fresh.is_some_and(|from| order.read_at >= from) {
            return Ok(Ok(order.seen.clone()));
        }
        key.permit().await?;
        let answer = self
            .orders
            .desk
            .order(key.via(), key.token(), &order.seen.code)
            .await;
        let read = match key.heard(answer).await? {
            Ok(read) => read,
            Err(error) => return Ok(Err(error)),
        };
        self.keep(key, std::slice::from_ref(&read)).await?;
        Ok(Ok(Seen::of(&read)))
    }

    /// What becomes of a command that was sent and is not seen to be done.
    async fn judge(&self, key: &Key<'_>, command: &Command, seen: &Seen) -> Result<(), OrdersError> {
        let kind = command.act.kind();
        if command.act.is_void_in(seen) {
            return self
                .finish(key, command, CommandState::Refused, Some("order_over"), None)
                .await;
        }
        // Whether a code was sent cannot be seen: a person may ask again.
        if command.tries + 1 >= MOST_LOOKS || !kind.shows() {
            return self.unseen(key, command, &seen.code).await;
        }
        let is_fresh = self.orders.clock.now().since(command.asked_at) < REPEATED_FOR;
        if command.state != CommandState::Taken
            && kind.may_repeat()
            && is_fresh
            && command.tries + 1 >= LOOKS_BEFORE_REPEATING
            && command.act.check(seen).is_ok()
        {
            let step = Step {
                state: CommandState::Recorded,
                next_at: Some(self.orders.clock.now()),
                tries: 0,
                trouble: command.trouble.as_deref(),
                trouble_text: None,
            };
            commands::step(&self.orders.db, command, &step).await?;
            return Ok(());
        }
        self.look_later(command, command.state).await
    }

    /// Nothing is to be seen of a command: people are told and decide.
    pub(super) async fn unseen(
        &self,
        key: &Key<'_>,
        command: &Command,
        code: &str,
    ) -> Result<(), OrdersError> {
        let trouble = command.trouble.as_deref();
        if self
            .ended(key, command, CommandState::Unseen, trouble, None)
            .await?
        {
            self.tell(key, UNSEEN, command, code, "").await?;
        }
        Ok(())
    }

    async fn look_later(&self, command: &Command, state: CommandState) -> Result<(), OrdersError> {
        let wait = match command.tries {
            0 => Span::from_secs(2),
            1 => Span::from_secs(5),
            2 => Span::from_secs(15),
            3 => Span::from_secs(30),
            _ => Span::from_secs(90),
        };
        let step = Step {
            // After a crash nobody knows whether it was sent.
            state: if state == CommandState::Sending {
                CommandState::Unclear
            } else {
                state
            },
            next_at: Some(self.orders.clock.now().plus(wait)),
            tries: command.tries + 1,
            trouble: command.trouble.as_deref(),
            trouble_text: None,
        };
        commands::step(&self.orders.db, command, &step).await?;
        Ok(())
    }
}
