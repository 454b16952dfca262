//! What we send: questions to the storefront, price and sale changes, GraphQL. Refuses to hold secrets.

use serde::Serialize;

/// Body of `POST /yml/offer-view/offers/{card}`, member for member as the page sends it; `product` is optional and left out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OffersQuestion<'a> {
    pub city_id: &'a str,
    pub id: &'a str,
    #[serde(rename = "merchantUID")]
    pub merchant_uid: [&'a str; 0],
    pub limit: u32,
    pub page: u32,
    pub sort_option: &'a str,
    pub high_rating: Option<bool>,
    pub search_text: Option<&'a str>,
    pub is_excellent_merchant: bool,
    pub zone_id: [&'a str; 1],
    pub installation_id: &'a str,
}

/// Body of `POST /pricefeed/upload/merchant/process`, the form that the cabinet itself sends.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProcessBody<'a> {
    pub merchant_uid: &'a str,
    pub sku: &'a str,
    pub model: &'a str,
    pub city_prices: Vec<CityValue<'a>>,
    pub availabilities: Vec<StoreBody>,
}

/// One element of `POST /pricefeed/upload/merchant/process/process/batch`. It has no stock: a stock here removes offers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchBody<'a> {
    pub merchant_uid: &'a str,
    pub sku: &'a str,
    pub model: &'a str,
    pub availabilities: Vec<BatchStore>,
    pub city_prices: Vec<CityValue<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CityValue<'a> {
    pub city_id: &'a str,
    pub value: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StoreBody {
    pub available: &'static str,
    pub store_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stock_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stock_enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pre_order: Option<i64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchStore {
    pub available: &'static str,
    pub store_id: String,
}

/// Body of `POST /pricefeed/protocol/merchant/offer/list/s`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProtocolQuestion<'a> {
    pub merchant_uid: &'a str,
    pub sku_list: &'a [String],
}

/// Body of `POST /mc/facade/graphql`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GraphQuestion<'a, V: Serialize> {
    pub operation_name: &'a str,
    pub variables: V,
    pub query: &'a str,
}

#[derive(Serialize)]
pub struct MerchantIdVariables<'a> {
    pub id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MerchantUidVariables<'a> {
    pub merchant_uid: &'a str,
}
