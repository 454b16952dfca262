//! A file of waybills, read without trust: what it is, how many pages, what is on them. Refuses files that are too large,
//! locked, empty or no PDF, and says which of these.

use super::{
    content, fingerprint,
    matrix::{Extent, rectangle},
};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use sha2::{Digest as _, Sha256};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How much of a file we bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub file_bytes: usize,
    pub pages: usize,
    pub objects: usize,
    /// Of one page, unpacked.
    pub page_bytes: usize,
    /// Files in the folder and in its archives.
    pub files: usize,
    /// All files together, unpacked archives too.
    pub all_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 32 * 1024 * 1024,
            pages: 500,
            objects: 200_000,
            page_bytes: 32 * 1024 * 1024,
            files: 20_000,
            all_bytes: 1024 * 1024 * 1024,
        }
    }
}

/// Why a file or a page cannot be printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("the file is empty; download it again")]
    Empty,
    #[error("this is not a PDF but {0}; download it again")]
    NotPdf(&'static str),
    #[error("the file has {bytes} bytes, at most {most} are read; split it")]
    TooLarge { bytes: u64, most: usize },
    #[error("the file has {pages} pages, at most {most} are read; split it")]
    TooManyPages { pages: usize, most: usize },
    #[error("the file has {objects} objects, at most {most} are read; print it to a new PDF")]
    TooManyObjects { objects: usize, most: usize },
    #[error("the file is locked with a password; save it without one")]
    Locked,
    #[error("the file has no pages; download it again")]
    NoPages,
    #[error("the file is damaged ({0}); download it again")]
    Damaged(String),
    #[error("the file tells of {told} pages and {found} can be read; download it again")]
    PagesLost { told: usize, found: usize },
    #[error("the page is damaged ({0}); download the file again")]
    Page(String),
    #[error("the archive cannot be read ({0}); download it again")]
    Archive(String),
    #[error("the archive lies in an archive of an archive; unpack it")]
    TooDeep,
    #[error("the file cannot be read ({0}); check its rights")]
    Unreadable(String),
    #[error("more than {0} files or bytes in all; give fewer at a time")]
    TooMuch(usize),
}

impl Broken {
    /// A stable name of the reason.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotPdf(_) => "not-a-pdf",
            Self::TooLarge { .. } => "too-large",
            Self::TooManyPages { .. } => "too-many-pages",
            Self::TooManyObjects { .. } => "too-many-objects",
            Self::Locked => "locked",
            Self::NoPages => "no-pages",
            Self::Damaged(_) => "damaged",
            Self::PagesLost { .. } => "pages-lost",
            Self::Page(_) => "page-damaged",
            Self::Archive(_) => "archive",
            Self::TooDeep => "archive-too-deep",
            Self::Unreadable(_) => "unreadable",
            Self::TooMuch(_) => "too-much",
        }
    }
}

/// One page that can be printed.
#[derive(Debug, Clone)]
pub struct StrangePage {
    pub(super) id: ObjectId,
    /// From one.
    pub number: usize,
    /// What is shown of the page.
    pub(super) shown: Extent,
    /// What is drawn within it; none on a blank page.
    pub(super) drawn: Option<Extent>,
    pub text: String,
    /// Equal for pages that look the same, whatever file they came in.
    pub print: [u8; 32],
}

/// A file that could be opened. Some of its pages may be broken.
pub struct StrangeFile {
    pub(super) document: Document,
    pub pages: Vec<Result<StrangePage, (usize, Broken)>>,
    /// When the file promises more pages than there are.
    pub lost: Option<Broken>,
}

/// Opens a file.
///
/// # Errors
/// When nothing of it can be printed.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<StrangeFile, Broken> {
    let start = recognise(bytes, limits)?;
    let body = bytes.get(start..).unwrap_or(bytes);
    // The reader of PDF is other people's work and the files are strange: a fault of it is a broken file.
    catch_unwind(AssertUnwindSafe(|| open(body, limits)))
        .unwrap_or_else(|_| Err(Broken::Damaged("the reader gave up".to_owned())))
}

