//! Writes a checked file in parts and puts it back in parts; refuses to write a row that was not checked, or to put back what
//! somebody changed since.

use super::{Products, job::later, may_manage, upload::KEPT_FOR, write};
use crate::{
    CatalogError,
    import::products::{ProductFacts, Verdict},
    model::{ImportState, Product, ProductImport},
    store::{
        product_imports::{self, Before, PartDone, PartUndone},
        product_offers, products,
    },
};
use sauda_accounts::Scope;
use sauda_kernel::{ImportId, ProductId};
use sauda_store::Tx;
use std::collections::HashMap;

/// Rows that are written in one transaction.
const PART: usize = 500;
/// Larger files are written by the job.
const AT_ONCE: i64 = 2_000;
/// Products that are named when they were not put back.
const NAMED: i64 = 200;

/// What of a file can be written.
struct ReadyRows {
    /// In the order of the file.
    rows: Vec<ProductFacts>,
    /// Rows that were refused or repeat others.
    skipped: i64,
    /// The import's, when they were read.
    version: i64,
}

impl Products {
    /// Writes the rows of a kept file that are ready: a small file at once, a large one by the job.
    ///
    /// # Errors
    /// When no columns are chosen, no row is ready, or the file was written before.
    pub async fn apply_upload(&self, scope: &Scope, id: &ImportId) -> Result<ProductImport, CatalogError> {
        let rows = self.begin_import(scope, id).await?;
        if i64::try_from(rows.len()).unwrap_or(i64::MAX) <= AT_ONCE {
            self.write_rest(scope, id, &rows, &mut |_, _| {}).await?;
        }
        self.import(scope, id).await
    }

    /// Writes the rows of a kept file that are ready, however many, telling how far it is.
    ///
    /// # Errors
    /// As [`Self::apply_upload`].
    pub async fn apply_upload_now(
        &self,
        scope: &Scope,
        id: &ImportId,
        progress: &mut (dyn FnMut(i64, i64) + Send),
    ) -> Result<ProductImport, CatalogError> {
        let rows = self.begin_import(scope, id).await?;
        self.write_rest(scope, id, &rows, progress).await?;
        self.import(scope, id).await
    }

    async fn begin_import(&self, scope: &Scope, id: &ImportId) -> Result<Vec<ProductFacts>, CatalogError> {
        may_manage(scope)?;
        let ReadyRows {
            rows,
            skipped,
            version,
        } = self.ready_rows(scope, id).await?;
        let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        if total == 0 {
            return Err(CatalogError::NothingReady);
        }
        let mut tx = self.db.write().await?;
        if product_imports::begin(&mut tx, scope, id, version, total, skipped).await? == 0 {
            drop(tx);
            let import = self.import(scope, id).await?;
            return Err(match import.state {
                // Somebody mended a row or chose columns since the rows were read.
                ImportState::Loaded => CatalogError::Changed { by: import.by },
                _ => CatalogError::WrittenAlready,
            });
        }
        // Should this process end half-way, the job goes on.
        later(self, &mut tx, scope, id, "do").await?;
        let told = format!("{total} rows");
        self.audit(&mut tx, scope, "products.imported", id.as_str(), None, Some(told))
            .await?;
        tx.commit().await?;
        Ok(rows)
    }

    /// The rows that are ready.
    async fn ready_rows(&self, scope: &Scope, id: &ImportId) -> Result<ReadyRows, CatalogError> {
        let open = self.open_upload(scope, id).await?;
        let version = open.import.version;
        if !open.is_mapped() {
            return Err(CatalogError::Open(crate::import::products::OpenError::Mapping(
                crate::import::columns::MappingError::NoSku,
            )));
        }
        let (_, rows, totals) = self
            .check_upload(scope, open, |row| match row.verdict {
                Verdict::Ready(facts) => Some(*facts),
                Verdict::Refused | Verdict::Duplicate { .. } => None,
            })
            .await?;
        let skipped = totals.refused.saturating_add(totals.duplicates);
        Ok(ReadyRows {
            rows,
            skipped: i64::try_from(skipped).unwrap_or(i64::MAX),
            version,
        })
    }

