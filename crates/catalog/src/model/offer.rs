//! An offer of a shop as we know it, and how its search text is folded.

use sauda_kernel::{MerchantId, OfferId, ShopId, Tenge, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone)]
pub struct CatalogOffer {
    pub id: OfferId,
    pub merchant: MerchantId,
    pub shop: ShopId,
    pub sku: String,
    pub card: Option<String>,
    pub title: String,
    pub brand: Option<String>,
    pub category: Option<String>,
    pub image_url: Option<String>,
    pub card_url: Option<String>,
    pub on_sale: bool,
    pub price: Option<Tenge>,
    /// Pieces over all points; `None` when the marketplace does not tell.
    pub stock: Option<i64>,
    pub errors: String,
    pub settling_until: Option<Timestamp>,
    pub availabilities: Vec<StoredAvailability>,
    pub seen_at: Timestamp,
    pub gone_at: Option<Timestamp>,
    pub hidden_at: Option<Timestamp>,
}

/// Own price in one city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferCity {
    pub city_id: String,
    pub price: Tenge,
    pub seen_at: Timestamp,
}

/// Availability at a point, as stored with the offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAvailability {
    pub point_id: String,
    pub available: bool,
    pub stock: Option<i64>,
    pub preorder_days: Option<i64>,
    pub stock_enabled: Option<bool>,
}

impl StoredAvailability {
    /// The point while the offer is sold by preorder: what ran out is sold again, up to the limit.
    #[must_use]
    pub fn by_preorder(&self, days: i64, most: Option<i64>) -> Self {
        let ran_out = self.stock == Some(0);
        Self {
            available: self.available || ran_out,
            stock: most.or(self.stock.filter(|_| !ran_out)),
            preorder_days: Some(days),
            ..self.clone()
        }
    }
}

/// Folds text for search: lower case of every alphabet, ё as е, spaces single.
pub fn fold(parts: &[&str]) -> String {
    let mut folded = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
    let mut gap = false;
    for letter in parts.join(" ").chars().flat_map(char::to_lowercase) {
        if letter.is_whitespace() {
            gap = !folded.is_empty();
            continue;
        }
        if gap {
            folded.push(' ');
            gap = false;
        }
        folded.push(if letter == 'ё' { 'е' } else { letter });
    }
    folded
}

/// A price that a person fixed in one city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CityPrice {
    pub offer: sauda_kernel::OfferId,
    pub sku: String,
    pub title: String,
    pub city_id: String,
    pub price: sauda_kernel::Tenge,
    pub set_by: String,
    pub set_at: sauda_kernel::Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preorder_sells_what_ran_out_and_leaves_closed_points_closed() {
        let at = |available, stock| StoredAvailability {
            point_id: "1_PP1".to_owned(),
            available,
            stock,
            preorder_days: None,
            stock_enabled: None,
        };
        let sold = |of: StoredAvailability, most| {
            let now = of.by_preorder(5, most);
            (now.available, now.stock, now.preorder_days)
        };
        assert_eq!(sold(at(false, Some(0)), Some(7)), (true, Some(7), Some(5)));
        assert_eq!(sold(at(false, Some(0)), None), (true, None, Some(5)));
        assert_eq!(sold(at(true, Some(3)), None), (true, Some(3), Some(5)));
        assert_eq!(sold(at(false, Some(3)), Some(7)), (false, Some(7), Some(5)));
    }

    #[test]
    fn search_text_is_folded_in_every_alphabet() {
        assert_eq!(fold(&["Шапка  Ёлочка", " ҚАРА "]), "шапка елочка қара");
    }
}
