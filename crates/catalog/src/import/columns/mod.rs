//! Columns of a table and the fields they mean, for every sort of import; refuses to know what the fields are for.

mod guess;
mod mapping;

pub(crate) use guess::looks_like_header;
pub use guess::{Certainty, ColumnGuess, guess};
pub use mapping::{Mapping, MappingError};

use crate::fold;

/// What a column of one sort of import may hold.
pub trait ColumnField: Copy + Ord + 'static {
    /// The field that tells rows apart: the SKU.
    const KEY: Self;

    fn all() -> &'static [Self];

    /// The word in stored mappings and in the API.
    fn word(self) -> &'static str;

    /// The field that a column name means exactly.
    fn named(header: &str) -> Option<Self>;

    /// The one field that the words of a column name hint at.
    fn hinted(header: &str) -> Option<Self>;
}

/// A column name without case, marks and currency.
pub(crate) fn bare_name(header: &str) -> String {
    let words: String = fold(&[header])
        .chars()
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    let kept: Vec<&str> = words
        .split_whitespace()
        .filter(|word| !matches!(*word, "тг" | "тнг" | "kzt" | "тенге" | "теңге" | "tenge"))
        .collect();
    kept.join(" ")
}
