//! Tests of the room as others use it: one binary.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod collecting;
mod command;
mod export;
mod looking;
mod room;
mod sentiment;
mod shelf;
mod walk;
mod world;
