//! Messages to and from buyers: what is sent, what came, how far it got. Refuses to know who writes them.

use crate::ChannelError;
use sauda_kernel::Timestamp;
use std::fmt;

/// The longest text of one message that we send.
pub const LONGEST_TEXT: usize = 4_096;
/// The longest text under a picture or file.
pub const LONGEST_CAPTION: usize = 1_024;
/// The largest picture or file.
pub const LARGEST_FILE_BYTES: usize = 16 * 1024 * 1024;

/// A talk, as the channel names it: an opaque key. Answer to the key that wrote, whatever it looks like.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChatId(String);

impl ChatId {
    /// # Errors
    /// `Invalid` for text that cannot be a key.
    pub fn new(text: &str) -> Result<Self, ChannelError> {
        let trimmed = text.trim();
        let fits = !trimmed.is_empty()
            && trimmed.len() <= 128
            && trimmed.bytes().all(|byte| byte.is_ascii_graphic());
        if fits {
            return Ok(Self(trimmed.to_owned()));
        }
        let shown: String = text.chars().take(40).collect();
        Err(ChannelError::Invalid(format!(
            "chat {shown:?}: a chat is named by up to 128 Latin signs without blanks"
        )))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ChatId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A picture or file to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    pub file_name: String,
    /// `image/jpeg`, `application/pdf`.
    pub mime: String,
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Attachment({:?}, {}, {} bytes)",
            self.file_name,
            self.mime,
            self.bytes.len()
        )
    }
}

impl Attachment {
    /// # Errors
    /// `Invalid` for an empty or too large file, or a name or type that cannot be sent.
    pub fn new(file_name: &str, mime: &str, bytes: Vec<u8>) -> Result<Self, ChannelError> {
        let named = !file_name.trim().is_empty()
            && file_name.chars().count() <= 200
            && !file_name
                .chars()
                .any(|sign| sign.is_control() || matches!(sign, '/' | '\\' | '"'));
        if !named {
            let shown: String = file_name.chars().take(40).collect();
            return Err(ChannelError::Invalid(format!(
                "file name {shown:?}: up to 200 signs without slashes and quotes"
            )));
        }
        let typed = mime
            .split_once('/')
            .is_some_and(|(kind, rest)| !kind.is_empty() && !rest.is_empty())
            && mime.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        if !typed {
            let shown: String = mime.chars().take(40).collect();
            return Err(ChannelError::Invalid(format!(
                "file type {shown:?}: write it like image/jpeg"
            )));
        }
        if bytes.is_empty() || bytes.len() > LARGEST_FILE_BYTES {
            return Err(ChannelError::Invalid(format!(
                "file {file_name:?} of {} bytes: send 1 to {LARGEST_FILE_BYTES} bytes",
                bytes.len()
            )));
        }
        Ok(Self {
            file_name: file_name.trim().to_owned(),
            mime: mime.to_owned(),
            bytes,
        })
    }
}

/// A place on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub latitude: f64,
    pub longitude: f64,
    pub title: String,
}

impl Place {
    /// # Errors
    /// `Invalid` for a point outside the globe.
    pub fn new(latitude: f64, longitude: f64, title: &str) -> Result<Self, ChannelError> {
        if (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude) {
            return Ok(Self {
                latitude,
                longitude,
                title: title.to_owned(),
            });
        }
        Err(ChannelError::Invalid(format!(
            "place {latitude}, {longitude}: latitude is -90 to 90, longitude -180 to 180"
        )))
    }
}

/// What is said.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    Text(String),
    Image { file: Attachment, caption: String },
    File { file: Attachment, caption: String },
    Place(Place),
}

impl Body {
    /// The words of it: the text, or what stands under the picture.
    pub fn words(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Image { caption, .. } | Self::File { caption, .. } => caption,
            Self::Place(place) => &place.title,
        }
    }
}

/// One message on its way out.
#[derive(Debug, Clone, PartialEq)]
pub struct Outgoing {
    pub chat: ChatId,
    pub body: Body,
    /// The message that this one answers.
    pub reply_to: Option<String>,
    /// An id that was reserved before sending, so that a lost answer can be read back without doubt.
    pub reserved_id: Option<String>,
}

impl Outgoing {
    pub const fn text(chat: ChatId, text: String) -> Self {
        Self {
            chat,
            body: Body::Text(text),
            reply_to: None,
            reserved_id: None,
        }
    }

    /// # Errors
    /// `Invalid` for an empty or too long text.
    pub fn validate(&self) -> Result<(), ChannelError> {
        let words = self.body.words();
        let (least, most) = match &self.body {
            Body::Text(_) => (1, LONGEST_TEXT),
            Body::Place(_) => (1, 200),
            Body::Image { .. } | Body::File { .. } => (0, LONGEST_CAPTION),
        };
        let length = words.chars().count();
        if (least..=most).contains(&length) && (least == 0 || !words.trim().is_empty()) {
            return Ok(());
        }
        Err(ChannelError::Invalid(format!(
            "text of {length} signs: a message takes {least} to {most}; shorten it or send it in parts"
        )))
    }
}

/// A message that the channel took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// None when the answer left it out: the message was taken, its acks cannot be matched by id.
    pub id: Option<String>,
    pub at: Option<Timestamp>,
    pub delivery: Delivery,
}

/// How far a message got. Later ones never come back to earlier ones; `Failed` may follow any but the read ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Delivery {
    /// On its way; nothing is known yet.
    Pending,
    /// The channel's server has it.
    Server,
    /// The phone of the recipient has it.
    Device,
    Read,
    /// A voice message was played.
    Played,
    Failed,
    /// A number that nobody listed.
    Unknown,
}

