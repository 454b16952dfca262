//! The machine-readable parts of a product page. Refuses to look at the layout.

use super::{
    loose::{List, Thing},
    number::Number,
    storefront::Picture,
    text::{Flag, Text},
};
use serde::Deserialize;

/// `BACKEND.components.item`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Item<'a> {
    #[serde(borrow)]
    pub card: Thing<ItemCard<'a>>,
    #[serde(borrow)]
    pub gallery_images: List<Thing<Picture<'a>>>,
    #[serde(borrow)]
    pub description: Text<'a>,
    #[serde(borrow)]
    pub descriptions: List<Thing<Description<'a>>>,
    #[serde(borrow)]
    pub specifications: List<Thing<Specification<'a>>>,
    #[serde(borrow)]
    pub breadcrumbs: List<Thing<Breadcrumb<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ItemCard<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub title: Text<'a>,
    #[serde(borrow)]
    pub created_time: Text<'a>,
    pub price: Number,
    #[serde(borrow)]
    pub promo_conditions: Thing<Promo<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Promo<'a> {
    #[serde(borrow)]
    pub brand: Text<'a>,
    #[serde(borrow)]
    pub category_codes: List<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Description<'a> {
    #[serde(borrow)]
    pub text: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Specification<'a> {
    #[serde(borrow)]
    pub features: List<Thing<Feature<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Feature<'a> {
    #[serde(borrow)]
    pub name: Text<'a>,
    #[serde(borrow)]
    pub feature_values: List<Thing<FeatureValue<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FeatureValue<'a> {
    #[serde(borrow)]
    pub value: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Breadcrumb<'a> {
    #[serde(borrow)]
    pub title: Text<'a>,
    #[serde(borrow)]
    pub id: Text<'a>,
}

/// `BACKEND.components.configurator`: a tree of variants; leaves carry `productCode`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Configurator<'a> {
    #[serde(borrow)]
    pub product_code: Text<'a>,
    #[serde(borrow)]
    pub characteristic: Thing<Characteristic<'a>>,
    #[serde(borrow)]
    pub matrix: List<Thing<Configurator<'a>>>,
    pub available: Flag,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Characteristic<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub title: Text<'a>,
}

/// One `application/ld+json` block, of any of its types.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LinkedData<'a> {
    #[serde(borrow, rename = "@type")]
    pub kind: Text<'a>,
    #[serde(borrow, rename = "productID")]
    pub product_id: Text<'a>,
    #[serde(borrow)]
    pub sku: Text<'a>,
    #[serde(borrow)]
    pub name: Text<'a>,
    #[serde(borrow)]
    pub brand: Text<'a>,
    #[serde(borrow)]
    pub image: Text<'a>,
    #[serde(borrow)]
    pub description: Text<'a>,
    #[serde(borrow)]
    pub offers: List<Thing<LinkedOffer<'a>>>,
    #[serde(borrow)]
    pub item_list_element: List<Thing<LinkedCrumb<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LinkedOffer<'a> {
    #[serde(borrow, rename = "@type")]
    pub kind: Text<'a>,
    pub price: Number,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LinkedCrumb<'a> {
    #[serde(borrow)]
    pub item: Thing<LinkedCrumbItem<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LinkedCrumbItem<'a> {
    #[serde(borrow)]
    pub name: Text<'a>,
}

/// `window.digitalData.product`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DigitalProduct<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub name: Text<'a>,
    #[serde(borrow)]
    pub brand: Text<'a>,
    #[serde(borrow)]
    pub category: List<Text<'a>>,
}

/// One letter of `BACKEND.components.citySelection.citys`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CityLetter<'a> {
    #[serde(borrow)]
    pub city_data: List<Thing<CityRow<'a>>>,
}

/// A city on the page (`dictionaryList`) or in the recorded table (`name_kz`).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CityRow<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub code: Text<'a>,
    #[serde(borrow)]
    pub name: Text<'a>,
    #[serde(borrow)]
    pub name_en: Text<'a>,
    #[serde(borrow)]
    pub name_kz: Text<'a>,
    #[serde(borrow, rename = "dictionaryList")]
    pub dictionary: List<Thing<CityName<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CityName<'a> {
    #[serde(borrow)]
    pub locale: Text<'a>,
    #[serde(borrow)]
    pub name: Text<'a>,
}
