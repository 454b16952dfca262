//! Which column is which field, chosen by a person or a guess; refuses choices that cannot be imported.

use super::{ColumnField, ColumnGuess};
use crate::table::Table;
use sauda_kernel::{Failure, Kind, Public};
use std::collections::BTreeMap;

/// A choice of columns that can be imported: the SKU and at least one more, each field and column once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping<F> {
    columns: BTreeMap<F, usize>,
}

/// A choice that cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    #[error("no column is chosen for the SKU: choose it")]
    NoSku,
    #[error("only the SKU is chosen: choose a column to import as well")]
    NothingToImport,
    #[error("column {column:?} is chosen for {first} and {second}: leave one")]
    SharedColumn {
        column: String,
        /// Word of the field.
        first: &'static str,
        second: &'static str,
    },
    #[error("{field} is chosen twice: leave one column")]
    FieldTwice { field: &'static str },
    #[error("the table has {width} columns, there is no column {column}: choose again")]
    NoSuchColumn { column: usize, width: usize },
    #[error("{0:?} is no stored mapping: choose the columns again")]
    Unreadable(String),
}

impl<F: ColumnField> Mapping<F> {
    /// Takes pairs of field and column (from 0).
    ///
    /// # Errors
    /// When the choice cannot be imported.
    pub fn new(table: &Table, chosen: &[(F, usize)]) -> Result<Self, MappingError> {
        let width = table.headers().len();
        let mut columns: BTreeMap<F, usize> = BTreeMap::new();
        for (field, column) in chosen.iter().copied() {
            if column >= width {
                return Err(MappingError::NoSuchColumn { column, width });
            }
            if let Some((first, _)) = columns.iter().find(|(_, taken)| **taken == column) {
                let (first, column) = (first.word(), table.column_name(column));
                return Err(MappingError::SharedColumn {
                    column,
                    first,
                    second: field.word(),
                });
            }
            if columns.insert(field, column).is_some() {
                return Err(MappingError::FieldTwice { field: field.word() });
            }
        }
        if !columns.contains_key(&F::KEY) {
            return Err(MappingError::NoSku);
        }
        if columns.len() < 2 {
            return Err(MappingError::NothingToImport);
        }
        Ok(Self { columns })
    }

    /// Takes what was guessed.
    ///
    /// # Errors
    /// When not enough was guessed.
    pub fn from_guesses(table: &Table, guesses: &[ColumnGuess<F>]) -> Result<Self, MappingError> {
        let chosen: Vec<(F, usize)> = guesses
            .iter()
            .filter_map(|column| column.guess.map(|(field, _)| (field, column.column)))
            .collect();
        Self::new(table, &chosen)
    }

    /// The same with a column for a field that had none.
    #[must_use]
    pub(crate) fn with(mut self, field: F, column: usize) -> Self {
        self.columns.entry(field).or_insert(column);
        self
    }

    /// The column of a field.
    pub fn column(&self, field: F) -> Option<usize> {
        self.columns.get(&field).copied()
    }

    /// As it is remembered for tables of one shape: `sku=0,min=2`.
    pub fn to_text(&self) -> String {
        let pairs: Vec<String> = self
            .columns
            .iter()
            .map(|(field, column)| format!("{}={column}", field.word()))
            .collect();
        pairs.join(",")
    }

    /// Reads back what was remembered, against the table at hand.
    ///
    /// # Errors
    /// When the text is not such a mapping or does not fit the table.
    pub fn parse(table: &Table, text: &str) -> Result<Self, MappingError> {
        let unreadable = || MappingError::Unreadable(text.chars().take(80).collect());
        let mut chosen = Vec::new();
        for pair in text.split(',') {
            let (word, column) = pair.split_once('=').ok_or_else(unreadable)?;
            let field = F::all()
                .iter()
                .copied()
                .find(|field| field.word() == word)
                .ok_or_else(unreadable)?;
            chosen.push((field, column.parse().map_err(|_| unreadable())?));
        }
        Self::new(table, &chosen)
    }
}

impl Failure for MappingError {
    fn kind(&self) -> Kind {
        Kind::Invalid
    }

    fn public(&self) -> Vec<Public> {
        vec![match self {
            Self::NoSku => Public::new("import-mapping-no-sku").field("sku"),
            Self::NothingToImport => Public::new("import-mapping-nothing"),
            Self::SharedColumn { column, second, .. } => Public::new("import-mapping-shared")
                .field(*second)
                .arg("column", column),
            Self::FieldTwice { field } => Public::new("import-mapping-twice")
                .field(*field)
                .arg("what", field),
            Self::NoSuchColumn { column, width } => Public::new("import-mapping-no-column")
                .arg("column", column.saturating_add(1))
                .arg("width", width),
            Self::Unreadable(_) => Public::new("import-mapping-unreadable"),
        }]
    }
}
