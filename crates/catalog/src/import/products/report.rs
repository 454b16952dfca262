//! The check of a file as JSON lines: one for each row, one for the whole; refuses to speak another language than English.

use super::{
    CheckTotals, CheckedRow, Mapping, OpenError, ProductFacts, ProductField, ProductFile, Told, Verdict,
    file::certainty_word, gender_word, in_english, open_error_in_english, season_word, size_word,
};
use crate::{import::Finding, table::FileFormat};
use sauda_kernel::{Failure as _, Money};
use serde::{Serialize, Serializer, ser::SerializeMap as _};
use serde_json::value::RawValue;
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

/// Checks a file and writes one line for each row and one for the whole.
///
/// # Errors
/// When the output cannot be written.
pub fn write_check(
    file: &ProductFile,
    mapping: Option<&Mapping>,
    bytes: &[u8],
    output: &mut dyn Write,
) -> io::Result<CheckTotals> {
    let mut broken = None;
    let totals = file.check(mapping, None, &mut |row| {
        if broken.is_none() {
            broken = write_row(file, mapping, &row, output).err();
        }
    });
    match broken {
        Some(error) => Err(error),
        None => write_summary(file, mapping, bytes, &totals, output).map(|()| totals),
    }
}

/// Writes the line of one row.
///
/// # Errors
/// When the output cannot be written.
pub fn write_row(
    file: &ProductFile,
    mapping: Option<&Mapping>,
    row: &CheckedRow,
    output: &mut dyn Write,
) -> io::Result<()> {
    let line = RowLine {
        row: row.row,
        sku: matches!(row.verdict, Verdict::Refused)
            .then_some(row.sku.as_str())
            .filter(|sku| !sku.is_empty()),
        product: match &row.verdict {
            Verdict::Ready(facts) => Some(ProductLine {
                facts,
                mapping,
                is_list: file.table().is_none(),
            }),
            Verdict::Refused | Verdict::Duplicate { .. } => None,
        },
        duplicate_of: match row.verdict {
            Verdict::Duplicate { first_row } => Some(first_row),
            Verdict::Ready(_) | Verdict::Refused => None,
        },
        errors: told(file, mapping, &row.errors),
        warnings: told(file, mapping, &row.warnings),
    };
    serde_json::to_writer(&mut *output, &line)?;
    output.write_all(b"\n")
}

/// Writes the line of the whole file.
///
/// # Errors
/// When the output cannot be written.
pub fn write_summary(
    file: &ProductFile,
    mapping: Option<&Mapping>,
    bytes: &[u8],
    totals: &CheckTotals,
    output: &mut dyn Write,
) -> io::Result<()> {
    let table = file.table();
    let mut columns = Vec::new();
    let mut ignored = Vec::new();
    for guess in file.guesses() {
        let field = ProductField::ALL
            .into_iter()
            .find(|field| mapping.and_then(|mapping| mapping.column(*field)) == Some(guess.column));
        match field {
            Some(field) => columns.push((guess.name.clone(), field.word())),
            None => ignored.push(guess.name.as_str()),
        }
    }
    let known_by: BTreeMap<&str, &str> = file
        .guesses()
        .iter()
        .filter_map(|guess| {
            guess
                .guess
                .map(|(_, certainty)| (guess.name.as_str(), certainty_word(certainty)))
        })
        .collect();
    let unread: Vec<&str> = table
        .map(|table| {
            table
                .sheets
                .iter()
                .filter(|name| Some(*name) != table.sheet.as_ref())
                .map(String::as_str)
                .collect()
        })
        .unwrap_or_default();
    let line = SummaryLine {
        summary: Summary {
            rows: totals.rows,
            ready: totals.ready,
            warnings: totals.warned,
            errors: totals.refused,
            duplicates: totals.duplicates,
            blank: totals.blank,
            format: format_word(file),
            encoding: table.and_then(|table| table.encoding),
            bom: bytes.starts_with(b"\xef\xbb\xbf"),
            delimiter: table.and_then(|table| table.delimiter),
            sheet: table.and_then(|table| table.sheet.as_deref()),
            other_sheets: unread,
            header_row: table.map(crate::table::Table::header_row),
            mapping: Ordered(columns),
            known_by,
            ignored,
            shape: table.map(|table| table.shape.as_str()),
        },
    };
    serde_json::to_writer(&mut *output, &line)?;
    output.write_all(b"\n")
}

