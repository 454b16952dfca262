//! Why a file as a whole cannot be read; refuses to speak of single prices, see `money`.

use super::column_letters;
use sauda_kernel::{Failure, Kind, Public};

/// A file that cannot be read as a table.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    #[error("the file is larger than {limit_bytes} bytes: split it or leave only the needed columns")]
    TooLarge {
        /// What was declared or counted so far; `None` when the sender did not say.
        bytes: Option<u64>,
        limit_bytes: u64,
    },
    #[error("the file is empty: save the table again and choose that file")]
    Empty,
    #[error("the file is {0}, not a table: save it as XLSX or CSV")]
    UnknownFormat(&'static str),
    #[error("the text from line {line} on is in no known encoding: save it as CSV UTF-8")]
    Encoding { line: u64 },
    #[error("the file is damaged ({what}): open it, save it again as XLSX and choose that file")]
    Broken {
        /// For the log; never shown.
        what: String,
    },
    #[error("the file is protected by a password: save a copy without one")]
    Password,
    #[error("the packed file grows to more than {limit_bytes} bytes or {ratio} times: save it again as CSV")]
    UnpacksTooLarge { limit_bytes: u64, ratio: u64 },
    #[error("the file declares XML entities, which are not read: save it again without them")]
    Entities,
    #[error("the file has {found} {what}, more than {limit}: leave only what is to be imported")]
    TooMany {
        what: Countable,
        found: usize,
        limit: usize,
    },
    #[error("cell {column} {row} is longer than {limit} characters: is a quote left open before it?")]
    CellTooLong { row: u32, column: String, limit: usize },
    #[error("the quote opened in line {line} is never closed: close it or remove it")]
    OpenQuote { line: u64 },
    #[error("there is no sheet {0:?}: choose one of the file's sheets")]
    NoSheet(String),
    #[error("the XML is not a kaspi_catalog price list: export it from the cabinet again")]
    NotPriceList,
    #[error("the file cannot be opened")]
    Unreadable(#[source] std::io::Error),
}

/// What there may be too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Countable {
    Parts,
    Sheets,
    Rows,
    Columns,
    Cells,
    Texts,
}

impl std::fmt::Display for Countable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

impl Countable {
    /// The value of the argument `what` in the texts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Parts => "parts",
            Self::Sheets => "sheets",
            Self::Rows => "rows",
            Self::Columns => "columns",
            Self::Cells => "cells",
            Self::Texts => "bytes-of-text",
        }
    }
}

impl TableError {
    pub(crate) fn broken(what: impl std::fmt::Display) -> Self {
        Self::Broken {
            what: what.to_string(),
        }
    }

    pub(super) fn cell_too_long(row: u32, column: usize, limit: usize) -> Self {
        Self::CellTooLong {
            row,
            column: column_letters(column),
            limit,
        }
    }
}

impl Failure for TableError {
    fn kind(&self) -> Kind {
        match self {
            Self::Unreadable(_) => Kind::Unavailable,
            _ => Kind::Invalid,
        }
    }

    fn public(&self) -> Vec<Public> {
        let public = match self {
            Self::TooLarge { limit_bytes, .. } => {
                Public::new("import-file-too-large").arg("limit", limit_bytes / (1024 * 1024))
            }
            Self::Empty => Public::new("import-file-empty"),
            Self::UnknownFormat(found) => Public::new("import-file-format").arg("found", found),
            Self::Encoding { line } => Public::new("import-file-encoding").arg("line", line),
            Self::Broken { .. } => Public::new("import-file-broken"),
            Self::Password => Public::new("import-file-password"),
            Self::UnpacksTooLarge { limit_bytes, .. } => {
                Public::new("import-file-unpacks").arg("limit", limit_bytes / (1024 * 1024))
            }
            Self::Entities => Public::new("import-file-entities"),
            Self::TooMany { what, found, limit } => Public::new("import-file-too-many")
                .arg("what", what.word())
                .arg("found", found)
                .arg("limit", limit),
            Self::CellTooLong { row, column, limit } => Public::new("import-file-cell-long")
                .arg("row", row)
                .arg("column", column)
                .arg("limit", limit),
            Self::OpenQuote { line } => Public::new("import-file-open-quote").arg("line", line),
            Self::NoSheet(name) => Public::new("import-file-no-sheet").arg("name", name),
            Self::NotPriceList => Public::new("import-file-not-price-list"),
            Self::Unreadable(error) => Public::new("import-file-unreadable").arg("cause", cause(error)),
        };
        vec![public.field("file")]
    }
}

/// Why a file cannot be opened, a word of the texts: `gone`, `rights`, `folder` or `other`.
fn cause(error: &std::io::Error) -> &'static str {
    match error.kind() {
        std::io::ErrorKind::NotFound => "gone",
        std::io::ErrorKind::PermissionDenied => "rights",
        std::io::ErrorKind::IsADirectory => "folder",
        _ => "other",
    }
}
