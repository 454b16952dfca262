//! Reads text tables: finds the delimiter, keeps line numbers, names an open quote; refuses ragged guesses about types.

use super::{CellKind, FileFormat, ReadOptions, Table, TableError, build::Builder, decode};
use std::borrow::Cow;

/// In the order in which a draw is decided.
const DELIMITERS: [u8; 4] = [b';', b'\t', b',', b'|'];
const SAMPLE_RECORDS: usize = 60;

pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Table, TableError> {
    let decoded = decode(bytes)?;
    let whole = decoded.text.as_ref();
    // Very old programs end lines with a carriage return alone.
    let replaced = (!whole.contains('\n') && whole.contains('\r')).then(|| whole.replace('\r', "\n"));
    let whole = replaced.as_deref().unwrap_or(whole);
    let (declared, text, skipped) = declared_delimiter(whole);
    let delimiter = declared.unwrap_or_else(|| find_delimiter(text));
    let mut builder = Builder::new(&options.limits);
    fill(&mut builder, text, delimiter, skipped)?;
    if builder.is_empty() {
        return Err(TableError::Empty);
    }
    let mut table = Table::assemble(builder, FileFormat::Text, options.is_header);
    table.encoding = Some(decoded.encoding);
    table.delimiter = Some(char::from(delimiter));
    Ok(table)
}

/// Excel writes and reads a first line `sep=;`.
fn declared_delimiter(text: &str) -> (Option<u8>, &str, u32) {
    let Some(rest) = text.strip_prefix("sep=") else {
        return (None, text, 0);
    };
    let mut bytes = rest.bytes();
    let delimiter = bytes.next().filter(|byte| DELIMITERS.contains(byte));
    let Some(delimiter) = delimiter else {
        return (None, text, 0);
    };
    match rest.split_once('\n') {
        Some((_, after)) => (Some(delimiter), after, 1),
        None => (Some(delimiter), "", 1),
    }
}

/// The delimiter that most of the first records have equally often.
fn find_delimiter(text: &str) -> u8 {
    let mut best = (0_usize, 0_usize, b',');
    for delimiter in DELIMITERS {
        let counts = delimiters_per_record(text, delimiter);
        let mut usual = (0_usize, 0_usize);
        for count in counts.iter().copied().filter(|count| *count > 0) {
            let times = counts.iter().filter(|other| **other == count).count();
            usual = usual.max((times, count));
        }
        if (usual.0, usual.1) > (best.0, best.1) {
            best = (usual.0, usual.1, delimiter);
        }
    }
    best.2
}

/// Splits a text into fields. A quote opens a field only at its start (15" screens have none), and a doubled one
/// inside stands for itself. Rows are counted as table programs do: line breaks inside quotes do not count, empty
/// lines do.
struct Splitter<'t> {
    rest: &'t str,
    delimiter: u8,
    /// Line of the text, from 1.
    line: u64,
    /// Row of the table, from 1.
    row: u32,
    column: usize,
}

/// A field and what comes after it.
struct FieldAt<'t> {
    row: u32,
    column: usize,
    text: Cow<'t, str>,
}

impl<'t> Splitter<'t> {
    const fn new(text: &'t str, delimiter: u8) -> Self {
        Self {
            rest: text,
            delimiter,
            line: 1,
            row: 1,
            column: 0,
        }
    }

    /// The next field; `None` at the end of the text.
    ///
    /// # Errors
    /// When a quote is never closed.
    fn next(&mut self) -> Result<Option<FieldAt<'t>>, TableError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let (row, column) = (self.row, self.column);
        let text = match self.rest.strip_prefix('"') {
            Some(inner) => Cow::Owned(self.quoted(inner)?),
            None => Cow::Borrowed(self.bare()),
        };
        self.pass_separator();
        Ok(Some(FieldAt { row, column, text }))
    }

    /// Up to the delimiter or the end of the line.
    fn bare(&mut self) -> &'t str {
        let whole = self.rest;
        let end = whole
            .bytes()
            .position(|byte| byte == self.delimiter || byte == b'\n')
            .unwrap_or(whole.len());
        let (field, rest) = whole.split_at_checked(end).unwrap_or((whole, ""));
        self.rest = rest;
        field
    }

    fn quoted(&mut self, inner: &'t str) -> Result<String, TableError> {
        let opened = self.line;
        let mut text = String::new();
        let mut rest = inner;
        loop {
            let Some((part, after)) = rest.split_once('"') else {
                return Err(TableError::OpenQuote { line: opened });
            };
            let breaks = part.bytes().filter(|byte| *byte == b'\n').count();
            self.line = self.line.saturating_add(u64::try_from(breaks).unwrap_or(0));
            text.push_str(part);
            match after.strip_prefix('"') {
                Some(more) => {
                    text.push('"');
                    rest = more;
                }
                None => {
                    self.rest = after;
                    // Whatever stands between the closing quote and the delimiter belongs to the field.
                    let tail = self.bare();
                    text.push_str(tail.strip_suffix('\r').unwrap_or(tail));
                    return Ok(text);
                }
            }
        }
    }

    fn pass_separator(&mut self) {
        let mut bytes = self.rest.bytes();
        match bytes.next() {
            Some(b'\n') => {
                self.line = self.line.saturating_add(1);
                self.row = self.row.saturating_add(1);
                self.column = 0;
            }
            _ => self.column = self.column.saturating_add(1),
        }
        self.rest = self.rest.get(1..).unwrap_or_default();
    }
}

