//! What a buyer sends back, as it is kept.

use sauda_kernel::{Money, ReturnId, ShopId, Timestamp};
use sauda_market::{Refund, RefundDetails, RefundTab};
use serde::{Deserialize, Serialize};

/// What people did with a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReturnMark {
    None,
    /// Fetched from the marketplace's point.
    Collected,
    /// The pieces are for sale again.
    Stocked,
    WrittenOff,
    /// The seller does not agree.
    Disputed,
}

impl ReturnMark {
    pub const ALL: [Self; 5] = [
        Self::None,
        Self::Collected,
        Self::Stocked,
        Self::WrittenOff,
        Self::Disputed,
    ];

    /// Stable word for storage, the API and the key of the text `return-mark-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Collected => "collected",
            Self::Stocked => "stocked",
            Self::WrittenOff => "written_off",
            Self::Disputed => "disputed",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.word() == word)
    }

    /// What may be said after this. Everything may be taken back.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::None => &[Self::Collected, Self::Disputed],
            Self::Collected => &[Self::Stocked, Self::WrittenOff, Self::Disputed, Self::None],
            Self::Disputed => &[Self::Collected, Self::None],
            Self::Stocked | Self::WrittenOff => &[Self::Collected],
        }
    }
}

/// In what condition goods came back, as a person found them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Condition {
    /// As new, in its packing.
    Intact,
    /// As new, the packing was opened.
    Opened,
    /// Somebody used it.
    Worn,
    /// Broken, stained or incomplete.
    Damaged,
}

impl Condition {
    pub const ALL: [Self; 4] = [Self::Intact, Self::Opened, Self::Worn, Self::Damaged];

    /// Stable word for storage, the API and the key of the text `return-goods-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Intact => "intact",
            Self::Opened => "opened",
            Self::Worn => "worn",
            Self::Damaged => "damaged",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|condition| condition.word() == word)
    }
}

/// Which returns a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReturnView {
    /// Those with which somebody has something to do.
    #[default]
    Todo,
    Coming,
    Closed,
    All,
}

impl ReturnView {
    pub const ALL: [Self; 4] = [Self::Todo, Self::Coming, Self::Closed, Self::All];

    /// Stable word for addresses and the key of the text `return-view-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Coming => "coming",
            Self::Closed => "closed",
            Self::All => "all",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.word() == word)
    }

    /// Whether it shows a return that stands there.
    pub const fn shows(self, tab: RefundTab, mark: ReturnMark) -> bool {
        match self {
            Self::All => true,
            Self::Coming => matches!(tab, RefundTab::New | RefundTab::OnDelivery),
            Self::Closed => matches!(tab, RefundTab::Closed),
            // A parcel that was fetched waits for a word, also when the marketplace closed the case.
            Self::Todo => {
                matches!(mark, ReturnMark::Collected)
                    || (matches!(tab, RefundTab::WaitingDecision | RefundTab::Dispute)
                        && matches!(mark, ReturnMark::None))
            }
        }
    }
}

/// What the cabinet tells of a return beside its columns. New members are optional: old documents stay readable.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReturnDocument {
    pub sku: Option<String>,
    pub customer: Option<String>,
    pub sum: Option<Money>,
    pub quantity: Option<i64>,
    pub reason: Option<String>,
    /// How it stands, in the marketplace's words.
    pub state: Option<String>,
    pub comment: Option<String>,
    pub step: Option<String>,
    pub track_url: Option<String>,
    pub pictures: Vec<String>,
}

impl ReturnDocument {
    /// What a list tells; what only the details told stays.
    pub fn with_row(mut self, refund: &Refund) -> Self {
        let keep = |new: &Option<String>, old: Option<String>| new.clone().or(old);
        self.sku = keep(&refund.sku, self.sku);
        self.customer = keep(&refund.customer, self.customer);
        self.reason = keep(&refund.reason, self.reason);
        self.state = keep(&refund.state, self.state);
        self.sum = refund.sum.or(self.sum);
        self.quantity = refund.quantity.or(self.quantity);
        self
    }

    /// What the details tell beside.
    pub fn with_details(mut self, details: &RefundDetails) -> Self {
        self.comment.clone_from(&details.comment);
        self.step.clone_from(&details.step);
        self.track_url.clone_from(&details.track_url);
        self.pictures.clone_from(&details.pictures);
        if self.reason.is_none() {
            self.reason.clone_from(&details.reason);
        }
        self
    }
}

/// A return of a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    pub id: ReturnId,
    pub shop: ShopId,
    pub market_id: String,
    pub number: String,
    pub order_code: String,
    pub tab: RefundTab,
    pub until_at: Option<Timestamp>,
    pub document: ReturnDocument,
    pub first_at: Timestamp,
    pub seen_at: Timestamp,
    pub details_at: Option<Timestamp>,
    pub mark: ReturnMark,
    pub marked_by: String,
    pub marked_at: Option<Timestamp>,
    /// None before somebody looked at the goods.
    pub condition: Option<Condition>,
}

impl Returned {
    /// As the marketplace is asked for its details.
    pub fn to_market(&self) -> Refund {
        Refund {
            id: self.market_id.clone(),
            number: self.number.clone(),
            order_code: Some(self.order_code.clone()),
            sku: self.document.sku.clone(),
            customer: None,
            sum: None,
            quantity: None,
            reason: None,
            state: None,
        }
    }
}

/// Until when somebody has to do something: steps follow each other, so the last moment is that of the step that stands.
pub fn until(details: &RefundDetails) -> Option<Timestamp> {
    details.steps.iter().filter_map(|step| step.expires_at).max()
}
