//! Rules of reordering and the plain command, without a database.

#[cfg(test)]
mod command;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod layers;
#[cfg(test)]
mod trials;