/// How many delimiters each of the first records has.
fn delimiters_per_record(text: &str, delimiter: u8) -> Vec<usize> {
    let mut counts: Vec<usize> = Vec::new();
    let mut splitter = Splitter::new(text, delimiter);
    let mut row = 0;
    // A quote without an end is told when the table is read; here it only ends the sample.
    while let Ok(Some(field)) = splitter.next() {
        if field.row != row {
            if counts.len() >= SAMPLE_RECORDS {
                break;
            }
            counts.push(0);
            row = field.row;
        }
        if let Some(last) = counts.last_mut() {
            *last = field.column;
        }
    }
    counts
}

fn fill(builder: &mut Builder<'_>, text: &str, delimiter: u8, skipped: u32) -> Result<(), TableError> {
    let mut splitter = Splitter::new(text, delimiter);
    splitter.row = splitter.row.saturating_add(skipped);
    splitter.line = splitter.line.saturating_add(u64::from(skipped));
    while let Some(field) = splitter.next()? {
        let (kind, shown) = kind_of(&field.text);
        builder.cell(field.row, field.column, kind, shown)?;
    }
    Ok(())
}

/// Formulas begin with `=`. Two spellings mean a text after all: `="0012"`, which programs write to keep zeros,
/// and an apostrophe before a sign, which we write ourselves into files of refused rows.
pub(super) fn kind_of(field: &str) -> (CellKind, &str) {
    let trimmed = field.trim();
    if let Some(literal) = trimmed
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        && !literal.contains('"')
    {
        return (CellKind::Text, literal);
    }
    let bare = match trimmed.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => trimmed,
    };
    match bare.starts_with('=') {
        true => (CellKind::Formula, bare),
        false => (CellKind::Text, bare),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        read(text.as_bytes(), &ReadOptions::default()).unwrap()
    }

    #[test]
    fn the_delimiter_is_found_beside_prices_with_commas() {
        for (text, delimiter) in [
            ("sku;min\nA;38,740\nB;1,200\n", ';'),
            ("sku,min\nA,\"38,740.00\"\nB,12\n", ','),
            ("sku\tmin\tname\nA\t1\tx;y;z\nB\t2\tq,w\n", '\t'),
            ("sku|min\nA|1\n", '|'),
            ("sep=;\nsku;a,b,c\n", ';'),
            ("sku\nA\n", ','),
        ] {
            assert_eq!(table(text).delimiter, Some(delimiter), "{text:?}");
        }
    }

    #[test]
    fn rows_are_numbered_as_a_table_program_shows_them() {
        let table = table("sku;name\r\n\r\nA;\"two\r\nlines\"\r\nB;15\" screen\r\n");
        let rows: Vec<(u32, &str, &str)> = table
            .rows()
            .map(|row| (row.number(), row.cell(0).text, row.cell(1).text))
            .collect();
        assert_eq!(rows, [(3, "A", "two\r\nlines"), (4, "B", "15\" screen")]);
        assert_eq!(table.headers(), ["sku", "name"]);
    }

    #[test]
    fn an_open_quote_is_named_by_its_line() {
        let refusal = read(b"sku;name\nA;\"x\nB;y\nC;z\n", &ReadOptions::default()).unwrap_err();
        assert!(matches!(refusal, TableError::OpenQuote { line: 2 }), "{refusal}");
        assert!(read(b"sku;name\nA;\"say \"\"x\"\"\"\n", &ReadOptions::default()).is_ok());
    }

    #[test]
    fn formulas_are_marked_and_kept_zeros_are_texts() {
        let table = table("sku;min\n=\"0012\";=A1*2\n'-5;'=1+1\n");
        let cells: Vec<(CellKind, &str)> = table
            .rows()
            .flat_map(|row| [row.cell(0), row.cell(1)])
            .map(|cell| (cell.kind, cell.text))
            .collect();
        assert_eq!(
            cells,
            [
                (CellKind::Text, "0012"),
                (CellKind::Formula, "=A1*2"),
                (CellKind::Text, "-5"),
                (CellKind::Formula, "=1+1"),
            ]
        );
    }

    /// Cells without what follows the last filled one, and without rows that have none.
    fn filled(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
        let mut filled = Vec::new();
        for mut row in rows {
            while row.last().is_some_and(String::is_empty) {
                row.pop();
            }
            if !row.is_empty() {
                filled.push(row);
            }
        }
        filled
    }

    proptest::proptest! {
        #[test]
        fn fields_are_those_of_another_reader(text in "[ab\",;\n]{0,40}") {
            let Ok(table) = read(text.as_bytes(), &ReadOptions::default()) else { return Ok(()) };
            let delimiter = u8::try_from(table.delimiter.unwrap_or(',')).unwrap();
            let mut other = csv::ReaderBuilder::new();
            let mut other = other.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
            let trimmed = |cell: &str| cell.trim().to_owned();
            let expected = other.records().map(|record| record.unwrap().iter().map(trimmed).collect()).collect();
            let width = table.headers().len();
            let mut found = vec![table.headers().to_vec()];
            found.extend(table.rows().map(|row| (0..width).map(|at| row.cell(at).text.to_owned()).collect()));
            proptest::prop_assert_eq!(filled(found), filled(expected));
        }
    }
}
