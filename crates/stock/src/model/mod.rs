//! Data of the room: what lies where, what moved, what is ordered. Refuses to know a database.

mod cost;
mod purchase;

pub(crate) use cost::inside;
pub use cost::{BatchCost, CostKind, Costing, Landed, Landing, land, tax_inside};
pub use purchase::{CountLine, Counting, PaidIn, Purchase, PurchaseLine, PurchaseState, Supplier};

use crate::reorder::{Break, Offer};
use sauda_kernel::{Money, MovementId, OrderId, ProductId, SupplierId, Timestamp, WarehouseId};

/// How a merchant keeps stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Since when; nothing while it is not kept here.
    pub kept_since: Option<Timestamp>,
    pub refuses_negative: bool,
    /// What is free goes into price lists and cabinets.
    pub sends_stock: bool,
    pub promise: Promise,
    /// The promised share, ten-thousandths.
    pub fill_bp: i64,
    pub review_days: i64,
    pub lead_days: i64,
    /// Days that a piece may lie on the average; 0 for as long as the promise asks.
    pub most_days: i64,
    /// Where the cost of what was sold comes from.
    pub costing: Costing,
    /// Of one order to a supplier, whatever is in it; with `holding_bp`, or neither.
    pub order_cost: Option<Money>,
    /// What keeping a piece for a year costs, ten-thousandths of its price.
    pub holding_bp: Option<i64>,
}

/// What `fill_bp` is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// Pieces asked for that are there at once.
    Fill,
    /// Deliveries before which nothing ran out.
    Cycle,
}

impl Promise {
    pub const ALL: [Self; 2] = [Self::Fill, Self::Cycle];

    /// Stable word for storage and the key of the text `stock-promise-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fill => "fill",
            Self::Cycle => "cycle",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            kept_since: None,
            refuses_negative: true,
            sends_stock: false,
            promise: Promise::Fill,
            fill_bp: 9_500,
            review_days: 7,
            lead_days: 14,
            most_days: crate::reorder::DEAD_AFTER_DAYS,
            costing: Costing::Average,
            order_cost: None,
            holding_bp: None,
        }
    }
}

/// A place where goods lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warehouse {
    pub id: WarehouseId,
    pub name: String,
    pub is_main: bool,
}

/// What lies of a product in a warehouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    pub product: ProductId,
    pub warehouse: WarehouseId,
    pub on_hand: i64,
    pub reserved: i64,
    /// What the shops were told last.
    pub told: Option<i64>,
}

impl Balance {
    /// What may still be sold; never less than nothing.
    pub fn free(&self) -> i64 {
        self.on_hand.saturating_sub(self.reserved).max(0)
    }
}

/// Why pieces came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MovementKind {
    Receipt,
    Sale,
    Return,
    WriteOff,
    Transfer,
    Counting,
    Correction,
}

impl MovementKind {
    pub const ALL: [Self; 7] = [
        Self::Receipt,
        Self::Sale,
        Self::Return,
        Self::WriteOff,
        Self::Transfer,
        Self::Counting,
        Self::Correction,
    ];

    /// Stable word for storage, the API and the key of the text `stock-move-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Sale => "sale",
            Self::Return => "return",
            Self::WriteOff => "write_off",
            Self::Transfer => "transfer",
            Self::Counting => "counting",
            Self::Correction => "correction",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Pieces that came or went, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    pub id: MovementId,
    pub product: ProductId,
    pub warehouse: WarehouseId,
    pub kind: MovementKind,
    pub quantity: i64,
    pub balance: i64,
    pub unit_cost: Option<Money>,
    pub at: Timestamp,
    pub made_by: String,
    pub reason: String,
    pub document: String,
}

/// Pieces that are to come or go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMovement {
    pub product: ProductId,
    pub warehouse: WarehouseId,
    pub kind: MovementKind,
    pub quantity: i64,
    pub unit_cost: Option<Money>,
    /// What all its pieces cost, when that is known more exactly than by the piece.
    pub landed: Option<Landed>,
    pub reason: String,
    pub document: String,
    /// The same thing is written once, whoever tells it again.
    pub once_key: String,
}

/// What an order wants of the stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderWish {
    /// It came, and is not accepted.
    Seen,
    /// Accepted: its pieces are promised.
    Held,
    /// Handed over: its pieces are gone.
    Shipped,
    /// Cancelled: what was promised is free again.
    Freed,
}

