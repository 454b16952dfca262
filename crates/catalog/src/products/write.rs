//! Writes facts over products in one transaction, with what is needed to put them back; refuses to overwrite what was changed
//! meanwhile.

use super::Products;
use crate::{
    CatalogError,
    import::products::{ProductFacts, ProductField},
    model::Product,
    store::{self, product_imports::Before, products},
};
use sauda_accounts::Scope;
use sauda_kernel::Timestamp;
use sauda_store::{StoreError, Tx};
use std::collections::HashMap;

/// What became of a part.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub created: i64,
    pub changed: i64,
    pub unchanged: i64,
    pub before: Vec<Before>,
}

impl Products {
    /// Writes what rows say over the products of the same article, or makes them.
    pub(super) async fn write_facts(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        part: &[ProductFacts],
        by: &str,
    ) -> Result<Written, CatalogError> {
        let skus: Vec<&str> = part.iter().map(|facts| facts.sku.as_str()).collect();
        let known: HashMap<String, Product> = products::by_skus(&mut *tx, scope, &skus)
            .await?
            .into_iter()
            .map(|product| (product.facts.sku.clone(), product))
            .collect();
        let now = self.clock.now();
        let mut wanted = Vec::with_capacity(part.len());
        for facts in part {
            let (before, after) = match known.get(&facts.sku) {
                Some(old) => {
                    let merged = old.facts.with(facts);
                    // A row brings an archived product back: it is sold again.
                    (Some(old), changed(old, merged, None, by, now))
                }
                None => (
                    None,
                    Product {
                        id: self.id(),
                        facts: facts.clone(),
                        version: 1,
                        created_at: now,
                        changed_at: now,
                        changed_by: by.to_owned(),
                        archived_at: None,
                        has_picture: false,
                    },
                ),
            };
            wanted.push((before, after));
        }
        self.write_products(tx, scope, wanted).await
    }

    /// Writes products over what they were; those that stay the same are only counted.
    pub(super) async fn write_products(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        wanted: Vec<(Option<&Product>, Product)>,
    ) -> Result<Written, CatalogError> {
        let mut written = Written::default();
        let mut after = Vec::with_capacity(wanted.len());
        let mut before = HashMap::with_capacity(wanted.len());
        for (old, new) in wanted {
            if old.is_some_and(|old| old.facts == new.facts && old.archived_at == new.archived_at) {
                written.unchanged = written.unchanged.saturating_add(1);
                continue;
            }
            before.insert(new.id.clone(), old.map(document).transpose()?);
            after.push(new);
        }
        if after.is_empty() {
            return Ok(written);
        }
        let saved = products::save(&mut *tx, scope, &after).await?;
        for product in &after {
            if !saved.contains(&product.id) {
                // Somebody was first; what they wrote stays.
                written.unchanged = written.unchanged.saturating_add(1);
                continue;
            }
            let old = before.remove(&product.id).flatten();
            let count = match old {
                Some(_) => &mut written.changed,
                None => &mut written.created,
            };
            *count = count.saturating_add(1);
            written.before.push(Before {
                product: product.id.clone(),
                before: old,
                version: product.version,
            });
        }
        Ok(written)
    }
}

/// A product with other facts, one version on.
pub(super) fn changed(
    old: &Product,
    facts: ProductFacts,
    archived_at: Option<Timestamp>,
    by: &str,
    now: Timestamp,
) -> Product {
    Product {
        facts,
        version: old.version.saturating_add(1),
        changed_at: now,
        changed_by: by.to_owned(),
        archived_at,
        ..old.clone()
    }
}

/// When it was archived, beside the facts of a kept product.
const ARCHIVED: &str = "archived_at";

/// A product as JSON of this room: its facts by their words, and when it was archived.
pub(super) fn document(product: &Product) -> Result<String, CatalogError> {
    let mut map: std::collections::BTreeMap<&str, String> = std::collections::BTreeMap::new();
    for field in ProductField::ALL {
        if let Some(kept) = product.facts.kept(field) {
            map.insert(field.word(), kept);
        }
    }
    if let Some(at) = product.archived_at {
        map.insert(ARCHIVED, at.as_micros().to_string());
    }
    serde_json::to_string(&map).map_err(|_| CatalogError::Store(unreadable("unwritable")))
}

/// Reads back what [`document`] wrote.
pub(super) fn from_document(text: &str) -> Result<(ProductFacts, Option<Timestamp>), CatalogError> {
    let odd = || CatalogError::Store(unreadable(text));
    let map: HashMap<String, String> = serde_json::from_str(text).map_err(|_| odd())?;
    let mut facts = ProductFacts::default();
    for field in ProductField::ALL {
        if let Some(kept) = map.get(field.word()) {
            facts.set_kept(field, Some(kept)).ok_or_else(odd)?;
        }
    }
    let archived = map.get(ARCHIVED).map(|at| at.parse().map(Timestamp::from_micros));
    Ok((facts, archived.transpose().map_err(|_| odd())?))
}

fn unreadable(text: &str) -> StoreError {
    store::unknown("before", text.chars().take(80).collect())
}
