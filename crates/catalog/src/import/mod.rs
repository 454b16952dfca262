//! Reads what a seller brings in files: products, price limits and price lists; refuses to store or apply anything.

mod bad_rows;
pub mod columns;
mod finding;
pub mod limits;
pub mod price_list;
pub mod products;

pub use bad_rows::bad_rows_csv;
pub(crate) use bad_rows::push_cell;
pub use finding::Finding;
