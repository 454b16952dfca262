//! One line's turn: what may have left is looked for, then the next message leaves when its time has come. Recorded before it leaves.

use super::{PostReport, Postman};
use crate::{
    Messages, MessagesError,
    model::{Message, MessageState, Talk, Who},
    store::{
        lines, messages,
        queue::{self, Step},
        talks,
    },
};
use futures::{StreamExt, stream};
use sauda_accounts::Scope;
use sauda_channel::{Body, ChannelError, ChatId, Outgoing};
use sauda_cluster::Lease;
use sauda_kernel::{MessageLineId, Span, Timestamp};
use tokio_util::sync::CancellationToken;

/// A process that dies while sending leaves the message to be looked for after this.
const SENDING: Span = Span::from_secs(60);
/// A lost answer is looked for first after this.
const FIRST_LOOK: Span = Span::from_secs(10);
/// And then after this.
const NEXT_LOOK: Span = Span::from_secs(20);
/// So often before it counts as not sent.
const LOOKS: i64 = 3;
/// A message is sent anew at most so often.
const TRIES: i64 = 3;
/// A message that could not be looked for so long is left to a person.
const GIVES_UP: Span = Span::from_days(1);
/// A line that does not work is left alone for this.
const OFF: Span = Span::from_secs(30);
/// After a number that is not there: asking for many is what a robot does.
const AFTER_ABSENT: Span = Span::from_secs(15);
/// Messages that are put aside in one turn before the line goes to others.
const ASIDE: usize = 50;

/// A line whose turn it is.
struct Turn<'a> {
    scope: &'a Scope,
    whole: &'a lines::Whole,
    line: &'a sauda_channel::Line,
}

impl Turn<'_> {
    const fn id(&self) -> &MessageLineId {
        &self.whole.line.id
    }
}

/// Whether the line has more to do at once.
enum Next {
    More,
    Enough,
}

impl Postman {
    pub(super) async fn send_all(
        &self,
        stop: &CancellationToken,
        report: &mut PostReport,
    ) -> Result<(), MessagesError> {
        let now = self.messages.clock.now();
        let busy = queue::busy_lines(&self.messages.db, now).await?;
        let reports: Vec<Result<PostReport, MessagesError>> = stream::iter(busy)
            .map(|line| self.line_turn(line, stop))
            .buffer_unordered(16)
            .collect()
            .await;
        for one in reports {
            let one = one?;
            report.sent += one.sent;
            report.looked_for += one.looked_for;
        }
        Ok(())
    }

    async fn line_turn(
        &self,
        id: MessageLineId,
        stop: &CancellationToken,
    ) -> Result<PostReport, MessagesError> {
        let mut report = PostReport::default();
        let Some(lease) = self.lease(&format!("messages:line:{id}")).await? else {
            return Ok(report);
        };
        let worked = self.work(&id, &lease, stop, &mut report).await;
        self.release(&lease).await?;
        worked?;
        Ok(report)
    }

    async fn work(
        &self,
        id: &MessageLineId,
        lease: &Lease,
        stop: &CancellationToken,
        report: &mut PostReport,
    ) -> Result<(), MessagesError> {
        let messages = &self.messages;
        let Some(whole) = lines::find(&messages.db, id).await? else {
            return Ok(());
        };
        let scope = Scope::system(whole.line.merchant.clone(), "messages");
        let line = messages.dial(&scope, &whole)?;
        let turn = Turn {
            scope: &scope,
            whole: &whole,
            line: &line,
        };
        for message in queue::to_look_for(&messages.db, id, messages.clock.now()).await? {
            if stop.is_cancelled() || !self.holds(lease).await? {
                return Ok(());
            }
            messages.look_for(&turn, &message).await?;
            report.looked_for += 1;
        }
        for _ in 0..ASIDE {
            if stop.is_cancelled() || !self.holds(lease).await? {
                return Ok(());
            }
            if let Next::Enough = messages.send_next(&turn, report).await? {
                return Ok(());
            }
        }
        Ok(())
    }
}

