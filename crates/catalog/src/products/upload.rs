//! A file of products on its way: kept, its columns chosen, checked whole. Kept for a day, then let go.

use super::{Products, may_manage};
use crate::{
    CatalogError,
    import::products::{
        CheckTotals, CheckedRow, Mapping, OpenError, OpenOptions, ProductField, ProductFile, choose,
    },
    model::{ImportKind, ImportState, ProductImport},
    store::{self, product_imports, products},
    table::{Intake, Mend, TableLimits},
};
use sauda_accounts::Scope;
use sauda_kernel::{ImportId, Span};

/// How long a file is kept, and how long its import can be undone.
pub(super) const KEPT_FOR: Span = Span::from_hours(24);
/// Files that are kept of one merchant.
const KEPT_FILES: i64 = 10;
/// zstd level: tables shrink well at once.
const ZSTD_LEVEL: i32 = 1;

/// The most that one file of products may bring.
pub fn product_upload_limits() -> TableLimits {
    TableLimits {
        file_bytes: 40 * 1024 * 1024,
        rows: 200_000,
        ..TableLimits::default()
    }
}

/// A kept file, opened.
#[derive(Debug)]
pub struct OpenProductUpload {
    pub import: ProductImport,
    pub file: ProductFile,
    /// The chosen columns; `None` until they make sense together, and of a price list, which needs none.
    pub mapping: Option<Mapping>,
    /// What was mended since; the file reads as if it had been sent so.
    pub mends: Vec<Mend>,
    /// As it was sent.
    pub bytes: Vec<u8>,
}

impl OpenProductUpload {
    /// Whether its rows can be checked.
    pub fn is_mapped(&self) -> bool {
        self.mapping.is_some() || self.file.table().is_none()
    }
}

impl Products {
    /// Begins to take a file.
    ///
    /// # Errors
    /// When it is declared larger than we take.
    pub fn begin_upload(&self, declared_bytes: Option<u64>) -> Result<Intake, CatalogError> {
        Intake::new(&product_upload_limits(), declared_bytes)
            .map_err(|error| CatalogError::Open(OpenError::Table(error)))
    }

    /// Keeps a file that was taken whole, with the columns chosen by name, remembered for its shape, or guessed.
    ///
    /// # Errors
    /// When the file is no table, or a choice by name cannot be.
    pub async fn keep_upload(
        &self,
        scope: &Scope,
        file_name: &str,
        bytes: Vec<u8>,
        sheet: Option<String>,
        choices: Vec<(String, String)>,
    ) -> Result<ProductImport, CatalogError> {
        may_manage(scope)?;
        let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let wanted = sheet.clone();
        let (file, packed) = blocking(move || {
            let file = open(&bytes, wanted)?;
            let packed = zstd::bulk::compress(&bytes, ZSTD_LEVEL)
                .map_err(|_| CatalogError::Store(store::unknown("file", "unwritable".to_owned())))?;
            Ok((file, packed))
        })
        .await?;
        let mapping = match file.table() {
            None => String::new(),
            Some(table) if choices.is_empty() => {
                let known = product_imports::shape(&self.db, scope, &table.shape).await?;
                let fits = known.filter(|known| Mapping::parse(table, known).is_ok());
                let guessed = || file.guessed().ok().flatten().map(|mapping| mapping.to_text());
                fits.or_else(guessed).unwrap_or_default()
            }
            Some(_) => {
                let chosen = choose(&file, &choices).map_err(CatalogError::Open)?;
                chosen.map(|mapping| mapping.to_text()).unwrap_or_default()
            }
        };
        let now = self.clock.now();
        let import = ProductImport {
            id: self.id(),
            kind: ImportKind::File,
            title: file_name
                .chars()
                .filter(|letter| !letter.is_control())
                .take(120)
                .collect(),
            file_bytes: length,
            sheet,
            mapping,
            state: ImportState::Loaded,
            version: 1,
            total: 0,
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
        product_imports::insert(&mut tx, scope, &import, Some(packed)).await?;
        product_imports::let_go(&mut tx, scope, now.minus(KEPT_FOR), KEPT_FILES).await?;
        tx.commit().await?;
        Ok(import)
    }

    /// A kept file with its table and columns.
    ///
    /// # Errors
    /// When there is no such file, or it was let go.
    pub async fn open_upload(&self, scope: &Scope, id: &ImportId) -> Result<OpenProductUpload, CatalogError> {
        let import = self.import(scope, id).await?;
        let packed = product_imports::file(&self.db, scope, id)
            .await?
            .ok_or(CatalogError::FileGone)?;
        let mends = product_imports::mends(&self.db, id).await?;
        blocking(move || {
            let length = usize::try_from(import.file_bytes).unwrap_or(0);
            let bytes = zstd::bulk::decompress(&packed, length)
                .map_err(|_| CatalogError::Store(store::unknown("file", "damaged".to_owned())))?;
            let mut file = open(&bytes, import.sheet.clone())?;
            let mapping = file
                .table()
                .and_then(|table| Mapping::parse(table, &import.mapping).ok());
            let mapping = file.mend(mapping, &mends);
            Ok(OpenProductUpload {
                import,
                file,
                mapping,
                mends,
                bytes,
            })
        })
        .await
    }

    /// Chooses the columns of a file and remembers them for files of the same shape.
    ///
    /// # Errors
    /// When the choice cannot be imported, or the file was written or let go.
    pub async fn choose_columns(
        &self,
        scope: &Scope,
        id: &ImportId,
        chosen: &[(ProductField, usize)],
    ) -> Result<(), CatalogError> {
        may_manage(scope)?;
        let open = self.open_upload(scope, id).await?;
        let Some(table) = open.file.table() else {
            return Ok(());
        };
        let mapping = Mapping::new(table, chosen)
            .map_err(|error| CatalogError::Open(OpenError::Mapping(error)))?
            .to_text();
        let mut tx = self.db.write().await?;
        if product_imports::set_mapping(&mut tx, scope, id, &mapping).await? == 0 {
            return Err(CatalogError::WrittenAlready);
        }
        product_imports::remember_shape(&mut tx, scope, &table.shape, &mapping, self.clock.now()).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Checks every row of an open file against the catalogue; nothing is written. Hands out what `keep` wants to keep.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn check_upload<T: Send + 'static>(
        &self,
        scope: &Scope,
        open: OpenProductUpload,
        mut keep: impl FnMut(CheckedRow) -> Option<T> + Send + 'static,
    ) -> Result<(OpenProductUpload, Vec<T>, CheckTotals), CatalogError> {
        let known = products::skus(&self.db, scope).await?;
        blocking(move || {
            let mut kept = Vec::new();
            let totals = open.file.check(
                open.mapping.as_ref(),
                Some(&|sku| known.contains(sku)),
                &mut |row| {
                    kept.extend(keep(row));
                },
            );
            Ok((open, kept, totals))
        })
        .await
    }
}

fn open(bytes: &[u8], sheet: Option<String>) -> Result<ProductFile, CatalogError> {
    let options = OpenOptions {
        limits: product_upload_limits(),
        sheet,
    };
    ProductFile::open(bytes, &options).map_err(|error| CatalogError::Open(OpenError::Table(error)))
}

/// Files are unpacked and read beside the tasks that answer people.
async fn blocking<T: Send + 'static>(
    act: impl FnOnce() -> Result<T, CatalogError> + Send + 'static,
) -> Result<T, CatalogError> {
    match tokio::task::spawn_blocking(act).await {
        Ok(done) => done,
        Err(error) => Err(CatalogError::Cluster(error.to_string())),
    }
}
