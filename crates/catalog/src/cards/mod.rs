//! New cards of products: asked for, checked, recorded, sent once, waited for. Refuses to send anything before it is recorded.

mod job;

pub use job::{CARDS_JOB, CardsJob};

use crate::{
    Catalog, CatalogError, OpenKey, Products,
    model::{CardUpload, CardUploadRow, Product, ProductFilter, ProductPage},
    store::card_uploads,
};
use sauda_accounts::{Right, Scope};
use sauda_kernel::{CardUploadId, ProductId, ShopId, Span, Timestamp};
use sauda_market::{
    AttributeKind, AttributeValue, CardAttribute, CardCategory, CardDesk, CardFinding, CardValue, NewCard,
};
use std::{collections::BTreeMap, sync::Arc};
use tokio::sync::Mutex;

/// Categories change seldom and come as one large answer.
const CATEGORIES_FOR: Span = Span::from_hours(12);
/// Categories that a search shows.
const SHOWN: usize = 30;
/// Products of one upload by hand.
const MOST: usize = 200;
/// Uploads that are shown.
const UPLOADS: i64 = 20;

type Known<T> = Arc<Mutex<Option<(Timestamp, Arc<T>)>>>;

/// The door of new cards. Cheap to clone.
#[derive(Clone)]
pub struct Cards {
    catalog: Catalog,
    products: Products,
    desk: Arc<dyn CardDesk>,
    categories: Known<Vec<CardCategory>>,
}

/// An attribute with the values to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardField {
    pub attribute: CardAttribute,
    pub values: Vec<AttributeValue>,
}

/// Attributes of the cards of one upload.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CardValues {
    /// The same for every product, by code.
    pub common: BTreeMap<String, CardValue>,
    /// What differs from product to product; stands over the common.
    pub own: BTreeMap<ProductId, BTreeMap<String, CardValue>>,
}

impl CardValues {
    /// Everything that is said of one product.
    fn of(&self, product: &ProductId) -> BTreeMap<String, CardValue> {
        let mut all = self.common.clone();
        all.extend(self.own.get(product).cloned().unwrap_or_default());
        all
    }
}

impl Cards {
    /// The key of a shop with the permit of one call.
    async fn allowed(&self, scope: &Scope, shop: &ShopId) -> Result<OpenKey, CatalogError> {
        let key = self.catalog.open_shop_key(scope, shop).await?;
        self.catalog.permit_key_call(shop).await?;
        Ok(key)
    }

    async fn attributes(
        &self,
        scope: &Scope,
        shop: &ShopId,
        category: &str,
    ) -> Result<Vec<CardAttribute>, CatalogError> {
        let key = self.allowed(scope, shop).await?;
        let answer = self.desk.attributes(&key.egress, &key.token, category).await;
        self.catalog.heard_with_key(scope, shop, &answer).await?;
        Ok(answer?)
    }

    pub fn new(catalog: Catalog, products: Products, desk: Arc<dyn CardDesk>) -> Self {
        Self {
            catalog,
            products,
            desk,
            categories: Arc::default(),
        }
    }

    /// Categories whose title or code has every word.
    ///
    /// # Errors
    /// When the shop has no key, or the marketplace does not answer.
    pub async fn categories(
        &self,
        scope: &Scope,
        shop: &ShopId,
        search: &str,
    ) -> Result<Vec<CardCategory>, CatalogError> {
        let now = self.catalog.clock.now();
        let mut kept = self.categories.lock().await;
        let known = match kept.as_ref() {
            Some((at, known)) if now.since(*at) < CATEGORIES_FOR => known.clone(),
            _ => {
                let key = self.allowed(scope, shop).await?;
                let answer = self.desk.categories(&key.egress, &key.token).await;
                self.catalog.heard_with_key(scope, shop, &answer).await?;
                let known = Arc::new(answer?);
                *kept = Some((now, known.clone()));
                known
            }
        };
        drop(kept);
        let words = crate::fold(&[search]);
        let fits = |one: &&CardCategory| {
            let folded = crate::fold(&[&one.title, &one.code]);
            words.split(' ').all(|word| folded.contains(word))
        };
        Ok(known.iter().filter(fits).take(SHOWN).cloned().collect())
    }

    /// What a category asks for, with values to choose from.
    ///
    /// # Errors
    /// When the shop has no key, or the marketplace does not answer.
    pub async fn fields(
        &self,
        scope: &Scope,
        shop: &ShopId,
        category: &str,
    ) -> Result<Vec<CardField>, CatalogError> {
        let attributes = self.attributes(scope, shop, category).await?;
        let mut fields = Vec::with_capacity(attributes.len());
        for attribute in attributes {
            let values = if attribute.kind == AttributeKind::Choice {
                let key = self.allowed(scope, shop).await?;
                let answer = self
                    .desk
                    .values(&key.egress, &key.token, category, &attribute.code)
                    .await;
                self.catalog.heard_with_key(scope, shop, &answer).await?;
                answer?
            } else {
                Vec::new()
            };
            fields.push(CardField { attribute, values });
        }
        Ok(fields)
    }

