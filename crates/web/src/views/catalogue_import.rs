//! Steps of an import of products: file, columns, check, done. Refuses to check a row: the room of products does.

use super::{
    Sample, View,
    bulk::BulkGoing,
    catalogue_mend::{self, BadRow, MendedRow},
    import::{ImportColumn, ImportRow},
    parts::{Form, Told, sample},
};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// First step of an import.
#[derive(Debug, Clone, Serialize)]
pub struct ProductImportFile {
    pub form: Form,
    /// Articles of the cabinet that are no products yet.
    pub unknown: i64,
    pub max_mib: i64,
    pub max_rows: i64,
    pub recent: Vec<ImportLine>,
}

/// Something that was imported or changed in bulk.
#[derive(Debug, Clone, Serialize)]
pub struct ImportLine {
    pub id: String,
    pub said: Told,
    pub at: Timestamp,
    pub by: String,
    pub touched: i64,
}

/// Second step: columns.
#[derive(Debug, Clone, Serialize)]
pub struct ProductImportColumns {
    pub id: String,
    pub file: String,
    pub columns: Vec<ImportColumn>,
    pub fields: Vec<&'static str>,
    pub lacks_sku: bool,
    pub form: Form,
}

/// Third step: the check of every row.
#[derive(Debug, Clone, Serialize)]
pub struct ProductImportCheck {
    pub id: String,
    pub file: String,
    /// Whether columns can be chosen: a price list has its own.
    pub has_columns: bool,
    pub sheet: Option<String>,
    pub other_sheets: Vec<String>,
    pub encoding: Option<String>,
    pub rows: i64,
    pub ready: i64,
    pub warned: i64,
    pub refused: i64,
    pub repeated: i64,
    pub warnings: Vec<ImportRow>,
    /// Of a price list, whose rows have no cells to mend.
    pub refusals: Vec<ImportRow>,
    /// Of a table: the first refused rows.
    pub bad: Vec<BadRow>,
    pub mended: Vec<MendedRow>,
    /// The wrong cells as they are, with their reasons.
    pub form: Form,
}

/// Last step.
#[derive(Debug, Clone, Serialize)]
pub struct ProductImportDone {
    pub id: String,
    pub said: Told,
    pub is_file: bool,
    pub at: Timestamp,
    pub by: String,
    pub going: Option<BulkGoing>,
    pub created: i64,
    pub changed: i64,
    pub unchanged: i64,
    pub skipped: i64,
    pub undo_until: Option<Timestamp>,
    pub is_undone: bool,
    pub put_back: i64,
    pub kept: i64,
    /// Articles that were not put back.
    pub kept_skus: Vec<String>,
    pub has_bad: bool,
}

impl View for ProductImportFile {
    const TEMPLATE: &'static str = "pages/catalogue_import_file.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |id: &str, said, touched| ImportLine {
            id: id.to_owned(),
            said,
            at: sample::minutes_ago(50),
            by: "Данияр".to_owned(),
            touched,
        };
        let normal = Self {
            form: Form::default(),
            unknown: 214,
            max_mib: 40,
            max_rows: 200_000,
            recent: vec![
                line(
                    "imp_1",
                    Told::new("file").arg("name", "товары ноябрь.xlsx"),
                    1_204,
                ),
                line(
                    "imp_2",
                    Told::new("edit").arg("field", "season").arg("value", "Зима"),
                    37,
                ),
                line("imp_3", Told::new("archive"), 5),
            ],
        };
        let wrong = Self {
            form: Form::default().refuse("file", Told::new("import-file-empty")),
            recent: Vec::new(),
            unknown: 0,
            ..normal.clone()
        };
        vec![Sample::new("wrong", wrong), Sample::new("normal", normal)]
    }
}

impl View for ProductImportColumns {
    const TEMPLATE: &'static str = "pages/catalogue_import_columns.html";
    fn samples() -> Vec<Sample<Self>> {
        let column = |index, name: &str, field: &str, examples: &[&str]| ImportColumn {
            index,
            name: name.to_owned(),
            field: field.to_owned(),
            examples: examples.iter().map(|text| (*text).to_owned()).collect(),
        };
        let normal = Self {
            id: "imp_1".to_owned(),
            file: "товары ноябрь.xlsx".to_owned(),
            columns: vec![
                column(0, "SKU_ID", "merchantProductId", &["ARN-52-BLK", "QDM-LT-41"]),
                column(1, "Kaspi_name_core", "title", &["Пуховик Aru Nord", "Кеды Qadam"]),
                column(2, "Weight_kg", "weight", &["0,95", "1,2"]),
                column(3, "Комментарий", "", &["сезон"]),
            ],
            fields: fields(),
            lacks_sku: false,
            form: Form::default(),
        };
        let lacking = Self {
            lacks_sku: true,
            form: Form::default().refuse("", Told::new("import-mapping-no-sku")),
            ..normal.clone()
        };
        vec![Sample::new("lacking", lacking), Sample::new("normal", normal)]
    }
}

