//! Pricing against the pretend Kaspi through the real client: whole days, good and bad. Refuses to know how either side is built.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod bad_answers;
mod bad_changes;
mod budget;
mod line;
mod path;
mod shops;
mod world;
