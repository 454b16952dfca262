//! One command: taken, sent, its answer recorded. Never sent twice without knowing that the first did nothing.

use super::{Clerk, ClerkReport, call::Key};
use crate::{
    OrdersError,
    model::{Act, ActKind, CommandState, Line, Order, Seen},
    store::{
        commands::{self, Command, Step},
        events::{self, Event, Who},
        lines, orders,
    },
};
use sauda_catalog::{NewNotice, Tone};
use sauda_kernel::{OrderId, Span, Timestamp};
use sauda_market::{MarketError, OrderTab};
use tokio_util::sync::CancellationToken;

/// A process that dies while sending leaves the command to be looked at after this.
const SENDING: Span = Span::from_secs(60);
/// First look at what a command did.
const FIRST_LOOK: Span = Span::from_secs(1);
/// A command that could not be sent for so long is given up: what was wanted then may be wrong now.
const GIVES_UP: Span = Span::from_mins(30);
/// So long after it was asked for a command is sent without looking at its order again.
const STILL_TRUE: Span = Span::from_mins(1);
/// Notices of commands that came to nothing.
const REFUSED: &str = "order-act-refused";
const UNSENT: &str = "order-act-unsent";
pub(super) const UNSEEN: &str = "order-act-unseen";
const NOTICES: [&str; 3] = [REFUSED, UNSENT, UNSEEN];
/// Orders older than that are not read by lists for commands: too many others stand there.
const LONGEST_BACK: Span = Span::from_days(20);
/// What was read so long ago is new enough to declare a parcel ready, or to see what became of a command.
const STILL_FRESH: Span = Span::from_secs(10);
/// Orders of one page of a list.
const PAGE: i64 = 100;
/// So many orders to look at are read by their lists.
const TOGETHER: usize = 6;
/// The marketplace tells moments in milliseconds; its lists end with the last one.
pub(super) const LIST_STEP: Span = Span::from_secs(1);
/// Commands sent in one turn of a shop: what a person asks for meanwhile has the next turn.
const MOST: i64 = 40;
/// Commands whose orders are looked at in one turn: mostly by one reading.
const MOST_LOOKED_AT: i64 = 1_000;

impl Clerk {
    /// Looks at what was sent and sends what is recorded.
    pub(super) async fn commands(
        &self,
        key: &Key<'_>,
        stop: &CancellationToken,
        report: &mut ClerkReport,
    ) -> Result<(), OrdersError> {
        let (db, now) = (&self.orders.db, self.orders.clock.now());
        let looks = commands::to_look_at(db, key.shop, now, MOST_LOOKED_AT).await?;
        let sends = commands::to_send(db, key.shop, now, MOST).await?;
        if looks.is_empty() && sends.is_empty() {
            return Ok(());
        }
        let fresh = self.fresh(key, &looks, &sends, stop, report).await?;
        let ids: Vec<OrderId> = looks
            .iter()
            .chain(&sends)
            .map(|command| command.order.clone())
            .collect();
        let orders = orders::by_ids(db, &ids).await?;
        let mut done = Vec::new();
        let looked = async {
            for (at, command) in looks.into_iter().enumerate() {
                // Some are always taken up: whatever the reading before took, commands do not wait for ever.
                if stop.is_cancelled() || (at >= TOGETHER && key.is_tired()) {
                    break;
                }
                report.looked_at += 1;
                let order = orders.get(&command.order);
                let fresh = self.seen_after(&command, order).or(fresh);
                if self.look(key, &command, order, fresh).await? {
                    done.push(command);
                }
            }
            Ok::<(), OrdersError>(())
        }
        .await;
        self.finish_done(key, &done).await?;
        looked?;
        // One is looked at in the moment; of many, what was read a moment ago is as new as a list of them.
        let are_many = sends.iter().filter(|command| self.looks_first(command)).count() >= TOGETHER;
        for (at, command) in sends.iter().enumerate() {
            if stop.is_cancelled() || (at >= TOGETHER && key.is_tired()) {
                break;
            }
            let order = orders.get(&command.order);
            self.send(key, command, order, are_many).await?;
            report.sent += 1;
        }
        Ok(())
    }

