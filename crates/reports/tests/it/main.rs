//! Tests of reports that are made by themselves, against the pretend Telegram and mail server: one binary.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod declared;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod figures;
mod plans;
#[cfg(test)]
mod profit;
#[cfg(test)]
mod sales;
mod telling;
mod world;
