//! Tests of the pages as a whole.

mod house;
mod market;
mod accounts;
mod live;
mod pages;
mod prices;
