//! Takes up what came: buyers' words, how far ours got, how lines stand. The same event twice changes nothing.

use super::Postman;
use crate::{
    Messages, MessagesError,
    model::{
        Ask, AskValues, FileState, Message, MessageMedia, MessageState, Talk, Who, channel_part, file_kind,
    },
    service::writing::{fresh, queued},
    store::{
        asks, events,
        files::{self, NewFile},
        lines, messages, shops, silences,
        talks::{self, Said},
    },
    understand::{Intent, Language, ReplyKind, Understanding, understand},
};
use sauda_accounts::Scope;
use sauda_channel::{ChatId, Delivery, Event, Happening, Phone};
use sauda_kernel::{MessageLineId, Span, Timestamp};
use sauda_store::Tx;

/// Events taken up in one go.
const TOGETHER: i64 = 100;
/// An event of a message that is not known yet is taken up again after this.
const AGAIN: Span = Span::from_secs(10);
/// So often.
pub(super) const TRIES: i64 = 4;

/// So long after the question words are taken for its answer.
const ANSWERS: Span = Span::from_days(7);

/// What a buyer's words mean, and the question that they may answer.
struct Meant {
    meaning: Understanding,
    ask: Option<Ask>,
}

/// Who has to look at a talk.
#[derive(Debug, Clone, Copy, Default)]
struct Needs {
    person: bool,
    /// Because of an answer alone.
    only_answer: bool,
}

impl Needs {
    /// After an answer: what something else had asked a person for stays, an answer that only a person can take asks for one.
    fn after(talk: &Talk, meaning: &Understanding, text: &str) -> Self {
        // A word or two are the answer itself, whatever else they are like.
        let asks_more = text.split_whitespace().count() > 2 && wants_more(meaning);
        let other = talk.needs_person && !talk.needs_answer;
        let reply = &meaning.reply;
        let is_clear = match reply.kind {
            ReplyKind::Yes | ReplyKind::Measurements => true,
            ReplyKind::OtherSize => reply.size.is_some(),
            ReplyKind::No | ReplyKind::Unclear => false,
        };
        Self {
            person: other || !is_clear || asks_more,
            only_answer: !(other || is_clear || asks_more),
        }
    }
}

/// What came of an event.
pub(super) enum Outcome {
    Done,
    /// Nothing will come of it, and why.
    Nothing(&'static str),
    /// The message that it is about may be kept any moment.
    Later,
}

/// One event with what is around it.
pub(super) struct Heard<'a> {
    pub scope: &'a Scope,
    pub whole: &'a lines::Whole,
    pub now: Timestamp,
}

impl Heard<'_> {
    pub const fn line(&self) -> &MessageLineId {
        &self.whole.line.id
    }
}

impl Postman {
    /// Takes up everything that came; how much it was.
    pub(super) async fn hear_all(&self) -> Result<usize, MessagesError> {
        let messages = &self.messages;
        if events::due(&messages.db, messages.clock.now(), 1)
            .await?
            .is_empty()
        {
            return Ok(0);
        }
        let Some(lease) = self.lease("messages:events").await? else {
            return Ok(0);
        };
        let worked = async {
            let mut many = 0;
            loop {
                let due = events::due(&messages.db, messages.clock.now(), TOGETHER).await?;
                let all = due.len();
                for kept in due {
                    let outcome = messages.take_up(&kept).await?;
                    let later = messages.clock.now().plus(AGAIN);
                    let (next_at, trouble) = match outcome {
                        Outcome::Done => (None, None),
                        Outcome::Nothing(why) => (None, Some(why)),
                        Outcome::Later if kept.tries + 1 < TRIES => (Some(later), None),
                        Outcome::Later => (None, Some("unknown_message")),
                    };
                    events::step(&messages.db, &kept, next_at, trouble).await?;
                    many += 1;
                }
                if i64::try_from(all).unwrap_or(0) < TOGETHER || !self.holds(&lease).await? {
                    return Ok(many);
                }
            }
        };
        let worked = worked.await;
        self.release(&lease).await?;
        worked
    }
}

