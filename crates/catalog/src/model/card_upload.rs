//! An upload of new cards and what became of each.

use sauda_kernel::{CardUploadId, ProductId, ShopId, Timestamp};

/// How far an upload came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardUploadState {
    /// Kept, not sent.
    Recorded,
    /// Recorded as being sent: after a crash nobody knows whether it was.
    Sending,
    /// Nobody knows whether the marketplace has it: a person looks.
    Unclear,
    /// The marketplace has it and looks through it.
    Sent,
    /// Its results are there.
    Done,
    /// The marketplace said no.
    Refused,
}

impl CardUploadState {
    pub const ALL: [Self; 6] = [
        Self::Recorded,
        Self::Sending,
        Self::Unclear,
        Self::Sent,
        Self::Done,
        Self::Refused,
    ];
    pub const fn word(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Sending => "sending",
            Self::Unclear => "unclear",
            Self::Sent => "sent",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardUpload {
    pub id: CardUploadId,
    pub shop: ShopId,
    pub cards: i64,
    pub state: CardUploadState,
    /// The marketplace's code.
    pub code: Option<String>,
    /// Word of the last trouble.
    pub trouble: Option<String>,
    pub told: Option<String>,
    pub polls: i64,
    pub made_by: String,
    pub made_at: Timestamp,
    pub done_at: Option<Timestamp>,
    pub rows: Vec<CardUploadRow>,
}

/// One card of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardUploadRow {
    pub sku: String,
    pub product: ProductId,
    /// The marketplace's word.
    pub state: Option<String>,
    pub told: Option<String>,
}
