//! Products behind what was sold, for later rooms: many at once. Refuses to change anything.

use crate::{Catalog, CatalogError, Product, store};
use sauda_accounts::Scope;
use sauda_kernel::OfferId;
use std::collections::HashMap;

/// Values of one question to the database.
const PART: usize = 500;

/// Products of lines of orders, found by the offer, else by the article.
#[derive(Debug, Clone, Default)]
pub struct GoodsSold {
    by_offer: HashMap<OfferId, Product>,
    by_sku: HashMap<String, Product>,
}

impl GoodsSold {
    /// The product of a line.
    pub fn of(&self, offer: Option<&OfferId>, sku: &str) -> Option<&Product> {
        offer
            .and_then(|offer| self.by_offer.get(offer))
            .or_else(|| self.by_sku.get(sku))
    }
}

impl Catalog {
    /// Products of the merchant that these offers sell, and those of these articles.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn goods_sold(
        &self,
        scope: &Scope,
        offers: &[OfferId],
        skus: &[&str],
    ) -> Result<GoodsSold, CatalogError> {
        let mut found = GoodsSold::default();
        for part in skus.chunks(PART) {
            for product in store::products::by_skus(&self.db, scope, part).await? {
                found.by_sku.insert(product.facts.sku.clone(), product);
            }
        }
        for part in offers.chunks(PART) {
            let joined = store::product_offers::by_offers(&self.db, scope, part).await?;
            let ids: Vec<_> = joined.iter().map(|(_, product)| product.clone()).collect();
            if ids.is_empty() {
                continue;
            }
            let products: HashMap<_, _> = store::products::by_ids(&self.db, scope, &ids)
                .await?
                .into_iter()
                .map(|product| (product.id.clone(), product))
                .collect();
            for (offer, id) in joined {
                if let Some(product) = products.get(&id) {
                    found.by_offer.insert(offer, product.clone());
                }
            }
        }
        Ok(found)
    }

    /// Products of these models that are sold, in all their sizes.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_models(&self, scope: &Scope, models: &[&str]) -> Result<Vec<Product>, CatalogError> {
        let mut found = Vec::new();
        for part in models.chunks(PART) {
            found.extend(store::products::of_models(&self.db, scope, part).await?);
        }
        Ok(found)
    }

    /// Sizes in which these models are sold, by brand (empty when it has none) and model.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sizes_of_models(
        &self,
        scope: &Scope,
        models: &[&str],
    ) -> Result<HashMap<(String, String), Vec<String>>, CatalogError> {
        let mut found: HashMap<(String, String), Vec<String>> = HashMap::new();
        for part in models.chunks(PART) {
            for (brand, model, size) in store::products::sizes_of_models(&self.db, scope, part).await? {
                found.entry((brand, model)).or_default().push(size);
            }
        }
        Ok(found)
    }
}
