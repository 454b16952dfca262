//! The edge in process: a small router, real accounts, SQLite.

#[cfg(test)]
mod callers;
#[cfg(test)]
mod furniture;
#[cfg(test)]
mod house;
#[cfg(test)]
mod idempotency;
#[cfg(test)]
mod words;
