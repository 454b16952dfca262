//! Walks the records of an Excel 97 stream (MS-XLS §2.1.4); refuses records that end after the stream.

use crate::table::TableError;

/// Record types that are read; all others are passed over.
pub(super) mod kind {
    pub const FORMULA: u16 = 0x0006;
    pub const END: u16 = 0x000A;
    pub const FILE_PASS: u16 = 0x002F;
    pub const CONTINUE: u16 = 0x003C;
    pub const BOUND_SHEET: u16 = 0x0085;
    pub const MUL_RK: u16 = 0x00BD;
    pub const RICH_LABEL: u16 = 0x00D6;
    pub const CELL_FORMAT: u16 = 0x00E0;
    pub const SHARED_STRINGS: u16 = 0x00FC;
    pub const LABEL_SHARED: u16 = 0x00FD;
    pub const NUMBER: u16 = 0x0203;
    pub const LABEL: u16 = 0x0204;
    pub const BOOL_OR_ERROR: u16 = 0x0205;
    pub const RK: u16 = 0x027E;
    pub const NUMBER_FORMAT: u16 = 0x041E;
    pub const BEGIN: u16 = 0x0809;
}

/// One record.
#[derive(Clone, Copy)]
pub(super) struct Record<'s> {
    pub kind: u16,
    pub data: &'s [u8],
}

/// The records of a stream from a place on.
pub(super) struct Records<'s> {
    rest: &'s [u8],
}

impl<'s> Records<'s> {
    pub fn from(stream: &'s [u8], start: usize) -> Result<Self, TableError> {
        match stream.get(start..) {
            Some(rest) => Ok(Self { rest }),
            None => Err(TableError::broken("a sheet begins after the end of the file")),
        }
    }

    /// The next record; `None` at the end of the stream.
    pub fn next(&mut self) -> Result<Option<Record<'s>>, TableError> {
        let Some((head, rest)) = self.rest.split_at_checked(4) else {
            return Ok(None);
        };
        let mut head = Bytes::of(head);
        let (kind, length) = (head.u16()?, usize::from(head.u16()?));
        let Some((data, rest)) = rest.split_at_checked(length) else {
            return Err(TableError::broken("a record is cut short"));
        };
        self.rest = rest;
        Ok(Some(Record { kind, data }))
    }

    /// The data of the continuation records that follow.
    pub fn continuations(&mut self) -> Result<Vec<&'s [u8]>, TableError> {
        let mut parts = Vec::new();
        loop {
            let before = self.rest;
            match self.next()? {
                Some(record) if record.kind == kind::CONTINUE => parts.push(record.data),
                _ => {
                    self.rest = before;
                    return Ok(parts);
                }
            }
        }
    }
}

/// Reads little-endian numbers from the start of some bytes.
#[derive(Clone, Copy)]
pub(super) struct Bytes<'s> {
    pub rest: &'s [u8],
}

impl<'s> Bytes<'s> {
    pub const fn of(rest: &'s [u8]) -> Self {
        Self { rest }
    }

    pub fn take(&mut self, count: usize) -> Result<&'s [u8], TableError> {
        let (part, rest) = self
            .rest
            .split_at_checked(count)
            .ok_or_else(|| TableError::broken("a record is short"))?;
        self.rest = rest;
        Ok(part)
    }

    pub fn u8(&mut self) -> Result<u8, TableError> {
        Ok(self.take(1)?.iter().fold(0, |_, byte| *byte))
    }

    pub fn u16(&mut self) -> Result<u16, TableError> {
        Ok(self
            .take(2)?
            .iter()
            .rev()
            .fold(0, |word, byte| (word << 8) | u16::from(*byte)))
    }

    pub fn u32(&mut self) -> Result<u32, TableError> {
        Ok(self
            .take(4)?
            .iter()
            .rev()
            .fold(0, |word, byte| (word << 8) | u32::from(*byte)))
    }

    pub fn u64(&mut self) -> Result<u64, TableError> {
        Ok(self
            .take(8)?
            .iter()
            .rev()
            .fold(0, |word, byte| (word << 8) | u64::from(*byte)))
    }
}