/// A line of an order with its product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderGoods {
    pub line: i64,
    pub product: ProductId,
    pub quantity: i64,
    /// What a piece was sold for; nothing when nobody says.
    pub unit_price: Option<Money>,
}

/// An order as the stock follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderStock {
    pub order: OrderId,
    /// Number that people see.
    pub code: String,
    /// When the buyer ordered.
    pub created_at: Timestamp,
    pub wish: OrderWish,
    pub goods: Vec<OrderGoods>,
}

/// How a line of an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineState {
    Seen,
    Held,
    Shipped,
    Freed,
    Returned,
}

impl LineState {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Held => "held",
            Self::Shipped => "shipped",
            Self::Freed => "freed",
            Self::Returned => "returned",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Seen, Self::Held, Self::Shipped, Self::Freed, Self::Returned]
            .into_iter()
            .find(|state| state.word() == word)
    }

    /// Where a line goes from here: what is gone stays gone until somebody brings it back.
    pub const fn after(self, wish: OrderWish) -> Self {
        match (self, wish) {
            (Self::Shipped, _) => Self::Shipped,
            (Self::Returned, _) => Self::Returned,
            (Self::Held, OrderWish::Seen) => Self::Held,
            (_, OrderWish::Seen) => Self::Seen,
            (_, OrderWish::Held) => Self::Held,
            (_, OrderWish::Shipped) => Self::Shipped,
            (_, OrderWish::Freed) => Self::Freed,
        }
    }
}

/// How a product is bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supply {
    pub product: ProductId,
    pub supplier: Option<SupplierId>,
    pub least: i64,
    pub pack: i64,
    /// Pieces a thousand days sell, by somebody's word.
    pub rate_milli: Option<i64>,
    pub skip_until: Option<Timestamp>,
    /// Room that a piece takes when it is brought, cubic centimetres.
    pub volume_cm3: Option<i64>,
    /// The supplier's prices by quantity, smallest quantity first; the catalogue's cost below the first, and without them.
    pub breaks: Vec<Break>,
}

impl Supply {
    /// Nobody said anything.
    pub const fn blank(product: ProductId) -> Self {
        Self {
            product,
            supplier: None,
            least: 1,
            pack: 1,
            rate_milli: None,
            skip_until: None,
            volume_cm3: None,
            breaks: Vec::new(),
        }
    }

    /// How the supplier sells a piece that costs so much by the catalogue.
    pub fn offer(&self, cost: Option<Money>) -> Offer {
        let first = self.breaks.first().map_or(i64::MAX, |one| one.from);
        let usual = cost.filter(|_| first > 1).map(|price| Break { from: 1, price });
        Offer {
            least: self.least,
            pack: self.pack,
            breaks: usual.into_iter().chain(self.breaks.iter().copied()).collect(),
        }
    }
}

/// Day in Almaty, days since 1970.
pub fn day_of(at: Timestamp) -> i64 {
    at.local_midnight()
        .as_secs()
        .saturating_add(12 * 3_600)
        .div_euclid(86_400)
}

/// Days on which goods are promoted. Days are counted from 1970 in Almaty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promotion {
    /// None: everything that the merchant sells.
    pub product: Option<ProductId>,
    pub from_day: i64,
    /// Included.
    pub to_day: i64,
    /// Who said so.
    pub made_by: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_almaty() {
        let day = |hour, minute| day_of(Timestamp::from_almaty(2026, 11, 20, hour, minute, 0).unwrap());
        assert_eq!(day(0, 0), day(23, 59));
        assert_eq!(
            day(0, 0) + 1,
            day_of(Timestamp::from_almaty(2026, 11, 21, 0, 0, 0).unwrap())
        );
        assert_eq!(
            day(12, 0),
            Timestamp::parse("2026-11-20T00:00:00Z").unwrap().as_secs() / 86_400
        );
    }

    #[test]
    fn what_is_gone_stays_gone_and_what_was_freed_may_be_promised_again() {
        assert_eq!(LineState::Shipped.after(OrderWish::Freed), LineState::Shipped);
        assert_eq!(LineState::Held.after(OrderWish::Freed), LineState::Freed);
        assert_eq!(LineState::Freed.after(OrderWish::Held), LineState::Held);
        assert_eq!(LineState::Returned.after(OrderWish::Shipped), LineState::Returned);
        assert_eq!(LineState::Held.after(OrderWish::Seen), LineState::Held);
    }
}
