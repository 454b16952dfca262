//! What can go wrong with papers as a whole. Refuses to hold what is wrong with one file or one order: those are listed in
//! the account.

use sauda_kernel::{Failure, Kind, Public};
use std::{io, path::PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum LabelsError {
    #[error("the shipped font cannot be read: {0}; the program is damaged, install it again")]
    Font(String),
    #[error("{0:?} cannot be made a code for scanners: use 1 to 48 printable ASCII signs")]
    Code(String),
    #[error("the pages cannot be put into a file: {0}")]
    Pdf(String),
    #[error("{file} cannot be written to {}; nothing half-written was left, free space or correct the folder and run again", folder.display())]
    Write {
        file: String,
        folder: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("{} cannot be read; check that it is there and opens", path.display())]
    Read {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("{message}; {hint}")]
    Options { message: String, hint: &'static str },
}

impl PartialEq for LabelsError {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl Failure for LabelsError {
    fn kind(&self) -> Kind {
        match self {
            Self::Font(_) | Self::Pdf(_) => Kind::Bug,
            Self::Code(_) | Self::Options { .. } => Kind::Invalid,
            Self::Write { .. } | Self::Read { .. } => Kind::Unavailable,
        }
    }

    fn public(&self) -> Vec<Public> {
        vec![match self {
            Self::Font(_) | Self::Pdf(_) => Public::new("bug"),
            Self::Code(text) => Public::new("labels-code").field("code").arg("value", text),
            Self::Options { .. } => Public::new("labels-options"),
            Self::Write { file, .. } => Public::new("labels-write").arg("file", file),
            Self::Read { .. } => Public::new("labels-read"),
        }]
    }
}
