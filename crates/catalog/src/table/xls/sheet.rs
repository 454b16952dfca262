//! Reads the cells of one Excel 97 sheet; refuses the sheet's own word on how large it is.

use super::{
    records::{Bytes, Record, Records, kind},
    strings,
    workbook::Workbook,
};
use crate::table::{
    CellKind, TableError, build::Builder, error::Countable, number_format::show, rows::too_many,
};

struct Found {
    row: u32,
    column: usize,
    kind: CellKind,
    text: String,
}

pub(super) fn read(
    stream: &[u8],
    start: usize,
    workbook: &Workbook,
    builder: &mut Builder<'_>,
) -> Result<(), TableError> {
    let mut records = Records::from(stream, start)?;
    let mut found: Vec<Found> = Vec::new();
    // Charts lie inside a sheet as streams of their own, with records that look like cells.
    let mut depth = 0_usize;
    while let Some(record) = records.next()? {
        match record.kind {
            kind::BEGIN => depth = depth.saturating_add(1),
            kind::END if depth <= 1 => break,
            kind::END => depth -= 1,
            _ if depth == 1 => cells(record, workbook, &mut found)?,
            _ => {}
        }
        if found.len() > builder.limits().cells {
            return Err(too_many(Countable::Cells, found.len(), builder.limits().cells));
        }
    }
    // Rows come in blocks whose cells may be sorted by record type instead of place.
    found.sort_by_key(|cell| (cell.row, cell.column));
    found.dedup_by_key(|cell| (cell.row, cell.column));
    for cell in found {
        builder.cell(cell.row, cell.column, cell.kind, &cell.text)?;
    }
    Ok(())
}

fn cells(record: Record<'_>, workbook: &Workbook, found: &mut Vec<Found>) -> Result<(), TableError> {
    if !matches!(
        record.kind,
        kind::FORMULA
            | kind::MUL_RK
            | kind::RICH_LABEL
            | kind::LABEL_SHARED
            | kind::NUMBER
            | kind::LABEL
            | kind::BOOL_OR_ERROR
            | kind::RK
    ) {
        return Ok(());
    }
    let mut data = Bytes::of(record.data);
    let row = u32::from(data.u16()?).saturating_add(1);
    let mut column = usize::from(data.u16()?);
    if record.kind != kind::MUL_RK {
        let (kind, text) = value(record.kind, data, workbook)?;
        found.push(Found {
            row,
            column,
            kind,
            text,
        });
        return Ok(());
    }
    // Pairs of format and number, then the last column.
    while data.rest.len() >= 6 {
        let (format, number) = (data.u16()?, data.u32()?);
        let (kind, text) = show(&rk(number).to_string(), workbook.style(format));
        found.push(Found {
            row,
            column,
            kind,
            text,
        });
        column = column.saturating_add(1);
    }
    Ok(())
}

/// The value of a record with one cell, from its format on.
fn value(record: u16, mut data: Bytes<'_>, workbook: &Workbook) -> Result<(CellKind, String), TableError> {
    let style = workbook.style(data.u16()?);
    Ok(match record {
        // What the formula is does not matter: it is refused, whatever it computes.
        kind::FORMULA => (CellKind::Formula, "=…".to_owned()),
        kind::NUMBER => show(&f64::from_bits(data.u64()?).to_string(), style),
        kind::RK => show(&rk(data.u32()?).to_string(), style),
        kind::LABEL_SHARED => {
            let index = data.u32()?;
            let text = usize::try_from(index)
                .ok()
                .and_then(|index| workbook.strings.get(index));
            let broken = || TableError::broken(format_args!("there is no shared text {index}"));
            (CellKind::Text, text.ok_or_else(broken)?.clone())
        }
        kind::LABEL | kind::RICH_LABEL => {
            let count = usize::from(data.u16()?);
            (CellKind::Text, strings::plain(&mut data, count)?)
        }
        _ => match (data.u8()?, data.u8()?) {
            (0, 0) => (CellKind::Bool, "FALSE".to_owned()),
            (_, 0) => (CellKind::Bool, "TRUE".to_owned()),
            (code, _) => (CellKind::Error, error_text(code).to_owned()),
        },
    })
}

/// A number in four bytes (MS-XLS §2.5.217): the upper thirty bits of a binary number or a whole number, either
/// perhaps in hundredths.
fn rk(word: u32) -> f64 {
    let number = if word & 2 != 0 {
        let whole = i32::from_le_bytes(word.to_le_bytes()) >> 2;
        f64::from(whole)
    } else {
        f64::from_bits(u64::from(word & !3) << 32)
    };
    if word & 1 != 0 { number / 100.0 } else { number }
}

const fn error_text(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}