impl Messages {
    async fn take_up(&self, kept: &events::Kept) -> Result<Outcome, MessagesError> {
        let Some(whole) = lines::find(&self.db, &kept.line).await? else {
            return Ok(Outcome::Nothing("line_gone"));
        };
        let scope = Scope::system(whole.line.merchant.clone(), "an event of a line");
        let Ok(event) = self.ear.read(kept.body.as_bytes()) else {
            return Ok(Outcome::Nothing("not_understood"));
        };
        let heard = Heard {
            scope: &scope,
            whole: &whole,
            now: self.clock.now(),
        };
        self.happened(&heard, event, kept.tries).await
    }

    async fn happened(&self, heard: &Heard<'_>, event: Event, tries: i64) -> Result<Outcome, MessagesError> {
        match event.what {
            Happening::Message(message) if message.from_me => self.ours_came(heard, &message, tries).await,
            Happening::Message(message) => self.theirs_came(heard, &message).await,
            Happening::Delivery {
                message, delivery, ..
            } => self.got_so_far(heard, &message, delivery).await,
            Happening::State { state, .. } => {
                let said = lines::Heard {
                    state: &state,
                    number: None,
                    display_name: None,
                };
                // The number of a line that was just linked is not told: it is asked for at once.
                lines::heard(&self.db, heard.line(), &said, heard.now, heard.now).await?;
                Ok(Outcome::Done)
            }
            Happening::Edited { message, text, .. } => {
                messages::reword(&self.db, heard.line(), channel_part(&message), &text).await?;
                Ok(Outcome::Done)
            }
            Happening::Reaction { .. } | Happening::Revoked { .. } | Happening::Other(_) => {
                Ok(Outcome::Nothing("not_needed"))
            }
        }
    }

    /// How far one of ours got.
    async fn got_so_far(
        &self,
        heard: &Heard<'_>,
        id: &str,
        delivery: Delivery,
    ) -> Result<Outcome, MessagesError> {
        let to = match delivery {
            Delivery::Pending | Delivery::Unknown => return Ok(Outcome::Nothing("not_needed")),
            Delivery::Server => MessageState::Sent,
            Delivery::Device => MessageState::Delivered,
            Delivery::Read | Delivery::Played => MessageState::Read,
            Delivery::Failed => MessageState::Failed,
        };
        self.move_on(heard, channel_part(id), to).await
    }

    async fn move_on(
        &self,
        heard: &Heard<'_>,
        part: &str,
        to: MessageState,
    ) -> Result<Outcome, MessagesError> {
        let Some(message) = messages::by_channel(&self.db, heard.line(), part).await? else {
            return Ok(Outcome::Later);
        };
        if !message.state.may_become(to) {
            return Ok(Outcome::Done);
        }
        if messages::move_on(&self.db, &message, to, part, heard.now).await? == 0 {
            return Ok(Outcome::Later);
        }
        if to == MessageState::Failed {
            talks::set_needs(&self.db, &message.talk, true).await?;
        }
        self.signal(&message.shop).await;
        Ok(Outcome::Done)
    }

    /// One of ours: by this program, or by hand on the phone.
    pub(super) async fn ours_came(
        &self,
        heard: &Heard<'_>,
        came: &sauda_channel::Message,
        tries: i64,
    ) -> Result<Outcome, MessagesError> {
        let part = channel_part(&came.id);
        if messages::by_channel(&self.db, heard.line(), part)
            .await?
            .is_some()
        {
            return self.move_on(heard, part, MessageState::Sent).await;
        }
        // Its id may not be known yet: who sent it is about to note it.
        if came.by_program != Some(false) && tries + 1 < TRIES {
            return Ok(Outcome::Later);
        }
        let Some(talk) = self.talk_of(heard, came).await? else {
            return Ok(Outcome::Nothing("not_a_buyer"));
        };
        let at = came.at.min(heard.now);
        let once = format!("out:{}:{part}", heard.line());
        let message = Message {
            state: MessageState::Sent,
            created_at: at,
            sent_at: Some(at),
            media: media(came),
            ..queued(&self.id(), &talk, &once, &came.text, at, at)
        };
        let said = Said {
            at,
            text: &came.text,
            ours: true,
            unread: 0,
            needs_person: Some(false),
            needs_answer: false,
            is_kazakh: None,
        };
        let mut tx = self.db.write().await?;
        if messages::insert(&mut tx, heard.scope, &message, Some(heard.line()), Some(part)).await? > 0 {
            talks::said(&mut tx, &talk.id, &said).await?;
        }
        tx.commit().await?;
        self.signal(&talk.shop).await;
        Ok(Outcome::Done)
    }

