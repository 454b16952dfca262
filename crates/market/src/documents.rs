//! The documents a marketplace speaks in, in our words. Money is whole tenge, time is UTC.

use sauda_kernel::{Tenge, Timestamp};
use std::collections::BTreeMap;

/// One shop that a signed-in person may work for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopSummary {
    /// The marketplace's own id of the shop, such as `30067228`.
    pub uid: String,
    pub name: Option<String>,
}

/// A shop with its points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopProfile {
    pub uid: String,
    pub name: String,
    pub logo_url: Option<String>,
    pub points: Vec<Point>,
}

/// One warehouse or store of a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Full spelling, `30067228_PP1`.
    pub id: String,
    /// Short spelling, `PP1`.
    pub code: String,
    pub name: String,
    pub enabled: bool,
    pub city_id: Option<String>,
    pub city_name: Option<String>,
}

/// Which of the own offers to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnOffersFilter {
    OnSale,
    Removed,
    All,
}

/// One page of the own offers.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnOfferPage {
    pub offers: Vec<OwnOffer>,
    /// What the marketplace says the whole list is; may move while paging.
    pub total: Option<i64>,
    /// Rows that could not be understood, with the reason; never silently dropped.
    pub refused: Vec<String>,
}

/// One of the shop's own offers as the cabinet shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnOffer {
    pub sku: String,
    /// The marketplace card, when the offer is linked to one.
    pub card: Option<String>,
    pub title: String,
    pub brand: Option<String>,
    pub category: Option<String>,
    /// Whole address of a small picture.
    pub image_url: Option<String>,
    pub card_url: Option<String>,
    pub on_sale: bool,
    /// Own price per city id. An offer with one price everywhere has the price in each city of its points, or in `price` only.
    pub city_prices: BTreeMap<String, Tenge>,
    pub price: Option<Tenge>,
    pub availabilities: Vec<Availability>,
    /// Error words of the marketplace, such as `NO_AVAILABILITIES`.
    pub errors: Vec<String>,
    /// A change is being applied until then.
    pub settling_until: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}

/// Whether and how much of an offer is at a point. All of them are sent with every price change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Availability {
    /// Full spelling, `30067228_PP1`.
    pub point_id: String,
    pub available: bool,
    pub stock: Option<i64>,
    pub preorder_days: Option<i64>,
    pub stock_enabled: Option<bool>,
}

/// A wish to change the price of one offer, in one or several cities at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceChange {
    pub shop_uid: String,
    pub sku: String,
    pub model: String,
    pub city_prices: BTreeMap<String, Tenge>,
    /// Every point of the offer: one left out would get stock 0.
    pub availabilities: Vec<Availability>,
}

/// The marketplace took the wish; the effect comes later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedJob {
    pub job_id: String,
}

/// An offer to be put on sale or taken off it, on every point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleChange {
    pub sku: String,
    pub model: String,
    pub on_sale: bool,
    pub point_ids: Vec<String>,
    /// Needed to put on sale; for an offer with one price everywhere, that price in each city of its points.
    pub city_prices: BTreeMap<String, Tenge>,
}

/// What the marketplace's protocol says of one SKU's last change. Fields other than `sku` are not published: kept as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRow {
    pub sku: String,
    pub raw: String,
}

/// A question for the offers on one card in one city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardQuestion {
    pub card: String,
    pub city_id: String,
    pub page: u32,
    /// At most 64.
    pub limit: u32,
}

/// One page of the offers on a card in a city, cheapest first.
#[derive(Debug, Clone, PartialEq)]
pub struct CardOffers {
    pub offers: Vec<RivalOffer>,
    /// How many there are in this city in all.
    pub total: i64,
    /// Rows that could not be understood; a page with any is partial.
    pub refused: Vec<String>,
    /// Second and later rows of a merchant who is already in `offers`: kept out, told here. They make nothing partial.
    pub duplicates: Vec<String>,
}

impl CardOffers {
    /// Rows that the page came with, understood or not.
    pub fn rows(&self) -> i64 {
        count(self.offers.len()) + count(self.refused.len()) + count(self.duplicates.len())
    }

    /// How many rows this page should have had by `total` and did not. Zero is as promised.
    pub fn missing(&self, question: &CardQuestion) -> i64 {
        let limit = i64::from(question.limit);
        let before = i64::from(question.page).saturating_mul(limit);
        let promised = self.total.saturating_sub(before).clamp(0, limit);
        promised.saturating_sub(self.rows()).max(0)
    }

    /// True when somebody on this page may be unseen: nothing may be decided as if the rest were nobody.
    pub fn is_partial(&self, question: &CardQuestion) -> bool {
        !self.refused.is_empty() || self.missing(question) > 0
    }

