//! Holds every row of a file against the others; refuses to write any of them.

use super::{Mapping, ProductFacts, ProductField, ProductFile, row::Draft};
use crate::import::Finding;
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

/// A new product that nothing is called by.
pub(super) const NAMELESS: &str = "import-product-title-missing";

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It can be written as it is.
    Ready(Box<ProductFacts>),
    /// Something is wrong with it.
    Refused,
    /// It says word for word what an earlier row says.
    Duplicate { first_row: u32 },
}

/// One row with everything that is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedRow {
    /// The row as the table program shows it; of a price list, the number of the offer from 1.
    pub row: u32,
    /// As it was written; empty when there is none.
    pub sku: String,
    pub verdict: Verdict,
    pub errors: Vec<Finding>,
    pub warnings: Vec<Finding>,
}

/// How many rows came to what. Every row with anything in it is ready, refused or a duplicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CheckTotals {
    pub rows: usize,
    pub ready: usize,
    /// Rows with a warning, whatever became of them.
    pub warned: usize,
    pub refused: usize,
    pub duplicates: usize,
    /// Rows without anything in the chosen columns.
    pub blank: usize,
}

/// Rows that name the same SKU.
struct Repeat {
    first_row: u32,
    last_row: u32,
    rows: u32,
    /// Fingerprint of the first one's facts.
    digest: u64,
    alike: bool,
    /// Alike rows are remarked once.
    told: bool,
}

impl ProductFile {
    /// Judges every row, in the order of the file. `is_known` tells whether the catalogue has a product with this SKU; without
    /// a catalogue, a file that has no column of names is taken for news of known products.
    pub fn check(
        &self,
        mapping: Option<&Mapping>,
        is_known: Option<&dyn Fn(&str) -> bool>,
        each: &mut dyn FnMut(CheckedRow),
    ) -> CheckTotals {
        let mut repeats: HashMap<String, Repeat> = HashMap::new();
        let mut barcodes: HashMap<String, (u32, String)> = HashMap::new();
        // Most articles stand in one row: only rows of the others are read twice.
        let repeated = self.repeated_skus(mapping, &mut barcodes);
        if !repeated.is_empty() {
            self.each_draft_of(mapping, &repeated, &mut |draft| gather(&mut repeats, &draft));
        }
        let names_itself = mapping.is_none_or(|mapping| mapping.column(ProductField::Title).is_some());
        let mut totals = CheckTotals::default();
        let blank = self.each_draft(mapping, &mut |mut draft| {
            let known = is_known.map_or(!names_itself, |is_known| is_known(&draft.sku));
            self.refuse_nameless(mapping, &mut draft, known);
            self.remark(mapping, &mut draft, &barcodes);
            let row = self.judge(mapping, draft, &mut repeats);
            totals.count(&row);
            each(row);
        });
        totals.blank = blank;
        totals
    }

    fn judge(
        &self,
        mapping: Option<&Mapping>,
        mut draft: Draft,
        repeats: &mut HashMap<String, Repeat>,
    ) -> CheckedRow {
        let mut verdict = None;
        if let Some(repeat) = repeats.get_mut(&draft.sku) {
            let other = if draft.row == repeat.first_row {
                repeat.last_row
            } else {
                repeat.first_row
            };
            if !repeat.alike {
                let finding = self.about(mapping, &draft, ProductField::Sku, "import-sku-repeated");
                draft
                    .errors
                    .push(finding.arg("other", other).arg("rows", repeat.rows));
            } else if draft.row != repeat.first_row && draft.errors.is_empty() {
                if !repeat.told {
                    repeat.told = true;
                    let finding = self.about(mapping, &draft, ProductField::Sku, "import-product-repeated");
                    draft
                        .warnings
                        .push(finding.arg("other", other).arg("rows", repeat.rows));
                }
                verdict = Some(Verdict::Duplicate {
                    first_row: repeat.first_row,
                });
            }
        }
        draft.errors.sort();
        draft.warnings.sort();
        let verdict = match verdict {
            _ if !draft.errors.is_empty() => Verdict::Refused,
            Some(verdict) => verdict,
            None => Verdict::Ready(Box::new(draft.facts)),
        };
        CheckedRow {
            row: draft.row,
            sku: draft.sku,
            verdict,
            errors: draft.errors,
            warnings: draft.warnings,
        }
    }

