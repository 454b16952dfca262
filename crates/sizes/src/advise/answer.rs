//! What an advice says. Refuses words for people: reasons are codes with their numbers.

use super::reason::Reason;
use crate::buyer::NoSuchBody;

/// How an advice was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The sums learned from outcomes.
    Learned,
    /// Tables of bodies.
    BodyTables,
    /// The table of the piece or its brand.
    BrandTable,
}

impl Way {
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Learned => "learned",
            Self::BodyTables => "body-tables",
            Self::BrandTable => "brand-table",
        }
    }
}

/// Why there is no advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoData {
    /// Nothing is known of the buyer.
    NoBody,
    /// What is known does not speak of this kind of size.
    TooLittle,
    /// The body lies far outside of every table.
    OutsideTables,
    /// The sizes cannot be told apart: no system, no gender, no kind.
    UnknownSystem,
    /// None of the sizes offered is near.
    NoSizeSuits,
}

impl NoData {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoBody => "no-body",
            Self::TooLittle => "too-little",
            Self::OutsideTables => "outside-tables",
            Self::UnknownSystem => "unknown-system",
            Self::NoSizeSuits => "no-size-suits",
        }
    }
}

/// A size to take, or why none is named.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    Take { size: String, confidence: f64 },
    NoData(NoData),
}

/// Chances of one size: too small, fit, too large.
#[derive(Debug, Clone, PartialEq)]
pub struct SizeChance {
    pub size: String,
    pub chances: [f64; 3],
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    pub verdict: Verdict,
    /// None when not even the kind of sizes was known.
    pub way: Option<Way>,
    /// Chances of the size that was asked about, or of the one to take.
    pub asked: Option<SizeChance>,
    /// Chances of every size offered, in the order given.
    pub sizes: Vec<SizeChance>,
    /// At most three, heaviest first.
    pub reasons: Vec<Reason>,
}

impl Advice {
    pub(super) fn nothing(why: NoData) -> Self {
        Self {
            verdict: Verdict::NoData(why),
            way: None,
            asked: None,
            sizes: Vec::new(),
            reasons: Vec::new(),
        }
    }
}

/// A question that cannot be answered as it stands.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Problem {
    #[error("{0}")]
    Body(NoSuchBody),
    #[error("{value:?} is no size of the system {system}")]
    UnknownSize {
        field: &'static str,
        value: String,
        system: &'static str,
    },
    #[error("the size {value:?} is not in the table; it has {known}")]
    NotInTable {
        field: &'static str,
        value: String,
        known: String,
    },
}
