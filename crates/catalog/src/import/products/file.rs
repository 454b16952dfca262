//! One file of products opened: what it is, which sheet is read, what its columns may be; refuses to look at its name.

use super::{
    ColumnGuess, Mapping, ProductField, WeightUnit,
    check::NAMELESS,
    row::{self, Draft},
};
use crate::{
    fold,
    import::{
        Finding,
        columns::{self, Certainty, ColumnField as _, MappingError},
        price_list::{self, PriceList},
    },
    table::{self, FileFormat, Mend, Mended, ReadOptions, Table, TableError, TableLimits, column_letters},
};
use sauda_kernel::{Failure, Kind, Public};
use std::collections::{HashMap, HashSet};

/// How a file is to be read.
#[derive(Debug, Clone, Default)]
pub struct OpenOptions {
    pub limits: TableLimits,
    /// Which sheet of a workbook; without it, the first whose columns are known.
    pub sheet: Option<String>,
}

/// A file of products.
#[derive(Debug)]
pub struct ProductFile {
    pub format: FileFormat,
    content: Content,
    guesses: Vec<ColumnGuess>,
}

#[derive(Debug)]
enum Content {
    Table(Box<Table>),
    /// The marketplace's own price list, whose columns are not for choosing.
    List(PriceList),
}

/// Why a file cannot be imported as it is.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Table(#[from] TableError),
    #[error(transparent)]
    Mapping(#[from] MappingError),
    #[error("there is no column {0:?} in the file: name one of its columns")]
    NoColumn(String),
    #[error("there is no field {0:?}: name one of the fields of a product")]
    NoField(String),
}

impl ProductFile {
    /// Reads a CSV, XLSX, XLS or ODS table, or the marketplace's price list; the content decides, not a name.
    ///
    /// # Errors
    /// When the bytes are none of these or break a limit.
    pub fn open(bytes: &[u8], options: &OpenOptions) -> Result<Self, TableError> {
        options.limits.check_file_size(bytes.len())?;
        let format = table::sniff(bytes)?;
        if format == FileFormat::PriceListXml {
            let list = price_list::read_with_repeats(bytes, &options.limits)?;
            return Ok(Self {
                format,
                content: Content::List(list),
                guesses: Vec::new(),
            });
        }
        let mut table = read_sheet(bytes, options, options.sheet.clone())?;
        if options.sheet.is_none() && !is_known(&table) {
            let others: Vec<String> = table
                .sheets
                .iter()
                .filter(|name| Some(*name) != table.sheet.as_ref())
                .cloned()
                .collect();
            for name in others {
                // A sheet of notes may be empty or odd; only the one with products matters.
                if let Ok(other) = read_sheet(bytes, options, Some(name))
                    && is_known(&other)
                {
                    table = other;
                    break;
                }
            }
        }
        if let Some(list) = price_list::from_export(&table) {
            return Ok(Self {
                format,
                content: Content::List(list),
                guesses: Vec::new(),
            });
        }
        let guesses = titled(columns::guess(&table, &|_| false));
        Ok(Self {
            format,
            content: Content::Table(Box::new(table)),
            guesses,
        })
    }

    /// The table; `None` of a price list.
    pub fn table(&self) -> Option<&Table> {
        match &self.content {
            Content::Table(table) => Some(table),
            Content::List(_) => None,
        }
    }

    /// What each column may be, with samples; empty for a price list.
    pub fn guesses(&self) -> &[ColumnGuess] {
        &self.guesses
    }

    /// The columns as they are guessed; `None` for a price list, which needs none.
    ///
    /// # Errors
    /// When not enough was guessed.
    pub fn guessed(&self) -> Result<Option<Mapping>, MappingError> {
        self.table()
            .map(|table| Mapping::from_guesses(table, &self.guesses))
            .transpose()
    }

