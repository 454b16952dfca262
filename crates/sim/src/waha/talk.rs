//! The life of talks: messages leaving, acks, buyers who answer. Refuses to know HTTP and how lines live.

use super::{
    buyers,
    desk::{Desk, Heard, Job, Kept, Media, Message, Place, SentRow, Status},
    documents,
};
use sauda_kernel::{Span, Timestamp};
use serde_json::json;

const FILES_LIVE: Span = Span::from_secs(180);
const DAY: Span = Span::from_hours(24);

/// A message about to leave.
#[derive(Debug, Clone)]
pub struct Draft {
    pub chat: String,
    pub number: String,
    pub kind: &'static str,
    pub text: String,
    pub media: Option<(String, Option<String>, Vec<u8>)>,
    pub place: Option<Place>,
    pub reply_to: Option<String>,
    pub id: Option<String>,
}

impl Desk {
    /// A message of ours leaves. The line works: the caller has looked.
    pub fn send(&mut self, name: &str, draft: Draft) -> Option<Message> {
        let bare = match draft.id {
            Some(id) => id,
            None => self.new_bare(),
        };
        let media = draft.media.map(|(mime, file_name, bytes)| {
            let file = format!("true_{}_{bare}", draft.chat);
            self.keep(&file, &mime, bytes);
            Media {
                mime,
                file_name,
                file: Some(file),
            }
        });
        let message = Message {
            bare,
            chat: draft.chat,
            at: self.now,
            is_ours: true,
            by_program: true,
            text: draft.text,
            media,
            place: draft.place,
            ack: 0,
            reply_to: draft.reply_to,
        };
        let session = self.sessions.get_mut(name)?;
        let talk = session.talks.entry(draft.number.clone()).or_default();
        let is_first = talk.messages.is_empty();
        talk.messages.push(message.clone());
        let payload = {
            let session = self.sessions.get(name)?;
            documents::message(self, session, &message, true, true)
        };
        self.emit(name, "message.any", &payload);
        self.note(name, &draft.number, draft.kind, &message, is_first);
        self.plan_acks(name, &draft.number, &message.bare);
        self.watch_for_spam(name);
        Some(message)
    }

    fn note(&mut self, session: &str, number: &str, kind: &'static str, message: &Message, is_first: bool) {
        let since = self.now.minus(DAY);
        let same_as = self.sent.iter().rposition(|row| {
            row.at >= since && row.number == number && row.kind == kind && row.text == message.text
        });
        self.sent.push(SentRow {
            at: self.now,
            session: session.to_owned(),
            number: number.to_owned(),
            chat: message.chat.clone(),
            kind,
            text: message.text.clone(),
            id: message.id(),
            is_first,
            same_as,
            acks: Vec::new(),
        });
    }

    fn plan_acks(&mut self, session: &str, number: &str, bare: &str) {
        let job = |ack: i8| Job::Ack {
            session: session.to_owned(),
            number: number.to_owned(),
            bare: bare.to_owned(),
            ack,
        };
        if !self.exists(number) {
            self.plan(Span::from_secs(1), job(-1));
            return;
        }
        self.plan(Span::from_millis(300), job(1));
        if self.blocks(number) {
            return;
        }
        let device = Span::from_secs(i64::from(self.luck.between(2, 20)));
        let read_after = Span::from_secs(i64::from(self.luck.between(10, 600)));
        let read = buyers::awake(self.now.plus(device).plus(read_after));
        self.plan(device, job(2));
        self.plan_at(read, job(3));
    }

    /// So many first messages a day end a line.
    fn watch_for_spam(&mut self, name: &str) {
        let since = self.now.minus(DAY);
        let firsts = self
            .sent
            .iter()
            .filter(|row| row.is_first && row.session == name && row.at >= since)
            .count();
        if firsts > crate::numbers::place(self.settings.first_messages_a_day) {
            if let Some(session) = self.sessions.get_mut(name) {
                session.is_banned = true;
            }
            self.unlink(name);
        }
    }

