//! One read of a card in one city: who sells it, for how much, how fast. Refuses prices that are not prices.

use super::{SellerUid, moment};
use sauda_kernel::{Span, Tenge, Timestamp};
use sauda_market::RivalOffer;
use serde::{Deserialize, Serialize};

/// The largest price that is taken for a price: one billion tenge.
pub const LARGEST_PRICE: Tenge = Tenge(1_000_000_000);

/// One seller on the card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub seller: SellerUid,
    #[serde(default)]
    pub name: Box<str>,
    pub price: Tenge,
    /// 0…5000: 4.8 is 4800. Absent for sellers without reviews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating_milli: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviews: Option<i64>,
    /// Whole days from the day of the read to the promised delivery: 0 is today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_days: Option<i32>,
    /// 0 when the goods are there.
    #[serde(default)]
    pub preorder_days: i32,
    /// Whether the goods come from a warehouse of another city; absent when not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_city: Option<bool>,
}

/// How much of the list was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// Every seller of the card in the city.
    Complete,
    /// The cheapest sellers without a gap; dearer ones were not read.
    CheapestFirst,
    /// Rows are missing or could not be understood: nothing may be concluded.
    Partial,
}

/// One read of a watch. Rows are kept cheapest first, rows of one price in the order of the marketplace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub struct Observation {
    at: Timestamp,
    coverage: Coverage,
    total: i64,
    rows: Vec<Row>,
}

/// A list that cannot be an observation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ObservationError {
    #[error(
        "seller {seller} has the price {price}: a price is a whole number from 1 to {LARGEST_PRICE} tenge"
    )]
    Price { seller: SellerUid, price: i64 },
    #[error("the total {total} is less than the {rows} rows given: leave it out or correct it")]
    Total { total: i64, rows: i64 },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(with = "moment::rfc3339")]
    at: Timestamp,
    #[serde(default = "complete")]
    coverage: Coverage,
    #[serde(default)]
    total: Option<i64>,
    rows: Vec<Row>,
}

const fn complete() -> Coverage {
    Coverage::Complete
}

impl Observation {
    /// Sorts the rows and checks each price. `total` is how many sellers the marketplace says there are.
    ///
    /// # Errors
    /// When a price is below 1 or above [`LARGEST_PRICE`], or the total is less than the rows.
    pub fn new(
        at: Timestamp,
        coverage: Coverage,
        total: Option<i64>,
        mut rows: Vec<Row>,
    ) -> Result<Self, ObservationError> {
        for row in &rows {
            if row.price < Tenge(1) || row.price > LARGEST_PRICE {
                return Err(ObservationError::Price {
                    seller: row.seller.clone(),
                    price: row.price.get(),
                });
            }
        }
        let seen = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let total = total.unwrap_or(seen);
        if total < seen {
            return Err(ObservationError::Total { total, rows: seen });
        }
        let coverage = if coverage == Coverage::Complete && total > seen {
            Coverage::CheapestFirst
        } else {
            coverage
        };
        rows.sort_by_key(|row| row.price);
        Ok(Self {
            at,
            coverage,
            total,
            rows,
        })
    }

    /// From the rows of a storefront answer. Rows with a price that is not one make the read partial.
    pub fn from_market(at: Timestamp, offers: &[RivalOffer], total: i64, any_refused: bool) -> Self {
        let mut rows = Vec::with_capacity(offers.len());
        for offer in offers {
            let Ok(seller) = SellerUid::new(&offer.merchant_uid) else {
                continue;
            };
            if offer.price >= Tenge(1) && offer.price <= LARGEST_PRICE {
                rows.push(Row::from_market(seller, offer, at));
            }
        }
        let whole = rows.len() == offers.len() && !any_refused;
        let seen = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let coverage = match whole {
            false => Coverage::Partial,
            true if total > seen => Coverage::CheapestFirst,
            true => Coverage::Complete,
        };
        rows.sort_by_key(|row| row.price);
        Self {
            at,
            coverage,
            total: total.max(seen),
            rows,
        }
    }

    pub const fn at(&self) -> Timestamp {
        self.at
    }
    pub const fn coverage(&self) -> Coverage {
        self.coverage
    }
    /// How many sellers the marketplace says there are in this city.
    pub const fn total(&self) -> i64 {
        self.total
    }
    /// Cheapest first.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
    pub fn row_of(&self, seller: &SellerUid) -> Option<&Row> {
        self.rows.iter().find(|row| row.seller == *seller)
    }
    /// Same sellers with the same prices and promises, whatever the time: such a read needs no new record.
    pub fn same_market(&self, other: &Self) -> bool {
        self.coverage == other.coverage && self.total == other.total && self.rows == other.rows
    }
}

impl Row {
    /// A row of a storefront answer that was read at `at`.
    pub fn from_market(seller: SellerUid, offer: &RivalOffer, at: Timestamp) -> Self {
        let by_date = offer.delivery_at.map(|when| whole_days(at, when));
        let by_word = offer.delivery_duration.as_deref().and_then(days_of_word);
        Self {
            seller,
            name: offer.merchant_name.as_str().into(),
            price: offer.price,
            rating_milli: offer.rating_milli,
            reviews: offer.reviews,
            delivery_days: by_date.or(by_word),
            preorder_days: i32::try_from(offer.preorder_days.max(0)).unwrap_or(i32::MAX),
            other_city: None,
        }
    }
}

/// Whole local days between two moments, never negative.
fn whole_days(from: Timestamp, to: Timestamp) -> i32 {
    let apart = to.local_midnight().since(from.local_midnight()).as_micros();
    i32::try_from((apart / Span::from_days(1).as_micros()).max(0)).unwrap_or(i32::MAX)
}

/// The marketplace's words for a delivery time: `TODAY`, `TOMORROW`, `TILL_5_DAYS`; others are not guessed.
fn days_of_word(word: &str) -> Option<i32> {
    match word {
        "TODAY" => Some(0),
        "TOMORROW" => Some(1),
        other => other
            .strip_prefix("TILL_")?
            .strip_suffix("_DAYS")?
            .parse()
            .ok()
            .filter(|days| (0..=90).contains(days)),
    }
}

impl TryFrom<Raw> for Observation {
    type Error = ObservationError;
    fn try_from(raw: Raw) -> Result<Self, Self::Error> {
        Self::new(raw.at, raw.coverage, raw.total, raw.rows)
    }
}
impl From<Observation> for Raw {
    fn from(seen: Observation) -> Self {
        Self {
            at: seen.at,
            coverage: seen.coverage,
            total: Some(seen.total),
            rows: seen.rows,
        }
    }
}
