//! What buyers send back, as a marketplace's cabinet tells it. Refuses to decide: accepting and refusing was never seen on the wire.

use sauda_kernel::{Money, Timestamp};

/// Where a return stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefundTab {
    /// Asked for; the buyer has not handed it over yet.
    New,
    /// On its way to the seller.
    OnDelivery,
    /// With the seller, who has to decide.
    WaitingDecision,
    /// Argued about.
    Dispute,
    Closed,
}

impl RefundTab {
    pub const ALL: [Self; 5] = [
        Self::New,
        Self::OnDelivery,
        Self::WaitingDecision,
        Self::Dispute,
        Self::Closed,
    ];

    /// Stable word for storage, the API and the key of a text.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::OnDelivery => "on_delivery",
            Self::WaitingDecision => "waiting_decision",
            Self::Dispute => "dispute",
            Self::Closed => "closed",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.word() == word)
    }
}

/// A return as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// The marketplace's own id.
    pub id: String,
    /// The number that people see.
    pub number: String,
    pub order_code: Option<String>,
    pub sku: Option<String>,
    pub customer: Option<String>,
    pub sum: Option<Money>,
    pub quantity: Option<i64>,
    pub reason: Option<String>,
    /// How it stands, in the marketplace's words.
    pub state: Option<String>,
}

/// One page of returns of a tab.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RefundPage {
    pub refunds: Vec<Refund>,
    pub total: Option<i64>,
    /// Rows that could not be understood.
    pub refused: Vec<String>,
}

/// A step that a return takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundStep {
    pub title: String,
    pub result: Option<String>,
    /// Until when somebody has to do something.
    pub expires_at: Option<Timestamp>,
}

/// One return with everything that is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RefundDetails {
    pub comment: Option<String>,
    pub reason: Option<String>,
    /// What happens now, in the marketplace's words.
    pub step: Option<String>,
    pub steps: Vec<RefundStep>,
    pub track_url: Option<String>,
    pub pictures: Vec<String>,
}
