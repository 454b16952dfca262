//! A shop's key to the marketplace's official interface, as people see it.

use sauda_kernel::Timestamp;

/// Whether the marketplace takes a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// Not tried yet.
    New,
    Works,
    Refused,
}

impl KeyState {
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Works => "works",
            Self::Refused => "refused",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        [Self::New, Self::Works, Self::Refused]
            .into_iter()
            .find(|state| state.word() == word)
    }
}

/// A key without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopKey {
    /// Its last letters.
    pub end: String,
    pub state: KeyState,
    pub state_since: Timestamp,
    /// Name of the person.
    pub given_by: String,
    pub given_at: Timestamp,
}
