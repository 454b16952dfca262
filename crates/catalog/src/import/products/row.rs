//! One row read into the facts of a product; refuses each bad cell by itself, so that one look shows them all.

use super::{
    BarcodeRefusal, Mapping, MeasureRefusal, ProductFacts, ProductField, WeightUnit, barcode, cell::clean,
    pieces, weight,
};
use crate::{
    import::{
        Finding,
        columns::bare_name,
        price_list::{ListedPrice, PriceListOffer},
    },
    table::{Cell, CellKind, Table, TableRow, money, money::NumberRefusal},
};
use std::borrow::Cow;

/// A row with what was found in it.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub row: u32,
    /// As it was written; empty when there is none.
    pub sku: String,
    pub facts: ProductFacts,
    pub errors: Vec<Finding>,
    pub warnings: Vec<Finding>,
}

/// Longer texts are no such fact.
const TITLE_CHARS: usize = 500;
const SHORT_CHARS: usize = 200;
const SKU_CHARS: usize = 100;
/// Heavier things are rare enough to look twice.
const HEAVY_GRAMS: i64 = 100_000;
/// Dearer things as well.
const DEAR_TENGE: i64 = 10_000_000;

/// Reads a row of a table; `None` when nothing in its chosen columns is filled.
pub(super) fn read(table: &Table, mapping: &Mapping, unit: WeightUnit, row: TableRow<'_>) -> Option<Draft> {
    let filled = |field: &ProductField| {
        mapping
            .column(*field)
            .is_some_and(|column| row.cell(column).kind != CellKind::Empty)
    };
    if !ProductField::ALL.iter().any(filled) {
        return None;
    }
    let mut reader = Reader {
        table,
        mapping,
        row,
        draft: Draft {
            row: row.number(),
            ..Draft::default()
        },
    };
    reader.sku();
    let facts = ProductFacts {
        sku: reader.draft.sku.clone(),
        title: reader.text(ProductField::Title, TITLE_CHARS),
        master_code: reader.code(ProductField::MasterCode),
        code: reader.code(ProductField::Code),
        price: reader.price(),
        stock: reader.stock(),
        weight_grams: reader.weight(unit),
        brand: reader.text(ProductField::Brand, SHORT_CHARS),
        model: reader.text(ProductField::Model, SHORT_CHARS),
        color: reader.text(ProductField::Color, SHORT_CHARS),
        size: reader.text(ProductField::Size, SHORT_CHARS),
        gender: reader.text(ProductField::Gender, SHORT_CHARS),
        season: reader.text(ProductField::Season, SHORT_CHARS),
        category: reader.text(ProductField::Category, SHORT_CHARS),
        subcategory: reader.text(ProductField::Subcategory, SHORT_CHARS),
        barcode: reader.barcode(),
        cost: reader.number(ProductField::Cost, money::sum),
        photo: reader.photo(),
        store: reader.text(ProductField::Store, SHORT_CHARS),
        shelf: reader.text(ProductField::Shelf, SHORT_CHARS),
    };
    reader.draft.facts = facts;
    Some(reader.draft)
}

/// What a row is known by: its article, and its barcode when that is one.
pub(super) fn keys<'t>(mapping: &Mapping, row: TableRow<'t>) -> (Cow<'t, str>, Option<String>) {
    let cell = |field| {
        mapping
            .column(field)
            .map(|column| row.cell(column))
            .filter(|cell| cell.kind != CellKind::Empty)
    };
    let sku = cell(ProductField::Sku).map_or(Cow::Borrowed(""), |cell| clean(cell.text));
    let code = cell(ProductField::Barcode)
        .filter(|cell| Reader::odd_kind(*cell).is_none() && !digits_lost(*cell))
        .and_then(|cell| barcode(&clean(cell.text)).ok());
    (sku, code)
}

/// The unit that the name of the weight column promises; kilograms when it says nothing.
pub(super) fn weight_unit(table: &Table, mapping: &Mapping) -> WeightUnit {
    let name = mapping
        .column(ProductField::Weight)
        .map(|column| bare_name(&table.column_name(column)))
        .unwrap_or_default();
    let grams = name.split(' ').any(|word| {
        matches!(
            word,
            "г" | "гр" | "грамм" | "граммах" | "g" | "gr" | "grams" | "gram"
        )
    });
    if grams {
        WeightUnit::Grams
    } else {
        WeightUnit::Kilograms
    }
}

struct Reader<'t> {
    table: &'t Table,
    mapping: &'t Mapping,
    row: TableRow<'t>,
    draft: Draft,
}

impl<'t> Reader<'t> {
    /// The cell of a field when it says anything, with its column and its cleaned text.
    fn cell(&self, field: ProductField) -> Option<(usize, Cell<'t>)> {
        let column = self.mapping.column(field)?;
        let cell = self.row.cell(column);
        (cell.kind != CellKind::Empty).then_some((column, cell))
    }