    /// When many orders want to be looked at, they are read by their lists instead of one by one; from when on what is kept of
    /// them is fresh.
    async fn fresh(
        &self,
        key: &Key<'_>,
        looks: &[Command],
        sends: &[Command],
        stop: &CancellationToken,
        report: &mut ClerkReport,
    ) -> Result<Option<Timestamp>, OrdersError> {
        let wanted: Vec<&Command> = looks
            .iter()
            .chain(sends.iter().filter(|command| self.looks_first(command)))
            .collect();
        if wanted.len() < TOGETHER {
            return Ok(None);
        }
        let ids: Vec<OrderId> = wanted.iter().map(|command| command.order.clone()).collect();
        let orders = orders::by_ids(&self.orders.db, &ids).await?;
        let now = self.orders.clock.now();
        let is_known = |command: &Command| match command.state {
            CommandState::Recorded => orders
                .get(&command.order)
                .is_some_and(|order| now.since(order.read_at) < STILL_FRESH),
            _ => self.seen_after(command, orders.get(&command.order)).is_some(),
        };
        let (mut tabs, mut since, mut until, mut many) = (Vec::new(), now, Timestamp::from_micros(0), 0);
        for command in wanted {
            let Some(order) = orders.get(&command.order) else {
                continue;
            };
            let among = command.act.listed_in(&order.seen);
            if among.is_empty() || order.seen.created_at < now.minus(LONGEST_BACK) || is_known(command) {
                continue;
            }
            many += 1;
            since = since.min(order.seen.created_at);
            until = until.max(order.seen.created_at);
            tabs.extend(among);
        }
        if many < TOGETHER {
            return Ok(None);
        }
        tabs.sort_by(|one: &OrderTab, other| one.word().cmp(other.word()));
        tabs.dedup();
        let span = (since, until.plus(LIST_STEP));
        // A few among ten thousand are read one by one.
        let listed = orders::open_between(&self.orders.db, key.shop, span).await?;
        let pages = usize::try_from(listed / PAGE).unwrap_or(usize::MAX);
        if pages.saturating_add(tabs.len()) >= many {
            return Ok(None);
        }
        match self.together(key, &tabs, span, stop, report).await {
            Ok(from) => Ok(Some(from)),
            // Then one by one: a list that cannot be read keeps no command waiting.
            Err(OrdersError::Market(error)) => {
                tracing::debug!(error = %error, "orders could not be read together");
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    async fn send(
        &self,
        key: &Key<'_>,
        command: &Command,
        order: Option<&Order>,
        is_of_many: bool,
    ) -> Result<(), OrdersError> {
        let db = &self.orders.db;
        let known = command.act.to_market().is_some() || command.act.entry().is_some();
        let Some(order) = order.filter(|_| known) else {
            return self
                .finish(key, command, CommandState::Refused, Some("unknown_act"), None)
                .await;
        };
        let waited = self.orders.clock.now().since(command.asked_at);
        if waited > GIVES_UP && command.sent_at.is_some() {
            return self.unseen(key, command, &order.seen.code).await;
        }
        if waited > GIVES_UP {
            self.finish(
                key,
                command,
                CommandState::Refused,
                command.trouble.as_deref(),
                None,
            )
            .await?;
            return self.tell(key, UNSENT, command, &order.seen.code, "").await;
        }
        // Somebody may have done it in the cabinet meanwhile, and a second assembling makes a second waybill.
        if self.looks_first(command) {
            let fresh = is_of_many.then(|| self.orders.clock.now().minus(STILL_FRESH));
            match self.seen_now(key, order, fresh).await? {
                Ok(seen) if self.is_done(command, &seen).await? => {
                    return self.finish(key, command, CommandState::Done, None, None).await;
                }
                Ok(seen) if command.act.check(&seen).is_err() => {
                    return self
                        .finish(key, command, CommandState::Refused, Some("order_over"), None)
                        .await;
                }
                Ok(_) => {}
                Err(error) => return self.send_later(command, &error).await,
            }
        }
        let lines = match command.act.entry() {
            Some(_) => lines::of(db, std::slice::from_ref(&order.id))
                .await?
                .remove(&order.id),
            None => None,
        };
        let lines = lines.unwrap_or_default();
        key.permit().await?;
        let now = self.orders.clock.now();
        if commands::sending(db, &command.id, now, now.plus(SENDING)).await? == 0 {
            return Ok(());
        }
        metrics::counter!("sauda_order_commands_total").increment(1);
        let answer = self.request(key, command, order, &lines).await;
        let answer = key.heard(answer).await?;
        let sent = Command {
            state: CommandState::Sending,
            ..command.clone()
        };
        self.keep_answer(key, &sent, &order.seen.code, answer).await
    }

    /// The one call of a command.
    async fn request(
        &self,
        key: &Key<'_>,
        command: &Command,
        order: &Order,
        lines: &[Line],
    ) -> Result<(), MarketError> {
        let (desk, via, token) = (&self.orders.desk, key.via(), key.token());
        if let Some(cancel) = command.act.to_entry_cancel() {
            // Done or under way: the lines of the order say which.
            return desk.cancel_entry(via, token, &cancel).await.map(drop);
        }
        if let Some(change) = command.act.to_weight_change(lines) {
            let order = &order.seen.market_id;
            return desk.change_weight(via, token, order, &change).await.map(drop);
        }
        if let Act::Imei { entry, devices } = &command.act {
            return desk.tell_imei(via, token, entry, devices).await;
        }
        match command.act.to_market() {
            Some(act) => {
                desk.act(via, token, &order.seen.market_id, &order.seen.code, &act)
                    .await
            }
            None => Err(MarketError::Unsupported("unknown act")),
        }
    }

    /// Whether the order, or its lines, show that a command was done.
    pub(super) async fn is_done(&self, command: &Command, seen: &Seen) -> Result<bool, OrdersError> {
        if command.act.is_done_in(seen) {
            return Ok(true);
        }
        if !matches!(command.act.kind(), ActKind::CancelLine | ActKind::Weigh) {
            return Ok(false);
        }
        let lines = lines::of(&self.orders.db, std::slice::from_ref(&command.order)).await?;
        let lines = lines.get(&command.order).map_or(&[][..], Vec::as_slice);
        Ok(command.act.is_done_in_lines(lines).unwrap_or(false))
    }

    /// From when on what is kept of an order shows what became of a command that was sent; nothing when it was read before, or too
    /// long ago.
    fn seen_after(&self, command: &Command, order: Option<&Order>) -> Option<Timestamp> {
        let from = command.sent_at?.plus(FIRST_LOOK);
        let is_fresh = |order: &Order| {
            order.read_at >= from && self.orders.clock.now().since(order.read_at) < STILL_FRESH
        };
        order.is_some_and(is_fresh).then_some(from)
    }

    /// Its order is looked at before it is sent: a second assembling costs, and what waited may be wrong by now.
    fn looks_first(&self, command: &Command) -> bool {
        let waited = self.orders.clock.now().since(command.asked_at);
        command.act.kind() == ActKind::Assemble || waited > STILL_TRUE
    }

    /// Surely nothing was done: the command stays recorded and is sent later.
    async fn send_later(&self, command: &Command, error: &MarketError) -> Result<(), OrdersError> {
        let step = Step {
            state: CommandState::Recorded,
            next_at: Some(self.orders.clock.now().plus(pause(command.tries))),
            tries: command.tries + 1,
            trouble: Some(error.word()),
            trouble_text: None,
        };
        commands::step(&self.orders.db, command, &step).await?;
        commands::unsent(&self.orders.db, command).await?;
        Ok(())
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
                };
                commands::step(&self.orders.db, command, &step).await?;
                Ok(())
            }
            Err(
                error @ (MarketError::BadToken
                | MarketError::Throttled { .. }
                | MarketError::Blocked { .. }
                | MarketError::NoConnection(_)),
            ) => self.send_later(command, &error).await,
            // The page says it where the code was typed; nobody else needs to know.
            Err(MarketError::WrongCode) => {
                self.finish(key, command, CommandState::Refused, trouble, None)
                    .await
            }
            Err(
                error @ (MarketError::Refused { .. } | MarketError::Invalid(_) | MarketError::Unsupported(_)),
            ) => {
                let text = match &error {
                    MarketError::Refused { text, .. } => text.clone(),
                    other => other.to_string(),
                };
                if self
                    .ended(key, command, CommandState::Refused, trouble, Some(&text))
                    .await?
                {
                    self.tell(key, REFUSED, command, code, &text).await?;
                }
                Ok(())
            }
            Err(_) => {
                let step = Step {
                    state: CommandState::Unclear,
                    next_at: Some(now.plus(FIRST_LOOK)),
                    tries: 0,
                    trouble,
                    trouble_text: None,
                };
                commands::step(&self.orders.db, command, &step).await?;
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
        self.ended(key, command, state, trouble, text).await.map(drop)
    }

    /// The same; whether it was still as this process knew it.
    pub(super) async fn ended(
        &self,
        key: &Key<'_>,
        command: &Command,
        state: CommandState,
        trouble: Option<&str>,
        text: Option<&str>,
    ) -> Result<bool, OrdersError> {
        let kind = command.act.kind();
        let step = Step {
            state,
            next_at: None,
            tries: command.tries,
            trouble,
            trouble_text: text,
        };
        let (who, word) = match (state, trouble, text) {
            (CommandState::Done, _, _) => (Who::Market, format!("done-{}", kind.word())),
            (CommandState::Refused, Some("wrong_code"), _) => (Who::Market, "wrong-code".to_owned()),
            (CommandState::Refused, _, Some(_)) => (Who::Market, format!("refused-{}", kind.word())),
            (CommandState::Refused, Some("order_over"), None) => (Who::Program, "came-too-late".to_owned()),
            (CommandState::Refused, _, None) => (Who::Program, "never-sent".to_owned()),
            _ => (Who::Program, format!("unseen-{}", kind.word())),
        };
        let mut event = Event::new(self.orders.clock.now(), who, &word).arg("act", kind.word());
        if let Some(text) = text {
            event = event.arg("text", text);
        }
        let mut tx = self.orders.db.write().await?;
        if commands::step(&mut tx, command, &step).await? == 0 {
            return Ok(false);
        }
        events::add(&mut tx, &self.orders.id(), &command.order, &event).await?;
        if state == CommandState::Done {
            let catalog = &self.orders.catalog;
            catalog
                .settle_all(&mut tx, key.scope, &NOTICES, &[subject(command)])
                .await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Many commands were done: their ends are lines of their orders' history, and what was told of them is over.
    async fn finish_done(&self, key: &Key<'_>, done: &[Command]) -> Result<(), OrdersError> {
        if done.is_empty() {
            return Ok(());
        }
        let now = self.orders.clock.now();
        let (mut events, mut subjects) = (Vec::new(), Vec::new());
        let mut tx = self.orders.db.write().await?;
        for command in done {
            let step = Step {
                state: CommandState::Done,
                next_at: None,
                tries: command.tries,
                trouble: None,
                trouble_text: None,
            };
            if commands::step(&mut tx, command, &step).await? > 0 {
                let kind = command.act.kind().word();
                let event = Event::new(now, Who::Market, &format!("done-{kind}")).arg("act", kind);
                events.push((self.orders.id(), command.order.clone(), event));
                subjects.push(subject(command));
            }
        }
        events::add_all(&mut tx, &events).await?;
        let catalog = &self.orders.catalog;
        catalog
            .settle_all(&mut tx, key.scope, &NOTICES, &subjects)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Tells people of a command that came to nothing.
    pub(super) async fn tell(
        &self,
        key: &Key<'_>,
        word: &'static str,
        command: &Command,
        code: &str,
        text: &str,
    ) -> Result<(), OrdersError> {
        let notice = NewNotice::new(word, subject(command), Tone::Bad)
            .shop(key.shop)
            .arg("code", code)
            .arg("act", command.act.kind().word())
            .arg("text", text)
            .link(format!("/orders/{code}"));
        self.orders
            .catalog
            .tell(&self.orders.db, key.scope, &notice)
            .await?;
        Ok(())
    }
}

/// What a notice of a command is about: the act on the order, so that its success settles it.
fn subject(command: &Command) -> String {
    format!("{}:{}", command.order, command.act.kind().word())
}

/// How long a command waits that surely did nothing.
fn pause(tries: i64) -> Span {
    Span::from_secs(5 << tries.clamp(0, 6))
}
