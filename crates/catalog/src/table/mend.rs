//! What a person changes in a table that was brought; refuses to touch the file itself.

use super::{CellKind, Table, delimited};
use std::collections::{BTreeMap, BTreeSet};

/// One cell written over, or a row left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mend {
    /// As the table program shows it.
    pub row: u32,
    pub what: Mended,
}

/// What is changed in a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mended {
    /// The cell in a column, from 0, says this instead; an empty text empties it.
    Cell { column: usize, text: String },
    /// The row is as if it were not in the file.
    LeftOut,
}

/// Mends by the place of their rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Mends {
    cells: BTreeMap<(usize, usize), (CellKind, String)>,
    left_out: BTreeSet<usize>,
}

impl Mends {
    pub fn is_left_out(&self, index: usize) -> bool {
        !self.left_out.is_empty() && self.left_out.contains(&index)
    }

    pub fn cell(&self, index: usize, column: usize) -> Option<(CellKind, &str)> {
        if self.cells.is_empty() {
            return None;
        }
        let (kind, text) = self.cells.get(&(index, column))?;
        Some((*kind, text))
    }
}

impl Table {
    /// Puts mends over the rows; those of rows that are not in the table say nothing.
    pub(crate) fn mend(&mut self, mends: &[Mend]) {
        for mend in mends {
            let Some(index) = self.index_of(mend.row) else {
                continue;
            };
            match &mend.what {
                Mended::LeftOut => {
                    self.mends.left_out.insert(index);
                }
                Mended::Cell { column, text } => {
                    let (kind, text) = match delimited::kind_of(text) {
                        (_, "") => (CellKind::Empty, ""),
                        known => known,
                    };
                    self.mends.cells.insert((index, *column), (kind, text.to_owned()));
                }
            }
        }
    }

    /// The cell of a row as it is now.
    pub fn text_of(&self, row: u32, column: usize) -> &str {
        self.index_of(row)
            .map_or("", |index| self.cell_at(index, column).text)
    }

    /// Whether there is such a row after the header.
    pub fn has_row(&self, row: u32) -> bool {
        self.index_of(row).is_some()
    }

    /// The cell of a row as it is in the file, whatever was mended.
    pub fn sent_text(&self, row: u32, column: usize) -> &str {
        self.index_of(row)
            .map_or("", |index| self.sent_cell(index, column).text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{ReadOptions, read};

    fn mended(mends: &[Mend]) -> Vec<Vec<String>> {
        let mut table = read(b"sku;price\nA;1\nB;2\nC;3\n", &ReadOptions::default()).unwrap();
        table.mend(mends);
        let texts = table.rows().map(|row| {
            (0..3)
                .map(|column| row.cell(column).text.to_owned())
                .collect::<Vec<_>>()
        });
        texts.collect()
    }

    fn cell(row: u32, column: usize, text: &str) -> Mend {
        let text = text.to_owned();
        Mend {
            row,
            what: Mended::Cell { column, text },
        }
    }

    #[test]
    fn a_mended_cell_is_read_instead_and_a_row_left_out_is_not_read() {
        let out = Mend {
            row: 2,
            what: Mended::LeftOut,
        };
        assert_eq!(
            mended(&[cell(3, 1, " 20 "), cell(4, 2, "beyond"), out]),
            [["B", "20", ""], ["C", "3", "beyond"]]
        );
    }

    #[test]
    fn mends_of_no_row_say_nothing() {
        let as_sent = [["A", "1", ""], ["B", "2", ""], ["C", "3", ""]];
        assert_eq!(mended(&[cell(1, 0, "header"), cell(99, 0, "Z")]), as_sent);
    }

    #[test]
    fn the_file_stays_as_it_was_sent() {
        let mut table = read(b"sku;price\nA;1\n", &ReadOptions::default()).unwrap();
        table.mend(&[cell(2, 1, "5")]);
        assert_eq!(table.sent_text(2, 1), "1");
        assert_eq!(table.sent_text(9, 1), "");
    }
}