/// Where the PDF begins.
fn recognise(bytes: &[u8], limits: &Limits) -> Result<usize, Broken> {
    if bytes.len() > limits.file_bytes {
        return Err(Broken::TooLarge {
            bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            most: limits.file_bytes,
        });
    }
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or(bytes);
    if head.trim_ascii().is_empty() {
        return Err(Broken::Empty);
    }
    if let Some(start) = head.windows(5).position(|five| five == b"%PDF-") {
        return Ok(start);
    }
    let first = head.trim_ascii_start();
    let lower = first
        .get(..first.len().min(64))
        .unwrap_or(first)
        .to_ascii_lowercase();
    Err(Broken::NotPdf(match lower.as_slice() {
        [b'<', ..] => "a page of the web (the link may have expired)",
        [b'{' | b'[', ..] => "JSON (the link may have expired)",
        [b'p', b'k', ..] => "an archive",
        [0xFF, 0xD8, ..] | [0x89, b'p', b'n', b'g', ..] => "a picture",
        _ => "something else",
    }))
}

fn open(bytes: &[u8], limits: &Limits) -> Result<StrangeFile, Broken> {
    let options = LoadOptions {
        max_decompressed_size: Some(limits.page_bytes),
        ..LoadOptions::default()
    };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Broken::Locked,
        other => Broken::Damaged(other.to_string()),
    })?;
    if document.is_encrypted() && document.encryption_state.is_none() {
        return Err(Broken::Locked);
    }
    if document.objects.len() > limits.objects {
        return Err(Broken::TooManyObjects {
            objects: document.objects.len(),
            most: limits.objects,
        });
    }
    let ids: Vec<ObjectId> = document.page_iter().take(limits.pages + 1).collect();
    if ids.len() > limits.pages {
        return Err(Broken::TooManyPages {
            pages: document.page_iter().count(),
            most: limits.pages,
        });
    }
    if ids.is_empty() {
        return Err(Broken::NoPages);
    }
    let told = told_pages(&document).filter(|told| *told > ids.len());
    let pages = ids
        .iter()
        .enumerate()
        .map(|(index, id)| page(&document, *id, index + 1, limits).map_err(|broken| (index + 1, broken)))
        .collect();
    Ok(StrangeFile {
        pages,
        lost: told.map(|told| Broken::PagesLost {
            told,
            found: ids.len(),
        }),
        document,
    })
}

/// The count that the page tree tells.
fn told_pages(document: &Document) -> Option<usize> {
    let root = document.catalog().ok()?.get(b"Pages").ok()?;
    let (_, root) = document.dereference(root).ok()?;
    let count = document
        .dereference(root.as_dict().ok()?.get(b"Count").ok()?)
        .ok()?
        .1
        .as_i64()
        .ok()?;
    usize::try_from(count).ok().filter(|count| *count < 1_000_000)
}

fn page(document: &Document, id: ObjectId, number: usize, limits: &Limits) -> Result<StrangePage, Broken> {
    let damaged = |error: lopdf::Error| Broken::Page(error.to_string());
    let dictionary = document.get_dictionary(id).map_err(damaged)?;
    let content = page_content(document, dictionary, limits)?;
    let shown = shown(document, dictionary);
    let empty = Dictionary::new();
    let resources = inherited(document, dictionary, b"Resources")
        .and_then(|resources| resources.as_dict().ok())
        .unwrap_or(&empty);
    // What cannot be looked through is printed whole, under the name of its file.
    let seen = content::look(document, resources, &content, shown).unwrap_or_else(|_| content::Seen {
        extent: Some(shown),
        text: String::new(),
    });
    let mut print = Sha256::new();
    print.update(format!("{shown:?} {}", rotation(document, dictionary)));
    print.update(&content);
    fingerprint::fold(document, resources, &mut print);
    Ok(StrangePage {
        id,
        number,
        shown,
        drawn: seen.extent,
        text: seen.text,
        print: print.finalize().into(),
    })
}

