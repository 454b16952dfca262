//! The job that goes on with large imports and those a process left half-way; refuses to begin one by itself.

use super::Products;
use crate::CatalogError;
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_jobs::{Handler, JobContext, JobError, NewJob, Outcome};
use sauda_kernel::{ImportId, MerchantId};
use sauda_store::Tx;
use serde::{Deserialize, Serialize};

/// Name of the job.
pub const IMPORT_JOB: &str = "catalog.import";

/// Payload, version 1.
#[derive(Debug, Serialize, Deserialize)]
struct ImportWork {
    merchant: MerchantId,
    import: ImportId,
}

/// The job `catalog.import`.
pub struct ImportJob(pub Products);

impl ImportJob {
    /// Goes on with what is left of an import or of its undo; two may do this beside each other.
    ///
    /// # Errors
    /// When the database does not answer, or the file was let go.
    pub async fn go_on(&self, scope: &Scope, import: &ImportId) -> Result<(), CatalogError> {
        self.0.go_on(scope, import, &mut |_, _| {}).await
    }
}

/// Asks for the job in the transaction that needs it.
pub(super) async fn later(
    products: &Products,
    tx: &mut Tx,
    scope: &Scope,
    import: &ImportId,
    what: &str,
) -> Result<(), CatalogError> {
    let work = ImportWork {
        merchant: scope.merchant().clone(),
        import: import.clone(),
    };
    let job = NewJob::new(IMPORT_JOB, 1, &work, products.clock.now())
        .merchant(scope.merchant())
        .dedupe(format!("{IMPORT_JOB}:{import}:{what}"))
        .attempts(8);
    products.jobs.enqueue(tx, job).await.map_err(CatalogError::Jobs)?;
    Ok(())
}

#[async_trait]
impl Handler for ImportJob {
    fn name(&self) -> &'static str {
        IMPORT_JOB
    }

    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let work: ImportWork = context.payload()?;
        let scope = Scope::system(work.merchant, "product import");
        context.step("write").await;
        self.go_on(&scope, &work.import)
            .await
            .map_err(|error| JobError::from_failure(&error))?;
        let import = self
            .0
            .import(&scope, &work.import)
            .await
            .map_err(|error| JobError::from_failure(&error))?;
        let (done, total) = import.progress();
        context
            .progress(
                u64::try_from(done).unwrap_or(0),
                u64::try_from(total).unwrap_or(0),
            )
            .await;
        Ok(Outcome::Done)
    }
}
