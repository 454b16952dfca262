//! Tests of the room as others use it: one binary.

mod command;
mod limits;
mod phones;
mod replies;
mod templates;
