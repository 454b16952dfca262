//! Rows of a file as they are mended on the step of the check. Refuses to judge a cell.

use super::parts::{Form, Told};
use serde::Serialize;

/// A refused row with its wrong cells as fields of the form.
#[derive(Debug, Clone, Serialize)]
pub struct BadRow {
    pub row: i64,
    pub sku: String,
    /// What the product is called, where the row says it.
    pub title: String,
    pub cells: Vec<BadCell>,
}

/// A cell to type anew.
#[derive(Debug, Clone, Serialize)]
pub struct BadCell {
    /// Of the field in the form.
    pub name: String,
    /// Name of the column.
    pub label: String,
}

/// A row that somebody mended or left out.
#[derive(Debug, Clone, Serialize)]
pub struct MendedRow {
    pub row: i64,
    pub is_left_out: bool,
    pub cells: Vec<MendedCell>,
}

/// What a cell was and is.
#[derive(Debug, Clone, Serialize)]
pub struct MendedCell {
    pub label: String,
    pub was: String,
    pub now: String,
}

/// Name of a cell's field in the form.
pub fn cell_name(row: u32, column: usize) -> String {
    format!("c{row}_{column}")
}

/// Rows of a sample: a wrong stock, and two rows with one article.
pub(super) fn samples() -> (Vec<BadRow>, Vec<MendedRow>, Form) {
    let cell = |name: &str, label: &str| BadCell {
        name: name.to_owned(),
        label: label.to_owned(),
    };
    let row = |row, sku: &str, title: &str, cells| BadRow {
        row,
        sku: sku.to_owned(),
        title: title.to_owned(),
        cells,
    };
    let said = |code: &'static str, row: i64, column: &str, value: &str| {
        Told::new(code)
            .arg("row", row)
            .arg("column", column)
            .arg("value", value)
    };
    let form = Form::of(&[("c18_3", ">5"), ("c18_5", "9,5 г"), ("c41_0", "QDM-LT-43")])
        .refuse(
            "c18_3",
            said("import-product-stock-inexact", 18, "Stock_entered", ">5"),
        )
        .refuse(
            "c18_5",
            said("import-product-weight-unclear", 18, "Weight_kg", "9,5 г"),
        )
        .refuse(
            "c41_0",
            said("import-sku-repeated", 41, "SKU_ID", "QDM-LT-43")
                .arg("other", 44)
                .arg("rows", 2),
        );
    let bad = vec![
        row(
            18,
            "QDM-LT-41",
            "Кеды Qadam",
            vec![cell("c18_3", "Stock_entered"), cell("c18_5", "Weight_kg")],
        ),
        row(41, "QDM-LT-43", "", vec![cell("c41_0", "SKU_ID")]),
    ];
    let mended = vec![
        MendedRow {
            row: 7,
            is_left_out: false,
            cells: vec![MendedCell {
                label: "Initial_KSP_Price".to_owned(),
                was: "0".to_owned(),
                now: "38 740".to_owned(),
            }],
        },
        MendedRow {
            row: 9,
            is_left_out: true,
            cells: Vec::new(),
        },
    ];
    (bad, mended, form)
}
