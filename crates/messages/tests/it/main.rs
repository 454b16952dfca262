//! Tests of the room as others use it: one binary.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod accuracy;
mod command;
mod files;
mod hearing;
mod inbox;
mod limits;
mod lines;
mod missed;
mod phones;
mod replies;
mod sending;
mod size_answers;
#[cfg(test)]
mod team_desk;
#[cfg(test)]
mod team_links;
#[cfg(test)]
mod team_orders;
#[cfg(test)]
mod team_sending;
#[cfg(test)]
mod team_world;
mod telling;
#[cfg(test)]
mod templates;
mod wire;
mod world;
