//! Collects cells in the order of a file under the limits; refuses cells that go backwards.

use super::{
    CellKind, TableError, TableLimits,
    error::Countable,
    rows::{StoredCell, StoredRow, too_many},
};

/// Takes cells row by row, from left to right.
pub(super) struct Builder<'l> {
    limits: &'l TableLimits,
    text: String,
    cells: Vec<StoredCell>,
    rows: Vec<StoredRow>,
    /// The column that the next cell of the current row would have without a gap.
    next_column: usize,
    width: usize,
}

pub(super) type Parts = (String, Vec<StoredCell>, Vec<StoredRow>, usize);

impl<'l> Builder<'l> {
    pub fn new(limits: &'l TableLimits) -> Self {
        Self {
            limits,
            text: String::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            next_column: 0,
            width: 0,
        }
    }

    pub fn limits(&self) -> &'l TableLimits {
        self.limits
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a cell. Row numbers count from 1, columns from 0; an empty text is a gap and leaves nothing behind.
    ///
    /// # Errors
    /// When a limit is reached or the cell lies before the last one.
    pub fn cell(&mut self, row: u32, column: usize, kind: CellKind, text: &str) -> Result<(), TableError> {
        let text = text.trim_matches(|letter: char| letter.is_whitespace() || is_invisible(letter));
        if text.is_empty() && kind != CellKind::Formula {
            return Ok(());
        }
        let limits = self.limits;
        if column >= limits.columns {
            return Err(too_many(
                Countable::Columns,
                column.saturating_add(1),
                limits.columns,
            ));
        }
        if text.len() > limits.cell_chars && text.chars().count() > limits.cell_chars {
            return Err(TableError::cell_too_long(row, column, limits.cell_chars));
        }
        self.enter(row, column)?;
        while self.next_column < column {
            self.push(CellKind::Empty, "")?;
        }
        self.push(kind, text)
    }

    fn enter(&mut self, row: u32, column: usize) -> Result<(), TableError> {
        match self.rows.last() {
            Some(last) if last.number == row => {
                if column < self.next_column {
                    return Err(TableError::broken(format_args!(
                        "row {row}: the cells are out of order"
                    )));
                }
                return Ok(());
            }
            Some(last) if last.number > row => {
                return Err(TableError::broken(format_args!(
                    "row {row} comes after row {}",
                    last.number
                )));
            }
            _ => {}
        }
        if self.rows.len() >= self.limits.rows {
            return Err(too_many(
                Countable::Rows,
                self.rows.len().saturating_add(1),
                self.limits.rows,
            ));
        }
        let first_cell = u32::try_from(self.cells.len()).map_err(TableError::broken)?;
        self.rows.push(StoredRow {
            number: row,
            first_cell,
        });
        self.next_column = 0;
        Ok(())
    }

    fn push(&mut self, kind: CellKind, text: &str) -> Result<(), TableError> {
        let limits = self.limits;
        if self.cells.len() >= limits.cells {
            return Err(too_many(
                Countable::Cells,
                self.cells.len().saturating_add(1),
                limits.cells,
            ));
        }
        let length = self.text.len().saturating_add(text.len());
        if length > limits.text_bytes {
            return Err(too_many(Countable::Texts, length, limits.text_bytes));
        }
        self.text.push_str(text);
        let end = u32::try_from(self.text.len()).map_err(TableError::broken)?;
        self.cells.push(StoredCell { end, kind });
        self.next_column = self.next_column.saturating_add(1);
        self.width = self.width.max(self.next_column);
        Ok(())
    }

    pub fn into_parts(self) -> Parts {
        (self.text, self.cells, self.rows, self.width)
    }
}

/// Marks without a width that copying from a page leaves at the ends of a cell.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}
