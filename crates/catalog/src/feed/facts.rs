//! What is known of one offer when the price list is written. Refuses to judge it.

use crate::model::StoredAvailability;
use sauda_kernel::{OfferId, Tenge, Timestamp};
use std::collections::BTreeMap;

/// One offer before it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedFacts {
    pub offer: OfferId,
    pub sku: String,
    pub title: String,
    pub brand: Option<String>,
    pub on_sale: bool,
    pub gone_at: Option<Timestamp>,
    /// One price everywhere, when there is one.
    pub everywhere: Option<Tenge>,
    /// Prices per city, with what is wished in place of what the cabinet shows.
    pub cities: BTreeMap<String, Tenge>,
    /// Points, with what people said in place of what the cabinet shows.
    pub places: Vec<StoredAvailability>,
    /// A preorder that is not over.
    pub preorder: Option<PreorderNow>,
}

/// A preorder as the list says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PreorderNow {
    pub days: i64,
    /// Pieces that may be ordered at a point.
    pub most: Option<i64>,
}

/// Points of a shop by their full spelling.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PointFacts {
    pub code: String,
    pub city: Option<String>,
    /// Works, and was not taken away.
    pub works: bool,
}

/// Why an offer is not in the list, or why no list may leave while it is as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowReason {
    /// Left out: taken off sale.
    OffSale,
    /// Left out: not in the cabinet any more.
    Gone,
    /// Holds the list: no price in a city where it is sold.
    NoPrice,
    /// Holds the list: a price of zero or less, or beyond sense.
    BadPrice,
    /// Holds the list: sold at no point that works.
    NoPoints,
    /// Holds the list: the article cannot be written.
    BadSku,
    /// Holds the list: two offers would be written under one article.
    SkuRepeats,
    /// Holds the list: it has no name.
    NoModel,
    /// Holds the list: days of preorder beyond 1 to 30, or not the same at all points of a city.
    Preorder,
    /// Holds the list: fewer than no pieces, or beyond sense.
    BadStock,
}

impl RowReason {
    pub const ALL: [Self; 10] = [
        Self::OffSale,
        Self::Gone,
        Self::NoPrice,
        Self::BadPrice,
        Self::NoPoints,
        Self::BadSku,
        Self::SkuRepeats,
        Self::NoModel,
        Self::Preorder,
        Self::BadStock,
    ];
    /// Key of the text `feed-row-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::OffSale => "off_sale",
            Self::Gone => "gone",
            Self::NoPrice => "no_price",
            Self::BadPrice => "bad_price",
            Self::NoPoints => "no_points",
            Self::BadSku => "bad_sku",
            Self::SkuRepeats => "sku_repeats",
            Self::NoModel => "no_model",
            Self::Preorder => "preorder",
            Self::BadStock => "bad_stock",
        }
    }
    /// Whether the list may leave without the offer: it is off sale anyway.
    pub const fn leaves_out(self) -> bool {
        matches!(self, Self::OffSale | Self::Gone)
    }
}