/// Writes the one line of a file that cannot be checked at all.
///
/// # Errors
/// When the output cannot be written.
pub fn write_open_error(error: &OpenError, output: &mut dyn Write) -> io::Result<()> {
    let (code, told) = (open_code(error), open_error_in_english(error));
    let line = serde_json::json!({
        "error": {"code": code, "field": open_field(error), "message": told.message, "hint": told.hint}
    });
    serde_json::to_writer(&mut *output, &line)?;
    output.write_all(b"\n")
}

fn open_code(error: &OpenError) -> &'static str {
    let first = match error {
        OpenError::Table(error) => error.public().first().map(|public| public.code),
        OpenError::Mapping(error) => error.public().first().map(|public| public.code),
        OpenError::NoColumn(_) => Some("import-no-column"),
        OpenError::NoField(_) => Some("import-no-field"),
    };
    first.unwrap_or("import-file-broken")
}

const fn open_field(error: &OpenError) -> &'static str {
    match error {
        OpenError::Table(_) => "file",
        OpenError::Mapping(_) | OpenError::NoColumn(_) | OpenError::NoField(_) => "map",
    }
}

fn format_word(file: &ProductFile) -> &'static str {
    match (file.format, file.table()) {
        (FileFormat::PriceListXml, _) => "kaspi_xml",
        (FileFormat::Xlsx, None) => "kaspi_xlsx",
        (_, None) => "kaspi_table",
        (FileFormat::Text, _) => "csv",
        (FileFormat::Xlsx, _) => "xlsx",
        (FileFormat::Ods, _) => "ods",
        (FileFormat::Xls, _) => "xls",
    }
}

#[derive(Serialize)]
struct RowLine<'a> {
    row: u32,
    #[serde(rename = "merchantProductId", skip_serializing_if = "Option::is_none")]
    sku: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    product: Option<ProductLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duplicate_of: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FindingLine<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<FindingLine<'a>>,
}

#[derive(Serialize)]
struct FindingLine<'a> {
    column: Option<&'a str>,
    field: Option<&'static str>,
    value: Option<&'a str>,
    code: &'static str,
    message: String,
    hint: String,
}

fn told<'a>(file: &ProductFile, mapping: Option<&Mapping>, findings: &'a [Finding]) -> Vec<FindingLine<'a>> {
    findings
        .iter()
        .map(|finding| {
            let value = |name: &str| {
                let found = finding.args.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| value.as_str())
            };
            let Told { message, hint } = in_english(finding);
            FindingLine {
                column: value("column"),
                field: field_of(file, mapping, finding, value("column")),
                value: value("value"),
                code: finding.code,
                message,
                hint: hint.to_owned(),
            }
        })
        .collect()
}

fn field_of(
    file: &ProductFile,
    mapping: Option<&Mapping>,
    finding: &Finding,
    name: Option<&str>,
) -> Option<&'static str> {
    if file.table().is_none() {
        return name.and_then(ProductField::parse).map(ProductField::word);
    }
    ProductField::ALL
        .into_iter()
        .find(|field| {
            finding.column.is_some() && mapping.and_then(|mapping| mapping.column(*field)) == finding.column
        })
        .or_else(|| name.and_then(ProductField::parse))
        .map(ProductField::word)
}

/// The facts of a row: every chosen column is there, with null where the cell is empty.
pub struct ProductLine<'a> {
    pub facts: &'a ProductFacts,
    pub mapping: Option<&'a Mapping>,
    pub is_list: bool,
}

