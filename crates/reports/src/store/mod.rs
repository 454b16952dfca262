//! Every statement about the tables of this room.

pub(crate) mod made;
pub(crate) mod plans;

use sauda_store::StoreError;

pub(crate) fn unknown(column: &'static str, value: impl Into<String>) -> StoreError {
    StoreError::Meaning {
        column,
        value: value.into(),
    }
}