impl Messages {
    /// Sends the next message of a line, or says when it may.
    async fn send_next(&self, turn: &Turn<'_>, report: &mut PostReport) -> Result<Next, MessagesError> {
        let now = self.clock.now();
        let Some(message) = queue::next(&self.db, turn.id(), now).await? else {
            return Ok(Next::Enough);
        };
        if !turn.whole.line.state.can_send() {
            lines::hold(&self.db, turn.id(), Some(now.plus(OFF))).await?;
            return Ok(Next::Enough);
        }
        let limits = self.settings_of(&message.shop).await?.limits;
        let next = self.turn_of(&turn.whole.line, &limits, now).await?;
        if next.at > now {
            lines::hold(&self.db, turn.id(), Some(next.at)).await?;
            return Ok(Next::Enough);
        }
        let Some(talk) = talks::find(&self.db, &message.shop, &message.talk).await? else {
            messages::cancel(&self.db, &message.id, "erased").await?;
            return Ok(Next::More);
        };
        if talk.is_silent {
            messages::cancel(&self.db, &message.id, "silence").await?;
            return Ok(Next::More);
        }
        if !self.is_true(turn.scope, &message, now).await? {
            messages::cancel(&self.db, &message.id, "not_true").await?;
            self.signal(&message.shop).await;
            return Ok(Next::More);
        }
        let chat = match self.chat_of(turn, &talk).await {
            Ok(Some(chat)) => chat,
            Ok(None) => {
                self.refuse(&message, "no_recipient", "").await?;
                lines::hold(&self.db, turn.id(), Some(now.plus(AFTER_ABSENT))).await?;
                return Ok(Next::Enough);
            }
            Err(MessagesError::Channel(error)) => {
                self.line_trouble(turn, &error).await?;
                return Ok(Next::Enough);
            }
            Err(error) => return Err(error),
        };
        self.send(turn, &message, chat, report).await?;
        Ok(Next::Enough)
    }

    /// The channel's key of a talk; asked for before the first message. None when nobody is there.
    async fn chat_of(&self, turn: &Turn<'_>, talk: &Talk) -> Result<Option<ChatId>, MessagesError> {
        let is_own = talk.line.as_ref() == Some(turn.id());
        if let Some(chat) = talk
            .who
            .chat
            .as_deref()
            .filter(|_| is_own || talk.who.phone.is_none())
        {
            return Ok(Some(ChatId::new(chat)?));
        }
        let Some(phone) = talk.parsed_phone() else {
            return Ok(None);
        };
        let found = self.messenger.find(turn.line, &phone).await?;
        if let Some(chat) = &found {
            let who = Who {
                chat: Some(chat.as_str().to_owned()),
                ..Who::default()
            };
            talks::know(&self.db, &talk.id, turn.id(), &who).await?;
        }
        Ok(found)
    }

    async fn send(
        &self,
        turn: &Turn<'_>,
        message: &Message,
        chat: ChatId,
        report: &mut PostReport,
    ) -> Result<(), MessagesError> {
        let reserved = match &message.reserved_id {
            Some(known) => Some(known.clone()),
            None => match self.messenger.reserve_id(turn.line).await {
                Ok(reserved) => reserved,
                Err(error) => return self.line_trouble(turn, &error).await,
            },
        };
        let now = self.clock.now();
        let look_at = now.plus(SENDING);
        let taken = queue::take(
            &self.db,
            &message.id,
            turn.id(),
            reserved.as_deref(),
            now,
            look_at,
        )
        .await?;
        if taken == 0 {
            return Ok(());
        }
        let outgoing = Outgoing {
            chat,
            body: Body::Text(message.body.clone()),
            reply_to: None,
            reserved_id: reserved,
        };
        report.sent += 1;
        let answer = self.messenger.send(turn.line, &outgoing).await;
        self.sent(turn, message, answer).await?;
        self.signal(&message.shop).await;
        Ok(())
    }

    /// Records what came of a sending.
    async fn sent(
        &self,
        turn: &Turn<'_>,
        message: &Message,
        answer: Result<sauda_channel::Sent, ChannelError>,
    ) -> Result<(), MessagesError> {
        let now = self.clock.now();
        let error = match answer {
            Ok(sent) => return self.found(message, &sent).await,
            Err(error) => error,
        };
        match &error {
            // Certainly not sent, and the line is to blame.
            ChannelError::LoggedOut { .. }
            | ChannelError::BadKey
            | ChannelError::NoConnection(_)
            | ChannelError::NotFound(_)
            | ChannelError::Throttled { .. } => {
                let text = error.to_string();
                queue::unsent(&self.db, &message.id, now, (error.word(), &text)).await?;
                self.line_trouble(turn, &error).await
            }
            // Certainly not sent, and this message is to blame.
            ChannelError::NoRecipient(_)
            | ChannelError::Closed(_)
            | ChannelError::Moved { .. }
            | ChannelError::Refused { .. }
            | ChannelError::Unsupported(_)
            | ChannelError::Invalid(_)
            | ChannelError::Forged(_)
            | ChannelError::Taken(_) => self.refuse_sent(message, error.word(), &error.to_string()).await,
            // It may have left.
            ChannelError::Unconfirmed(_)
            | ChannelError::Timeout
            | ChannelError::Down { .. }
            | ChannelError::BadAnswer(_)
            | ChannelError::TooLarge { .. } => {
                self.step(
                    message,
                    MessageState::Sending,
                    Some(now.plus(FIRST_LOOK)),
                    0,
                    Some(error.word()),
                )
                .await
            }
        }
    }

