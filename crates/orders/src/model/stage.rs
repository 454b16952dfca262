//! Where an order stands with us, derived from what the marketplace says of it.

use crate::model::Document;
use sauda_market::{OrderStatus, OrderTab};

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// To be accepted.
    New,
    /// The buyer still signs for a credit.
    Sign,
    /// Accepted: to be packed and declared ready.
    Pack,
    /// Ready: to be handed over to the marketplace's delivery.
    HandOver,
    /// With the marketplace's delivery.
    OnWay,
    /// To be brought by the seller.
    Deliver,
    /// To be fetched by the buyer.
    Pickup,
    /// Ordered before the goods are there.
    Preorder,
    /// Cancelled on its way: the parcel comes back.
    ComingBack,
    /// The buyer wants to return it.
    ReturnAsked,
    Done,
    Returned,
    Cancelled,
    /// The marketplace says something that we do not know yet.
    Unknown,
}

impl Stage {
    pub const ALL: [Self; 14] = [
        Self::New,
        Self::Sign,
        Self::Pack,
        Self::HandOver,
        Self::OnWay,
        Self::Deliver,
        Self::Pickup,
        Self::Preorder,
        Self::ComingBack,
        Self::ReturnAsked,
        Self::Done,
        Self::Returned,
        Self::Cancelled,
        Self::Unknown,
    ];

    /// Stable word for storage, the API and the key of the text `stage-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Sign => "sign",
            Self::Pack => "pack",
            Self::HandOver => "hand_over",
            Self::OnWay => "on_way",
            Self::Deliver => "deliver",
            Self::Pickup => "pickup",
            Self::Preorder => "preorder",
            Self::ComingBack => "coming_back",
            Self::ReturnAsked => "return_asked",
            Self::Done => "done",
            Self::Returned => "returned",
            Self::Cancelled => "cancelled",
            Self::Unknown => "unknown",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.word() == word)
    }

    /// Nothing more will happen to it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Returned | Self::Cancelled)
    }

    /// Where an order stands by the marketplace's word.
    pub fn of(tab: &OrderTab, status: &OrderStatus, facts: &Document) -> Self {
        match status {
            OrderStatus::Completed => Self::Done,
            OrderStatus::Cancelled => Self::Cancelled,
            OrderStatus::Cancelling => Self::ComingBack,
            OrderStatus::ReturnRequested => Self::ReturnAsked,
            OrderStatus::ReturnAccepted | OrderStatus::Returned => Self::Returned,
            OrderStatus::ApprovedByBank if *tab == OrderTab::SignRequired => Self::Sign,
            OrderStatus::ApprovedByBank => Self::New,
            OrderStatus::AcceptedByMerchant if *tab == OrderTab::SignRequired => Self::Sign,
            OrderStatus::AcceptedByMerchant if facts.preorder && !facts.assembled => Self::Preorder,
            OrderStatus::AcceptedByMerchant | OrderStatus::Arrived => Self::accepted(tab, facts),
            OrderStatus::Other(_) => Self::Unknown,
        }
    }

    fn accepted(tab: &OrderTab, facts: &Document) -> Self {
        if facts.is_kaspi_delivery {
            if facts.handed_over_at.is_some() {
                Self::OnWay
            } else if facts.assembled {
                Self::HandOver
            } else {
                Self::Pack
            }
        } else if *tab == OrderTab::Pickup || facts.delivery_mode.as_deref() == Some("DELIVERY_PICKUP") {
            Self::Pickup
        } else {
            Self::Deliver
        }
    }
}

/// A saved view of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Everything that is not over.
    #[default]
    Open,
    New,
    Pack,
    HandOver,
    OnWay,
    Own,
    Back,
    Done,
    Cancelled,
    All,
}

impl View {
    pub const ALL: [Self; 10] = [
        Self::Open,
        Self::New,
        Self::Pack,
        Self::HandOver,
        Self::OnWay,
        Self::Own,
        Self::Back,
        Self::Done,
        Self::Cancelled,
        Self::All,
    ];

    /// Stable word for addresses and the key of the text `orders-view-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::New => "new",
            Self::Pack => "pack",
            Self::HandOver => "hand_over",
            Self::OnWay => "on_way",
            Self::Own => "own",
            Self::Back => "back",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::All => "all",
        }
    }

    /// Unknown words mean everything that is open.
    pub fn parse(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|view| view.word() == word)
            .unwrap_or_default()
    }

    /// Lists of what is over begin with the newest; all others with what is due first.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled | Self::All | Self::Back)
    }

    pub const fn shows(self, stage: Stage) -> bool {
        match self {
            Self::All => true,
            Self::Open => !stage.is_over(),
            Self::New => matches!(stage, Stage::New | Stage::Sign),
            Self::Pack => matches!(stage, Stage::Pack | Stage::Preorder),
            Self::HandOver => matches!(stage, Stage::HandOver),
            Self::OnWay => matches!(stage, Stage::OnWay),
            Self::Own => matches!(stage, Stage::Deliver | Stage::Pickup),
            Self::Back => matches!(stage, Stage::ComingBack | Stage::ReturnAsked | Stage::Returned),
            Self::Done => matches!(stage, Stage::Done),
            Self::Cancelled => matches!(stage, Stage::Cancelled),
        }
    }

    pub fn stages(self) -> impl Iterator<Item = Stage> {
        Stage::ALL.into_iter().filter(move |stage| self.shows(*stage))
    }
}
