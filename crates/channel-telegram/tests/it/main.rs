//! Recorded documents, lost answers, and the pretend Telegram: one binary.

#[cfg(test)]
mod documents;
#[cfg(test)]
mod ear;
#[cfg(test)]
mod line;
#[cfg(test)]
mod world;