    fn refuse(&mut self, column: usize, code: &'static str, cell: Cell<'_>) {
        let finding = Finding::about(self.table, self.row.number(), column, code, cell);
        self.draft.errors.push(finding);
    }

    fn refuse_with(
        &mut self,
        column: usize,
        code: &'static str,
        cell: Cell<'_>,
        name: &'static str,
        value: usize,
    ) {
        let finding = Finding::about(self.table, self.row.number(), column, code, cell);
        self.draft.errors.push(finding.arg(name, value));
    }

    fn warn(&mut self, column: usize, code: &'static str, cell: Cell<'_>) {
        self.draft
            .warnings
            .push(Finding::about(self.table, self.row.number(), column, code, cell));
    }

    /// What a computed, dated or broken cell is refused with.
    const fn odd_kind(cell: Cell<'_>) -> Option<NumberRefusal> {
        match cell.kind {
            CellKind::Formula => Some(NumberRefusal::Formula),
            CellKind::Date => Some(NumberRefusal::Date),
            CellKind::Error => Some(NumberRefusal::ErrorValue),
            CellKind::Empty | CellKind::Text | CellKind::Number | CellKind::Bool => None,
        }
    }

    fn sku(&mut self) {
        let column = self.mapping.column(ProductField::Sku).unwrap_or_default();
        let cell = self.row.cell(column);
        let text = clean(cell.text);
        if text.is_empty() || cell.kind == CellKind::Empty {
            self.refuse(column, "import-sku-missing", cell);
            return;
        }
        text.as_ref().clone_into(&mut self.draft.sku);
        if let Some(refusal) = Self::odd_kind(cell) {
            self.refuse(column, refusal.code(), cell);
        } else if digits_lost(cell) {
            self.refuse(column, "import-sku-digits-lost", cell);
        } else if text.chars().count() > SKU_CHARS {
            self.refuse_with(column, "import-product-too-long", cell, "limit", SKU_CHARS);
        } else if mixes_alphabets(&text) {
            self.warn(column, "import-product-mixed-letters", cell);
        }
    }

    fn text(&mut self, field: ProductField, most: usize) -> Option<String> {
        let (column, cell) = self.cell(field)?;
        // A date or a yes/no is still the text that stands in the cell.
        if matches!(cell.kind, CellKind::Formula | CellKind::Error) {
            let refusal = Self::odd_kind(cell).unwrap_or(NumberRefusal::ErrorValue);
            self.refuse(column, refusal.code(), cell);
            return None;
        }
        let text = clean(cell.text);
        if text.chars().count() > most {
            self.refuse_with(column, "import-product-too-long", cell, "limit", most);
            return None;
        }
        (!text.is_empty()).then(|| text.into_owned())
    }

    /// A code of the marketplace: a text whose digits must all be there.
    fn code(&mut self, field: ProductField) -> Option<String> {
        let (column, cell) = self.cell(field)?;
        if let Some(refusal) = Self::odd_kind(cell) {
            self.refuse(column, refusal.code(), cell);
            return None;
        }
        if digits_lost(cell) {
            self.refuse(column, "import-product-digits-lost", cell);
            return None;
        }
        self.text(field, SHORT_CHARS)
    }

    fn number<T>(
        &mut self,
        field: ProductField,
        read: fn(Cell<'_>) -> Result<T, NumberRefusal>,
    ) -> Option<T> {
        let (column, cell) = self.cell(field)?;
        let text = clean(cell.text);
        if text.is_empty() && cell.kind != CellKind::Formula {
            return None;
        }
        match read(Cell { text: &text, ..cell }) {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.refuse(column, refusal.code(), cell);
                None
            }
        }
    }

    fn price(&mut self) -> Option<sauda_kernel::Tenge> {
        let price = self.number(ProductField::Price, money::price)?;
        if price.get() > DEAR_TENGE
            && let Some((column, cell)) = self.cell(ProductField::Price)
        {
            self.warn(column, "import-product-dear", cell);
        }
        Some(price)
    }

    /// The cell of a measured field; nothing for an empty one and for one that was refused for its kind.
    fn measured(&mut self, field: ProductField) -> Option<(usize, Cell<'t>, String)> {
        let (column, cell) = self.cell(field)?;
        if let Some(refusal) = Self::odd_kind(cell) {
            self.refuse(column, refusal.code(), cell);
            return None;
        }
        let text = clean(cell.text);
        (!text.is_empty()).then(|| (column, cell, text.into_owned()))
    }

