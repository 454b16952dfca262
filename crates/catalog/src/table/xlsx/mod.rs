//! Reads XLSX sheets as a stream of cells; refuses to compute, to follow links, or to hold what it does not need.

mod cells;
mod strings;
mod styles;
mod workbook;

use super::{FileFormat, ReadOptions, Table, TableError, build::Builder, package::Package};

pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Table, TableError> {
    let mut package = Package::open(bytes, &options.limits)?;
    read_package(&mut package, options).map_err(|error| package.name_limits(error))
}

fn read_package(package: &mut Package<'_>, options: &ReadOptions) -> Result<Table, TableError> {
    let workbook = workbook::read(package, &options.limits)?;
    let styles = styles::read(package, &workbook)?;
    let strings = strings::read(package, &workbook, &options.limits)?;
    let names: Vec<String> = workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    for sheet in &workbook.sheets {
        let wanted = match &options.sheet {
            Some(name) => *name == sheet.name,
            None => sheet.visible,
        };
        if !wanted {
            continue;
        }
        let mut builder = Builder::new(&options.limits);
        cells::read(package, &sheet.part, &strings, &styles, &mut builder)?;
        if builder.is_empty() && options.sheet.is_none() {
            continue;
        }
        if builder.is_empty() {
            return Err(TableError::Empty);
        }
        let mut table = Table::assemble(builder, FileFormat::Xlsx, options.is_header);
        table.sheet = Some(sheet.name.clone());
        table.sheets = names;
        return Ok(table);
    }
    match &options.sheet {
        Some(name) => Err(TableError::NoSheet(name.clone())),
        None => Err(TableError::Empty),
    }
}
