//! Recorded documents, broken documents, and the pretend Kaspi: one binary.

mod broken;
mod cabinet;
mod documents;
mod faults;
mod fixture;
mod line;
mod pages;
mod price_lists;
mod sign_in;
mod storefront;
mod world;
