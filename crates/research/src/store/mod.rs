//! Every statement about the tables of this room.

pub(crate) mod asks;
pub(crate) mod exports;
pub(crate) mod looks;
pub(crate) mod raws;
pub(crate) mod reviews;
pub(crate) mod rows;
pub(crate) mod sources;

use sauda_store::StoreError;

pub(crate) fn unknown(column: &'static str, value: String) -> StoreError {
    StoreError::Meaning { column, value }
}
