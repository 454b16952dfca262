//! Reads any table file a seller may bring into text cells with row numbers; refuses to know what the cells mean.
//!
//! CSV, XLSX, ODS and XLS come from strangers, so every reader here works within [`TableLimits`]: nothing is
//! allocated by a number that the file declares, nothing is unpacked beyond a limit, no entity is expanded.

mod build;
mod delimited;
mod encoding;
mod error;
mod intake;
mod limits;
mod mend;
pub mod money;
mod number_format;
mod ods;
mod package;
mod rows;
mod sniff;
mod xls;
mod xlsx;
mod xml;

pub use encoding::{Decoded, decode};
pub use error::TableError;
pub use intake::Intake;
pub use limits::TableLimits;
pub use mend::{Mend, Mended};
pub use rows::{Cell, CellKind, Table, TableRow, column_letters};
pub(crate) use rows::{too_many_cells, too_many_rows};
pub use sniff::{FileFormat, sniff};
pub(crate) use xml::{Xml, append_text, attribute};

use std::path::Path;

/// How a file is to be read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    pub limits: TableLimits,
    /// Which sheet of a workbook; without it, the first visible one that has anything in it.
    pub sheet: Option<String>,
    /// Says of one of the first rows whether it is the row of column names. When it says so of none, the first
    /// row with anything in it is taken.
    pub is_header: fn(&[&str]) -> bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            limits: TableLimits::default(),
            sheet: None,
            is_header: |_| false,
        }
    }
}

/// Reads a table from the bytes of a CSV, XLSX, ODS or XLS file; the content decides, not a name.
///
/// # Errors
/// When the bytes are no such table or break a limit.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Table, TableError> {
    options.limits.check_file_size(bytes.len())?;
    match sniff(bytes)? {
        FileFormat::Text => delimited::read(bytes, options),
        FileFormat::PriceListXml => Err(TableError::UnknownFormat("XML")),
        FileFormat::Xlsx => xlsx::read(bytes, options),
        FileFormat::Ods => ods::read(bytes, options),
        FileFormat::Xls => xls::read(bytes, options),
    }
}

/// Reads a table from a file; its length is looked at before a byte is read.
///
/// # Errors
/// As [`read`], and when the file cannot be opened.
pub fn read_path(path: &Path, options: &ReadOptions) -> Result<Table, TableError> {
    use std::io::Read;
    let file = std::fs::File::open(path).map_err(TableError::Unreadable)?;
    let declared = file.metadata().map_err(TableError::Unreadable)?.len();
    let mut intake = Intake::new(&options.limits, Some(declared))?;
    let mut file = file;
    let mut chunk = vec![0_u8; 64 * 1024];
    loop {
        let count = file.read(&mut chunk).map_err(TableError::Unreadable)?;
        let Some(part) = chunk.get(..count).filter(|part| !part.is_empty()) else {
            break;
        };
        intake.push(part)?;
    }
    read(&intake.finish()?, options)
}
