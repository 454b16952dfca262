//! Takes the workbook's stream out of a compound file (MS-CFB); refuses chains that run in circles.

use crate::table::TableError;

const FREE_FROM: u32 = 0xFFFF_FFFA;
const HEADER_BYTES: usize = 512;
const ENTRY_BYTES: usize = 128;
const MINI_SECTOR_BYTES: usize = 64;

/// The bytes of the stream `Workbook`.
///
/// # Errors
/// When the file is damaged, locked by a password, or of Excel 95 and before.
pub(super) fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, TableError> {
    let file = Container::open(bytes)?;
    if file.entry("EncryptedPackage").is_some() {
        return Err(TableError::Password);
    }
    if let Some(entry) = file.entry("Workbook") {
        return file.stream(entry);
    }
    match file.entry("Book") {
        Some(_) => Err(TableError::UnknownFormat("Excel 95")),
        None => Err(TableError::UnknownFormat("OLE")),
    }
}

struct Container<'b> {
    bytes: &'b [u8],
    sector_bytes: usize,
    table: Vec<u32>,
    mini_table: Vec<u32>,
    mini_stream: Vec<u8>,
    mini_below: u32,
    entries: Vec<Entry>,
}

#[derive(Clone)]
struct Entry {
    name: String,
    start: u32,
    bytes: usize,
}

impl<'b> Container<'b> {
    fn open(bytes: &'b [u8]) -> Result<Self, TableError> {
        let sector_bytes = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            other => return Err(TableError::broken(format_args!("sector shift {other}"))),
        };
        let mut file = Self {
            bytes,
            sector_bytes,
            table: Vec::new(),
            mini_table: Vec::new(),
            mini_stream: Vec::new(),
            mini_below: u32_at(bytes, 56)?,
            entries: Vec::new(),
        };
        file.read_table()?;
        let directory = file.chain(u32_at(bytes, 48)?)?;
        for entry in directory.chunks_exact(ENTRY_BYTES) {
            file.entries.push(entry_of(entry)?);
        }
        let mini_table = file.chain(u32_at(bytes, 60)?)?;
        file.mini_table = words(&mini_table);
        // The first entry is the root; its stream holds the small streams.
        if let Some(root) = file.entries.first().cloned() {
            file.mini_stream = file.chain(root.start)?;
        }
        Ok(file)
    }

    /// The table of sectors is itself spread over sectors, listed in the header and then in a chain of their own.
    fn read_table(&mut self) -> Result<(), TableError> {
        let header = self.bytes.get(76..HEADER_BYTES).ok_or_else(cut)?;
        let mut places = words(header);
        let mut next = u32_at(self.bytes, 68)?;
        let mut steps = 0_usize;
        while next < FREE_FROM {
            steps = steps.saturating_add(1);
            if steps > self.sectors() {
                return Err(TableError::broken("the sector list runs in a circle"));
            }
            let mut listed = words(self.sector(next)?);
            next = listed.pop().unwrap_or(u32::MAX);
            places.extend(listed);
        }
        let mut table = Vec::new();
        for place in places.into_iter().filter(|place| *place < FREE_FROM) {
            table.extend(words(self.sector(place)?));
            if table.len() > self.sectors().saturating_add(self.sector_bytes) {
                break;
            }
        }
        self.table = table;
        Ok(())
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector_bytes
    }

    fn sector(&self, number: u32) -> Result<&'b [u8], TableError> {
        let number = usize::try_from(number).map_err(TableError::broken)?;
        let start = number.saturating_add(1).saturating_mul(self.sector_bytes);
        let end = start.saturating_add(self.sector_bytes).min(self.bytes.len());
        self.bytes
            .get(start..end)
            .filter(|sector| !sector.is_empty())
            .ok_or_else(cut)
    }

    fn chain(&self, start: u32) -> Result<Vec<u8>, TableError> {
        let mut whole = Vec::new();
        let mut next = start;
        while next < FREE_FROM {
            if whole.len() > self.bytes.len() {
                return Err(TableError::broken("a chain of sectors runs in a circle"));
            }
            whole.extend_from_slice(self.sector(next)?);
            next = follow(&self.table, next)?;
        }
        Ok(whole)
    }

    fn mini_chain(&self, start: u32) -> Result<Vec<u8>, TableError> {
        let mut whole = Vec::new();
        let mut next = start;
        while next < FREE_FROM {
            if whole.len() > self.mini_stream.len() {
                return Err(TableError::broken("a chain of small sectors runs in a circle"));
            }
            let from = usize::try_from(next)
                .map_err(TableError::broken)?
                .saturating_mul(MINI_SECTOR_BYTES);
            let part = self.mini_stream.get(from..from.saturating_add(MINI_SECTOR_BYTES));
            whole.extend_from_slice(part.ok_or_else(cut)?);
            next = follow(&self.mini_table, next)?;
        }
        Ok(whole)
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    fn stream(&self, entry: &Entry) -> Result<Vec<u8>, TableError> {
        let small = usize::try_from(self.mini_below).is_ok_and(|below| entry.bytes < below);
        let mut whole = if small {
            self.mini_chain(entry.start)?
        } else {
            self.chain(entry.start)?
        };
        whole.truncate(entry.bytes);
        Ok(whole)
    }
}

fn follow(table: &[u32], at: u32) -> Result<u32, TableError> {
    let at = usize::try_from(at).map_err(TableError::broken)?;
    table.get(at).copied().ok_or_else(cut)
}

fn entry_of(bytes: &[u8]) -> Result<Entry, TableError> {
    let name_bytes = usize::from(u16_at(bytes, 64)?).saturating_sub(2).min(62);
    let letters = words16(bytes.get(..name_bytes).unwrap_or_default());
    Ok(Entry {
        name: String::from_utf16_lossy(&letters),
        start: u32_at(bytes, 116)?,
        bytes: usize::try_from(u32_at(bytes, 120)?).map_err(TableError::broken)?,
    })
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes
        .chunks_exact(4)
        .map(|four| {
            four.iter()
                .rev()
                .fold(0_u32, |word, byte| (word << 8) | u32::from(*byte))
        })
        .collect()
}

fn words16(bytes: &[u8]) -> Vec<u16> {
    bytes
        .chunks_exact(2)
        .map(|two| {
            two.iter()
                .rev()
                .fold(0_u16, |word, byte| (word << 8) | u16::from(*byte))
        })
        .collect()
}

fn cut() -> TableError {
    TableError::broken("the compound file is cut short")
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, TableError> {
    match bytes.get(at..at.saturating_add(2)) {
        Some([low, high]) => Ok(u16::from_le_bytes([*low, *high])),
        _ => Err(cut()),
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, TableError> {
    match bytes.get(at..at.saturating_add(4)) {
        Some([a, b, c, d]) => Ok(u32::from_le_bytes([*a, *b, *c, *d])),
        _ => Err(cut()),
    }
}