impl Serialize for ProductLine<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let facts = self.facts;
        let mut map = serializer.serialize_map(None)?;
        for field in ProductField::ALL {
            let chosen = match self.mapping {
                Some(mapping) => mapping.column(field).is_some(),
                None => matches!(
                    field,
                    ProductField::Sku
                        | ProductField::Title
                        | ProductField::Brand
                        | ProductField::Price
                        | ProductField::Stock
                ),
            };
            if !chosen {
                continue;
            }
            let word = field.word();
            match field {
                ProductField::Price => {
                    map.serialize_entry(word, &facts.price.map(sauda_kernel::Tenge::get))?
                }
                ProductField::Stock => map.serialize_entry(word, &facts.stock)?,
                ProductField::Weight => map.serialize_entry(word, &facts.weight_grams.map(kilograms))?,
                ProductField::Cost => map.serialize_entry(word, &facts.cost.map(tenge))?,
                _ => map.serialize_entry(word, &facts.text(field))?,
            }
        }
        let normalised = Normalised {
            size: facts.size.as_deref().map(size_word),
            gender: facts.gender.as_deref().and_then(gender_word),
            season: facts.season.as_deref().and_then(season_word),
        };
        if normalised.size.is_some() || normalised.gender.is_some() || normalised.season.is_some() {
            map.serialize_entry("normalised", &normalised)?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct Normalised {
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gender: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    season: Option<&'static str>,
}

impl ProductFacts {
    /// A fact that is a text.
    pub fn text(&self, field: ProductField) -> Option<&str> {
        match field {
            ProductField::Sku => Some(&self.sku),
            ProductField::Title => self.title.as_deref(),
            ProductField::MasterCode => self.master_code.as_deref(),
            ProductField::Code => self.code.as_deref(),
            ProductField::Brand => self.brand.as_deref(),
            ProductField::Model => self.model.as_deref(),
            ProductField::Color => self.color.as_deref(),
            ProductField::Size => self.size.as_deref(),
            ProductField::Gender => self.gender.as_deref(),
            ProductField::Season => self.season.as_deref(),
            ProductField::Category => self.category.as_deref(),
            ProductField::Subcategory => self.subcategory.as_deref(),
            ProductField::Barcode => self.barcode.as_deref(),
            ProductField::Photo => self.photo.as_deref(),
            ProductField::Store => self.store.as_deref(),
            ProductField::Shelf => self.shelf.as_deref(),
            ProductField::Price | ProductField::Stock | ProductField::Weight | ProductField::Cost => None,
        }
    }
}

/// A number of JSON made of its digits, so that no binary fraction comes between.
fn digits(text: String) -> Option<Box<RawValue>> {
    RawValue::from_string(text).ok()
}

fn kilograms(grams: i64) -> Option<Box<RawValue>> {
    digits(decimal(grams, 1_000, 3))
}

fn tenge(cost: Money) -> Option<Box<RawValue>> {
    digits(decimal(cost.tiyn(), 100, 2))
}

fn decimal(value: i64, scale: i64, places: usize) -> String {
    let (whole, rest) = (value / scale, value % scale);
    let text = format!("{whole}.{rest:0places$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[derive(Serialize)]
struct SummaryLine<'a> {
    summary: Summary<'a>,
}

#[derive(Serialize)]
struct Summary<'a> {
    rows: usize,
    ready: usize,
    warnings: usize,
    errors: usize,
    duplicates: usize,
    blank: usize,
    format: &'static str,
    encoding: Option<&'static str>,
    bom: bool,
    delimiter: Option<char>,
    sheet: Option<&'a str>,
    other_sheets: Vec<&'a str>,
    header_row: Option<u32>,
    mapping: Ordered,
    known_by: BTreeMap<&'a str, &'static str>,
    ignored: Vec<&'a str>,
    shape: Option<&'a str>,
}

/// Pairs as an object in the order of the columns.
struct Ordered(Vec<(String, &'static str)>);

impl Serialize for Ordered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, field)| (name, field)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_written_as_people_count() {
        assert_eq!(decimal(950, 1_000, 3), "0.95");
        assert_eq!(decimal(1_000, 1_000, 3), "1");
        assert_eq!(decimal(10_000, 1_000, 3), "10");
        assert_eq!(decimal(5, 1_000, 3), "0.005");
        assert_eq!(decimal(120_450, 100, 2), "1204.5");
    }
}
