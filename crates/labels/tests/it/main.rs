//! Papers as others see them: their marks, their codes, their files. Refuses to look inside.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test that cannot go on has failed; pixels are small numbers"
)]

mod codes;
mod folder;
mod handbook;
mod places;
mod samples;
mod strange;
