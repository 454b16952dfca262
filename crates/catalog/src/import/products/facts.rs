//! What a row says of one product; refuses to know what the catalogue says already.

use sauda_kernel::{Money, Tenge};

/// The facts of one row. What a row leaves empty stays `None`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ProductFacts {
    pub sku: String,
    pub title: Option<String>,
    pub master_code: Option<String>,
    pub code: Option<String>,
    pub price: Option<Tenge>,
    pub stock: Option<i64>,
    pub weight_grams: Option<i64>,
    pub brand: Option<String>,
    pub model: Option<String>,
    pub color: Option<String>,
    pub size: Option<String>,
    pub gender: Option<String>,
    pub season: Option<String>,
    pub category: Option<String>,
    pub subcategory: Option<String>,
    pub barcode: Option<String>,
    pub cost: Option<Money>,
    pub photo: Option<String>,
    pub store: Option<String>,
    /// Where it lies, as whoever packs calls it.
    pub shelf: Option<String>,
}
