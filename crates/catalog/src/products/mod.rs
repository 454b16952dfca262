//! The door of products for edges and later rooms; refuses to change prices on sale, which are offers' own.

mod edit;
mod from_offers;
mod import;
mod job;
mod mend;
mod upload;
mod write;

pub use edit::BulkAct;
pub use job::{IMPORT_JOB, ImportJob};
pub use upload::{OpenProductUpload, product_upload_limits};

use crate::{
    CatalogError,
    model::{
        Facet, NamedProduct, Product, ProductCounts, ProductCursor, ProductFilter, ProductOffer, ProductPage,
        ProductSort,
    },
    store::{product_offers, products, products::FacetOf},
};
use sauda_accounts::{Accounts, AuditEntry, Right, Scope};
use sauda_jobs::Jobs;
use sauda_kernel::{Clock, Id, IdKind, Ids, OfferId, ProductId};
use sauda_store::{Db, Tx};
use std::{collections::HashMap, sync::Arc};

/// Everything that products need. Cheap to clone.
#[derive(Clone)]
pub struct Products {
    pub(crate) db: Db,
    pub(crate) accounts: Accounts,
    pub(crate) jobs: Jobs,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct ProductList {
    pub products: Vec<Product>,
    /// Of the whole filter.
    pub total: i64,
    /// Where the next page begins; `None` at the end.
    pub next: Option<ProductCursor>,
}

/// Values to filter by.
#[derive(Debug, Clone, Default)]
pub struct ProductFacets {
    pub categories: Vec<Facet>,
    pub brands: Vec<Facet>,
    pub seasons: Vec<Facet>,
}

const MOST_ROWS: i64 = 1_000;
const MOST_FACETS: i64 = 200;

impl Products {
    pub fn new(db: Db, accounts: Accounts, jobs: Jobs, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Self {
        Self {
            db,
            accounts,
            jobs,
            clock,
            ids,
        }
    }

    pub(crate) fn id<K: IdKind>(&self) -> Id<K> {
        Id::new(&*self.clock, &*self.ids)
    }

    /// Writes to the audit log in the caller's transaction.
    pub(crate) async fn audit(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        what: &'static str,
        subject: &str,
        before: Option<String>,
        after: Option<String>,
    ) -> Result<(), CatalogError> {
        let entry = AuditEntry {
            what,
            subject: subject.to_owned(),
            before,
            after,
            address: None,
        };
        let written = self.accounts.audit(tx, scope, entry).await;
        written.map(|_| ()).map_err(CatalogError::Accounts)
    }

    /// A page of products, with the number of all of the filter.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list(
        &self,
        scope: &Scope,
        filter: &ProductFilter,
        page: &ProductPage,
    ) -> Result<ProductList, CatalogError> {
        let limit = page.limit.clamp(1, MOST_ROWS);
        let wanted = ProductPage {
            limit: limit.saturating_add(1),
            ..page.clone()
        };
        let mut found = products::list(&self.db, scope, filter, &wanted).await?;
        let full = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = found.len() > full;
        found.truncate(full);
        let next = found
            .last()
            .filter(|_| more)
            .map(|last| products::cursor(last, page.sort));
        Ok(ProductList {
            total: products::count(&self.db, scope, filter).await?,
            products: found,
            next,
        })
    }

    /// Where a list in this order goes on after a product.
    pub fn cursor(product: &Product, sort: ProductSort) -> ProductCursor {
        products::cursor(product, sort)
    }

    /// How many products there are, and what they lack.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn counts(&self, scope: &Scope) -> Result<ProductCounts, CatalogError> {
        Ok(products::counts(&self.db, scope).await?)
    }

