//! Orders as a marketplace tells them, and what a seller may do with one. Money is tiyn, time is UTC, words that nobody listed stay
//! as they came.

use crate::{Egress, MarketError};
use sauda_kernel::{Money, Timestamp};
use secrecy::SecretString;

/// A shop's own key to the orders of a marketplace. Sealed at rest, never logged.
#[derive(Debug, Clone)]
pub struct ApiToken(pub SecretString);

/// The tab that the marketplace keeps an order in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderTab {
    New,
    SignRequired,
    Pickup,
    Delivery,
    KaspiDelivery,
    Archive,
    /// A word that we do not know yet.
    Other(String),
}

impl OrderTab {
    /// Every tab that can be asked for.
    pub const ALL: [Self; 6] = [
        Self::New,
        Self::SignRequired,
        Self::Pickup,
        Self::Delivery,
        Self::KaspiDelivery,
        Self::Archive,
    ];

    /// As the marketplace spells it.
    pub fn word(&self) -> &str {
        match self {
            Self::New => "NEW",
            Self::SignRequired => "SIGN_REQUIRED",
            Self::Pickup => "PICKUP",
            Self::Delivery => "DELIVERY",
            Self::KaspiDelivery => "KASPI_DELIVERY",
            Self::Archive => "ARCHIVE",
            Self::Other(word) => word,
        }
    }

    pub fn of(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|tab| tab.word() == word)
            .unwrap_or_else(|| Self::Other(word.to_owned()))
    }
}

/// What has become of an order by the marketplace's word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderStatus {
    ApprovedByBank,
    AcceptedByMerchant,
    Completed,
    Cancelled,
    Cancelling,
    ReturnRequested,
    ReturnAccepted,
    Returned,
    Arrived,
    /// A word that we do not know yet.
    Other(String),
}

impl OrderStatus {
    const KNOWN: [Self; 9] = [
        Self::ApprovedByBank,
        Self::AcceptedByMerchant,
        Self::Completed,
        Self::Cancelled,
        Self::Cancelling,
        Self::ReturnRequested,
        Self::ReturnAccepted,
        Self::Returned,
        Self::Arrived,
    ];

    /// As the marketplace spells it.
    pub fn word(&self) -> &str {
        match self {
            Self::ApprovedByBank => "APPROVED_BY_BANK",
            Self::AcceptedByMerchant => "ACCEPTED_BY_MERCHANT",
            Self::Completed => "COMPLETED",
            Self::Cancelled => "CANCELLED",
            Self::Cancelling => "CANCELLING",
            Self::ReturnRequested => "KASPI_DELIVERY_RETURN_REQUESTED",
            Self::ReturnAccepted => "RETURN_ACCEPTED_BY_MERCHANT",
            Self::Returned => "RETURNED",
            Self::Arrived => "ARRIVED",
            Self::Other(word) => word,
        }
    }

    pub fn of(word: &str) -> Self {
        Self::KNOWN
            .into_iter()
            .find(|status| status.word() == word)
            .unwrap_or_else(|| Self::Other(word.to_owned()))
    }
}

/// Which orders to list: one tab, created within at most 14 days, a page from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrdersQuestion {
    pub tab: OrderTab,
    pub created_from: Timestamp,
    pub created_to: Timestamp,
    pub page: u32,
    /// 1 to 100.
    pub size: u32,
}

/// One page of orders.
#[derive(Debug, Clone, PartialEq)]
pub struct OrdersPage {
    pub orders: Vec<Order>,
    /// How many pages and orders the marketplace says there are.
    pub pages: Option<i64>,
    pub total: Option<i64>,
    /// Rows that could not be understood, with the reason; never silently dropped.
    pub refused: Vec<String>,
}

/// An order as the marketplace shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The marketplace's own id, opaque; `code` is the stable key.
    pub id: String,
    /// Digits shown to people.
    pub code: String,
    pub tab: OrderTab,
    pub status: OrderStatus,
    pub total: Money,
    /// `PAY_WITH_CREDIT`, `PREPAID`: open.
    pub payment: Option<String>,
    pub credit_months: Option<i64>,
    pub created_at: Timestamp,
    pub approved_at: Option<Timestamp>,
    pub planned_delivery_at: Option<Timestamp>,
    /// Until when the goods are kept for the buyer, or when a pre-order is due.
    pub reserved_until: Option<Timestamp>,
    /// What the buyer pays for the delivery, and what the seller does.
    pub delivery_cost: Option<Money>,
    pub delivery_cost_for_seller: Option<Money>,
    pub is_kaspi_delivery: bool,
    /// `DELIVERY_LOCAL`, `DELIVERY_PICKUP`, `DELIVERY_REGIONAL_TODOOR`, …: open.
    pub delivery_mode: Option<String>,
    pub address: Option<OrderAddress>,
    /// Where the parcel leaves from.
    pub origin: Option<OrderOrigin>,
    /// The point it is taken from, `30067228_PP1`.
    pub point_id: Option<String>,
    pub signature_required: bool,
    pub preorder: bool,
    /// The parcel was declared ready.
    pub assembled: bool,
    /// Why it was or is being cancelled: open.
    pub cancel_reason: Option<String>,
    pub buyer: Buyer,
    pub delivery: Option<Parcel>,
    /// What was bought; `None` when the answer did not say, which is not the same as nothing.
    pub entries: Option<Vec<OrderEntry>>,
}

/// Who bought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Buyer {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub phone: BuyerPhone,
}