    /// True when everybody who sells the card in the city is in `offers` (of a question for page 0).
    pub fn is_everybody(&self) -> bool {
        self.refused.is_empty() && self.rows() >= self.total
    }
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// One seller on a card.
#[derive(Debug, Clone, PartialEq)]
pub struct RivalOffer {
    /// Digits, or an old word id such as `Magnum`.
    pub merchant_uid: String,
    pub merchant_name: String,
    pub merchant_sku: Option<String>,
    pub price: Tenge,
    /// 0…5000: 4.8 is 4800. Absent for sellers without reviews.
    pub rating_milli: Option<i32>,
    pub reviews: Option<i64>,
    pub delivery_at: Option<Timestamp>,
    pub pickup_at: Option<Timestamp>,
    pub marketplace_delivery: bool,
    /// `EXPRESS`, `TO_DOOR`, …: open.
    pub delivery_type: Option<String>,
    /// `TODAY`, `TOMORROW`, `TILL_5_DAYS`, …: open.
    pub delivery_duration: Option<String>,
    /// 0 when the goods are there.
    pub preorder_days: i64,
    pub point_id: Option<String>,
}

/// A card in a listing.
#[derive(Debug, Clone, PartialEq)]
pub struct ListingCard {
    pub card: String,
    pub title: String,
    pub brand: Option<String>,
    pub category_id: Option<String>,
    pub price: Option<Tenge>,
    pub url: Option<String>,
    pub image_url: Option<String>,
    pub rating_milli: Option<i32>,
    pub reviews: Option<i64>,
}

/// Which listing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListingQuestion {
    /// Storefront category code, such as `Rims`.
    pub category: Option<String>,
    pub text: Option<String>,
    pub city_id: String,
    pub page: u32,
    /// `relevance`, `price_asc`, `price_desc`.
    pub sort: Option<String>,
}

/// One page of a listing.
#[derive(Debug, Clone, PartialEq)]
pub struct ListingPage {
    pub cards: Vec<ListingCard>,
    pub total: Option<i64>,
    pub refused: Vec<String>,
}

/// What a card's page says.
#[derive(Debug, Clone, PartialEq)]
pub struct CardFacts {
    pub card: String,
    pub title: String,
    pub brand: Option<String>,
    pub category_path: Vec<String>,
    pub category_codes: Vec<String>,
    pub price: Option<Tenge>,
    pub image_urls: Vec<String>,
    pub description: Option<String>,
    /// Name → values, in the order of the page.
    pub features: Vec<(String, Vec<String>)>,
    pub created_at: Option<Timestamp>,
    /// Other colours and sizes of the same thing, each a card of its own.
    pub variants: Vec<CardVariant>,
}

/// One member of a card's family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardVariant {
    pub card: String,
    /// What sets it apart, outermost first: `("Цвет", "белый")`, `("Размер", "46/M")`.
    pub traits: Vec<(String, String)>,
    pub available: bool,
}

/// Reviews of a card.
#[derive(Debug, Clone, PartialEq)]
pub struct Reviews {
    pub reviews: Vec<Review>,
    pub rating_milli: Option<i32>,
    /// (stars, how many).
    pub distribution: Vec<(i64, i64)>,
    /// Reviews with words: what paging goes through.
    pub total: Option<i64>,
    /// Rows that could not be understood.
    pub refused: Vec<String>,
}

/// One review. The order number is personal data and is not kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    pub id: String,
    pub author: String,
    /// Day of the review, first moment in Almaty.
    pub at: Option<Timestamp>,
    pub stars: i64,
    pub plus: String,
    pub minus: String,
    pub text: String,
    pub merchant_uid: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(rows: i64, total: i64, refused: &[&str]) -> CardOffers {
        let rival = |uid: i64| RivalOffer {
            merchant_uid: uid.to_string(),
            merchant_name: uid.to_string(),
            merchant_sku: None,
            price: Tenge(100),
            rating_milli: None,
            reviews: None,
            delivery_at: None,
            pickup_at: None,
            marketplace_delivery: false,
            delivery_type: None,
            delivery_duration: None,
            preorder_days: 0,
            point_id: None,
        };
        CardOffers {
            offers: (0..rows).map(rival).collect(),
            total,
            refused: refused.iter().map(|row| (*row).to_owned()).collect(),
            duplicates: Vec::new(),
        }
    }

    #[test]
    fn a_page_shorter_than_the_total_promises_is_partial() {
        let first = CardQuestion {
            card: "1".into(),
            city_id: "750000000".into(),
            page: 0,
            limit: 64,
        };
        let second = CardQuestion {
            page: 1,
            ..first.clone()
        };
        for (rows, total, refused, question, missing, partial, everybody) in [
            (20, 20, &[][..], &first, 0, false, true),
            (4, 20, &[][..], &first, 16, true, false),
            (64, 100, &[][..], &first, 0, false, false),
            (36, 100, &[][..], &second, 0, false, false),
            (35, 100, &[][..], &second, 1, true, false),
            (19, 20, &["row 3"][..], &first, 0, true, false),
            (0, 0, &[][..], &first, 0, false, true),
            (0, 20, &[][..], &first, 20, true, false),
        ] {
            let answer = page(rows, total, refused);
            assert_eq!(
                (
                    answer.missing(question),
                    answer.is_partial(question),
                    answer.is_everybody()
                ),
                (missing, partial, everybody),
                "{rows} rows of {total}"
            );
        }
    }
}
