//! Every statement about the tables of what the team is told.

pub(super) mod bots;
pub(super) mod links;
pub(super) mod mails;
pub(super) mod posts;
pub(super) mod wishes;

use sauda_store::StoreError;

/// A word in the database that this program does not know.
fn unknown(column: &'static str, value: impl Into<String>) -> StoreError {
    StoreError::Meaning {
        column,
        value: value.into(),
    }
}
