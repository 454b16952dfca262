//! Tests of the room as others use it: one binary.

mod phones;
mod replies;