    /// Puts what a person mended over the rows. A name that a row lacks may be given even when no column holds names: it stands in a
    /// column of its own after the last one.
    pub(crate) fn mend(&mut self, mapping: Option<Mapping>, mends: &[Mend]) -> Option<Mapping> {
        let Content::Table(table) = &mut self.content else {
            return mapping;
        };
        let width = table.headers().len();
        let adds_name = mends
            .iter()
            .any(|mend| matches!(mend.what, Mended::Cell { column, .. } if column == width));
        let mapping = match mapping {
            Some(mapping) if adds_name && mapping.column(ProductField::Title).is_none() => {
                let column = table.add_column(ProductField::Title.word());
                Some(mapping.with(ProductField::Title, column))
            }
            other => other,
        };
        table.mend(mends);
        mapping
    }

    /// Where what a finding is about can be typed anew: its column, or the one after the last for a name that has none.
    pub fn column_to_mend(&self, finding: &Finding) -> Option<usize> {
        let table = self.table()?;
        let is_name = finding.code == NAMELESS;
        finding.column.or_else(|| is_name.then(|| table.headers().len()))
    }

    /// Hands out every row with anything in its chosen columns, in the order of the file; answers how many rows had nothing.
    pub(super) fn each_draft(&self, mapping: Option<&Mapping>, take: &mut dyn FnMut(Draft)) -> usize {
        match (&self.content, mapping) {
            (Content::Table(table), Some(mapping)) => {
                let unit = row::weight_unit(table, mapping);
                let mut blank = 0_usize;
                for line in table.rows() {
                    match row::read(table, mapping, unit, line) {
                        Some(draft) => take(draft),
                        None => blank = blank.saturating_add(1),
                    }
                }
                blank
            }
            (Content::Table(_), None) => 0,
            (Content::List(list), _) => {
                let mut refused = list.refused.iter().peekable();
                for offer in &list.offers {
                    while let Some(finding) = refused.next_if(|finding| finding.row < offer.row) {
                        take(refusal(finding));
                    }
                    take(row::from_list(offer));
                }
                refused.for_each(|finding| take(refusal(finding)));
                0
            }
        }
    }

    /// Articles that stand in more than one row; notes the first row of each good barcode.
    pub(super) fn repeated_skus(
        &self,
        mapping: Option<&Mapping>,
        barcodes: &mut HashMap<String, (u32, String)>,
    ) -> HashSet<String> {
        let (mut seen, mut repeated) = (HashSet::new(), HashSet::new());
        let mut note = |row: u32, sku: &str, barcode: Option<String>| {
            if let Some(barcode) = barcode {
                barcodes.entry(barcode).or_insert_with(|| (row, sku.to_owned()));
            }
            if sku.is_empty() || repeated.contains(sku) {
                return;
            }
            if !seen.insert(sku.to_owned()) {
                repeated.insert(sku.to_owned());
            }
        };
        match (&self.content, mapping) {
            (Content::Table(table), Some(mapping)) => {
                for line in table.rows() {
                    let (sku, barcode) = row::keys(mapping, line);
                    note(line.number(), &sku, barcode);
                }
            }
            (Content::Table(_), None) => {}
            (Content::List(_), _) => {
                self.each_draft(mapping, &mut |draft| note(draft.row, &draft.sku, None));
            }
        }
        repeated
    }

    /// Hands out the rows of some articles, in the order of the file.
    pub(super) fn each_draft_of(
        &self,
        mapping: Option<&Mapping>,
        skus: &HashSet<String>,
        take: &mut dyn FnMut(Draft),
    ) {
        let (Content::Table(table), Some(mapping)) = (&self.content, mapping) else {
            self.each_draft(mapping, &mut |draft| {
                if skus.contains(&draft.sku) {
                    take(draft);
                }
            });
            return;
        };
        let unit = row::weight_unit(table, mapping);
        for line in table.rows() {
            if skus.contains(row::keys(mapping, line).0.as_ref())
                && let Some(draft) = row::read(table, mapping, unit, line)
            {
                take(draft);
            }
        }
    }

    /// What a plain number of the weight column means.
    pub fn weight_unit(&self, mapping: &Mapping) -> WeightUnit {
        self.table()
            .map_or(WeightUnit::Kilograms, |table| row::weight_unit(table, mapping))
    }
}

