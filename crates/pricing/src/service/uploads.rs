//! A file of limits on its way: kept, its columns chosen, checked whole, applied once. Kept for a day, then let go.

use crate::{
    Pricing, PricingError,
    store::{bulks::Bulk, imports, imports::Upload},
};
use sauda_accounts::Scope;
use sauda_catalog::{
    import::{
        columns::guess,
        limits::{CheckOptions, Checked, ColumnGuess, Field, KnownOffers, Mapping, check, read_options},
    },
    table::{self, Intake, ReadOptions, Table, TableLimits},
};
use sauda_kernel::{ImportId, ShopId, Span};

/// How long a file is kept: as long as its change can be undone.
const KEPT_FOR: Span = Span::from_hours(24);
/// Files that are kept of one merchant.
const KEPT_FILES: i64 = 10;
/// zstd level: tables shrink well at once.
const ZSTD_LEVEL: i32 = 1;

/// The most that one file of limits may bring.
pub fn upload_limits() -> TableLimits {
    TableLimits {
        file_bytes: 20 * 1024 * 1024,
        rows: 200_000,
        ..TableLimits::default()
    }
}

/// A file with its table, as the page of columns shows it.
pub struct OpenUpload {
    pub upload: Upload,
    pub table: Table,
    /// What each column may be, with samples.
    pub guesses: Vec<ColumnGuess>,
    /// The chosen columns; `None` until they make sense together.
    pub mapping: Option<Mapping>,
}

impl Pricing {
    /// Begins to take a file.
    ///
    /// # Errors
    /// When it is declared larger than we take.
    pub fn begin_upload(&self, declared_bytes: Option<u64>) -> Result<Intake, PricingError> {
        Intake::new(&upload_limits(), declared_bytes).map_err(PricingError::Table)
    }

    /// Keeps a file that was taken whole, with the columns remembered for its shape or guessed.
    ///
    /// # Errors
    /// When the file is no table; the text says what to do.
    pub async fn keep_upload(
        &self,
        scope: &Scope,
        shop: &ShopId,
        file_name: &str,
        intake: Intake,
    ) -> Result<Upload, PricingError> {
        self.catalog.shop(scope, shop).await?;
        let bytes = intake.finish().map_err(PricingError::Table)?;
        let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let (table, packed) = blocking(move || {
            let table = read(&bytes)?;
            let packed = zstd::bulk::compress(&bytes, ZSTD_LEVEL)
                .map_err(|_| crate::store::unknown("file", "unwritable"))?;
            Ok((table, packed))
        })
        .await?;
        let mapping = self.usual_mapping(scope, shop, &table).await?;
        let now = self.clock.now();
        let upload = Upload {
            id: self.id(),
            shop: shop.clone(),
            file_name: file_name
                .chars()
                .filter(|letter| !letter.is_control())
                .take(120)
                .collect(),
            file_bytes: length,
            mapping,
            confirmed: false,
            skipped: 0,
            by: scope.actor_name().to_owned(),
            at: now,
            bulk: None,
        };
        let mut tx = self.db.write().await?;
        imports::insert(&mut tx, scope, &upload, packed).await?;
        imports::let_go(&mut tx, scope, now.minus(KEPT_FOR), KEPT_FILES).await?;
        tx.commit().await?;
        Ok(upload)
    }

    /// What was chosen for files of this shape before, else what can be guessed; empty when neither is enough.
    async fn usual_mapping(
        &self,
        scope: &Scope,
        shop: &ShopId,
        table: &Table,
    ) -> Result<String, PricingError> {
        if let Some(known) = imports::shape(&self.db, scope, &table.shape).await?
            && Mapping::parse(table, &known).is_ok()
        {
            return Ok(known);
        }
        let guesses = self.guesses(scope, shop, table).await?;
        Ok(Mapping::from_guesses(table, &guesses)
            .map(|mapping| mapping.to_text())
            .unwrap_or_default())
    }

    async fn guesses(
        &self,
        scope: &Scope,
        shop: &ShopId,
        table: &Table,
    ) -> Result<Vec<ColumnGuess>, PricingError> {
        let known = self.catalog.offer_ids_by_sku(scope, shop).await?;
        Ok(guess(table, &|sku| known.contains_key(sku)))
    }

    /// What is known about a file.
    ///
    /// # Errors
    /// When there is no such file of this merchant.
    pub async fn upload(&self, scope: &Scope, id: &ImportId) -> Result<Upload, PricingError> {
        imports::find(&self.db, scope, id)
            .await?
            .ok_or_else(|| PricingError::NotFound {
                what: "import",
                id: id.to_string(),
            })
    }

