//! Rows and counts of the board.

use crate::board::{BoardCursor, BoardView};
use sauda_kernel::{BasisPoints, DecisionId, Money, OfferId, RuleId, Tenge, Timestamp};

/// State of an offer in a city.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceState {
    /// Not checked yet.
    Waiting,
    Works,
    AtFloor,
    HoldsMargin,
    AtCeiling,
    /// Minimum and maximum are not set: the bot does nothing.
    NoLimits,
    Paused,
    Pinned,
    /// The bot does not keep this price.
    Manual,
    /// A person must say yes.
    Asks,
    /// The marketplace refused the change.
    Refused,
    /// Checks fail.
    Error,
    OffSale,
    /// Nobody else sells the card here.
    Alone,
}

impl PlaceState {
    pub const ALL: [Self; 14] = [
        Self::Waiting,
        Self::Works,
        Self::AtFloor,
        Self::HoldsMargin,
        Self::AtCeiling,
        Self::NoLimits,
        Self::Paused,
        Self::Pinned,
        Self::Manual,
        Self::Asks,
        Self::Refused,
        Self::Error,
        Self::OffSale,
        Self::Alone,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Works => "works",
            Self::AtFloor => "at_floor",
            Self::HoldsMargin => "holds_margin",
            Self::AtCeiling => "at_ceiling",
            Self::NoLimits => "no_limits",
            Self::Paused => "paused",
            Self::Pinned => "pinned",
            Self::Manual => "manual",
            Self::Asks => "asks",
            Self::Refused => "refused",
            Self::Error => "error",
            Self::OffSale => "off_sale",
            Self::Alone => "alone",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// One offer in one city, as lists show it. Title and picture come from the catalogue by `offer`.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardRow {
    pub offer: OfferId,
    pub city_id: String,
    pub price: Option<Tenge>,
    pub delta: Option<i64>,
    pub changed_at: Option<Timestamp>,
    pub place: Option<i64>,
    pub sellers: Option<i64>,
    pub rival_price: Option<Tenge>,
    pub rival_name: Option<String>,
    pub profit: Option<Money>,
    pub margin: Option<BasisPoints>,
    pub floor: Option<Tenge>,
    pub state: PlaceState,
    pub reason: String,
    pub checked_at: Option<Timestamp>,
    pub decision: Option<DecisionId>,
    pub desired: Option<Tenge>,
    pub strategy: String,
    pub category: Option<String>,
    pub stock: Option<i64>,
    pub rule: Option<RuleId>,
    pub min: Option<Tenge>,
    pub max: Option<Tenge>,
    /// Step set for the offer itself; `None` means the rule's.
    pub step: Option<Tenge>,
    pub cost: Option<Money>,
    pub managed: bool,
    /// Counts changes of the offer's rule, for saving without overwriting somebody.
    pub version: i64,
}

/// One page of the board.
#[derive(Debug, Clone)]
pub struct BoardPage {
    pub rows: Vec<BoardRow>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<BoardCursor>,
    /// Where the page before ends; `None` on the first.
    pub back: Option<BoardCursor>,
    /// How many rows the filter finds in all.
    pub found: i64,
}

/// Counts for the tabs of views.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BoardCounts {
    pub all: i64,
    pub not_first: i64,
    /// On the first place, and on the second or third.
    pub first: i64,
    pub top_three: i64,
    pub at_floor: i64,
    pub no_limits: i64,
    pub errors: i64,
    pub paused: i64,
    pub asks: i64,
}

impl BoardCounts {
    /// How many rows a view holds.
    pub const fn of(&self, view: BoardView) -> i64 {
        match view {
            BoardView::All => self.all,
            BoardView::NotFirst => self.not_first,
            BoardView::AtFloor => self.at_floor,
            BoardView::NoLimits => self.no_limits,
            BoardView::Errors => self.errors,
            BoardView::Paused => self.paused,
            BoardView::Asks => self.asks,
        }
    }
}
