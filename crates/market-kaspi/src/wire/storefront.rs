//! What the public storefront answers: offers on a card, listings, reviews. Refuses to fail on a single odd member.

use super::{
    loose::{List, Table, Thing},
    number::Number,
    text::{Flag, Text},
};
use serde::Deserialize;

/// `POST /yml/offer-view/offers/{card}`.
#[derive(Debug, Deserialize)]
pub struct OffersAnswer<'a> {
    #[serde(borrow, default)]
    pub offers: List<Thing<OfferRow<'a>>>,
    #[serde(default)]
    pub total: Number,
    #[serde(default, rename = "offersCount")]
    pub offers_count: Number,
}

/// One seller on a card.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OfferRow<'a> {
    #[serde(borrow)]
    pub merchant_id: Text<'a>,
    #[serde(borrow)]
    pub merchant_name: Text<'a>,
    #[serde(borrow)]
    pub merchant_sku: Text<'a>,
    pub merchant_rating: Number,
    pub merchant_reviews_quantity: Number,
    pub price: Number,
    #[serde(borrow)]
    pub delivery: Text<'a>,
    #[serde(borrow)]
    pub pickup: Text<'a>,
    pub kaspi_delivery: Flag,
    pub preorder: Number,
    #[serde(borrow)]
    pub located_in_point: Text<'a>,
    #[serde(borrow)]
    pub delivery_type: Text<'a>,
    #[serde(borrow)]
    pub delivery_duration: Text<'a>,
    #[serde(borrow)]
    pub delivery_options: Table<Text<'a>, Thing<DeliveryOption<'a>>>,
}

/// One way of delivery in newer answers.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DeliveryOption<'a> {
    #[serde(borrow)]
    pub delivery: Text<'a>,
}

/// `GET /yml/product-view/pl/results` has `data` as a list, `pl/filters` has it as an object with `cards` and `total`.
#[derive(Debug, Deserialize)]
pub struct ResultsAnswer<'a> {
    #[serde(borrow, default)]
    pub data: List<Thing<CardRow<'a>>>,
    #[serde(default)]
    pub total: Number,
}

#[derive(Debug, Deserialize)]
pub struct FiltersAnswer<'a> {
    #[serde(borrow, default)]
    pub data: Thing<FiltersData<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FiltersData<'a> {
    #[serde(borrow)]
    pub cards: List<Thing<CardRow<'a>>>,
    pub total: Number,
}

/// One card of a listing.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CardRow<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub title: Text<'a>,
    #[serde(borrow)]
    pub brand: Text<'a>,
    #[serde(borrow)]
    pub category_id: Text<'a>,
    #[serde(borrow)]
    pub shop_link: Text<'a>,
    pub unit_price: Number,
    pub unit_sale_price: Number,
    #[serde(borrow)]
    pub preview_images: List<Thing<Picture<'a>>>,
    pub rating: Number,
    pub reviews_quantity: Number,
}

/// A picture in three sizes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Picture<'a> {
    #[serde(borrow)]
    pub small: Text<'a>,
    #[serde(borrow)]
    pub medium: Text<'a>,
    #[serde(borrow)]
    pub large: Text<'a>,
}

/// `GET /yml/review-view/api/v1/reviews/product/{card}`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReviewsAnswer<'a> {
    #[serde(borrow, default)]
    pub data: List<Thing<ReviewRow<'a>>>,
    #[serde(default)]
    pub summary: Thing<ReviewSummary>,
    #[serde(borrow, default)]
    pub group_summary: List<Thing<ReviewGroup<'a>>>,
}

/// One review. The order number is left unread on purpose.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReviewRow<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub author: Text<'a>,
    #[serde(borrow)]
    pub date: Text<'a>,
    pub rating: Number,
    #[serde(borrow)]
    pub comment: Thing<ReviewComment<'a>>,
    #[serde(borrow)]
    pub merchant: Thing<ReviewMerchant<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReviewComment<'a> {
    #[serde(borrow)]
    pub plus: Text<'a>,
    #[serde(borrow)]
    pub minus: Text<'a>,
    #[serde(borrow)]
    pub text: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReviewMerchant<'a> {
    #[serde(borrow)]
    pub code: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReviewSummary {
    pub global: Number,
    pub statistic: List<Thing<StarsRow>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct StarsRow {
    pub rate: Number,
    pub count: Number,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReviewGroup<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    pub total: Number,
}

/// `{"timestamp", "status", "error", "path"}` or `{"message"}`: what a refusal may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RefusalAnswer<'a> {
    #[serde(borrow)]
    pub error: Text<'a>,
    #[serde(borrow)]
    pub message: Text<'a>,
    #[serde(borrow)]
    pub error_code: Text<'a>,
}
