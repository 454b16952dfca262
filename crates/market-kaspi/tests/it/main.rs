//! Recorded documents, broken documents, and the pretend Kaspi: one binary.

#[cfg(test)]
mod broken;
#[cfg(test)]
mod cabinet;
#[cfg(test)]
mod cards;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod ear;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod line;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod price_lists;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod storefront;
#[cfg(test)]
mod world;
