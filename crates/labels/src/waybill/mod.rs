//! Waybills of the marketplace: found in a folder, read without trust, told apart by order, cropped and put on paper.
//! Refuses to print one page twice and to lose one in silence.

mod compose;
mod content;
mod fingerprint;
mod font;
mod matrix;
mod merge;
mod read;
mod source;
mod state;
mod whose;

pub use matrix::Extent;
pub use merge::{Crop, Layout, Merged, Row, merge};
pub use read::{Broken, Limits, StrangeFile, StrangePage, read};
pub use source::{Found, Read, Taken, found, take};
pub use whose::{Codes, Whose};
