//! Size advice: which size will sit, how surely, and why, from tables, from the buyer's body and from what came back. Refuses
//! to keep anything, to know an order, and to guess about somebody of whom nothing is known.

pub mod learned;