fn refusal(finding: &Finding) -> Draft {
    let sku = finding.args.iter().find(|(name, _)| *name == "sku");
    Draft {
        row: finding.row,
        sku: sku.map(|(_, sku)| sku.clone()).unwrap_or_default(),
        errors: vec![finding.clone()],
        ..Draft::default()
    }
}

fn read_sheet(bytes: &[u8], options: &OpenOptions, sheet: Option<String>) -> Result<Table, TableError> {
    table::read(
        bytes,
        &ReadOptions {
            limits: options.limits,
            sheet,
            is_header: columns::looks_like_header::<ProductField>,
        },
    )
}

fn is_known(table: &Table) -> bool {
    let headers: Vec<&str> = table.headers().iter().map(String::as_str).collect();
    columns::looks_like_header::<ProductField>(&headers)
}

/// Where there is no name of the product, «модель» is what it is called by.
fn titled(mut guesses: Vec<ColumnGuess>) -> Vec<ColumnGuess> {
    let has = |guesses: &[ColumnGuess], wanted: ProductField| {
        guesses
            .iter()
            .any(|column| column.guess.is_some_and(|(field, _)| field == wanted))
    };
    if !has(&guesses, ProductField::Title) {
        for column in &mut guesses {
            if let Some((field @ ProductField::Model, _)) = &mut column.guess {
                *field = ProductField::Title;
                break;
            }
        }
    }
    guesses
}

/// Columns as guessed, with choices by name put over them: `("Колонка", "price")`; a column is named as in the file or by its
/// letters, the field `-` leaves it out.
///
/// # Errors
/// When a column or field is unknown, or the choice cannot be imported.
pub fn choose(file: &ProductFile, choices: &[(String, String)]) -> Result<Option<Mapping>, OpenError> {
    let Some(table) = file.table() else {
        return Ok(None);
    };
    let mut chosen: Vec<(ProductField, usize)> = file
        .guesses
        .iter()
        .filter_map(|column| column.guess.map(|(field, _)| (field, column.column)))
        .collect();
    for (name, word) in choices {
        let column = column_named(table, name).ok_or_else(|| OpenError::NoColumn(name.clone()))?;
        chosen.retain(|(_, taken)| *taken != column);
        if matches!(word.trim(), "-" | "" | "skip") {
            continue;
        }
        let field = ProductField::parse(word).ok_or_else(|| OpenError::NoField(word.clone()))?;
        let by_hand = choices
            .iter()
            .filter(|(_, other)| ProductField::parse(other) == Some(field))
            .count();
        if by_hand < 2 {
            chosen.retain(|(taken, _)| *taken != field);
        }
        chosen.push((field, column));
    }
    Ok(Some(Mapping::new(table, &chosen)?))
}

fn column_named(table: &Table, name: &str) -> Option<usize> {
    let wanted = fold(&[name]);
    let by_name = (0..table.headers().len()).find(|column| fold(&[&table.column_name(*column)]) == wanted);
    by_name.or_else(|| {
        (0..table.headers().len()).find(|column| column_letters(*column).eq_ignore_ascii_case(name.trim()))
    })
}

/// How sure the guesses are, for those who show them.
pub(super) const fn certainty_word(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Named => "named",
        Certainty::Hinted => "hinted",
        Certainty::ByValues => "by_values",
    }
}

impl ProductField {
    /// The field a column name is taken for, as [`columns::guess`] would.
    pub fn of_header(header: &str) -> Option<Self> {
        Self::named(header).or_else(|| Self::hinted(header))
    }
}

impl Failure for OpenError {
    fn kind(&self) -> Kind {
        match self {
            Self::Table(error) => error.kind(),
            Self::Mapping(_) | Self::NoColumn(_) | Self::NoField(_) => Kind::Invalid,
        }
    }

    fn public(&self) -> Vec<Public> {
        match self {
            Self::Table(error) => error.public(),
            Self::Mapping(error) => error.public(),
            Self::NoColumn(name) => vec![Public::new("import-no-column").arg("column", name)],
            Self::NoField(name) => vec![Public::new("import-no-field").arg("what", name)],
        }
    }
}
