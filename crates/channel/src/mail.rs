//! A letter by e-mail, whole before it leaves. Refuses header injection at birth: nothing with a line break becomes a header.

use crate::{Attachment, ChannelError};
use sauda_kernel::Timestamp;
use secrecy::SecretString;
use std::fmt;

/// The largest letter, attachments and all.
pub const LARGEST_MAIL_BYTES: usize = 20 * 1024 * 1024;

/// How the connection to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (port 465).
    Tls,
    /// Plain first, then TLS or nothing at all (port 587).
    StartTls,
    /// In the open: for a server on the same machine only.
    Plain,
}

/// The server that takes our letters.
#[derive(Debug, Clone)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// Sign-in; none where the server takes letters without.
    pub login: Option<(String, SecretString)>,
}

/// A name and an address.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailBox {
    name: Option<String>,
    address: String,
}

impl MailBox {
    /// # Errors
    /// `Invalid` for an address that is none, or a name that cannot stand in a header.
    pub fn new(name: Option<&str>, address: &str) -> Result<Self, ChannelError> {
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        if let Some(name) = name {
            header_text("name of the mailbox", name, 120)?;
        }
        Ok(Self {
            name: name.map(str::to_owned),
            address: checked_address(address)?,
        })
    }

    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl fmt::Debug for MailBox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (head, host) = self.address.split_once('@').unwrap_or_default();
        let first: String = head.chars().take(1).collect();
        write!(f, "MailBox({first}•••@{host})")
    }
}

fn checked_address(text: &str) -> Result<String, ChannelError> {
    let trimmed = text.trim();
    let fits = trimmed.len() <= 254
        && !trimmed.contains("..")
        && trimmed.split_once('@').is_some_and(|(user, host)| {
            let user_fits = (1..=64).contains(&user.len())
                && !user.starts_with('.')
                && !user.ends_with('.')
                && user
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte));
            let host_fits = host.contains('.')
                && host.split('.').all(|part| {
                    !part.is_empty()
                        && !part.starts_with('-')
                        && !part.ends_with('-')
                        && part
                            .bytes()
                            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                });
            user_fits && host_fits
        });
    if fits {
        return Ok(trimmed.to_owned());
    }
    let shown: String = text.chars().take(60).collect();
    Err(ChannelError::Invalid(format!(
        "e-mail {shown:?}: write it like aru@example.kz"
    )))
}

/// # Errors
/// `Invalid` for what would end the header and begin another, or is too long.
fn header_text(what: &str, text: &str, most: usize) -> Result<(), ChannelError> {
    if text.chars().any(char::is_control) {
        return Err(ChannelError::Invalid(format!(
            "{what}: a header holds one line; take line breaks and control signs out"
        )));
    }
    let length = text.chars().count();
    if length == 0 || length > most {
        return Err(ChannelError::Invalid(format!(
            "{what} of {length} signs: 1 to {most} fit"
        )));
    }
    Ok(())
}

/// A picture inside a letter, shown by `<img src="cid:…">`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What the HTML calls it.
    pub cid: String,
    pub file: Attachment,
}

/// One letter. The fields are private: what exists can be sent.
#[derive(Debug, Clone)]
pub struct Mail {
    from: MailBox,
    to: Vec<MailBox>,
    reply_to: Option<MailBox>,
    subject: String,
    text: String,
    html: Option<String>,
    pictures: Vec<Picture>,
    files: Vec<Attachment>,
    id: String,
    at: Timestamp,
}

impl Mail {
    /// `id` is the Message-ID without brackets, like `rpt_01…@example.kz`: made once, so that a repetition can be recognised.
    ///
    /// # Errors
    /// `Invalid` for no recipient, more than 50, a subject with line breaks, an empty text or an odd id.
    pub fn new(
        id: &str,
        at: Timestamp,
        from: MailBox,
        to: Vec<MailBox>,
        subject: &str,
        text: String,
    ) -> Result<Self, ChannelError> {
        if to.is_empty() || to.len() > 50 {
            return Err(ChannelError::Invalid(format!(
                "{} recipients: 1 to 50 fit",
                to.len()
            )));
        }
        header_text("subject", subject, 300)?;
        if text.trim().is_empty() {
            return Err(ChannelError::Invalid(
                "the letter is empty: write its text".to_owned(),
            ));
        }
        let id_fits = id.len() <= 200
            && id.split_once('@').is_some_and(|(head, host)| {
                let part = |text: &str| {
                    !text.is_empty()
                        && text
                            .bytes()
                            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
                };
                part(head) && part(host)
            });
        if !id_fits {
            return Err(ChannelError::Invalid(
                "id of the letter: write it like rpt_01@example.kz".to_owned(),
            ));
        }
        Ok(Self {
            from,
            to,
            reply_to: None,
            subject: subject.to_owned(),
            text,
            html: None,
            pictures: Vec::new(),
            files: Vec::new(),
            id: id.to_owned(),
            at,
        })
    }

    #[must_use]
    pub fn reply_to(mut self, to: MailBox) -> Self {
        self.reply_to = Some(to);
        self
    }

