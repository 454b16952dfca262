//! Messages out, and looking whether they left. Refuses to send anything twice: a lost answer is looked for in the talk itself.

use crate::{
    client::Waha,
    http::Call,
    read,
    wire::{ChatBody, ExistsAnswer, FileBody, LidAnswer, MessageDocument, NewIdAnswer, SendBody},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use sauda_channel::{
    Attachment, Body, ChannelError, ChatId, Delivery, Effect, Line, Media, Message, Outgoing, Phone, Sent,
    unconfirmed,
};
use sauda_kernel::{Span, Timestamp};

/// Signs that stay as they are in a part of a path.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');
/// Messages asked for at once, and how many such pages at most.
const PAGE: u32 = 100;
const PAGES: u32 = 20;
/// The phone network's clock and ours may differ by so much.
const SKEW: Span = Span::from_secs(5);

impl Waha {
    pub(crate) async fn find_chat(&self, line: &Line, phone: &Phone) -> Result<Option<ChatId>, ChannelError> {
        let path = format!(
            "/api/contacts/check-exists?phone={}&session={}",
            phone.digits(),
            line.name
        );
        let body = self
            .wire
            .send(line, Call::get("check number", path, self.settings()))
            .await?;
        let answer: ExistsAnswer = read::document("check number", &body)?;
        if !answer.number_exists {
            return Ok(None);
        }
        let id = answer
            .chat_id
            .unwrap_or_else(|| format!("{}@c.us", phone.digits()));
        read::chat(&id).map(Some)
    }

    pub(crate) async fn number_behind(
        &self,
        line: &Line,
        chat: &ChatId,
    ) -> Result<Option<Phone>, ChannelError> {
        if !chat.as_str().ends_with("@lid") {
            return Ok(read::number_of(chat.as_str()));
        }
        let path = format!("/api/{}/lids/{}", line.name, part(chat.as_str()));
        match self
            .wire
            .send(line, Call::get("hidden number", path, self.settings()))
            .await
        {
            Err(ChannelError::NotFound(_) | ChannelError::Unsupported(_)) => Ok(None),
            Err(error) => Err(error),
            Ok(body) => {
                let answer: LidAnswer = read::document("hidden number", &body)?;
                Ok(answer.pn.as_deref().and_then(read::number_of))
            }
        }
    }

    pub(crate) async fn new_id(&self, line: &Line) -> Result<Option<String>, ChannelError> {
        let path = format!("/api/{}/new-message-id", line.name);
        match self
            .wire
            .send(line, Call::get("new id", path, self.settings()))
            .await
        {
            Err(ChannelError::NotFound(_) | ChannelError::Unsupported(_)) => Ok(None),
            Err(error) => Err(error),
            Ok(body) => {
                let answer: NewIdAnswer = read::document("new id", &body)?;
                Ok(Some(answer.id).filter(|id| !id.is_empty()))
            }
        }
    }

    pub(crate) async fn send_message(&self, line: &Line, message: &Outgoing) -> Result<Sent, ChannelError> {
        message.validate()?;
        let (name, body) = sending(line, message);
        let call = Call::with_body(
            Method::POST,
            Effect::Once,
            name,
            format!("/api/{name}"),
            &body,
            self.settings(),
        )?;
        let answer = self.wire.send(line, call).await?;
        // A 2xx says that it was taken; an answer that is no document says nothing.
        let document: MessageDocument =
            serde_json::from_slice(&answer).map_err(|_| unconfirmed("the answer is not a document"))?;
        Ok(sent(&document))
    }

    pub(crate) async fn look_for(
        &self,
        line: &Line,
        message: &Outgoing,
        since: Timestamp,
    ) -> Result<Option<Sent>, ChannelError> {
        let since = since.minus(SKEW);
        let ours = self.read_talk(line, &message.chat, since, true).await?;
        let found = ours.into_iter().find(|known| is_it(known, message, since));
        Ok(found.map(|known| Sent {
            at: Some(known.at),
            delivery: known.delivery.unwrap_or(Delivery::Pending),
            id: Some(known.id),
        }))
    }

    /// Oldest first.
    pub(crate) async fn read_talk(
        &self,
        line: &Line,
        chat: &ChatId,
        since: Timestamp,
        only_ours: bool,
    ) -> Result<Vec<Message>, ChannelError> {
        let mut all = Vec::new();
        for page in 0..PAGES {
            let mut path = format!(
                "/api/{}/chats/{}/messages?limit={PAGE}&offset={}&downloadMedia=false&sortBy=timestamp&sortOrder=asc&filter.timestamp.gte={}",
                line.name,
                part(chat.as_str()),
                page.saturating_mul(PAGE),
                since.as_secs()
            );
            if only_ours {
                path.push_str("&filter.fromMe=true");
            }
            let body = self
                .wire
                .send(line, Call::get("messages", path, self.settings()))
                .await?;
            let documents: Vec<MessageDocument> = read::document("messages", &body)?;
            let count = documents.len();
            for document in &documents {
                all.push(read::message(document, None)?);
            }
            if u32::try_from(count).unwrap_or(u32::MAX) < PAGE {
                all.sort_by_key(|message| message.at);
                return Ok(all);
            }
        }
        Err(ChannelError::TooLarge {
            limit: usize::try_from(PAGE.saturating_mul(PAGES)).unwrap_or(usize::MAX),
        })
    }

    /// `sendSeen`, `startTyping`, `stopTyping`
    pub(crate) async fn chat_act(
        &self,
        line: &Line,
        chat: &ChatId,
        act: &'static str,
    ) -> Result<(), ChannelError> {
        let call = Call::with_body(
            Method::POST,
            Effect::Repeatable,
            act,
            format!("/api/{act}"),
            &ChatBody {
                session: &line.name,
                chat_id: chat.as_str(),
            },
            self.settings(),
        )?;
        self.wire.send(line, call).await.map(|_| ())
    }

    pub(crate) async fn fetch_media(&self, line: &Line, media: &Media) -> Result<Vec<u8>, ChannelError> {
        let url = media.url.as_deref().ok_or_else(|| {
            ChannelError::NotFound(match &media.error {
                Some(error) => format!("file: {}", error.chars().take(120).collect::<String>()),
                None => "file: the server did not fetch it".to_owned(),
            })
        })?;
        let path = own_path(url).ok_or(ChannelError::Unsupported(
            "fetch a file that is not on the line's own server",
        ))?;
        let mut call = Call::get("file", path.to_owned(), self.settings());
        call.limit_bytes = self.settings().max_file_bytes;
        self.wire.send(line, call).await
    }
}

fn part(text: &str) -> String {
    utf8_percent_encode(text, PART).to_string()
}

/// The path of a file on the line's own server. The host in the address is the server's own idea of itself and is not used, so the
/// key cannot be led elsewhere.
fn own_path(url: &str) -> Option<&str> {
    let path = url.find("/api/files/").and_then(|at| url.get(at..))?;
    (!path.contains("..") && !path.contains(char::is_whitespace)).then_some(path)
}

fn sending<'a>(line: &'a Line, message: &'a Outgoing) -> (&'static str, SendBody<'a>) {
    let empty = SendBody {
        session: &line.name,
        chat_id: message.chat.as_str(),
        text: None,
        link_preview: None,
        file: None,
        caption: None,
        latitude: None,
        longitude: None,
        title: None,
        reply_to: message.reply_to.as_deref(),
        id: None,
    };
    let id = message.reserved_id.as_deref();
    match &message.body {
        Body::Text(text) => (
            "sendText",
            SendBody {
                text: Some(text),
                link_preview: Some(false),
                id,
                ..empty
            },
        ),
        // Files take no id of ours: they are read back by their words and time.
        Body::Image { file, caption } => ("sendImage", with_file(empty, file, caption)),
        Body::File { file, caption } => ("sendFile", with_file(empty, file, caption)),
        Body::Place(place) => (
            "sendLocation",
            SendBody {
                latitude: Some(place.latitude),
                longitude: Some(place.longitude),
                title: Some(&place.title),
                id,
                ..empty
            },
        ),
    }
}

