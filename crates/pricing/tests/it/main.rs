//! Pricing at work: real databases of both engines, a pushed clock, a marketplace in memory.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod bad_days;
mod board;
mod bulk;
mod captures;
mod cities;
mod costs;
mod files;
mod gone;
mod path;
mod price_list;
mod shelf;
mod standing;
mod world;
