//! Streams the cells of one XLSX sheet into a table; refuses references that do not parse.

use super::strings::Strings;
use crate::table::{
    CellKind, TableError,
    build::Builder,
    number_format::{NumberStyle, show},
    package::Package,
    xml::append_text,
};
use quick_xml::events::{BytesStart, Event};

/// The cell that is being read.
#[derive(Default)]
struct Open {
    row: u32,
    column: usize,
    style: NumberStyle,
    kind: Stored,
    formula: bool,
    formula_text: String,
    value: String,
    inline: String,
}

/// How the value of a cell is stored (attribute `t`).
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Stored {
    #[default]
    Number,
    Shared,
    Inline,
    Plain,
    Bool,
    Error,
    IsoDate,
}

/// Which text is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Nothing,
    Value,
    Formula,
    Inline,
}

pub(super) fn read(
    package: &mut Package<'_>,
    part: &str,
    strings: &Strings,
    styles: &[NumberStyle],
    builder: &mut Builder<'_>,
) -> Result<(), TableError> {
    let mut xml = package.xml(part)?;
    let mut buffer = Vec::new();
    let mut open = Open::default();
    let mut within = Within::Nothing;
    let mut inside_data = false;
    loop {
        match xml.next(&mut buffer)? {
            Event::Eof => return Ok(()),
            Event::Start(element) => match element.local_name().as_ref() {
                "sheetData" => inside_data = true,
                "row" if inside_data => open.enter_row(&element)?,
                "c" if inside_data => open.enter_cell(&element, styles)?,
                "v" => within = Within::Value,
                "f" => {
                    open.formula = true;
                    within = Within::Formula;
                }
                "t" if open.kind == Stored::Inline => within = Within::Inline,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                // What follows the cells (validation, links) is not ours.
                "sheetData" => return Ok(()),
                "c" if inside_data => open.leave_cell(strings, builder)?,
                "v" | "f" | "t" => within = Within::Nothing,
                _ => {}
            },
            event => match within {
                Within::Nothing => {}
                Within::Value => append_text(&event, &mut open.value)?,
                Within::Formula => append_text(&event, &mut open.formula_text)?,
                Within::Inline => append_text(&event, &mut open.inline)?,
            },
        }
    }
}

impl Open {
    fn enter_row(&mut self, element: &BytesStart<'_>) -> Result<(), TableError> {
        let next = self.row.saturating_add(1);
        self.row = match raw(element, "r")? {
            Some(number) => number
                .parse()
                .map_err(|_| TableError::broken(format_args!("row {number:?}")))?,
            None => next,
        };
        self.column = 0;
        Ok(())
    }

    fn enter_cell(&mut self, element: &BytesStart<'_>, styles: &[NumberStyle]) -> Result<(), TableError> {
        self.kind = Stored::Number;
        self.style = NumberStyle::Plain;
        self.formula = false;
        self.formula_text.clear();
        self.value.clear();
        self.inline.clear();
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(TableError::broken)?;
            let value = attribute.value.as_ref();
            match attribute.key.as_ref() {
                "r" => {
                    let place = reference(value);
                    let broken = || TableError::broken(format_args!("cell {value:?}"));
                    (self.row, self.column) = place.ok_or_else(broken)?;
                }
                "s" => {
                    let style = value.parse::<usize>().ok().and_then(|style| styles.get(style));
                    self.style = style.copied().unwrap_or_default();
                }
                "t" => self.kind = stored(value)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn leave_cell(&mut self, strings: &Strings, builder: &mut Builder<'_>) -> Result<(), TableError> {
        let (row, column) = (self.row, self.column);
        self.column = column.saturating_add(1);
        if self.formula {
            let text = format!("={}", self.formula_text);
            return builder.cell(row, column, CellKind::Formula, &text);
        }
        let value = self.value.as_str();
        match self.kind {
            Stored::Number => {
                if value.trim().is_empty() {
                    return Ok(());
                }
                let (kind, text) = show(value, self.style);
                builder.cell(row, column, kind, &text)
            }
            Stored::Shared => {
                let text = value.trim().parse().ok().and_then(|index| strings.get(index));
                let broken = || TableError::broken(format_args!("there is no shared text {value:?}"));
                builder.cell(row, column, CellKind::Text, text.ok_or_else(broken)?)
            }
            Stored::Inline => builder.cell(row, column, CellKind::Text, &self.inline),
            Stored::Plain => builder.cell(row, column, CellKind::Text, value),
            Stored::Bool => {
                let text = if matches!(value.trim(), "1" | "true") {
                    "TRUE"
                } else {
                    "FALSE"
                };
                builder.cell(row, column, CellKind::Bool, text)
            }
            Stored::Error => builder.cell(row, column, CellKind::Error, value),
            Stored::IsoDate => builder.cell(row, column, CellKind::Date, value),
        }
    }
}

fn raw(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, TableError> {
    crate::table::attribute(element, name)
}

fn stored(kind: &str) -> Result<Stored, TableError> {
    Ok(match kind {
        "n" => Stored::Number,
        "s" => Stored::Shared,
        "inlineStr" => Stored::Inline,
        "str" => Stored::Plain,
        "b" => Stored::Bool,
        "e" => Stored::Error,
        "d" => Stored::IsoDate,
        other => return Err(TableError::broken(format_args!("cell type {other:?}"))),
    })
}

/// `B7` as row 7 and column 1.
fn reference(text: &str) -> Option<(u32, usize)> {
    let digits = text.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = text.split_at_checked(digits)?;
    let mut column = 0_usize;
    for letter in letters.bytes() {
        let place = letter
            .to_ascii_uppercase()
            .checked_sub(b'A')
            .filter(|place| *place < 26)?;
        column = column
            .checked_mul(26)?
            .checked_add(usize::from(place).saturating_add(1))?;
    }
    let row: u32 = row.parse().ok()?;
    Some((row.checked_sub(1)?.saturating_add(1), column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn references_are_read_and_nonsense_is_not() {
        assert_eq!(reference("A1"), Some((1, 0)));
        assert_eq!(reference("AB12"), Some((12, 27)));
        for nonsense in [
            "",
            "A",
            "1",
            "A0",
            "Ж1",
            "A-1",
            "ZZZZZZZZZZZZZZZZZZZZ1",
            "A99999999999",
        ] {
            assert_eq!(reference(nonsense), None, "{nonsense}");
        }
    }
}
