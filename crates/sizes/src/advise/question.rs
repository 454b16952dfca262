//! What is asked: a buyer before a piece. Refuses nothing by itself.

use crate::buyer::{Buyer, Fit};
use crate::chart::Chart;
use crate::learned::Piece;
use crate::size::{Gender, System};

/// One outcome told with the piece: who had which size and how it sat.
#[derive(Debug, Clone, PartialEq)]
pub struct Sold {
    pub size: String,
    pub fit: Fit,
    pub buyer: Buyer,
    /// How many such outcomes.
    pub count: u32,
}

/// A piece; all may be missing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Garment {
    pub item: Option<String>,
    pub brand: Option<String>,
    pub category: Option<String>,
    pub title: Option<String>,
    pub gender: Option<Gender>,
    /// What kind of sizes such pieces have, when the system is not told.
    pub kind: Option<System>,
    pub system: Option<System>,
    /// The size that is asked about.
    pub size: Option<String>,
    /// The sizes on offer.
    pub sizes: Vec<String>,
    pub chart: Option<Chart>,
    pub sold: Vec<Sold>,
    /// How many steps smaller than written the seller says it is; larger is below zero.
    pub runs_small: f64,
    /// Chinese letters, often a size or two smaller.
    pub chinese: bool,
    pub piece: Piece,
}

/// A buyer before a piece.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Question {
    /// Who the buyer is in the shop's outcomes.
    pub user: Option<String>,
    pub buyer: Buyer,
    pub garment: Garment,
    /// The flat form of a file of outcomes: numeric sizes are those of the dress scale.
    pub flat: bool,
}
