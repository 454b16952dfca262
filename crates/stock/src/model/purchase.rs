//! Orders to suppliers and stock-taking. Refuses to move pieces: that is the ledger's.

use super::BatchCost;
use sauda_economics::landed::in_tenge;
use sauda_kernel::{CountingId, Money, ProductId, PurchaseId, SupplierId, Timestamp, WarehouseId};

/// Where an order to a supplier stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PurchaseState {
    Draft,
    Sent,
    OnTheWay,
    Received,
    Cancelled,
}

impl PurchaseState {
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Sent,
        Self::OnTheWay,
        Self::Received,
        Self::Cancelled,
    ];

    /// Stable word for storage, the API and the key of the text `purchase-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Sent => "sent",
            Self::OnTheWay => "on_the_way",
            Self::Received => "received",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// What may come after this by a person's word; receiving has a door of its own.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::Sent, Self::Cancelled],
            Self::Sent => &[Self::OnTheWay, Self::Cancelled],
            Self::OnTheWay => &[Self::Cancelled],
            Self::Received | Self::Cancelled => &[],
        }
    }

    /// Its pieces may come.
    pub const fn is_coming(self) -> bool {
        matches!(self, Self::Sent | Self::OnTheWay)
    }
}

/// What an order is paid in when that is no tenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidIn {
    /// Three capital letters, such as CNY.
    pub currency: String,
    /// Tenge for one of it, millionths.
    pub rate: i64,
}

impl PaidIn {
    /// A price of hundredths of the currency in tenge, half a tiyn up. None for what is too much.
    pub fn in_tenge(&self, hundredths: i64) -> Option<Money> {
        in_tenge(hundredths, self.rate).ok()
    }
}

/// An order to a supplier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    pub id: PurchaseId,
    pub number: i64,
    pub supplier: Option<SupplierId>,
    pub warehouse: WarehouseId,
    pub state: PurchaseState,
    pub expected_at: Option<Timestamp>,
    /// Of the whole order: the sum of `costs`.
    pub extra_cost: Money,
    /// Rate of value added tax inside its prices, basis points; 0 without invoices of the tax.
    pub vat_bp: i64,
    /// Nothing for tenge.
    pub paid_in: Option<PaidIn>,
    pub made_by: String,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    pub received_at: Option<Timestamp>,
    pub lines: Vec<PurchaseLine>,
    /// What was paid for the whole of it when it came.
    pub costs: Vec<BatchCost>,
}

/// A line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurchaseLine {
    pub product: ProductId,
    pub ordered: i64,
    pub received: Option<i64>,
    /// What a piece costs in the currency of the order, hundredths; nothing for tenge, and when nobody said.
    pub price: Option<i64>,
    /// What a piece costs: of `price` by the order's rate, where there is one.
    pub unit_cost: Option<Money>,
    /// What all that came of it cost on the shelf; nothing before, and without a price.
    pub landed: Option<Money>,
}

/// Somebody goods are bought from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplier {
    pub id: SupplierId,
    pub name: String,
    pub phone: String,
    pub lead_days: i64,
    /// Deviation, tenths of a day.
    pub lead_spread_tenths: i64,
    /// One bit for each weekday from Monday on which orders are taken.
    pub weekdays: i64,
    /// Such as 2027-01-01.
    pub days_off: Vec<String>,
    /// Where orders are sent; empty when nobody said.
    pub email: String,
    /// Rate of value added tax inside its prices, basis points; 0 without invoices of the tax.
    pub vat_bp: i64,
    /// Put away: not offered any more.
    pub is_gone: bool,
}

impl Supplier {
    /// Days to wait until orders are taken again; 0 today. After a month nobody waits.
    pub fn opens_in(&self, now: Timestamp) -> i64 {
        (0..31)
            .find(|ahead| {
                let local = now.plus(sauda_kernel::Span::from_days(*ahead)).local();
                let bit = 1_i64 << (local.weekday.saturating_sub(1)).min(6);
                let date = format!("{:04}-{:02}-{:02}", local.year, local.month, local.day);
                self.weekdays & bit != 0 && !self.days_off.contains(&date)
            })
            .unwrap_or(0)
    }
}

/// A stock-taking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counting {
    pub id: CountingId,
    pub warehouse: WarehouseId,
    /// Still goes on.
    pub is_open: bool,
    pub made_by: String,
    pub created_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

/// What was counted of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountLine {
    pub product: ProductId,
    pub expected: i64,
    pub counted: i64,
    pub counted_by: String,
}

impl CountLine {
    pub const fn difference(&self) -> i64 {
        self.counted.saturating_sub(self.expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_kernel::{CountedIds, Id, PushedClock};

    #[test]
    fn a_supplier_opens_on_its_weekdays_and_not_on_days_off() {
        let clock = PushedClock::at(Timestamp::from_almaty(2026, 11, 20, 12, 0, 0).unwrap());
        let supplier = Supplier {
            id: Id::new(&clock, &CountedIds::default()),
            name: "Базар".to_owned(),
            phone: String::new(),
            lead_days: 7,
            lead_spread_tenths: 0,
            // Mondays and Fridays.
            weekdays: 0b001_0001,
            days_off: vec!["2026-11-20".to_owned()],
            email: String::new(),
            vat_bp: 0,
            is_gone: false,
        };
        // 20 November 2026 is a Friday.
        assert_eq!(
            supplier.opens_in(Timestamp::from_almaty(2026, 11, 20, 12, 0, 0).unwrap()),
            3
        );
        assert_eq!(
            supplier.opens_in(Timestamp::from_almaty(2026, 11, 27, 12, 0, 0).unwrap()),
            0
        );
    }
}
