//! Tests of reports that are made by themselves, against the pretend Telegram and mail server: one binary.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod declared;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod desk;
mod plans;
#[cfg(test)]
mod profit;
mod telling;
mod world;
