//! One command: taken, sent, its answer recorded. Never sent twice without knowing that the first did nothing.

use super::{Clerk, ClerkReport, call::Key};
use crate::{
    OrdersError,
    model::{ActKind, CommandState},
    store::{
        commands::{self, Command, Step},
        events::{self, Event, Who},
        orders,
    },
};
use sauda_catalog::{NewNotice, Tone};
use sauda_kernel::Span;
use sauda_market::MarketError;
use tokio_util::sync::CancellationToken;

/// A process that dies while sending leaves the command to be looked at after this.
const SENDING: Span = Span::from_secs(60);
/// First look at what a command did.
const FIRST_LOOK: Span = Span::from_secs(1);
/// Commands taken in one turn of a shop.
const MOST: i64 = 40;

impl Clerk {
    /// Sends what is recorded and looks at what was sent.
    pub(super) async fn commands(
        &self,
        key: &Key<'_>,
        stop: &CancellationToken,
        report: &mut ClerkReport,
    ) -> Result<(), OrdersError> {
        let now = self.orders.clock.now();
        for command in commands::due(&self.orders.db, key.shop, now, MOST).await? {
            if stop.is_cancelled() {
                break;
            }
            if command.state == CommandState::Recorded {
                self.send(key, &command).await?;
                report.sent += 1;
            } else {
                self.look(key, &command).await?;
                report.looked_at += 1;
            }
        }
        Ok(())
    }

    async fn send(&self, key: &Key<'_>, command: &Command) -> Result<(), OrdersError> {
        let db = &self.orders.db;
        key.permit().await?;
        let now = self.orders.clock.now();
        if commands::sending(db, &command.id, now, now.plus(SENDING)).await? == 0 {
            return Ok(());
        }
        let order = orders::by_id(db, &command.order).await?;
        let (Some(order), Some(act)) = (order, command.act.to_market()) else {
            let step = over(CommandState::Refused, "unknown_act", None);
            commands::step(db, &command.id, &step).await?;
            return Ok(());
        };
        metrics::counter!("sauda_order_commands_total").increment(1);
        let answer = self
            .orders
            .desk
            .act(
                key.via(),
                key.token(),
                &order.seen.market_id,
                &order.seen.code,
                &act,
            )
            .await;
        let answer = key.heard(answer).await?;
        self.keep_answer(key, command, &order.seen.code, answer).await
    }

    async fn keep_answer(
        &self,
        key: &Key<'_>,
        command: &Command,
        code: &str,
        answer: Result<(), MarketError>,
    ) -> Result<(), OrdersError> {
        let now = self.orders.clock.now();
        let kind = command.act.kind();
        let trouble = answer.as_ref().err().map(MarketError::word);
        match answer {
            Ok(()) if !kind.shows() => self.finish(key, command, CommandState::Done, None, None).await,
            Ok(()) => {
                let step = Step {
                    state: CommandState::Taken,
                    next_at: Some(now.plus(FIRST_LOOK)),
                    tries: 0,
                    trouble: None,
                    trouble_text: None,
                    frees: false,
                };
                commands::step(&self.orders.db, &command.id, &step).await?;
                Ok(())
            }
            // Surely nothing was done: it stays recorded and is sent later.
            Err(
                MarketError::BadToken
                | MarketError::Throttled { .. }
                | MarketError::Blocked { .. }
                | MarketError::NoConnection(_),
            ) => {
                let step = Step {
                    state: CommandState::Recorded,
                    next_at: Some(now.plus(pause(command.tries))),
                    tries: command.tries + 1,
                    trouble,
                    trouble_text: None,
                    frees: false,
                };
                commands::step(&self.orders.db, &command.id, &step).await?;
                Ok(())
            }
            Err(
                error @ (MarketError::Refused { .. }
                | MarketError::WrongCode
                | MarketError::Invalid(_)
                | MarketError::Unsupported(_)),
            ) => {
                let text = match &error {
                    MarketError::Refused { text, .. } => text.clone(),
                    other => other.to_string(),
                };
                self.finish(key, command, CommandState::Refused, trouble, Some(&text))
                    .await?;
                self.tell(key, "order-act-refused", command, code, kind, &text)
                    .await
            }
            Err(_) => {
                let step = Step {
                    state: CommandState::Unclear,
                    next_at: Some(now.plus(FIRST_LOOK)),
                    tries: 0,
                    trouble,
                    trouble_text: None,
                    frees: false,
                };
                commands::step(&self.orders.db, &command.id, &step).await?;
                Ok(())
            }
        }
    }

    /// A command is over: its end is a line of the order's history.
    pub(super) async fn finish(
        &self,
        key: &Key<'_>,
        command: &Command,
        state: CommandState,
        trouble: Option<&str>,
        text: Option<&str>,
    ) -> Result<(), OrdersError> {
        let kind = command.act.kind();
        let mut step = over(state, "", text);
        step.trouble = trouble;
        // A code may be sent again and again; everything else that is done stays done.
        step.frees = state != CommandState::Done || kind == ActKind::SendCode;
        let word = match state {
            CommandState::Done => "done",
            CommandState::Refused => "refused",
            _ => "unseen",
        };
        let mut event = Event::new(
            self.orders.clock.now(),
            if state == CommandState::Unseen {
                Who::Program
            } else {
                Who::Market
            },
            &format!("{word}-{}", kind.word()),
        );
        if let Some(text) = text {
            event = event.arg("text", text);
        }
        let mut tx = self.orders.db.write().await?;
        if commands::step(&mut tx, &command.id, &step).await? > 0 {
            events::add(&mut tx, &self.orders.id(), &command.order, &event).await?;
        }
        tx.commit().await?;
        let _ = key;
        Ok(())
    }

    /// Tells people of a command that came to nothing.
    pub(super) async fn tell(
        &self,
        key: &Key<'_>,
        word: &'static str,
        command: &Command,
        code: &str,
        kind: ActKind,
        text: &str,
    ) -> Result<(), OrdersError> {
        let notice = NewNotice::new(word, command.id.as_str(), Tone::Bad)
            .shop(key.shop)
            .arg("code", code)
            .arg("act", kind.word())
            .arg("text", text)
            .link(format!("/orders/{code}"));
        self.orders
            .catalog
            .tell(&self.orders.db, key.scope, &notice)
            .await?;
        Ok(())
    }
}

/// The last step of a command.
const fn over<'a>(state: CommandState, trouble: &'a str, text: Option<&'a str>) -> Step<'a> {
    Step {
        state,
        next_at: None,
        tries: 0,
        trouble: if trouble.is_empty() { None } else { Some(trouble) },
        trouble_text: text,
        frees: true,
    }
}

/// How long a command waits that surely did nothing.
fn pause(tries: i64) -> Span {
    Span::from_secs(5 << tries.clamp(0, 6))
}
