//! Tells by its content what a file is; refuses to believe its name.

use super::{TableError, decode};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// Text with delimiters: CSV, TSV.
    Text,
    /// The marketplace's price list as XML; no table.
    PriceListXml,
    Xlsx,
    Ods,
    /// Excel 97–2003.
    Xls,
}

/// First bytes of files that people choose by mistake, and what they are.
const STRANGERS: [(&[u8], &str); 12] = [
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "WebP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "ELF"),
];

/// Refuses a file by its first bytes when they tell that it is no table.
pub(super) fn refuse_signature(bytes: &[u8]) -> Result<(), TableError> {
    for (start, name) in STRANGERS {
        if bytes.starts_with(start) {
            return Err(TableError::UnknownFormat(name));
        }
    }
    Ok(())
}

/// Tells what a file is.
///
/// # Errors
/// When it is empty or something that is not read.
pub fn sniff(bytes: &[u8]) -> Result<FileFormat, TableError> {
    if bytes.is_empty() {
        return Err(TableError::Empty);
    }
    refuse_signature(bytes)?;
    if bytes.starts_with(b"PK") {
        return packed(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Ok(FileFormat::Xls);
    }
    text(bytes.get(..4096).unwrap_or(bytes))
}

/// Packed files name their parts in clear: each before its bytes, and all of them in the directory at the end. The
/// middle of a large file is not searched.
fn packed(bytes: &[u8]) -> Result<FileFormat, TableError> {
    const SEARCHED_BYTES: usize = 512 * 1024;
    let head = bytes.get(..SEARCHED_BYTES).unwrap_or(bytes);
    let tail = bytes
        .get(bytes.len().saturating_sub(SEARCHED_BYTES)..)
        .unwrap_or(bytes);
    let has = |name: &[u8]| {
        [tail, head].iter().any(|part| {
            part.windows(name.len())
                .any(|part| part.eq_ignore_ascii_case(name))
        })
    };
    let start = bytes.get(..200).unwrap_or(bytes);
    if start
        .windows(39)
        .any(|part| part == b"application/vnd.oasis.opendocument.spre")
    {
        return Ok(FileFormat::Ods);
    }
    if has(b"xl/workbook.bin") {
        return Err(TableError::UnknownFormat("XLSB"));
    }
    if has(b"xl/workbook") || has(b"xl\\workbook") || has(b"[Content_Types].xml") && has(b"xl/") {
        return Ok(FileFormat::Xlsx);
    }
    if has(b"word/document.xml") {
        return Err(TableError::UnknownFormat("DOCX"));
    }
    if has(b"content.xml") && has(b"META-INF/manifest.xml") {
        return Ok(FileFormat::Ods);
    }
    Err(TableError::UnknownFormat("ZIP"))
}

fn text(start: &[u8]) -> Result<FileFormat, TableError> {
    // A cut may fall inside a letter; what cannot be decoded here is judged by the whole text later.
    let decoded = decode(start).map(|decoded| decoded.text.into_owned());
    let shown = decoded.unwrap_or_else(|_| String::from_utf8_lossy(start).into_owned());
    let shown = shown.trim_start().to_ascii_lowercase();
    if shown.starts_with("<html") || shown.starts_with("<!doctype html") || shown.starts_with("<table") {
        return Err(TableError::UnknownFormat("HTML"));
    }
    if shown.starts_with("<?xml") || shown.starts_with("<kaspi_catalog") || shown.starts_with("<!doctype") {
        return Ok(FileFormat::PriceListXml);
    }
    Ok(FileFormat::Text)
}
