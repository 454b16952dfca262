//! Every statement about the tables of this room.

pub(crate) mod asks;
pub(crate) mod events;
pub(crate) mod files;
pub(crate) mod lines;
pub(crate) mod messages;
pub(crate) mod queue;
pub(crate) mod shops;
pub(crate) mod silences;
pub(crate) mod talks;
pub(crate) mod templates;

use sauda_store::StoreError;

/// A word in the database that this program does not know.
fn unknown(column: &'static str, value: impl Into<String>) -> StoreError {
    StoreError::Meaning {
        column,
        value: value.into(),
    }
}
