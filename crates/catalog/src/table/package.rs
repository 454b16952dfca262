//! Opens packed workbooks; refuses archives that unpack to more than they say or than we hold.

use super::{TableError, TableLimits, Xml, error::Countable, rows::too_many};
use std::io::{Cursor, Read};
use zip::{ZipArchive, read::ZipFile, result::ZipError};

/// A packed workbook.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    limits: TableLimits,
    /// Names as they are and how large each part says it is.
    parts: Vec<(String, u64)>,
}

impl<'b> Package<'b> {
    /// Opens the directory of the archive; nothing is unpacked.
    ///
    /// # Errors
    /// When it is damaged, locked, or says of itself that it grows beyond the limits.
    pub fn open(bytes: &'b [u8], limits: &TableLimits) -> Result<Self, TableError> {
        refuse_long_directory(bytes, limits)?;
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(refused)?;
        if archive.len() > limits.parts {
            return Err(too_many(Countable::Parts, archive.len(), limits.parts));
        }
        // The same bytes under many names are how a small archive becomes a large one unseen.
        if archive.has_overlapping_files().map_err(refused)? {
            return Err(unpacks_too_large(limits));
        }
        let mut parts = Vec::with_capacity(archive.len());
        let mut unpacked = 0_u64;
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(refused)?;
            if part.encrypted() {
                return Err(TableError::Password);
            }
            unpacked = unpacked.saturating_add(part.size());
            parts.push((part.name().to_owned(), part.size()));
        }
        let packed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let stretched = unpacked > TableLimits::RATIO_FROM_BYTES
            && unpacked > packed.saturating_mul(limits.unpacked_ratio);
        if unpacked > limits.unpacked_bytes || stretched {
            return Err(unpacks_too_large(limits));
        }
        Ok(Self {
            archive,
            limits: *limits,
            parts,
        })
    }

    /// Whether there is a part with this name; letter case and the direction of slashes do not matter.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<(usize, u64)> {
        let wanted = name.trim_start_matches('/');
        let same = |known: &str| known.replace('\\', "/").eq_ignore_ascii_case(wanted);
        self.parts
            .iter()
            .enumerate()
            .find(|(_, (known, _))| same(known))
            .map(|(index, (_, size))| (index, *size))
    }

    /// Opens a part as XML; it is read to the size it declared and not a byte further.
    ///
    /// # Errors
    /// When there is no such part or it cannot be unpacked.
    pub fn xml(&mut self, name: &str) -> Result<Xml<ZipFile<'_, Cursor<&'b [u8]>>>, TableError> {
        let missing = || TableError::broken(format_args!("there is no part {name:?}"));
        let (index, size) = self.find(name).ok_or_else(missing)?;
        Ok(Xml::new(self.archive.by_index(index).map_err(refused)?, size))
    }

    /// The text of a small part.
    ///
    /// # Errors
    /// When it cannot be unpacked; `None` when it is missing or larger than 1 MiB.
    pub fn small_text(&mut self, name: &str) -> Result<Option<String>, TableError> {
        let Some((index, size)) = self.find(name).filter(|(_, size)| *size < 1024 * 1024) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let part = self.archive.by_index(index).map_err(refused)?;
        part.take(size)
            .read_to_end(&mut bytes)
            .map_err(TableError::broken)?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// The refusal of a part that turned out larger than it said, with this installation's limits in it.
    pub fn name_limits(&self, error: TableError) -> TableError {
        match error {
            TableError::UnpacksTooLarge { .. } => unpacks_too_large(&self.limits),
            other => other,
        }
    }
}

fn unpacks_too_large(limits: &TableLimits) -> TableError {
    TableError::UnpacksTooLarge {
        limit_bytes: limits.unpacked_bytes,
        ratio: limits.unpacked_ratio,
    }
}

fn refused(error: ZipError) -> TableError {
    match error {
        ZipError::InvalidPassword => TableError::Password,
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => TableError::Password,
        other => TableError::broken(other),
    }
}

/// The directory is held in memory by the archive reader, so its declared length is looked at before: every end
/// record in the last 64 KiB (a comment may follow it) must name few enough parts.
fn refuse_long_directory(bytes: &[u8], limits: &TableLimits) -> Result<(), TableError> {
    const END_RECORD: &[u8] = b"PK\x05\x06";
    let from = bytes.len().saturating_sub(66_000);
    let tail = bytes.get(from..).unwrap_or(bytes);
    for (at, start) in tail.windows(END_RECORD.len()).enumerate() {
        if start != END_RECORD {
            continue;
        }
        let Some([low, high]) = tail.get(at.saturating_add(10)..at.saturating_add(12)) else {
            continue;
        };
        let parts = usize::from(u16::from_le_bytes([*low, *high]));
        if parts > limits.parts {
            return Err(too_many(Countable::Parts, parts, limits.parts));
        }
    }
    Ok(())
}
