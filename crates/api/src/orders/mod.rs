//! Orders of buyers.

pub(crate) mod acts;
pub(crate) mod days;
pub(crate) mod keys;
pub(crate) mod list;
pub(crate) mod one;
pub(crate) mod returns;
pub(crate) mod size;
pub(crate) mod size_tables;
pub(crate) mod views;