    pub(super) fn ack(&mut self, name: &str, number: &str, bare: &str, ack: i8) {
        let is_told = ack < 3 || self.shows_reading(number);
        let now = self.now;
        let Some(talk) = self
            .sessions
            .get_mut(name)
            .and_then(|session| session.talks.get_mut(number))
        else {
            return;
        };
        let Some(message) = talk.messages.iter_mut().find(|message| message.bare == bare) else {
            return;
        };
        if is_told {
            message.ack = ack;
        }
        let (payload, id) = (documents::ack(message), message.id());
        if ack == 3 {
            talk.turns += 1;
        }
        let turn = talk.turns;
        if is_told {
            self.emit(name, "message.ack", &payload);
            if let Some(row) = self.sent.iter_mut().rev().find(|row| row.id == id) {
                row.acks.push((ack, now));
            }
        }
        if ack == 3 && self.settings.replies {
            let mut at = self.now;
            for reply in buyers::replies(self.seed, number, self.person(number), turn) {
                at = buyers::awake(at.plus(reply.after));
                self.plan_at(
                    at,
                    Job::Says {
                        session: name.to_owned(),
                        number: number.to_owned(),
                        reply,
                    },
                );
            }
        }
    }

    pub(super) fn says(&mut self, name: &str, number: &str, reply: &buyers::Reply) {
        let media = reply.is_voice.then(|| {
            (
                "audio/ogg; codecs=opus".to_owned(),
                None,
                super::media::invented("audio/ogg"),
            )
        });
        self.incoming(name, number, &reply.text, media, None, &reply.meant);
    }

    /// A message of a person. None when the line does not hear.
    pub fn incoming(
        &mut self,
        name: &str,
        number: &str,
        text: &str,
        media: Option<(String, Option<String>, Vec<u8>)>,
        reply_to: Option<String>,
        meant: &str,
    ) -> Option<String> {
        let session = self.sessions.get(name)?;
        session.linked.as_ref()?;
        let works = session.status == Status::Working;
        let chat = if self.is_hidden(number) {
            self.lid_of(number)
        } else {
            format!("{number}@c.us")
        };
        let bare = self.new_bare();
        let media = media.map(|(mime, file_name, bytes)| {
            let file = format!("false_{chat}_{bare}");
            self.keep(&file, &mime, bytes);
            Media {
                mime,
                file_name,
                file: Some(file),
            }
        });
        let message = Message {
            bare,
            chat,
            at: self.now,
            is_ours: false,
            by_program: false,
            text: text.to_owned(),
            media,
            place: None,
            ack: 1,
            reply_to,
        };
        let id = message.id();
        let talk = self
            .sessions
            .get_mut(name)?
            .talks
            .entry(number.to_owned())
            .or_default();
        talk.messages.push(message.clone());
        talk.is_read = false;
        self.heard.push(Heard {
            at: self.now,
            session: name.to_owned(),
            number: number.to_owned(),
            id: id.clone(),
            text: text.to_owned(),
            meant: meant.to_owned(),
        });
        // A line that does not work finds it in the talk later, and tells nobody.
        if works {
            let mut payload = {
                let session = self.sessions.get(name)?;
                documents::message(self, session, &message, true, true)
            };
            if let Some(raw) = payload.get_mut("_data") {
                *raw = json!({"pushName": buyers::name(self.seed, number)});
            }
            self.emit(name, "message", &payload);
            self.emit(name, "message.any", &payload);
        }
        Some(id)
    }

    fn keep(&mut self, file: &str, mime: &str, bytes: Vec<u8>) {
        let (now, until) = (self.now, self.now.plus(FILES_LIVE));
        self.files.retain(|_, kept| kept.until > now);
        self.files.insert(
            file.to_owned(),
            Kept {
                mime: mime.to_owned(),
                bytes,
                until,
            },
        );
    }

    /// A file while it lives.
    pub fn file(&self, name: &str, now: Timestamp) -> Option<Kept> {
        self.files.get(name).filter(|kept| kept.until > now).cloned()
    }
}
