//! A table in memory: one text for all cells, eight bytes a cell; refuses to interpret them.

use super::{FileFormat, build::Builder, error::Countable, mend::Mends};
use crate::fold;
use sha2::{Digest, Sha256};

/// What a cell was in the file. Text files know only texts and formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CellKind {
    #[default]
    Empty,
    Text,
    /// A number of a workbook, written with a decimal point and without groups.
    Number,
    /// Computed by the table; the text is the formula where it is known.
    Formula,
    /// A date of a workbook, as `2026-05-12`.
    Date,
    Bool,
    /// `#REF!` and its like.
    Error,
}

/// One cell as it was in the file, trimmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell<'t> {
    pub text: &'t str,
    pub kind: CellKind,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct StoredCell {
    /// Where the cell's text ends; it begins where the one before ends.
    pub end: u32,
    pub kind: CellKind,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct StoredRow {
    pub number: u32,
    pub first_cell: u32,
}

/// The rows of one sheet under their column names.
#[derive(Debug, Clone)]
pub struct Table {
    pub format: FileFormat,
    /// Of a text file.
    pub encoding: Option<&'static str>,
    /// Of a text file.
    pub delimiter: Option<char>,
    /// The sheet that was read, of a workbook.
    pub sheet: Option<String>,
    /// All sheets of the workbook, in its order.
    pub sheets: Vec<String>,
    /// Fingerprint of the column names in their order: the same for each file made from one template.
    pub shape: String,
    header_row: u32,
    headers: Vec<String>,
    text: String,
    cells: Vec<StoredCell>,
    rows: Vec<StoredRow>,
    /// Index in `rows` of the first row after the header.
    first_row: usize,
    /// What a person changed since the file was read.
    pub(super) mends: Mends,
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub struct TableRow<'t> {
    table: &'t Table,
    index: usize,
}

/// Among how many first rows the header is looked for.
const HEADER_SEARCH_ROWS: usize = 30;

impl Table {
    pub(super) fn assemble(built: Builder<'_>, format: FileFormat, is_header: fn(&[&str]) -> bool) -> Self {
        let (text, cells, rows, width) = built.into_parts();
        let mut table = Self {
            format,
            encoding: None,
            delimiter: None,
            sheet: None,
            sheets: Vec::new(),
            shape: String::new(),
            header_row: 0,
            headers: Vec::new(),
            text,
            cells,
            rows,
            first_row: 0,
            mends: Mends::default(),
        };
        let header = (0..table.rows.len().min(HEADER_SEARCH_ROWS))
            .find(|index| is_header(&table.texts_of(*index)))
            .unwrap_or(0);
        let mut headers: Vec<String> = table
            .texts_of(header)
            .into_iter()
            .map(ToOwned::to_owned)
            .collect();
        headers.resize(width.max(headers.len()), String::new());
        table.shape = fingerprint(&headers);
        table.headers = headers;
        table.header_row = table.rows.get(header).map_or(0, |row| row.number);
        table.first_row = header.saturating_add(1);
        table
    }

    /// The column names, as wide as the widest row; empty where a column has none.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The row of the column names, counted as the table program counts.
    pub fn header_row(&self) -> u32 {
        self.header_row
    }

    /// What to call a column in a message: its name, or its letters.
    pub fn column_name(&self, column: usize) -> String {
        match self.headers.get(column).map(|name| name.trim()) {
            Some(name) if !name.is_empty() => name.split_whitespace().collect::<Vec<_>>().join(" "),
            _ => column_letters(column),
        }
    }

    /// Gives the table one more column, for what a person adds to rows; answers its place.
    pub(crate) fn add_column(&mut self, name: &str) -> usize {
        self.headers.push(name.to_owned());
        self.headers.len().saturating_sub(1)
    }

    pub fn row_count(&self) -> usize {
        self.rows.len().saturating_sub(self.first_row)
    }

    /// The rows after the header, in the order of the file; rows without any text and those a person left out are not among them.
    pub fn rows(&self) -> impl Iterator<Item = TableRow<'_>> {
        (self.first_row..self.rows.len())
            .filter(|index| !self.mends.is_left_out(*index))
            .map(|index| TableRow { table: self, index })
    }

    /// Where a row after the header lies.
    pub(super) fn index_of(&self, number: u32) -> Option<usize> {
        let found = self.rows.binary_search_by_key(&number, |row| row.number);
        found.ok().filter(|index| *index >= self.first_row)
    }

    pub(super) fn cell_at(&self, index: usize, column: usize) -> Cell<'_> {
        match self.mends.cell(index, column) {
            Some((kind, text)) => Cell { text, kind },
            None => self.sent_cell(index, column),
        }
    }

    pub(super) fn sent_cell(&self, index: usize, column: usize) -> Cell<'_> {
        let start = self
            .rows
            .get(index)
            .and_then(|row| usize::try_from(row.first_cell).ok());
        let next = self
            .rows
            .get(index.saturating_add(1))
            .and_then(|row| usize::try_from(row.first_cell).ok());
        let (Some(start), stop) = (start, next.unwrap_or(self.cells.len())) else {
            return Cell::default();
        };
        let at = start.saturating_add(column);
        let Some(stored) = self.cells.get(at).filter(|_| at < stop) else {
            return Cell::default();
        };
        let from = at
            .checked_sub(1)
            .and_then(|before| self.cells.get(before))
            .map_or(0, |before| before.end);
        let range = usize::try_from(from).unwrap_or(0)..usize::try_from(stored.end).unwrap_or(0);
        Cell {
            text: self.text.get(range).unwrap_or_default(),
            kind: stored.kind,
        }
    }

    fn width_of(&self, index: usize) -> usize {
        let start = self.rows.get(index).map_or(0, |row| row.first_cell);
        let stop = self.rows.get(index.saturating_add(1)).map(|row| row.first_cell);
        let stop = stop.map_or(self.cells.len(), |stop| usize::try_from(stop).unwrap_or(0));
        stop.saturating_sub(usize::try_from(start).unwrap_or(0))
    }

    fn texts_of(&self, index: usize) -> Vec<&str> {
        (0..self.width_of(index))
            .map(|column| self.cell_at(index, column).text)
            .collect()
    }
}

