//! How goods reach the buyer. Refuses to know when.

use super::Document;

/// How goods reach the buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The marketplace brings them to the door or to its own point.
    Kaspi,
    /// The same within hours.
    Express,
    /// The marketplace brings them to a parcel locker.
    Postomat,
    /// The buyer comes for them.
    Pickup,
    /// The seller brings them.
    Own,
}

impl Way {
    pub const ALL: [Self; 5] = [
        Self::Kaspi,
        Self::Express,
        Self::Postomat,
        Self::Pickup,
        Self::Own,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Kaspi => "kaspi",
            Self::Express => "express",
            Self::Postomat => "postomat",
            Self::Pickup => "pickup",
            Self::Own => "own",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.word() == word)
    }

    /// What the marketplace's document says.
    pub fn of(document: &Document) -> Self {
        let is_pickup = document.delivery_mode.as_deref() == Some("DELIVERY_PICKUP");
        match (document.is_kaspi_delivery, is_pickup) {
            (true, _) if document.express => Self::Express,
            (true, true) => Self::Postomat,
            (true, false) => Self::Kaspi,
            (false, true) => Self::Pickup,
            (false, false) => Self::Own,
        }
    }
}