    /// Writes what is left of an import. Two may do this beside each other: each part counts once.
    async fn write_rest(
        &self,
        scope: &Scope,
        id: &ImportId,
        rows: &[ProductFacts],
        progress: &mut (dyn FnMut(i64, i64) + Send),
    ) -> Result<(), CatalogError> {
        loop {
            let import = self.import(scope, id).await?;
            progress(import.done(), import.total);
            if import.state != ImportState::Going {
                return Ok(());
            }
            let from = usize::try_from(import.done()).unwrap_or(usize::MAX);
            let part: Vec<ProductFacts> = rows.iter().skip(from).take(PART).cloned().collect();
            let mut tx = self.db.write().await?;
            if part.is_empty() {
                product_offers::link_by_sku(&mut tx, scope, None).await?;
                product_imports::finish(&mut tx, id, self.clock.now()).await?;
                tx.commit().await?;
                continue;
            }
            let written = self.write_facts(&mut tx, scope, &part, &import.by).await?;
            let done = PartDone {
                created: written.created,
                changed: written.changed,
                unchanged: written.unchanged,
            };
            product_imports::keep_before(&mut tx, id, written.before).await?;
            // 0 means that somebody else has written this part: ours is given up.
            if product_imports::did_part(&mut tx, id, import.done(), done).await? > 0 {
                tx.commit().await?;
            }
        }
    }

    /// Goes on with an import or its undo after a crash, or with a large one.
    pub(super) async fn go_on(
        &self,
        scope: &Scope,
        id: &ImportId,
        progress: &mut (dyn FnMut(i64, i64) + Send),
    ) -> Result<(), CatalogError> {
        match self.import(scope, id).await?.state {
            ImportState::Going => {
                let ready = self.ready_rows(scope, id).await?;
                self.write_rest(scope, id, &ready.rows, progress).await
            }
            ImportState::Undoing => self.undo_rest(scope, id, progress).await,
            ImportState::Loaded | ImportState::Done | ImportState::Undone => Ok(()),
        }
    }

    /// Puts back what an import or a change of many made, except products that somebody changed since; those are named by
    /// [`Self::kept_skus`]. A small one at once, a large one by the job.
    ///
    /// # Errors
    /// When it is not through, was undone, or a day has passed.
    pub async fn undo_import(&self, scope: &Scope, id: &ImportId) -> Result<ProductImport, CatalogError> {
        let import = self.begin_undo(scope, id).await?;
        if import.created.saturating_add(import.changed) <= AT_ONCE {
            self.undo_rest(scope, id, &mut |_, _| {}).await?;
        }
        self.import(scope, id).await
    }

    /// The same, however large, telling how far it is.
    ///
    /// # Errors
    /// As [`Self::undo_import`].
    pub async fn undo_import_now(
        &self,
        scope: &Scope,
        id: &ImportId,
        progress: &mut (dyn FnMut(i64, i64) + Send),
    ) -> Result<ProductImport, CatalogError> {
        self.begin_undo(scope, id).await?;
        self.undo_rest(scope, id, progress).await?;
        self.import(scope, id).await
    }

    async fn begin_undo(&self, scope: &Scope, id: &ImportId) -> Result<ProductImport, CatalogError> {
        may_manage(scope)?;
        let import = self.import(scope, id).await?;
        let since = self.clock.now().minus(KEPT_FOR);
        let mut tx = self.db.write().await?;
        if product_imports::begin_undo(&mut tx, scope, id, since).await? == 0 {
            return Err(CatalogError::UndoPassed);
        }
        later(self, &mut tx, scope, id, "undo").await?;
        self.audit(
            &mut tx,
            scope,
            "products.import_undone",
            id.as_str(),
            None,
            Some(import.title.clone()),
        )
        .await?;
        tx.commit().await?;
        Ok(import)
    }

