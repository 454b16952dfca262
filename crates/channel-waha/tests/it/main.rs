//! Recorded documents, lost answers, and the pretend WAHA: one binary.

#[cfg(test)]
mod documents;
#[cfg(test)]
mod ear;
#[cfg(test)]
mod inbox;
#[cfg(test)]
mod line;
#[cfg(test)]
mod world;
