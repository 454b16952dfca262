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
mod fit_asked;
mod fit_day;
mod fit_lessons;
mod fit_shop;
mod low;
mod packed;
mod reading;
mod returns;
mod sold;
mod world;