    /// Looks for a message whose answer was lost. It is sent anew only when the whole talk was read thrice without it, and under the
    /// id that was reserved for it; without such an id a person decides.
    async fn look_for(&self, turn: &Turn<'_>, message: &Message) -> Result<(), MessagesError> {
        let now = self.clock.now();
        let sent_at = message.sent_at.unwrap_or(now);
        let talk = talks::find(&self.db, &message.shop, &message.talk).await?;
        let chat = talk.and_then(|talk| talk.who.chat);
        let Some(chat) = chat.and_then(|chat| ChatId::new(&chat).ok()) else {
            return self.leave_to_person(message).await;
        };
        let wanted = Outgoing {
            chat,
            body: Body::Text(message.body.clone()),
            reply_to: None,
            reserved_id: message.reserved_id.clone(),
        };
        match self.messenger.find_sent(turn.line, &wanted, sent_at).await {
            Ok(Some(sent)) => {
                self.found(message, &sent).await?;
                self.signal(&message.shop).await;
                Ok(())
            }
            Ok(None) if message.looks + 1 < LOOKS => {
                let next = Some(now.plus(NEXT_LOOK));
                self.step(
                    message,
                    MessageState::Sending,
                    next,
                    message.looks + 1,
                    message.trouble.as_deref(),
                )
                .await
            }
            Ok(None) if message.reserved_id.is_some() && message.tries < TRIES => {
                queue::unsent(&self.db, &message.id, now, ("not_seen", "")).await?;
                Ok(())
            }
            Ok(None) => self.leave_to_person(message).await,
            Err(_) if now.since(sent_at) > GIVES_UP => self.leave_to_person(message).await,
            Err(error) => {
                let next = Some(now.plus(SENDING));
                self.step(
                    message,
                    MessageState::Sending,
                    next,
                    message.looks,
                    Some(error.word()),
                )
                .await?;
                self.line_trouble(turn, &error).await
            }
        }
    }

    async fn leave_to_person(&self, message: &Message) -> Result<(), MessagesError> {
        self.step(
            message,
            MessageState::Unclear,
            None,
            message.looks,
            Some("not_seen"),
        )
        .await?;
        talks::set_needs(&self.db, &message.talk, true).await?;
        self.signal(&message.shop).await;
        Ok(())
    }

    async fn found(&self, message: &Message, sent: &sauda_channel::Sent) -> Result<(), MessagesError> {
        let part = sent.id.as_deref().map(crate::model::channel_part);
        let step = Step {
            state: MessageState::Sent,
            next_at: None,
            channel_id: part.or(message.reserved_id.as_deref()),
            looks: message.looks,
            trouble: None,
            trouble_text: None,
        };
        // Nothing to do when news of it came first.
        queue::step(&self.db, &message.id, MessageState::Sending, &step).await?;
        let said = talks::Said {
            at: self.clock.now(),
            text: &message.body,
            ours: true,
            unread: 0,
            needs_person: None,
            needs_answer: false,
            is_kazakh: None,
        };
        talks::said(&self.db, &message.talk, &said).await?;
        Ok(())
    }

    async fn step(
        &self,
        message: &Message,
        to: MessageState,
        next_at: Option<Timestamp>,
        looks: i64,
        trouble: Option<&str>,
    ) -> Result<(), MessagesError> {
        let step = Step {
            state: to,
            next_at,
            channel_id: None,
            looks,
            trouble,
            trouble_text: None,
        };
        queue::step(&self.db, &message.id, MessageState::Sending, &step).await?;
        Ok(())
    }

    /// It cannot be sent: before it was tried.
    async fn refuse(&self, message: &Message, word: &str, text: &str) -> Result<(), MessagesError> {
        self.refuse_from(message, MessageState::Queued, word, text).await
    }

    /// It was tried, and surely did not leave.
    async fn refuse_sent(&self, message: &Message, word: &str, text: &str) -> Result<(), MessagesError> {
        self.refuse_from(message, MessageState::Sending, word, text).await
    }

    async fn refuse_from(
        &self,
        message: &Message,
        from: MessageState,
        word: &str,
        text: &str,
    ) -> Result<(), MessagesError> {
        let step = Step {
            state: MessageState::Failed,
            next_at: None,
            channel_id: None,
            looks: message.looks,
            trouble: Some(word),
            trouble_text: Some(text).filter(|text| !text.is_empty()),
        };
        queue::step(&self.db, &message.id, from, &step).await?;
        // What a person wrote and nobody got is for a person to see.
        if message.about.is_none() {
            talks::set_needs(&self.db, &message.talk, true).await?;
        }
        self.signal(&message.shop).await;
        Ok(())
    }

    /// The line does not work now: what waits goes on waiting.
    async fn line_trouble(&self, turn: &Turn<'_>, error: &ChannelError) -> Result<(), MessagesError> {
        let now = self.clock.now();
        let wait = match error {
            ChannelError::Throttled { wait } => (*wait).max(OFF),
            _ => OFF,
        };
        let text = error.to_string();
        lines::failed(&self.db, turn.id(), (error.word(), &text), now, now).await?;
        lines::hold(&self.db, turn.id(), Some(now.plus(wait))).await?;
        Ok(())
    }
}
