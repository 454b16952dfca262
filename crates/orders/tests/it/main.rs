//! Orders against the pretend Kaspi, on both engines: reading, acting, waybills, bad days.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod acting;
mod bad_days;
mod day;
mod desk;
mod fit;
mod fit_day;
mod fit_lessons;
mod fit_shop;
mod low;
mod reading;
mod returns;
mod sold;
mod world;
