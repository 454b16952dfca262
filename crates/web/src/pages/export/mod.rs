//! Lists as files: what the filter finds, as CSV, Excel or JSON; the history of a price; a table to fill in. Refuses to let
//! a cell run as a formula.

mod board;
mod history;
mod template;

use crate::door::Desk;
use axum::{
    Router,
    http::{HeaderName, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use sauda_edge::Refusal;
use sauda_kernel::{Kind, Public};

pub(crate) use template::template;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/s/{shop}/prices/export.csv", get(board::csv))
        .route("/s/{shop}/prices/export.xlsx", get(board::xlsx))
        .route("/s/{shop}/prices/export.json", get(board::json))
        .route("/s/{shop}/prices/{offer}/history.xlsx", get(history::xlsx))
}

/// One cell of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    Number(i64),
    /// Basis points, shown as a share.
    Share(i32),
    Nothing,
}

impl Cell {
    fn number(value: Option<i64>) -> Self {
        value.map_or(Self::Nothing, Self::Number)
    }
    fn text(value: Option<String>) -> Self {
        value.map_or(Self::Nothing, Self::Text)
    }
}

/// `Content-Disposition` of a file to keep. Names are of our making: letters, digits, dots and dashes.
pub(crate) fn attachment(name: &str) -> (HeaderName, String) {
    (
        header::CONTENT_DISPOSITION,
        format!("attachment; filename=\"{name}\""),
    )
}

fn broken(what: &dyn std::fmt::Display) -> Refusal {
    tracing::error!("a file could not be written: {what}");
    Refusal::new(Kind::Bug, Public::new("bug"))
}

/// A table program would run a text that begins so.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// CSV as table programs of this country open it: UTF-8 with a mark, semicolons.
pub(crate) fn csv_text(rows: &[Vec<String>], begins: bool) -> Result<Vec<u8>, Refusal> {
    let out = if begins {
        "\u{feff}".as_bytes().to_vec()
    } else {
        Vec::new()
    };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    for row in rows {
        writer
            .write_record(row.iter().map(|cell| harmless(cell)))
            .map_err(|error| broken(&error))?;
    }
    writer.into_inner().map_err(|error| broken(&error))
}

/// A small CSV file.
pub(crate) fn csv_file(name: &str, rows: &[Vec<String>]) -> Result<Response, Refusal> {
    let text = csv_text(rows, true)?;
    Ok((
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            attachment(name),
        ],
        text,
    )
        .into_response())
}

/// One sheet of a workbook.
pub(crate) struct Sheet {
    pub name: String,
    pub headers: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
    /// Widths in characters.
    pub widths: Vec<u32>,
}

/// An Excel file; written beside the tasks that answer people.
pub(crate) async fn workbook(name: &str, sheets: Vec<Sheet>) -> Result<Response, Refusal> {
    let written = tokio::task::spawn_blocking(move || write(sheets)).await;
    let bytes = match written {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) => return Err(broken(&error)),
        Err(error) => return Err(broken(&error)),
    };
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned();
    Ok(([(header::CONTENT_TYPE, kind), attachment(name)], bytes).into_response())
}

fn write(sheets: Vec<Sheet>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(&sheet.name)?;
        page.set_freeze_panes(1, 1)?;
        for (column, name) in (0_u16..).zip(&sheet.headers) {
            page.write_with_format(0, column, name, &Format::new().set_bold())?;
        }
        for (column, width) in (0_u16..).zip(&sheet.widths) {
            page.set_column_width(column, *width)?;
        }
        for (row, cells) in (1_u32..).zip(sheet.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                put(page, row, column, cell)?;
            }
        }
    }
    book.save_to_buffer()
}

fn put(page: &mut Worksheet, row: u32, column: u16, cell: Cell) -> Result<(), XlsxError> {
    let format = |shape| Format::new().set_num_format(shape);
    match cell {
        Cell::Nothing => {}
        Cell::Text(text) => {
            page.write_string(row, column, text)?;
        }
        Cell::Number(number) => {
            page.write_number_with_format(row, column, approximate(number), &format("#,##0"))?;
        }
        Cell::Share(share) => {
            page.write_number_with_format(row, column, f64::from(share) / 10_000.0, &format("0.0%"))?;
        }
    }
    Ok(())
}

/// Workbooks know doubles only; whole numbers up to 2^53 are exact in them, and prices end at a billion.
#[expect(
    clippy::as_conversions,
    reason = "exact for whole numbers inside ±2^53, which every price and count is"
)]
fn approximate(number: i64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_a_file_never_run() {
        let rows = vec![vec![
            "=1+1".to_owned(),
            "-5".to_owned(),
            "Чай; «чёрный»".to_owned(),
        ]];
        let text = String::from_utf8(csv_text(&rows, true).unwrap()).unwrap();
        assert_eq!(text, "\u{feff}'=1+1;'-5;\"Чай; «чёрный»\"\r\n");
    }
}
