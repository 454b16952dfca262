//! Reads back what a command did: the order shows it, or it does not, and then people are told.

use super::{Clerk, call::Key};
use crate::{
    OrdersError,
    model::{CommandState, Seen},
    store::{
        commands::{self, Command, Step},
        orders,
    },
};
use sauda_kernel::Span;

/// Looks before a command counts as unseen: ten minutes in all.
const MOST_LOOKS: i64 = 10;
/// Looks at an unclear answer before what may be repeated is sent again.
const LOOKS_BEFORE_REPEATING: i64 = 3;

impl Clerk {
    pub(super) async fn look(&self, key: &Key<'_>, command: &Command) -> Result<(), OrdersError> {
        let db = &self.orders.db;
        let Some(order) = orders::by_id(db, &command.order).await? else {
            return Ok(());
        };
        key.permit().await?;
        let answer = self
            .orders
            .desk
            .order(key.via(), key.token(), &order.seen.code)
            .await;
        let read = match key.heard(answer).await? {
            Ok(read) => read,
            Err(error) => {
                tracing::debug!(order.code = order.seen.code, error = %error, "an order could not be read back");
                return self.look_later(command, command.state).await;
            }
        };
        let articles = self.articles(key).await?;
        self.keep(key, &articles, &read).await?;
        let seen = Seen::of(&read);
        let kind = command.act.kind();
        if command.act.is_done_in(&seen) {
            return self.finish(key, command, CommandState::Done, None, None).await;
        }
        // Whether a code was sent cannot be seen: a person may ask again.
        if command.tries + 1 >= MOST_LOOKS || !kind.shows() {
            self.finish(
                key,
                command,
                CommandState::Unseen,
                command.trouble.as_deref(),
                None,
            )
            .await?;
            return self
                .tell(key, "order-act-unseen", command, &order.seen.code, kind, "")
                .await;
        }
        let was_taken = command.state == CommandState::Taken;
        if !was_taken
            && kind.may_repeat()
            && command.tries + 1 >= LOOKS_BEFORE_REPEATING
            && command.act.check(&seen).is_ok()
        {
            let step = Step {
                state: CommandState::Recorded,
                next_at: Some(self.orders.clock.now()),
                tries: 0,
                trouble: command.trouble.as_deref(),
                trouble_text: None,
                frees: false,
            };
            commands::step(db, &command.id, &step).await?;
            return Ok(());
        }
        let state = if was_taken {
            CommandState::Taken
        } else {
            CommandState::Unclear
        };
        self.look_later(command, state).await
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
            frees: false,
        };
        commands::step(&self.orders.db, &command.id, &step).await?;
        Ok(())
    }
}