    fn stock(&mut self) -> Option<i64> {
        let (column, cell, text) = self.measured(ProductField::Stock)?;
        match pieces(&text) {
            Ok(pieces) => Some(pieces),
            Err(refusal) => {
                let code = match refusal {
                    MeasureRefusal::Inexact => "import-product-stock-inexact",
                    MeasureRefusal::Negative => "import-product-stock-negative",
                    MeasureRefusal::Decimals => "import-product-stock-decimals",
                    MeasureRefusal::TooLarge => "import-product-stock-large",
                    MeasureRefusal::Shortened => NumberRefusal::Shortened.code(),
                    MeasureRefusal::NotANumber | MeasureRefusal::Zero => "import-product-stock-unclear",
                };
                self.refuse(column, code, cell);
                None
            }
        }
    }

    fn weight(&mut self, unit: WeightUnit) -> Option<i64> {
        let (column, cell, text) = self.measured(ProductField::Weight)?;
        match weight(&text, unit) {
            Ok(weight) => {
                if weight.grams > HEAVY_GRAMS {
                    self.warn(column, "import-product-heavy", cell);
                } else if weight.rounded {
                    self.warn(column, "import-product-weight-rounded", cell);
                }
                Some(weight.grams)
            }
            Err(refusal) => {
                let code = match refusal {
                    MeasureRefusal::Zero => "import-product-weight-zero",
                    MeasureRefusal::Negative => "import-product-weight-negative",
                    MeasureRefusal::TooLarge => "import-product-weight-large",
                    MeasureRefusal::Shortened => NumberRefusal::Shortened.code(),
                    MeasureRefusal::NotANumber | MeasureRefusal::Decimals | MeasureRefusal::Inexact => {
                        "import-product-weight-unclear"
                    }
                };
                self.refuse(column, code, cell);
                None
            }
        }
    }

    fn barcode(&mut self) -> Option<String> {
        let (column, cell, text) = self.measured(ProductField::Barcode)?;
        if digits_lost(cell) {
            self.refuse(column, "import-product-digits-lost", cell);
            return None;
        }
        match barcode(&text) {
            Ok(digits) => Some(digits),
            Err(BarcodeRefusal::Letters) => {
                self.refuse(column, "import-product-barcode-letters", cell);
                None
            }
            Err(BarcodeRefusal::Length(digits)) => {
                self.refuse_with(column, "import-product-barcode-length", cell, "digits", digits);
                None
            }
            Err(BarcodeRefusal::CheckDigit { expected }) => {
                self.refuse_with(
                    column,
                    "import-product-barcode-digit",
                    cell,
                    "expected",
                    usize::from(expected),
                );
                None
            }
        }
    }

    fn photo(&mut self) -> Option<String> {
        let text = self.text(ProductField::Photo, 1_000)?;
        if text.starts_with("https://") || text.starts_with("http://") {
            return Some(text);
        }
        let (column, cell) = self.cell(ProductField::Photo)?;
        self.refuse(column, "import-product-photo", cell);
        None
    }
}

/// A table program keeps fifteen digits of a number.
fn digits_lost(cell: Cell<'_>) -> bool {
    (cell.kind == CellKind::Number
        && cell.text.len() > 15
        && cell.text.bytes().all(|byte| byte.is_ascii_digit()))
        || money::count(cell) == Err(NumberRefusal::Shortened)
}

/// Latin and Cyrillic letters in one word look alike and are never found again.
fn mixes_alphabets(text: &str) -> bool {
    text.chars().any(|letter| letter.is_ascii_alphabetic())
        && text.chars().any(|letter| matches!(letter, '\u{400}'..='\u{4ff}'))
}

/// An offer of a price list as a product: its stock is that of all points together.
pub(super) fn from_list(offer: &PriceListOffer) -> Draft {
    let mut draft = Draft {
        row: offer.row,
        sku: offer.sku.clone(),
        ..Draft::default()
    };
    let price = match &offer.price {
        ListedPrice::Everywhere(price) => Some(*price),
        ListedPrice::Cities(cities) => {
            let mut prices = cities.values();
            let first = prices.next().copied();
            let same = prices.all(|price| Some(*price) == first);
            if !same {
                draft.warnings.push(
                    Finding::new(offer.row, "import-product-price-by-city")
                        .arg("column", "cityprice")
                        .arg("value", cities.len()),
                );
            }
            first.filter(|_| same)
        }
    };
    draft.facts = ProductFacts {
        sku: offer.sku.clone(),
        title: Some(clean(&offer.model).into_owned()).filter(|title| !title.is_empty()),
        brand: offer
            .brand
            .as_deref()
            .map(|brand| clean(brand).into_owned())
            .filter(|brand| !brand.is_empty()),
        price,
        stock: offer
            .availabilities
            .iter()
            .filter(|point| point.available)
            .filter_map(|point| point.stock)
            .reduce(i64::saturating_add),
        ..ProductFacts::default()
    };
    draft
}