    /// Categories, brands and seasons of the active products, the commonest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn facets(&self, scope: &Scope) -> Result<ProductFacets, CatalogError> {
        Ok(ProductFacets {
            categories: products::facets(&self.db, scope, FacetOf::Category, MOST_FACETS).await?,
            brands: products::facets(&self.db, scope, FacetOf::Brand, MOST_FACETS).await?,
            seasons: products::facets(&self.db, scope, FacetOf::Season, MOST_FACETS).await?,
        })
    }

    /// # Errors
    /// When there is no such product of this merchant.
    pub async fn product(&self, scope: &Scope, id: &ProductId) -> Result<Product, CatalogError> {
        products::find(&self.db, scope, id)
            .await?
            .ok_or_else(|| not_found(id))
    }

    /// These products, in no order; those that are not there are left out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn by_ids(&self, scope: &Scope, ids: &[ProductId]) -> Result<Vec<Product>, CatalogError> {
        let mut found = Vec::with_capacity(ids.len());
        for part in ids.chunks(500) {
            found.extend(crate::store::products::by_ids(&self.db, scope, part).await?);
        }
        Ok(found)
    }

    /// What these products are called, and for how much, in no order; archived ones are left out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn named(&self, scope: &Scope, ids: &[ProductId]) -> Result<Vec<NamedProduct>, CatalogError> {
        let mut found = Vec::with_capacity(ids.len());
        for part in ids.chunks(1_000) {
            found.extend(products::named(&self.db, scope, part).await?);
        }
        Ok(found)
    }

    /// Products by their articles; those that are not known are not in the answer.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn by_skus(
        &self,
        scope: &Scope,
        skus: &[&str],
    ) -> Result<HashMap<String, Product>, CatalogError> {
        let mut found = HashMap::with_capacity(skus.len());
        for part in skus.chunks(1_000) {
            for product in products::by_skus(&self.db, scope, part).await? {
                found.insert(product.facts.sku.clone(), product);
            }
        }
        Ok(found)
    }

    /// Offers in the cabinet that sell these products.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn offers_of(
        &self,
        scope: &Scope,
        ids: &[ProductId],
    ) -> Result<HashMap<ProductId, Vec<ProductOffer>>, CatalogError> {
        let mut found: HashMap<ProductId, Vec<ProductOffer>> = HashMap::new();
        for part in ids.chunks(1_000) {
            for (product, offer) in product_offers::of_products(&self.db, scope, part).await? {
                found.entry(product).or_default().push(offer);
            }
        }
        Ok(found)
    }

    /// Offers that sell no product and whose words fit.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn offers_without_product(
        &self,
        scope: &Scope,
        words: &str,
        limit: i64,
    ) -> Result<Vec<ProductOffer>, CatalogError> {
        Ok(product_offers::without_product(&self.db, scope, words, limit.clamp(1, MOST_ROWS)).await?)
    }

    /// Joins an offer with a product by hand, or with none; the program leaves it so.
    ///
    /// # Errors
    /// When there is no such offer or product of this merchant.
    pub async fn link(
        &self,
        scope: &Scope,
        offer: &OfferId,
        product: Option<&ProductId>,
    ) -> Result<(), CatalogError> {
        may_manage(scope)?;
        if let Some(product) = product {
            self.product(scope, product).await?;
        }
        let mut tx = self.db.write().await?;
        if product_offers::link_by_hand(&mut tx, scope, offer, product).await? == 0 {
            return Err(CatalogError::NotFound {
                what: "offer",
                id: offer.to_string(),
            });
        }
        let after = product.map_or_else(|| "-".to_owned(), ToString::to_string);
        self.audit(
            &mut tx,
            scope,
            "product.linked",
            offer.as_str(),
            None,
            Some(after),
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The room's own check, beside the one at the edge.
pub(crate) fn may_manage(scope: &Scope) -> Result<(), CatalogError> {
    scope
        .require(Right::ManageCatalog)
        .map_err(CatalogError::Accounts)
}

pub(crate) fn not_found(id: &ProductId) -> CatalogError {
    CatalogError::NotFound {
        what: "product",
        id: id.to_string(),
    }
}
