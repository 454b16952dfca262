//! Reads sheets of Excel 97–2003; refuses older editions, passwords, and every number the file declares about itself.

mod container;
mod records;
mod sheet;
mod strings;
mod workbook;

use super::{FileFormat, ReadOptions, Table, TableError, build::Builder};

pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Table, TableError> {
    let stream = container::workbook_stream(bytes)?;
    let workbook = workbook::read(&stream, &options.limits)?;
    let names: Vec<String> = workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    for entry in &workbook.sheets {
        let wanted = match &options.sheet {
            Some(name) => *name == entry.name,
            None => entry.visible,
        };
        if !wanted {
            continue;
        }
        let mut builder = Builder::new(&options.limits);
        sheet::read(&stream, entry.start, &workbook, &mut builder)?;
        if builder.is_empty() && options.sheet.is_none() {
            continue;
        }
        if builder.is_empty() {
            return Err(TableError::Empty);
        }
        let mut table = Table::assemble(builder, FileFormat::Xls, options.is_header);
        table.sheet = Some(entry.name.clone());
        table.sheets = names;
        return Ok(table);
    }
    match &options.sheet {
        Some(name) => Err(TableError::NoSheet(name.clone())),
        None => Err(TableError::Empty),
    }
}
