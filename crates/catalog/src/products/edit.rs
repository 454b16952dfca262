//! Changes by hand: one fact of one product, one fact of many, archive, pictures; refuses to overwrite what somebody changed
//! meanwhile.

use super::{Products, may_manage, not_found, write};
use crate::{
    CatalogError,
    import::products::{ProductFacts, ProductField},
    model::{ImportKind, ImportState, Product, ProductFilter, ProductImport},
    store::{product_imports, product_offers, products},
};
use sauda_accounts::Scope;
use sauda_kernel::{ImportId, ProductId};

/// What is done to many products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkAct {
    /// Sets a fact, or takes it away with an empty text.
    Set {
        field: ProductField,
        typed: String,
    },
    Archive,
    Restore,
}

/// Products that one act may touch.
const MOST_AT_ONCE: i64 = 20_000;
const PART: usize = 500;
/// A kept picture is small: it is for lists and phones.
pub const PHOTO_BYTES: usize = 400 * 1024;

impl Products {
    /// Makes a product from typed facts.
    ///
    /// # Errors
    /// When a fact is refused, nothing names the product, or its article is taken.
    pub async fn create(&self, scope: &Scope, facts: ProductFacts) -> Result<Product, CatalogError> {
        may_manage(scope)?;
        let sku = facts.sku.trim().to_owned();
        if sku.is_empty() || sku.chars().count() > 100 || sku.contains(char::is_control) {
            return Err(CatalogError::Fact {
                code: "product-sku",
                field: ProductField::Sku.word(),
                value: sku,
            });
        }
        if facts.title.is_none() && facts.model.is_none() {
            return Err(CatalogError::Fact {
                code: "product-nameless",
                field: ProductField::Title.word(),
                value: String::new(),
            });
        }
        let now = self.clock.now();
        let product = Product {
            id: self.id(),
            facts: ProductFacts { sku, ..facts },
            version: 1,
            created_at: now,
            changed_at: now,
            changed_by: scope.actor_name().to_owned(),
            archived_at: None,
            has_picture: false,
        };
        let mut tx = self.db.write().await?;
        if products::save(&mut tx, scope, std::slice::from_ref(&product))
            .await?
            .is_empty()
        {
            return Err(CatalogError::SkuTaken(product.facts.sku));
        }
        product_offers::link_by_sku(&mut tx, scope, None).await?;
        self.audit(
            &mut tx,
            scope,
            "product.created",
            product.id.as_str(),
            None,
            Some(product.facts.sku.clone()),
        )
        .await?;
        tx.commit().await?;
        Ok(product)
    }

    /// Sets facts of a product that the person has seen in this version.
    ///
    /// # Errors
    /// When a fact is refused, or somebody changed the product meanwhile: what they made of it is in the error.
    pub async fn edit(
        &self,
        scope: &Scope,
        id: &ProductId,
        version: i64,
        typed: &[(ProductField, String)],
    ) -> Result<Product, CatalogError> {
        may_manage(scope)?;
        let old = self.product(scope, id).await?;
        let mut facts = old.facts.clone();
        for (field, text) in typed {
            set(&mut facts, *field, text)?;
        }
        if facts == old.facts {
            return Ok(old);
        }
        if old.version != version {
            return Err(CatalogError::Changed { by: old.changed_by });
        }
        let lines = |facts: &ProductFacts| {
            let parts: Vec<String> = typed
                .iter()
                .map(|(field, _)| format!("{}: {}", field.word(), facts.kept(*field).unwrap_or_default()))
                .collect();
            Some(parts.join(", "))
        };
        let (before, after) = (lines(&old.facts), lines(&facts));
        let new = write::changed(&old, facts, old.archived_at, scope.actor_name(), self.clock.now());
        let mut tx = self.db.write().await?;
        if products::save(&mut tx, scope, std::slice::from_ref(&new))
            .await?
            .is_empty()
        {
            drop(tx);
            let now = self.product(scope, id).await?;
            return Err(CatalogError::Changed { by: now.changed_by });
        }
        self.audit(&mut tx, scope, "product.changed", id.as_str(), before, after)
            .await?;
        tx.commit().await?;
        Ok(new)
    }

    /// Puts a product away, or takes it out again.
    ///
    /// # Errors
    /// When there is no such product.
    pub async fn archive(&self, scope: &Scope, id: &ProductId, away: bool) -> Result<Product, CatalogError> {
        may_manage(scope)?;
        let old = self.product(scope, id).await?;
        if old.archived_at.is_some() == away {
            return Ok(old);
        }
        let now = self.clock.now();
        let new = write::changed(
            &old,
            old.facts.clone(),
            away.then_some(now),
            scope.actor_name(),
            now,
        );
        let mut tx = self.db.write().await?;
        if products::save(&mut tx, scope, std::slice::from_ref(&new))
            .await?
            .is_empty()
        {
            return Err(CatalogError::Changed { by: old.changed_by });
        }
        let what = if away {
            "product.archived"
        } else {
            "product.restored"
        };
        self.audit(
            &mut tx,
            scope,
            what,
            id.as_str(),
            None,
            Some(new.facts.sku.clone()),
        )
        .await?;
        tx.commit().await?;
        Ok(new)
    }

    /// The products an act is for: those that are named, or all of a filter.
    ///
    /// # Errors
    /// When there are more than one act may touch.
    pub async fn chosen(
        &self,
        scope: &Scope,
        ids: &[ProductId],
        filter: Option<&ProductFilter>,
    ) -> Result<Vec<ProductId>, CatalogError> {
        let chosen = match filter {
            Some(filter) => products::ids(&self.db, scope, filter, MOST_AT_ONCE.saturating_add(1)).await?,
            None => ids.to_vec(),
        };
        if i64::try_from(chosen.len()).unwrap_or(i64::MAX) > MOST_AT_ONCE {
            return Err(CatalogError::TooMany { limit: MOST_AT_ONCE });
        }
        Ok(chosen)
    }

