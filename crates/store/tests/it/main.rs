//! The engine room on both engines.

#[cfg(test)]
mod backups;
#[cfg(test)]
mod census;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod schema;
