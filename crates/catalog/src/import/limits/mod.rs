//! Price limits and costs from a table: which column is what, what each row would change; refuses to change it.
//!
//! The way of a file: [`crate::table::read`] with [`read_options`] → [`columns::guess`] for the page of columns → a [`Mapping`]
//! → [`check`], which looks at every row and applies none → the caller applies `ready`, and hands out
//! [`crate::import::bad_rows_csv`].

mod check;
mod field;
mod offer;
mod row;
mod strategy;

pub use check::{CheckOptions, Checked, DuplicateRow, ReadyRow, check};
pub use field::Field;
pub use offer::{Change, CurrentLimits, KnownOffers, LimitsChange};
pub use strategy::{StrategyChoice, StrategyRefusal};

use crate::{import::columns, table::ReadOptions};

/// Which column is which limit.
pub type Mapping = columns::Mapping<Field>;
/// Which limit a column may be.
pub type ColumnGuess = columns::ColumnGuess<Field>;

/// How to read a table of price limits: its header may stand under a title.
pub fn read_options() -> ReadOptions {
    ReadOptions {
        is_header: columns::looks_like_header::<Field>,
        ..ReadOptions::default()
    }
}
