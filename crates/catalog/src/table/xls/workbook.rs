//! Reads what all sheets of an Excel 97 workbook share: names, texts, number formats; refuses passwords.

use super::{
    records::{Bytes, Records, kind},
    strings,
};
use crate::table::{
    TableError, TableLimits,
    error::Countable,
    number_format::{NumberStyle, built_in, custom},
    rows::too_many,
};
use std::collections::BTreeMap;

pub(super) struct Workbook {
    pub sheets: Vec<SheetEntry>,
    pub strings: Vec<String>,
    styles: Vec<NumberStyle>,
}

pub(super) struct SheetEntry {
    pub name: String,
    /// Where the sheet's records begin in the stream.
    pub start: usize,
    pub visible: bool,
}

impl Workbook {
    pub fn style(&self, cell_format: u16) -> NumberStyle {
        self.styles
            .get(usize::from(cell_format))
            .copied()
            .unwrap_or_default()
    }
}

const EXCEL_97: u16 = 0x0600;

pub(super) fn read(stream: &[u8], limits: &TableLimits) -> Result<Workbook, TableError> {
    let mut workbook = Workbook {
        sheets: Vec::new(),
        strings: Vec::new(),
        styles: Vec::new(),
    };
    let mut written: BTreeMap<u16, NumberStyle> = BTreeMap::new();
    let mut format_ids: Vec<u16> = Vec::new();
    let mut records = Records::from(stream, 0)?;
    while let Some(record) = records.next()? {
        let mut data = Bytes::of(record.data);
        match record.kind {
            kind::BEGIN if data.u16()? != EXCEL_97 => return Err(TableError::UnknownFormat("Excel 95")),
            kind::FILE_PASS => return Err(TableError::Password),
            kind::BOUND_SHEET => {
                if workbook.sheets.len() >= limits.sheets {
                    let found = workbook.sheets.len().saturating_add(1);
                    return Err(too_many(Countable::Sheets, found, limits.sheets));
                }
                workbook.sheets.extend(sheet_entry(&mut data)?);
            }
            kind::SHARED_STRINGS => {
                let mut parts = vec![record.data];
                parts.extend(records.continuations()?);
                workbook.strings = strings::shared(parts, limits)?;
            }
            kind::NUMBER_FORMAT => {
                let (id, count) = (data.u16()?, usize::from(data.u16()?));
                written.insert(id, custom(&strings::plain(&mut data, count)?));
            }
            kind::CELL_FORMAT => {
                data.u16()?;
                format_ids.push(data.u16()?);
            }
            kind::END => break,
            _ => {}
        }
    }
    workbook.styles = format_ids
        .into_iter()
        .map(|id| written.get(&id).copied().unwrap_or_else(|| built_in(id)))
        .collect();
    Ok(workbook)
}

/// Sheets with a chart or a macro alone are passed over.
fn sheet_entry(data: &mut Bytes<'_>) -> Result<Option<SheetEntry>, TableError> {
    let start = usize::try_from(data.u32()?).map_err(TableError::broken)?;
    let (hidden, sort) = (data.u8()? & 3, data.u8()?);
    let count = usize::from(data.u8()?);
    let name = strings::plain(data, count)?;
    Ok((sort == 0).then_some(SheetEntry {
        name,
        start,
        visible: hidden == 0,
    }))
}
