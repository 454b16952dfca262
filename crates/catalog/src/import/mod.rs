//! Reads what a seller brings in files: price limits and price lists; refuses to store or apply anything.

mod finding;
pub mod limits;
pub mod price_list;

pub use finding::Finding;