impl<'t> TableRow<'t> {
    /// The row's number as the table program shows it; of a text file, its line counted the same way.
    pub fn number(&self) -> u32 {
        self.table.rows.get(self.index).map_or(0, |row| row.number)
    }

    /// The cell in a column, from 0; an empty one where the row ends before.
    pub fn cell(&self, column: usize) -> Cell<'t> {
        self.table.cell_at(self.index, column)
    }
}

/// The letters a table program gives a column: 0 is `A`, 26 is `AA`.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column.saturating_add(1);
    while left > 0 {
        left -= 1;
        let place = u8::try_from(left % 26).unwrap_or(0);
        letters.push(char::from(b'A' + place));
        left /= 26;
    }
    letters.iter().rev().collect()
}

fn fingerprint(headers: &[String]) -> String {
    let mut hash = Sha256::new();
    for header in headers {
        hash.update(fold(&[header]).as_bytes());
        hash.update([0x1f]);
    }
    let mut text = String::with_capacity(32);
    for byte in hash.finalize().iter().take(16) {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

/// Kept here so that the builder and the readers name a limit the same way.
pub(super) const fn too_many(what: Countable, found: usize, limit: usize) -> super::TableError {
    super::TableError::TooMany { what, found, limit }
}

pub(crate) const fn too_many_rows(limit: usize) -> super::TableError {
    too_many(Countable::Rows, limit.saturating_add(1), limit)
}

pub(crate) const fn too_many_cells(found: usize, limit: usize) -> super::TableError {
    too_many(Countable::Cells, found, limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_in_table_programs() {
        let named: Vec<String> = [0, 25, 26, 51, 52, 701, 702]
            .into_iter()
            .map(column_letters)
            .collect();
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
