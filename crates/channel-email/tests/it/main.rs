//! Letters to the pretend mail server, and the bad days: one binary.

#[cfg(test)]
mod letters;
#[cfg(test)]
mod trouble;
#[cfg(test)]
mod world;
