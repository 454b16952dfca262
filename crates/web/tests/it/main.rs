//! Tests of the pages as a whole.

mod accounts;
mod house;
mod live;
mod market;
mod pages;
mod prices;
