//! Size advice: which size will sit, how surely, and why, from tables, from the buyer's body and from what came back. Refuses
//! to keep anything, to know an order, and to guess about somebody of whom nothing is known.

pub mod advise;
pub mod buyer;
pub mod chart;
pub mod command;
pub mod demand;
pub mod goods;
pub mod learned;
pub mod named;
pub mod outcomes;
mod shape;
pub mod size;
pub mod tables;
pub mod words;
