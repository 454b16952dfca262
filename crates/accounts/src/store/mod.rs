//! Every statement about the tables of this room. Rules live elsewhere.

pub(crate) mod audit;
pub(crate) mod failures;
pub(crate) mod idempotency;
pub(crate) mod invites;
pub(crate) mod keys;
pub(crate) mod links;
pub(crate) mod second_factor;
pub(crate) mod sessions;
pub(crate) mod team;
pub(crate) mod users;

use sauda_store::StoreError;

/// A word of an enum that this version does not know.
fn unknown(column: &'static str, value: String) -> StoreError {
    StoreError::Meaning { column, value }
}