fn with_file<'a>(body: SendBody<'a>, file: &'a Attachment, caption: &'a str) -> SendBody<'a> {
    SendBody {
        file: Some(FileBody {
            mimetype: &file.mime,
            filename: &file.file_name,
            data: STANDARD.encode(&file.bytes),
        }),
        caption: Some(caption).filter(|caption| !caption.is_empty()),
        ..body
    }
}

fn sent(document: &MessageDocument) -> Sent {
    Sent {
        id: read::message_id(document),
        at: read::time(&document.timestamp),
        delivery: read::delivery(&document.ack).unwrap_or(Delivery::Pending),
    }
}

/// Whether a message of the talk is the one that we tried to send.
fn is_it(known: &Message, wanted: &Outgoing, since: Timestamp) -> bool {
    if !known.from_me || known.at < since {
        return false;
    }
    let takes_id = matches!(wanted.body, Body::Text(_) | Body::Place(_));
    if let Some(reserved) = wanted.reserved_id.as_deref().filter(|_| takes_id) {
        return known.id == reserved || known.id.split('_').nth(2) == Some(reserved);
    }
    // Written by hand on the phone: the same words, but not ours.
    if known.by_program == Some(false) {
        return false;
    }
    match &wanted.body {
        Body::Text(text) => !known.has_media && known.text == *text,
        Body::Image { file, caption } | Body::File { file, caption } => {
            let name = known.media.as_ref().and_then(|media| media.file_name.as_deref());
            known.has_media && known.text == *caption && name.is_none_or(|name| name == file.file_name)
        }
        Body::Place(place) => known.place.as_ref().is_some_and(|there| {
            (there.latitude - place.latitude).abs() < 1e-4 && (there.longitude - place.longitude).abs() < 1e-4
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chat() -> ChatId {
        ChatId::new("77010000001@c.us").unwrap()
    }
    fn known(id: &str, at: i64, text: &str) -> Message {
        Message {
            id: id.to_owned(),
            chat: chat(),
            from_me: true,
            by_program: None,
            author: None,
            name: None,
            at: Timestamp::from_secs(at),
            text: text.to_owned(),
            has_media: false,
            media: None,
            place: None,
            delivery: Some(Delivery::Server),
            reply_to: None,
        }
    }

    #[test]
    fn a_message_is_recognised_by_its_reserved_id_and_then_by_nothing_else() {
        let mut wanted = Outgoing::text(chat(), "Здравствуйте".to_owned());
        wanted.reserved_id = Some("3EB0AA".to_owned());
        let since = Timestamp::from_secs(100);
        assert!(is_it(
            &known("true_77010000001@c.us_3EB0AA", 101, "other words"),
            &wanted,
            since
        ));
        assert!(!is_it(
            &known("true_77010000001@c.us_3EB0BB", 101, "Здравствуйте"),
            &wanted,
            since
        ));
    }

    #[test]
    fn without_an_id_words_and_time_decide_and_their_messages_never_count() {
        let wanted = Outgoing::text(chat(), "Здравствуйте".to_owned());
        let since = Timestamp::from_secs(100);
        assert!(is_it(&known("x", 100, "Здравствуйте"), &wanted, since));
        assert!(!is_it(&known("x", 99, "Здравствуйте"), &wanted, since));
        assert!(!is_it(&known("x", 101, "Здравствуйте!"), &wanted, since));
        let theirs = Message {
            from_me: false,
            ..known("x", 101, "Здравствуйте")
        };
        assert!(!is_it(&theirs, &wanted, since));
        let by_hand = Message {
            by_program: Some(false),
            ..known("x", 101, "Здравствуйте")
        };
        assert!(!is_it(&by_hand, &wanted, since));
    }

    #[test]
    fn the_key_never_follows_the_address_of_a_file() {
        assert_eq!(
            own_path("http://localhost:3000/api/files/true_7701@c.us_AA.jpg"),
            Some("/api/files/true_7701@c.us_AA.jpg")
        );
        assert_eq!(
            own_path("https://other.example/waha/api/files/a.jpg"),
            Some("/api/files/a.jpg")
        );
        for foreign in [
            "https://bucket.example/x.jpg",
            "http://localhost:3000/api/sessions",
            "http://localhost:3000/api/files",
            "http://localhost:3000/api/files/../sessions",
            "http://localhost:3000",
            "",
        ] {
            assert_eq!(own_path(foreign), None, "{foreign}");
        }
    }
}