    /// The same letter for programs that show HTML; pictures are named there as `cid:NAME`.
    ///
    /// # Errors
    /// `Invalid` for a picture that the HTML does not name, an odd name, or pictures that are too large together.
    pub fn html(mut self, html: String, pictures: Vec<Picture>) -> Result<Self, ChannelError> {
        for picture in &pictures {
            let cid = &picture.cid;
            let fits = (1..=64).contains(&cid.len())
                && cid
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
            if !fits || !html.contains(&format!("cid:{cid}")) {
                let shown: String = cid.chars().take(40).collect();
                return Err(ChannelError::Invalid(format!(
                    "picture {shown:?}: name it in Latin letters and digits, and show it in the HTML as cid:{shown}"
                )));
            }
        }
        self.html = Some(html);
        self.pictures = pictures;
        self.weigh()?;
        Ok(self)
    }

    /// # Errors
    /// `Invalid` when the letter becomes too large.
    pub fn attach(mut self, file: Attachment) -> Result<Self, ChannelError> {
        self.files.push(file);
        self.weigh()?;
        Ok(self)
    }

    fn weigh(&self) -> Result<(), ChannelError> {
        let files = self.files.iter().map(|file| file.bytes.len());
        let pictures = self.pictures.iter().map(|picture| picture.file.bytes.len());
        let html = self.html.as_ref().map_or(0, String::len);
        let total = files.chain(pictures).fold(html, usize::saturating_add);
        if total <= LARGEST_MAIL_BYTES {
            return Ok(());
        }
        Err(ChannelError::Invalid(format!(
            "the letter is {total} bytes: {LARGEST_MAIL_BYTES} fit; send a link instead of a file"
        )))
    }

    pub const fn from(&self) -> &MailBox {
        &self.from
    }
    pub fn to(&self) -> &[MailBox] {
        &self.to
    }
    pub const fn answers_to(&self) -> Option<&MailBox> {
        self.reply_to.as_ref()
    }
    pub fn subject(&self) -> &str {
        &self.subject
    }
    pub fn text(&self) -> &str {
        &self.text
    }
    pub fn html_part(&self) -> Option<&str> {
        self.html.as_deref()
    }
    pub fn pictures(&self) -> &[Picture] {
        &self.pictures
    }
    pub fn files(&self) -> &[Attachment] {
        &self.files
    }
    pub fn id(&self) -> &str {
        &self.id
    }
    pub const fn at(&self) -> Timestamp {
        self.at
    }
}

/// What the server said when it took a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailReceipt {
    pub id: String,
    /// Its last line, often with a number of its own.
    pub answer: String,
    /// Recipients that the server would not take, with its words; the others got the letter.
    pub refused: Vec<(String, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn somebody() -> MailBox {
        MailBox::new(Some("Ару"), "aru@example.kz").unwrap()
    }
    fn mail(subject: &str) -> Result<Mail, ChannelError> {
        Mail::new(
            "rpt_1@example.kz",
            Timestamp::from_secs(0),
            somebody(),
            vec![somebody()],
            subject,
            "Отчёт".to_owned(),
        )
    }

    #[test]
    fn a_line_break_never_gets_into_a_header() {
        for subject in [
            "Отчёт\r\nBcc: all@example.kz",
            "a\nb",
            "a\rb",
            "a\u{0}b",
            "",
            &"я".repeat(301),
        ] {
            assert_eq!(mail(subject).unwrap_err().word(), "invalid", "{subject:?}");
        }
        assert!(mail("Отчёт за день: 12 заказов").is_ok());
        assert!(MailBox::new(Some("Ару\r\nBcc: x@y.kz"), "aru@example.kz").is_err());
        for address in [
            "aru",
            "aru@example",
            "aru@example.kz\r\nBcc: x@y.kz",
            "a ru@example.kz",
            "<aru@example.kz>",
            "aru@-x.kz",
            "a..b@example.kz",
            "aru@example.kz,b@example.kz",
        ] {
            assert!(MailBox::new(None, address).is_err(), "{address:?}");
        }
        assert_eq!(
            MailBox::new(None, " aru.k+shop@mail.example.kz ")
                .unwrap()
                .address(),
            "aru.k+shop@mail.example.kz"
        );
    }

    #[test]
    fn a_picture_has_to_be_shown() {
        let picture = |cid: &str| Picture {
            cid: cid.to_owned(),
            file: Attachment::new("chart.svg", "image/svg+xml", b"<svg/>".to_vec()).unwrap(),
        };
        let with = |html: &str, cid: &str| mail("x").unwrap().html(html.to_owned(), vec![picture(cid)]);
        assert!(with("<img src=\"cid:chart\">", "chart").is_ok());
        assert!(with("<p>nothing</p>", "chart").is_err());
        assert!(with("cid:a b", "a b").is_err());
    }

    #[test]
    fn an_address_is_not_shown_whole_in_logs() {
        assert_eq!(format!("{:?}", somebody()), "MailBox(a•••@example.kz)");
    }

    proptest! {
        #[test]
        fn whatever_is_taken_as_a_subject_is_one_line(subject in "\\PC*|.*\r?\n.*") {
            if mail(&subject).is_ok() {
                prop_assert!(!subject.chars().any(char::is_control));
            } else {
                prop_assert!(subject.is_empty() || subject.chars().count() > 300 || subject.chars().any(char::is_control));
            }
        }
    }
}
