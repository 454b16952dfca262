//! What buyers are told and answer.

pub(crate) mod file;
pub(crate) mod list;
pub(crate) mod send;
pub(crate) mod templates;
pub(crate) mod views;
