//! The rules of the price bot in a seller's terms, and their laws for random inputs.

mod desk;
mod duel;
mod guards;
mod laws;
mod strategies;
mod what_if;
