//! What the cabinet answers about the shop's own offers. Refuses to fail on a single odd member.

use super::{
    loose::{List, Table, Thing},
    number::Number,
    text::{Flag, Text},
};
use serde::Deserialize;

/// `GET /bff/offer-view/list`.
#[derive(Debug, Deserialize)]
pub struct OwnListAnswer<'a> {
    #[serde(borrow, default)]
    pub data: List<Thing<OwnRow<'a>>>,
    #[serde(default)]
    pub total: Number,
}

/// One own offer, in the list and (with other members filled) in the details.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OwnRow<'a> {
    #[serde(borrow)]
    pub sku: Text<'a>,
    #[serde(borrow)]
    pub master_sku: Text<'a>,
    #[serde(borrow)]
    pub title: Text<'a>,
    #[serde(borrow)]
    pub master_title: Text<'a>,
    #[serde(borrow)]
    pub master_name: Text<'a>,
    #[serde(borrow)]
    pub model: Text<'a>,
    #[serde(borrow)]
    pub brand: Text<'a>,
    #[serde(borrow)]
    pub master_category: Text<'a>,
    #[serde(borrow)]
    pub shop_link: Text<'a>,
    #[serde(borrow)]
    pub images: List<Text<'a>>,
    pub price: Number,
    #[serde(borrow)]
    pub city_prices: List<Thing<CityPriceRow<'a>>>,
    #[serde(borrow)]
    pub all_city_prices: Table<Text<'a>, Thing<AnyPrice>>,
    #[serde(borrow)]
    pub availabilities: List<Thing<AvailabilityRow<'a>>>,
    pub available: Flag,
    #[serde(borrow)]
    pub archived_at: Text<'a>,
    #[serde(borrow)]
    pub updated_at: Text<'a>,
    #[serde(borrow)]
    pub edition_deadline: Text<'a>,
    #[serde(borrow)]
    pub offer_error: Thing<OfferError<'a>>,
    /// Details only: 250 cities, whether the shop is there or not.
    #[serde(borrow)]
    pub cities: List<Thing<CityPriceRow<'a>>>,
    /// Details only: the cities where the shop has points.
    #[serde(borrow)]
    pub city_info: List<Thing<CityInfo<'a>>>,
    /// Details only.
    #[serde(borrow)]
    pub master_product: Thing<MasterProduct<'a>>,
}

/// `{cityId, value}` in the list, `{cityId, price}` in the details.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CityPriceRow<'a> {
    #[serde(borrow)]
    pub city_id: Text<'a>,
    pub value: Number,
    pub price: Number,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AnyPrice {
    pub price: Number,
}

/// One point: `storeId` in the list, `pointId` in the details, which do not say whether the offer is there.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AvailabilityRow<'a> {
    #[serde(borrow)]
    pub store_id: Text<'a>,
    #[serde(borrow)]
    pub point_id: Text<'a>,
    pub available: Flag,
    pub pre_order: Number,
    pub stock_count: Number,
    pub stock_enabled: Flag,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OfferError<'a> {
    #[serde(borrow)]
    pub error_codes: List<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CityInfo<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    pub price: Number,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct MasterProduct<'a> {
    #[serde(borrow)]
    pub card: Thing<MasterCard<'a>>,
    #[serde(borrow)]
    pub gallery_images: List<Thing<GalleryImage<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct MasterCard<'a> {
    #[serde(borrow)]
    pub shop_link: Text<'a>,
    #[serde(borrow)]
    pub promo_conditions: Thing<MasterPromo<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MasterPromo<'a> {
    #[serde(borrow)]
    pub brand: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct GalleryImage<'a> {
    #[serde(borrow)]
    pub location: Text<'a>,
}

/// Answer of a price or sale change: the job, not the offer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct JobAnswer<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
}