/// The content of a page in one piece.
///
/// # Errors
/// When a part of it is missing or cannot be unpacked.
pub(super) fn page_content(
    document: &Document,
    page: &Dictionary,
    limits: &Limits,
) -> Result<Vec<u8>, Broken> {
    let Ok(contents) = page.get(b"Contents") else {
        return Ok(Vec::new());
    };
    let missing = || Broken::Page("a part of its content is missing".to_owned());
    let (_, contents) = document.dereference(contents).map_err(|_| missing())?;
    let parts: Vec<&Object> = match contents {
        Object::Array(parts) => parts.iter().collect(),
        Object::Null => return Ok(Vec::new()),
        one => vec![one],
    };
    let mut all = Vec::new();
    for part in parts {
        let (_, part) = document.dereference(part).map_err(|_| missing())?;
        let stream = part.as_stream().map_err(|_| missing())?;
        let room = limits.page_bytes.saturating_sub(all.len());
        let plain = stream
            .get_plain_content_with_limit(room)
            .map_err(|error| Broken::Page(error.to_string()))?;
        if plain.is_empty() && !stream.content.is_empty() {
            return Err(Broken::Page("its content cannot be unpacked".to_owned()));
        }
        all.extend_from_slice(&plain);
        all.push(b'\n');
    }
    Ok(all)
}

/// An attribute of a page, from the nearest of its ancestors.
pub(super) fn inherited<'a>(document: &'a Document, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let mut node = page;
    for _ in 0..64 {
        if let Some((_, found)) = node
            .get(key)
            .ok()
            .and_then(|found| document.dereference(found).ok())
        {
            return Some(found);
        }
        node = document
            .dereference(node.get(b"Parent").ok()?)
            .ok()?
            .1
            .as_dict()
            .ok()?;
    }
    None
}

fn inherited_box(document: &Document, page: &Dictionary, key: &[u8]) -> Option<Extent> {
    let mut own = Dictionary::new();
    own.set(key.to_vec(), inherited(document, page, key)?.clone());
    rectangle(document, &own, key)
}

/// The crop box within the media box; A4 when there is none.
fn shown(document: &Document, page: &Dictionary) -> Extent {
    let a4 = Extent {
        left: 0.0,
        bottom: 0.0,
        right: 595.275,
        top: 841.875,
    };
    let media = inherited_box(document, page, b"MediaBox").unwrap_or(a4);
    inherited_box(document, page, b"CropBox")
        .and_then(|crop| crop.within(media))
        .filter(|crop| crop.width() > 1.0 && crop.height() > 1.0)
        .unwrap_or(media)
}

/// Quarters of a turn, clockwise.
pub(super) fn rotation(document: &Document, page: &Dictionary) -> u8 {
    let degrees = inherited(document, page, b"Rotate")
        .and_then(|turn| turn.as_i64().ok())
        .unwrap_or(0);
    u8::try_from(degrees.rem_euclid(360) / 90).unwrap_or(0)
}

impl StrangeFile {
    /// Stands for a file that could not be opened.
    pub(crate) fn none() -> Self {
        Self {
            document: Document::new(),
            pages: Vec::new(),
            lost: None,
        }
    }

    /// A file of our own making: nothing of it is doubted or looked for.
    pub(super) fn own(document: Document) -> Self {
        let pages = document
            .page_iter()
            .enumerate()
            .map(|(index, id)| {
                let page = document
                    .get_dictionary(id)
                    .map_err(|error| (index + 1, Broken::Page(error.to_string())))?;
                Ok(StrangePage {
                    id,
                    number: index + 1,
                    shown: shown(&document, page),
                    drawn: None,
                    text: String::new(),
                    print: [0; 32],
                })
            })
            .collect();
        Self {
            pages,
            lost: None,
            document,
        }
    }
}

impl StrangePage {
    /// How far the drawing reaches, in points of the page.
    pub const fn drawn(&self) -> Option<Extent> {
        self.drawn
    }

    /// Whether nothing is drawn on it.
    pub const fn is_blank(&self) -> bool {
        self.drawn.is_none()
    }
}
