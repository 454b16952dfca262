//! The rules of the price bot in a seller's terms, and their laws for random inputs.

#[cfg(test)]
mod backtest;
#[cfg(test)]
mod command;
#[cfg(test)]
mod demand;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod duel;
#[cfg(test)]
mod guards;
#[cfg(test)]
mod laws;
#[cfg(test)]
#[expect(
    clippy::as_conversions,
    reason = "a simulation in floats; the figures are small"
)]
mod planning;
#[cfg(test)]
mod strategies;
#[cfg(test)]
mod what_if;
