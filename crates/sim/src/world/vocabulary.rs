//! Families of goods from which cards are drawn: words, price levels, weights. Refuses to know sellers.

use serde::Deserialize;

/// A kind of goods. `code` is the catalogue code (`Master - Rims`), `front` the storefront's (`Rims`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    pub code: String,
    pub front: String,
    pub category_id: String,
    pub top: String,
    pub top_ru: String,
    pub mid: String,
    pub mid_ru: String,
    pub title: String,
    pub noun: String,
    pub brands: Vec<String>,
    /// Same length as `brands` means "the model of that brand".
    pub models: Vec<String>,
    pub specs: Vec<String>,
    pub variants: Vec<String>,
    /// Median price in tenge.
    pub median: f64,
    /// Standard deviation of the logarithm of prices.
    pub spread: f64,
    pub weight: u32,
    /// `name:value` of the first product feature.
    pub feature: String,
}

const FAMILIES: &str = include_str!("../../data/vocabulary.json");

/// Reads the embedded families.
///
/// # Errors
/// When the embedded file is not what this type says (a programming error, caught by a test).
pub fn load() -> Result<Vec<Family>, serde_json::Error> {
    serde_json::from_str(FAMILIES)
}

#[cfg(test)]
mod tests {
    #[test]
    fn families_are_read_and_cover_the_price_range() {
        let families = super::load().unwrap();
        assert_eq!(families.len(), 46);
        assert!(families.iter().any(|f| f.median < 1_000.0) && families.iter().any(|f| f.median > 200_000.0));
        assert!(
            families
                .iter()
                .all(|f| !f.brands.is_empty() && !f.models.is_empty() && !f.specs.is_empty())
        );
    }
}
