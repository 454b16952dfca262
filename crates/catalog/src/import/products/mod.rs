//! A seller's sheet or price list read as products: columns known by name, every row judged; refuses to store any of them.
//!
//! The way of a file: [`ProductFile::open`] → [`ProductFile::check`], which hands out every row with its verdict and
//! writes none → [`report`] puts them into JSON lines, or the catalogue writes those that are ready.

mod barcode;
mod cell;
mod check;
mod facts;
mod field;
mod file;
mod measure;
pub mod report;
mod row;
mod spelling;
mod typed;
mod words;

pub use barcode::{BarcodeRefusal, barcode};
pub use check::{CheckTotals, CheckedRow, Verdict};
pub use facts::ProductFacts;
pub use field::ProductField;
pub use file::{OpenError, OpenOptions, ProductFile, choose};
pub use measure::{MeasureRefusal, WeightUnit, pieces, weight};
pub use spelling::{gender_word, season_word, size_word};
pub(crate) use typed::name;
pub use words::{Told, in_english, open_error_in_english};

use super::columns;

/// Which column is which fact of a product.
pub type Mapping = columns::Mapping<ProductField>;
/// Which fact a column may be.
pub type ColumnGuess = columns::ColumnGuess<ProductField>;
