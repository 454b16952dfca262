//! The queue on both engines.

#[cfg(test)]
mod clocks;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod failures;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod processes;
#[cfg(test)]
mod queue;
#[cfg(test)]
mod schedules;
#[cfg(test)]
mod workers;
