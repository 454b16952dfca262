//! Reads text tables: finds the delimiter, keeps line numbers, names an open quote; refuses ragged guesses about types.

use super::{CellKind, FileFormat, ReadOptions, Table, TableError, build::Builder, decode};

/// In the order in which a draw is decided.
const DELIMITERS: [u8; 4] = [b';', b'\t', b',', b'|'];
const SAMPLE_RECORDS: usize = 60;

pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Table, TableError> {
    let decoded = decode(bytes)?;
    let whole = decoded.text.as_ref();
    // Very old programs end lines with a carriage return alone.
    let replaced = (!whole.contains('\n') && whole.contains('\r')).then(|| whole.replace('\r', "\n"));
    let whole = replaced.as_deref().unwrap_or(whole);
    let (declared, text, skipped_lines) = declared_delimiter(whole);
    let delimiter = declared.unwrap_or_else(|| find_delimiter(text));
    let mut builder = Builder::new(&options.limits);
    fill(&mut builder, text, delimiter, skipped_lines)?;
    if builder.is_empty() {
        return Err(TableError::Empty);
    }
    let mut table = Table::assemble(builder, FileFormat::Text, options.is_header);
    table.encoding = Some(decoded.encoding);
    table.delimiter = Some(char::from(delimiter));
    Ok(table)
}

/// Excel writes and reads a first line `sep=;`.
fn declared_delimiter(text: &str) -> (Option<u8>, &str, u64) {
    let Some(rest) = text.strip_prefix("sep=") else { return (None, text, 0) };
    let mut bytes = rest.bytes();
    let delimiter = bytes.next().filter(|byte| DELIMITERS.contains(byte));
    let Some(delimiter) = delimiter else { return (None, text, 0) };
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

/// Where we are with quotes, as table programs understand them: a quote opens a field only at its start (15"
/// screens have none), and a doubled one inside stands for itself.
struct Quotes {
    delimiter: u8,
    open: bool,
    field_start: bool,
    just_closed: bool,
}

impl Quotes {
    const fn new(delimiter: u8) -> Self {
        Self { delimiter, open: false, field_start: true, just_closed: false }
    }

    /// Takes the next byte and tells whether it lies outside of quotes.
    const fn step(&mut self, byte: u8) -> bool {
        if byte == b'"' && (self.open || self.field_start || self.just_closed) {
            self.just_closed = self.open;
            self.open = !self.open;
            self.field_start = false;
            return false;
        }
        self.just_closed = false;
        self.field_start = !self.open && (byte == self.delimiter || byte == b'\n');
        !self.open
    }
}

fn delimiters_per_record(text: &str, delimiter: u8) -> Vec<usize> {
    let mut counts = Vec::new();
    let mut quotes = Quotes::new(delimiter);
    let mut count = 0_usize;
    for byte in text.bytes() {
        if !quotes.step(byte) {
            continue;
        }
        if byte == delimiter {
            count += 1;
        } else if byte == b'\n' {
            counts.push(count);
            count = 0;
            if counts.len() >= SAMPLE_RECORDS {
                return counts;
            }
        }
    }
    counts.push(count);
    counts
}

fn fill(builder: &mut Builder<'_>, text: &str, delimiter: u8, skipped_lines: u64) -> Result<(), TableError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    // Line breaks inside quotes make lines, but no rows of the table program.
    let mut inner_breaks = 0_u64;
    let mut last_start = 0_usize;
    loop {
        let position = reader.position().clone();
        if !reader.read_record(&mut record).map_err(TableError::broken)? {
            break;
        }
        let started = record.position().unwrap_or(&position);
        last_start = usize::try_from(started.byte()).unwrap_or(usize::MAX);
        let line = started.line().saturating_add(skipped_lines);
        let number = u32::try_from(line.saturating_sub(inner_breaks)).map_err(TableError::broken)?;
        for (column, field) in record.iter().enumerate() {
            let (kind, shown) = kind_of(field);
            builder.cell(number, column, kind, shown).map_err(|error| name_quote(error, text, last_start, delimiter))?;
            let breaks = field.bytes().filter(|byte| *byte == b'\n').count();
            inner_breaks = inner_breaks.saturating_add(u64::try_from(breaks).unwrap_or(0));
        }
    }
    match open_quote(text, last_start, delimiter) {
        Some(line) => Err(TableError::OpenQuote { line: line.saturating_add(skipped_lines) }),
        None => Ok(()),
    }
}

/// A cell without an end is most often a quote without an end.
fn name_quote(error: TableError, text: &str, start: usize, delimiter: u8) -> TableError {
    match (&error, open_quote(text, start, delimiter)) {
        (TableError::CellTooLong { .. }, Some(line)) => TableError::OpenQuote { line },
        _ => error,
    }
}

/// The line of the quote that is still open at the end of the text, looking from the last record on.
fn open_quote(text: &str, from: usize, delimiter: u8) -> Option<u64> {
    let before = text.as_bytes().get(..from)?;
    let mut line = before.iter().filter(|byte| **byte == b'\n').count();
    let mut opened_in = line;
    let mut quotes = Quotes::new(delimiter);
    for byte in text.as_bytes().get(from..)? {
        let was_open = quotes.open;
        quotes.step(*byte);
        if quotes.open && !was_open {
            opened_in = line;
        }
        if *byte == b'\n' {
            line += 1;
        }
    }
    let line = u64::try_from(opened_in).ok()?.saturating_add(1);
    quotes.open.then_some(line)
}

/// Formulas begin with `=`. Two spellings mean a text after all: `="0012"`, which programs write to keep zeros,
/// and an apostrophe before a sign, which we write ourselves into files of refused rows.
fn kind_of(field: &str) -> (CellKind, &str) {
    let trimmed = field.trim();
    if let Some(literal) = trimmed.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'))
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
        let rows: Vec<(u32, &str, &str)> =
            table.rows().map(|row| (row.number(), row.cell(0).text, row.cell(1).text)).collect();
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
        let cells: Vec<Cell2> = table.rows().flat_map(|row| [row.cell(0), row.cell(1)]).map(|c| (c.kind, c.text)).collect();
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

    type Cell2<'t> = (CellKind, &'t str);
}
