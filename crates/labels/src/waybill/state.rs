//! How a strange page draws at a moment: place, clip, colour, letters. Refuses to act.

use super::matrix::{Extent, Matrix};

#[derive(Clone)]
pub(super) struct State {
    pub(super) matrix: Matrix,
    pub(super) clip: Option<Extent>,
    pub(super) white: bool,
    pub(super) text: Matrix,
    pub(super) line: Matrix,
    pub(super) font: Option<FontAt>,
    pub(super) size: f32,
    pub(super) letter_space: f32,
    pub(super) word_space: f32,
    pub(super) stretch: f32,
    pub(super) leading: f32,
    pub(super) rise: f32,
    pub(super) hidden: bool,
}

/// Where a font stands in the table of those that were read.
pub(super) type FontAt = Vec<u8>;

impl State {
    pub(super) const fn new(page: Extent) -> Self {
        Self {
            matrix: Matrix::SAME,
            clip: Some(page),
            white: false,
            text: Matrix::SAME,
            line: Matrix::SAME,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            hidden: false,
        }
    }
}
