//! Every statement about pricing's tables.

pub(crate) mod board;
pub(crate) mod bulks;
pub(crate) mod calls;
pub(crate) mod changes;
pub(crate) mod context;
pub(crate) mod imports;
pub(crate) mod records;
pub(crate) mod rules;
pub(crate) mod sellers;
pub(crate) mod upkeep;
pub(crate) mod watches;

use sauda_store::StoreError;

/// A stored word or document that this version does not know.
pub(crate) fn unknown(column: &'static str, value: impl Into<String>) -> StoreError {
    StoreError::Meaning {
        column,
        value: value.into(),
    }
}
