//! Price limits and costs from a table: which column is what, what each row would change; refuses to change it.
//!
//! The way of a file: [`crate::table::read`] with [`read_options`] → [`guess`] for the page of columns → a [`Mapping`]
//! → [`check`], which looks at every row and applies none → the caller applies `ready`, and hands out
//! [`bad_rows_csv`].

mod bad_rows;
mod check;
mod field;
mod guess;
mod mapping;
mod offer;
mod row;
mod strategy;

pub use bad_rows::bad_rows_csv;
pub use check::{CheckOptions, Checked, DuplicateRow, ReadyRow, check};
pub use field::Field;
pub use guess::{Certainty, ColumnGuess, guess};
pub use mapping::{Mapping, MappingError};
pub use offer::{Change, CurrentLimits, KnownOffers, LimitsChange};
pub use strategy::{StrategyChoice, StrategyRefusal};

use crate::table::ReadOptions;

/// How to read a table of price limits: its header may stand under a title.
pub fn read_options() -> ReadOptions {
    ReadOptions {
        is_header: guess::looks_like_header,
        ..ReadOptions::default()
    }
}
