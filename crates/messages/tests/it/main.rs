//! Tests of the room as others use it: one binary.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod accuracy;
mod command;
mod hearing;
mod inbox;
mod limits;
mod lines;
mod phones;
mod replies;
mod sending;
mod telling;
mod templates;
mod wire;
mod world;