    async fn undo_rest(
        &self,
        scope: &Scope,
        id: &ImportId,
        progress: &mut (dyn FnMut(i64, i64) + Send),
    ) -> Result<(), CatalogError> {
        let limit = i64::try_from(PART).unwrap_or(i64::MAX);
        loop {
            let import = self.import(scope, id).await?;
            let (done, total) = import.progress();
            progress(done, total);
            if import.state != ImportState::Undoing {
                return Ok(());
            }
            let mut tx = self.db.write().await?;
            let kept = product_imports::to_undo(&mut tx, id, limit).await?;
            if kept.is_empty() {
                product_imports::finish_undo(&mut tx, id, self.clock.now()).await?;
                tx.commit().await?;
                continue;
            }
            let part = self.undo_part(&mut tx, scope, id, &kept).await?;
            // 0 means that somebody else has put this part back: ours is given up.
            if product_imports::undid_part(&mut tx, id, done, part).await? > 0 {
                tx.commit().await?;
            }
        }
    }

    /// Puts some products back; answers how many were, and how many were left as somebody made them since.
    async fn undo_part(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        id: &ImportId,
        kept: &[Before],
    ) -> Result<PartUndone, CatalogError> {
        let ids: Vec<ProductId> = kept.iter().map(|row| row.product.clone()).collect();
        let mut now: HashMap<ProductId, Product> = products::by_ids(&mut *tx, scope, &ids)
            .await?
            .into_iter()
            .map(|product| (product.id.clone(), product))
            .collect();
        let (mut restored, mut removed, mut left) = (Vec::new(), Vec::new(), Vec::new());
        for row in kept {
            // One that is gone already has nothing to put back.
            let Some(product) = now.remove(&row.product) else {
                continue;
            };
            match &row.before {
                _ if product.version != row.version => left.push((product.id, product.facts.sku)),
                None => removed.push(product.id),
                Some(before) => {
                    let (facts, archived) = write::from_document(before)?;
                    let by = scope.actor_name();
                    restored.push(write::changed(&product, facts, archived, by, self.clock.now()));
                }
            }
        }
        let mut back = removed.len();
        if !restored.is_empty() {
            let saved = products::save(&mut *tx, scope, &restored).await?;
            back = back.saturating_add(saved.len());
            restored.retain(|product| !saved.contains(&product.id));
            left.extend(
                restored
                    .into_iter()
                    .map(|product| (product.id, product.facts.sku)),
            );
        }
        if !removed.is_empty() {
            products::delete(tx, scope, &removed).await?;
        }
        for (product, sku) in &left {
            product_imports::note_kept(&mut *tx, id, product, sku).await?;
        }
        let is_left = |product: &ProductId| left.iter().any(|(kept, _)| kept == product);
        let settled: Vec<ProductId> = ids.into_iter().filter(|product| !is_left(product)).collect();
        if !settled.is_empty() {
            product_imports::forget_before(&mut *tx, id, &settled).await?;
        }
        let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
        Ok(PartUndone {
            put_back: count(back),
            kept: count(left.len()),
        })
    }

    /// Articles of products that were not put back, since somebody changed them; at most 200.
    ///
    /// # Errors
    /// When there is no such import.
    pub async fn kept_skus(&self, scope: &Scope, id: &ImportId) -> Result<Vec<String>, CatalogError> {
        self.import(scope, id).await?;
        Ok(product_imports::kept_skus(&self.db, id, NAMED).await?)
    }

    /// What was imported or changed in bulk, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn imports(&self, scope: &Scope, limit: i64) -> Result<Vec<ProductImport>, CatalogError> {
        Ok(product_imports::list(&self.db, scope, limit).await?)
    }

    /// Whether an import may still be put back.
    pub fn can_undo(&self, import: &ProductImport) -> bool {
        let since = self.clock.now().minus(KEPT_FOR);
        import.state == ImportState::Done
            && import.created.saturating_add(import.changed) > 0
            && import.done_at.is_some_and(|at| at >= since)
    }
}