    /// A buyer wrote.
    pub(super) async fn theirs_came(
        &self,
        heard: &Heard<'_>,
        came: &sauda_channel::Message,
    ) -> Result<Outcome, MessagesError> {
        let Some(talk) = self.talk_of(heard, came).await? else {
            return Ok(Outcome::Nothing("not_a_buyer"));
        };
        let part = channel_part(&came.id);
        let ask = asks::last_of(&self.db, &talk.id).await?;
        let offered = ask
            .as_ref()
            .map(|ask| ask.size.as_str())
            .filter(|size| !size.is_empty());
        let meaning = understand(&came.text, offered);
        let at = came.at.min(heard.now);
        let message = Message {
            is_ours: false,
            state: MessageState::Received,
            created_at: at,
            media: media(came),
            order_code: talk.order_code.clone(),
            ..queued(
                &self.id(),
                &talk,
                &format!("in:{}:{part}", heard.line()),
                &came.text,
                at,
                at,
            )
        };
        let mut tx = self.db.write().await?;
        if messages::insert(&mut tx, heard.scope, &message, Some(heard.line()), Some(part)).await? == 0 {
            return Ok(Outcome::Done);
        }
        if let Some(media) = &message.media {
            let file = file_of(&message, heard.line(), media);
            files::insert(&mut tx, heard.scope, &file).await?;
        }
        let meant = Meant { meaning, ask };
        let needs = self
            .follow(&mut tx, heard, &talk, &message, &meant, came.chat.as_str())
            .await?;
        let said = Said {
            at,
            text: &came.text,
            ours: false,
            unread: 1,
            needs_person: Some(needs.person),
            needs_answer: needs.only_answer,
            is_kazakh: match meant.meaning.language {
                Language::Kk => Some(true),
                Language::Ru => Some(false),
                Language::Mix | Language::En => None,
            },
        };
        talks::said(&mut tx, &talk.id, &said).await?;
        tx.commit().await?;
        self.signal(&talk.shop).await;
        Ok(Outcome::Done)
    }

    /// Does what a buyer's words ask for; who has to look.
    async fn follow(
        &self,
        tx: &mut Tx,
        heard: &Heard<'_>,
        talk: &Talk,
        message: &Message,
        meant: &Meant,
        chat: &str,
    ) -> Result<Needs, MessagesError> {
        let meaning = &meant.meaning;
        if meaning.opt_out {
            for who in [talk.who.phone.as_deref(), Some(chat)].into_iter().flatten() {
                silences::add(&mut *tx, heard.scope, who, Some(&message.id), "", heard.now).await?;
            }
            for other in talks::of_person(&mut *tx, heard.scope, &talk.who).await? {
                messages::cancel_all(&mut *tx, &other.id, "silence").await?;
            }
            return Ok(Needs::default());
        }
        let ask = meant
            .ask
            .as_ref()
            .filter(|ask| heard.now.since(ask.asked_at) <= ANSWERS && takes_place(ask.reply, meaning));
        let Some(ask) = ask else {
            return Ok(Needs {
                person: talk.needs_person || !is_thanks(meaning),
                only_answer: talk.needs_answer && is_thanks(meaning),
            });
        };
        let (kind, values) = (meaning.reply.kind, AskValues::of(meaning, &message.body));
        let at = message.created_at;
        asks::answer(&mut *tx, &talk.shop, &ask.order_code, kind, &values, at).await?;
        Ok(Needs::after(talk, meaning, &message.body))
    }

