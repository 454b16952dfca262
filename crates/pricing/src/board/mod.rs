//! The board of prices: one row an offer and city, as lists show it. Refuses to decide anything.

mod filter;
mod row;

pub use filter::{BoardCursor, BoardFilter, BoardSort, BoardView, MOST_ROWS};
pub use row::{BoardCounts, BoardPage, BoardRow, PlaceState};