    /// A file with its table and columns.
    ///
    /// # Errors
    /// When there is no such file, or it was let go.
    pub async fn open_upload(&self, scope: &Scope, id: &ImportId) -> Result<OpenUpload, PricingError> {
        let upload = self.upload(scope, id).await?;
        let packed = imports::file(&self.db, scope, id)
            .await?
            .ok_or(PricingError::FileGone)?;
        let length = usize::try_from(upload.file_bytes).unwrap_or(0);
        let table = blocking(move || {
            let bytes = zstd::bulk::decompress(&packed, length)
                .map_err(|_| crate::store::unknown("file", "damaged"))?;
            read(&bytes)
        })
        .await?;
        let guesses = self.guesses(scope, &upload.shop, &table).await?;
        let mapping = Mapping::parse(&table, &upload.mapping).ok();
        Ok(OpenUpload {
            upload,
            table,
            guesses,
            mapping,
        })
    }

    /// Chooses the columns of a file and remembers them for files of the same shape.
    ///
    /// # Errors
    /// When the choice cannot be imported, or the file was applied or let go.
    pub async fn choose_columns(
        &self,
        scope: &Scope,
        id: &ImportId,
        chosen: &[(Field, usize)],
    ) -> Result<(), PricingError> {
        let open = self.open_upload(scope, id).await?;
        let mapping = Mapping::new(&open.table, chosen)
            .map_err(PricingError::Mapping)?
            .to_text();
        let mut tx = self.db.write().await?;
        if imports::set_mapping(&mut tx, scope, id, &mapping).await? == 0 {
            return Err(PricingError::AppliedAlready);
        }
        imports::remember_shape(&mut tx, scope, &open.table.shape, &mapping, self.clock.now()).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Checks every row of an open file; nothing is applied. Nothing to check without columns.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn check_upload(
        &self,
        scope: &Scope,
        open: OpenUpload,
        options: CheckOptions,
    ) -> Result<(OpenUpload, Option<Checked>), PricingError> {
        let known = self.shop_offers(scope, &open.upload.shop).await?;
        blocking(move || {
            let known: &dyn KnownOffers = &known;
            let checked = open
                .mapping
                .as_ref()
                .map(|mapping| check(&open.table, mapping, known, options));
            Ok((open, checked))
        })
        .await
    }

    /// Applies the rows of a file that are ready, once.
    ///
    /// # Errors
    /// When no columns are chosen, or the file was applied or let go.
    pub async fn apply_upload(
        &self,
        scope: &Scope,
        id: &ImportId,
        options: CheckOptions,
    ) -> Result<Bulk, PricingError> {
        let open = self.open_upload(scope, id).await?;
        if open.upload.bulk.is_some() {
            return Err(PricingError::AppliedAlready);
        }
        let mapping = Mapping::parse(&open.table, &open.upload.mapping).map_err(PricingError::Mapping)?;
        let done = self
            .import_limits(scope, &open.upload.shop, Some(id), &open.table, &mapping, options)
            .await?;
        Ok(done.bulk)
    }

    /// Files of a shop that were applied, newest first, each with its bulk change.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn applied_uploads(
        &self,
        scope: &Scope,
        shop: &ShopId,
        limit: i64,
    ) -> Result<Vec<(Upload, Bulk)>, PricingError> {
        self.catalog.shop(scope, shop).await?;
        let mut all = Vec::new();
        for upload in imports::applied(&self.db, scope, shop, limit).await? {
            if let Some(bulk) = &upload.bulk {
                let bulk = self.bulk(scope, bulk).await?;
                all.push((upload, bulk));
            }
        }
        Ok(all)
    }
}

fn read(bytes: &[u8]) -> Result<Table, PricingError> {
    table::read(
        bytes,
        &ReadOptions {
            limits: upload_limits(),
            ..read_options()
        },
    )
    .map_err(PricingError::Table)
}

/// Files are unpacked and read beside the tasks that answer people.
async fn blocking<T: Send + 'static>(
    act: impl FnOnce() -> Result<T, PricingError> + Send + 'static,
) -> Result<T, PricingError> {
    match tokio::task::spawn_blocking(act).await {
        Ok(done) => done,
        Err(error) => Err(PricingError::Cluster(error.to_string())),
    }
}
