//! Tests of the room as others use it: one binary.

mod limits;
mod phones;
mod replies;
