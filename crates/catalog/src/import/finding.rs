//! What is wrong, or only remarkable, with one row of a file; refuses to be a sentence: texts are the edge's.

use crate::table::{Cell, Table, money::NumberRefusal};
use sauda_kernel::Public;

/// A finding about a row. Ordered as people read a file: by row, column, code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The row as the table program shows it; of XML, the number of the offer from 1.
    pub row: u32,
    /// The column from 0, when one is to blame.
    pub column: Option<usize>,
    /// Key of the text, without `err-`.
    pub code: &'static str,
    /// What the text says besides `row`.
    pub args: Vec<(&'static str, String)>,
}

/// Longer values are cut in messages.
const SHOWN_CHARS: usize = 60;

impl Finding {
    pub(crate) const fn new(row: u32, code: &'static str) -> Self {
        Self {
            row,
            column: None,
            code,
            args: Vec::new(),
        }
    }

    #[must_use]
    pub(crate) fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        let value = value.to_string();
        let shown = match value.char_indices().nth(SHOWN_CHARS) {
            Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
            None => value,
        };
        self.args.push((name, shown));
        self
    }

    /// A finding about a cell of a table: names the column and the value.
    pub(crate) fn about(table: &Table, row: u32, column: usize, code: &'static str, cell: Cell<'_>) -> Self {
        let mut finding = Self::new(row, code)
            .arg("column", table.column_name(column))
            .arg("value", cell.text);
        finding.column = Some(column);
        finding
    }

    /// A number that could not be read.
    pub(crate) fn number(
        table: &Table,
        row: u32,
        column: usize,
        refusal: NumberRefusal,
        cell: Cell<'_>,
    ) -> Self {
        Self::about(table, row, column, refusal.code(), cell)
    }

    /// The same for those who render refusals: with the row among the arguments.
    pub fn public(&self) -> Public {
        let mut public = Public::new(self.code).arg("row", self.row);
        public.args.extend(self.args.iter().cloned());
        public
    }
}