    /// The talk that a message belongs to, made when it is the first; none when it is no person, or no shop writes by the line.
    async fn talk_of(
        &self,
        heard: &Heard<'_>,
        came: &sauda_channel::Message,
    ) -> Result<Option<Talk>, MessagesError> {
        let chat = came.chat.as_str();
        if chat.ends_with("@g.us") || chat.ends_with("@newsletter") || chat.ends_with("@broadcast") {
            return Ok(None);
        }
        let name = if came.from_me { None } else { came.name.clone() };
        let known = talks::of_line(&self.db, heard.line(), chat, None).await?;
        if let Some(talk) = known
            .into_iter()
            .find(|talk| talk.who.chat.as_deref() == Some(chat))
        {
            return Ok(Some(talk));
        }
        let phone = self.phone_behind(heard, &came.chat).await;
        let who = Who {
            phone: phone.as_ref().map(|phone| phone.digits().to_owned()),
            chat: Some(chat.to_owned()),
            name: name.unwrap_or_default().chars().take(80).collect(),
        };
        let known = talks::of_line(&self.db, heard.line(), chat, who.phone.as_deref()).await?;
        let found = match known.into_iter().next() {
            Some(talk) => talk,
            None => {
                let Some(shop) = shops::of_line(&self.db, heard.line()).await?.into_iter().next() else {
                    return Ok(None);
                };
                let talk = fresh(self.id(), &shop, who.clone(), came.at.min(heard.now));
                let fold = sauda_catalog::fold(&[&who.name]);
                talks::insert(&self.db, heard.scope, &talk, &fold).await?;
                talk
            }
        };
        // Who writes from another key is answered to that key.
        talks::know(&self.db, &found.id, heard.line(), &who).await?;
        talks::find(&self.db, &found.shop, &found.id)
            .await
            .map_err(Into::into)
    }

    /// The number of a talk; none when the channel hides it, or does not answer now.
    async fn phone_behind(&self, heard: &Heard<'_>, chat: &ChatId) -> Option<Phone> {
        if let Some((digits, "c.us" | "s.whatsapp.net")) = chat.as_str().split_once('@') {
            return Phone::parse(&format!("+{digits}")).ok();
        }
        let line = self.dial(heard.scope, heard.whole).ok()?;
        self.messenger.phone_of(&line, chat).await.ok().flatten()
    }
}

/// Whether a message is taken as the answer to the question. A later clear answer takes the place of an earlier one; thanks do not.
fn takes_place(before: Option<ReplyKind>, meaning: &Understanding) -> bool {
    match before {
        None | Some(ReplyKind::Unclear) => !is_thanks(meaning) || meaning.reply.kind != ReplyKind::Unclear,
        Some(_) => meaning.reply.kind != ReplyKind::Unclear,
    }
}

/// Whether the words are about something else than the size too: `когда доставите?` waits for a person whatever is said of sizes later.
fn wants_more(meaning: &Understanding) -> bool {
    let of_sizes = matches!(
        meaning.intent().0,
        Intent::SizeAdvice
            | Intent::SizeComplaintSmall
            | Intent::SizeComplaintLarge
            | Intent::ThanksPositive
            | Intent::Greeting
            | Intent::Other
    );
    meaning.is_sure() && !of_sizes
}

fn is_thanks(meaning: &Understanding) -> bool {
    meaning.is_sure() && meaning.intent().0 == Intent::ThanksPositive
}

/// What is noted of a file: to be fetched, when it is of a kind that is taken and the server has it.
fn file_of<'a>(message: &'a Message, line: &'a MessageLineId, media: &'a MessageMedia) -> NewFile<'a> {
    let mime = media.mime.as_deref().unwrap_or_default();
    let (state, trouble) = match (&media.url, file_kind(mime)) {
        (_, None) => (FileState::Refused, Some("kind")),
        (None, Some(_)) => (FileState::Lost, Some("not_fetched")),
        (Some(_), Some(_)) => (FileState::Waiting, None),
    };
    NewFile {
        message: &message.id,
        shop: &message.shop,
        talk: &message.talk,
        line,
        url: media.url.as_deref(),
        mime,
        name: media.file_name.as_deref().unwrap_or_default(),
        state,
        trouble,
        at: message.created_at,
    }
}

fn media(came: &sauda_channel::Message) -> Option<MessageMedia> {
    came.has_media.then(|| {
        let media = came.media.clone();
        MessageMedia {
            url: media.as_ref().and_then(|media| media.url.clone()),
            mime: media.as_ref().and_then(|media| media.mime.clone()),
            file_name: media.and_then(|media| media.file_name),
        }
    })
}
