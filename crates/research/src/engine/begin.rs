//! The first look at reviews of a merchant whose shop was just read: schedules are declared and reviews are read once. Refuses to
//! touch merchants who have settings.

use crate::{Research, ResearchError, model::Settings, store::sources};
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_jobs::{Handler, JobContext, JobError, Outcome};
use sauda_kernel::MerchantId;
use std::collections::BTreeSet;

/// The job's name.
pub const BEGIN_JOB: &str = "research.begin";

/// Begins the market of merchants who have none yet.
pub struct BeginJob(pub Research);

#[async_trait]
impl Handler for BeginJob {
    fn name(&self) -> &'static str {
        BEGIN_JOB
    }

    async fn run(&self, _: &JobContext) -> Result<Outcome, JobError> {
        let begun = self.0.begin().await;
        begun.map_err(|error| JobError::from_failure(&error))?;
        Ok(Outcome::Done)
    }
}

impl Research {
    /// Declares the usual schedules for every merchant with a shop that was read and without settings, and reads reviews of own
    /// cards at once. How many there were.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(&self) -> Result<usize, ResearchError> {
        let shops = self.catalog.all_shops().await?;
        let merchants: BTreeSet<MerchantId> = shops
            .into_iter()
            .filter(|shop| shop.synced_at.is_some())
            .map(|shop| shop.merchant)
            .collect();
        let mut begun = 0;
        for merchant in merchants {
            let scope = Scope::system(merchant, "first look at reviews");
            if sources::settings(&self.db, &scope).await?.is_none() {
                self.put_settings(&scope, &Settings::default()).await?;
                begun += 1;
            }
        }
        Ok(begun)
    }
}
