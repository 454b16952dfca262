//! The board of prices: one row an offer and city, as lists show it. Refuses to decide anything.

mod filter;
mod row;
mod texts;

pub use filter::{BoardCursor, BoardFilter, BoardSort, BoardView, MOST_ROWS};
pub use row::{BoardCounts, BoardPage, BoardRow, PlaceState};
pub(crate) use texts::{TextShelf, Texts};
