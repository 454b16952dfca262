//! Streams the cells of an OpenDocument sheet into a table; refuses to repeat rows further than the limits.

use super::{
    CellKind, FileFormat, ReadOptions, Table, TableError, attribute,
    build::Builder,
    error::Countable,
    number_format::{NumberStyle, show},
    package::Package,
    rows::too_many,
    xml::append_text,
};
use quick_xml::events::{BytesStart, Event};

const CONTENT: &str = "content.xml";

pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Table, TableError> {
    let mut package = Package::open(bytes, &options.limits)?;
    let manifest = package.small_text("META-INF/manifest.xml")?;
    if manifest.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(TableError::Password);
    }
    read_content(&mut package, options).map_err(|error| package.name_limits(error))
}

fn read_content(package: &mut Package<'_>, options: &ReadOptions) -> Result<Table, TableError> {
    let mut builder = Builder::new(&options.limits);
    let mut names = Vec::new();
    let mut chosen = None;
    let mut sheet = Sheet::default();
    let mut buffer = Vec::new();
    let mut xml = package.xml(CONTENT)?;
    loop {
        match xml.next(&mut buffer)? {
            Event::Eof => break,
            Event::Start(element) if element.local_name().as_ref() == "table" && !sheet.inside => {
                let name = attribute(&element, "name")?.unwrap_or_default();
                if names.len() >= options.limits.sheets {
                    return Err(too_many(
                        Countable::Sheets,
                        names.len().saturating_add(1),
                        options.limits.sheets,
                    ));
                }
                names.push(name.clone());
                let wanted = options.sheet.as_ref().is_none_or(|wanted| *wanted == name);
                sheet = Sheet {
                    inside: true,
                    name,
                    taken: wanted && chosen.is_none(),
                    ..Sheet::default()
                };
            }
            Event::End(element) if element.local_name().as_ref() == "table" && sheet.inside => {
                sheet.inside = false;
                if sheet.taken && (!builder.is_empty() || options.sheet.is_some()) {
                    chosen = Some(sheet.name.clone());
                }
            }
            event if sheet.inside && sheet.taken => sheet.take(&event, &mut builder)?,
            _ => {}
        }
    }
    match (&options.sheet, &chosen) {
        (Some(wanted), None) => Err(TableError::NoSheet(wanted.clone())),
        _ if builder.is_empty() => Err(TableError::Empty),
        _ => {
            let mut table = Table::assemble(builder, FileFormat::Ods, options.is_header);
            table.sheet = chosen;
            table.sheets = names;
            Ok(table)
        }
    }
}

/// The sheet that is being read. Rows are kept until their end, because a row may stand for many.
#[derive(Default)]
struct Sheet {
    inside: bool,
    taken: bool,
    name: String,
    /// Rows before the current one.
    rows_before: u32,
    row_repeats: u32,
    row: Vec<(usize, CellKind, String)>,
    column: usize,
    cell: Option<OpenCell>,
    /// Elements open inside an annotation or a drawing, whose texts are not the cell's.
    aside_depth: usize,
    in_paragraph: bool,
}

struct OpenCell {
    kind: String,
    value: Option<String>,
    formula: Option<String>,
    repeats: usize,
    text: String,
    paragraphs: usize,
}

