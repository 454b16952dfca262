//! What was learned from outcomes: the size a woman's body asks for and how a piece then sits. Refuses men, children and
//! shoes: the lesson holds none of them.

pub mod features;
pub mod item;
mod model;
mod params;
pub mod solve;
pub mod worn;

pub use features::{BASE, Body, DEMAND, FULL, Piece, Wear};
pub use item::{EFFECT, ItemFacts, Seen};
pub use model::{Model, Outlook, Sitting};
pub use worn::Past;

/// Sizes of the dress scale: 0 to 59, four to a numeric US size, one less for petite, one more for long.
pub const SIZES: usize = 60;

/// What is learned offline; `src/learned/params.rs` holds the numbers and `examples/learn_sizes` makes them.
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    /// Size asked for by a body, as a sum over [`features::demand`].
    pub demand: [f64; DEMAND],
    /// Where each size of the dress scale lies, in standard deviations of sizes worn.
    pub position: [f64; SIZES],
    /// How often each size is worn.
    pub share: [f64; SIZES],
    /// Too small and too large against fit, nothing known of the piece.
    pub base: [[f64; BASE]; 2],
    /// The same with all that is known of piece and buyer.
    pub full: [[f64; FULL]; 2],
}

impl Params {
    /// The numbers that were learned.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &params::LEARNED
    }
}