    /// Does one thing to many products; the whole can be undone for a day, as an import can.
    ///
    /// # Errors
    /// When the typed text is refused, or nothing or too much is chosen; nothing is changed then.
    pub async fn bulk(
        &self,
        scope: &Scope,
        ids: &[ProductId],
        act: &BulkAct,
    ) -> Result<ProductImport, CatalogError> {
        may_manage(scope)?;
        if let BulkAct::Set { field, typed } = act {
            set(&mut ProductFacts::default(), *field, typed)?;
        }
        let now = self.clock.now();
        let import = ProductImport {
            id: self.id(),
            kind: ImportKind::Edit,
            title: title(act),
            file_bytes: 0,
            sheet: None,
            mapping: String::new(),
            state: ImportState::Going,
            version: 1,
            total: i64::try_from(ids.len()).unwrap_or(i64::MAX),
            created: 0,
            changed: 0,
            unchanged: 0,
            skipped: 0,
            put_back: 0,
            kept: 0,
            by: scope.actor_name().to_owned(),
            at: now,
            done_at: None,
            undone_at: None,
        };
        let mut tx = self.db.write().await?;
        product_imports::insert(&mut tx, scope, &import, None).await?;
        let mut done = 0_i64;
        for part in ids.chunks(PART) {
            let old = products::by_ids(&mut tx, scope, part).await?;
            let mut wanted = Vec::with_capacity(old.len());
            for product in &old {
                let mut facts = product.facts.clone();
                let mut archived = product.archived_at;
                match act {
                    BulkAct::Set { field, typed } => set(&mut facts, *field, typed)?,
                    BulkAct::Archive => archived = archived.or(Some(now)),
                    BulkAct::Restore => archived = None,
                }
                wanted.push((
                    Some(product),
                    write::changed(product, facts, archived, scope.actor_name(), now),
                ));
            }
            let written = self.write_products(&mut tx, scope, wanted).await?;
            let (changed, unchanged) = (written.changed, written.unchanged);
            product_imports::keep_before(&mut tx, &import.id, written.before).await?;
            let part = product_imports::PartDone {
                created: 0,
                changed,
                unchanged,
            };
            product_imports::did_part(&mut tx, &import.id, done, part).await?;
            done = done.saturating_add(changed).saturating_add(unchanged);
        }
        product_imports::finish(&mut tx, &import.id, now).await?;
        let told = format!("{} ({done})", import.title);
        self.audit(
            &mut tx,
            scope,
            "products.bulk",
            import.id.as_str(),
            None,
            Some(told),
        )
        .await?;
        tx.commit().await?;
        self.import(scope, &import.id).await
    }

    /// Keeps a small picture of a product, or takes it away.
    ///
    /// # Errors
    /// When there is no such product, or the bytes are no picture that browsers show, or too many.
    pub async fn put_photo(&self, scope: &Scope, id: &ProductId, bytes: Vec<u8>) -> Result<(), CatalogError> {
        may_manage(scope)?;
        self.product(scope, id).await?;
        let kind = picture_kind(&bytes).ok_or(CatalogError::Picture)?;
        if bytes.len() > PHOTO_BYTES {
            return Err(CatalogError::PictureLarge {
                limit_kib: PHOTO_BYTES / 1024,
            });
        }
        products::put_photo(&self.db, scope, id, kind, bytes, self.clock.now()).await?;
        Ok(())
    }

    /// Sort and bytes of a kept picture.
    ///
    /// # Errors
    /// When there is none.
    pub async fn photo(&self, scope: &Scope, id: &ProductId) -> Result<(String, Vec<u8>), CatalogError> {
        products::photo(&self.db, scope, id)
            .await?
            .ok_or_else(|| not_found(id))
    }

    /// Forgets a kept picture.
    ///
    /// # Errors
    /// When there is none.
    pub async fn remove_photo(&self, scope: &Scope, id: &ProductId) -> Result<(), CatalogError> {
        may_manage(scope)?;
        match products::delete_photo(&self.db, scope, id).await? {
            0 => Err(not_found(id)),
            _ => Ok(()),
        }
    }

    /// A change of many or an import, by its id.
    ///
    /// # Errors
    /// When there is none of this merchant.
    pub async fn import(&self, scope: &Scope, id: &ImportId) -> Result<ProductImport, CatalogError> {
        product_imports::find(&self.db, scope, id)
            .await?
            .ok_or_else(|| CatalogError::NotFound {
                what: "import",
                id: id.to_string(),
            })
    }
}

fn set(facts: &mut ProductFacts, field: ProductField, typed: &str) -> Result<(), CatalogError> {
    facts.set(field, typed).map_err(|code| CatalogError::Fact {
        code,
        field: field.word(),
        value: typed.chars().take(80).collect(),
    })
}

/// What was changed, for lists of changes: a field and its new value, or a word.
fn title(act: &BulkAct) -> String {
    match act {
        BulkAct::Set { field, typed } => format!("{}={}", field.word(), typed.trim()),
        BulkAct::Archive => "archive".to_owned(),
        BulkAct::Restore => "restore".to_owned(),
    }
}

/// The sort of a picture by its first bytes; drawings with script in them are none.
fn picture_kind(bytes: &[u8]) -> Option<&'static str> {
    let starts: [(&[u8], &str); 3] = [
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF8", "image/gif"),
    ];
    let known = starts.into_iter().find(|(start, _)| bytes.starts_with(start));
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    known.map(|(_, kind)| kind).or(webp.then_some("image/webp"))
}