impl Delivery {
    pub const ALL: [Self; 7] = [
        Self::Pending,
        Self::Server,
        Self::Device,
        Self::Read,
        Self::Played,
        Self::Failed,
        Self::Unknown,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Server => "server",
            Self::Device => "device",
            Self::Read => "read",
            Self::Played => "played",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// What is known after another word came, in whatever order the words arrive.
    #[must_use]
    pub const fn then(self, next: Self) -> Self {
        match (self, next) {
            (_, Self::Unknown) | (Self::Failed, Self::Pending) => self,
            (Self::Device | Self::Read | Self::Played, Self::Failed) => self,
            (Self::Failed | Self::Unknown, _) | (_, Self::Failed) => next,
            _ if Self::step(next) > Self::step(self) => next,
            _ => self,
        }
    }

    const fn step(self) -> u8 {
        match self {
            Self::Unknown | Self::Failed => 0,
            Self::Pending => 1,
            Self::Server => 2,
            Self::Device => 3,
            Self::Read => 4,
            Self::Played => 5,
        }
    }
}

/// A picture, file or voice that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Where its bytes are for a short while; none when the channel did not fetch it.
    pub url: Option<String>,
    pub mime: Option<String>,
    pub file_name: Option<String>,
    /// Why the channel has no bytes.
    pub error: Option<String>,
}

/// A message of a talk, from either side.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub id: String,
    pub chat: ChatId,
    pub from_me: bool,
    /// Of our own ones: sent by a program (true) or by hand on the phone (false); none where it was not told.
    pub by_program: Option<bool>,
    /// Who wrote, in a group.
    pub author: Option<String>,
    /// How the writer calls himself.
    pub name: Option<String>,
    pub at: Timestamp,
    pub text: String,
    /// A medium is there, even when `media` could not be fetched.
    pub has_media: bool,
    pub media: Option<Media>,
    pub place: Option<Place>,
    pub delivery: Option<Delivery>,
    pub reply_to: Option<String>,
}

/// Whether two ids name one message: some events bring only the last part of an id.
pub fn is_same_message(one: &str, other: &str) -> bool {
    one == other || bare(one) == bare(other)
}

/// `true_77010000000@c.us_3EB0AA` → `3EB0AA`
fn bare(id: &str) -> &str {
    let mut parts = id.splitn(4, '_');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("true" | "false"), Some(_), Some(last)) => last,
        _ => id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_delivery_only_goes_forward() {
        use Delivery::{Device, Failed, Pending, Played, Read, Server, Unknown};
        for (was, came, is) in [
            (Pending, Server, Server),
            (Read, Server, Read),
            (Device, Pending, Device),
            (Server, Failed, Failed),
            (Failed, Device, Device),
            (Failed, Pending, Failed),
            (Read, Failed, Read),
            (Read, Unknown, Read),
            (Unknown, Server, Server),
            (Read, Played, Played),
        ] {
            assert_eq!(was.then(came), is, "{was:?} then {came:?}");
        }
    }

    #[test]
    fn an_id_is_known_by_its_last_part() {
        assert!(is_same_message("3EB0AA", "true_77010000000@c.us_3EB0AA"));
        assert!(is_same_message(
            "false_120363@g.us_3EB0AA_77010000000@c.us",
            "3EB0AA"
        ));
        assert!(!is_same_message("3EB0AB", "true_77010000000@c.us_3EB0AA"));
        assert!(!is_same_message(
            "true_77010000000@c.us_3EB0AB",
            "true_77010000000@c.us_3EB0AA"
        ));
    }

    #[test]
    fn empty_and_long_texts_are_refused() {
        let chat = ChatId::new("77010000000@c.us").unwrap();
        for text in [String::new(), "  \n".to_owned(), "я".repeat(4_097)] {
            let error = Outgoing::text(chat.clone(), text).validate().unwrap_err();
            assert_eq!(error.word(), "invalid");
        }
        assert_eq!(Outgoing::text(chat, "я".repeat(4_096)).validate(), Ok(()));
    }

    #[test]
    fn a_file_says_what_is_wrong_with_it() {
        for (name, mime, bytes, part) in [
            ("", "image/png", vec![1], "file name"),
            ("a/b.png", "image/png", vec![1], "file name"),
            ("a\r\nX: y.png", "image/png", vec![1], "file name"),
            ("a.png", "png", vec![1], "file type"),
            ("a.png", "image/png", Vec::new(), "0 bytes"),
        ] {
            let error = Attachment::new(name, mime, bytes).unwrap_err();
            assert!(error.to_string().contains(part), "{error}");
        }
        assert!(Place::new(91.0, 0.0, "x").is_err());
        assert!(Place::new(f64::NAN, 0.0, "x").is_err());
        assert!(Place::new(43.238, 76.945, "Алматы").is_ok());
    }

    proptest! {
        #[test]
        fn the_order_of_good_words_does_not_matter(mut words in proptest::collection::vec(1_usize..5, 1..6)) {
            let fold = |words: &[usize]| words.iter().fold(Delivery::Pending, |was, at| was.then(Delivery::ALL[*at]));
            let without_failed: Vec<usize> = words.iter().copied().filter(|at| *at < 5).collect();
            let forward = fold(&without_failed);
            words = without_failed;
            words.reverse();
            prop_assert_eq!(fold(&words), forward);
        }
    }
}
