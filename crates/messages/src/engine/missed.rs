//! Reads what servers could not tell us: after a start, and each time a line works again, recent talks are read from the moment up to which
//! nothing was missed. What is known already changes nothing. Refuses to read more than recent talks.

use super::{
    Postman,
    hear::{Heard, TRIES},
};
use crate::{
    Messages, MessagesError,
    model::channel_part,
    store::{lines, messages, talks},
};
use sauda_accounts::Scope;
use sauda_channel::{ChannelError, ChatId};
use sauda_kernel::{Span, Timestamp};

/// Lines that are read in one turn, and talks of one that are: who wrote last first.
const LINES: i64 = 5;
const TALKS: i64 = 40;
/// What is older is not looked for.
const LONGEST: Span = Span::from_days(7);
/// What was on its way when the line went still: so much is read again.
const OVERLAP: Span = Span::from_mins(10);
/// A server that does not answer is asked again after this.
const AGAIN: Span = Span::from_mins(1);

impl Postman {
    /// Every line may have missed something while nobody listened.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(&self) -> Result<(), MessagesError> {
        let messages = &self.messages;
        lines::doubt(&messages.db, messages.clock.now()).await?;
        Ok(())
    }

    /// Reads what may have been missed; how many messages were new.
    pub(super) async fn catch_up_all(&self) -> Result<usize, MessagesError> {
        let messages = &self.messages;
        let mut new = 0;
        for (id, heard_until) in lines::to_catch_up(&messages.db, messages.clock.now(), LINES).await? {
            let Some(whole) = lines::find(&messages.db, &id).await? else {
                continue;
            };
            let Some(lease) = self.lease(&format!("messages:missed:{id}")).await? else {
                continue;
            };
            let read = messages.catch_up(&whole, heard_until).await;
            self.release(&lease).await?;
            new += read?;
        }
        Ok(new)
    }
}

impl Messages {
    async fn catch_up(
        &self,
        whole: &lines::Whole,
        heard_until: Option<Timestamp>,
    ) -> Result<usize, MessagesError> {
        let (db, now) = (&self.db, self.clock.now());
        let id = &whole.line.id;
        let scope = Scope::system(whole.line.merchant.clone(), "what a line may have missed");
        let heard = Heard {
            scope: &scope,
            whole,
            now,
        };
        let since = heard_until.map_or(whole.line.added_at, |until| until.minus(OVERLAP));
        let oldest = now.minus(LONGEST);
        let (since, mut new) = (since.max(oldest), 0);
        for talk in talks::recent(db, id, oldest, TALKS).await? {
            let Some(chat) = talk.who.chat.as_deref().and_then(|chat| ChatId::new(chat).ok()) else {
                continue;
            };
            match self
                .messenger
                .history(&self.dial(&scope, whole)?, &chat, since)
                .await
            {
                Ok(all) => {
                    for message in all {
                        new += usize::from(self.take_missed(&heard, message).await?);
                    }
                }
                Err(error @ (ChannelError::TooLarge { .. } | ChannelError::NotFound(_))) => {
                    tracing::info!(talk.id = %talk.id, %error, "a talk cannot be read for what was missed");
                }
                Err(error) => {
                    tracing::info!(line.id = %id, %error, "what a line missed is read later");
                    lines::catch_up_later(db, id, now, now.plus(AGAIN)).await?;
                    return Ok(new);
                }
            }
        }
        lines::caught_up(db, id, now).await?;
        Ok(new)
    }

    /// Takes up a message as if it had just come; whether it is new. One of ours that a program sent is left to whoever sent it.
    async fn take_missed(
        &self,
        heard: &Heard<'_>,
        message: sauda_channel::Message,
    ) -> Result<bool, MessagesError> {
        let part = channel_part(&message.id);
        let is_known = messages::by_channel(&self.db, heard.line(), part)
            .await?
            .is_some();
        if is_known || message.from_me && message.by_program != Some(false) {
            return Ok(false);
        }
        if message.from_me {
            self.ours_came(heard, &message, TRIES).await?;
        } else {
            self.theirs_came(heard, &message).await?;
        }
        Ok(true)
    }
}