impl Sheet {
    fn take(&mut self, event: &Event<'_>, builder: &mut Builder<'_>) -> Result<(), TableError> {
        match event {
            Event::Start(element) => self.start(element),
            Event::End(element) => self.end(element.local_name().as_ref(), builder),
            other => match &mut self.cell {
                Some(cell) if self.in_paragraph && self.aside_depth == 0 => {
                    append_text(other, &mut cell.text)
                }
                _ => Ok(()),
            },
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), TableError> {
        if self.aside_depth > 0 {
            self.aside_depth = self.aside_depth.saturating_add(1);
            return Ok(());
        }
        match element.local_name().as_ref() {
            "table-row" => {
                self.row_repeats = repeats(element, "number-rows-repeated")?;
                self.row.clear();
                self.column = 0;
            }
            "table-cell" | "covered-table-cell" => self.cell = Some(open_cell(element)?),
            "annotation" | "frame" | "shapes" => self.aside_depth = 1,
            "p" => {
                self.in_paragraph = true;
                if let Some(cell) = &mut self.cell {
                    if cell.paragraphs > 0 {
                        cell.text.push('\n');
                    }
                    cell.paragraphs = cell.paragraphs.saturating_add(1);
                }
            }
            "s" => self.push_space(element)?,
            "tab" | "line-break" => {
                if let Some(cell) = &mut self.cell {
                    cell.text.push(' ');
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// `<text:s text:c="3"/>` stands for three spaces; more than one means nothing to us.
    fn push_space(&mut self, element: &BytesStart<'_>) -> Result<(), TableError> {
        let count = repeats(element, "c")?;
        if let Some(cell) = &mut self.cell {
            for _ in 0..count.min(8) {
                cell.text.push(' ');
            }
        }
        Ok(())
    }

    fn end(&mut self, name: &str, builder: &mut Builder<'_>) -> Result<(), TableError> {
        if self.aside_depth > 0 {
            self.aside_depth -= 1;
            return Ok(());
        }
        match name {
            "p" => self.in_paragraph = false,
            "table-cell" | "covered-table-cell" => self.end_cell(builder)?,
            "table-row" => self.end_row(builder)?,
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self, builder: &Builder<'_>) -> Result<(), TableError> {
        let Some(cell) = self.cell.take() else {
            return Ok(());
        };
        let (kind, text) = shown(&cell);
        let from = self.column;
        self.column = from.saturating_add(cell.repeats);
        if kind == CellKind::Empty || text.trim().is_empty() && kind != CellKind::Formula {
            return Ok(());
        }
        let columns = builder.limits().columns;
        if self.column > columns {
            return Err(too_many(Countable::Columns, self.column, columns));
        }
        for column in from..self.column {
            self.row.push((column, kind, text.clone()));
        }
        Ok(())
    }

    fn end_row(&mut self, builder: &mut Builder<'_>) -> Result<(), TableError> {
        let from = self.rows_before;
        self.rows_before = from.saturating_add(self.row_repeats);
        if self.row.is_empty() {
            return Ok(());
        }
        for number in from..self.rows_before {
            for (column, kind, text) in &self.row {
                builder.cell(number.saturating_add(1), *column, *kind, text)?;
            }
        }
        Ok(())
    }
}

fn open_cell(element: &BytesStart<'_>) -> Result<OpenCell, TableError> {
    let mut cell = OpenCell {
        kind: String::new(),
        value: None,
        formula: attribute(element, "formula")?,
        repeats: usize::try_from(repeats(element, "number-columns-repeated")?).unwrap_or(usize::MAX),
        text: String::new(),
        paragraphs: 0,
    };
    // `calcext:value-type` repeats `office:value-type` and may differ; the first one is the office one.
    cell.kind = attribute(element, "value-type")?.unwrap_or_default();
    let value = match cell.kind.as_str() {
        "float" | "percentage" | "currency" => "value",
        "date" => "date-value",
        "boolean" => "boolean-value",
        "string" => "string-value",
        "time" => "time-value",
        _ => return Ok(cell),
    };
    cell.value = attribute(element, value)?;
    Ok(cell)
}

fn shown(cell: &OpenCell) -> (CellKind, String) {
    if let Some(formula) = &cell.formula {
        let bare = formula
            .split_once(":=")
            .map_or(formula.trim_start_matches('='), |(_, rest)| rest);
        return (CellKind::Formula, format!("={bare}"));
    }
    let value = cell.value.clone();
    match cell.kind.as_str() {
        "float" | "currency" => value.map_or((CellKind::Empty, String::new()), |value| {
            show(&value, NumberStyle::Plain)
        }),
        "percentage" => value.map_or((CellKind::Empty, String::new()), |value| {
            show(&value, NumberStyle::Percent)
        }),
        "date" | "time" => (CellKind::Date, value.unwrap_or_else(|| cell.text.clone())),
        "boolean" => (CellKind::Bool, value.unwrap_or_default().to_uppercase()),
        _ => (CellKind::Text, value.unwrap_or_else(|| cell.text.clone())),
    }
}

fn repeats(element: &BytesStart<'_>, name: &str) -> Result<u32, TableError> {
    match attribute(element, name)? {
        None => Ok(1),
        Some(count) => count
            .parse()
            .map_err(|_| TableError::broken(format_args!("{name} {count:?}"))),
    }
}
