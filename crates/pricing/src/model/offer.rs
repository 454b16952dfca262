//! What is known of our own offer in one city, of its price limits and of the owner's other shops. Refuses to compute costs.

use super::SellerUid;
use sauda_kernel::Tenge;
use serde::{Deserialize, Serialize};

/// Our offer in one city at the moment of deciding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferFacts {
    /// Our shop's id on the marketplace.
    pub seller: SellerUid,
    /// The price that was last confirmed or is on its way; absent for an offer that never had one.
    #[serde(default)]
    pub price: Option<Tenge>,
    #[serde(default = "yes")]
    pub in_stock: bool,
    /// Our usual price (a median of weeks): what an absurd rival price is measured against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual_price: Option<Tenge>,
    /// 0…5000. Our own row in the observation is used when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating_milli: Option<i32>,
    /// Whole days to delivery. Our own row in the observation is used when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_days: Option<i32>,
    /// Units at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<i64>,
    /// Units sold in a day, in thousandths: 1.5 a day is 1500.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sales_per_day_milli: Option<i64>,
    /// Days since the oldest unit came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock_age_days: Option<i32>,
}

const fn yes() -> bool {
    true
}

impl OfferFacts {
    /// An offer in stock with a known price and nothing else known.
    pub const fn new(seller: SellerUid, price: Option<Tenge>) -> Self {
        Self {
            seller,
            price,
            in_stock: true,
            usual_price: None,
            rating_milli: None,
            delivery_days: None,
            stock: None,
            sales_per_day_milli: None,
            stock_age_days: None,
        }
    }

    /// How many days the stock lasts at the present pace; absent when either is not known or nothing sells.
    pub fn cover_days(&self) -> Option<i64> {
        let (stock, pace) = (self.stock?, self.sales_per_day_milli?);
        if pace <= 0 {
            None
        } else {
            Some(stock.max(0).saturating_mul(1_000) / pace)
        }
    }
}

/// Another shop of the same owner on the same card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sister {
    pub seller: SellerUid,
    /// Its price that was last confirmed or is on its way; its row in the observation is used when absent.
    #[serde(default)]
    pub price: Option<Tenge>,
    /// Whether a bot of the same owner keeps its price here. One that is at rest is no rival either, but nothing waits for it.
    #[serde(default = "yes")]
    pub at_work: bool,
}

/// The lowest prices that the economics of the offer permit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floors {
    /// The smallest price that earns the wished minimum profit; absent when the cost is not known.
    #[serde(default)]
    pub cost: Option<Tenge>,
    /// The smallest price that earns the margin of the strategy `hold_margin`.
    #[serde(default)]
    pub margin: Option<Tenge>,
    /// Price ranges above the cost floor where a dearer delivery step eats the profit again; ascending, apart.
    #[serde(default)]
    pub gaps: Vec<Gap>,
}

/// Prices from `from` to `to`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    pub from: Tenge,
    pub to: Tenge,
}
