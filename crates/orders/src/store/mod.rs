//! Every statement about the tables of this room.

pub(crate) mod commands;
pub(crate) mod day_figures;
pub(crate) mod day_items;
pub(crate) mod days;
pub(crate) mod events;
pub(crate) mod figures;
pub(crate) mod fit_advices;
pub(crate) mod fit_facts;
pub(crate) mod fit_tables;
pub(crate) mod lines;
pub(crate) mod orders;
pub(crate) mod picks;
pub(crate) mod reading;
pub(crate) mod returned;
pub(crate) mod waybills;

use sauda_store::StoreError;

/// A word in the database that this program does not know.
fn unknown(column: &'static str, value: impl Into<String>) -> StoreError {
    StoreError::Meaning {
        column,
        value: value.into(),
    }
}
