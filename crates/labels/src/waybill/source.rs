//! Files of a folder and of the archives in it. Refuses to follow links to folders, to unpack without a limit, and to read
//! what is neither a PDF nor an archive.

use super::{
    read::{Broken, Limits},
    whose::without_copy,
};
use crate::{LabelsError, natural};
use std::{
    fs, io,
    io::{Cursor, Read as _},
    path::{Path, PathBuf},
};

/// A file with a name for people: the way from the folder, `/` between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub name: String,
    path: PathBuf,
}

const DEEPEST: usize = 8;

/// Everything in a folder but a place where we write ourselves; originals before their copies.
///
/// # Errors
/// When the folder cannot be listed.
pub fn found(folder: &Path, except: &Path) -> Result<Vec<Found>, LabelsError> {
    let mut all = Vec::new();
    let except = fs::canonicalize(except).ok();
    walk(folder, "", except.as_deref(), 0, &mut all)?;
    all.sort_by_cached_key(|file| {
        let (way, name) = file.name.rsplit_once('/').unwrap_or(("", &file.name));
        let stem = without_copy(name);
        (
            natural::text(way),
            natural::text(stem),
            name.len(),
            file.name.clone(),
        )
    });
    Ok(all)
}

fn walk(
    folder: &Path,
    way: &str,
    except: Option<&Path>,
    depth: usize,
    all: &mut Vec<Found>,
) -> Result<(), LabelsError> {
    let unreadable = |source: io::Error| LabelsError::Read {
        path: folder.to_owned(),
        source,
    };
    if depth > DEEPEST || (except.is_some() && fs::canonicalize(folder).ok().as_deref() == except) {
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let name = if way.is_empty() {
            name
        } else {
            format!("{way}/{name}")
        };
        if kind.is_dir() {
            walk(&entry.path(), &name, except, depth + 1, all)?;
        } else if kind.is_file() || fs::metadata(entry.path()).is_ok_and(|linked| linked.is_file()) {
            all.push(Found {
                name,
                path: entry.path(),
            });
        }
    }
    Ok(())
}

/// What a file turned out to be.
pub enum Taken {
    /// To be read as a PDF.
    Paper(String, Result<Vec<u8>, Broken>),
    /// Neither a PDF nor an archive.
    Other(String),
}

/// How much was read of all files together.
#[derive(Debug, Default)]
pub struct Read {
    files: usize,
    bytes: usize,
}

impl Read {
    fn count(&mut self, bytes: usize, limits: &Limits) -> Result<(), Broken> {
        self.files += 1;
        self.bytes = self.bytes.saturating_add(bytes);
        if self.files > limits.files {
            return Err(Broken::TooMuch(limits.files));
        }
        if self.bytes > limits.all_bytes {
            return Err(Broken::TooMuch(limits.all_bytes));
        }
        Ok(())
    }
}

/// Reads a file, or every file of an archive.
pub fn take(file: &Found, read: &mut Read, limits: &Limits, mut each: impl FnMut(Taken)) {
    let short = file.name.rsplit('/').next().unwrap_or_default().to_lowercase();
    // Marks that systems leave beside files.
    let hidden = short.starts_with('.') || matches!(short.as_str(), "thumbs.db" | "desktop.ini");
    let archive = is_archive(&short);
    let bytes = match whole(
        &file.path,
        if archive {
            limits.all_bytes
        } else {
            limits.file_bytes
        },
    ) {
        Ok(bytes) => bytes,
        Err(_) if hidden => return each(Taken::Other(file.name.clone())),
        Err(broken) => return each(Taken::Paper(file.name.clone(), Err(broken))),
    };
    let begins = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let paper = begins.windows(5).any(|five| five == b"%PDF-");
    if archive || (begins.starts_with(b"PK\x03\x04") && !paper && !hidden) {
        return unpack(&file.name, (bytes, 0), read, limits, &mut each);
    }
    if hidden || !(paper || short.ends_with(".pdf")) {
        return each(Taken::Other(file.name.clone()));
    }
    let counted = read.count(bytes.len(), limits).map(|()| bytes);
    each(Taken::Paper(file.name.clone(), counted));
}

fn is_archive(name: &str) -> bool {
    name.to_lowercase().ends_with(".zip")
}

fn whole(path: &Path, most: usize) -> Result<Vec<u8>, Broken> {
    let unreadable = |error: io::Error| Broken::Unreadable(error.to_string());
    let file = fs::File::open(path).map_err(unreadable)?;
    let told = file.metadata().map_err(unreadable)?.len();
    limited(file, told, most)
}

/// Reads so much and not a byte more.
fn limited(from: impl io::Read, told: u64, most: usize) -> Result<Vec<u8>, Broken> {
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    let too_large = |bytes| Broken::TooLarge { bytes, most };
    if told > limit {
        return Err(too_large(told));
    }
    let mut bytes = Vec::new();
    from.take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| Broken::Unreadable(error.to_string()))?;
    if bytes.len() > most {
        return Err(too_large(told.max(limit + 1)));
    }
    Ok(bytes)
}

/// Archives in archives are opened so deep; what lies deeper is told.
const DEEPEST_ARCHIVE: u8 = 1;

/// Every file of an archive that lies so deep in others.
fn unpack(
    name: &str,
    (bytes, depth): (Vec<u8>, u8),
    read: &mut Read,
    limits: &Limits,
    each: &mut impl FnMut(Taken),
) {
    let mut archive = match zip::ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => {
            let broken = Broken::Archive(error.to_string());
            return each(Taken::Paper(name.to_owned(), Err(broken)));
        }
    };
    for index in 0..archive.len() {
        if read.files > limits.files || read.bytes > limits.all_bytes {
            return each(Taken::Paper(name.to_owned(), Err(Broken::TooMuch(limits.files))));
        }
        let named = archive.name_for_index(index).unwrap_or("?").to_owned();
        let (inner, bytes) = match archive.by_index(index) {
            Ok(entry) if entry.is_dir() => continue,
            Ok(entry) => {
                let inner = entry.name().replace('\\', "/");
                let told = entry.size();
                let most = if is_archive(&inner) {
                    limits.all_bytes
                } else {
                    limits.file_bytes
                };
                (inner, limited(entry, told, most))
            }
            Err(error) => (named, Err(Broken::Archive(error.to_string()))),
        };
        let short = inner.rsplit('/').next().unwrap_or_default().to_lowercase();
        let full = format!("{name}/{inner}");
        if !short.starts_with('.') && is_archive(&short) {
            let counted = bytes.and_then(|bytes| read.count(bytes.len(), limits).map(|()| bytes));
            match counted {
                Ok(_) if depth >= DEEPEST_ARCHIVE => each(Taken::Paper(full, Err(Broken::TooDeep))),
                Ok(bytes) => unpack(&full, (bytes, depth + 1), read, limits, each),
                Err(broken) => each(Taken::Paper(full, Err(broken))),
            }
            continue;
        }
        if short.starts_with('.') || !short.ends_with(".pdf") {
            each(Taken::Other(full));
            continue;
        }
        let counted = bytes.and_then(|bytes| read.count(bytes.len(), limits).map(|()| bytes));
        each(Taken::Paper(full, counted));
    }
}
