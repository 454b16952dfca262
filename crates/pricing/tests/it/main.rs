//! Pricing at work: real databases of both engines, a pushed clock, a marketplace in memory.

mod bad_days;
mod board;
mod captures;
mod path;
mod world;