/// The buyer's phone as the marketplace wants us to know it. A masked one is never guessed from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum BuyerPhone {
    /// `+77010000000`.
    Known(String),
    /// As it came.
    Masked(String),
    #[default]
    Unknown,
}

/// Where to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderAddress {
    /// The whole of it in one line.
    pub line: Option<String>,
    pub town: Option<String>,
    pub street: Option<String>,
    pub house: Option<String>,
    pub apartment: Option<String>,
}

/// The seller's point that a parcel leaves from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderOrigin {
    pub name: Option<String>,
    pub city_id: Option<String>,
    pub city_name: Option<String>,
    pub line: Option<String>,
}

/// A parcel on its way with the marketplace's own delivery.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parcel {
    pub waybill_url: Option<String>,
    pub waybill_number: Option<String>,
    pub handover_planned_at: Option<Timestamp>,
    pub handed_over_at: Option<Timestamp>,
    pub express: bool,
    pub returned_to_warehouse: bool,
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderEntry {
    /// The marketplace's own id, opaque.
    pub id: String,
    /// From 0.
    pub number: i64,
    /// `PIECES`, `MEASURABLE`, `MEASURABLE_PIECES`: open.
    pub unit: Option<String>,
    pub quantity: i64,
    /// Of one piece, and of the line.
    pub price: Money,
    pub total: Money,
    pub delivery_cost: Option<Money>,
    pub weight_g: Option<i64>,
    pub min_weight_g: Option<i64>,
    pub category: Option<String>,
    pub category_title: Option<String>,
    /// The seller's own article and its name.
    pub sku: Option<String>,
    pub name: Option<String>,
    /// The marketplace's card.
    pub card: Option<String>,
    pub imei_required: bool,
}

/// Why a seller cancels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CancelReason {
    /// The buyer asked for it.
    BuyerAsked,
    BuyerNotReachable,
    OutOfStock,
}

impl CancelReason {
    pub const ALL: [Self; 3] = [Self::BuyerAsked, Self::BuyerNotReachable, Self::OutOfStock];

    /// As the marketplace spells it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::BuyerAsked => "BUYER_CANCELLATION_BY_MERCHANT",
            Self::BuyerNotReachable => "BUYER_NOT_REACHABLE",
            Self::OutOfStock => "MERCHANT_OUT_OF_STOCK",
        }
    }
}

/// What a seller asks the marketplace to do with an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderAct {
    Accept,
    /// The parcel is ready, in so many places. Never twice: each makes a new waybill.
    Assemble {
        parcels: u32,
    },
    Cancel {
        reason: CancelReason,
        /// At most 1 000 letters.
        comment: Option<String>,
    },
    /// The buyer is sent a code.
    SendCode,
    /// The buyer has the goods and told the code.
    Complete {
        code: String,
    },
    /// Pre-ordered goods are at the point.
    Arrived,
    /// A returned parcel came back.
    ArrivedBackward,
}

/// A line that is to become smaller, or to go when nothing is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryCancel {
    pub entry_id: String,
    pub left: i64,
    pub reason: CancelReason,
    pub notes: String,
}

/// Goods by weight turned out lighter, or are not there: so much of a line stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightChange {
    pub entry_id: String,
    /// Grams that stay; 0 takes the line out.
    pub left_g: i64,
    /// Pieces that stay.
    pub left: i64,
    pub is_underweight: bool,
    pub notes: String,
}

/// How a change of lines goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryCancelState {
    InProgress,
    Done,
}

/// A marketplace whose orders can be worked on with a key of the shop. Stateless, asks no budget: the caller has.
#[async_trait::async_trait]
pub trait OrderDesk: Send + Sync {
    async fn orders(
        &self,
        via: &Egress,
        token: &ApiToken,
        question: &OrdersQuestion,
    ) -> Result<OrdersPage, MarketError>;
    /// One order by the number that people know.
    async fn order(&self, via: &Egress, token: &ApiToken, code: &str) -> Result<Order, MarketError>;
    /// Lines of an order, by the marketplace's own id of it.
    async fn entries(
        &self,
        via: &Egress,
        token: &ApiToken,
        order_id: &str,
    ) -> Result<Vec<OrderEntry>, MarketError>;
    /// Asks for an act. The answer is an acknowledgement: read the order back to see the effect.
    async fn act(
        &self,
        via: &Egress,
        token: &ApiToken,
        order_id: &str,
        code: &str,
        act: &OrderAct,
    ) -> Result<(), MarketError>;
    /// Takes pieces out of one line.
    async fn cancel_entry(
        &self,
        via: &Egress,
        token: &ApiToken,
        cancel: &EntryCancel,
    ) -> Result<EntryCancelState, MarketError>;
    /// Lowers the weight of a line. Accepted is not done: read the lines back.
    async fn change_weight(
        &self,
        _via: &Egress,
        _token: &ApiToken,
        _market_id: &str,
        _change: &WeightChange,
    ) -> Result<EntryCancelState, MarketError> {
        Err(MarketError::Unsupported("weights of lines"))
    }
    /// Tells the numbers of the devices of a line, one or two each.
    async fn tell_imei(
        &self,
        _via: &Egress,
        _token: &ApiToken,
        _entry_id: &str,
        _devices: &[Vec<String>],
    ) -> Result<(), MarketError> {
        Err(MarketError::Unsupported("numbers of devices"))
    }
    /// The waybill of a parcel, a PDF. It is there from some seconds after the assembling until the hand-over.
    async fn waybill(&self, via: &Egress, token: &ApiToken, url: &str) -> Result<Vec<u8>, MarketError>;
}
