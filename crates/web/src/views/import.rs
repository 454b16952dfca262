//! Import of limits and costs: file, columns and check, done. Refuses to read files.

use super::{
    Sample, View,
    bulk::BulkGoing,
    parts::{Form, Told, sample},
};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// First step.
#[derive(Debug, Clone, Serialize)]
pub struct ImportFile {
    pub form: Form,
    pub max_mib: i64,
    pub max_rows: i64,
    /// Earlier imports: id, file, when, changed.
    pub recent: Vec<RecentImport>,
}

/// An earlier import.
#[derive(Debug, Clone, Serialize)]
pub struct RecentImport {
    pub id: String,
    pub file: String,
    pub at: Timestamp,
    pub by: String,
    pub changed: i64,
}

impl View for ImportFile {
    const TEMPLATE: &'static str = "pages/import_file.html";
    fn samples() -> Vec<Sample<Self>> {
        let recent = RecentImport {
            id: "imp_1".to_owned(),
            file: "границы ноябрь.xlsx".to_owned(),
            at: sample::days_ago(1),
            by: "Данияр".to_owned(),
            changed: 1_204,
        };
        let normal = Self {
            form: Form::default(),
            max_mib: 20,
            max_rows: 200_000,
            recent: vec![recent],
        };
        let wrong = Self {
            form: Form::default().refuse(
                "file",
                Told::new("web-file-too-large").arg("size", 1_024).arg("max", 20),
            ),
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new(
                "first",
                Self {
                    recent: Vec::new(),
                    ..normal
                },
            ),
            Sample::new("too-large", wrong),
        ]
    }
}

/// A column of the file and what it is taken for.
#[derive(Debug, Clone, Serialize)]
pub struct ImportColumn {
    pub index: usize,
    pub name: String,
    /// `sku`, `min`, `max`, `cost`, `strategy`, `step`, or nothing.
    pub field: String,
    pub examples: Vec<String>,
}

/// A row with a remark.
#[derive(Debug, Clone, Serialize)]
pub struct ImportRow {
    pub row: i64,
    pub sku: String,
    /// Name of the column to blame.
    pub column: Option<String>,
    pub value: Option<String>,
    /// Text is `err-<word>`.
    pub said: Told,
}

/// Second and third step on one page: columns, and the check of every row.
#[derive(Debug, Clone, Serialize)]
pub struct ImportCheck {
    pub id: String,
    pub file: String,
    pub encoding: Option<String>,
    pub columns: Vec<ImportColumn>,
    pub fields: Vec<&'static str>,
    /// Required fields that no column is taken for.
    pub missing: Vec<&'static str>,
    pub rows: i64,
    pub ready: i64,
    pub unchanged: i64,
    pub warned: i64,
    pub refused: i64,
    pub warnings: Vec<ImportRow>,
    pub refusals: Vec<ImportRow>,
    pub form: Form,
}

/// Fields that a column may stand for.
pub const FIELDS: [&str; 6] = ["sku", "min", "max", "cost", "strategy", "step"];

impl View for ImportCheck {
    const TEMPLATE: &'static str = "pages/import_check.html";
    fn samples() -> Vec<Sample<Self>> {
        let column = |index, name: &str, field: &str, examples: &[&str]| ImportColumn {
            index,
            name: name.to_owned(),
            field: field.to_owned(),
            examples: examples.iter().map(|text| (*text).to_owned()).collect(),
        };
        let row = |row, sku: &str, column: &str, value: &str, said| ImportRow {
            row,
            sku: sku.to_owned(),
            column: Some(column.to_owned()),
            value: Some(value.to_owned()),
            said,
        };
        let normal = Self {
            id: "imp_2".to_owned(),
            file: "границы ноябрь.xlsx".to_owned(),
            encoding: None,
            columns: vec![
                column(0, "Артикул", "sku", &["ARN-52-BLK", "QDM-LT-41", "TMR-05-GRN"]),
                column(1, "Мин. цена", "min", &["34 500", "19 900 ₸", "6490"]),
                column(2, "Макс. цена", "max", &["44 900", "24 990 ₸", "8990"]),
                column(3, "Закуп", "cost", &["25 300", "14 100", "4 020"]),
                column(4, "Комментарий", "", &["сезон", "", ""]),
            ],
            fields: FIELDS.to_vec(),
            missing: Vec::new(),
            rows: 1_253,
            ready: 1_204,
            unchanged: 0,
            warned: 37,
            refused: 12,
            warnings: vec![row(
                7,
                "TMR-05-GRN",
                "Мин. цена",
                "3 900",
                Told::new("import-min-below-cost")
                    .arg("row", 7)
                    .arg("min", 3_900)
                    .arg("floor", 4_020),
            )],
            refusals: vec![
                row(
                    18,
                    "AGP-01-PNK",
                    "Мин. цена",
                    "=C4*1,2",
                    Told::new("web-cell-formula").arg("value", "=C4*1,2"),
                ),
                row(
                    44,
                    "XXX-9",
                    "Артикул",
                    "XXX-9",
                    Told::new("web-sku-unknown").arg("sku", "XXX-9"),
                ),
            ],
            form: Form::default(),
        };
        let missing = Self {
            missing: vec!["sku"],
            ready: 0,
            warned: 0,
            refused: 0,
            warnings: Vec::new(),
            refusals: Vec::new(),
            ..normal.clone()
        };
        let clean = Self {
            warned: 0,
            refused: 0,
            warnings: Vec::new(),
            refusals: Vec::new(),
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("missing-column", missing),
            Sample::new("clean", clean),
        ]
    }
}

/// Last step.
#[derive(Debug, Clone, Serialize)]
pub struct ImportDone {
    pub id: String,
    pub file: String,
    pub at: Timestamp,
    pub by: String,
    /// While it goes on.
    pub going: Option<BulkGoing>,
    pub changed: i64,
    pub unchanged: i64,
    pub skipped: i64,
    pub undo_until: Option<Timestamp>,
    pub is_undone: bool,
    /// Offers that were put back.
    pub put_back: i64,
}

impl View for ImportDone {
    const TEMPLATE: &'static str = "pages/import_done.html";
    fn samples() -> Vec<Sample<Self>> {
        let done = Self {
            id: "imp_2".to_owned(),
            file: "границы ноябрь.xlsx".to_owned(),
            at: sample::seconds_ago(6),
            by: "Айгерим".to_owned(),
            going: None,
            changed: 1_204,
            unchanged: 37,
            skipped: 12,
            undo_until: Some(sample::in_minutes(1_440)),
            is_undone: false,
            put_back: 0,
        };
        vec![
            Sample::new("done", done.clone()),
            Sample::new(
                "going",
                Self {
                    going: Some(BulkGoing {
                        state: "going",
                        done: 61_500,
                        total: 180_000,
                    }),
                    undo_until: None,
                    ..done.clone()
                },
            ),
            Sample::new(
                "undone",
                Self {
                    undo_until: None,
                    is_undone: true,
                    put_back: 1_204,
                    ..done
                },
            ),
        ]
    }
}
