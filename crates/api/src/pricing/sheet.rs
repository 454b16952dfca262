//! A table as CSV, XLSX or JSON. Refuses cells that a table program would run.

use crate::shape::{Download, FileFormat};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use sauda_edge::Refusal;
use sauda_kernel::{Kind, Public};
use serde_json::{Map, Value};

/// A table of plain values.
pub(super) struct Sheet {
    pub name: String,
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<Value>>,
}

impl Sheet {
    pub(super) fn download(self, format: FileFormat) -> Result<Download, Refusal> {
        let failed = |error: String| {
            tracing::error!(error, "a table could not be written");
            Refusal::new(Kind::Bug, Public::new("bug"))
        };
        let (content_type, extension, bytes) = match format {
            FileFormat::Csv => ("text/csv; charset=utf-8", "csv", self.csv().into_bytes()),
            FileFormat::Xlsx => {
                let bytes = self.xlsx().map_err(|error| failed(error.to_string()))?;
                (
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    "xlsx",
                    bytes,
                )
            }
            FileFormat::Json => {
                let bytes = serde_json::to_vec(&self.json()).map_err(|error| failed(error.to_string()))?;
                ("application/json", "json", bytes)
            }
        };
        Ok(Download {
            name: format!("{}.{extension}", self.name),
            content_type,
            bytes,
        })
    }

    /// UTF-8 with a byte order mark and semicolons, as table programs of this country open it.
    fn csv(&self) -> String {
        let mut text = String::from("\u{feff}");
        text.push_str(&self.columns.join(";"));
        for row in &self.rows {
            text.push_str("\r\n");
            let cells: Vec<String> = row.iter().map(cell).collect();
            text.push_str(&cells.join(";"));
        }
        text.push_str("\r\n");
        text
    }

    fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let bold = Format::new().set_bold();
        for (column, name) in (0_u16..).zip(&self.columns) {
            sheet.write_string_with_format(0, column, *name, &bold)?;
        }
        for (line, row) in (1_u32..).zip(&self.rows) {
            for (column, value) in (0_u16..).zip(row) {
                match value {
                    Value::Null => {}
                    Value::Bool(yes) => {
                        sheet.write_boolean(line, column, *yes)?;
                    }
                    // A number of ours has at most fifteen digits: a table program keeps it exactly.
                    Value::Number(number) => {
                        sheet.write_number(line, column, number.as_f64().unwrap_or_default())?;
                    }
                    other => {
                        sheet.write_string(line, column, text(other))?;
                    }
                }
            }
        }
        book.save_to_buffer()
    }

    fn json(&self) -> Vec<Map<String, Value>> {
        self.rows
            .iter()
            .map(|row| {
                self.columns
                    .iter()
                    .map(|name| (*name).to_owned())
                    .zip(row.iter().cloned())
                    .collect()
            })
            .collect()
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn cell(value: &Value) -> String {
    let plain = text(value);
    let runs = matches!(value, Value::String(_)) && plain.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guarded = if runs { format!("'{plain}") } else { plain };
    if guarded.contains([';', '"', '\n', '\r', ',']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sheet() -> Sheet {
        Sheet {
            name: "x".to_owned(),
            columns: vec!["title", "price_tenge"],
            rows: vec![vec![json!("=1+1; \"a\""), json!(-5)], vec![Value::Null, json!(7)]],
        }
    }

    #[test]
    fn cells_do_not_run_and_do_not_flow_into_each_other() {
        assert_eq!(
            sheet().csv(),
            "\u{feff}title;price_tenge\r\n\"'=1+1; \"\"a\"\"\";-5\r\n;7\r\n"
        );
    }

    #[test]
    fn a_workbook_and_json_hold_the_same() {
        assert_eq!(sheet().xlsx().unwrap().get(..2), Some(b"PK".as_slice()));
        assert_eq!(
            serde_json::to_value(sheet().json()).unwrap(),
            json!([{"title": "=1+1; \"a\"", "price_tenge": -5}, {"title": null, "price_tenge": 7}])
        );
    }
}
