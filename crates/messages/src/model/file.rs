//! A file that a buyer sent: which kinds are taken, and whether its bytes are what its type says. Refuses to know where it is.

use sauda_kernel::{MessageId, Timestamp};

/// The largest file that is kept.
pub const LARGEST_BYTES: usize = 16 * 1024 * 1024;

/// How a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    Picture,
    Voice,
    Video,
    Document,
}

impl FileKind {
    /// Stable word for the API and the key of the text `message-file-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Voice => "voice",
            Self::Video => "video",
            Self::Document => "document",
        }
    }

    /// Whether a browser may show it inside of our page; the rest is only handed over.
    pub const fn is_shown(self) -> bool {
        match self {
            Self::Picture | Self::Voice | Self::Video => true,
            Self::Document => false,
        }
    }
}

/// How it stands with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileState {
    /// To be fetched.
    Waiting,
    Kept,
    /// Of a kind or size that is not taken.
    Refused,
    /// The server does not have it any more, or never answered.
    Lost,
    /// Deleted after its time.
    Expired,
}

impl FileState {
    const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Kept,
        Self::Refused,
        Self::Lost,
        Self::Expired,
    ];
    /// Stable word for storage, the API and the key of the text `message-file-state-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Kept => "kept",
            Self::Refused => "refused",
            Self::Lost => "lost",
            Self::Expired => "expired",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// A file of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageFile {
    pub message: MessageId,
    pub state: FileState,
    pub mime: String,
    /// Empty when it has none.
    pub name: String,
    /// Why it is not here: `kind`, `too_large`, `other_bytes`, or a word of the channel.
    pub trouble: Option<String>,
    pub size_bytes: Option<i64>,
    pub came_at: Timestamp,
}

impl MessageFile {
    pub fn kind(&self) -> FileKind {
        taken(&self.mime).map_or(FileKind::Document, |(kind, _)| kind)
    }
}

/// Types that are taken: how each is shown, and how its bytes begin.
const TAKEN: [(&str, FileKind, Head); 22] = [
    ("image/jpeg", FileKind::Picture, Head::Of(&[0xFF, 0xD8, 0xFF])),
    ("image/png", FileKind::Picture, Head::Of(b"\x89PNG\r\n\x1a\n")),
    ("image/gif", FileKind::Picture, Head::Of(b"GIF8")),
    ("image/webp", FileKind::Picture, Head::At(8, b"WEBP")),
    ("audio/ogg", FileKind::Voice, Head::Of(b"OggS")),
    ("audio/opus", FileKind::Voice, Head::Of(b"OggS")),
    ("audio/mpeg", FileKind::Voice, Head::Mp3),
    ("audio/mp4", FileKind::Voice, Head::At(4, b"ftyp")),
    ("audio/aac", FileKind::Voice, Head::Of(&[0xFF])),
    ("audio/amr", FileKind::Voice, Head::Of(b"#!AMR")),
    ("video/mp4", FileKind::Video, Head::At(4, b"ftyp")),
    ("video/3gpp", FileKind::Video, Head::At(4, b"ftyp")),
    ("application/pdf", FileKind::Document, Head::Of(b"%PDF-")),
    (
        "application/msword",
        FileKind::Document,
        Head::Of(b"\xD0\xCF\x11\xE0"),
    ),
    (
        "application/vnd.ms-excel",
        FileKind::Document,
        Head::Of(b"\xD0\xCF\x11\xE0"),
    ),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        FileKind::Document,
        Head::Of(b"PK\x03\x04"),
    ),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        FileKind::Document,
        Head::Of(b"PK\x03\x04"),
    ),
    (
        "application/vnd.oasis.opendocument.text",
        FileKind::Document,
        Head::Of(b"PK\x03\x04"),
    ),
    ("text/plain", FileKind::Document, Head::Words),
    ("text/csv", FileKind::Document, Head::Words),
    ("text/vcard", FileKind::Document, Head::Words),
    ("text/x-vcard", FileKind::Document, Head::Words),
];

/// How bytes begin.
#[derive(Clone, Copy)]
enum Head {
    Of(&'static [u8]),
    At(usize, &'static [u8]),
    Mp3,
    /// Readable text.
    Words,
}

/// The type without its parameters, small letters: `audio/ogg; codecs=opus` is `audio/ogg`.
fn plain(mime: &str) -> String {
    mime.split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// How a type is shown and its plain name; none for a type that is not taken.
pub fn taken(mime: &str) -> Option<(FileKind, &'static str)> {
    let mime = match plain(mime).as_str() {
        "image/jpg" => "image/jpeg".to_owned(),
        "audio/mp3" => "audio/mpeg".to_owned(),
        "audio/x-m4a" | "audio/m4a" => "audio/mp4".to_owned(),
        _ => plain(mime),
    };
    TAKEN
        .iter()
        .find(|(known, _, _)| *known == mime)
        .map(|(known, kind, _)| (*kind, *known))
}

/// Whether bytes are what their type says, as far as their beginning tells.
pub fn is_what_it_says(mime: &str, bytes: &[u8]) -> bool {
    let Some((_, mime)) = taken(mime) else {
        return false;
    };
    let head = TAKEN.iter().find(|(known, _, _)| *known == mime);
    match head.map(|(_, _, head)| *head) {
        Some(Head::Of(head)) => bytes.starts_with(head),
        Some(Head::At(at, head)) => bytes.get(at..).is_some_and(|rest| rest.starts_with(head)),
        Some(Head::Mp3) => {
            bytes.starts_with(b"ID3") || matches!(bytes, [0xFF, second, ..] if second & 0xE0 == 0xE0)
        }
        Some(Head::Words) => std::str::from_utf8(bytes).is_ok_and(|text| {
            !text
                .chars()
                .any(|sign| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t'))
        }),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_listed_types_are_taken_and_only_with_their_bytes() {
        for (mime, bytes, is_taken, is_true) in [
            ("image/jpeg", &b"\xFF\xD8\xFF\xE0rest"[..], true, true),
            ("IMAGE/PNG", b"\x89PNG\r\n\x1a\nrest", true, true),
            ("audio/ogg; codecs=opus", b"OggS....", true, true),
            ("image/webp", b"RIFF....WEBPVP8 ", true, true),
            ("application/pdf", b"%PDF-1.4", true, true),
            ("text/plain", "размер 46".as_bytes(), true, true),
            ("text/plain", b"\x00\x01", true, false),
            ("image/png", b"<html><script>", true, false),
            ("image/svg+xml", b"<svg/>", false, false),
            ("text/html", b"<html>", false, false),
            ("application/zip", b"PK\x03\x04", false, false),
            ("application/x-msdownload", b"MZ", false, false),
            ("", b"", false, false),
        ] {
            assert_eq!(taken(mime).is_some(), is_taken, "{mime}");
            assert_eq!(is_what_it_says(mime, bytes), is_true, "{mime}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_begins_like_a_page_is_shown(rest in "\\PC{0,40}", at in 0_usize..22) {
            let (mime, kind, _) = TAKEN[at];
            let page = format!("<!doctype html>{rest}");
            prop_assert!(!kind.is_shown() || !is_what_it_says(mime, page.as_bytes()));
        }
    }
}