/// Every field that a column may stand for.
pub fn fields() -> Vec<&'static str> {
    sauda_catalog::import::products::ProductField::ALL
        .into_iter()
        .map(sauda_catalog::import::products::ProductField::word)
        .collect()
}

impl View for ProductImportCheck {
    const TEMPLATE: &'static str = "pages/catalogue_import_check.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |row, sku: &str, value: &str, said| ImportRow {
            row,
            sku: sku.to_owned(),
            column: Some("Stock_entered".to_owned()),
            value: Some(value.to_owned()),
            said,
        };
        let (bad, mended, form) = catalogue_mend::samples();
        let normal = Self {
            id: "imp_1".to_owned(),
            file: "товары ноябрь.xlsx".to_owned(),
            has_columns: true,
            sheet: Some("Товары".to_owned()),
            other_sheets: vec!["Заметки".to_owned()],
            encoding: None,
            rows: 1_253,
            ready: 1_204,
            warned: 37,
            refused: 12,
            repeated: 37,
            warnings: vec![line(
                7,
                "ARN-52-BLK",
                "250",
                Told::new("import-product-heavy")
                    .arg("row", 7)
                    .arg("column", "Weight_kg")
                    .arg("value", "250"),
            )],
            refusals: Vec::new(),
            bad,
            mended,
            form,
        };
        let price_list = Self {
            has_columns: false,
            refused: 1,
            refusals: vec![line(
                18,
                "QDM-LT-41",
                "0",
                Told::new("import-list-value")
                    .arg("row", 18)
                    .arg("column", "price")
                    .arg("value", "0"),
            )],
            bad: Vec::new(),
            mended: Vec::new(),
            form: Form::default(),
            ..normal.clone()
        };
        let clean = Self {
            has_columns: false,
            sheet: None,
            other_sheets: Vec::new(),
            encoding: Some("windows-1251".to_owned()),
            warned: 0,
            refused: 0,
            repeated: 0,
            warnings: Vec::new(),
            bad: Vec::new(),
            mended: Vec::new(),
            form: Form::default(),
            ..normal.clone()
        };
        vec![
            Sample::new("clean", clean),
            Sample::new("price-list", price_list),
            Sample::new("normal", normal),
        ]
    }
}

impl View for ProductImportDone {
    const TEMPLATE: &'static str = "pages/catalogue_import_done.html";
    fn samples() -> Vec<Sample<Self>> {
        let done = Self {
            id: "imp_1".to_owned(),
            said: Told::new("file").arg("name", "товары ноябрь.xlsx"),
            is_file: true,
            at: sample::seconds_ago(6),
            by: "Айгерим".to_owned(),
            going: None,
            created: 1_100,
            changed: 104,
            unchanged: 37,
            skipped: 12,
            undo_until: Some(sample::in_minutes(1_440)),
            is_undone: false,
            put_back: 0,
            kept: 0,
            kept_skus: Vec::new(),
            has_bad: true,
        };
        let going = Self {
            going: Some(BulkGoing {
                state: "going",
                done: 61_500,
                total: 100_000,
            }),
            undo_until: None,
            ..done.clone()
        };
        let undone = Self {
            is_undone: true,
            undo_until: None,
            put_back: 1_202,
            kept: 2,
            kept_skus: vec!["ARN-52-BLK".to_owned(), "QDM-LT-41".to_owned()],
            ..done.clone()
        };
        let edit = Self {
            said: Told::new("edit").arg("field", "season").arg("value", "Зима"),
            is_file: false,
            created: 0,
            has_bad: false,
            ..done.clone()
        };
        vec![
            Sample::new("going", going),
            Sample::new("undone", undone),
            Sample::new("edit", edit),
            Sample::new("done", done),
        ]
    }
}
