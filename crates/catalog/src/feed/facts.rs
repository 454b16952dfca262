//! What is known of one offer when the price list is written. Refuses to judge it.

use crate::model::StoredAvailability;
use sauda_kernel::{Money, OfferId, ProductId, Tenge, Timestamp};
use std::collections::BTreeMap;

/// What a row of the list is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedGoods {
    /// An offer that the cabinet shows.
    Offer(OfferId),
    /// A product that no offer of the shop sells yet: the list is how it becomes one.
    Product(ProductId),
}

/// One offer before it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedFacts {
    pub goods: FeedGoods,
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
    /// What a piece of a product costs; an offer's price was held against its floor when it was decided.
    pub cost: Option<Money>,
    /// The lowest price that still earns at that cost.
    pub floor: Option<Tenge>,
}

impl FeedFacts {
    /// The offer that it is of; none of a product.
    pub const fn offer(&self) -> Option<&OfferId> {
        match &self.goods {
            FeedGoods::Offer(offer) => Some(offer),
            FeedGoods::Product(_) => None,
        }
    }
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
    /// Left out: a product without a price, not on sale yet.
    ProductNoPrice,
    /// Left out: a product whose price loses money, not on sale yet.
    ProductBelowFloor,
    /// Left out: a product of which nobody said how many there are, not on sale yet.
    ProductNoStock,
    /// Left out: a product whose article, name or point cannot be written, not on sale yet.
    ProductUnfit,
}

impl RowReason {
    pub const ALL: [Self; 14] = [
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
        Self::ProductNoPrice,
        Self::ProductBelowFloor,
        Self::ProductNoStock,
        Self::ProductUnfit,
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
            Self::ProductNoPrice => "product_no_price",
            Self::ProductBelowFloor => "product_below_floor",
            Self::ProductNoStock => "product_no_stock",
            Self::ProductUnfit => "product_unfit",
        }
    }
    /// Whether the list may leave without it: it is off sale anyway, or not on sale yet.
    pub const fn leaves_out(self) -> bool {
        matches!(
            self,
            Self::OffSale
                | Self::Gone
                | Self::ProductNoPrice
                | Self::ProductBelowFloor
                | Self::ProductNoStock
                | Self::ProductUnfit
        )
    }
}