    /// A new product needs something to be called by.
    fn refuse_nameless(&self, mapping: Option<&Mapping>, draft: &mut Draft, known: bool) {
        let facts = &draft.facts;
        let unread = |field: ProductField| {
            let column = mapping.and_then(|mapping| mapping.column(field));
            column.is_some() && draft.errors.iter().any(|finding| finding.column == column)
        };
        let nameless = facts.title.is_none() && facts.model.is_none() && !unread(ProductField::Title);
        if !known
            && nameless
            && !draft.sku.is_empty()
            && draft.errors.iter().all(|finding| finding.column.is_some())
        {
            let finding = self.about(mapping, draft, ProductField::Title, NAMELESS);
            draft.errors.push(finding);
        }
    }

    fn remark(
        &self,
        mapping: Option<&Mapping>,
        draft: &mut Draft,
        barcodes: &HashMap<String, (u32, String)>,
    ) {
        let facts = &draft.facts;
        if let (Some(cost), Some(price)) = (facts.cost, facts.price)
            && cost.tenge_up() > price
        {
            let finding = self.about(
                mapping,
                draft,
                ProductField::Cost,
                "import-product-cost-above-price",
            );
            draft.warnings.push(finding.arg("price", price));
        }
        let other = draft
            .facts
            .barcode
            .as_ref()
            .and_then(|barcode| barcodes.get(barcode))
            .filter(|(_, sku)| *sku != draft.sku);
        if let Some((row, sku)) = other {
            let finding = self.about(
                mapping,
                draft,
                ProductField::Barcode,
                "import-product-barcode-repeated",
            );
            draft.warnings.push(finding.arg("other", row).arg("sku", sku));
        }
    }

    fn about(
        &self,
        mapping: Option<&Mapping>,
        draft: &Draft,
        field: ProductField,
        code: &'static str,
    ) -> Finding {
        let mut finding = Finding::new(draft.row, code);
        finding.column = mapping.and_then(|mapping| mapping.column(field));
        let name = match (self.table(), finding.column) {
            (Some(table), Some(column)) => table.column_name(column),
            _ => field.word().to_owned(),
        };
        let facts = &draft.facts;
        let value = match field {
            ProductField::Sku => draft.sku.clone(),
            ProductField::Barcode => facts.barcode.clone().unwrap_or_default(),
            ProductField::Cost => facts
                .cost
                .map(|cost| cost.tenge_up().to_string())
                .unwrap_or_default(),
            _ => String::new(),
        };
        finding.arg("column", name).arg("value", value)
    }
}

fn gather(repeats: &mut HashMap<String, Repeat>, draft: &Draft) {
    let mut hasher = DefaultHasher::new();
    draft.facts.hash(&mut hasher);
    let digest = hasher.finish();
    let good = draft.errors.is_empty();
    match repeats.get_mut(&draft.sku) {
        Some(repeat) => {
            repeat.rows = repeat.rows.saturating_add(1);
            repeat.last_row = draft.row;
            repeat.alike &= good && repeat.digest == digest;
        }
        None => {
            repeats.insert(
                draft.sku.clone(),
                Repeat {
                    first_row: draft.row,
                    last_row: draft.row,
                    rows: 1,
                    digest,
                    alike: good,
                    told: false,
                },
            );
        }
    }
}

impl CheckTotals {
    fn count(&mut self, row: &CheckedRow) {
        self.rows = self.rows.saturating_add(1);
        let place = match row.verdict {
            Verdict::Ready(_) => &mut self.ready,
            Verdict::Refused => &mut self.refused,
            Verdict::Duplicate { .. } => &mut self.duplicates,
        };
        *place = place.saturating_add(1);
        if !row.warnings.is_empty() {
            self.warned = self.warned.saturating_add(1);
        }
    }
}
