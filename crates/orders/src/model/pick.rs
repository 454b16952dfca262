//! How a line of an order stands at the shelf.

/// What whoever packs says of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickState {
    Taken,
    /// It was not on the shelf.
    Missing,
}

impl PickState {
    /// Stable word for storage and pages.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Missing => "missing",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Taken, Self::Missing]
            .into_iter()
            .find(|state| state.word() == word)
    }
}