    /// Products that no card is known of.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn without_card(&self, scope: &Scope, search: &str) -> Result<Vec<Product>, CatalogError> {
        let filter = ProductFilter {
            search: search.to_owned(),
            ..ProductFilter::default()
        };
        let page = ProductPage {
            limit: i64::try_from(MOST).unwrap_or(i64::MAX),
            ..ProductPage::default()
        };
        let mut found = self.products.list(scope, &filter, &page).await?.products;
        let ids: Vec<ProductId> = found.iter().map(|product| product.id.clone()).collect();
        let sold = self.products.offers_of(scope, &ids).await?;
        found.retain(|product| {
            let offers = sold.get(&product.id).map_or(&[][..], Vec::as_slice);
            product.facts.master_code.is_none() && offers.iter().all(|offer| offer.card.is_none())
        });
        Ok(found)
    }

    /// What would be refused of cards for these products, and the products they are of.
    ///
    /// # Errors
    /// When a product is gone, or the marketplace does not answer.
    pub async fn check(
        &self,
        scope: &Scope,
        shop: &ShopId,
        category: &str,
        products: &[ProductId],
        values: &CardValues,
    ) -> Result<(Vec<NewCard>, Vec<CardFinding>), CatalogError> {
        let attributes = self.attributes(scope, shop, category).await?;
        let mut cards = Vec::with_capacity(products.len());
        for id in products.iter().take(MOST) {
            cards.push(card_of(
                &self.products.product(scope, id).await?,
                category,
                values,
            ));
        }
        let findings = self.desk.check(&cards, &attributes);
        Ok((cards, findings))
    }

    /// Records an upload and has it sent.
    ///
    /// # Errors
    /// When something of it would be refused: nothing is recorded then.
    pub async fn send(
        &self,
        scope: &Scope,
        shop: &ShopId,
        category: &str,
        products: &[ProductId],
        values: &CardValues,
    ) -> Result<CardUpload, CatalogError> {
        scope
            .require(Right::ManageCatalog)
            .map_err(CatalogError::Accounts)?;
        let (cards, findings) = self.check(scope, shop, category, products, values).await?;
        if let Some(first) = findings.first() {
            return Err(CatalogError::Card {
                count: findings.len(),
                sku: first.sku.clone(),
                field: first.field.clone(),
                code: first.code,
            });
        }
        let document = self.desk.document(&cards)?;
        let packed = zstd::encode_all(document.as_slice(), 3)
            .map_err(|error| CatalogError::Cluster(error.to_string()))?;
        let rows: Vec<CardUploadRow> = cards
            .iter()
            .zip(products)
            .map(|(card, product)| CardUploadRow {
                sku: card.sku.clone(),
                product: product.clone(),
                state: None,
                told: None,
            })
            .collect();
        let id: CardUploadId = self.catalog.id();
        let now = self.catalog.clock.now();
        let mut tx = self.catalog.db.write().await?;
        let new = card_uploads::NewUpload {
            id: &id,
            shop,
            document: packed,
            rows: &rows,
            now,
        };
        card_uploads::insert(&mut tx, scope, new).await?;
        for part in rows.chunks(1_000) {
            card_uploads::insert_rows_of(&mut tx, &id, part).await?;
        }
        let sent = format!("{}: {category}", rows.len());
        self.products
            .audit(&mut tx, scope, "cards.sent", id.as_str(), None, Some(sent))
            .await?;
        self.later(&mut tx, scope, &id).await?;
        tx.commit().await?;
        self.upload(scope, &id).await
    }

    /// An upload with its cards.
    ///
    /// # Errors
    /// When there is no such upload of this merchant.
    pub async fn upload(&self, scope: &Scope, id: &CardUploadId) -> Result<CardUpload, CatalogError> {
        let found = card_uploads::find(&self.catalog.db, scope, id).await?;
        let mut upload = found.ok_or_else(|| CatalogError::NotFound {
            what: "upload",
            id: id.to_string(),
        })?;
        upload.rows = card_uploads::rows(&self.catalog.db, id).await?;
        Ok(upload)
    }

    /// Uploads of a shop with their cards, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn uploads(&self, scope: &Scope, shop: &ShopId) -> Result<Vec<CardUpload>, CatalogError> {
        let mut all = card_uploads::list(&self.catalog.db, scope, shop, UPLOADS).await?;
        for upload in &mut all {
            upload.rows = card_uploads::rows(&self.catalog.db, &upload.id).await?;
        }
        Ok(all)
    }
}

/// The card of a product: its own facts, the attributes that were chosen for all, and over them those of this product.
fn card_of(product: &Product, category: &str, values: &CardValues) -> NewCard {
    let facts = &product.facts;
    let weight = facts
        .weight_grams
        .map(|grams| format!("{}.{:03}", grams / 1_000, grams % 1_000));
    NewCard {
        sku: facts.sku.clone(),
        title: facts
            .title
            .clone()
            .or_else(|| facts.model.clone())
            .unwrap_or_default(),
        brand: facts.brand.clone().unwrap_or_default(),
        category: category.to_owned(),
        description: None,
        weight,
        attributes: values.of(&product.id).into_iter().collect(),
        images: facts.photo.clone().into_iter().collect(),
    }
}
