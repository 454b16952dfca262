//! How much of a stranger's file we are ready to hold; refuses to be tuned by the file itself.

use super::TableError;

/// The most that one file may bring. Sizes are bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableLimits {
    /// The file as it is sent.
    pub file_bytes: u64,
    /// All parts of a packed workbook together.
    pub unpacked_bytes: u64,
    /// How many times larger a packed workbook may become, once it is larger than [`Self::RATIO_FROM_BYTES`].
    pub unpacked_ratio: u64,
    /// Parts inside a packed workbook.
    pub parts: usize,
    pub sheets: usize,
    /// Rows with anything in them, the header included.
    pub rows: usize,
    pub columns: usize,
    /// Cells, the empty ones before a filled one included.
    pub cells: usize,
    /// Text of all cells, and of all shared texts of a workbook.
    pub text_bytes: usize,
    /// One cell; Excel's own limit is the default.
    pub cell_chars: usize,
}

impl Default for TableLimits {
    fn default() -> Self {
        Self {
            file_bytes: 64 * 1024 * 1024,
            unpacked_bytes: 512 * 1024 * 1024,
            unpacked_ratio: 200,
            parts: 2_000,
            sheets: 64,
            rows: 500_000,
            columns: 128,
            cells: 8_000_000,
            text_bytes: 256 * 1024 * 1024,
            cell_chars: 32_767,
        }
    }
}

impl TableLimits {
    /// Small workbooks pack well without any bad will; the ratio is looked at from here on.
    pub const RATIO_FROM_BYTES: u64 = 32 * 1024 * 1024;

    /// # Errors
    /// When a file of this many bytes is more than we take.
    pub fn check_file_size(&self, bytes: usize) -> Result<(), TableError> {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        if bytes > self.file_bytes {
            return Err(TableError::TooLarge {
                bytes: Some(bytes),
                limit_bytes: self.file_bytes,
            });
        }
        Ok(())
    }
}
