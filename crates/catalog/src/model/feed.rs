//! How prices of a shop leave, and who fetched its list.

use sauda_kernel::{FeedFetchId, ShopId, Timestamp};

/// How prices leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FeedWay {
    /// Through the cabinet, at once.
    #[default]
    Cabinet,
    /// By the price list, when the marketplace fetches it.
    Feed,
    /// Through the cabinet, and the list says the same.
    Both,
}

impl FeedWay {
    pub const ALL: [Self; 3] = [Self::Cabinet, Self::Feed, Self::Both];
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cabinet => "cabinet",
            Self::Feed => "feed",
            Self::Both => "both",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.word() == word)
    }
}

/// The feed of a shop, without the word in its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    pub shop: ShopId,
    pub way: FeedWay,
    pub has_address: bool,
    pub rotated_at: Option<Timestamp>,
    pub rotated_by: Option<String>,
    pub etag: Option<String>,
    pub changed_at: Option<Timestamp>,
    /// Offers of the last list that left whole.
    pub good_rows: Option<i64>,
    pub good_at: Option<Timestamp>,
    pub agreed_rows: Option<i64>,
    /// Word of why it is held.
    pub held: Option<String>,
    pub held_at: Option<Timestamp>,
    pub version: i64,
    /// Products that no offer of the shop sells join the list as goods of this point; null: they do not.
    pub products_point: Option<String>,
}

impl Feed {
    /// A shop that nobody set up yet.
    pub fn blank(shop: &ShopId) -> Self {
        Self {
            shop: shop.clone(),
            way: FeedWay::Cabinet,
            has_address: false,
            rotated_at: None,
            rotated_by: None,
            etag: None,
            changed_at: None,
            good_rows: None,
            good_at: None,
            agreed_rows: None,
            held: None,
            held_at: None,
            version: 0,
            products_point: None,
        }
    }
}

/// One time that somebody fetched the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedFetch {
    pub id: FeedFetchId,
    pub at: Timestamp,
    pub address: String,
    pub agent: String,
    pub status: i64,
    pub rows_in: i64,
    pub rows_out: i64,
    /// Whether the last byte was handed over.
    pub whole: bool,
    /// Word of why it was held.
    pub held: Option<String>,
    pub took_ms: i64,
}

/// A preorder of an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preorder {
    pub offer: sauda_kernel::OfferId,
    pub days: i64,
    pub ends_at: Option<Timestamp>,
    /// Pieces that may be ordered at a point.
    pub most: Option<i64>,
    pub set_by: String,
    pub set_at: Timestamp,
}

/// What a person said of an offer at a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferPoint {
    pub offer: sauda_kernel::OfferId,
    pub point_id: String,
    pub available: Option<bool>,
    pub stock: Option<i64>,
}

/// What people should know of a warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PointNote {
    pub address: String,
    pub hours: String,
    /// Orders after this minute of the day leave tomorrow.
    pub cut_off_minute: Option<i64>,
    pub shelves: String,
}
