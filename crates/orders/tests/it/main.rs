//! Orders against the pretend Kaspi, on both engines: reading, acting, waybills, bad days.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod acting;
mod desk;
mod reading;
mod world;
